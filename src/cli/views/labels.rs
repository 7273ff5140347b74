//! Names of the contract's labels for people.

use rustc_hash::FxHashSet;

use crate::pb;

/// What an entity is, in the plural: English for the terminal, Arabic beside it on the page. In the order shown.
pub const GROUPS: [Group; 10] = [
    Group { kind: pb::EntityType::Person, english: "Persons", arabic: "الأشخاص" },
    Group { kind: pb::EntityType::Organization, english: "Organisations", arabic: "المؤسسات" },
    Group { kind: pb::EntityType::Geopolitical, english: "Countries and towns", arabic: "الدول والمدن" },
    Group { kind: pb::EntityType::Location, english: "Other places", arabic: "أماكن أخرى" },
    Group { kind: pb::EntityType::Facility, english: "Facilities", arabic: "المنشآت" },
    Group { kind: pb::EntityType::Group, english: "Groups", arabic: "الجماعات" },
    Group { kind: pb::EntityType::Event, english: "Events", arabic: "الأحداث" },
    Group { kind: pb::EntityType::Product, english: "Products", arabic: "المنتجات" },
    Group { kind: pb::EntityType::Work, english: "Works", arabic: "الأعمال" },
    Group {
        kind: pb::EntityType::Law, english: "Laws and agreements", arabic: "القوانين والاتفاقات"
    },
];

/// Entities of one kind.
pub struct Group {
    /// The kind.
    pub kind: pb::EntityType,
    /// Its name.
    pub english: &'static str,
    /// Its name.
    pub arabic: &'static str,
}

/// The label of an enum's value `name` for people: `CUE_CATEGORY_ACCORDING_TO` without its prefix is `according to`.
/// Empty for the value that says nothing.
pub fn words(name: &str, prefix: &str) -> String {
    let label = name.strip_prefix(prefix).unwrap_or(name);
    if label == "UNSPECIFIED" { String::new() } else { label.to_lowercase().replace('_', " ") }
}

/// How `quotation` is reported and how its speakers were found, as `direct · say · named`.
pub fn of_quotation(quotation: &pb::Quotation) -> String {
    let mut labels = vec![words(quotation.kind().as_str_name(), "QUOTATION_KIND_")];
    if let Some(cue) = &quotation.cue {
        labels.push(words(cue.category().as_str_name(), "CUE_CATEGORY_"));
    }
    for speaker in &quotation.speakers {
        labels.push(words(speaker.resolution().as_str_name(), "SPEAKER_RESOLUTION_"));
    }
    labels.retain(|label| !label.is_empty());
    labels.dedup();
    labels.join(" · ")
}

/// The titles that `entity` is given, once each, in the order of the text; not those that are its name.
pub fn titles(entity: &pb::Entity) -> Vec<&str> {
    let mut seen = FxHashSet::from_iter([entity.name.as_str()]);
    let titles = entity.mentions.iter().filter(|mention| mention.r#type() == pb::MentionType::Title);
    titles.map(|mention| mention.underlying.as_str()).filter(|title| seen.insert(title)).collect()
}

/// Entity `id` of `answer`; none for an empty id.
pub fn entity<'a>(answer: &'a pb::ExtractResponse, id: &str) -> Option<&'a pb::Entity> {
    // Ids count entities from 1 in their order, which saves a search for each quotation.
    let index = id.strip_prefix('e').and_then(|number| number.parse::<usize>().ok())?.checked_sub(1)?;
    answer.entities.get(index).filter(|entity| entity.id == id)
}

/// What the subject of `relation` is related to: an entity's name, or for an office the words that tell it.
pub fn object<'a>(answer: &'a pb::ExtractResponse, relation: &pb::Relation) -> &'a str {
    let object = entity(answer, &relation.object_entity_id).map_or("", |object| &object.name);
    if relation.r#type() != pb::RelationType::HoldsOffice {
        return object;
    }
    // An office is a mention of the one who holds it.
    let subject = entity(answer, &relation.subject_entity_id);
    let mut mentions = subject.into_iter().flat_map(|entity| &entity.mentions);
    mentions.find(|mention| mention.id == relation.object_mention_id).map_or(object, |office| &office.underlying)
}
