//! Sentences: lines, and stops inside them.
//!
//! A stop takes with it the marks that close after it (`».`). Whether it ends the sentence is decided by what stands
//! right before and after it; every run of stops and closing marks is looked at once.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::{Buffers, Sentence, Token, TokenKind};

/// The most words that a headline has.
const HEADLINE_WORDS: usize = 20;

/// The most tokens of a quoted title or a remark (فيلم «أين أنت؟» للمخرج …): a stop in it does not end the sentence
/// around it.
const TITLE_TOKENS: usize = 6;

/// Groups the tokens into sentences.
pub(super) fn split(original: &str, buffers: &mut Buffers) {
    let Buffers { tokens, sentences, normalized, .. } = buffers;
    let mut reader = Reader { original, tokens, normalized, first: 0, quoting: false, opened: None };
    let (mut paragraph, mut at) = (0, 0);
    let headline = reader.headline();
    while at < reader.tokens.len() {
        let run = reader.run(at);
        let line_ends = reader.line_ends(run.end - 1);
        if line_ends || (run.ends && headline.is_none_or(|end| run.end >= end)) {
            let (first, last) = (&reader.tokens[reader.first], &reader.tokens[run.end - 1]);
            sentences.push(Sentence {
                span: first.span.cover(last.span),
                first_token: reader.first as u32,
                end_token: run.end as u32,
                headline: headline == Some(run.end) && sentences.is_empty(),
                paragraph,
            });
            reader.first = run.end;
        }
        if line_ends {
            paragraph += 1;
            reader.quoting = false;
            reader.opened = None;
        }
        at = run.end;
    }
    for (number, sentence) in (0..).zip(sentences.iter()) {
        tokens[sentence.tokens()].iter_mut().for_each(|token| token.sentence = number);
    }
}

/// A token, or a stop with the stops and closing marks that belong to it.
#[derive(Clone, Copy, Debug)]
struct Run {
    /// One past its last token.
    end: usize,
    /// Whether it ends a sentence.
    ends: bool,
}

/// Reads the tokens from left to right.
struct Reader<'b> {
    original: &'b str,
    tokens: &'b [Token],
    normalized: &'b str,
    /// The first token of the sentence.
    first: usize,
    /// Whether a quotation in `"` is open on this line.
    quoting: bool,
    /// The last opening quotation mark or bracket on this line.
    opened: Option<usize>,
}

