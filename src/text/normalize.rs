//! Letters to their normalized and folded forms, with an alignment to the original.

use icu_normalizer::ComposingNormalizerBorrowed;

use super::{
    Buffers, IDENTICAL, TokenKind,
    class::{Class, class, is_arabic},
    fold,
};
use crate::span::Span;

/// Whether `c` leaves no trace in the normalized form: Arabic marks, tatweel, invisible characters.
fn is_dropped(c: char) -> bool {
    match class(c) {
        Class::Invisible | Class::Tatweel => true,
        // Accents of other scripts stay; variation selectors and the grapheme joiner only choose a shape.
        Class::Mark => is_arabic(c) || matches!(c, '\u{034F}' | '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}'),
        _ => false,
    }
}

/// Whether `c` is another writing of plain letters: a presentation form, ligature, full-width or mathematical letter.
fn is_compatibility(c: char) -> bool {
    matches!(c,
        '\u{FB00}'..='\u{FDFF}'
        | '\u{FE70}'..='\u{FEFC}'
        | '\u{FF01}'..='\u{FF5E}'
        | '\u{1D400}'..='\u{1D7FF}'
        | '\u{1EE00}'..='\u{1EEFF}')
}

/// The plain letter for `c` where one letter stands for one.
fn plain(c: char) -> char {
    match c {
        'ک' | 'ڪ' => 'ك',
        'ی' => 'ي',
        'ہ' | 'ھ' | 'ۀ' => 'ه',
        'ۃ' => 'ة',
        '٫' => '.',
        '٬' => ',',
        '٪' => '%',
        _ if c.is_ascii() || ('ء'..='ي').contains(&c) => c,
        _ => digit(c).unwrap_or(c),
    }
}

/// The zeros of the scripts whose digits are decimal, ascending; 1 to 9 follow each.
const ZEROS: [u32; 35] = [
    0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6, 0x0D66, 0x0DE6, 0x0E50,
    0x0ED0, 0x0F20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90, 0x1B50, 0x1BB0, 0x1C40, 0x1C50,
    0xA620, 0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0,
];

/// The ASCII digit for `c`, if it is a digit of another script.
fn digit(c: char) -> Option<char> {
    let code = u32::from(c);
    let zero = ZEROS[ZEROS.partition_point(|&zero| zero <= code).checked_sub(1)?];
    char::from_digit(code - zero, 10)
}

/// The letter that `base` and a hamza or madda above or below it make, where they make one.
fn with_hamza(base: char, mark: char) -> Option<char> {
    match (base, mark) {
        ('ا', '\u{0653}') => Some('آ'),
        ('ا', '\u{0654}') => Some('أ'),
        ('ا', '\u{0655}') => Some('إ'),
        ('و', '\u{0654}') => Some('ؤ'),
        ('ي' | 'ى', '\u{0654}') => Some('ئ'),
        _ => None,
    }
}

/// The forms of one token on their way into the arenas.
struct Writer<'b> {
    buffers: &'b mut Buffers,
    /// Where the token's form begins.
    begin: usize,
}

impl Writer<'_> {
    /// Appends a letter that comes from the original character at byte `at`.
    fn push(&mut self, c: char, at: u32) {
        self.buffers.normalized.push(c);
        self.buffers.folded.push(fold::letter(c));
        self.buffers.alignment.push(at);
    }

    /// Joins a hamza or madda with the last letter, unless they make no letter. Other marks may stand between them.
    fn compose(&mut self, mark: char) {
        let last = self.buffers.normalized[self.begin..].chars().next_back();
        if let Some(composed) = last.and_then(|base| with_hamza(base, mark)) {
            self.buffers.normalized.pop();
            self.buffers.folded.pop();
            self.buffers.normalized.push(composed);
            self.buffers.folded.push(fold::letter(composed));
        }
    }
}

/// Writes the forms of the token at `span` into the arenas; returns its arena range and the start of its alignment.
pub(super) fn token(original: &str, span: Span, kind: TokenKind, buffers: &mut Buffers) -> (Span, u32) {
    let slice = &original[span.range()];
    let aligned = buffers.alignment.len();
    let begin = buffers.normalized.len();
    let mut changed = false;
    let mut writer = Writer { buffers, begin };
    let mut at = span.begin;
    for c in slice.chars() {
        // Joiners and selectors are what an emoji is made of.
        if kind != TokenKind::Emoji && is_dropped(c) {
            changed = true;
            writer.compose(c);
        } else if is_compatibility(c) {
            changed = true;
            let nfkc = ComposingNormalizerBorrowed::new_nfkc();
            for n in nfkc.normalize_iter(std::iter::once(c)) {
                // A mark alone comes on a space; of the ligatures only the long ones hold several words.
                if !is_dropped(n) && (n != ' ' || matches!(c, 'ﷺ' | 'ﷻ')) {
                    writer.push(plain(n), at);
                }
            }
        } else {
            // 1،5 is 1,5
            let n = if c == '،' && kind == TokenKind::Number { ',' } else { plain(c) };
            changed |= n != c;
            writer.push(n, at);
        }
        at += c.len_utf8() as u32;
    }
    let form = Span::new(begin, buffers.normalized.len());
    if changed {
        buffers.alignment.push(span.end);
        (form, u32::try_from(aligned).unwrap_or(IDENTICAL))
    } else {
        buffers.alignment.truncate(aligned);
        (form, IDENTICAL)
    }
}

#[cfg(test)]
mod tests {
    use crate::text::{Buffers, Text};

