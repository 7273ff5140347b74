//! Tokens: words, numbers, dates, web names, marks.
//!
//! One pass from left to right; each kind has a function that, given where a token begins, says where it ends. Between
//! tokens stand white space and invisible characters only. What a pattern looks ahead is bounded or becomes the token.

use icu_segmenter::GraphemeClusterSegmenter;

use super::{
    Buffers, Token, TokenKind,
    class::{Class, class, is_emoji},
    digits, normalize, web,
};
use crate::span::Span;

/// Appends the tokens of `original` to `buffers`; sentences are numbered later.
pub(super) fn tokenize(original: &str, buffers: &mut Buffers) {
    let mut at = 0;
    let mut space_before = true;
    while let Some(c) = char_at(original, at) {
        match class(c) {
            Class::Space => {
                space_before = true;
                at += c.len_utf8();
            }
            Class::Invisible => at += c.len_utf8(),
            _ => {
                let (kind, end) = token(original, at, c);
                let span = Span::new(at, end);
                let (normalized, alignment) = normalize::token(original, span, kind, buffers);
                buffers.tokens.push(Token { span, kind, sentence: 0, space_before, normalized, alignment });
                at = end;
                space_before = false;
            }
        }
    }
}

/// The character at byte `at`.
pub(super) fn char_at(text: &str, at: usize) -> Option<char> {
    text[at..].chars().next()
}

/// Kind and end of the token that begins at `at` with `c`.
fn token(text: &str, at: usize, c: char) -> (TokenKind, usize) {
    if let Some(end) = emoji(text, at, c) {
        return (TokenKind::Emoji, end);
    }
    if let Some(found) = web::token(text, at, c) {
        return found;
    }
    match class(c) {
        Class::Digit => digits::token(text, at),
        Class::Arabic | Class::Mark | Class::Tatweel => arabic(text, at),
        Class::Foreign => (TokenKind::Foreign, foreign(text, at)),
        Class::Punctuation => (TokenKind::Punctuation, with_marks(text, mark(text, at, c))),
        _ => (TokenKind::Symbol, with_marks(text, at + c.len_utf8())),
    }
}

/// The end of `end` and the combining marks that follow.
pub(super) fn with_marks(text: &str, end: usize) -> usize {
    let rest = &text[end..];
    end + rest.find(|c| class(c) != Class::Mark).unwrap_or(rest.len())
}

/// The end of the emoji that begins with `c`: joined sequences, flags, skin tones and keycaps are one.
fn emoji(text: &str, at: usize, c: char) -> Option<usize> {
    // `☎️` and `1️⃣` are an emoji by the selector that follows.
    let selector = || matches!(char_at(text, at + c.len_utf8()), Some('\u{FE0F}' | '\u{20E3}'));
    let is_one = match class(c) {
        Class::Digit => selector(),
        Class::Punctuation => (matches!(c, '#' | '*') || !c.is_ascii()) && selector(),
        Class::Symbol => is_emoji(c) || selector(),
        _ => false,
    };
    if !is_one {
        return None;
    }
    let cluster = GraphemeClusterSegmenter::new().segment_str(&text[at..]).nth(1);
    Some(at + cluster.unwrap_or(text.len() - at))
}

/// A word in Arabic letters with its marks and the invisible characters inside it; or marks or tatweel alone.
fn arabic(text: &str, at: usize) -> (TokenKind, usize) {
    let (mut end, mut letters, mut tatweel) = (at, 0, false);
    let mut next = at;
    for c in text[at..].chars() {
        next += c.len_utf8();
        match class(c) {
            Class::Arabic => letters += 1,
            Class::Tatweel => tatweel = true,
            Class::Mark => {}
            Class::Invisible => continue,
            _ => break,
        }
        end = next;
    }
    match (letters, tatweel) {
        // A stretcher with nothing to stretch is a dash: القاهرة ـ رويترز.
        (0, true) => (TokenKind::Punctuation, end),
        (0, false) => (TokenKind::Symbol, end),
        _ => (TokenKind::Word, abbreviation(text, end, letters, Class::Arabic)),
    }
}