impl<'b> Reader<'b> {
    /// The normalized form of token `i`, or nothing past the end.
    fn form(&self, i: usize) -> &'b str {
        self.tokens.get(i).map_or("", |token| &self.normalized[token.normalized.range()])
    }

    fn kind(&self, i: usize) -> Option<TokenKind> {
        self.tokens.get(i).map(|token| token.kind)
    }

    /// Whether token `i` follows the one before it without white space.
    fn glued(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|token| !token.space_before)
    }

    /// Whether a line, or the text, ends after token `i`.
    fn line_ends(&self, i: usize) -> bool {
        let gap = |next: &Token| &self.original[self.tokens[i].span.end as usize..next.span.begin as usize];
        self.tokens.get(i + 1).is_none_or(|next| gap(next).contains(is_line_break))
    }

    /// The end of the first line if it is a headline: few words, no full stop in it or after it, and more text below.
    fn headline(&self) -> Option<usize> {
        let (mut words, mut end) = (0, 0);
        while words <= HEADLINE_WORDS {
            let kind = self.kind(end)?;
            words += usize::from(!matches!(kind, TokenKind::Punctuation | TokenKind::Symbol));
            end += 1;
            if self.line_ends(end - 1) {
                let unfinished = matches!(self.form(end - 1), ":" | "،" | ",");
                let stops = (0..end).any(|i| self.form(i) == "." && (i + 1 == end || self.full_stop(i, i + 1)));
                return (words > 0 && words <= HEADLINE_WORDS && !unfinished && !stops && end < self.tokens.len())
                    .then_some(end);
            }
        }
        None
    }

    /// Reads the run that begins with token `at`.
    fn run(&mut self, at: usize) -> Run {
        let form = self.form(at);
        self.note_quotation(at);
        if !is_stop(form) {
            return Run { end: at + 1, ends: false };
        }
        let (mut stop, mut end, mut closed) = (at, at + 1, false);
        while !self.line_ends(end - 1) {
            let closes = self.closes(end);
            if !closes && !(self.glued(end) && (is_stop(self.form(end)) || is_ellipsis(self.form(end)))) {
                break;
            }
            if closed && is_stop(self.form(end)) {
                // the stop after the marks decides: (أ. ف. ب.). ends, (أ. ف. ب.) may not
                stop = end;
            }
            closed |= closes;
            self.note_quotation(end);
            end += 1;
        }
        Run { end, ends: self.line_ends(end - 1) || self.ends(stop, end, closed) }
    }

    /// Keeps account of quotations.
    fn note_quotation(&mut self, at: usize) {
        match self.form(at) {
            "\"" => {
                self.quoting = !self.quoting;
                if self.quoting {
                    self.opened = Some(at);
                }
            }
            "«" | "“" | "(" => self.opened = Some(at),
            _ => {}
        }
    }

    /// Whether token `i`, after a stop, is a mark that closes. Marks that open and close alike, or are written the
    /// wrong way round, tell by what they touch.
    fn closes(&self, i: usize) -> bool {
        let before = self.glued(i);
        let after = self.glued(i + 1) && !matches!(self.kind(i + 1), Some(TokenKind::Punctuation));
        match self.form(i) {
            "»" | "”" | "›" | ")" | "]" | "}" => before || !after,
            "\"" => {
                if before {
                    self.quoting || !after
                } else {
                    self.quoting && !after
                }
            }
            "'" | "’" | "«" | "“" | "‹" => before && !after,
            _ => false,
        }
    }

    /// Whether the stop `at`, whose run ends before token `next` on the same line, ends the sentence; `closed` where
    /// closing marks belong to it.
    fn ends(&self, at: usize, next: usize, closed: bool) -> bool {
        match self.form(next) {
            "،" | "," | "؛" | ";" | ":" => return false,
            // the empty form is that of ـ
            "-" | "–" | "—" | "" if closed => return false,
            _ => {}
        }
        if self.form(at) == "." {
            return self.full_stop(at, next);
        }
        // ?ولف is a letter that was lost
        let within = next == at + 1 && self.glued(next) && !self.glued(at);
        let quoted = self.opened.and_then(|opened| at.checked_sub(opened));
        let title = closed && quoted.is_some_and(|tokens| tokens <= TITLE_TOKENS);
        !within && (!title || self.begins_with_waw(next))
    }

    /// Whether the full stop `at` before token `next` ends the sentence, as one after an abbreviation does not.
    fn full_stop(&self, at: usize, next: usize) -> bool {
        if at > self.first {
            match self.abbreviation(at - 1) {
                Some(Abbreviation::Title) => return false,
                Some(Abbreviation::Other) => return self.begins_with_waw(next),
                None => {}
            }
            if self.is_spelt(at, next) {
                return false;
            }
            // 1. in a list
            if at - 1 == self.first && self.kind(at - 1) == Some(TokenKind::Number) {
                return false;
            }
        }
        let glued = next == at + 1 && self.glued(next);
        match self.kind(next) {
            // The space after a stop is often forgotten, but not inside names of files and programs.
            Some(TokenKind::Foreign) if glued => self.kind(at.saturating_sub(1)) != Some(TokenKind::Foreign),
            Some(TokenKind::Number) => !glued,
            _ => true,
        }
    }

    /// What token `i` abbreviates, if a stop may follow it for that.
    fn abbreviation(&self, i: usize) -> Option<Abbreviation> {
        let form = self.form(i);
        if let Some(&listed) = ABBREVIATIONS.get(form) {
            return Some(listed);
        }
        let mut letters = form.chars();
        let single = letters.next().is_some() && letters.next().is_none();
        match self.kind(i)? {
            // 641 م. and 10 د. are units and eras; د. and م. before a name are titles and initials
            TokenKind::Word if single => {
                let number = i > self.first && matches!(self.kind(i - 1), Some(TokenKind::Number | TokenKind::Date));
                Some(if number { Abbreviation::Other } else { Abbreviation::Title })
            }
            TokenKind::Foreign if single => Some(Abbreviation::Other),
            TokenKind::Word | TokenKind::Foreign if form.contains('.') => Some(Abbreviation::Other),
            _ => None,
        }
    }

    /// Whether the stop `at` stands inside or after a name spelt in syllables: بي. بي. سي.
    fn is_spelt(&self, at: usize, next: usize) -> bool {
        let is_syllable = |i: Option<usize>| {
            let letters = |form: &str| form.strip_prefix("ال").unwrap_or(form).chars().count();
            i.is_some_and(|i| i >= self.first && self.kind(i) == Some(TokenKind::Word) && letters(self.form(i)) <= 2)
        };
        let goes_on = matches!(self.form(next + 1), "." | "»" | "\"" | "”" | ")") && is_syllable(Some(next));
        let went_on = at >= 2 && self.form(at - 2) == "." && is_syllable(at.checked_sub(3));
        is_syllable(at.checked_sub(1)) && (goes_on || (went_on && !self.begins_with_waw(next)))
    }

    /// Whether token `i` is a word of three letters or more that begins with و, as many sentences of news do.
    fn begins_with_waw(&self, i: usize) -> bool {
        self.kind(i) == Some(TokenKind::Word) && self.form(i).starts_with('و') && self.form(i).chars().nth(2).is_some()
    }
}

