//! What the learned model is told of each token: the parts of its word, and what lists and rules say of it.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::{
    EntityType, MentionType,
    gazetteer::{Gazetteer, Hit},
    hosts::{Host, Suffix},
    tree::Node,
};
use crate::{
    model::{
        Inputs,
        schema::{self, Group},
    },
    morphology::Words,
    text::{Text, TokenKind},
};

/// The mention types in the order in which models number them; their names are the annotators'.
pub(crate) const TYPES: [(MentionType, &str); 11] = [
    (MentionType::Entity(EntityType::Person), "PER"),
    (MentionType::Title, "TITLE"),
    (MentionType::Entity(EntityType::Organization), "ORG"),
    (MentionType::Entity(EntityType::Geopolitical), "GPE"),
    (MentionType::Entity(EntityType::Location), "LOC"),
    (MentionType::Entity(EntityType::Facility), "FAC"),
    (MentionType::Nationality, "NORP"),
    (MentionType::Entity(EntityType::Event), "EVENT"),
    (MentionType::Entity(EntityType::Product), "PRODUCT"),
    (MentionType::Entity(EntityType::Work), "WORK"),
    (MentionType::Entity(EntityType::Law), "LAW"),
];

/// The number of a mention type in [`TYPES`]; a group is a nationality without a country.
pub(super) fn number(kind: MentionType) -> u32 {
    let kind = if kind == MentionType::Entity(EntityType::Group) { MentionType::Nationality } else { kind };
    TYPES.iter().position(|&(listed, _)| listed == kind).unwrap_or_default() as u32
}

/// A mention of the rules.
#[derive(Clone, Debug)]
pub(crate) struct Ruled {
    pub(crate) tokens: Range<usize>,
    /// Its number in [`TYPES`].
    pub(crate) kind: u32,
    /// Byte of the first token's normalized form where it begins.
    #[cfg(feature = "train")]
    host: usize,
}

impl Ruled {
    pub(super) fn of(node: &Node) -> Self {
        Self {
            tokens: node.first..node.phrase.end,
            kind: number(node.phrase.kind),
            #[cfg(feature = "train")]
            host: node.phrase.host,
        }
    }
}

/// Where a mention of the tokens from `first` to `end` begins by the rules, if they have one that begins there; of
/// several the one that ends nearest.
#[cfg(feature = "train")]
pub(crate) fn begin(rules: &[Ruled], first: usize, end: usize) -> Option<usize> {
    let at = rules.partition_point(|rule| rule.tokens.start < first);
    let here = rules[at..].iter().take_while(|rule| rule.tokens.start == first);
    here.min_by_key(|rule| rule.tokens.end.abs_diff(end)).map(|rule| rule.host)
}

/// Where a token stands in a name of several.
#[derive(Clone, Copy)]
enum Place {
    First = 0,
    Inside,
    Last,
}

