//! Choosing the part of speech in context: the best path through what each word can be (Viterbi).
//!
//! A word with a single choice ends a path for good, so memory stays at the few words between two of them.

use super::{
    Form, Source, Upos,
    lexicon::{Lexicon, State},
};

/// How the lemma of a choice is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lemma {
    /// As the word stands alone, with its article.
    Alone,
    /// As it stands alone, without the article.
    Bare,
    /// The same without its last bytes.
    Shortened(usize),
    /// The perfect whose imperfect it is, as far as the pattern tells.
    Perfect,
    /// This.
    Is(&'static str),
    /// Not known.
    Unknown,
}

/// What a word can be.
#[derive(Clone, Copy, Debug)]
pub(super) struct Choice {
    pub upos: Upos,
    pub lemma: Lemma,
    pub source: Source,
    /// 10 ln of its share among the choices; then that of the best path to it.
    pub score: i32,
    /// The choice before it on that path.
    before: u8,
}

impl Choice {
    /// A choice that has `share` of all, in ninths.
    pub(super) fn new(upos: Upos, share: u8, lemma: Lemma, source: Source) -> Self {
        // 10 ln(share / 9)
        const SHARES: [i32; 10] = [-30, -22, -15, -11, -8, -6, -4, -3, -1, 0];
        let score = SHARES.get(usize::from(share)).copied().unwrap_or_default();
        Self { upos, lemma, source, score, before: 0 }
    }
}

/// A word and what it can be.
#[derive(Clone, Debug)]
pub(super) struct Column {
    /// Its index among the words.
    pub word: usize,
    /// Its form without the article.
    pub bare: Form,
    /// Whether it has the article.
    pub article: bool,
    choices: [Choice; 4],
    len: u8,
}

impl Column {
    pub(super) fn new(word: usize, bare: Form, article: bool) -> Self {
        let none = Choice { upos: Upos::X, lemma: Lemma::Unknown, source: Source::Rule, score: 0, before: 0 };
        Self { word, bare, article, choices: [none; 4], len: 0 }
    }

    /// Adds a choice; a part of speech that is there already keeps its first, and the fifth is left out.
    pub(super) fn offer(&mut self, choice: Choice) {
        if self.choices().iter().any(|c| c.upos == choice.upos) {
            return;
        }
        if let Some(slot) = self.choices.get_mut(usize::from(self.len)) {
            *slot = choice;
            self.len += 1;
        }
    }

    pub(super) fn choices(&self) -> &[Choice] {
        self.choices.get(..usize::from(self.len)).unwrap_or_default()
    }

    fn choices_mut(&mut self) -> &mut [Choice] {
        self.choices.get_mut(..usize::from(self.len)).unwrap_or_default()
    }
}

/// The columns whose choice is still open. After a decision the last column keeps its one choice, as context.
#[derive(Debug, Default)]
pub(super) struct Path {
    columns: Vec<Column>,
    decided: usize,
}

impl Path {
    /// Forgets the context: a sentence begins.
    pub(super) fn restart(&mut self) {
        self.columns.clear();
        self.decided = 0;
    }

    /// Extends the best paths to `column`, which has a choice or more; decides all where it has only one.
    pub(super) fn push(&mut self, lexicon: &Lexicon, mut column: Column, decide: &mut impl FnMut(&Column, &Choice)) {
        let article = column.article;
        for choice in column.choices_mut() {
            let state = State::of(choice.upos, article);
            let Some(last) = self.columns.last() else {
                choice.score += lexicon.pair(State::START, state);
                continue;
            };
            let mut best = (0, i32::MIN);
            for (i, before) in (0..).zip(last.choices()) {
                let score = before.score + lexicon.pair(State::of(before.upos, last.article), state);
                if score > best.1 {
                    best = (i, score);
                }
            }
            choice.before = best.0;
            choice.score += best.1;
        }
        self.columns.push(column);
        if self.columns.last().is_some_and(|last| last.len == 1) {
            self.decide(decide);
        }
    }

    /// Decides every open column by the best path.
    pub(super) fn decide(&mut self, decide: &mut impl FnMut(&Column, &Choice)) {
        let Some(last) = self.columns.last() else { return };
        let best = (0..).zip(last.choices()).max_by_key(|(i, choice)| (choice.score, -*i));
        let mut at = best.map_or(0, |(i, _): (i32, _)| usize::try_from(i).unwrap_or(0));
        for column in self.columns.iter_mut().skip(self.decided).rev() {
            let Some(choice) = column.choices().get(at).copied() else { continue };
            decide(column, &choice);
            at = usize::from(choice.before);
            // the choice as the only one, with no score to carry on
            column.choices[0] = Choice { score: 0, ..choice };
            column.len = 1;
        }
        self.columns.drain(..self.columns.len() - 1);
        self.decided = self.columns.len();
    }
}
