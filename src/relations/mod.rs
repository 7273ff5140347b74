//! Relations between entities that the text states, precision first.
//!
//! - *holds office*, *works for*: a title with its institution, tied to a named person.
//! - *located in*: a place, then في, then another place.
//! - *part of*: `التابع لـ` between an organisation and another.
//! - *met*: a verb of meeting with its two persons.

#[cfg(test)]
mod tests;
mod words;

use std::collections::BTreeSet;

use words::{Stated, stated};

use crate::{
    entities::{Entities, EntityType, Mention, MentionForm, MentionType},
    morphology::{Source, Words},
    span::Span,
    text::{Text, TokenKind},
};

/// How two entities are related; the contract's `RelationType`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum RelationType {
    HoldsOffice,
    WorksFor,
    LocatedIn,
    PartOf,
    Met,
}

/// A relation with the words that state it.
#[derive(Clone, Debug)]
pub struct Relation {
    /// How they are related.
    pub kind: RelationType,
    /// Index of the entity it is said of.
    pub subject: usize,
    /// Index of the other entity.
    pub object: Option<usize>,
    /// Index of the mention that tells the object.
    pub object_mention: Option<usize>,
    /// The words that state it.
    pub evidence: Span,
    /// How it was found.
    pub source: Source,
}

/// How many tokens after a verb of meeting its persons are sought.
const REACH: usize = 24;

/// The relations of `text` in the order of their evidence, each stated once, in linear time.
pub fn extract(text: &Text<'_>, words: &Words, entities: &Entities) -> Vec<Relation> {
    let reader = Reader::new(text, words, entities);
    let mut relations = Vec::new();
    reader.offices(&mut relations);
    reader.between_mentions(&mut relations);
    reader.meetings(&mut relations);
    relations.sort_by_key(|r| (r.evidence, r.kind));
    let mut seen = BTreeSet::new();
    let title_of = |r: &Relation| r.object_mention.map(|m| entities.mentions[m].underlying.as_str());
    relations.retain(|r| {
        let object = if r.kind == RelationType::HoldsOffice { title_of(r).map(str::to_owned) } else { None };
        seen.insert((r.kind, r.subject, r.object, object))
    });
    relations
}

struct Reader<'a> {
    text: &'a Text<'a>,
    words: &'a Words,
    entities: &'a Entities,
    /// For each mention its direct children.
    children: Vec<Vec<usize>>,
    /// Names and titles without a parent, in order.
    outermost: Vec<usize>,
}

impl<'a> Reader<'a> {
    fn new(text: &'a Text<'a>, words: &'a Words, entities: &'a Entities) -> Self {
        let mut children = vec![Vec::new(); entities.mentions.len()];
        let mut outermost = Vec::new();
        for (i, mention) in entities.mentions.iter().enumerate() {
            match mention.parent {
                Some(parent) => children[parent].push(i),
                // between names a noun that points back says nothing
                None if !mention.points_back() => outermost.push(i),
                None => {}
            }
        }
        Self { text, words, entities, children, outermost }
    }

