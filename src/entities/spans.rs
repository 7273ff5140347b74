//! The model's mentions: every span of some tokens scored for every type, and of the spans the best that do not cross.
//!
//! The score of type t for the tokens from i to j, against 0 for no mention, is
//! `S[i, t] · E[j] + begin[i, t] + end[j, t] + sum of inside[i..=j, t] + width[j - i, t] + rule[r, t]`, where r is what the
//! rules say of the very span: 0 for nothing, else 1 and the type. The head's output for a token is S, E, begin, end and
//! inside side by side. `training/isnad_training/network.py` learns it.

use std::ops::Range;

use super::evidence::{Ruled, TYPES};
use crate::model::{HeadId, Model, Scratch, numeric};

/// Number of mention types.
const KINDS: usize = TYPES.len();

/// A mention as the model sees it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Span {
    pub(super) first: usize,
    /// One past its last token.
    pub(super) end: usize,
    /// Its number in [`TYPES`].
    pub(super) kind: usize,
    /// Probability that it is a mention of that type, 0 to 1; none where a rule or the deployment says so.
    pub(super) confidence: Option<f32>,
}

/// The tables of the head beside its outputs.
#[derive(Debug)]
pub(super) struct Head {
    id: HeadId,
    /// Numbers of each S and E.
    rank: usize,
    /// By one less than the number of tokens, then type.
    width: Vec<[f32; KINDS]>,
    /// By what the rules say, then type.
    rule: Vec<[f32; KINDS]>,
    /// Scores are divided by it before they become probabilities.
    temperature: f32,
}

/// Why a model has no mentions to give.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the model has no head of mentions as this program reads it")]
pub struct HeadError;

impl Head {
    /// The head of `model`.
    ///
    /// # Errors
    /// [`HeadError`] where the model has none, or one of other shapes.
    pub(super) fn of(model: &Model) -> Result<Self, HeadError> {
        let id = model.head("mentions").ok_or(HeadError)?;
        let rank = (model.outputs(id).checked_sub(3 * KINDS).ok_or(HeadError)?) / (KINDS + 1);
        let table = |name: &str| -> Result<Vec<[f32; KINDS]>, HeadError> {
            let (_, numbers) = model.extra(name).ok_or(HeadError)?;
            let (rows, rest) = numbers.as_chunks::<KINDS>();
            if rest.is_empty() { Ok(rows.to_vec()) } else { Err(HeadError) }
        };
        let (width, rule) = (table("mentions.width")?, table("mentions.rule")?);
        let temperature = model.manifest().other.get("temperature").and_then(serde_json::Value::as_f64).unwrap_or(1.0);
        let fits = model.outputs(id) == (KINDS + 1) * rank + 3 * KINDS && rank > 0 && rule.len() == KINDS + 1;
        let known = model.manifest().other.get("types").and_then(serde_json::Value::as_array).is_some_and(|types| {
            types.len() == KINDS && types.iter().zip(TYPES).all(|(name, (_, known))| name == known)
        });
        if fits && known && !width.is_empty() && width.len() <= 64 && temperature > 0.0 {
            Ok(Self { id, rank, width, rule, temperature: temperature as f32 })
        } else {
            Err(HeadError)
        }
    }

    /// Tokens of the widest span that is looked at.
    pub(super) fn widest(&self) -> usize {
        self.width.len()
    }

    /// The mentions in `sentences`, where the model was run, in the order of the text and longer ones first: nested or
    /// disjoint. `rules` are the rules' mentions in that order, or nothing where the model judges without them. A
    /// mention is kept where its score is above `threshold`; 0 is where it is as likely as none.
    pub(super) fn read(
        &self,
        scratch: &Scratch,
        sentences: impl Iterator<Item = Range<usize>>,
        rules: &[Ruled],
        threshold: f32,
    ) -> Vec<Span> {
        let outputs = (KINDS + 1) * self.rank + 3 * KINDS;
        let rows = scratch.head(self.id);
        let mut candidates: Vec<(f32, Span)> = Vec::new();
        let mut next_rule = 0;
        for sentence in sentences {
            let row = |token: usize| &rows[token * outputs..(token + 1) * outputs];
            numeric::vectorized(
                #[inline(always)]
                || {
                    for first in sentence.clone() {
                        while rules.get(next_rule).is_some_and(|rule| rule.tokens.start < first) {
                            next_rule += 1;
                        }
                        let here = rules[next_rule..].iter().take_while(|rule| rule.tokens.start == first);
                        let end = sentence.end.min(first + self.width.len());
                        self.from(first, end, &row, here, threshold, &mut candidates);
                    }
                },
            );
        }
        tree(candidates)
    }

