//! Choosing the part of speech in context: the best path through what each word can be (Viterbi).
//!
//! A word with a single choice ends a path for good. What every word can be stays until the next text, for the model that
//! reads it afterwards.

use super::{
    Form, Source, Upos,
    analyser::Around,
    features::Features,
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
    /// That of the lexeme.
    Of(u32),
    /// Not known.
    Unknown,
}

/// What a word can be.
#[derive(Clone, Copy, Debug)]
pub(super) struct Choice {
    pub upos: Upos,
    pub lemma: Lemma,
    pub source: Source,
    /// 10 ln of its share among the choices.
    pub share: i32,
    /// 10 ln of how likely the best path to it is.
    score: i32,
    /// The choice before it on that path.
    before: u8,
}

impl Choice {
    /// A choice that has `share` of all, in ninths.
    pub(super) fn new(upos: Upos, share: u8, lemma: Lemma, source: Source) -> Self {
        // 10 ln(share / 9)
        const SHARES: [i32; 10] = [-30, -22, -15, -11, -8, -6, -4, -3, -1, 0];
        let share = SHARES.get(usize::from(share)).copied().unwrap_or_default();
        Self { upos, lemma, source, share, score: 0, before: 0 }
    }

    /// The same, decided by `source`.
    pub(super) fn by(self, source: Source) -> Self {
        Self { source, ..self }
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
    /// What is told of it whatever it is.
    pub noted: Features,
    /// What the analyser is told of its surroundings; nothing for words of closed classes, which are their choices alone.
    pub around: Option<Around>,
    choices: [Choice; 4],
    len: u8,
    /// The choice that was decided on.
    chosen: u8,
}

impl Column {
    pub(super) fn new(word: usize, bare: Form, article: bool) -> Self {
        let none = Choice::new(Upos::X, 9, Lemma::Unknown, Source::Rule);
        let noted = Features::default();
        Self { word, bare, article, noted, around: None, choices: [none; 4], len: 0, chosen: 0 }
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

/// The columns of a text, sentence after sentence.
#[derive(Debug, Default)]
pub(super) struct Path {
    columns: Vec<Column>,
    /// The first column of the sentence.
    sentence: usize,
    /// The first column that is not decided.
    undecided: usize,
}

impl Path {
    /// Forgets the text.
    pub(super) fn clear(&mut self) {
        self.columns.clear();
        self.restart();
    }

    /// Forgets the context: a sentence begins.
    pub(super) fn restart(&mut self) {
        self.sentence = self.columns.len();
        self.undecided = self.columns.len();
    }

    /// The columns in the order of the words.
    pub(super) fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// Extends the best paths to `column`, which has a choice or more; decides all where it has only one.
    pub(super) fn push(&mut self, lexicon: &Lexicon, mut column: Column, decide: &mut impl FnMut(&Column, &Choice)) {
        let article = column.article;
        let last = self.columns.get(self.sentence..).and_then(<[Column]>::last);
        let decided = self.undecided == self.columns.len();
        for choice in column.choices_mut() {
            let state = State::of(choice.upos, article);
            let Some(last) = last else {
                choice.score = choice.share + lexicon.pair(State::START, state);
                continue;
            };
            let pair = |before: &Choice| lexicon.pair(State::of(before.upos, last.article), state);
            // what is decided is context, with no score to carry on
            let mut best = (last.chosen, last.choices().get(usize::from(last.chosen)).map_or(i32::MIN, &pair));
            if !decided {
                best.1 = i32::MIN;
                for (i, before) in (0..).zip(last.choices()) {
                    let score = before.score + pair(before);
                    if score > best.1 {
                        best = (i, score);
                    }
                }
            }
            choice.before = best.0;
            choice.score = choice.share + best.1;
        }
        self.columns.push(column);
        if self.columns.last().is_some_and(|last| last.len == 1) {
            self.decide(decide);
        }
    }

    /// Decides every open column by the best path.
    pub(super) fn decide(&mut self, decide: &mut impl FnMut(&Column, &Choice)) {
        let Some(last) = self.columns.last() else { return };
        let best = (0..).zip(last.choices()).max_by_key(|(i, choice)| (choice.score, -i32::from(*i)));
        let mut at = best.map_or(0, |(i, _)| i);
        for column in self.columns.iter_mut().skip(self.undecided).rev() {
            let Some(choice) = column.choices().get(usize::from(at)).copied() else { continue };
            decide(column, &choice);
            column.chosen = at;
            at = choice.before;
        }
        self.undecided = self.columns.len();
    }
}
