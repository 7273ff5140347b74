//! The third stage: mentions of persons, organisations, places and more, joined into the document's entities.
//!
//! [`gazetteer`] knows names, `lexicon` the words that titles and names are built with. `phrases` reads candidates from the
//! end of the text to its beginning by the rules in `names`, `nominals` and `titles`; `echoes` finds short names of
//! persons named in full elsewhere; `tree` nests what was found; `coreference` joins it into entities; `descriptions` adds
//! nouns that stand for one of them; `describe` names them.

mod coreference;
mod describe;
mod descriptions;
mod echoes;
pub(crate) mod evidence;
pub mod gazetteer;
mod hosts;
mod latin;
mod learned;
mod lexicon;
mod listed;
mod names;
pub mod names_file;
mod nominals;
mod phrases;
mod renown;
mod spans;
mod titles;
mod tree;

use std::ops::Range;

pub(crate) use coreference::is_former;
use gazetteer::Gazetteer;
pub use learned::{Learned, LearnedError, OperatingPoint, Scratch};
use lexicon::Lexicon;

#[cfg(feature = "train")]
use crate::model::Inputs;
use crate::{
    morphology::{Source, Words},
    span::Span,
    text::Text,
};

/// What an entity is; the contract's `EntityType`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum EntityType {
    Person,
    Organization,
    Geopolitical,
    Location,
    Facility,
    Group,
    Event,
    Product,
    Work,
    Law,
}

/// What a mention is; the contract's `MentionType`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MentionType {
    /// A mention of the entity's own type.
    Entity(EntityType),
    /// An office, rank or honorific; belongs to the person it denotes.
    Title,
    /// A nationality word; belongs to its country where that is mentioned, else to a group.
    Nationality,
}

/// How a mention refers; the contract's `MentionForm`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MentionForm {
    /// By a name.
    Name,
    /// By a description: a title, or a noun alone such as الوزارة and بلاده.
    Nominal,
    /// By a pronoun.
    Pronoun,
}

/// One place where the text speaks of an entity.
#[derive(Clone, Debug)]
pub struct Mention {
    /// What it is.
    pub kind: MentionType,
    /// How it refers.
    pub form: MentionForm,
    /// Its bytes in the original, without attached clitics.
    pub span: Span,
    /// The tokens that hold it.
    pub tokens: Range<usize>,
    /// The normalized mention as it would stand alone.
    pub underlying: String,
    /// Index of its entity.
    pub entity: usize,
    /// Index of the smallest mention that holds it.
    pub parent: Option<usize>,
    /// How it was found.
    pub source: Source,
    /// Calibrated probability that it is right, 0 to 1; nothing where no model judged it.
    pub confidence: Option<f32>,
}

impl Mention {
    /// Whether it only points to what the text names elsewhere: a pronoun, or a noun alone such as الوزارة.
    pub fn points_back(&self) -> bool {
        match self.form {
            MentionForm::Name => false,
            MentionForm::Nominal => self.kind != MentionType::Title,
            MentionForm::Pronoun => true,
        }
    }
}

/// Grammatical gender and number that later stages match verbs and pronouns against.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Agreement {
    /// Feminine if true, masculine if false.
    pub feminine: Option<bool>,
    /// Plural (persons) if true.
    pub plural: Option<bool>,
}

/// One thing that the document speaks of.
#[derive(Clone, Debug)]
pub struct Entity {
    /// What it is.
    pub kind: EntityType,
    /// Canonical name, free of clitics.
    pub name: String,
    /// Name in Latin script, or empty.
    pub latin_name: String,
    /// Public identifiers: register and identifier.
    pub ids: Vec<(String, String)>,
    /// Indices of its mentions, in the order of the text.
    pub mentions: Vec<usize>,
    /// Share of the document that is about it, 0 to 1; the saliences of a document add up to 1.
    pub salience: f32,
    /// Its gender and number as far as they show.
    pub agreement: Agreement,
}

/// The entities of a document with their mentions.
#[derive(Clone, Debug, Default)]
pub struct Entities {
    /// In the order of their first mention.
    pub entities: Vec<Entity>,
    /// In the order of the text: earlier begin first, longer first at the same begin.
    pub mentions: Vec<Mention>,
}

