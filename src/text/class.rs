//! Classes of characters, as far as tokens and normalized forms tell them apart.

use icu_properties::{
    CodePointMapData, CodePointSetData,
    props::{EmojiPresentation, GeneralCategory},
};

/// What a character does in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// White space.
    Space,
    /// A control or format character: bidi marks, joiners, zero-width space, byte-order mark.
    Invisible,
    /// A letter of the Arabic script.
    Arabic,
    /// A letter of another script.
    Foreign,
    /// A combining mark, or one of the small letters that are written like marks in the Quran.
    Mark,
    /// The Arabic letter stretcher `ـ`.
    Tatweel,
    /// A decimal digit of any script.
    Digit,
    /// Punctuation.
    Punctuation,
    /// Anything else that is seen.
    Symbol,
}

/// The class of `c`.
pub(super) fn class(c: char) -> Class {
    match c {
        ' ' | '\t'..='\r' => Class::Space,
        '0'..='9' | '٠'..='٩' | '۰'..='۹' => Class::Digit,
        'a'..='z' | 'A'..='Z' => Class::Foreign,
        'ـ' => Class::Tatweel,
        'ء'..='ي' => Class::Arabic,
        '\u{064B}'..='\u{065F}' | '\u{06E5}' | '\u{06E6}' => Class::Mark,
        // Percent and per-mille signs are punctuation to Unicode; they are said like units.
        '%' | '٪' | '‰' | '؉' | '؊' => Class::Symbol,
        // Signs that embrace the number after them have a shape, though Unicode files them with the format characters.
        '\u{0600}'..='\u{0605}' | '\u{06DD}' => Class::Symbol,
        _ => by_category(c),
    }
}

fn by_category(c: char) -> Class {
    use GeneralCategory as G;

    if c.is_whitespace() {
        return Class::Space;
    }
    match CodePointMapData::<GeneralCategory>::new().get(c) {
        G::Control | G::Format => Class::Invisible,
        G::UppercaseLetter
        | G::LowercaseLetter
        | G::TitlecaseLetter
        | G::ModifierLetter
        | G::OtherLetter
        | G::LetterNumber => {
            if is_arabic(c) {
                Class::Arabic
            } else {
                Class::Foreign
            }
        }
        G::NonspacingMark | G::SpacingMark | G::EnclosingMark => Class::Mark,
        G::DecimalNumber => Class::Digit,
        G::ConnectorPunctuation
        | G::DashPunctuation
        | G::OpenPunctuation
        | G::ClosePunctuation
        | G::InitialPunctuation
        | G::FinalPunctuation
        | G::OtherPunctuation => Class::Punctuation,
        _ => Class::Symbol,
    }
}

/// Whether `c` lies in a block of the Arabic script.
pub(super) fn is_arabic(c: char) -> bool {
    matches!(c,
        '\u{0600}'..='\u{06FF}'
        | '\u{0750}'..='\u{077F}'
        | '\u{0870}'..='\u{08FF}'
        | '\u{FB50}'..='\u{FDFF}'
        | '\u{FE70}'..='\u{FEFC}'
        | '\u{10EC0}'..='\u{10EFF}'
        | '\u{1EE00}'..='\u{1EEFF}')
}

/// Whether `c` is shown as an emoji without a variation selector; regional indicators are.
pub(super) fn is_emoji(c: char) -> bool {
    CodePointSetData::new::<EmojiPresentation>().contains(c)
}
