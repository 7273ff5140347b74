//! From clusters of mentions to entities: names, identifiers, agreement, salience.

use rustc_hash::FxHashMap;

use super::{
    Agreement, Entities, Entity, EntityType, Mention, MentionForm, MentionType,
    coreference::{self, Clusters},
    gazetteer::{Class, Entry, Gazetteer},
    hosts::{Host, Suffix},
    latin,
    lexicon::Roles,
    tree::Node,
};
use crate::{
    morphology::Upos,
    span::Span,
    text::{Text, fold},
};

/// The entities of the mentions `nodes` that `clusters` joins.
pub(super) fn describe(
    text: &Text<'_>,
    hosts: &[Host<'_>],
    gazetteer: &Gazetteer,
    nodes: &[Node],
    clusters: &mut Clusters,
) -> Entities {
    let mut entities: Vec<Entity> = Vec::new();
    let mut mentions: Vec<Mention> = Vec::with_capacity(nodes.len());
    let mut index: FxHashMap<usize, usize> = FxHashMap::default();
    for (m, node) in nodes.iter().enumerate() {
        let entity = *index.entry(clusters.find(m)).or_insert_with(|| {
            entities.push(Entity {
                kind: EntityType::Group,
                name: String::new(),
                latin_name: String::new(),
                ids: Vec::new(),
                mentions: Vec::new(),
                salience: 0.0,
                agreement: Agreement::default(),
            });
            entities.len() - 1
        });
        entities[entity].mentions.push(m);
        mentions.push(mention(text, gazetteer, node, entity));
    }
    let mut total = 0.0;
    for entity in &mut entities {
        let members: Vec<&Node> = entity.mentions.iter().map(|&m| &nodes[m]).collect();
        let underlying = |i: usize| mentions[entity.mentions[i]].underlying.as_str();
        entity.kind = kind(&members);
        entity.name = name(hosts, gazetteer, entity.kind, &members, &underlying);
        let own = (0..members.len()).find_map(|i| {
            let entry = own_entry(hosts, gazetteer, entity.kind, members[i])?;
            let whole = entity.kind != EntityType::Person || names_whole(entry.name, underlying(i), &entity.name);
            whole.then_some(entry)
        });
        if let Some(entry) = own {
            entity.latin_name = entry.latin_name.to_owned();
            entity.ids = entry
                .ids
                .split(' ')
                .filter_map(|id| id.split_once(':'))
                .map(|(register, id)| (register.to_owned(), id.to_owned()))
                .collect();
        }
        let named = |node: &&Node| node.phrase.kind == MentionType::Entity(EntityType::Person);
        if entity.latin_name.is_empty() && entity.kind == EntityType::Person && members.iter().any(named) {
            entity.latin_name = latin::person(gazetteer, &entity.name);
        }
        if entity.latin_name.is_empty() && entity.kind == EntityType::Organization {
            let national = entity.mentions.iter().find_map(|&m| national(hosts, gazetteer, nodes, m, &mentions[m]));
            entity.latin_name = national.unwrap_or_default();
        }
        entity.agreement = agreement(hosts, entity.kind, &members);
        entity.salience = members.iter().map(|node| weight(text, node)).sum();
        total += entity.salience;
    }
    for entity in &mut entities {
        entity.salience /= total;
    }
    Entities { entities, mentions }
}

fn mention(text: &Text<'_>, gazetteer: &Gazetteer, node: &Node, entity: usize) -> Mention {
    let phrase = &node.phrase;
    // المسلمون and الأكراد are groups of no country
    let entry = phrase.entry.and_then(|id| gazetteer.entry(id));
    let group = phrase.kind == MentionType::Nationality && entry.is_some_and(|entry| entry.country.is_empty());
    let first = text.span_within(node.first, phrase.host..text.normalized(node.first).len());
    let span = Span { begin: first.begin, end: text.tokens()[phrase.end - 1].span.end };
    let mut underlying = phrase.restored.to_owned();
    underlying.push_str(text.normalized(node.first).get(phrase.host..).unwrap_or_default());
    for token in node.first + 1..phrase.end {
        if text.tokens()[token].space_before {
            underlying.push(' ');
        }
        underlying.push_str(text.normalized(token));
    }
    Mention {
        kind: if group { MentionType::Entity(EntityType::Group) } else { phrase.kind },
        form: if phrase.kind == MentionType::Title || node.bare { MentionForm::Nominal } else { MentionForm::Name },
        span,
        tokens: node.first..phrase.end,
        underlying,
        entity,
        parent: node.parent,
        source: phrase.source,
        confidence: node.confidence,
    }
}

/// The type that most of the names have; a title alone is a person's, a nationality alone a group's.
fn kind(members: &[&Node]) -> EntityType {
    let named = members.iter().find_map(|node| match node.phrase.kind {
        MentionType::Entity(kind) if !node.bare => Some(kind),
        _ => None,
    });
    let titled = members.iter().any(|node| node.phrase.kind == MentionType::Title);
    named.unwrap_or(if titled { EntityType::Person } else { EntityType::Group })
}

/// The gazetteer's entry of a mention, where it names an entity of type `kind` and not a part of it.
fn own_entry<'g>(hosts: &[Host<'_>], gazetteer: &'g Gazetteer, kind: EntityType, node: &Node) -> Option<Entry<'g>> {
    let entry = gazetteer.entry(coreference::own_entry(hosts, node)?)?;
    let same = match kind {
        EntityType::Person => entry.class == Class::Person,
        EntityType::Geopolitical => matches!(entry.class, Class::Country | Class::Place),
        EntityType::Group => entry.class == Class::Nationality,
        EntityType::Organization => entry.class == Class::Organization,
        _ => !matches!(entry.class, Class::Person | Class::Nationality),
    };
    same.then_some(entry)
}

