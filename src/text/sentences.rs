//! Sentences: lines, and stops inside them.

use super::{Buffers, Sentence};

/// Groups the tokens into sentences.
pub(super) fn split(original: &str, buffers: &mut Buffers) {
    let (mut first, mut paragraph) = (0, 0);
    let count = buffers.tokens.len();
    for i in 0..count {
        let span = buffers.tokens[i].span;
        let next = buffers.tokens.get(i + 1).map(|t| t.span);
        let line_ends = next.is_none_or(|n| original[span.end as usize..n.begin as usize].contains('\n'));
        let stop = matches!(&original[span.range()], "." | "!" | "?" | "؟");
        buffers.tokens[i].sentence = buffers.sentences.len() as u32;
        if line_ends || stop {
            let headline = buffers.sentences.is_empty() && line_ends && !stop && next.is_some();
            buffers.sentences.push(Sentence {
                span: buffers.tokens[first].span.cover(span),
                first_token: first as u32,
                end_token: i as u32 + 1,
                headline,
                paragraph,
            });
            first = i + 1;
        }
        if line_ends {
            paragraph += 1;
        }
    }
}