    fn mention(&self, index: usize) -> &'a Mention {
        &self.entities.mentions[index]
    }

    fn type_of(&self, mention: &Mention) -> EntityType {
        self.entities.entities[mention.entity].kind
    }

    fn is_person(&self, mention: &Mention) -> bool {
        self.type_of(mention) == EntityType::Person
    }

    /// Titles that hold an institution, of persons who are named somewhere.
    fn offices(&self, relations: &mut Vec<Relation>) {
        let names_person =
            |m: &&Mention| m.form == MentionForm::Name && m.kind == MentionType::Entity(EntityType::Person);
        let mut named = vec![false; self.entities.entities.len()];
        for mention in self.entities.mentions.iter().filter(names_person) {
            named[mention.entity] = true;
        }
        for (i, title) in self.entities.mentions.iter().enumerate() {
            if title.kind != MentionType::Title || !named[title.entity] {
                continue;
            }
            let child = |wanted: EntityType| {
                let mut found = self.children[i].iter().map(|&c| self.mention(c));
                found.find(|c| self.type_of(c) == wanted && c.kind != MentionType::Title)
            };
            let organization = child(EntityType::Organization);
            let Some(institution) = organization.or_else(|| child(EntityType::Geopolitical)) else { continue };
            let relation = |kind| Relation {
                kind,
                subject: title.entity,
                object: Some(institution.entity),
                object_mention: Some(i),
                evidence: self.with_adjacent_name(title),
                source: Source::Rule,
            };
            relations.push(relation(RelationType::HoldsOffice));
            if organization.is_some() {
                relations.push(relation(RelationType::WorksFor));
            }
        }
    }

    /// The title with the name of its person where that stands beside it.
    fn with_adjacent_name(&self, title: &Mention) -> Span {
        let gap = |first: &Mention, second: &Mention| {
            let between = first.tokens.end..second.tokens.start;
            first.tokens.end <= second.tokens.start && between.len() <= 1 && self.only_commas(between)
        };
        let at = self.outermost.partition_point(|&m| self.mention(m).tokens.start < title.tokens.start);
        // the one before, the title itself, the one after
        let near = self.outermost[at.saturating_sub(1)..self.outermost.len().min(at + 2)].iter();
        let beside =
            |m: &&Mention| m.entity == title.entity && m.form == MentionForm::Name && (gap(title, m) || gap(m, title));
        near.map(|&m| self.mention(m)).find(beside).map_or(title.span, |name| title.span.cover(name.span))
    }

    fn only_commas(&self, mut tokens: std::ops::Range<usize>) -> bool {
        tokens.all(|t| matches!(self.text.normalized(t), "،" | ","))
    }

    /// Places in places, and bodies of bodies: what stands between two neighbouring mentions decides.
    fn between_mentions(&self, relations: &mut Vec<Relation>) {
        use EntityType::{Facility, Geopolitical, Location, Organization};
        for pair in self.outermost.windows(2) {
            let (first, second) = (self.mention(pair[0]), self.mention(pair[1]));
            if first.entity == second.entity || first.tokens.end > second.tokens.start {
                continue;
            }
            if self.text.tokens()[first.tokens.start].sentence != self.text.tokens()[second.tokens.start].sentence {
                continue;
            }
            let entity_mention = |m: &Mention| matches!(m.kind, MentionType::Entity(_));
            if !entity_mention(first) || !entity_mention(second) {
                continue;
            }
            let between = first.tokens.end..second.tokens.start;
            let places = matches!(self.type_of(first), Facility | Geopolitical | Location)
                && matches!(self.type_of(second), Geopolitical | Location);
            let kind = if places && between.len() == 1 && self.text.normalized(between.start) == "في" {
                RelationType::LocatedIn
            } else if self.type_of(first) == Organization
                && matches!(self.type_of(second), Organization | Geopolitical)
                && between.len() == 1
                && self.stated_at(between.start) == Some(Stated::PartOf)
                && self.begins_with_lam(second)
            {
                RelationType::PartOf
            } else {
                continue;
            };
            relations.push(Relation {
                kind,
                subject: first.entity,
                object: Some(second.entity),
                object_mention: Some(pair[1]),
                evidence: first.span.cover(second.span),
                source: Source::Rule,
            });
        }
    }

    /// Whether the clitic ل stands before `mention`.
    fn begins_with_lam(&self, mention: &Mention) -> bool {
        let token = self.text.tokens()[mention.tokens.start];
        token.span.begin < mention.span.begin && self.text.normalized(mention.tokens.start).starts_with('ل')
    }

    fn stated_at(&self, token: usize) -> Option<Stated> {
        let whole = self.text.normalized(token);
        stated(whole).or_else(|| stated(self.words.underlying(self.words.host(token), self.text)))
    }

    /// Verbs of meeting. Arabic puts verb, subject, object; a subject left out is the last person before the verb.
    fn meetings(&self, relations: &mut Vec<Relation>) {
        let persons: Vec<usize> = self.outermost.iter().copied().filter(|&m| self.is_person(self.mention(m))).collect();
        for (token, at) in self.text.tokens().iter().enumerate() {
            if at.kind != TokenKind::Word {
                continue;
            }
            let Some(verb @ (Stated::Met | Stated::MetWith)) = self.stated_at(token) else { continue };
            let sentence = self.text.sentence_of(token).tokens();
            let next = persons.partition_point(|&m| self.mention(m).tokens.start <= token);
            let after = self.groups(&persons[next..], token + 1, sentence.end.min(token + REACH));
            let before = persons[..next].iter().rev().map(|&m| self.mention(m));
            let before = before.take_while(|m| m.tokens.start >= sentence.start).next();
            let with = |group: &Group| self.text.normalized(group.begin.saturating_sub(1)) == "مع";
            let pair = match (verb, after.as_slice()) {
                (Stated::Met, [first, second, ..]) if first.begin == token + 1 && second.begin == first.end => {
                    Some((first.entity, second))
                }
                (Stated::Met, [only, ..]) if only.begin == token + 1 => before.map(|m| (m.entity, only)),
                (Stated::MetWith, [first, second, ..])
                    if first.begin == token + 1 && second.begin == first.end + 1 && with(second) =>
                {
                    Some((first.entity, second))
                }
                (Stated::MetWith, [only, ..]) if only.begin == token + 2 && with(only) => {
                    before.map(|m| (m.entity, only))
                }
                _ => None,
            };
            let Some((subject, object)) = pair else { continue };
            if subject != object.entity {
                let end = self.mention(object.mention).span;
                relations.push(Relation {
                    kind: RelationType::Met,
                    subject,
                    object: Some(object.entity),
                    object_mention: Some(object.mention),
                    evidence: at.span.cover(end),
                    source: Source::Rule,
                });
            }
        }
    }

    /// Neighbouring mentions of one person, such as title and name, from token `begin` to `end`.
    fn groups(&self, persons: &[usize], begin: usize, end: usize) -> Vec<Group> {
        let mut groups: Vec<Group> = Vec::new();
        for &index in persons {
            let mention = self.mention(index);
            if mention.tokens.start < begin || mention.tokens.start >= end {
                break;
            }
            match groups.last_mut() {
                Some(last) if last.entity == mention.entity && last.end <= mention.tokens.start => {
                    last.end = mention.tokens.end;
                    if mention.form == MentionForm::Name {
                        last.mention = index;
                    }
                }
                _ => groups.push(Group {
                    entity: mention.entity,
                    mention: index,
                    begin: mention.tokens.start,
                    end: mention.tokens.end,
                }),
            }
        }
        groups
    }
}

/// Mentions of one person side by side: the tokens they take and the one that names.
struct Group {
    entity: usize,
    mention: usize,
    begin: usize,
    end: usize,
}