/// Whether a person's entry `entry`, found in `mention`, names the one whose longest name is `name`, and not another whose
/// name is the beginning of his: محمد سعيد is not محمد سعيد الكردي.
fn names_whole(entry: &str, mention: &str, name: &str) -> bool {
    let last = |name: &str| name.rsplit(' ').next().map(fold::word);
    mention.len() >= name.len() || last(entry) == last(name) || entry.split(' ').nth(2).is_some()
}

/// Public bodies that every country has, by their head, and how English calls them after the adjective of the country.
const NATIONAL: [(&str, &str); 7] = [
    ("حكومة", "Government"),
    ("برلمان", "Parliament"),
    ("جيش", "Army"),
    ("شرطة", "Police"),
    ("سلطات", "authorities"),
    ("رئاسة", "Presidency"),
    ("مخابرات", "intelligence"),
];

/// The Latin name of the body `m` of one country, put together of the adjective and the name without it: the Algerian
/// Ministry of Defence.
fn national(hosts: &[Host<'_>], gazetteer: &Gazetteer, nodes: &[Node], m: usize, mention: &Mention) -> Option<String> {
    let node = nodes.get(m).filter(|node| !node.bare)?;
    let inside = nodes[m + 1..].iter().take_while(|inner| inner.first < node.phrase.end);
    let adjective = inside.into_iter().find(|inner| {
        let last = inner.phrase.end == node.phrase.end && inner.first + 1 == inner.phrase.end;
        last && inner.first > node.first && inner.phrase.kind == MentionType::Nationality
    })?;
    let country = gazetteer.entry(adjective.phrase.entry?).filter(|entry| !entry.latin_name.is_empty())?;
    let (body, _) = mention.underlying.rsplit_once(' ')?;
    let known = gazetteer.lookup(&fold::word(body)).filter_map(|id| gazetteer.entry(id));
    let known =
        known.filter(|e| e.class == Class::Organization && !e.latin_name.is_empty()).map(|e| e.latin_name).next();
    let common = || {
        let head = NATIONAL.iter().find(|(head, _)| *head == hosts[node.first].stem);
        head.filter(|_| !body.contains(' ')).map(|(_, english)| *english)
    };
    let body = known.or_else(common)?;
    Some(format!("the {} {}", country.latin_name, body.trim_start_matches("the ")))
}

/// The longest mention by name, where it is more than a word; else the gazetteer's name, which a place, a group and a
/// short name have in any case; else the longest title.
fn name<'m>(
    hosts: &[Host<'_>],
    gazetteer: &Gazetteer,
    kind: EntityType,
    members: &[&Node],
    underlying: &impl Fn(usize) -> &'m str,
) -> String {
    let named = |node: &Node| matches!(node.phrase.kind, MentionType::Entity(_)) && !node.bare;
    let longest = (0..members.len()).max_by_key(|&i| {
        let letters = underlying(i).chars().count();
        // of equals the first
        (named(members[i]), letters, usize::MAX - i)
    });
    let longest = clean(hosts, longest.map(|i| (members[i], underlying(i))));
    let own = !matches!(kind, EntityType::Geopolitical | EntityType::Location | EntityType::Group)
        && longest.contains(' ')
        && members.iter().any(|node| named(node));
    let known = members.iter().filter(|_| !own).find_map(|node| own_entry(hosts, gazetteer, kind, node));
    known.map_or(longest, |entry| entry.name.to_owned())
}

/// A mention as it would stand in a list: without quotation marks, a title in the nominative and without the pronoun of its
/// holder: أمينا عاما للحزب is أمين عام للحزب, قنصلها الفخري is القنصل الفخري.
fn clean(hosts: &[Host<'_>], mention: Option<(&Node, &str)>) -> String {
    let Some((node, underlying)) = mention else { return String::new() };
    let words: String = underlying.chars().filter(|c| !"«»\"“”".contains(*c)).collect();
    let mut words: Vec<String> = words.split_whitespace().map(str::to_owned).collect();
    let suffix = if node.phrase.kind == MentionType::Title { hosts[node.first].suffix } else { Suffix::None };
    match suffix {
        Suffix::None => {}
        Suffix::Accusative => {
            // the adjectives right after it have the same ending
            for (i, word) in words.iter_mut().enumerate() {
                match word.strip_suffix('ا').or_else(|| word.strip_suffix("اً")) {
                    Some(bare) if i == 0 || hosts[node.first + i].upos == Upos::Adj => *word = bare.to_owned(),
                    _ => break,
                }
            }
        }
        Suffix::Pronoun => {
            if let Some(first) = words.first_mut() {
                let pronoun = ["ها", "نا", "هم", "ه"].iter().find_map(|pronoun| first.strip_suffix(pronoun));
                let noun = pronoun.map(|noun| match noun.strip_suffix('ت') {
                    Some(feminine) if hosts[node.first].listed.title.is_some_and(|t| t.feminine) => {
                        format!("ال{feminine}ة")
                    }
                    _ => format!("ال{noun}"),
                });
                *first = noun.unwrap_or_else(|| first.clone());
            }
        }
    }
    words.join(" ")
}

/// Gender and number as titles and head nouns show them.
fn agreement(hosts: &[Host<'_>], kind: EntityType, members: &[&Node]) -> Agreement {
    let titles = members.iter().filter(|node| node.phrase.kind == MentionType::Title);
    let title = titles.filter_map(|node| hosts[node.first].listed.title).next();
    match (kind, title) {
        (EntityType::Person, Some(title)) => Agreement { feminine: Some(title.feminine), plural: Some(title.plural) },
        (EntityType::Person, None) => Agreement { feminine: womans_name(hosts, members), plural: Some(false) },
        (EntityType::Organization, _) => {
            let headed = members.iter().find(|node| hosts[node.first].listed.head.is_some());
            Agreement { feminine: headed.map(|node| hosts[node.first].feminine()), plural: Some(false) }
        }
        (EntityType::Geopolitical, _) => {
            let masculine = members.iter().any(|node| MASCULINE_COUNTRIES.contains(&hosts[node.phrase.core].stem));
            Agreement { feminine: Some(!masculine), plural: Some(false) }
        }
        _ => Agreement::default(),
    }
}

/// Countries that are masculine, unlike all others and towns.
const MASCULINE_COUNTRIES: [&str; 7] = ["عراق", "اردن", "سودان", "مغرب", "لبنان", "يمن", "صومال"];

/// Men's given names in ة.
const MASCULINE: [&str; 22] = [
    "اسامة",
    "حمزة",
    "معاوية",
    "طلحة",
    "عبيدة",
    "عطية",
    "خليفة",
    "جمعة",
    "سلامة",
    "حذيفة",
    "قتيبة",
    "عكرمة",
    "امية",
    "ربيعة",
    "عروة",
    "عقبة",
    "شحاتة",
    "حمادة",
    "عبادة",
    "عرفة",
    "جمعه",
    "طه",
];

/// `Some(true)` where the given name of a full name is a woman's.
fn womans_name(hosts: &[Host<'_>], members: &[&Node]) -> Option<bool> {
    let full = members.iter().find(|node| node.phrase.names(EntityType::Person) && node.phrase.end > node.first + 1)?;
    let given = &hosts[full.first];
    let woman = given.is(Roles::FEMININE_NAME)
        || given.stem.ends_with('ة') && !MASCULINE.contains(&given.stem) && !given.definite;
    woman.then_some(true)
}

/// How much a mention says that the document is about its entity.
fn weight(text: &Text<'_>, node: &Node) -> f32 {
    let sentence = text.tokens()[node.first].sentence;
    let headline = text.sentence_of(node.first).headline;
    let place = if headline {
        3.0
    } else if sentence <= 1 {
        2.0
    } else {
        1.0
    };
    match node.phrase.kind {
        _ if node.bare => place / 2.0,
        MentionType::Nationality => place / 4.0,
        MentionType::Title => place / 2.0,
        MentionType::Entity(_) => place,
    }
}
