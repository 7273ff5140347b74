//! A graph in JSON-LD 1.1 (<https://www.w3.org/TR/json-ld11/>) in the terms of schema.org, for knowledge graphs.
//!
//! ```text
//! NewsArticle ──hasPart──▶ Quotation ──creator──▶ Person, Organization
//!   └─about, mentions──▶ Person, Organization, Place, …
//! oa:Annotation ──oa:hasBody──▶ one of them, ──oa:hasTarget──▶ its places in the text
//! ```
//!
//! - The context is inline: reading the graph asks nothing of a network.
//! - The document is named by the digest of its text (RFC 6920), everything else within it, `doc:e1` as the answer's ids,
//!   `doc:q1`, `doc:r1` by number: graphs of many documents can be joined, and offsets tell what they count in. (Names with
//!   a prefix and not relative to a base, since there are readers that know bases of a few schemes alone.)
//! - Places in the text are selectors of Web Annotation (<https://www.w3.org/TR/annotation-model/>), which count code
//!   points, beside the slice that they select.
//! - `creator` is who said a quotation: schema.org means it for speakers of the real world, and `spokenByCharacter` for
//!   characters of a work, who are said to speak within it.
//! - schema.org lets persons and organisations alone speak, employ and meet. A country or group that does is an
//!   organisation too.

mod terms;

use std::io::{self, Write};

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};

use super::{Show, labels};
use crate::pb;

/// Writes the graph of one document; indented for people, or on one line. `answer` counts code points.
pub fn extraction(
    out: &mut dyn Write,
    show: &Show<'_>,
    answer: &pb::ExtractResponse,
    indented: bool,
) -> io::Result<()> {
    let graph = Graph { document: name_of(show.text), show, answer };
    let context = terms::context(&graph.document, &answer.language);
    let document = json!({ "@context": context, "@graph": graph.nodes() });
    let written = if indented { serde_json::to_string_pretty(&document)? } else { serde_json::to_string(&document)? };
    // stands in strings alone, and must not end the <script> element that a page may hold the graph in
    writeln!(out, "{}", written.replace('<', r"\u003c"))
}

/// The name of a text by its content: `ni:///sha-256;` and its digest in base64url.
fn name_of(text: &str) -> String {
    format!("ni:///sha-256;{}", BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(text.as_bytes())))
}

struct Graph<'a> {
    /// The document's IRI.
    document: String,
    show: &'a Show<'a>,
    answer: &'a pb::ExtractResponse,
}

