//! Which mentions speak of one entity: sieves, the most certain first, each a look-up by name.
//!
//! [`things`] joins the names of organisations, places and the rest, [`persons`] those of persons, [`titles`] offices
//! with the persons who hold them, [`groups`] nationalities with their countries.

mod groups;
mod persons;
mod spelling;
mod things;
mod titles;

pub(crate) use titles::is_former;

use rustc_hash::FxHashMap;

use super::{
    EntityType, MentionType,
    gazetteer::{Class, Gazetteer},
    hosts::Host,
    lexicon::HeadKind,
    phrases::Phrase,
    tree::Node,
};
use crate::text::{Text, TokenKind};

/// Sets of mentions, joined step by step.
pub(super) struct Clusters {
    parent: Vec<usize>,
}

impl Clusters {
    pub(super) fn new(count: usize) -> Self {
        Self { parent: (0..count).collect() }
    }

    /// The mention that stands for the set of `mention`: its first.
    pub(super) fn find(&mut self, mention: usize) -> usize {
        let mut root = mention;
        while self.parent[root] != root {
            self.parent[root] = self.parent[self.parent[root]];
            root = self.parent[root];
        }
        root
    }

    pub(super) fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.find(a), self.find(b));
        let (first, second) = (a.min(b), a.max(b));
        self.parent[second] = first;
    }
}

/// Joins the mentions `nodes` into entities.
pub(super) fn resolve(text: &Text<'_>, hosts: &[Host<'_>], gazetteer: &Gazetteer, nodes: &[Node]) -> Clusters {
    let mut resolver = Resolver { text, hosts, gazetteer, nodes, clusters: Clusters::new(nodes.len()) };
    resolver.things();
    resolver.persons();
    let tied = resolver.appositions();
    resolver.titles(tied);
    resolver.nationalities();
    resolver.clusters
}

struct Resolver<'a> {
    text: &'a Text<'a>,
    hosts: &'a [Host<'a>],
    gazetteer: &'a Gazetteer,
    nodes: &'a [Node],
    clusters: Clusters,
}

/// Mentions of one key in the order of the text.
type ByKey = FxHashMap<String, Vec<usize>>;

/// The last of `mentions` before `mention`, else the first after it.
fn nearest(mentions: &[usize], mention: usize) -> Option<usize> {
    let at = mentions.partition_point(|&m| m < mention);
    at.checked_sub(1).and_then(|before| mentions.get(before)).or_else(|| mentions.get(at)).copied()
}

/// Heads of organisations beside those of [`HeadKind::Private`] that say what the name after them is, not what is a part
/// of it: منظمة الأمم المتحدة is الأمم المتحدة, but لجنة الأمم المتحدة is not.
const NAMING_HEADS: [&str; 5] = ["منظمة", "مجموعة", "موقع", "شبكة", "وزارة"];

/// The entry of the gazetteer that names the whole of the mention, and not what its head is put before: كتلة نداء تونس is
/// not the party.
pub(super) fn own_entry(hosts: &[Host<'_>], node: &Node) -> Option<u32> {
    let entry = node.phrase.entry?;
    let part = node.phrase.core > node.first
        && node.phrase.names(EntityType::Organization)
        && !names_what_follows(&hosts[node.first]);
    (!part).then_some(entry)
}

/// Whether the head of an organisation says what the name after it is.
fn names_what_follows(head: &Host<'_>) -> bool {
    head.listed.head.is_some_and(|listed| listed.kind == HeadKind::Private) || NAMING_HEADS.contains(&head.stem)
}

impl Resolver<'_> {
    /// The folded words of `node` from token `from` on, without marks, عبد joined to what follows.
    fn name_from(&self, node: &Node, from: usize) -> String {
        let mut name = String::new();
        for token in from..node.phrase.end {
            if !matches!(self.text.tokens()[token].kind, TokenKind::Word | TokenKind::Number | TokenKind::Foreign) {
                continue;
            }
            let (restored, begin) =
                if token == node.first { (node.phrase.restored, node.phrase.host) } else { ("", 0) };
            if !name.is_empty() && name != "عبد" && !name.ends_with(" عبد") {
                name.push(' ');
            }
            name.push_str(restored);
            name.push_str(self.text.folded(token).get(begin..).unwrap_or_default());
        }
        name
    }

    /// Joins `mention` with the first one of the same key in `first`.
    fn join_by(&mut self, first: &mut FxHashMap<String, usize>, key: String, mention: usize) {
        match first.get(&key) {
            Some(&other) => self.clusters.join(mention, other),
            None => _ = first.insert(key, mention),
        }
    }

    /// The country that a place or nationality belongs to, if it is a country itself.
    fn country(&self, phrase: &Phrase) -> Option<&str> {
        let entry = self.gazetteer.entry(phrase.entry?)?;
        let stands = matches!(entry.class, Class::Country | Class::Nationality) && !entry.country.is_empty();
        stands.then_some(entry.country)
    }

    fn is_mark(&self, token: usize, marks: &[&str]) -> bool {
        token < self.text.tokens().len() && marks.contains(&self.text.normalized(token))
    }

    fn is_title(&self, mention: usize) -> bool {
        self.nodes[mention].phrase.kind == MentionType::Title
    }

    fn names_person(&self, mention: usize) -> bool {
        self.nodes[mention].phrase.names(EntityType::Person)
    }
}
