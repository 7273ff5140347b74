//! The first stage: original bytes to sentences and tokens, with normalized forms aligned to the original.
//!
//! Every token has two forms beside its original slice, equal in byte length:
//! - *normalized*: without diacritics, tatweel and invisible marks; presentation forms as plain letters, Persian ک ی as
//!   ك ي, digits as 0-9. Hamza seats, ى and ة stay.
//! - *folded*: for look-ups: أ إ آ ٱ as ا, ى as ي, Latin letters in lower case where the length allows.
//!
//! Between tokens stand white space and invisible characters (bidi marks, byte-order marks) only; no word begins or ends
//! with one. A byte range of the normalized form maps back to a span of the original by [`Text::span_within`]. Letters
//! keep the diacritics that follow them.

#[cfg(test)]
pub(crate) mod arbitrary;
mod class;
mod digits;
pub mod fold;
pub mod language;
mod normalize;
pub mod offsets;
#[cfg(test)]
mod properties;
mod sentences;
mod tokens;
mod web;

use std::ops::Range;

use crate::span::Span;

/// What a token is; the contract's `TokenKind`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// Arabic letters, clitics attached.
    Word,
    /// A word in another script.
    Foreign,
    /// A number with its decimals and thousands.
    Number,
    /// A date or time of day in digits.
    Date,
    /// A punctuation mark.
    Punctuation,
    /// Another symbol.
    Symbol,
    /// A web address.
    Url,
    /// An e-mail address.
    Email,
    /// A hashtag.
    Hashtag,
    /// A user name with @.
    Handle,
    /// An emoji.
    Emoji,
}

/// A token: what stands between white space and invisible characters, punctuation apart.
#[derive(Clone, Copy, Debug)]
pub struct Token {
    /// Where it stands in the original.
    pub span: Span,
    /// What it is.
    pub kind: TokenKind,
    /// Index of its sentence.
    pub sentence: u32,
    /// Whether white space (or the start of the text) precedes it.
    pub space_before: bool,
    /// Its normalized form in the arena.
    normalized: Span,
    /// First entry of its alignment, or `IDENTICAL`.
    alignment: u32,
}

/// Marks a token whose normalized form is its original slice.
const IDENTICAL: u32 = u32::MAX;

/// A sentence: a range of the original without surrounding white space, and its tokens.
#[derive(Clone, Copy, Debug)]
pub struct Sentence {
    /// Where it stands in the original.
    pub span: Span,
    /// Index of its first token.
    pub first_token: u32,
    /// One past the index of its last token.
    pub end_token: u32,
    /// Whether it is the headline.
    pub headline: bool,
    /// Index of the paragraph (line) it stands in.
    pub paragraph: u32,
}

impl Sentence {
    /// The indices of its tokens.
    pub fn tokens(&self) -> Range<usize> {
        self.first_token as usize..self.end_token as usize
    }
}

/// The reusable memory of a [`Text`].
#[derive(Debug, Default)]
pub struct Buffers {
    tokens: Vec<Token>,
    sentences: Vec<Sentence>,
    normalized: String,
    folded: String,
    /// For each character of a changed token's normalized form, the original byte where it begins; one more entry per
    /// token closes it. `سَنة` (س َ ن ة, 2 bytes each, at 10) has `[10, 14, 16, 18]`.
    alignment: Vec<u32>,
}

/// A document's text, read into sentences and tokens.
#[derive(Debug)]
pub struct Text<'d> {
    original: &'d str,
    buffers: Buffers,
}

impl<'d> Text<'d> {
    /// Reads `original` in linear time, reusing the memory of `buffers`.
    pub fn read(original: &'d str, mut buffers: Buffers) -> Self {
        buffers.tokens.clear();
        buffers.sentences.clear();
        buffers.normalized.clear();
        buffers.folded.clear();
        buffers.alignment.clear();
        tokens::tokenize(original, &mut buffers);
        sentences::split(original, &mut buffers);
        Self { original, buffers }
    }

    /// Gives the memory back.
    pub fn into_buffers(self) -> Buffers {
        self.buffers
    }

    /// The whole text as it was sent.
    pub fn original(&self) -> &'d str {
        self.original
    }

    /// The original bytes of `span`.
    pub fn slice(&self, span: Span) -> &'d str {
        self.original.get(span.range()).unwrap_or_default()
    }

    /// The tokens in order.
    pub fn tokens(&self) -> &[Token] {
        &self.buffers.tokens
    }

    /// The sentences in order.
    pub fn sentences(&self) -> &[Sentence] {
        &self.buffers.sentences
    }

    /// The sentence that holds token `token`.
    pub fn sentence_of(&self, token: usize) -> &Sentence {
        &self.buffers.sentences[self.buffers.tokens[token].sentence as usize]
    }

    /// The normalized form of token `token`.
    pub fn normalized(&self, token: usize) -> &str {
        &self.buffers.normalized[self.buffers.tokens[token].normalized.range()]
    }

    /// The folded form of token `token`; byte for byte as long as the normalized form.
    pub fn folded(&self, token: usize) -> &str {
        &self.buffers.folded[self.buffers.tokens[token].normalized.range()]
    }

    /// The original span of bytes `range` of token `token`'s normalized form. Both ends must lie on character
    /// boundaries. Where one original character became several letters (ﻻ), the span is widened to whole characters.
    pub fn span_within(&self, token: usize, range: Range<usize>) -> Span {
        let at = self.buffers.tokens[token];
        if at.alignment == IDENTICAL {
            let begin = at.span.begin as usize;
            return Span::new(begin + range.start, begin + range.end);
        }
        let form = self.normalized(token);
        let starts = &self.buffers.alignment[at.alignment as usize..];
        let first = form[..range.start].chars().count();
        let end = first + form[range.clone()].chars().count();
        let begin = if range.start == 0 { at.span.begin } else { starts[first] };
        if range.end == form.len() {
            return Span { begin, end: at.span.end };
        }
        // The next letter begins the rest, unless it is of the same character as the last.
        let stop = match end.checked_sub(1).filter(|_| end > first) {
            Some(last) => starts[end..].iter().copied().find(|&s| s > starts[last]).unwrap_or(at.span.end),
            None => begin,
        };
        Span { begin, end: stop }
    }

    /// The original span from the first to the last of `tokens`, which must not be empty.
    pub fn span_of(&self, tokens: Range<usize>) -> Span {
        let (first, last) = (&self.buffers.tokens[tokens.start], &self.buffers.tokens[tokens.end - 1]);
        first.span.cover(last.span)
    }

    /// The index of the token at or after original byte `at`.
    pub fn token_at(&self, at: u32) -> usize {
        self.buffers.tokens.partition_point(|t| t.span.end <= at)
    }
}
