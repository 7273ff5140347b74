//! Words with part of speech, lemma and features.

use super::{Form, Source, Upos, Word, Words};
use crate::text::{Text, TokenKind};

/// Universal features that the writing decides.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Features {}

impl Features {
    /// Name and value of each feature, sorted by name.
    pub fn iter(self) -> impl Iterator<Item = (&'static str, &'static str)> {
        std::iter::empty()
    }
}

/// Fills `words` with the words of `text`, in linear time.
pub fn analyse(text: &Text<'_>, words: &mut Words) {
    words.words.clear();
    words.first.clear();
    words.arena.clear();
    for (i, token) in text.tokens().iter().enumerate() {
        words.first.push(words.words.len() as u32);
        let upos = match token.kind {
            TokenKind::Number | TokenKind::Date => Upos::Num,
            TokenKind::Punctuation => Upos::Punct,
            TokenKind::Symbol | TokenKind::Emoji => Upos::Sym,
            _ => Upos::X,
        };
        words.words.push(Word {
            token: i as u32,
            begin: 0,
            end: text.normalized(i).len() as u32,
            underlying: Form::Same,
            lemma: Form::Unknown,
            upos,
            features: Features::default(),
            source: Source::Rule,
            host: true,
        });
    }
    words.first.push(words.words.len() as u32);
}
