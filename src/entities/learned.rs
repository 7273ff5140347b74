//! The rules' mentions and the model's brought together: the model decides, with what the rules say before it.

use std::ops::Range;

use super::{
    EntityType, MentionType,
    evidence::{self, Ruled, TYPES},
    gazetteer::{Class, Gazetteer, Hit},
    hosts::Host,
    lexicon::TitleClass,
    phrases::Phrase,
    spans::{Head, HeadError, Span},
    tree::Node,
};
use crate::{
    model::{self, Inputs, Model, ModelError, schema},
    morphology::{self, Place, Source, Words},
    text::{Sentence, Text},
};

/// The model that the program holds.
const EMBEDDED: &[u8] = include_bytes!("../../models/isnad.model");

/// How sure the model must be of a mention that it tells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OperatingPoint {
    /// Few wrong mentions.
    HighPrecision,
    /// Hardly fewer mentions than there are, few of them wrong: the default.
    #[default]
    Balanced,
    /// Few missed mentions.
    HighRecall,
}

impl OperatingPoint {
    /// The score above which a mention is told: the logarithm of how much likelier it is than none. Chosen on the
    /// development documents, where docs/quality.md has what each point reaches.
    fn threshold(self) -> f32 {
        match self {
            Self::HighPrecision => 2.0,
            Self::Balanced => 1.0,
            Self::HighRecall => -1.5,
        }
    }
}

/// A model of mentions.
#[derive(Debug)]
pub struct Learned {
    model: Model,
    head: Head,
    /// The head of parts of speech, where the model has one.
    words: Option<morphology::Head>,
    point: OperatingPoint,
    /// Whether the model judges without the rules' mentions.
    alone: bool,
}

/// Why a model cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum LearnedError {
    /// The file is no model, or a damaged one.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// It was trained on other features than this program computes.
    #[error("the model was trained for another version: its features are {found}, this program's {expected}", found = .0, expected = schema::fingerprint())]
    Schema(String),
    /// It has no mentions to give.
    #[error(transparent)]
    Head(#[from] HeadError),
}

/// Memory that is used again for the next text.
#[derive(Debug, Default)]
pub struct Scratch {
    inputs: Inputs,
    model: model::Scratch,
}

impl Learned {
    /// The model that the program holds; nothing if the build damaged it, which a test denies.
    pub fn embedded() -> Option<Self> {
        Self::new(Model::from_bytes(EMBEDDED).ok()?).ok()
    }

    /// The model of a file.
    ///
    /// # Errors
    /// [`LearnedError`] where it is none, damaged, or of another version of the program.
    pub fn from_bytes(file: Vec<u8>) -> Result<Self, LearnedError> {
        Self::new(Model::from_bytes(file)?)
    }

    fn new(model: Model) -> Result<Self, LearnedError> {
        if model.schema() != schema::fingerprint() {
            return Err(LearnedError::Schema(model.schema().to_owned()));
        }
        let head = Head::of(&model)?;
        let words = morphology::Head::of(&model);
        Ok(Self { model, head, words, point: OperatingPoint::default(), alone: false })
    }

    /// The same model at another operating point.
    #[must_use]
    pub fn at(self, point: OperatingPoint) -> Self {
        Self { point, ..self }
    }

    /// The same model, which judges without the rules' mentions: to see what they are worth.
    #[must_use]
    pub fn alone(self) -> Self {
        Self { alone: true, ..self }
    }

    /// What tells its answers from another's: the SHA-256 of the model, and how it is used.
    pub fn digest(&self) -> String {
        format!("{} {:?} {}", self.model.digest(), self.point, self.alone)
    }

    /// Whether it has anything to say of words.
    pub(super) fn reads_words(&self) -> bool {
        self.words.is_some()
    }

