//! What the engine is asked: a validated document and the layers wanted.

use jiff::{Timestamp, tz::TimeZone};

/// A document that passed validation: the text is not empty, within the limits, and the zone exists.
#[derive(Clone, Debug)]
pub struct Document {
    /// The caller's id, returned as it came.
    pub id: String,
    /// The text exactly as sent.
    pub text: String,
    /// BCP 47 tag, or empty to detect.
    pub language: String,
    /// When it was published; relative times resolve against it alone.
    pub published: Option<Timestamp>,
    /// The zone that days begin and end in.
    pub zone: TimeZone,
}

/// The unit that the caller counts positions in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OffsetUnit {
    /// UTF-8 bytes.
    #[default]
    Utf8,
    /// UTF-16 code units.
    Utf16,
    /// Unicode code points.
    CodePoints,
}

/// One layer of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Layer {
    /// Sentences.
    Sentences = 1,
    /// Tokens of the sentences.
    Tokens,
    /// Words of the tokens.
    Words,
    /// Entities and mentions.
    Entities,
    /// Quotations.
    Quotations,
    /// Dates, times, durations.
    Times,
    /// Money, percentages, quantities.
    Amounts,
    /// Relations.
    Relations,
}

impl Layer {
    /// Every layer, in ascending order.
    pub const ALL: [Self; 8] = [
        Self::Sentences,
        Self::Tokens,
        Self::Words,
        Self::Entities,
        Self::Quotations,
        Self::Times,
        Self::Amounts,
        Self::Relations,
    ];
}

/// A set of layers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Layers(u16);

impl Layers {
    /// The set of the given layers.
    pub fn of(layers: &[Layer]) -> Self {
        layers.iter().fold(Self::default(), |set, &layer| set.with(layer))
    }

    /// This set and `layer`.
    pub fn with(self, layer: Layer) -> Self {
        Self(self.0 | 1 << layer as u8)
    }

    /// Whether `layer` is in the set.
    pub fn has(self, layer: Layer) -> bool {
        self.0 & 1 << layer as u8 != 0
    }

    /// Whether one of `layers` is in the set.
    pub fn any(self, layers: &[Layer]) -> bool {
        layers.iter().any(|&layer| self.has(layer))
    }

    /// The layers in ascending order.
    pub fn iter(self) -> impl Iterator<Item = Layer> {
        Layer::ALL.into_iter().filter(move |&layer| self.has(layer))
    }
}
