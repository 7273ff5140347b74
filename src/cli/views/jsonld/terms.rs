//! How the contract's labels and values are said in the terms of schema.org.

use serde_json::{Map, Value, json};

use crate::pb;

const SCHEMA: &str = "https://schema.org/";

/// Properties whose values are words of the document, in its language.
const TEXTS: [&str; 6] = ["alternateName", "creditText", "jobTitle", "name", "text", "oa:exact"];

/// Properties whose values name something.
const REFERENCES: [&str; 17] = [
    "about",
    "affiliation",
    "attendee",
    "containedInPlace",
    "creator",
    "hasPart",
    "isPartOf",
    "location",
    "mentions",
    "oa:hasBody",
    "oa:hasSource",
    "oa:motivatedBy",
    "parentOrganization",
    "publisher",
    "sameAs",
    "superEvent",
    "worksFor",
];

/// The context of `document`, which is written in `language`.
pub fn context(document: &str, language: &str) -> Value {
    let mut context = Map::from_iter([
        ("@version".to_owned(), json!(1.1)),
        ("doc".to_owned(), json!(format!("{document}#"))),
        ("@vocab".to_owned(), json!(SCHEMA)),
        ("oa".to_owned(), json!("http://www.w3.org/ns/oa#")),
        ("datePublished".to_owned(), json!({ "@id": iri("datePublished"), "@type": iri("Date") })),
    ]);
    let texts = TEXTS.iter().map(|term| (term, json!({ "@id": iri(term), "@language": language })));
    let references = REFERENCES.iter().map(|term| (term, json!({ "@id": iri(term), "@type": "@id" })));
    context.extend(texts.chain(references).map(|(&term, definition)| (term.to_owned(), definition)));
    Value::Object(context)
}

/// The IRI of `term`, which is one of schema.org unless it has a prefix.
fn iri(term: &str) -> String {
    if term.contains(':') { term.to_owned() } else { format!("{SCHEMA}{term}") }
}

/// The type of `entity`. Towns and provinces are not told apart; whatever governs itself is an administrative area.
pub fn type_of(entity: &pb::Entity) -> &'static str {
    use pb::EntityType as Type;
    match entity.r#type() {
        Type::Person => "Person",
        Type::Organization => "Organization",
        Type::Geopolitical if entity.ids.iter().any(|id| id.authority == "iso3166-1") => "Country",
        Type::Geopolitical => "AdministrativeArea",
        Type::Location | Type::Facility => "Place",
        Type::Event => "Event",
        Type::Product => "Product",
        Type::Work => "CreativeWork",
        Type::Law => "Legislation",
        // schema.org knows no peoples
        Type::Group | Type::Unspecified => "Thing",
    }
}

/// The property that says `relation`; none where schema.org has none.
pub fn property(relation: pb::RelationType, subject: pb::EntityType, object: pb::EntityType) -> Option<&'static str> {
    use pb::{EntityType as Type, RelationType as Relation};
    match relation {
        // an office of a country is no job there
        Relation::HoldsOffice | Relation::WorksFor if object != Type::Organization => Some("affiliation"),
        Relation::HoldsOffice | Relation::WorksFor => Some("worksFor"),
        Relation::LocatedIn if is_place(subject) => Some("containedInPlace"),
        Relation::LocatedIn => Some("location"),
        Relation::PartOf if is_place(subject) => Some("containedInPlace"),
        Relation::PartOf => match subject {
            Type::Organization => Some("parentOrganization"),
            Type::Event => Some("superEvent"),
            Type::Work | Type::Law => Some("isPartOf"),
            _ => None,
        },
        // an event of its own
        Relation::Met | Relation::Unspecified => None,
    }
}

fn is_place(kind: pb::EntityType) -> bool {
    matches!(kind, pb::EntityType::Geopolitical | pb::EntityType::Location | pb::EntityType::Facility)
}

/// The IRI of an identifier in a register whose IRIs are known.
pub fn same_as(id: &pb::EntityId) -> Option<String> {
    let number = |digits: &str| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    match id.authority.as_str() {
        "geonames" if number(&id.value) => Some(format!("https://sws.geonames.org/{}/", id.value)),
        "wikidata" if id.value.strip_prefix('Q').is_some_and(number) => {
            Some(format!("http://www.wikidata.org/entity/{}", id.value))
        }
        _ => None,
    }
}

/// When, in ISO 8601: the value where it is one, else its instants, as for a season. None for durations, recurring and
/// vague times.
pub fn period(time: &pb::TimeExpression) -> Option<String> {
    let interval = time.interval.as_ref()?;
    if time.value.split('/').all(is_iso) {
        return Some(time.value.clone());
    }
    let instant = |at: Option<pb::Timestamp>| {
        let at = at?;
        Some(jiff::Timestamp::new(at.seconds, at.nanos).ok()?.to_string())
    };
    Some(format!("{}/{}", instant(interval.begin)?, instant(interval.end)?))
}

/// Whether `value` is a year, month, week, day or time of day of ISO 8601.
fn is_iso(value: &str) -> bool {
    let (date, time) = value.split_once('T').map_or((value, None), |(date, time)| (date, Some(time)));
    let shape: String = date.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    match time {
        None => matches!(shape.as_str(), "0000" | "0000-00" | "0000-W00" | "0000-00-00"),
        Some(time) => {
            shape == "0000-00-00"
                && !time.is_empty()
                && time.split(':').all(|part| part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit()))
        }
    }
}
