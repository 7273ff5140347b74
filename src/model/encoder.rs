//! The pass: sentences are laid out in a window of bounded size, which goes through all layers at once.
//!
//! Each line is a row of the window; rows of zeros stand around and between the sentences, as far as the widest kernel
//! sees. A convolution over three tokens reads three rows as one: they lie next to each other.
//!
//! ```text
//! 0 0 0 …
//! a sentence's first token
//! its second
//! 0 0 0 …
//! the next sentence's first token
//! 0 0 0 …
//! ```
//!
//! A sentence longer than a window is cut into pieces, which read as many tokens beyond what they answer for as the
//! kernels reach together: what a token would see of the cut, it sees whole.

use std::ops::Range;

use super::{
    HeadId, Inputs, Model,
    numeric::{self, ZERO},
};

/// Rows of a window. It stays in a core's own cache with the weights of a layer.
pub const WINDOW: usize = 256;

/// How far the kernels may reach together: a piece of a long sentence must answer for more than it repeats.
pub const REACH_LIMIT: usize = WINDOW / 8;

/// What a pass writes, kept for the next one. For any model.
#[derive(Debug, Default)]
pub struct Scratch {
    pieces: Vec<Piece>,
    /// [WINDOW, width]: the state of each token between the layers.
    states: Vec<f32>,
    /// [pad + WINDOW + pad, width]: what goes into a product.
    bytes: Vec<u8>,
    /// [WINDOW, width or outputs]: what comes out of it.
    sums: Vec<i32>,
    heads: Vec<Vec<f32>>,
}

impl Scratch {
    /// What the last pass found for a head: [tokens, outputs]. Zeros for a token in no sentence.
    pub fn head(&self, head: HeadId) -> &[f32] {
        self.heads.get(head.0).map_or(&[], Vec::as_slice)
    }
}

/// Tokens of one sentence in a window.
#[derive(Clone, Debug)]
struct Piece {
    /// The row of its first token.
    at: usize,
    /// Those it reads.
    tokens: Range<usize>,
    /// Those it answers for.
    kept: Range<usize>,
}

impl Piece {
    fn end(&self) -> usize {
        self.at + self.tokens.len()
    }
}

impl Model {
    /// Reads the sentences of `inputs`; [`Scratch::head`] has what was found.
    pub fn run(&self, inputs: &Inputs, scratch: &mut Scratch) {
        let pad = self.pad();
        let widest = self.heads.iter().map(|head| head.outputs()).fold(self.width, usize::max);
        scratch.states.resize(WINDOW * self.width, 0.0);
        scratch.sums.resize(WINDOW * widest, 0);
        scratch.heads.resize_with(self.heads.len(), Vec::new);
        for (found, head) in scratch.heads.iter_mut().zip(&self.heads) {
            found.clear();
            found.resize(inputs.tokens() * head.outputs(), 0.0);
        }

        let reach = self.manifest.pads().sum();
        scratch.pieces.clear();
        for (tokens, kept) in inputs.sentences().flat_map(|sentence| cut(sentence, reach)) {
            let mut at = scratch.pieces.last().map_or(0, |last| last.end() + pad);
            if at + tokens.len() > WINDOW {
                self.window(inputs, scratch);
                at = 0;
            }
            scratch.pieces.push(Piece { at, tokens, kept });
        }
        self.window(inputs, scratch);
    }

    /// Takes the pieces in `scratch` through all layers, and forgets them.
    fn window(&self, inputs: &Inputs, scratch: &mut Scratch) {
        let Scratch { pieces, states, bytes, sums, heads } = scratch;
        let (pad, width) = (self.pad(), self.width);
        let Some(count) = pieces.last().map(Piece::end) else { return };
        bytes.clear();
        bytes.resize((count + 2 * pad) * width, ZERO);

        self.embed(inputs, pieces, states, bytes);
        for (layer, next) in self.layers.iter().zip(self.norms().skip(1)) {
            let first = &bytes[(pad - layer.pad) * width..];
            let sums = &mut sums[..count * width];
            layer.conv.sums(first, width, count, sums);
            numeric::vectorized(
                #[inline(always)]
                || {
                    for row in pieces.iter().flat_map(|piece| piece.at..piece.end()) {
                        let state = &mut states[row * width..][..width];
                        layer.conv.add_positive(state, &sums[row * width..][..width]);
                        next.quantize(state, &mut bytes[(pad + row) * width..][..width]);
                    }
                },
            );
        }
        for (head, found) in self.heads.iter().zip(heads) {
            let outputs = head.outputs();
            let sums = &mut sums[..count * outputs];
            head.sums(&bytes[pad * width..], width, count, sums);
            numeric::vectorized(
                #[inline(always)]
                || {
                    for piece in &*pieces {
                        for token in piece.kept.clone() {
                            let row = piece.at + token - piece.tokens.start;
                            head.write(&mut found[token * outputs..][..outputs], &sums[row * outputs..][..outputs]);
                        }
                    }
                },
            );
        }
        pieces.clear();
    }

    /// Sums the embeddings of each token, normalizes them to its state, and that to what the first product reads.
    fn embed(&self, inputs: &Inputs, pieces: &[Piece], states: &mut [f32], bytes: &mut [u8]) {
        let (pad, width) = (self.pad(), self.width);
        let Some(next) = self.norms().next() else { return };
        numeric::vectorized(
            #[inline(always)]
            || {
                for piece in pieces {
                    for (row, token) in (piece.at..).zip(piece.tokens.clone()) {
                        let state = &mut states[row * width..][..width];
                        state.fill(0.0);
                        for (weights, scale) in inputs.of_token(token).iter().filter_map(|&row| self.row(row)) {
                            numeric::add_scaled(state, weights, scale);
                        }
                        self.norm_in.apply(state);
                        next.quantize(state, &mut bytes[(pad + row) * width..][..width]);
                    }
                }
            },
        );
    }

    /// The normalizations before each product.
    fn norms(&self) -> impl Iterator<Item = &numeric::Norm> {
        self.layers.iter().map(|layer| &layer.norm).chain([&self.norm_out])
    }

    /// Rows of zeros between sentences.
    fn pad(&self) -> usize {
        self.layers.iter().map(|layer| layer.pad).max().unwrap_or_default()
    }
}

/// The pieces of a sentence that fit a window: the tokens each reads, and those it answers for.
fn cut(sentence: Range<usize>, reach: usize) -> impl Iterator<Item = (Range<usize>, Range<usize>)> {
    let step = if sentence.len() > WINDOW { WINDOW - 2 * reach } else { WINDOW };
    sentence.clone().step_by(step).map(move |start| {
        let kept = start..sentence.end.min(start + step);
        let tokens = sentence.start.max(kept.start.saturating_sub(reach))..sentence.end.min(kept.end + reach);
        (tokens, kept)
    })
}
