//! The closed classes of `resources/speech_context.tsv`, and the shapes of words that decide where reported words begin
//! and end. Words are folded as [`crate::text::Text::folded`] does.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::text::fold::word as fold;

/// A closed class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// أن after it belongs to it and reports nothing: بعد أن، يمكن أن.
    Governs,
    /// opens a phrase that no subject stands in.
    Preposition,
    /// stands beside a verb without being its subject.
    Adverb,
    /// tells when, and is no subject.
    Time,
    /// a title in marks of any length follows.
    TitleHead,
    /// a short name in marks follows.
    NameHead,
    /// before بـ and a name in marks.
    Naming,
    /// after words in marks: their sentence goes on.
    Proceeds,
    /// after a comma: the clause speaks of the speaker again.
    Turn,
    /// joins a verb to the clause before it.
    Joins,
    /// after على or عن: a place or medium, never what is reported.
    Circumstance,
    /// something written that speaks for its author.
    Document,
    /// can stand for an organisation.
    Body,
    /// nobody in particular speaks for it.
    Group,
    /// persons without a name.
    People,
    /// a subject can follow before its verb.
    Opener,
    /// after وفق: his own words.
    HisWords,
    /// after وفق: her own words.
    HerWords,
    /// Stands for the person spoken of with honour.
    Honour,
    /// before the noun of a source: أحدث المعطيات.
    Determiner,
    /// What a source does not want to be told: هويته.
    Identity,
    /// Stands alone before the colon of a headline: دراسة.
    Source,
    /// opens a demand or resolve.
    Resolve,
}

impl Class {
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "governs" => Self::Governs,
            "preposition" => Self::Preposition,
            "adverb" => Self::Adverb,
            "time" => Self::Time,
            "title_head" => Self::TitleHead,
            "name_head" => Self::NameHead,
            "naming" => Self::Naming,
            "proceeds" => Self::Proceeds,
            "turn" => Self::Turn,
            "joins" => Self::Joins,
            "circumstance" => Self::Circumstance,
            "document" => Self::Document,
            "body" => Self::Body,
            "group" => Self::Group,
            "people" => Self::People,
            "opener" => Self::Opener,
            "his_words" => Self::HisWords,
            "her_words" => Self::HerWords,
            "honour" => Self::Honour,
            "determiner" => Self::Determiner,
            "source" => Self::Source,
            "identity" => Self::Identity,
            "resolve" => Self::Resolve,
            _ => return None,
        })
    }

    /// Whether the folded `word` is in this class.
    pub(super) fn has(self, word: &str) -> bool {
        CLASSES.0.get(word).is_some_and(|classes| classes & (1 << self as u32) != 0)
    }
}

/// The classes of each word, by bit, and the number of lines that name no class.
static CLASSES: LazyLock<(FxHashMap<String, u32>, usize)> =
    LazyLock::new(|| read(include_str!("../../resources/speech_context.tsv")));

fn read(table: &str) -> (FxHashMap<String, u32>, usize) {
    let mut classes: FxHashMap<String, u32> = FxHashMap::default();
    let mut bad = 0;
    for line in table.lines().filter(|l| !l.starts_with('#')) {
        match line.split_once('\t').and_then(|(name, words)| Some((Class::named(name)?, words))) {
            Some((class, words)) => {
                for word in words.split(' ') {
                    *classes.entry(fold(word)).or_default() |= 1 << class as u32;
                }
            }
            None => bad += 1,
        }
    }
    (classes, bad)
}

/// The noun without و, a preposition and the article, or none where none is attached.
fn bare(word: &str) -> Option<&str> {
    ["بال", "وال", "لل", "ال"]
        .iter()
        .find_map(|clitic| word.strip_prefix(clitic))
        .or_else(|| word.strip_prefix(['و', 'ب', 'ل']).filter(|w| w.len() >= 6))
}

/// Whether `word` is أن or إن, alone, after ب or ف, or with a pronoun: `أن`, `بأنه`, `إنها`.
pub(super) fn is_complementizer(normalized: &str, folded: &str) -> bool {
    if normalized == "ألا" || normalized == "بألا" {
        return true;
    }
    if normalized.starts_with('آ') {
        return false;
    }
    let host = folded.strip_prefix(['ب', 'ف']).filter(|h| h.starts_with('ا')).unwrap_or(folded);
    host.strip_prefix("ان").is_some_and(|pronoun| {
        matches!(pronoun, "" | "ه" | "ها" | "هم" | "هما" | "هن" | "ني" | "نا" | "ا" | "ك" | "كم" | "ي")
    })
}

