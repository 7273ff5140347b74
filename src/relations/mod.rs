//! Relations between entities that the text states, precision first.
//!
//! - *holds office*, *works for*: a title with its institution, tied to a named person who holds it still.
//! - *located in*: a place, then في, ب or من with a noun for a place, then another place; a town with the adjective of its
//!   country.
//! - *part of*: `التابع لـ` between an organisation and another; a body whose name ends with that of the whole.
//! - *met*: a verb of meeting with its two persons, or a noun of meeting with the pronoun of one.

#[cfg(test)]
mod tests;
mod words;

use std::collections::BTreeSet;

use words::Role;

use crate::{
    entities::{Entities, EntityType, Mention, MentionForm, MentionType, is_former},
    morphology::{Source, Upos, Words},
    span::Span,
    text::{Text, TokenKind, fold},
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
/// How many tokens may stand between a subject and its verb after it.
const NEAR: usize = 5;
/// How many tokens of time and place may stand between the two who met.
const CIRCUMSTANCES: usize = 12;

/// The relations of `text` in the order of their evidence, each stated once, in linear time.
pub fn extract(text: &Text<'_>, words: &Words, entities: &Entities) -> Vec<Relation> {
    let reader = Reader::new(text, words, entities);
    let mut relations = Vec::new();
    reader.offices(&mut relations);
    reader.between_mentions(&mut relations);
    reader.parts(&mut relations);
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
            // the referee of a match is of neither club
            let referee = self.says(title.tokens.start..title.tokens.start + 1, Role::Referee);
            if title.kind != MentionType::Title
                || referee
                || !named[title.entity]
                || title.tokens.clone().any(|token| is_former(self.text.folded(token)))
                || self.says(title.tokens.clone(), Role::NotYet)
            {
                continue;
            }
            let child = |wanted: EntityType| {
                let mut found = self.children[i].iter().map(|&c| self.mention(c));
                // السفير الأميركي لدى الأمم المتحدة is of his country
                let sent = |c: &Mention| self.says(title.tokens.start..c.tokens.start, Role::SentTo);
                // الكاتب المصري is no officer of Egypt, nor is the director of a school in a town one of the town
                let public = |c: &Mention| {
                    let there = self.says(title.tokens.start..c.tokens.start, Role::Elsewhere);
                    self.is_state_office(title) && !there && !self.begins_with(c, 'ب')
                };
                let place = wanted == EntityType::Geopolitical;
                found.find(|c| {
                    self.type_of(c) == wanted && c.kind != MentionType::Title && !sent(c) && (!place || public(c))
                })
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
            // who founded it may have left it
            let founded = self.says(title.tokens.start..title.tokens.start + 1, Role::Founder);
            if organization.is_some() && !founded {
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

    /// Whether the title is of an office that states, provinces and towns have.
    fn is_state_office(&self, title: &Mention) -> bool {
        let word = title.underlying.split(' ').next().unwrap_or_default();
        let word: String = fold::word(word);
        Role::StateOffice.has(&word) || word.strip_suffix('ا').is_some_and(|word| Role::StateOffice.has(word))
    }

    /// Whether one of `tokens` is a word of `role`.
    fn says(&self, mut tokens: std::ops::Range<usize>, role: Role) -> bool {
        tokens.any(|token| role.has(self.text.folded(token)))
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
            if !entity_mention(first) {
                continue;
            }
            // مدينة حلب السورية
            let adjective = second.kind == MentionType::Nationality
                && self.type_of(first) == Geopolitical
                && !self.is_country(first.entity)
                && self.is_country(second.entity)
                && first.tokens.end == second.tokens.start
                && self.text.folded(second.tokens.start).starts_with("ال")
                && self.text.folded(second.tokens.start).ends_with("ية");
            if adjective {
                relations.push(Relation {
                    kind: RelationType::LocatedIn,
                    subject: first.entity,
                    object: Some(second.entity),
                    object_mention: Some(pair[1]),
                    evidence: first.span.cover(second.span),
                    source: Source::Rule,
                });
            }
            if !entity_mention(second) {
                continue;
            }
            let between = first.tokens.end..second.tokens.start;
            let places = matches!(self.type_of(first), Facility | Geopolitical | Location)
                && matches!(self.type_of(second), Geopolitical | Location)
                && !self.is_country(first.entity);
            let kind = if places && self.lies_in(first, second) {
                RelationType::LocatedIn
            } else if self.type_of(first) == Organization
                && matches!(self.type_of(second), Organization | Geopolitical)
                && between.len() == 1
                && self.stated_at(between.start) == Some(Role::PartOf)
                && self.begins_with(second, 'ل')
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

    /// Whether what stands between the neighbours `first` and `second` says that the first lies in the second: في, بولاية,
    /// من محافظة.
    fn lies_in(&self, first: &Mention, second: &Mention) -> bool {
        if self.completes(first) {
            return false;
        }
        let between = first.tokens.end..second.tokens.start;
        let word = |i: usize| self.text.folded(between.start + i);
        let clitic = self.text.tokens()[second.tokens.start].span.begin < second.span.begin;
        match between.len() {
            0 => {
                clitic
                    && self.type_of(first) == EntityType::Facility
                    && self.text.normalized(second.tokens.start).starts_with('ب')
            }
            1 if clitic => false,
            1 => word(0) == "في" || word(0).strip_prefix('ب').is_some_and(|noun| Role::Place.has(noun)),
            2 => !clitic && matches!(word(0), "في" | "من") && Role::Place.has(word(1)),
            _ => false,
        }
    }

    /// Whether a noun before `place` is put before it, so that what follows is said of that noun: مصنع مطار حلب في دمشق.
    fn completes(&self, place: &Mention) -> bool {
        let clitic = self.text.tokens()[place.tokens.start].span.begin < place.span.begin;
        let Some(before) = place.tokens.start.checked_sub(1).filter(|_| !clitic) else { return false };
        let word = self.words.underlying(self.words.host(before), self.text);
        let word: String = fold::word(word);
        let word = word.as_str();
        let host = self.words.host(before);
        let same = self.text.tokens()[before].sentence == self.text.tokens()[place.tokens.start].sentence;
        same && host.upos == Upos::Noun && !word.starts_with("ال") && !Role::Place.has(word) && !Role::Side.has(word)
    }

    /// Whether the clitic `letter` stands right before `mention`.
    fn begins_with(&self, mention: &Mention, letter: char) -> bool {
        let token = self.text.tokens()[mention.tokens.start];
        token.span.begin < mention.span.begin && self.text.normalized(mention.tokens.start).starts_with(letter)
    }

    fn is_country(&self, entity: usize) -> bool {
        self.entities.entities[entity].ids.iter().any(|(register, _)| register == "iso3166-1")
    }

    /// Bodies whose names end with that of the whole they are a part of: كتلة حزب, لجنة التشريع بالبرلمان.
    fn parts(&self, relations: &mut Vec<Relation>) {
        for (i, part) in self.entities.mentions.iter().enumerate() {
            let body = part.kind == MentionType::Entity(EntityType::Organization) && !part.points_back();
            let head = self.text.folded(part.tokens.start).trim_start_matches(['و', 'ل', 'ب']).trim_start_matches("ال");
            if !body || !Role::Part.has(head) {
                continue;
            }
            let whole = self.children[i].iter().map(|&c| (c, self.mention(c))).find(|(_, c)| {
                c.kind == MentionType::Entity(EntityType::Organization)
                    && c.span.end == part.span.end
                    && c.entity != part.entity
            });
            if let Some((mention, whole)) = whole {
                relations.push(Relation {
                    kind: RelationType::PartOf,
                    subject: part.entity,
                    object: Some(whole.entity),
                    object_mention: Some(mention),
                    evidence: part.span,
                    source: Source::Rule,
                });
            }
        }
    }

    fn stated_at(&self, token: usize) -> Option<Role> {
        let whole = self.text.normalized(token);
        Role::stated(whole).or_else(|| Role::stated(self.words.underlying(self.words.host(token), self.text)))
    }

    /// Verbs of meeting. Arabic puts verb, subject, object; a subject left out is the last person before the verb.
    fn meetings(&self, relations: &mut Vec<Relation>) {
        let persons: Vec<usize> = self.outermost.iter().copied().filter(|&m| self.is_person(self.mention(m))).collect();
        for (token, at) in self.text.tokens().iter().enumerate() {
            if at.kind != TokenKind::Word {
                continue;
            }
            // with a pronoun at its end the verb has its object already, with س it is still to come
            let word = self.text.normalized(token).trim_start_matches(['و', 'ف']);
            let Some(verb @ (Role::Met | Role::MetWith | Role::Meeting)) = Role::stated(word) else { continue };
            let feminine = match verb {
                Role::Meeting => word.ends_with("ها"),
                _ => word.ends_with('ت') || word.starts_with('ت') && !word.starts_with("تح") && !word.starts_with("تب"),
            };
            let agrees =
                |entity: usize| self.entities.entities[entity].agreement.feminine.is_none_or(|f| f == feminine);
            let sentence = self.text.sentence_of(token).tokens();
            let next = persons.partition_point(|&m| self.mention(m).tokens.start <= token);
            let after = self.groups(&persons[next..], token + 1, sentence.end.min(token + REACH));
            let before = persons[..next].iter().rev().map(|&m| self.mention(m));
            let mut before = before.take_while(|m| m.tokens.start >= sentence.start);
            if verb == Role::Meeting {
                let met = after.first().filter(|met| {
                    met.begin == token + 1 || met.begin == token + 2 && self.text.normalized(token + 1) == "مع"
                });
                let after_it = token.checked_sub(1).is_some_and(|b| Role::When.has(self.text.folded(b)));
                let one: BTreeSet<usize> = before.map(|m| m.entity).filter(|&entity| agrees(entity)).collect();
                if let (Some(met), true, 1, Some(&subject)) = (met, after_it, one.len(), one.first()) {
                    self.meet(subject, met, at.span, relations);
                }
                continue;
            }
            // الوزير الذي أعلن عن رغبته في أن يلتقي: what stands far from the verb is no subject of it
            let before = before.next().filter(|m| {
                let near = m.tokens.end + NEAR >= token || self.is_one_clause(m.tokens.end, token);
                near && agrees(m.entity)
            });
            let with = |group: &Group| self.text.normalized(group.begin.saturating_sub(1)) == "مع";
            let pair = match (verb, after.as_slice()) {
                (Role::Met, [first, second, ..])
                    if (first.begin == token + 1 || self.after_circumstances(token + 1, first.begin))
                        && (second.begin == first.end || self.after_circumstances(first.end, second.begin)) =>
                {
                    Some((first.entity, second))
                }
                (Role::Met, [only, ..]) if only.begin == token + 1 => before.map(|m| (m.entity, only)),
                (Role::MetWith, [first, second, ..])
                    if first.begin == token + 1 && second.begin == first.end + 1 && with(second) =>
                {
                    Some((first.entity, second))
                }
                (Role::MetWith, [only, ..]) if only.begin == token + 2 && with(only) => {
                    before.map(|m| (m.entity, only))
                }
                _ => None,
            };
            if let Some((subject, object)) = pair.filter(|(subject, _)| agrees(*subject)) {
                self.meet(subject, object, at.span, relations);
            }
        }
    }

    /// Whether a verb at `verb` goes on with the clause whose subject ends before token `begin`: `وصل الوزير إلى عمان
    /// اليوم، حيث التقى`.
    fn is_one_clause(&self, begin: usize, verb: usize) -> bool {
        let joins = self.text.folded(verb - 1) == "حيث" || self.text.folded(verb).starts_with('و');
        let breaks = |token: usize| matches!(self.words.host(token).upos, Upos::Verb | Upos::Sconj | Upos::Det);
        joins && verb - begin <= CIRCUMSTANCES && !(begin..verb - 1).any(breaks)
    }

    /// Adds the meeting that `verb` tells.
    fn meet(&self, subject: usize, object: &Group, verb: Span, relations: &mut Vec<Relation>) {
        if subject != object.entity {
            relations.push(Relation {
                kind: RelationType::Met,
                subject,
                object: Some(object.entity),
                object_mention: Some(object.mention),
                evidence: verb.cover(self.mention(object.mention).span),
                source: Source::Rule,
            });
        }
    }

    /// Whether only time and place stand from token `begin` to what begins at `end`: up to a comma, or a time and then a
    /// number or a name: استقبل الرئيس اليوم 17 مارس 2017 بقصر قرطاج وزير الدفاع.
    fn after_circumstances(&self, begin: usize, end: usize) -> bool {
        if end <= begin || end - begin > CIRCUMSTANCES {
            return false;
        }
        let verb = |token: usize| matches!(self.words.host(token).upos, Upos::Verb | Upos::Sconj);
        let time = |token: usize| Role::Time.has(self.text.folded(token));
        let next = self.outermost.partition_point(|&m| self.mention(m).tokens.start < end);
        let named = next.checked_sub(1).is_some_and(|before| self.mention(self.outermost[before]).tokens.end == end);
        let closed = named || time(end - 1) || self.text.tokens()[end - 1].kind == TokenKind::Number;
        !(begin..end).any(verb) && (self.only_commas(end - 1..end) || closed && (begin..end).any(time))
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