    /// Original, normalized and folded form of one token.
    const FORMS: &[(&str, &str, &str)] = &[
        ("مُحَمَّدٌ", "محمد", "محمد"),
        ("العـــربية", "العربية", "العربية"),
        ("أإآٱى", "أإآٱى", "اااا\u{64A}"),
        ("مسؤولة", "مسؤولة", "مسؤولة"),
        // hamza and madda written apart, in canonical order behind other marks
        ("ا\u{0653}خر", "آخر", "اخر"),
        ("ا\u{0654}كد", "أكد", "اكد"),
        ("ا\u{064E}\u{0654}كد", "أكد", "اكد"),
        ("ا\u{0655}لى", "إلى", "الي"),
        ("مسو\u{0654}ول", "مسؤول", "مسؤول"),
        ("هيي\u{0654}ة", "هيئة", "هيئة"),
        ("شى\u{0654}", "شئ", "شئ"),
        ("ب\u{0654}", "ب", "ب"),
        // presentation forms and ligatures
        ("\u{FEFB}", "لا", "لا"),
        ("\u{FEF7}ن", "لأن", "لان"),
        ("\u{FEF9}علان", "لإعلان", "لاعلان"),
        ("\u{FEFB}\u{0653}ن", "لآن", "لان"),
        ("\u{FEE3}\u{FEBC}\u{FEAE}", "مصر", "مصر"),
        ("\u{FDF2}", "الله", "الله"),
        ("\u{FDFA}", "صلى الله عليه وسلم", "صلي الله عليه وسلم"),
        ("\u{FDFC}", "ريال", "ريال"),
        ("ب\u{FE77}ت", "بت", "بت"),
        ("ＢＢＣ", "BBC", "bbc"),
        // Persian and Urdu writings of Arabic letters; their own letters stay
        ("کلیة", "كلية", "كلية"),
        ("ہھۃ", "ههة", "ههة"),
        ("چپگڤ", "چپگڤ", "چپگڤ"),
        // Quranic marks, small and superscript letters
        ("ٱلرَّحْمَٰنِ", "ٱلرحمن", "الرحمن"),
        ("لَهُۥۖ", "له", "له"),
        ("هٰذا", "هذا", "هذا"),
        // invisible characters inside
        ("می\u{200C}شود", "ميشود", "ميشود"),
        ("قا\u{200F}ل", "قال", "قال"),
        ("قا\u{2067}\u{202B}ل", "قال", "قال"),
        ("قا\u{FEFF}\u{00AD}\u{200B}ل", "قال", "قال"),
        // digits and their signs
        ("١٬٢٥٠٫٥", "1,250.5", "1,250.5"),
        ("۲۰۲۵", "2025", "2025"),
        ("１２", "12", "12"),
        ("१२३", "123", "123"),
        ("2،5", "2,5", "2,5"),
        ("٪", "%", "%"),
        // other scripts
        ("Québec", "Québec", "québec"),
        ("Que\u{0301}bec", "Que\u{0301}bec", "que\u{0301}bec"),
        ("İ", "İ", "İ"),
        // what is nothing but marks
        ("\u{064E}\u{0651}", "", ""),
        ("ـــ", "", ""),
        // joiners are what an emoji is made of
        ("👩\u{200D}👧", "👩\u{200D}👧", "👩\u{200D}👧"),
    ];

    #[test]
    fn forms() {
        for &(original, normalized, folded) in FORMS {
            let text = Text::read(original, Buffers::default());
            assert_eq!(text.tokens().len(), 1, "{original} is one token");
            assert_eq!(text.normalized(0), normalized, "normalized form of {original}");
            assert_eq!(text.folded(0), folded, "folded form of {original}");
        }
    }

    #[test]
    fn ranges_map_back() {
        // original, range of the normalized form, its letters, the original letters that they come from
        let cases = [
            ("وبالدوحة", 4..16, "الدوحة", "الدوحة"),
            ("وبالدوحة", 2..4, "ب", "ب"),
            // letters keep the marks that follow them
            ("وَقَطَر", 0..2, "و", "وَ"),
            ("وَقَطَر", 2..8, "قطر", "قَطَر"),
            ("بـقطر", 0..2, "ب", "بـ"),
            ("بـقطر", 2..8, "قطر", "قطر"),
            ("و\u{200F}قطر", 2..8, "قطر", "قطر"),
            // a cut inside a ligature takes the ligature, on both sides
            ("\u{FEF7}ن", 0..2, "ل", "\u{FEF7}"),
            ("\u{FEF7}ن", 2..6, "أن", "\u{FEF7}ن"),
            ("و\u{FEFB}ن", 0..4, "ول", "و\u{FEFB}"),
            ("و\u{FEFB}ن", 4..8, "ان", "\u{FEFB}ن"),
            ("و\u{FEFB}ن", 2..2, "", ""),
            // a composed letter begins where its base does
            ("وا\u{064E}\u{0654}كد", 2..8, "أكد", "ا\u{064E}\u{0654}كد"),
            ("وا\u{0654}كد", 0..2, "و", "و"),
            ("\u{FDFA}", 7..15, "الله", "\u{FDFA}"),
            ("قطر", 2..4, "ط", "ط"),
        ];
        for (original, range, letters, expected) in cases {
            let text = Text::read(original, Buffers::default());
            assert_eq!(&text.normalized(0)[range.clone()], letters, "bytes {range:?} of {original}");
            assert_eq!(text.slice(text.span_within(0, range)), expected, "{letters} in {original}");
        }
    }
}