    /// Appends the spans from `first` to a token before `end` that score above `threshold`.
    #[inline(always)]
    fn from<'r>(
        &self,
        first: usize,
        end: usize,
        row: &impl Fn(usize) -> &'r [f32],
        rules: impl Iterator<Item = &'r Ruled> + Clone,
        threshold: f32,
        candidates: &mut Vec<(f32, Span)>,
    ) {
        let (starts, rest) = row(first).split_at(KINDS * self.rank);
        let begin = &rest[self.rank..self.rank + KINDS];
        let mut inside = [0.0f32; KINDS];
        for (width, last) in (first..end).enumerate() {
            let (ends, rest) = row(last)[KINDS * self.rank..].split_at(self.rank);
            let said = rules.clone().find(|rule| rule.tokens.end == last + 1).map_or(0, |rule| 1 + rule.kind as usize);
            let mut scores = [0.0f32; KINDS];
            for kind in 0..KINDS {
                inside[kind] += rest[2 * KINDS + kind];
                let pair = dot(&starts[kind * self.rank..(kind + 1) * self.rank], ends);
                scores[kind] = pair
                    + begin[kind]
                    + rest[KINDS + kind]
                    + inside[kind]
                    + self.width[width][kind]
                    + self.rule[said][kind];
            }
            let (mut best, mut score) = (0, scores[0]);
            for (kind, &other) in scores.iter().enumerate().skip(1) {
                if other > score {
                    (best, score) = (kind, other);
                }
            }
            if score > threshold {
                let weight = |s: f32| ((s - score) / self.temperature).exp();
                let all = weight(0.0) + scores.iter().map(|&s| weight(s)).sum::<f32>();
                candidates.push((score, Span { first, end: last + 1, kind: best, confidence: Some(1.0 / all) }));
            }
        }
    }
}

/// The best of `candidates` that cross none better.
fn tree(mut candidates: Vec<(f32, Span)>) -> Vec<Span> {
    candidates.sort_by(|(a, one), (b, other)| b.total_cmp(a).then((one.first, one.end).cmp(&(other.first, other.end))));
    let mut kept: Vec<Span> = Vec::new();
    // at each token the kept spans that hold it; only so many nest
    let last = candidates.iter().map(|(_, span)| span.end).max().unwrap_or_default();
    let mut holding: Vec<Vec<u32>> = vec![Vec::new(); last];
    for (_, span) in candidates {
        let crosses = (span.first..span.end).flat_map(|token| &holding[token]).any(|&other| {
            let other = kept[other as usize];
            other.first < span.first && span.first < other.end && other.end < span.end
                || span.first < other.first && other.first < span.end && span.end < other.end
        });
        if !crosses {
            holding[span.first..span.end].iter_mut().for_each(|at| at.push(kept.len() as u32));
            kept.push(span);
        }
    }
    kept.sort_unstable_by_key(|span| (span.first, std::cmp::Reverse(span.end)));
    kept
}

/// The sum of products, in eight sums so that it can be vectorized.
#[inline(always)]
fn dot(a: &[f32], b: &[f32]) -> f32 {
    let (a, a_rest) = a.as_chunks::<8>();
    let (b, b_rest) = b.as_chunks::<8>();
    let mut sums = [0.0f32; 8];
    for (a, b) in a.iter().zip(b) {
        for lane in 0..8 {
            sums[lane] += a[lane] * b[lane];
        }
    }
    let rest: f32 = a_rest.iter().zip(b_rest).map(|(a, b)| a * b).sum();
    sums.iter().sum::<f32>() + rest
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn span(first: usize, end: usize) -> Span {
        Span { first, end, kind: 0, confidence: Some(0.5) }
    }

    #[test]
    fn the_better_of_crossing_spans_stays() {
        let candidates = vec![(1.0, span(0, 3)), (2.0, span(2, 5)), (0.5, span(2, 3)), (0.1, span(4, 6))];
        assert_eq!(tree(candidates), [span(2, 5), span(2, 3)]);
    }

    proptest! {
        #[test]
        fn mentions_form_a_tree(raw in prop::collection::vec((0usize..40, 1usize..12, -5.0f32..5.0), 0..200)) {
            let mut candidates: Vec<(f32, Span)> = Vec::new();
            for (first, width, score) in raw {
                let one = span(first, first + width);
                if !candidates.iter().any(|(_, other)| *other == one) {
                    candidates.push((score, one));
                }
            }
            let best = candidates.iter().map(|c| c.0).fold(f32::MIN, f32::max);
            let found = tree(candidates.clone());
            prop_assert!(found.is_sorted_by_key(|s| (s.first, std::cmp::Reverse(s.end))));
            for (i, a) in found.iter().enumerate() {
                for b in &found[i + 1..] {
                    prop_assert!(a.end <= b.first || b.end <= a.end, "{a:?} crosses {b:?}");
                    prop_assert!(a != b);
                }
            }
            // the best is there, and what is left out crosses something
            prop_assert!(candidates.iter().all(|(score, s)| *score < best || found.contains(s)));
            for (_, left) in candidates.iter().filter(|(_, s)| !found.contains(s)) {
                let crosses = |s: &Span| s.first < left.first && left.first < s.end && s.end < left.end
                    || left.first < s.first && s.first < left.end && left.end < s.end;
                prop_assert!(found.iter().any(crosses));
            }
        }
    }
}