impl Graph<'_> {
    fn nodes(&self) -> Vec<Value> {
        let (bodies, mut related) = (self.bodies(), self.related());
        let mut nodes = vec![self.article()];
        nodes.extend(self.answer.entities.iter().map(|entity| {
            let related = related.remove(entity.id.as_str()).unwrap_or_default();
            Self::entity(entity, &bodies, related)
        }));
        nodes.extend((1..).zip(&self.answer.quotations).map(|(number, quotation)| self.quotation(number, quotation)));
        let relations = (1..).zip(&self.answer.relations);
        nodes.extend(relations.filter_map(|(number, relation)| self.meeting(number, relation)));
        nodes.extend(self.annotations());
        nodes
    }

    fn article(&self) -> Value {
        let answer = self.answer;
        let mut node = node(&self.document, "NewsArticle");
        if !answer.document_id.is_empty() {
            node.insert("identifier".to_owned(), json!(answer.document_id));
        }
        if answer.language != "und" {
            node.insert("inLanguage".to_owned(), json!(answer.language));
        }
        if let Some(date) = self.show.published {
            node.insert("datePublished".to_owned(), json!(date.to_string()));
        }
        let mut seen = FxHashSet::default();
        let periods: Vec<_> =
            answer.times.iter().filter_map(terms::period).filter(|p| seen.insert(p.clone())).collect();
        insert_all(&mut node, "temporalCoverage", periods.into_iter().map(Value::from).collect());
        // what the document is about: the most salient, and what comes near it
        let highest = answer.entities.iter().map(|entity| entity.salience).fold(0.0, f32::max);
        let (about, mentions): (Vec<_>, Vec<_>) =
            answer.entities.iter().partition(|entity| highest > 0.0 && entity.salience >= highest / 2.0);
        insert_all(&mut node, "about", about.into_iter().map(|entity| named(&entity.id)).collect());
        insert_all(&mut node, "mentions", mentions.into_iter().map(|entity| named(&entity.id)).collect());
        let quotations = (1..=answer.quotations.len()).map(|number| named(&format!("q{number}")));
        insert_all(&mut node, "hasPart", quotations.collect());
        Value::Object(node)
    }

    /// `entity` with what it is `related` to, as properties and ids.
    fn entity(entity: &pb::Entity, bodies: &FxHashSet<&str>, mut related: Vec<(&str, &str)>) -> Value {
        let mut types = vec![terms::type_of(entity)];
        let person_or_body = matches!(entity.r#type(), pb::EntityType::Person | pb::EntityType::Organization);
        if !person_or_body && bodies.contains(entity.id.as_str()) {
            types.push("Organization");
        }
        let mut node = node(&format!("doc:{}", entity.id), types);
        node.insert("name".to_owned(), json!(entity.name));
        insert_all(&mut node, "alternateName", alternate_names(entity));
        if entity.r#type() == pb::EntityType::Person {
            insert_all(&mut node, "jobTitle", labels::titles(entity).into_iter().map(Value::from).collect());
        }
        let identifiers = entity
            .ids
            .iter()
            .map(|id| json!({ "@type": "PropertyValue", "propertyID": id.authority, "value": id.value }));
        insert_all(&mut node, "identifier", identifiers.collect());
        let same = entity.ids.iter().filter_map(terms::same_as).map(Value::from);
        insert_all(&mut node, "sameAs", same.collect());
        related.sort_by_key(|&(property, _)| property);
        related.dedup();
        for properties in related.chunk_by(|(one, _), (other, _)| one == other) {
            let objects = properties.iter().map(|(_, id)| named(id)).collect();
            insert_all(&mut node, properties[0].0, objects);
        }
        Value::Object(node)
    }

    /// What the relations say of each entity, as properties and the ids of other entities.
    fn related(&self) -> FxHashMap<&str, Vec<(&str, &str)>> {
        let mut related: FxHashMap<&str, Vec<(&str, &str)>> = FxHashMap::default();
        for relation in &self.answer.relations {
            let ids = [&relation.subject_entity_id, &relation.object_entity_id];
            let [Some(subject), Some(object)] = ids.map(|id| labels::entity(self.answer, id)) else { continue };
            let property = terms::property(relation.r#type(), subject.r#type(), object.r#type());
            let of_subject = related.entry(&subject.id).or_default();
            of_subject.extend(property.map(|property| (property, object.id.as_str())));
        }
        related
    }

    fn quotation(&self, number: usize, quotation: &pb::Quotation) -> Value {
        let mut node = node(&format!("doc:q{number}"), "Quotation");
        let pieces: Vec<_> = quotation.content.iter().map(|piece| piece.text.as_str()).collect();
        node.insert("text".to_owned(), json!(pieces.join(" … ")));
        node.insert("isPartOf".to_owned(), json!(self.document));
        let kind = labels::words(quotation.kind().as_str_name(), "QUOTATION_KIND_");
        if !kind.is_empty() {
            node.insert("additionalType".to_owned(), json!(kind));
        }
        let act = quotation.cue.as_ref().map(|cue| labels::words(cue.category().as_str_name(), "CUE_CATEGORY_"));
        insert_all(&mut node, "keywords", act.filter(|act| !act.is_empty()).into_iter().map(Value::from).collect());
        let (mut creators, mut credits) = (Vec::new(), Vec::new());
        for speaker in &quotation.speakers {
            match labels::entity(self.answer, &speaker.entity_id) {
                Some(entity) => creators.push(named(&entity.id)),
                None => credits.push(Value::from(speaker.text.as_str())),
            }
        }
        insert_all(&mut node, "creator", creators);
        insert_all(&mut node, "creditText", credits);
        let relay = labels::entity(self.answer, &quotation.relayed_by_entity_id);
        insert_all(&mut node, "publisher", relay.into_iter().map(|entity| named(&entity.id)).collect());
        Value::Object(node)
    }

    /// Those that met have no property of their own in schema.org: they attend an event.
    fn meeting(&self, number: usize, relation: &pb::Relation) -> Option<Value> {
        let ids = [&relation.subject_entity_id, &relation.object_entity_id];
        let [Some(one), Some(other)] = ids.map(|id| labels::entity(self.answer, id)) else { return None };
        (relation.r#type() == pb::RelationType::Met).then(|| {
            let mut node = node(&format!("doc:r{number}"), "Event");
            insert_all(&mut node, "attendee", vec![named(&one.id), named(&other.id)]);
            Value::Object(node)
        })
    }

    /// The entities that schema.org wants to be persons or organisations.
    fn bodies(&self) -> FxHashSet<&str> {
        let answer = self.answer;
        let mut ids: FxHashSet<&str> = FxHashSet::default();
        for quotation in &answer.quotations {
            ids.extend(quotation.speakers.iter().map(|speaker| speaker.entity_id.as_str()));
            ids.insert(&quotation.relayed_by_entity_id);
        }
        for relation in &answer.relations {
            match relation.r#type() {
                pb::RelationType::HoldsOffice | pb::RelationType::WorksFor => {
                    ids.insert(&relation.object_entity_id);
                }
                pb::RelationType::Met => {
                    ids.extend([relation.subject_entity_id.as_str(), &relation.object_entity_id]);
                }
                _ => {}
            }
        }
        ids
    }

    /// Where entities, quotations and meetings stand in the text.
    fn annotations(&self) -> Vec<Value> {
        let answer = self.answer;
        let mut nodes = Vec::new();
        for entity in &answer.entities {
            let places = entity.mentions.iter().map(|mention| (mention.span, mention.text.as_str()));
            nodes.extend(self.annotation(&entity.id, "identifying", places));
        }
        for (number, quotation) in (1..).zip(&answer.quotations) {
            let places = quotation.content.iter().map(|piece| (piece.span, piece.text.as_str()));
            nodes.extend(self.annotation(&format!("q{number}"), "identifying", places));
        }
        for (number, relation) in (1..).zip(&answer.relations) {
            if relation.r#type() == pb::RelationType::Met {
                let places = relation.evidence.iter().map(|evidence| (evidence.span, evidence.text.as_str()));
                nodes.extend(self.annotation(&format!("r{number}"), "describing", places));
            }
        }
        nodes
    }

    fn annotation<'t>(
        &self,
        id: &str,
        motivation: &str,
        places: impl Iterator<Item = (Option<pb::Span>, &'t str)>,
    ) -> Option<Value> {
        let targets: Vec<_> = places
            .filter_map(|(span, text)| span.map(|span| (span, text)))
            .map(|(span, text)| {
                json!({
                    "@type": "oa:SpecificResource",
                    "oa:hasSource": self.document,
                    "oa:hasSelector": [
                        { "@type": "oa:TextPositionSelector", "oa:start": span.begin, "oa:end": span.end },
                        { "@type": "oa:TextQuoteSelector", "oa:exact": text },
                    ],
                })
            })
            .collect();
        (!targets.is_empty()).then(|| {
            let mut node = node(&format!("doc:{id}-text"), "oa:Annotation");
            node.insert("oa:motivatedBy".to_owned(), json!(format!("oa:{motivation}")));
            node.insert("oa:hasBody".to_owned(), named(id));
            node.insert("oa:hasTarget".to_owned(), Value::Array(targets));
            Value::Object(node)
        })
    }
}

