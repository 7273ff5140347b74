//! Tokens: words, numbers, punctuation.

use super::{Buffers, Token, TokenKind, normalize};
use crate::span::Span;

/// Appends the tokens of `original` to `buffers`; sentences are numbered later.
pub(super) fn tokenize(original: &str, buffers: &mut Buffers) {
    let mut at = 0;
    let mut space_before = true;
    while let Some(c) = original[at..].chars().next() {
        if c.is_whitespace() {
            at += c.len_utf8();
            space_before = true;
            continue;
        }
        let class = |c: char| match c {
            c if c.is_numeric() => 1,
            c if c.is_alphabetic() || normalize::is_dropped(c) => 2,
            _ => 0,
        };
        let kind = class(c);
        let len = if kind == 0 {
            c.len_utf8()
        } else {
            original[at..].find(|c: char| class(c) != kind).unwrap_or(original.len() - at)
        };
        let span = Span::new(at, at + len);
        let (normalized, alignment) = normalize::token(original, span, buffers);
        let kind = match kind {
            1 => TokenKind::Number,
            2 if c.is_ascii() => TokenKind::Foreign,
            2 => TokenKind::Word,
            _ if "%$€£+=<>|".contains(c) => TokenKind::Symbol,
            _ => TokenKind::Punctuation,
        };
        buffers.tokens.push(Token { span, kind, sentence: 0, space_before, normalized, alignment });
        at += len;
        space_before = false;
    }
}