    /// The mentions of `text`, where the rules find `ruled`; revises its words. What the deployment names is told in
    /// any case.
    pub(super) fn decide(
        &self,
        text: &Text<'_>,
        words: &mut Words,
        hosts: &[Host<'_>],
        gazetteer: &Gazetteer,
        ruled: Vec<Node>,
        scratch: &mut Scratch,
    ) -> Vec<Node> {
        let told = if self.alone { &[][..] } else { &ruled };
        evidence::read(text, words, hosts, gazetteer, told, &mut scratch.inputs);
        self.model.run(&scratch.inputs, &mut scratch.model);
        let rules: Vec<Ruled> = told.iter().map(Ruled::of).collect();
        let sentences = text.sentences().iter().map(Sentence::tokens);
        let mut spans = self.head.read(&scratch.model, sentences, &rules, self.point.threshold());

        let deployed = |node: &&Node| node.phrase.source == Source::Deployment;
        // who is called مصدر and no name is one for sure; the model, which sees few of them, may leave them out
        let unnamed = |node: &&Node| {
            let title = hosts[node.first].listed.title.filter(|_| node.phrase.kind == MentionType::Title);
            !self.alone && title.is_some_and(|title| title.class == TitleClass::Source)
        };
        let tokens = |node: &Node| node.first..node.phrase.end;
        let ruled_span = |node: &Node| Span {
            first: node.first,
            end: node.phrase.end,
            kind: evidence::number(node.phrase.kind) as usize,
            confidence: None,
        };
        let fixed: Vec<&Node> = ruled.iter().filter(deployed).collect();
        spans.retain(|span| !fixed.iter().any(|node| in_the_way(span, tokens(node))));
        let told = spans.len();
        for node in ruled.iter().filter(unnamed) {
            // the model's spans are in order, and none is wider
            let near = spans[..told].partition_point(|span| span.first + self.head.widest() < node.first);
            let mut near = spans[near..told].iter().take_while(|span| span.first < node.phrase.end);
            if !near.any(|span| in_the_way(span, tokens(node))) {
                spans.push(ruled_span(node));
            }
        }
        spans.extend(fixed.into_iter().map(ruled_span));
        if spans.len() > told {
            spans.sort_unstable_by_key(|span| (span.first, std::cmp::Reverse(span.end)));
        }
        let nodes = nodes(text, hosts, gazetteer, &ruled, &spans);
        if let Some(head) = &self.words {
            head.revise(text, words, &scratch.model, &places(hosts.len(), &nodes));
        }
        nodes
    }
}

/// Where each of `tokens` tokens stands among the mentions `nodes`.
fn places(tokens: usize, nodes: &[Node]) -> Vec<Place> {
    let mut places = vec![Place::Outside; tokens];
    // inner mentions come after those that hold them
    for node in nodes {
        let person = node.phrase.kind == MentionType::Entity(EntityType::Person);
        places[node.first..node.phrase.end].fill(if person { Place::Person } else { Place::Mention });
    }
    places
}

/// Whether `span` crosses, equals or lies in the name at `tokens`.
fn in_the_way(span: &Span, tokens: Range<usize>) -> bool {
    let apart = span.end <= tokens.start || tokens.end <= span.first;
    let around = span.first <= tokens.start && tokens.end <= span.end && span.end - span.first > tokens.len();
    !apart && !around
}

/// The tree of `spans`. What the rules know of the very same span is kept.
fn nodes(text: &Text<'_>, hosts: &[Host<'_>], gazetteer: &Gazetteer, ruled: &[Node], spans: &[Span]) -> Vec<Node> {
    let mut nodes: Vec<Node> = Vec::with_capacity(spans.len());
    let mut open: Vec<usize> = Vec::new();
    let mut hits = Vec::new();
    for span in spans {
        while open.last().is_some_and(|&o| nodes[o].phrase.end <= span.first) {
            open.pop();
        }
        let parent = open.last().copied();
        let kind = TYPES[span.kind].0;
        // a head with the article takes an adjective and no complement: no person is in الديوان الأميري
        let adjective = kind == MentionType::Entity(EntityType::Person)
            && parent.is_some_and(|outer| {
                let outer: &Node = &nodes[outer];
                let organization = outer.phrase.names(EntityType::Organization);
                organization && outer.first + 1 == span.first && hosts[outer.first].definite
            });
        if adjective {
            continue;
        }
        open.push(nodes.len());
        let at = ruled.partition_point(|node| node.first < span.first);
        let here = ruled[at..].iter().take_while(|node| node.first == span.first);
        let same = here.clone().find(|node| node.phrase.end == span.end && node.phrase.kind == kind);
        let phrase = match same {
            Some(node) => node.phrase.clone(),
            None => {
                let near = here.min_by_key(|node| node.phrase.end.abs_diff(span.end));
                phrase(text, &hosts[span.first], gazetteer, near, span, kind, &mut hits)
            }
        };
        nodes.push(Node { phrase, first: span.first, parent, confidence: span.confidence, bare: false });
    }
    nodes
}

/// A phrase that the rules do not have. It begins where theirs at the same token does, if they have one.
fn phrase(
    text: &Text<'_>,
    host: &Host<'_>,
    gazetteer: &Gazetteer,
    near: Option<&Node>,
    span: &Span,
    kind: MentionType,
    hits: &mut Vec<Hit>,
) -> Phrase {
    let begin = near.map_or((host.begin, host.restored), |node| (node.phrase.host, node.phrase.restored));
    hits.clear();
    gazetteer.hits_at(text, span.first, hits);
    let known = hits.iter().find(|hit| {
        let whole = hit.tokens.end == span.end && (near.is_none() || hit.host_begin == begin.0);
        whole && gazetteer.entry(hit.entry).is_some_and(|entry| may_name(entry.class, kind))
    });
    let (host, restored) = known.map_or(begin, |hit| (hit.host_begin, hit.restored));
    // a single letter is no name: لي كوان has no clitic
    let letter = text.normalized(span.first).get(host..).is_some_and(|rest| rest.chars().nth(1).is_none());
    let person = kind == MentionType::Entity(EntityType::Person);
    let (host, restored) = if person && letter && known.is_none() { (0, "") } else { (host, restored) };
    Phrase {
        kind,
        host,
        restored,
        end: span.end,
        source: Source::Model,
        entry: known.map(|hit| hit.entry),
        core: span.first,
        closed: false,
    }
}

/// Whether an entry of `class` can be what a mention of `kind` names.
fn may_name(class: Class, kind: MentionType) -> bool {
    use EntityType::{Event, Facility, Geopolitical, Law, Location, Organization, Person, Product, Work};
    match kind {
        MentionType::Title => false,
        MentionType::Nationality => class == Class::Nationality,
        MentionType::Entity(kind) => match class {
            Class::Person => kind == Person,
            Class::Organization => kind == Organization,
            Class::Country | Class::Place => kind == Geopolitical,
            Class::Location => kind == Location,
            Class::Facility => kind == Facility,
            Class::Event => kind == Event,
            Class::Product => kind == Product,
            Class::Work => kind == Work,
            Class::Law => kind == Law,
            Class::GivenName | Class::FamilyName | Class::Nationality => false,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_model_is_whole() {
        let learned = Learned::new(Model::from_bytes(EMBEDDED).unwrap());
        assert!(learned.is_ok(), "{}", learned.unwrap_err());
    }
}
