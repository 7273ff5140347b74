//! Quotation marks of every kind, paired by a stack in one pass.
//!
//! `«»`, `‹›` and `“”` have sides, but typists swap them; `"`, `''` and `„` have none. The space around a mark tells
//! which side it is: an opening mark has space before it and none after it. Where a document opens with `»` and closes
//! with `«` throughout, all of them are read that way. A mark that is never closed ends with its paragraph.

use super::{
    CueCategory,
    grammar::is_complementizer,
    lexicon::{Form, LEXICON},
};
use crate::text::{Text, TokenKind};

/// A pair of marks, in tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pair {
    /// The opening mark.
    pub(super) open: usize,
    /// One past the last token inside.
    pub(super) end: usize,
    /// One past the closing mark; equals `end` where it is missing.
    pub(super) after: usize,
    /// Number of words inside.
    pub(super) words: usize,
}

/// The pairs that stand in no other, in the order of the text.
#[derive(Debug, Default)]
pub(super) struct Marks {
    pairs: Vec<Pair>,
}

/// Marks of a family close each other.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Family {
    Guillemets,
    SingleGuillemets,
    Double,
    Single,
}

/// The side that the mark itself tells.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Left,
    Right,
    Either,
}

fn mark(token: &str) -> Option<(Family, Side)> {
    Some(match token {
        "«" => (Family::Guillemets, Side::Left),
        "»" => (Family::Guillemets, Side::Right),
        "‹" => (Family::SingleGuillemets, Side::Left),
        "›" => (Family::SingleGuillemets, Side::Right),
        "“" => (Family::Double, Side::Left),
        "”" => (Family::Double, Side::Right),
        "\"" | "„" | "‟" | "″" | "''" | "＂" => (Family::Double, Side::Either),
        "‘" => (Family::Single, Side::Left),
        "’" => (Family::Single, Side::Right),
        "'" => (Family::Single, Side::Either),
        _ => return None,
    })
}

/// Whether token `token` is a quotation mark.
pub(super) fn is_mark(text: &Text<'_>, token: usize) -> bool {
    text.tokens()[token].kind == TokenKind::Punctuation && mark(text.slice(text.tokens()[token].span)).is_some()
}

/// Tokens of a short name in marks, the opening mark included.
const NAME: usize = 4;
/// Tokens that a reporting verb and its subject can take before a mark.
const SUBJECT: usize = 10;

/// A quotation mark and the space around it.
struct Mark {
    token: usize,
    family: Family,
    side: Side,
    space_before: bool,
    /// Punctuation after a mark counts as space.
    space_after: bool,
    paragraph: u32,
}

impl Mark {
    fn at(text: &Text<'_>, token: usize) -> Option<Self> {
        let tokens = text.tokens();
        let this = tokens[token];
        if this.kind != TokenKind::Punctuation {
            return None;
        }
        let (family, side) = mark(text.slice(this.span))?;
        let space_after = tokens.get(token + 1).is_none_or(|t| t.space_before || t.kind == TokenKind::Punctuation);
        let paragraph = text.sentence_of(token).paragraph;
        Some(Self { token, family, side, space_before: this.space_before, space_after, paragraph })
    }
}

/// Turns the guillemets of a document that has them the wrong way round: `قال: »نحن هنا«`, whatever the space.
fn turn_around(marks: &mut [Mark]) {
    let guillemets = || marks.iter().filter(|m| m.family == Family::Guillemets);
    let wrong = |opens: Side| {
        let (mut open, mut wrong) = (false, 0_usize);
        for mark in guillemets() {
            // Opening twice or closing twice.
            wrong += usize::from(open == (mark.side == opens));
            open = mark.side == opens;
        }
        wrong
    };
    if wrong(Side::Right) < wrong(Side::Left) {
        for mark in marks.iter_mut().filter(|m| m.family == Family::Guillemets) {
            mark.side = if mark.side == Side::Left { Side::Right } else { Side::Left };
            (mark.space_before, mark.space_after) = (mark.side == Side::Left, mark.side == Side::Right);
        }
    }
}

/// A mark not closed yet.
struct Open {
    token: usize,
    family: Family,
    paragraph: u32,
}

