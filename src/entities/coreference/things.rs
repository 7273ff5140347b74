//! Organisations, places, events and other things: by entry and name, by beginnings of longer names, by what stands in
//! marks after a name.

use rustc_hash::FxHashMap;

use super::{
    Resolver, names_what_follows, own_entry,
    spelling::{loose, skeleton},
};
use crate::{
    entities::{EntityType, MentionType, hosts::Host, lexicon::HeadKind, tree::Node},
    text::{Text, TokenKind},
};

/// Shortest skeleton, in letters, that tells a name.
const TELLING: usize = 4;

/// What is named, places of all kinds as one.
fn group(kind: EntityType) -> EntityType {
    if kind == EntityType::Location { EntityType::Geopolitical } else { kind }
}

/// At most so many names of one head are compared.
const COMPARED: usize = 12;

/// A mention and the words of its name.
type Words<'a> = (usize, Vec<&'a str>);

impl<'a> Resolver<'a> {
    pub(super) fn things(&mut self) {
        let things: Vec<(usize, EntityType, String)> = (self.nodes.iter().enumerate())
            .filter_map(|(m, node)| match node.phrase.kind {
                MentionType::Entity(kind) if kind != EntityType::Person => {
                    Some((m, group(kind), loose(&self.name_from(node, node.first))))
                }
                _ => None,
            })
            .collect();
        self.by_name(&things);
        self.by_beginning(&things);
        self.by_words(&things);
        self.in_marks();
        self.by_sound(&things);
    }

    /// By the gazetteer's entry, else by name; after a head that says what the name is, by the name alone.
    fn by_name(&mut self, things: &[(usize, EntityType, String)]) {
        let mut first: FxHashMap<String, usize> = FxHashMap::default();
        for (m, kind, name) in things {
            let node = &self.nodes[*m];
            let mut keys = vec![format!("{kind:?} {name}")];
            if let Some(entry) = own_entry(self.hosts, node) {
                keys.push(format!("{kind:?} #{entry}"));
            }
            if *kind == EntityType::Organization && names_what_follows(&self.hosts[node.first]) {
                keys.extend(self.after_head(node).map(|inner| format!("{kind:?} {inner}")));
            }
            if *kind == EntityType::Geopolitical && node.phrase.core > node.first {
                keys.push(format!("{kind:?} {}", loose(&self.name_from(node, node.phrase.core))));
            }
            for key in keys {
                self.join_by(&mut first, key, *m);
            }
        }
        // وكالة الأنباء "وام" is وام
        for (m, kind, _) in things {
            if let Some(&other) = self.marked_end(*m).and_then(|name| first.get(&format!("{kind:?} {name}"))) {
                self.clusters.join(*m, other);
            }
        }
        // حقل نوارة is نوارة, if that is called a facility too; two of one name under different heads are two
        for (m, kind, _) in things {
            if !matches!(kind, EntityType::Organization | EntityType::Geopolitical) {
                let inner = self.after_head(&self.nodes[*m]);
                if let Some(&other) = inner.and_then(|inner| first.get(&format!("{kind:?} {inner}"))) {
                    self.clusters.join(*m, other);
                }
            }
        }
    }

    /// The name in marks at the end of the mention `m`.
    fn marked_end(&self, m: usize) -> Option<String> {
        let node = &self.nodes[m];
        let close = node.phrase.end - 1;
        let open = (node.first + 1..close).rev().find(|&t| self.is_mark(t, &["(", "\"", "«", "“"]))?;
        let marked = self.is_mark(close, &[")", "\"", "»", "”"]) && close > open + 1;
        // كتلة «حماس» is not حماس
        let marked = marked && names_what_follows(&self.hosts[node.first]);
        marked.then(|| loose(&self.name_from(node, open + 1)))
    }

    /// The name after the head of `node`, unless another head begins it.
    fn after_head(&self, node: &Node) -> Option<String> {
        let head = self.hosts[node.first].listed.head?;
        let next = (node.first + 1..node.phrase.end).find(|&token| self.hosts[token].word)?;
        let other = self.hosts[next].listed.head.is_some_and(|inner| inner.entity == head.entity);
        let same = node.phrase.names(head.entity);
        (same && !other).then(|| loose(&self.name_from(node, next)))
    }

    /// وزارة الخارجية after وزارة الخارجية القطرية, where no other ministry of that name is mentioned.
    fn by_beginning(&mut self, things: &[(usize, EntityType, String)]) {
        use EntityType::{Event, Facility, Law, Organization};
        let long = |kind: EntityType| matches!(kind, Organization | Facility | Event | Law);
        // a longer name for each beginning, and whether all of them are of one entity
        let mut longer: FxHashMap<(EntityType, &str), (usize, bool)> = FxHashMap::default();
        for (m, kind, name) in things.iter().filter(|(_, kind, _)| long(*kind)) {
            for (at, _) in name.match_indices(' ').skip(1) {
                let (other, one) = *longer.entry((*kind, &name[..at])).or_insert((*m, true));
                if one && self.clusters.find(other) != self.clusters.find(*m) {
                    longer.insert((*kind, &name[..at]), (other, false));
                }
            }
        }
        for (m, kind, name) in things.iter().filter(|(_, kind, _)| long(*kind)) {
            if let Some(&(other, true)) = longer.get(&(*kind, name.as_str()))
                && self.may_be_shortened(other, *m)
            {
                self.clusters.join(*m, other);
            }
        }
    }