/// The end of the word in another script that begins at `at`, with what joins its parts: F-16, COVID-19, l’intrus.
fn foreign(text: &str, at: usize) -> usize {
    let (mut end, mut letters, mut next) = (at, 0, at);
    let mut chars = text[at..].chars().peekable();
    while let Some(c) = chars.next() {
        next += c.len_utf8();
        let follows = chars.peek().map(|&c| class(c));
        match c {
            '-' | '\u{2010}' | '\u{2011}' if matches!(follows, Some(Class::Foreign | Class::Digit)) => {}
            '\'' | '’' if follows == Some(Class::Foreign) => {}
            _ => match class(c) {
                Class::Foreign => letters += 1,
                Class::Mark | Class::Digit => {}
                Class::Invisible => continue,
                _ => break,
            },
        }
        end = next;
    }
    abbreviation(text, end, letters, Class::Foreign)
}

/// The end of a name spelt with stops (أ.ف.ب, سي.إن.إن, U.S) whose first part ends at `end` and has `letters` letters;
/// `end` itself where it is none. The stop after the last part is a token of its own.
fn abbreviation(text: &str, end: usize, letters: usize, script: Class) -> usize {
    /// Longer parts are words with the space forgotten between two sentences.
    const PART: usize = 3;
    /// The first part may carry two clitics.
    const FIRST: usize = PART + 2;
    if letters > FIRST {
        return end;
    }
    let (mut last, mut parts, mut longest) = (end, 1, letters);
    while let Some(rest) = text[last..].strip_prefix('.') {
        let (mut length, mut letters) = (0, 0);
        for c in rest.chars() {
            match class(c) {
                found if found == script => letters += 1,
                Class::Mark | Class::Tatweel => {}
                _ => break,
            }
            if letters > PART {
                break;
            }
            length += c.len_utf8();
        }
        if !(1..=PART).contains(&letters) || (script == Class::Foreign && letters > 1) {
            break;
        }
        longest = longest.max(letters);
        parts += 1;
        last += 1 + length;
    }
    let spelt = match script {
        Class::Foreign => parts > 1 && longest == 1,
        // Two parts of two letters (تي.تي) are a name, of three two words.
        _ => parts > 2 || (parts == 2 && longest <= 2),
    };
    if spelt { last } else { end }
}

/// The end of the punctuation that begins at `at` with `c`: one mark, or a run of what is repeated to mean one thing.
fn mark(text: &str, at: usize, c: char) -> usize {
    let rest = &text[at..];
    let run = match c {
        '.' | '…' => rest.find(|n| n != '.' && n != '…'),
        '-' | '–' | '—' | '_' | '*' | '•' => rest.find(|n| n != c),
        _ => Some(c.len_utf8()),
    };
    at + run.unwrap_or(rest.len())
}

#[cfg(test)]
mod tests {
    use crate::text::{Buffers, Text, TokenKind};

    /// The tokens with a letter for each kind.
    fn tokens(text: &str) -> String {
        let text = Text::read(text, Buffers::default());
        let tokens = text.tokens().iter().map(|token| {
            let kind = match token.kind {
                TokenKind::Word => 'w',
                TokenKind::Foreign => 'f',
                TokenKind::Number => 'n',
                TokenKind::Date => 'd',
                TokenKind::Punctuation => 'p',
                TokenKind::Symbol => 's',
                TokenKind::Url => 'u',
                TokenKind::Email => 'e',
                TokenKind::Hashtag => 'h',
                TokenKind::Handle => 'a',
                TokenKind::Emoji => 'j',
            };
            format!("{kind}:{}", text.slice(token.span))
        });
        tokens.collect::<Vec<_>>().join(" ")
    }

    /// Runs a table: text, its tokens.
    fn check(cases: &[(&str, &str)]) {
        for (text, expected) in cases {
            assert_eq!(tokens(text), *expected, "tokens of {text:?}");
        }
    }

