//! The second stage: tokens to words, the syntactic words of Universal Dependencies.
//!
//! `split` cuts a token: closed classes by rule, other words where `scoring` finds what remains common enough by the
//! [`lexicon`]. `words` gives each word its part of speech, lemma and features: `tagging` chooses among what the lexicon
//! and the [`analyser`] know by the words around, `shape` guesses from the letters where they know nothing; the analyser
//! says which features the writing decides, and `context` which ones the words before. Once the model has read the text,
//! [`Head`] chooses again. [`clitics`] lists every cut that letters allow, for those who look for names.

pub mod analyser;
pub mod clitics;
mod context;
mod features;
mod learned;
pub mod lexicon;
mod scoring;
mod shape;
mod split;
mod tagging;
#[cfg(test)]
mod tests;
mod words;

use std::ops::Range;

use analyser::{Analyser, Lexeme, Possible};
pub use features::{Feature, Features};
pub use learned::{Head, Place};
pub use words::analyse;
pub(crate) use words::analyse_segmented;

/// How a value was found; the contract's `Source`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// A rule of grammar or context.
    Rule,
    /// A lexicon or gazetteer.
    Lexicon,
    /// A learned model.
    Model,
    /// The names that the deployment added.
    Deployment,
}

/// Universal parts of speech (<https://universaldependencies.org/u/pos/>).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Upos {
    Adj,
    Adp,
    Adv,
    Aux,
    Cconj,
    Det,
    Intj,
    Noun,
    Num,
    Part,
    Pron,
    Propn,
    Punct,
    Sconj,
    Sym,
    Verb,
    X,
}

/// A form that is often the normalized letters themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// The word's normalized letters.
    Same,
    /// Not known.
    Unknown,
    /// Bytes of the arena of [`Words`].
    Written(u32, u32),
}

/// One word of a token.
#[derive(Clone, Copy, Debug)]
pub struct Word {
    /// Index of its token.
    pub token: u32,
    /// Its bytes in the token's normalized form. The words of a token cover the form without gaps.
    pub begin: u32,
    /// One past its last byte.
    pub end: u32,
    /// The form it would have alone.
    pub underlying: Form,
    /// Its dictionary form.
    pub lemma: Form,
    /// Its part of speech.
    pub upos: Upos,
    /// Its features.
    pub features: Features,
    /// Those of its class, clitics and shape.
    told: Features,
    /// The values that its other features may have by the lexicon; writing and context decide some of them.
    possible: Possible,
    /// Number of its lexeme.
    lexeme: Option<u32>,
    /// How it was found.
    pub source: Source,
    /// Whether it is the host that clitics are attached to.
    pub host: bool,
}

impl Word {
    /// Its bytes in the token's normalized form.
    pub fn range(&self) -> Range<usize> {
        self.begin as usize..self.end as usize
    }
}

/// The words of a text.
#[derive(Debug, Default)]
pub struct Words {
    words: Vec<Word>,
    /// For each token the index of its first word; one more entry closes the list.
    first: Vec<u32>,
    /// Forms that are not the letters themselves.
    arena: String,
    scratch: words::Scratch,
    lexicon: &'static lexicon::Lexicon,
}

impl Words {
    /// Words that are read with another lexicon than the program's.
    #[cfg(feature = "train")]
    pub(crate) fn with(lexicon: &'static lexicon::Lexicon) -> Self {
        Self { lexicon, ..Self::default() }
    }

    /// The words of token `token`, in order.
    pub fn of(&self, token: usize) -> &[Word] {
        &self.words[self.first[token] as usize..self.first[token + 1] as usize]
    }

    /// The host of token `token`: the word that clitics are attached to.
    pub fn host(&self, token: usize) -> &Word {
        let words = self.of(token);
        words.iter().find(|w| w.host).unwrap_or(&words[0])
    }

    /// Undoes cuts inside of names: of each token of `names`, in the order of the text, the words in the given bytes of
    /// its normalized form become one, a proper noun. Where no words have just these bytes, all stays.
    pub fn unite(&mut self, names: impl IntoIterator<Item = (usize, Range<usize>)>) {
        let mut names = names.into_iter().peekable();
        let mut kept = 0;
        for token in 0..self.first.len().saturating_sub(1) {
            let of = self.first[token] as usize..self.first[token + 1] as usize;
            self.first[token] = kept as u32;
            let words = &self.words[of.clone()];
            let name = names.next_if(|name| name.0 == token).map(|name| name.1).filter(|name| {
                let bounds = |bound: fn(&Word) -> u32, at: usize| words.iter().any(|word| bound(word) as usize == at);
                let host =
                    words.iter().find(|word| word.host).is_some_and(|host| name.contains(&(host.begin as usize)));
                host && bounds(|word| word.begin, name.start) && bounds(|word| word.end, name.end)
            });
            for at in of {
                let mut word = self.words[at];
                if let Some(name) = name.as_ref().filter(|name| name.contains(&(word.begin as usize))) {
                    if word.begin as usize != name.start {
                        continue;
                    }
                    word = Word {
                        end: name.end as u32,
                        underlying: Form::Same,
                        lemma: Form::Same,
                        upos: Upos::Propn,
                        features: Features::default(),
                        source: Source::Model,
                        host: true,
                        ..word
                    };
                }
                self.words[kept] = word;
                kept += 1;
            }
        }
        if let Some(end) = self.first.last_mut() {
            *end = kept as u32;
        }
        self.words.truncate(kept);
    }

    /// The letters of `form`; `normalized` are the word's own.
    pub fn form<'a>(&'a self, form: Form, normalized: &'a str) -> &'a str {
        match form {
            Form::Same => normalized,
            Form::Unknown => "",
            Form::Written(begin, end) => &self.arena[begin as usize..end as usize],
        }
    }

    /// The underlying form of `word`: `الدوحة` for the host of `للدوحة`.
    pub fn underlying<'a>(&'a self, word: &Word, text: &'a crate::text::Text<'_>) -> &'a str {
        self.form(word.underlying, &text.normalized(word.token as usize)[word.range()])
    }

    /// The word of the lexicon that `word` is a form of, where it has one.
    pub fn lexeme(&self, word: &Word) -> Option<Lexeme> {
        Some(Analyser::embedded()?.lexeme(word.lexeme?))
    }

    /// The lemma of `word`, or empty.
    pub fn lemma<'a>(&'a self, word: &Word, text: &'a crate::text::Text<'_>) -> &'a str {
        self.form(word.lemma, &text.normalized(word.token as usize)[word.range()])
    }
}