/// Whether أن after `before` belongs to that word and reports nothing: `بعد أن`, `يمكن أن`, `إلا أن`.
pub(super) fn governs_an(before: &str) -> bool {
    Class::Governs.has(before) || Class::Governs.has(before.strip_prefix('و').unwrap_or(before))
}

/// Whether `word` opens a phrase that no subject stands in.
pub(super) fn is_preposition(word: &str) -> bool {
    Class::Preposition.has(word.strip_prefix('و').filter(|w| w.len() > 2).unwrap_or(word))
}

/// How long a name in marks after the noun `word` can be, in words: titles of works and events are of any length
/// (`بعنوان "…"`), names of bodies and things short (`حزب "…"`); 0 after other words.
pub(super) fn name_length_after(word: &str) -> usize {
    let among = |class: Class| class.has(word) || bare(word).is_some_and(|b| class.has(b));
    match () {
        () if among(Class::TitleHead) => usize::MAX,
        () if among(Class::NameHead) => 3,
        () => 0,
    }
}

/// Whether the noun phrase after a preposition is a place or medium and never what is reported: `على هامش`.
pub(super) fn is_circumstance(word: &str) -> bool {
    Class::Circumstance.has(word.strip_suffix("ها").or_else(|| word.strip_suffix('ه')).unwrap_or(word))
}

/// Whether the noun is something written that speaks for its author: `بيان`, `البلاغ`.
pub(super) fn is_document(word: &str) -> bool {
    Class::Document.has(word.strip_prefix("ال").unwrap_or(word))
}

/// Whether the noun has the pattern of a verbal noun, `تعيين`, `إطلاق`, `ارتفاع`, `استقبال`, `تراجع`, `مواصلة`.
pub(super) fn is_verbal_noun(folded: &str) -> bool {
    let host = folded.strip_prefix("ال").filter(|h| h.len() >= 8).unwrap_or(folded);
    // Possessives hide the last letter only: رفضه, إطلاقها.
    let host = ["ها", "هم", "ه"].iter().find_map(|p| host.strip_suffix(p).filter(|h| h.len() >= 8)).unwrap_or(host);
    let letters = |at: usize| host.get(at * 2..at * 2 + 2).unwrap_or_default();
    match host.len() / 2 {
        5 => {
            (letters(0) == "ت" && letters(3) == "ي")
                || (letters(0) == "ا" && letters(3) == "ا")
                || (letters(0) == "ت" && letters(2) == "ا" && letters(1) != "ا")
                || (letters(0) == "ا" && letters(2) == "ا" && matches!(letters(4), "ة" | "ت"))
                || (letters(0) == "ت" && letters(1) != "ا" && letters(2) == "ا")
        }
        6 => {
            (letters(0) == "ا" && letters(4) == "ا")
                || (letters(0) == "م" && letters(2) == "ا" && matches!(letters(5), "ة" | "ت"))
                || (letters(0) == "ا" && letters(1) == "س" && letters(2) == "ت")
        }
        7 => letters(0) == "ا" && letters(1) == "س" && letters(2) == "ت" && (letters(5) == "ا" || letters(6) == "ة"),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_is_read() {
        assert_eq!(CLASSES.1, 0, "lines of speech_context.tsv that name no class");
        assert!(Class::HisWords.has("رايه") && Class::Preposition.has("الي") && !Class::Preposition.has("رايه"));
    }

    #[test]
    fn verbal_nouns_are_told_by_pattern() {
        for word in ["تعيين", "اطلاق", "ارتفاع", "استقبال", "تراجع", "مواصلة", "اقامة", "الغاء", "انطلاق", "الافراج"]
        {
            assert!(is_verbal_noun(word), "{word} is a verbal noun");
        }
        for word in ["محمد", "وزير", "مدينة", "الرئيس", "حكومة", "تونس"] {
            assert!(!is_verbal_noun(word), "{word} is none");
        }
    }

    #[test]
    fn complementizers_with_clitics() {
        for (word, folded, expected) in [
            ("أن", "ان", true),
            ("إنها", "انها", true),
            ("بأنه", "بانه", true),
            ("ألا", "الا", true),
            ("إلا", "الا", false),
            ("آن", "ان", false),
            ("إنهاء", "انهاء", false),
            ("لأن", "لان", false),
        ] {
            assert_eq!(is_complementizer(word, folded), expected, "{word}");
        }
    }
}