    #[test]
    fn words() {
        check(&[
            ("وصل الوزير", "w:وصل w:الوزير"),
            ("مُحَمَّد العـــربي", "w:مُحَمَّد w:العـــربي"),
            ("حركة «حماس»، أمس", "w:حركة p:« w:حماس p:» p:، w:أمس"),
            ("و\"رويترز\"", "w:و p:\" w:رويترز p:\""),
            ("الأفرو-آسيوية", "w:الأفرو p:- w:آسيوية"),
            ("مكافحة_الإرهاب", "w:مكافحة p:_ w:الإرهاب"),
            ("نقلت أ.ف.ب. عن سي.إن.إن", "w:نقلت w:أ.ف.ب p:. w:عن w:سي.إن.إن"),
            ("لبي.بي.سي", "w:لبي.بي.سي"),
            ("عام 31 ق.م.", "w:عام n:31 w:ق.م p:."),
            ("اليوم.وأكد", "w:اليوم p:. w:وأكد"),
            ("(تي.تي) قال.ثم", "p:( w:تي.تي p:) w:قال p:. w:ثم"),
            ("الجديدة.م.د", "w:الجديدة p:. w:م.د"),
            ("تحية ﷺ له", "w:تحية w:ﷺ w:له"),
            ("ܫܠܡܐ שָׁלוֹם 新闻", "f:ܫܠܡܐ f:שָׁלוֹם f:新闻"),
        ]);
    }

    #[test]
    fn words_glued_to_other_scripts_and_digits() {
        check(&[
            ("الـ800 وال800", "w:الـ n:800 w:وال n:800"),
            ("بـBBC والـF-16", "w:بـ f:BBC w:والـ f:F-16"),
            ("18,5مليون", "n:18,5 w:مليون"),
            ("و30 دقيقة", "w:و n:30 w:دقيقة"),
            ("6000ق.م.", "n:6000 w:ق.م p:."),
            ("كم²", "w:كم s:²"),
            ("100km", "n:100 f:km"),
            ("3D و4G و45P", "f:3D w:و f:4G w:و f:45P"),
        ]);
    }

    #[test]
    fn foreign_words() {
        check(&[
            ("F-16 COVID-19 UH-1D Loto-Québec", "f:F-16 f:COVID-19 f:UH-1D f:Loto-Québec"),
            ("L’Amas d'or 'BBC'", "f:L’Amas f:d'or p:' f:BBC p:'"),
            ("V.I.P. U.S.", "f:V.I.P p:. f:U.S p:."),
            ("BBC- -BBC A--B", "f:BBC p:- p:- f:BBC f:A p:-- f:B"),
            ("Que\u{0301}bec", "f:Que\u{0301}bec"),
            ("ＢＢＣ", "f:ＢＢＣ"),
        ]);
    }

    #[test]
    fn numbers() {
        check(&[
            ("1,250.5 ١٬٢٥٠٫٥", "n:1,250.5 n:١٬٢٥٠٫٥"),
            ("2.500.000 121.500", "n:2.500.000 n:121.500"),
            ("5ر10 بالمئة", "n:5ر10 w:بالمئة"),
            ("2،5 و18,5", "n:2،5 w:و n:18,5"),
            ("1,250,000", "n:1,250,000"),
            ("1,2,3", "n:1 p:, n:2,3"),
            ("1، 2", "n:1 p:، n:2"),
            ("3,5%", "n:3,5 s:%"),
            ("٪٣٫٥", "s:٪ n:٣٫٥"),
            ("-5 $10 €3", "p:- n:5 s:$ n:10 s:€ n:3"),
            ("6-4 2010/2015", "n:6 p:- n:4 n:2010 p:/ n:2015"),
            ("2016.", "n:2016 p:."),
            ("13\u{064C} سنة", "n:13\u{064C} w:سنة"),
            ("192.168.10.1", "n:192.168.10.1"),
            ("ص5 5ر", "w:ص n:5 n:5 w:ر"),
        ]);
    }

    #[test]
    fn dates_and_times() {
        check(&[
            ("16/9/2025 2025-09-16", "d:16/9/2025 d:2025-09-16"),
            ("١٦/٩/٢٠٢٥", "d:١٦/٩/٢٠٢٥"),
            ("١٦\u{200F}/٩\u{200F}/٢٠٢٥", "d:١٦\u{200F}/٩\u{200F}/٢٠٢٥"),
            ("16.9.2025 16-5-2017 9/16/2025", "d:16.9.2025 d:16-5-2017 d:9/16/2025"),
            ("2025/9/16 16/9/25", "d:2025/9/16 d:16/9/25"),
            ("14:30 10:30:05 ١٤:٣٠", "d:14:30 d:10:30:05 d:١٤:٣٠"),
            ("2025-09-16T14:30:00Z", "d:2025-09-16T14:30:00Z"),
            ("2025-09-16T14:30+03:00", "d:2025-09-16T14:30+03:00"),
            ("14:30.", "d:14:30 p:."),
            // no dates
            ("40/40/2025", "n:40 p:/ n:40 p:/ n:2025"),
            ("16/9", "n:16 p:/ n:9"),
            ("3-2-10", "n:3 p:- n:2 p:- n:10"),
            ("2:255", "n:2 p:: n:255"),
            ("3:0", "n:3 p:: n:0"),
            ("1:20:30:40", "n:1 p:: d:20:30:40"),
            ("1.2.2010.5", "n:1.2.2010.5"),
            ("71-23-4567", "n:71 p:- n:23 p:- n:4567"),
        ]);
    }