impl Marks {
    /// Pairs the marks of `text`. Each mark is pushed and popped once.
    pub(super) fn read(text: &Text<'_>) -> Self {
        let mut marks: Vec<Mark> = (0..text.tokens().len()).filter_map(|i| Mark::at(text, i)).collect();
        turn_around(&mut marks);
        let mut reader = PairReader { text, stack: Vec::new(), open_by_family: [0; 4], found: Vec::new() };
        for (i, mark) in marks.iter().enumerate() {
            reader.mark(mark, marks.get(i + 1));
        }
        reader.close_all();
        let mut pairs = std::mem::take(&mut reader.found);
        pairs.sort_unstable_by_key(|p| p.open);
        // A mark that is never closed reaches no further than the next pair.
        for i in 1..pairs.len() {
            let next = pairs[i];
            let pair = &mut pairs[i - 1];
            if pair.after == pair.end && next.open < pair.end {
                // `قال: "… و"يا ليل"`: one mark closes both.
                let led = reader.opens_speech(pair.open) || reader.after_comma(pair.open);
                let shared = led && !reader.opens_speech(next.open) && next.after > next.end;
                (pair.end, pair.after) = if shared { (next.end, next.after) } else { (next.open, next.open) };
            }
        }
        let mut reach = 0;
        pairs.retain(|p| {
            let outermost = p.open >= reach && p.end > p.open + 1;
            if outermost {
                reach = p.after;
            }
            outermost
        });
        for pair in &mut pairs {
            let inside = text.tokens()[pair.open + 1..pair.end].iter();
            pair.words = inside.filter(|t| !matches!(t.kind, TokenKind::Punctuation | TokenKind::Symbol)).count();
        }
        Self { pairs }
    }

    /// The outermost pair that opens at `token`.
    pub(super) fn opening_at(&self, token: usize) -> Option<&Pair> {
        let at = self.pairs.binary_search_by_key(&token, |p| p.open).ok()?;
        self.pairs.get(at)
    }

    /// The outermost pair that holds `token`, its marks included.
    pub(super) fn around(&self, token: usize) -> Option<&Pair> {
        let at = self.pairs.partition_point(|p| p.open <= token);
        self.pairs.get(at.checked_sub(1)?).filter(|p| token < p.after)
    }

    /// The outermost pairs that open in `tokens`.
    pub(super) fn within(&self, tokens: std::ops::Range<usize>) -> &[Pair] {
        let from = self.pairs.partition_point(|p| p.open < tokens.start);
        let to = self.pairs.partition_point(|p| p.open < tokens.end);
        &self.pairs[from..to.max(from)]
    }
}

struct PairReader<'t, 'd> {
    text: &'t Text<'d>,
    stack: Vec<Open>,
    /// How many marks of each family the stack holds.
    open_by_family: [usize; 4],
    found: Vec<Pair>,
}