/// Fills `inputs` with the rows of every token of `text`. `nodes` are the mentions of the rules, or nothing where the
/// model is to judge without them.
pub(super) fn read(
    text: &Text<'_>,
    words: &Words,
    hosts: &[Host<'_>],
    gazetteer: &Gazetteer,
    nodes: &[Node],
    inputs: &mut Inputs,
) {
    let marks = marks(text, hosts, gazetteer, nodes);
    inputs.clear();
    inputs.sentences.extend(text.sentences().iter().map(|sentence| sentence.first_token));
    inputs.sentences.push(text.tokens().len() as u32);
    let mut at = 0;
    for (token, host) in hosts.iter().enumerate() {
        inputs.starts.push(inputs.rows.len() as u32);
        word(text, words, host, token, &mut inputs.rows);
        while marks.get(at).is_some_and(|mark| mark.0 == token) {
            inputs.rows.push(marks[at].1);
            at += 1;
        }
    }
    inputs.starts.push(inputs.rows.len() as u32);
}

/// Appends what is known of a token by itself and by morphology.
fn word(text: &Text<'_>, words: &Words, host: &Host<'_>, token: usize, rows: &mut Vec<u32>) {
    let at = text.tokens()[token];
    let (normalized, folded) = (text.normalized(token), text.folded(token));
    match at.kind {
        TokenKind::Word => {
            // the pronoun that morphology cut off is told by a row of its own
            let own = words.host(token);
            let end = if own.begin as usize == host.begin { own.end as usize } else { normalized.len() };
            let end = end.max(host.begin);
            let written = normalized.get(host.begin..end).unwrap_or_default();
            let letters = folded.get(host.begin..end).unwrap_or_default();
            let cut = normalized.len() - end;
            let stem = host.stem.get(..host.stem.len().saturating_sub(cut)).unwrap_or(host.stem);
            schema::letters(written, letters, stem, rows);
            schema::lemma(words.lemma(own, text), rows);
            if end < normalized.len() || host.suffix == Suffix::Pronoun {
                rows.push(Group::Clitic.row(7));
            }
        }
        TokenKind::Number | TokenKind::Date => {
            // years look alike, and so do prices
            let shape: String = normalized.chars().take(12).map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
            schema::letters(&shape, &shape, &shape, rows);
        }
        _ => schema::letters(normalized, folded, folded, rows),
    }
    rows.push(Group::Kind.row(at.kind as u32));
    let before = normalized.get(..host.begin).unwrap_or_default();
    rows.extend(before.chars().filter_map(|c| {
        let letter = ['و', 'ف', 'ب', 'ك', 'ل'].iter().position(|&p| p == c)?;
        Some(Group::Clitic.row(letter as u32))
    }));
    if host.definite {
        rows.push(Group::Clitic.row(5));
    }
    if !host.restored.is_empty() {
        rows.push(Group::Clitic.row(6));
    }
    let sentence = text.sentence_of(token);
    if sentence.first_token as usize == token {
        rows.push(Group::Place.row(0));
    }
    if sentence.headline {
        rows.push(Group::Place.row(1));
    }
    if at.space_before {
        rows.push(Group::Place.row(2));
    }
    rows.push(Group::Upos.row(host.upos as u32));
    if host.known {
        rows.push(Group::Known.row(0));
    }
    if let Some(title) = host.listed.title {
        rows.push(Group::Title.row(title.class as u32));
        let more = [title.feminine, title.plural, title.adjunct];
        rows.extend((5..).zip(more).filter(|&(_, is)| is).map(|(value, _)| Group::Title.row(value)));
    }
    if let Some(head) = host.listed.head {
        rows.push(Group::Head.row(head.entity as u32));
        rows.push(Group::Head.row(10 + head.kind as u32));
    }
    rows.extend((0..16).filter(|&bit| host.listed.roles.bit(bit)).map(|bit| Group::Role.row(bit)));
}

/// What gazetteer and rules say of tokens, as pairs of token and row, sorted and each once.
fn marks(text: &Text<'_>, hosts: &[Host<'_>], gazetteer: &Gazetteer, nodes: &[Node]) -> Vec<(usize, u32)> {
    let mut marks: Vec<(usize, u32)> = Vec::new();
    let mut put = |tokens: Range<usize>, row: &dyn Fn(Place) -> u32| {
        let (first, last) = (tokens.start, tokens.end - 1);
        marks.push((first, row(Place::First)));
        marks.extend((first + 1..last).map(|token| (token, row(Place::Inside))));
        marks.push((last, row(Place::Last)));
    };
    let mut hits: Vec<Hit> = Vec::new();
    for token in 0..text.tokens().len() {
        hits.clear();
        gazetteer.hits_at(text, token, &mut hits);
        for hit in &hits {
            let Some(entry) = gazetteer.entry(hit.entry) else { continue };
            let value = entry.class as u32 * 6 + 3 * u32::from(hit.ambiguous);
            put(hit.tokens.clone(), &|place| Group::Gazetteer.row(value + place as u32));
        }
    }
    let mut named: FxHashMap<&str, u32> = FxHashMap::default();
    for node in nodes {
        let kind = number(node.phrase.kind);
        let value = kind * 6 + 3 * u32::from(node.parent.is_some());
        put(node.first..node.phrase.end, &|place| Group::Rule.row(value + place as u32));
        for host in &hosts[node.first..node.phrase.end] {
            *named.entry(host.stem).or_default() |= 1 << kind;
        }
    }
    for (token, host) in hosts.iter().enumerate().filter(|(_, host)| host.word) {
        let Some(kinds) = named.get(host.stem) else { continue };
        marks.extend((0..11).filter(|kind| kinds & 1 << kind != 0).map(|kind| (token, Group::Echo.row(kind))));
    }
    marks.sort_unstable();
    marks.dedup();
    marks
}