/// Finds mentions and joins them into entities. Immutable; made once.
#[derive(Debug)]
pub struct Recognizer {
    lexicon: Lexicon,
    gazetteer: Gazetteer,
    learned: Option<Learned>,
}

impl Default for Recognizer {
    fn default() -> Self {
        Self::new(Gazetteer::default(), Learned::embedded())
    }
}

impl Recognizer {
    /// A recognizer that knows the names of `gazetteer`; the rules alone without a model.
    pub fn new(gazetteer: Gazetteer, learned: Option<Learned>) -> Self {
        Self { lexicon: Lexicon::default(), gazetteer, learned }
    }

    /// What tells its model from others; nothing where it has none.
    pub fn model_digest(&self) -> String {
        self.learned.as_ref().map(Learned::digest).unwrap_or_default()
    }

    /// Fills `inputs` with what the model is told of `text`; returns the mentions of the rules.
    #[cfg(feature = "train")]
    pub(crate) fn evidence(
        &self,
        text: &Text<'_>,
        words: &Words,
        inputs: &mut Inputs,
    ) -> (Vec<evidence::Ruled>, Vec<usize>) {
        let hosts = hosts::read(text, words, &self.lexicon);
        let nodes = self.rules(text, &hosts);
        evidence::read(text, words, &hosts, &self.gazetteer, &nodes, inputs);
        (nodes.iter().map(evidence::Ruled::of).collect(), hosts.iter().map(|host| host.begin).collect())
    }

    /// The mentions that rules and lists find.
    fn rules(&self, text: &Text<'_>, hosts: &[hosts::Host<'_>]) -> Vec<tree::Node> {
        let mut candidates = phrases::Reader::read(text, hosts, &self.lexicon, &self.gazetteer);
        echoes::add(text, hosts, &self.gazetteer, &mut candidates);
        renown::doubt(text, &self.gazetteer, &mut candidates.phrases);
        tree::nest(&candidates.phrases)
    }

    /// Whether it revises words.
    pub fn revises(&self) -> bool {
        self.learned.as_ref().is_some_and(Learned::reads_words)
    }

    /// The mentions of `text`, in linear time. A model that reads words revises the parts of speech in `words`.
    pub fn read<'t>(&self, text: &'t Text<'_>, words: &mut Words, scratch: &mut Scratch) -> Read<'t> {
        let hosts = hosts::read(text, words, &self.lexicon);
        let ruled = self.rules(text, &hosts);
        let nodes = match &self.learned {
            Some(learned) => learned.decide(text, words, &hosts, &self.gazetteer, ruled, scratch),
            None => ruled,
        };
        Read { hosts, nodes }
    }

    /// Undoes the cuts of words inside of names in `read`, where a model revises words: و is a letter of والتر.
    pub fn unite(&self, text: &Text<'_>, words: &mut Words, read: &Read<'_>) {
        if self.revises() {
            let names = tree::cut_names(text, words, &read.nodes);
            words.unite(names);
        }
    }

    /// The entities of `text`, of which `read` has the mentions; in linear time.
    pub fn join(&self, text: &Text<'_>, read: &Read<'_>) -> Entities {
        let Read { hosts, nodes } = read;
        let clusters = coreference::resolve(text, hosts, &self.gazetteer, nodes);
        let (nodes, mut clusters) = descriptions::add(text, hosts, &self.gazetteer, nodes, clusters);
        describe::describe(text, hosts, &self.gazetteer, &nodes, &mut clusters)
    }

    /// All of it at once.
    pub fn extract(&self, text: &Text<'_>, words: &mut Words, scratch: &mut Scratch) -> Entities {
        let read = self.read(text, words, scratch);
        self.unite(text, words, &read);
        self.join(text, &read)
    }
}

/// The mentions of a text, not yet joined into entities.
#[derive(Debug)]
pub struct Read<'t> {
    hosts: Vec<hosts::Host<'t>>,
    nodes: Vec<tree::Node>,
}

#[cfg(test)]
mod tests;