impl PairReader<'_, '_> {
    fn mark(&mut self, mark: &Mark, next: Option<&Mark>) {
        let &Mark { token: at, family, side, space_before, space_after, paragraph } = mark;
        let mut is_open = self.open_by_family[family as usize] > 0;
        // An opening mark in another paragraph: what was open there was never closed.
        if side == Side::Either && is_open && space_before && !space_after {
            while let Some(open) = self.stack.pop_if(|o| o.family == family && o.paragraph < paragraph) {
                self.open_by_family[family as usize] -= 1;
                self.unclosed(&open);
            }
            is_open = self.open_by_family[family as usize] > 0;
        }
        // `"أبل "لتوفير`: a closing mark with its space on the wrong side, rather than a mark within a mark.
        let short = self
            .stack
            .last()
            .is_some_and(|o| o.family == family && at <= o.token + NAME && !self.opens_speech(o.token));
        let opens = match (family, side) {
            // Left and right as they are named, unless the space says that the typist swapped them.
            (_, Side::Left) => !(is_open && !space_before && space_after),
            (_, Side::Right) => !is_open && space_before && !space_after,
            // An apostrophe is a mark only with space on one side, or on both where the next one closes.
            (Family::Single, Side::Either) if space_before && space_after => {
                !is_open && !self.before_stop(at) && next.is_some_and(|n| n.family == family && n.space_before)
            }
            (Family::Single, Side::Either) => {
                if space_before == space_after || (space_after && !is_open) {
                    return;
                }
                space_before
            }
            // With space on both sides what stands before it tells.
            (_, Side::Either) if is_open && space_before && space_after && self.leads_speech(at) => {
                let last = self.stack.last().filter(|o| o.family == family).map(|o| o.token);
                let stray = last.is_some_and(|token| !self.opens_speech(token));
                if let Some(open) = self.stack.pop_if(|_| stray) {
                    self.open_by_family[family as usize] -= 1;
                    self.unclosed(&open);
                }
                stray
            }
            (_, Side::Either) => {
                let inner = space_before && !space_after && !short && !self.reports_on(at);
                !is_open || inner || (!space_before && !space_after && self.after_clitic(at))
            }
        };
        if opens {
            // A word is closed here that was never opened, unless the next mark closes: `قال فلان" كلام".`
            let closes_next = next
                .is_some_and(|n| n.family == family && n.paragraph == paragraph && !n.space_before && n.space_after);
            let stray = side == Side::Either
                && !is_open
                && space_after
                && (!space_before && !closes_next && !self.after_opener(at) && !self.awaits_speech(at)
                    || (self.before_stop(at) || self.reports_on(at)) && !self.opens_speech(at));
            if !stray {
                self.open_by_family[family as usize] += 1;
                self.stack.push(Open { token: at, family, paragraph });
            }
        } else if is_open {
            self.close(at, family);
        }
    }

    /// Whether a colon, a reporting word or أن stands before the mark at `at`.
    fn opens_speech(&self, at: usize) -> bool {
        at.checked_sub(1).is_some_and(|before| {
            let (normalized, folded) = (self.text.normalized(before), self.text.folded(before));
            folded == ":" || is_complementizer(normalized, folded) || LEXICON.find(normalized, folded).is_some()
        })
    }

    /// Whether a colon or a finite reporting verb stands right before the mark at `at`, and no stop after it.
    fn leads_speech(&self, at: usize) -> bool {
        self.opens_speech(at) && !self.before_stop(at)
    }

    /// Whether a stop or comma follows the mark at `at`: nothing opens before it.
    fn before_stop(&self, at: usize) -> bool {
        self.text
            .tokens()
            .get(at + 1)
            .is_some_and(|t| matches!(self.text.slice(t.span), "." | "،" | "," | "؛" | "!" | "؟"))
    }

    /// Whether a reporting verb stands in the few words before the mark at `at`, and neither أن nor a mark between:
    /// `قال المتحدث باسم الحكومة" كلام`.
    fn awaits_speech(&self, at: usize) -> bool {
        let first = self.text.sentence_of(at).first_token as usize;
        for token in (first.max(at.saturating_sub(SUBJECT))..at).rev() {
            let (normalized, folded) = (self.text.normalized(token), self.text.folded(token));
            if is_complementizer(normalized, folded) || is_mark(self.text, token) {
                return false;
            }
            if LEXICON
                .find(normalized, folded)
                .is_some_and(|f| f.word.category == CueCategory::Say || f.word.category == CueCategory::Add)
            {
                return true;
            }
        }
        false
    }

    /// Whether a reporting word stands right after the mark at `at`, its space on the wrong side: `انتهى "مؤكدا`.
    fn reports_on(&self, at: usize) -> bool {
        let found = (at + 1 < self.text.tokens().len())
            .then(|| LEXICON.find(self.text.normalized(at + 1), self.text.folded(at + 1)))
            .flatten();
        found.is_some_and(|f| match f.word.form {
            Form::Participle => !f.word.plural,
            Form::Perfect => f.coordinated && !f.word.complements.near,
            _ => false,
        })
    }

    /// Whether the mark at `at` is attached to a particle of one letter: `و"كلام"`.
    fn after_clitic(&self, at: usize) -> bool {
        at.checked_sub(1).is_some_and(|before| matches!(self.text.folded(before), "و" | "ف" | "ب" | "ل" | "ك"))
    }

    fn after_comma(&self, at: usize) -> bool {
        at.checked_sub(1).is_some_and(|before| matches!(self.text.folded(before), "،" | ","))
    }