    /// هيئة مكافحة الفساد after الهيئة الوطنية لمكافحة الفساد: the head and some of the words after it, in their order, of one
    /// longer name alone; of a club its head alone: النجم.
    fn by_words(&mut self, things: &[(usize, EntityType, String)]) {
        use EntityType::{Facility, Organization};
        let mut by_head: FxHashMap<(EntityType, &str), Vec<Words<'a>>> = FxHashMap::default();
        for &(m, kind, _) in things.iter().filter(|(_, kind, _)| matches!(kind, Organization | Facility)) {
            let words = self.stems(m);
            let Some(&head) = words.first() else { continue };
            let same = by_head.entry((kind, head)).or_default();
            if same.len() < COMPARED && same.iter().all(|(_, known)| *known != words) {
                same.push((m, words));
            }
        }
        let mut heads: Vec<_> = by_head.into_iter().filter(|(_, names)| names.len() > 1).collect();
        heads.sort_unstable_by_key(|(_, names)| names[0].0);
        for (_, names) in heads {
            for (short, words) in &names {
                let club = words.len() == 1 && self.hosts[self.nodes[*short].first].definite && self.is_club(*short);
                // القوات الأمريكية are not all of the forces of that country that have a name
                if !club && (words.len() < 2 || words.len() == 2 && self.ends_with_nationality(*short)) {
                    continue;
                }
                let within = |long: &[&str]| {
                    let mut rest = long.iter();
                    words.len() < long.len() && words.iter().all(|word| rest.any(|other| other == word))
                };
                let longer: Vec<usize> = names.iter().filter(|(_, long)| within(long)).map(|(m, _)| *m).collect();
                let Some(&first) = longer.first() else { continue };
                let root = self.clusters.find(first);
                let one = longer.iter().all(|&m| self.clusters.find(m) == root);
                if one && longer.iter().all(|&m| self.may_be_shortened(m, *short)) {
                    self.clusters.join(*short, first);
                }
            }
        }
    }

    /// The words and numbers of the name without clitics and articles.
    fn stems(&self, m: usize) -> Vec<&'a str> {
        let node = &self.nodes[m];
        let (hosts, text): (&'a [Host<'a>], &'a Text<'a>) = (self.hosts, self.text);
        let tokens = node.first..node.phrase.end;
        let said = tokens.filter(|&t| text.tokens()[t].kind != TokenKind::Punctuation);
        said.map(|t| if hosts[t].word { hosts[t].stem } else { text.folded(t) }).collect()
    }

    fn ends_with_nationality(&self, m: usize) -> bool {
        let node = &self.nodes[m];
        let inside = self.nodes[m + 1..].iter().take_while(|inner| inner.first < node.phrase.end);
        let mut nationalities = inside.filter(|inner| inner.phrase.kind == MentionType::Nationality);
        nationalities.any(|inner| inner.phrase.end == node.phrase.end)
    }

    fn is_club(&self, m: usize) -> bool {
        self.hosts[self.nodes[m].first].listed.head.is_some_and(|head| head.kind == HeadKind::Club)
    }

    /// Whether `shorter`, which begins the name `longer`, can stand for it. What the tables know by its short name is itself, unless
    /// the longer name only adds its country or seat.
    fn may_be_shortened(&self, longer: usize, shorter: usize) -> bool {
        let (long, short) = (&self.nodes[longer], &self.nodes[shorter]);
        if own_entry(self.hosts, short).is_none() {
            return true;
        }
        let seat = |node: &Node| node.parent == Some(longer) && node.phrase.end == long.phrase.end;
        let inside = self.nodes[longer + 1..].iter().take_while(|node| node.first < long.phrase.end);
        own_entry(self.hosts, long).is_none() && inside.into_iter().any(seat)
    }

    /// A second name in marks after the first: منظمة الدول المصدرة للنفط (أوبك).
    fn in_marks(&mut self) {
        let mut ends: FxHashMap<usize, usize> = FxHashMap::default();
        for (m, node) in self.nodes.iter().enumerate() {
            // of nested names the outermost
            ends.entry(node.phrase.end).or_insert(m);
        }
        for m in 0..self.nodes.len() {
            let node = &self.nodes[m];
            let MentionType::Entity(kind @ (EntityType::Organization | EntityType::Product)) = node.phrase.kind else {
                continue;
            };
            let Some(open) = node.first.checked_sub(1).filter(|_| node.phrase.host == 0) else { continue };
            let marked = self.is_mark(open, &["(", "[", "\"", "«", "“"])
                && self.is_mark(node.phrase.end, &[")", "]", "\"", "»", "”"]);
            // a second name of a word: what is longer in marks is more often another thing
            let short = node.phrase.end == node.first + 1 && self.hosts[node.first].listed.head.is_none();
            let before = ends.get(&open).copied().filter(|&other| short && self.nodes[other].phrase.names(kind));
            if let Some(other) = before.filter(|_| marked) {
                self.clusters.join(m, other);
            }
        }
    }

    /// Two spellings of foreign sounds, where the tables do not know both as different things.
    fn by_sound(&mut self, things: &[(usize, EntityType, String)]) {
        let mut first: FxHashMap<(EntityType, String), usize> = FxHashMap::default();
        for (m, kind, name) in things {
            let sound = skeleton(name);
            if sound.chars().filter(|c| *c != ' ').nth(TELLING - 1).is_none() {
                continue;
            }
            let Some(&other) = first.get(&(*kind, sound.clone())) else {
                first.insert((*kind, sound), *m);
                continue;
            };
            let known = [*m, other].map(|m| self.nodes[m].phrase.entry.is_some());
            if known != [true, true] {
                self.clusters.join(*m, other);
            }
        }
    }
}
