//! The engine: every stage in its fixed order, from a document to its answer.
//!
//! An [`Engine`] is immutable and shared behind an `Arc`; a [`Worker`] holds the scratch of one thread. The engine does
//! no I/O, reads no clock and fails on valid input only when it is told to stop.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use sha2::{Digest as _, Sha256};

use crate::{
    document::{Document, Layer, Layers},
    entities::{self, Entities, Recognizer, names_file::NamesFile},
    morphology::{self, Words},
    numbers::{self, Amount, atoms::Atoms},
    quotations::{self, Quotation},
    relations::{self, Relation},
    text::{self, Text, language},
    time::{self, TimeExpression},
};

/// A flag that tells a running computation to stop; cloned into it.
#[derive(Clone, Debug, Default)]
pub struct Stop(Arc<AtomicBool>);

impl Stop {
    /// Tells the computation to stop.
    pub fn stop(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// `Err` once it was told to stop.
    pub fn check(&self) -> Result<(), Stopped> {
        if self.0.load(Ordering::Relaxed) { Err(Stopped) } else { Ok(()) }
    }
}

/// The computation was told to stop before it had an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("stopped before the answer was ready")]
pub struct Stopped;

/// Something the caller should know of an answer that is otherwise right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Warning {
    /// The text is not Arabic; only language-independent layers have content.
    NotArabic,
    /// Relative times have no value, since the document has no publication time.
    NoPublicationTime,
}

impl Warning {
    /// Every warning, in the order in which answers list them.
    pub const ALL: [Self; 2] = [Self::NotArabic, Self::NoPublicationTime];

    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::NotArabic => "NOT_ARABIC",
            Self::NoPublicationTime => "NO_PUBLICATION_TIME",
        }
    }

    /// One sentence for a person.
    pub fn message(self) -> &'static str {
        match self {
            Self::NotArabic => "The text is not Arabic: layers that need Arabic are empty.",
            Self::NoPublicationTime => {
                "The document has no publication time: relative times have their span and no value."
            }
        }
    }
}

/// What was found in a document. Spans are bytes of its text; layers that were not computed are empty.
#[derive(Debug)]
pub struct Answer<'a> {
    /// The text with its sentences and tokens.
    pub text: Text<'a>,
    /// The words, where they were computed.
    pub words: &'a Words,
    /// BCP 47 tag.
    pub language: String,
    /// The layers that were computed.
    pub layers: Layers,
    /// Entities and mentions.
    pub entities: Entities,
    /// Quotations.
    pub quotations: Vec<Quotation>,
    /// Times.
    pub times: Vec<TimeExpression>,
    /// Amounts.
    pub amounts: Vec<Amount>,
    /// Relations.
    pub relations: Vec<Relation>,
    /// Warnings.
    pub warnings: Vec<Warning>,
}

/// The immutable pipeline.
#[derive(Debug)]
pub struct Engine {
    recognizer: Recognizer,
    fingerprint: String,
}

impl Default for Engine {
    fn default() -> Self {
        Self::new(Recognizer::default(), None)
    }
}

impl Engine {
    /// The pipeline with `recognizer`, which knows the deployment's `names` where there are some.
    pub fn new(recognizer: Recognizer, names: Option<&NamesFile>) -> Self {
        let mut digest = Sha256::new();
        // digest of the code and the tables, taken by build.rs
        digest.update(env!("ISNAD_BUILD_DIGEST"));
        digest.update(recognizer.model_digest());
        if let Some(names) = names {
            digest.update(names.digest().to_le_bytes());
        }
        let fingerprint = digest.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect();
        Self { recognizer, fingerprint }
    }

    /// What finds mentions, with its lists.
    pub fn recognizer(&self) -> &Recognizer {
        &self.recognizer
    }

    /// Hexadecimal digest of everything that decides an answer: the code, the tables, the model and the
    /// deployment's names.
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }
}

/// The scratch of one thread.
#[derive(Debug)]
pub struct Worker {
    engine: Arc<Engine>,
    buffers: text::Buffers,
    words: Words,
    scratch: entities::Scratch,
}

impl Worker {
    /// A worker of `engine`.
    pub fn new(engine: Arc<Engine>) -> Self {
        Self {
            engine,
            buffers: text::Buffers::default(),
            words: Words::default(),
            scratch: entities::Scratch::default(),
        }
    }

