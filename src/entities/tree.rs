//! From candidates to a tree of mentions: nested or disjoint, never crossing.

use std::ops::Range;

use super::{EntityType, MentionType, phrases::Phrase};
use crate::{
    morphology::Words,
    text::{Text, TokenKind},
};

/// A candidate with its place in the tree.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub(super) phrase: Phrase,
    /// Its first token.
    pub(super) first: usize,
    /// The smallest node that holds it.
    pub(super) parent: Option<usize>,
    /// Calibrated probability that it is right; nothing where rules alone decide.
    pub(super) confidence: Option<f32>,
    /// Whether it is a noun alone that stands for what the text has named.
    pub(super) bare: bool,
}

/// Nests the candidates; `phrases` holds at most one for each token. What would cross an outer phrase is left out, and
/// so is what the outer phrase closes in.
pub(super) fn nest(phrases: &[Option<Phrase>]) -> Vec<Node> {
    let mut nodes: Vec<Node> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for (first, phrase) in phrases.iter().enumerate() {
        while open.last().is_some_and(|&o| nodes[o].phrase.end <= first) {
            open.pop();
        }
        let Some(phrase) = phrase else { continue };
        let parent = open.last().copied();
        let fits = open.iter().all(|&o| {
            let outer = &nodes[o];
            phrase.end <= outer.phrase.end && outer.allows(phrase, first)
        });
        if fits {
            open.push(nodes.len());
            nodes.push(Node { phrase: phrase.clone(), first, parent, confidence: None, bare: false });
        }
    }
    nodes
}

/// Tokens that `words` cut although they belong to names of persons and places in `nodes`, in the order of the text,
/// each with the bytes of its normalized form that the name has.
pub(super) fn cut_names(text: &Text<'_>, words: &Words, nodes: &[Node]) -> Vec<(usize, Range<usize>)> {
    use EntityType::{Geopolitical, Location, Person};
    let mut names: Vec<(usize, Range<usize>)> = Vec::new();
    for node in nodes {
        let MentionType::Entity(kind @ (Person | Geopolitical | Location)) = node.phrase.kind else { continue };
        for token in node.first..node.phrase.end {
            let host = words.host(token).range();
            let begin = if token == node.first { node.phrase.host } else { 0 };
            let end = if kind == Person { text.normalized(token).len() } else { host.end };
            let name = begin.min(host.start)..end;
            if name != host && text.tokens()[token].kind == TokenKind::Word {
                names.push((token, name));
            }
        }
    }
    names.sort_unstable_by_key(|name| name.0);
    names.dedup_by_key(|name| name.0);
    names
}

impl Node {
    /// Whether `inner`, which begins at token `first`, is a mention of its own inside this phrase.
    fn allows(&self, inner: &Phrase, first: usize) -> bool {
        use EntityType::{Event, Facility, Geopolitical, Group, Law, Location, Organization, Person, Product, Work};

        let outer = match self.phrase.kind {
            MentionType::Entity(kind) => kind,
            // one title may be held under another, of one person; only one of another person is a mention
            MentionType::Title => {
                return inner.kind != MentionType::Title || first == self.phrase.core && first != self.first;
            }
            MentionType::Nationality => return false,
        };
        let kind = match inner.kind {
            MentionType::Entity(kind) => kind,
            MentionType::Title => return outer == Organization && !self.phrase.closed,
            MentionType::Nationality => return !matches!(outer, Person | Group),
        };
        // the name proper after a head is the same entity
        if first == self.phrase.core && self.phrase.core != self.first && kind != Geopolitical {
            return false;
        }
        match outer {
            Person | Group | Product | Work => false,
            Organization => match kind {
                Geopolitical | Location => !self.phrase.closed,
                Organization => !self.phrase.closed && first > self.first,
                // حكومة يوسف الشاهد, but not الصيد in وزارة الفلاحة والصيد البحري
                Person => !self.phrase.closed && (first == self.first + 1 || inner.end > first + 1),
                _ => false,
            },
            Geopolitical => false,
            Location => kind == Location,
            Facility => matches!(kind, Geopolitical | Organization),
            Event => matches!(kind, Geopolitical | Location | Organization | Facility | Event),
            Law => matches!(kind, Geopolitical | Organization | Law),
        }
    }
}