/// What an abbreviation before a stop says of the sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Abbreviation {
    /// A name follows.
    Title,
    /// The sentence may end with it.
    Other,
}

/// `resources/abbreviations.tsv`.
static ABBREVIATIONS: LazyLock<FxHashMap<&'static str, Abbreviation>> = LazyLock::new(|| {
    include_str!("../../resources/abbreviations.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
        .map(|(form, kind)| (form, if kind == "title" { Abbreviation::Title } else { Abbreviation::Other }))
        .collect()
});

fn is_stop(form: &str) -> bool {
    matches!(form, "." | "!" | "?" | "؟" | "۔" | "。")
}

/// Whether `form` trails off; that ends a sentence only at the end of a line, since news puts it between clauses too.
fn is_ellipsis(form: &str) -> bool {
    form.starts_with('…') || form.starts_with("..")
}

fn is_line_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{0B}' | '\u{0C}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use crate::text::{Buffers, Text};

    fn sentences(text: &str) -> Vec<String> {
        let text = Text::read(text, Buffers::default());
        text.sentences().iter().map(|sentence| text.slice(sentence.span).to_owned()).collect()
    }

    #[test]
    fn stops_end_sentences() {
        let cases: &[(&str, &[&str])] = &[
            ("وصل الوزير. وغادر السفير.", &["وصل الوزير.", "وغادر السفير."]),
            ("هل وصل؟ نعم! وصل.", &["هل وصل؟", "نعم!", "وصل."]),
            ("أحقا؟! نعم", &["أحقا؟!", "نعم"]),
            // a space forgotten after the stop
            ("بدأت الحملة اليوم.وأكد الوزير نجاحها", &["بدأت الحملة اليوم.", "وأكد الوزير نجاحها"]),
            ("عقد الاجتماع عام 2016.وقال الوزير", &["عقد الاجتماع عام 2016.", "وقال الوزير"]),
            ("عقد الاجتماع عام 2016. وقال الوزير", &["عقد الاجتماع عام 2016.", "وقال الوزير"]),
            // trailing off
            ("قال إنه سيعود... ثم صمت", &["قال إنه سيعود... ثم صمت"]),
            ("اليمن .. الحرب مستمرة", &["اليمن .. الحرب مستمرة"]),
            ("قال إنه سيعود…\nثم صمت", &["قال إنه سيعود…", "ثم صمت"]),
            // decimals, times, abbreviations
            ("بلغ النمو 3.5 بالمئة. وتراجع", &["بلغ النمو 3.5 بالمئة.", "وتراجع"]),
            ("أوقف الأمن \"م . ز\" أمس", &["أوقف الأمن \"م . ز\" أمس"]),
            ("التقى د. وليد سالم م. أحمد", &["التقى د. وليد سالم م. أحمد"]),
            ("أشرف أ.د. سالم على البحث", &["أشرف أ.د. سالم على البحث"]),
            ("باريس (أ. ف. ب.) - قال الوزير", &["باريس (أ. ف. ب.) - قال الوزير"]),
            ("نقلته الوكالة (أ. ف. ب.). قال الوزير", &["نقلته الوكالة (أ. ف. ب.).", "قال الوزير"]),
            ("نقلت أ.ف.ب. عن الوزير", &["نقلت أ.ف.ب. عن الوزير"]),
            ("نقلت ذلك أ.ف.ب. وقال الوزير", &["نقلت ذلك أ.ف.ب.", "وقال الوزير"]),
            ("عام 31 ق.م. كانت", &["عام 31 ق.م. كانت"]),
            ("في عام 641 م. وتحولت البلاد", &["في عام 641 م.", "وتحولت البلاد"]),
            ("زار U.S. Steel أمس", &["زار U.S. Steel أمس"]),
            ("موقع Node.js جديد", &["موقع Node.js جديد"]),
            ("هيئة «بي. بي. سي» البريطانية", &["هيئة «بي. بي. سي» البريطانية"]),
            ("جهاز الكي. جي. بي. السوفياتي", &["جهاز الكي. جي. بي. السوفياتي"]),
            ("لم نتحدث إليه. لم يأت", &["لم نتحدث إليه.", "لم يأت"]),
            // lists
            ("1. رفع الأجور. وغيره", &["1. رفع الأجور.", "وغيره"]),
            // quotations
            ("قال: «وصلنا. سنعود». وغادر", &["قال: «وصلنا.", "سنعود».", "وغادر"]),
            ("قال: «وصلنا. سنعود.» وغادر", &["قال: «وصلنا.", "سنعود.»", "وغادر"]),
            ("قال: \"وصلنا. سنعود.\" وغادر", &["قال: \"وصلنا.", "سنعود.\"", "وغادر"]),
            ("قال: \"وصلنا. سنعود.\"وغادر", &["قال: \"وصلنا.", "سنعود.\"", "وغادر"]),
            ("قال: “وصلنا. سنعود”. وغادر", &["قال: “وصلنا.", "سنعود”.", "وغادر"]),
            ("وصل الوزير. \"سنعود\" قال.", &["وصل الوزير.", "\"سنعود\" قال."]),
            ("وصل الوزير. «سنعود» قال.", &["وصل الوزير.", "«سنعود» قال."]),
            ("سأل: «هل وصلتم؟»، ثم صمت", &["سأل: «هل وصلتم؟»، ثم صمت"]),
            ("عرض فيلم «أين أنت؟» للمخرج سالم", &["عرض فيلم «أين أنت؟» للمخرج سالم"]),
            ("عرض فيلم «أين أنت؟». شاهده كثيرون", &["عرض فيلم «أين أنت؟».", "شاهده كثيرون"]),
            ("سأل: «هل وصلتم؟» وصمت", &["سأل: «هل وصلتم؟»", "وصمت"]),
            ("نادي ?ولف للرياضة", &["نادي ?ولف للرياضة"]),
            ("فاز الفريق (!) رغم النقص", &["فاز الفريق (!) رغم النقص"]),
            ("فاز الفريق (يا للعجب!) رغم النقص", &["فاز الفريق (يا للعجب!) رغم النقص"]),
            ("انتهى البيان. (رويترز) قال", &["انتهى البيان.", "(رويترز) قال"]),
            ("(انتهى البيان.) قال", &["(انتهى البيان.)", "قال"]),
            // datelines stay
            ("القاهرة ـ رويترز: أعلن الوزير. وقال", &["القاهرة ـ رويترز: أعلن الوزير.", "وقال"]),
            // other scripts
            ("ایران پیروز شد۔ تہران", &["ایران پیروز شد۔", "تہران"]),
            // marks on the stop
            ("انتهى.\u{200F} وبدأ", &["انتهى.", "وبدأ"]),
            ("\u{200F}انتهى\u{200F}.\u{200F} وبدأ", &["انتهى\u{200F}.", "وبدأ"]),
        ];
        for (text, expected) in cases {
            assert_eq!(sentences(text), *expected, "{text}: see Reader::run and Reader::ends");
        }
    }

    #[test]
    fn lines_end_sentences() {
        for line_break in ["\n", "\r\n", "\r", "\n \n\n", "\u{2028}", "\u{2029}", "\u{85}"] {
            let text = format!("وصل الوزير اليوم:{line_break}ثم غادر");
            let read = Text::read(&text, Buffers::default());
            let paragraphs: Vec<u32> = read.sentences().iter().map(|sentence| sentence.paragraph).collect();
            assert_eq!(paragraphs, [0, 1], "{line_break:?} ends a paragraph, once");
        }
    }

    #[test]
    fn quotation_marks_are_forgotten_at_the_end_of_a_line() {
        let text = "قال \"وصلنا\nوغادر السفير. \"سنعود\" قال.";
        assert_eq!(sentences(text), ["قال \"وصلنا", "وغادر السفير.", "\"سنعود\" قال."]);
    }

    #[test]
    fn headlines() {
        let long = "كلمة ".repeat(21) + "\nثم النص";
        let cases = [
            ("الوزير يصل إلى القاهرة\nوصل الوزير.", Some("الوزير يصل إلى القاهرة")),
            ("هل يعود؟ الوزير يجيب\nأجاب الوزير.", Some("هل يعود؟ الوزير يجيب")),
            ("د. سالم: لن نعود!\nقال سالم.", Some("د. سالم: لن نعود!")),
            ("اليمن.. الحرب مستمرة\r\nقال سالم.", Some("اليمن.. الحرب مستمرة")),
            ("وصل الوزير.\nوغادر.", None),
            ("وصل الوزير. وغادر السفير\nثم عاد.", None),
            ("قال الوزير:\nلن نعود.", None),
            ("الوزير يصل إلى القاهرة", None),
            ("الوزير يصل إلى القاهرة\n\n", None),
            ("* * *\nوصل الوزير.", None),
            (&long, None),
        ];
        for (text, expected) in cases {
            let read = Text::read(text, Buffers::default());
            let headline = read.sentences().iter().find(|sentence| sentence.headline).map(|s| read.slice(s.span));
            assert_eq!(headline, expected, "{text}: see Reader::headline");
        }
    }
}