    /// Computes `layers` of `document` and hands the answer to `finish`, which turns it into what outlives the
    /// worker's scratch. Layers that wanted ones are built on are computed too.
    ///
    /// # Errors
    /// [`Stopped`] when `stop` was set before the end.
    pub fn run<T>(
        &mut self,
        document: &Document,
        layers: Layers,
        stop: &Stop,
        finish: impl FnOnce(&Answer<'_>) -> T,
    ) -> Result<T, Stopped> {
        self.compute(document, layers, None, stop, finish)
    }

    /// The same where it is known at which bytes of the text words begin, for scoring what else is told of them.
    pub(crate) fn run_segmented<T>(
        &mut self,
        document: &Document,
        layers: Layers,
        begins: &[u32],
        finish: impl FnOnce(&Answer<'_>) -> T,
    ) -> Result<T, Stopped> {
        self.compute(document, layers, Some(begins), &Stop::default(), finish)
    }

    fn compute<T>(
        &mut self,
        document: &Document,
        layers: Layers,
        begins: Option<&[u32]>,
        stop: &Stop,
        finish: impl FnOnce(&Answer<'_>) -> T,
    ) -> Result<T, Stopped> {
        use Layer::{Amounts, Entities as EntityLayer, Quotations, Relations, Times};

        stop.check()?;
        let layers = with_prerequisites(layers);
        let text = Text::read(&document.text, std::mem::take(&mut self.buffers));
        let language = match document.language.as_str() {
            "" => language::detect(&text).to_owned(),
            given => given.to_owned(),
        };
        let arabic = language.split('-').next().is_some_and(|primary| primary.eq_ignore_ascii_case("ar"));
        if layers.any(&[Layer::Words, EntityLayer, Quotations, Relations]) {
            match begins {
                None => morphology::analyse(&text, &mut self.words),
                Some(begins) => morphology::analyse_segmented(&text, begins, &mut self.words),
            }
        }
        stop.check()?;

        let on = |wanted: &[Layer]| arabic && layers.any(wanted);
        let recognizer = &self.engine.recognizer;
        let joined = on(&[EntityLayer, Quotations, Relations]);
        // the model reads mentions and revises the words
        let read = (joined || on(&[Layer::Words]) && recognizer.revises())
            .then(|| recognizer.read(&text, &mut self.words, &mut self.scratch));
        if let Some(read) = read.as_ref().filter(|_| begins.is_none()) {
            recognizer.unite(&text, &mut self.words, read);
        }
        stop.check()?;
        let words = &self.words;
        let entities = read.filter(|_| joined).map(|read| recognizer.join(&text, &read)).unwrap_or_default();
        stop.check()?;
        let published = document.published.map(|at| at.to_zoned_datetime(document.zone.clone()));
        let (mut times, mut amounts) = (Vec::new(), Vec::new());
        if layers.any(&[Times, Amounts]) {
            let atoms = Atoms::of(&text);
            if layers.has(Times) {
                times = time::extract(&atoms, published.as_ref(), &document.zone);
            }
            if layers.has(Amounts) {
                amounts = numbers::extract(&atoms, &document.zone);
            }
        }
        stop.check()?;
        let quotations = if on(&[Quotations]) { quotations::extract(&text, words, &entities) } else { Vec::new() };
        stop.check()?;
        let relations = if on(&[Relations]) { relations::extract(&text, words, &entities) } else { Vec::new() };

        let mut warnings = Vec::new();
        if !arabic {
            warnings.push(Warning::NotArabic);
        }
        if published.is_none() && times.iter().any(|t| t.relative) {
            warnings.push(Warning::NoPublicationTime);
        }
        let answer =
            Answer { text, words, language, layers, entities, quotations, times, amounts, relations, warnings };
        let finished = finish(&answer);
        self.buffers = answer.text.into_buffers();
        Ok(finished)
    }
}

/// `layers` and those that the contract says they include.
fn with_prerequisites(layers: Layers) -> Layers {
    let mut all = layers;
    if layers.has(Layer::Words) {
        all = all.with(Layer::Tokens).with(Layer::Sentences);
    }
    if layers.has(Layer::Tokens) {
        all = all.with(Layer::Sentences);
    }
    if layers.has(Layer::Relations) {
        all = all.with(Layer::Entities);
    }
    all
}