    /// An opening mark may be written close to a particle or reporting word: `و"`, `أن"`, `قال"`.
    fn after_opener(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else { return true };
        let word = self.text.folded(before);
        word.chars().count() <= 3 || LEXICON.find(self.text.normalized(before), word).is_some()
    }

    fn close(&mut self, at: usize, family: Family) {
        while let Some(open) = self.stack.pop() {
            self.open_by_family[open.family as usize] -= 1;
            let closes = open.family == family;
            // A mark of another family inside that was never closed ends here too.
            if at > open.token + 1 {
                self.found.push(Pair { open: open.token, end: at, after: at + usize::from(closes), words: 0 });
            }
            if closes {
                return;
            }
        }
    }

    fn close_all(&mut self) {
        while let Some(open) = self.stack.pop() {
            self.unclosed(&open);
        }
    }

    /// An unclosed mark ends with its paragraph.
    fn unclosed(&mut self, open: &Open) {
        let sentences = self.text.sentences();
        let past = sentences.partition_point(|s| s.paragraph <= open.paragraph);
        let end = past.checked_sub(1).map_or(open.token + 1, |last| sentences[last].tokens().end);
        if end > open.token + 1 {
            self.found.push(Pair { open: open.token, end, after: end, words: 0 });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Buffers;

    fn pairs(original: &str) -> Vec<String> {
        let text = Text::read(original, Buffers::default());
        let marks = Marks::read(&text);
        marks.pairs.iter().map(|p| text.slice(text.span_of(p.open + 1..p.end)).to_owned()).collect()
    }

    #[test]
    fn marks_of_every_kind_pair() {
        let cases: &[(&str, &[&str])] = &[
            ("قال: «نحن هنا».", &["نحن هنا"]),
            ("قال: \"نحن هنا\".", &["نحن هنا"]),
            ("قال: “نحن هنا”.", &["نحن هنا"]),
            ("قال: ”نحن هنا“.", &["نحن هنا"]),
            ("قال: »نحن هنا«.", &["نحن هنا"]),
            ("قال: „نحن هنا“.", &["نحن هنا"]),
            ("قال: ‹نحن هنا›.", &["نحن هنا"]),
            ("قال: ‘نحن هنا’.", &["نحن هنا"]),
            ("قال: \"نحن مع \"الأمل\" دائما\".", &["نحن مع \"الأمل\" دائما"]),
            ("قال: «نحن مع «الأمل» دائما».", &["نحن مع «الأمل» دائما"]),
            ("قال: «نحن مع \"الأمل\" دائما».", &["نحن مع \"الأمل\" دائما"]),
            ("قناة\"المدار\" و\"الأفق\"", &["المدار", "الأفق"]),
            ("قال: \"لم يغلق.\nوهنا سطر آخر.", &["لم يغلق."]),
            ("قال: «سطر أول.\nوسطر ثان».\nثم «ثالث»", &["سطر أول.\nوسطر ثان", "ثالث"]),
            ("قال: ' نحن هنا '. وأضاف: ' ونبقى '.", &["نحن هنا", "ونبقى"]),
            ("يؤكد أن» الوضع خطير «وأنه» لا يطاق «.", &["الوضع خطير", "لا يطاق"]),
            ("وقال مدير المعهد الوطني\" لن نعود إلى الوراء\".", &["لن نعود إلى الوراء"]),
            ("سنبني غدا أفضل \".\nوقال المدير: \" لن نعود \".", &["لن نعود"]),
            ("قال: \"نحن هنا \"مؤكدا أن الأمر \"عاجل\".", &["نحن هنا", "عاجل"]),
            ("ما فعله بعض النواب\" أمس \" ومؤكدا أن \"الأمر عاجل\".", &["الأمر عاجل"]),
            ("قال \" البلاد بلدنا و\"لا عودة\".", &["البلاد بلدنا و\"لا عودة"]),
            ("ما كان' هنا", &[]),
            ("\"", &[]),
            ("«»", &[]),
        ];
        for &(original, expected) in cases {
            assert_eq!(pairs(original), expected, "{original}");
        }
    }
}
