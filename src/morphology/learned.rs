//! Parts of speech by the model: what the lexicon says that a word can be, and what the model expects at its place.
//!
//! The model gives a number for each part of speech of a token's host. Of what the host can be, that choice is taken whose
//! number and weighted logarithm of its share are highest together. A word outside of the closed classes may also be what
//! no list says, at a price. The model learned with the same sum (`training/isnad_training/network.py`). What the same
//! model tells of names is added: in annotated news all words of persons' names are proper nouns, and hardly any word
//! outside of a mention is one.

use super::{
    Source, Upos, Words,
    analyser::{Analyser, Around},
    context,
    lexicon::Lexicon,
    shape,
    tagging::{Choice, Column, Lemma},
    words::settle,
};
use crate::{
    model::{HeadId, Model, Scratch},
    text::{Text, TokenKind},
};

/// Number of parts of speech.
const COUNT: usize = Upos::X as usize + 1;

/// What a word outside of the closed classes may be without a list saying so.
const OPEN: [Upos; 5] = [Upos::Noun, Upos::Propn, Upos::Adj, Upos::Verb, Upos::Adv];

/// Where a token stands among the mentions that were found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In none.
    Outside,
    /// In a person's name.
    Person,
    /// In another.
    Mention,
}

impl Place {
    /// What is added for a proper noun. Chosen on annotated lines that the model had not seen.
    fn proper(self) -> f32 {
        match self {
            Self::Outside => -1.0,
            Self::Person => 3.0,
            Self::Mention => 0.0,
        }
    }
}

/// The head of parts of speech.
#[derive(Debug)]
pub struct Head {
    id: HeadId,
    /// What the logarithm of a share counts.
    share: f32,
    /// What is added, for each part of speech, where no list says that the word can be it.
    absent: [f32; COUNT],
}

impl Head {
    /// The head of `model`; none where it has none, or one of other shapes.
    pub fn of(model: &Model) -> Option<Self> {
        let id = model.head("upos")?;
        let (_, numbers) = model.extra("upos.share")?;
        let (share, absent) = numbers.split_first()?;
        let absent = absent.try_into().ok()?;
        (model.outputs(id) == COUNT).then_some(Self { id, share: *share, absent })
    }

    /// Chooses again what the words of `text` are, where `model` was run over its tokens and found mentions: `places` has
    /// where each token stands.
    pub fn revise(&self, text: &Text<'_>, words: &mut Words, model: &Scratch, places: &[Place]) {
        let (rows, _) = model.head(self.id).as_chunks::<COUNT>();
        let scratch = std::mem::take(&mut words.scratch);
        let columns = scratch.path.columns();
        for (at, column) in columns.iter().enumerate() {
            let Some(&word) = words.words.get(column.word) else { continue };
            let token = word.token as usize;
            let (Some(&row), Some(&place)) = (rows.get(token), places.get(token)) else { continue };
            if !word.host || text.tokens()[token].kind != TokenKind::Word {
                continue;
            }
            let letters = &text.normalized(token)[word.range()];
            let bare = words.form(column.bare, letters);
            let Some(choice) = self.choice(bare, column, row, place) else { continue };
            if choice.upos != word.upos || column.choices().len() > 1 {
                settle(words, text, column, &choice.by(Source::Model));
            }
            // ل before a verb is a conjunction
            let before = at.checked_sub(1).and_then(|before| columns.get(before));
            if let Some(before) = before.filter(|b| b.word + 1 == column.word && b.choices().len() > 1) {
                let wanted = if choice.upos == Upos::Verb { Upos::Sconj } else { Upos::Adp };
                let proclitic = words.words.get(before.word).is_some_and(|w| !w.host && w.upos != wanted);
                if let Some(choice) = before.choices().iter().find(|c| proclitic && c.upos == wanted) {
                    settle(words, text, before, &choice.by(Source::Model));
                }
            }
        }
        words.scratch = scratch;
        context::decide(text, words);
    }

    /// What the word of `column` is, whose form without the article is `bare`; nothing where there is no choice.
    fn choice(&self, bare: &str, column: &Column, mut row: [f32; COUNT], place: Place) -> Option<Choice> {
        let choices = column.choices();
        let open = column.around.is_some();
        row[Upos::Propn as usize] += place.proper();
        if choices.len() < 2 && !open && place != Place::Person {
            return choices.first().copied();
        }
        // tenths of a logarithm
        let listed = choices.iter().map(|choice| {
            let score = row[choice.upos as usize] + self.share * 0.1 * choice.share as f32;
            (score, *choice)
        });
        let best = listed.reduce(|best, next| if next.0 > best.0 { next } else { best })?;
        let absent = OPEN.into_iter().filter(|&upos| {
            let known = choices.iter().any(|choice| choice.upos == upos);
            let open = open || upos == Upos::Propn && place == Place::Person;
            open && !known && !(column.article && matches!(upos, Upos::Verb | Upos::Adv))
        });
        let absent = absent.map(|upos| (row[upos as usize] + self.absent[upos as usize], upos));
        match absent.reduce(|best, next| if next.0 > best.0 { next } else { best }) {
            Some((score, upos)) if score > best.0 => {
                Some(Choice::new(upos, 1, lemma(bare, column, upos), Source::Model))
            }
            _ => Some(best.1),
        }
    }
}

/// The lemma of a word that is listed with other parts of speech than `upos`.
fn lemma(bare: &str, column: &Column, upos: Upos) -> Lemma {
    let around = column.around.filter(|around| matches!(around, Around::Nothing | Around::Article));
    if let Some((analyser, around)) = Analyser::embedded().zip(around) {
        let mut found = Vec::new();
        analyser.analyse_as(bare, around, Some(upos), &mut found);
        if let Some(best) = found.iter().min_by_key(|f| (f.spelling, f.rare)) {
            return Lemma::Of(best.lexeme);
        }
    }
    // nouns and adjectives inflect alike
    let nominal = |upos| matches!(upos, Upos::Noun | Upos::Adj);
    let alike = column.choices().iter().find(|choice| nominal(upos) && nominal(choice.upos));
    alike.map_or_else(|| shape::lemma_as(Lexicon::embedded(), upos, bare, column.article), |choice| choice.lemma)
}

#[cfg(feature = "train")]
impl Words {
    /// Token, part of speech and 10 ln of the share of everything that the host of a token can be.
    pub(crate) fn shares(&self) -> impl Iterator<Item = (usize, Upos, i32)> {
        let hosts = self.scratch.path.columns().iter().filter_map(|column| {
            let word = self.words.get(column.word).filter(|word| word.host)?;
            Some((word.token as usize, column))
        });
        hosts.flat_map(|(token, column)| column.choices().iter().map(move |choice| (token, choice.upos, choice.share)))
    }
}