fn node(id: &str, types: impl Into<Types>) -> Map<String, Value> {
    let Types(types) = types.into();
    Map::from_iter([("@id".to_owned(), json!(id)), ("@type".to_owned(), types)])
}

/// One type, or several.
struct Types(Value);

impl From<&str> for Types {
    fn from(one: &str) -> Self {
        Self(json!(one))
    }
}

impl From<Vec<&str>> for Types {
    fn from(types: Vec<&str>) -> Self {
        Self(if let [one] = types[..] { json!(one) } else { json!(types) })
    }
}

/// A reference to `id` of this document.
fn named(id: &str) -> Value {
    json!(format!("doc:{id}"))
}

/// Lists are lists even of one value, and left out where they are empty.
fn insert_all(node: &mut Map<String, Value>, property: &str, values: Vec<Value>) {
    if !values.is_empty() {
        node.insert(property.to_owned(), Value::Array(values));
    }
}

/// What else the text calls `entity` by name, and its name in Latin letters.
fn alternate_names(entity: &pb::Entity) -> Vec<Value> {
    let mut seen = FxHashSet::from_iter([entity.name.as_str()]);
    let by_name = entity
        .mentions
        .iter()
        .filter(|mention| mention.form() == pb::MentionForm::Name && mention.r#type() != pb::MentionType::Nationality);
    let mut names: Vec<_> = by_name
        .map(|mention| mention.underlying.as_str())
        .filter(|name| !name.is_empty() && seen.insert(name))
        .map(Value::from)
        .collect();
    if !entity.latin_name.is_empty() {
        // English, or a transliteration
        names.push(json!({ "@value": entity.latin_name, "@language": "und-Latn" }));
    }
    names
}

#[cfg(test)]
mod tests;
