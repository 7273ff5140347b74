//! The domain's labels as the contract's. Each pair is listed, so that a label added on one side fails to compile.

use crate::{document, entities, morphology, numbers, pb, quotations, relations, text, time};

/// Writes `From` for two enums whose variants have the same names.
macro_rules! same {
    ($($from:path => $to:path { $($label:ident),+ $(,)? })+) => {$(
        impl From<$from> for $to {
            fn from(label: $from) -> Self {
                use $from as Domain;
                match label { $(Domain::$label => Self::$label,)+ }
            }
        }
    )+};
}

same! {
    document::Layer => pb::Layer {
        Sentences, Tokens, Words, Entities, Quotations, Times, Amounts, Relations,
    }
    text::TokenKind => pb::TokenKind {
        Word, Foreign, Number, Date, Punctuation, Symbol, Url, Email, Hashtag, Handle, Emoji,
    }
    morphology::Source => pb::Source { Rule, Lexicon, Model, Deployment }
    entities::EntityType => pb::EntityType {
        Person, Organization, Geopolitical, Location, Facility, Group, Event, Product, Work, Law,
    }
    entities::MentionForm => pb::MentionForm { Name, Nominal, Pronoun }
    quotations::QuotationKind => pb::QuotationKind { Direct, Indirect, Mixed }
    quotations::CueCategory => pb::CueCategory {
        Say, Announce, Assert, Add, Explain, Claim, Deny, Warn, Demand, Ask, Answer, Criticize, Express, Write, Report,
        AccordingTo,
    }
    quotations::SpeakerResolution => pb::SpeakerResolution { Named, Title, Pronoun, CarriedOver, Anonymous }
    time::TimeType => pb::TimeType { Date, Time, Duration, Set }
    time::Granularity => pb::Granularity {
        Unspecified, Second, Minute, Hour, PartOfDay, Day, Week, Month, Quarter, Season, Year, Decade, Century,
    }
    numbers::AmountType => pb::AmountType { Money, Percent, Quantity }
    relations::RelationType => pb::RelationType { HoldsOffice, WorksFor, LocatedIn, PartOf, Met }
}

impl From<document::OffsetUnit> for pb::OffsetUnit {
    fn from(unit: document::OffsetUnit) -> Self {
        match unit {
            document::OffsetUnit::Utf8 => Self::Utf8Bytes,
            document::OffsetUnit::Utf16 => Self::Utf16CodeUnits,
            document::OffsetUnit::CodePoints => Self::CodePoints,
        }
    }
}

impl From<entities::MentionType> for pb::MentionType {
    fn from(kind: entities::MentionType) -> Self {
        use entities::EntityType as Type;
        match kind {
            entities::MentionType::Entity(Type::Person) => Self::Person,
            entities::MentionType::Entity(Type::Organization) => Self::Organization,
            entities::MentionType::Entity(Type::Geopolitical) => Self::Geopolitical,
            entities::MentionType::Entity(Type::Location) => Self::Location,
            entities::MentionType::Entity(Type::Facility) => Self::Facility,
            entities::MentionType::Entity(Type::Group) => Self::Group,
            entities::MentionType::Entity(Type::Event) => Self::Event,
            entities::MentionType::Entity(Type::Product) => Self::Product,
            entities::MentionType::Entity(Type::Work) => Self::Work,
            entities::MentionType::Entity(Type::Law) => Self::Law,
            entities::MentionType::Title => Self::Title,
            entities::MentionType::Nationality => Self::Nationality,
        }
    }
}

/// Every part of speech.
pub(crate) const UPOS: [morphology::Upos; 17] = {
    use morphology::Upos::*;
    [Adj, Adp, Adv, Aux, Cconj, Det, Intj, Noun, Num, Part, Pron, Propn, Punct, Sconj, Sym, Verb, X]
};

/// The name of a part of speech in Universal Dependencies, and what it is.
pub(crate) fn upos(upos: morphology::Upos) -> (&'static str, &'static str) {
    use morphology::Upos;
    match upos {
        Upos::Adj => ("ADJ", "Adjective."),
        Upos::Adp => ("ADP", "Adposition: a preposition."),
        Upos::Adv => ("ADV", "Adverb."),
        Upos::Aux => ("AUX", "Auxiliary."),
        Upos::Cconj => ("CCONJ", "Coordinating conjunction."),
        Upos::Det => ("DET", "Determiner."),
        Upos::Intj => ("INTJ", "Interjection."),
        Upos::Noun => ("NOUN", "Noun."),
        Upos::Num => ("NUM", "Numeral, in digits or in words."),
        Upos::Part => ("PART", "Particle."),
        Upos::Pron => ("PRON", "Pronoun, attached pronouns included."),
        Upos::Propn => ("PROPN", "Proper noun."),
        Upos::Punct => ("PUNCT", "Punctuation."),
        Upos::Sconj => ("SCONJ", "Subordinating conjunction."),
        Upos::Sym => ("SYM", "Symbol."),
        Upos::Verb => ("VERB", "Verb."),
        Upos::X => ("X", "Not known."),
    }
}
