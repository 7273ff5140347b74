//! Features that the words before decide: the mood of an imperfect, the case after a preposition.

use super::{Upos, Words};
use crate::text::Text;

/// Decides the features of all words from what the lexicon leaves open, in one walk over the text.
pub(super) fn decide(text: &Text<'_>, words: &mut Words) {
    let mut before: Option<(u32, Upos, Governs)> = None;
    for word in &mut words.words {
        let sentence = text.tokens()[word.token as usize].sentence;
        let governed = before.filter(|(other, ..)| *other == sentence);
        let mut possible = word.possible;
        if let Some((_, upos, governs)) = governed {
            possible = match (word.upos, upos, governs) {
                (Upos::Verb | Upos::Aux, _, Governs::Mood(mood)) => possible.with("Mood", mood),
                // كتاب shows no case; مسؤولين shows one of two
                (Upos::Noun | Upos::Adj, Upos::Adp, _) if !possible.may("Case", "Nom") => possible.with("Case", "Gen"),
                _ => possible,
            };
        }
        word.features = word.told.with_decided(possible);
        let letters = &text.normalized(word.token as usize)[word.range()];
        before = Some((sentence, word.upos, Governs::of(letters, word.upos)));
    }
}

/// What a word does to the one behind it.
#[derive(Clone, Copy)]
enum Governs {
    Mood(&'static str),
    Nothing,
}

impl Governs {
    fn of(letters: &str, upos: Upos) -> Self {
        match (letters, upos) {
            ("لم", Upos::Part) => Self::Mood("Jus"),
            ("لن", Upos::Part) | ("أن" | "كي" | "لكي" | "ل" | "ألا", Upos::Sconj) => Self::Mood("Sub"),
            ("س" | "سوف", Upos::Part) => Self::Mood("Ind"),
            _ => Self::Nothing,
        }
    }
}