    #[test]
    fn web_names() {
        check(&[
            ("https://example.com/خبر?a=1#b، ثم", "u:https://example.com/خبر?a=1#b p:، w:ثم"),
            ("(http://example.com/a_(b))", "p:( u:http://example.com/a_(b) p:)"),
            ("www.example.com.", "u:www.example.com p:."),
            ("example.com/a. bbc.co.uk", "u:example.com/a p:. u:bbc.co.uk"),
            ("https:// www.", "f:https p:: p:/ p:/ f:www p:."),
            ("a.b-c@mail.example.org، x", "e:a.b-c@mail.example.org p:، f:x"),
            ("a@b", "f:a p:@ f:b"),
            ("#كأس_العالم #G20 #2025", "h:#كأس_العالم h:#G20 p:# n:2025"),
            ("#\u{200F}قطر\u{200F} أمس", "h:#\u{200F}قطر w:أمس"),
            ("@user_1: نص", "a:@user_1 p:: w:نص"),
            ("@محمد", "p:@ w:محمد"),
            ("Node.js", "f:Node p:. f:js"),
        ]);
    }

    #[test]
    fn emoji() {
        check(&[
            ("👩\u{200D}👩\u{200D}👧\u{200D}👦🇶🇦👍🏽", "j:👩\u{200D}👩\u{200D}👧\u{200D}👦 j:🇶🇦 j:👍🏽"),
            (
                "❤\u{FE0F} ☎\u{FE0F} 1\u{FE0F}\u{20E3} #\u{20E3}",
                "j:❤\u{FE0F} j:☎\u{FE0F} j:1\u{FE0F}\u{20E3} j:#\u{20E3}",
            ),
            (
                "🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}",
                "j:🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}",
            ),
            ("رائع😂!", "w:رائع j:😂 p:!"),
            ("© ™ ★ ½", "s:© s:™ s:★ s:½"),
        ]);
    }

    #[test]
    fn marks() {
        check(&[
            ("… ... .. ......", "p:… p:... p:.. p:......"),
            ("– — - -- ---", "p:– p:— p:- p:-- p:---"),
            ("«» “” \" ' ()", "p:« p:» p:“ p:” p:\" p:' p:( p:)"),
            ("،؛؟:/*•", "p:، p:؛ p:؟ p:: p:/ p:* p:•"),
            ("!!؟", "p:! p:! p:؟"),
            ("القاهرة ـ رويترز", "w:القاهرة p:ـ w:رويترز"),
            ("% ٪ + = < > |", "s:% s:٪ s:+ s:= s:< s:> s:|"),
            ("!\u{064E} نعم", "p:!\u{064E} w:نعم"),
            ("\u{064E}\u{0651}", "s:\u{064E}\u{0651}"),
        ]);
    }

    #[test]
    fn invisible_characters_stand_between_tokens() {
        check(&[
            ("\u{FEFF}\u{202B}قال\u{200F}، نعم\u{202C}", "w:قال p:، w:نعم"),
            ("بنسبة\u{200F}13", "w:بنسبة n:13"),
            ("\u{200F}\u{200E}", ""),
            ("كل\u{0}مة", "w:كل\u{0}مة"),
            (" \t\r\n\u{00A0}\u{3000}", ""),
        ]);
    }

    #[test]
    fn space_before() {
        let text = Text::read("«قال»\u{200F}، نعم", Buffers::default());
        let spaces: Vec<bool> = text.tokens().iter().map(|token| token.space_before).collect();
        assert_eq!(spaces, [true, false, false, false, true]);
    }
}
