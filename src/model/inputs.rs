//! What the model reads: the rows of each token, and where sentences begin.

use std::ops::Range;

/// Tokens as lists of rows of the embedding table, in sentences. Reusable: [`clear`](Self::clear) keeps its room.
///
/// Two sentences of two tokens and one, whose tokens have one row, two rows and none:
///
/// ```text
/// rows      = [7, 3, 9]
/// starts    = [0, 1, 3, 3]
/// sentences = [0, 2, 3]
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inputs {
    /// Rows of all tokens, one after another. A row that the table lacks adds nothing.
    pub rows: Vec<u32>,
    /// Where the rows of each token start in `rows`; one more closes the last token.
    pub starts: Vec<u32>,
    /// The first token of each sentence; one more closes the last sentence.
    pub sentences: Vec<u32>,
}

impl Inputs {
    /// Forgets the tokens.
    pub fn clear(&mut self) {
        self.rows.clear();
        self.starts.clear();
        self.sentences.clear();
    }

    /// The number of tokens.
    pub fn tokens(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// The rows of token `token`; none where the lists do not fit together.
    pub(super) fn of_token(&self, token: usize) -> &[u32] {
        match self.starts.get(token..token + 2) {
            Some(&[start, end]) => self.rows.get(start as usize..end as usize).unwrap_or_default(),
            _ => &[],
        }
    }

    /// The tokens of each sentence; what lies outside of the tokens is cut off.
    pub(super) fn sentences(&self) -> impl Iterator<Item = Range<usize>> {
        let tokens = self.tokens();
        self.sentences.windows(2).map(move |pair| match *pair {
            [start, end] => (start as usize).min(tokens)..(end as usize).min(tokens),
            _ => 0..0,
        })
    }
}
