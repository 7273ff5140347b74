//! `isnad analyze` and `isnad extract`: the engine in this process.

use std::{fmt::Display, fs, io, path::Path, sync::Arc};

use super::{
    Failure, Status, input,
    views::{Answer, Show, View},
};
use crate::{
    config::{Format, Reading, TablesFlags},
    convert::{
        answer,
        validate::{self, MAX_CODE_POINTS, Method},
    },
    document::{Layer, OffsetUnit},
    engine::{Engine, Stop, Worker},
    entities::{Learned, Recognizer, gazetteer::Gazetteer, names_file::NamesFile},
    pb,
};

/// Reads the files one by one and shows their answers. A file that fails is reported and the next one read; the first
/// failure decides the exit status.
pub fn read(method: Method, layers: &[Layer], tables: &TablesFlags, reading: &Reading) -> Result<(), Failure> {
    check(method, layers, reading.format)?;
    let mut asker = Asker::new(Arc::new(engine(tables)?));
    let question = Question { method, layers, unit: unit(reading) };
    each_file(reading, |document| asker.ask(document, &question))
}

/// Refuses a format that cannot show what is asked for.
pub fn check(method: Method, layers: &[Layer], format: Format) -> Result<(), Failure> {
    let words = method == Method::Analyze && (layers.is_empty() || layers.contains(&Layer::Words));
    if format == Format::Conllu && !words {
        return Err(Failure::new(Status::Usage, "--format conllu shows words: ask for them with analyze"));
    }
    if format == Format::Jsonld && method == Method::Analyze {
        return Err(Failure::new(Status::Usage, "--format jsonld shows who is named and quoted: ask with extract"));
    }
    Ok(())
}

/// The unit to ask for: the views find their way by bytes, whatever the JSON form counts; the selectors of JSON-LD count
/// code points.
pub fn unit(reading: &Reading) -> OffsetUnit {
    match reading.format {
        Format::Json => reading.offsets,
        Format::Jsonld => OffsetUnit::CodePoints,
        Format::Text | Format::Html | Format::Conllu => OffsetUnit::Utf8,
    }
}

/// Shows what `ask` answers to each file of `reading`.
pub fn each_file(
    reading: &Reading,
    mut ask: impl FnMut(pb::Document) -> Result<Answer, Failure>,
) -> Result<(), Failure> {
    let mut view = View::new(reading.format, reading.files.len());
    let mut held: Option<Failure> = None;
    for file in &reading.files {
        let answered = input::document(file, reading).and_then(|document| {
            let text = document.text.clone();
            let answer = ask(document).map_err(|failure| Failure {
                message: format!("{}: {}", input::name(file), failure.message),
                ..failure
            })?;
            Ok((text, answer))
        });
        match answered {
            Ok((text, answer)) => view.show(&Show {
                name: &input::name(file),
                text: &text,
                published: reading.date,
                zone: &reading.time_zone,
                answer: &answer,
            })?,
            Err(failure) => {
                // the last one is reported by the caller
                held = Some(match held.take() {
                    None => failure,
                    Some(earlier) => {
                        earlier.report();
                        Failure { status: earlier.status, ..failure }
                    }
                });
            }
        }
    }
    view.finish()?;
    held.map_or(Ok(()), Err)
}

/// The engine with the deployment's names and model.
///
/// # Errors
/// A file cannot be read, lines of the names are wrong (all of them are told), or the model is none for this version.
pub fn engine(flags: &TablesFlags) -> Result<Engine, Failure> {
    match (learned(flags), names(flags)) {
        (Ok(learned), Ok(names)) => Ok(engine_of(learned, names)),
        (Err(one), Err(other)) => Err(Failure { message: format!("{}\n       {}", one.message, other.message), ..one }),
        (Err(failure), _) | (_, Err(failure)) => Err(failure),
    }
}

/// The engine with the deployment's names, and the model that is given.
///
/// # Errors
/// The file of names cannot be read, or lines of it are wrong.
pub fn engine_with(flags: &TablesFlags, learned: Option<Learned>) -> Result<Engine, Failure> {
    Ok(engine_of(learned, names(flags)?))
}

fn engine_of(learned: Option<Learned>, names: Option<(NamesFile, Gazetteer)>) -> Engine {
    let (names, gazetteer) = names.unzip();
    Engine::new(Recognizer::new(gazetteer.unwrap_or_default(), learned), names.as_ref())
}

fn names(flags: &TablesFlags) -> Result<Option<(NamesFile, Gazetteer)>, Failure> {
    let Some(file) = &flags.names else { return Ok(None) };
    let text = fs::read_to_string(file).map_err(|error| match error.kind() {
        io::ErrorKind::InvalidData => failure(file, Status::Data, &"not UTF-8"),
        _ => failure(file, Status::NoInput, &error),
    })?;
    let names = NamesFile::parse(&text).map_err(|error| failure(file, Status::Data, &error))?;
    let gazetteer = Gazetteer::with_names(&names).map_err(|error| failure(file, Status::Data, &error))?;
    Ok(Some((names, gazetteer)))
}

/// The deployment's model, else the built-in one, at the deployment's operating point.
///
/// # Errors
/// The file cannot be read, or is no model for this version.
pub fn learned(flags: &TablesFlags) -> Result<Option<Learned>, Failure> {
    let learned = match &flags.model {
        None => Learned::embedded(),
        Some(file) => {
            let bytes = fs::read(file).map_err(|error| failure(file, Status::NoInput, &error))?;
            let learned = Learned::from_bytes(bytes);
            Some(learned.map_err(|error| failure(file, Status::Data, &super::chain(&error)))?)
        }
    };
    Ok(learned.map(|learned| learned.at(flags.operating_point)))
}

fn failure(file: &Path, status: Status, why: &dyn Display) -> Failure {
    Failure::new(status, format!("{}: {why}", file.display()))
}

/// What is asked of each document.
pub struct Question<'q> {
    /// The method.
    pub method: Method,
    /// The layers wanted; empty: all of the method.
    pub layers: &'q [Layer],
    /// What spans count.
    pub unit: OffsetUnit,
}

impl Question<'_> {
    /// The layers as the contract numbers them.
    pub fn layer_numbers(&self) -> Vec<i32> {
        self.layers.iter().map(|&layer| pb::Layer::from(layer).into()).collect()
    }
}

/// Puts questions to the engine, one at a time.
pub struct Asker {
    worker: Worker,
    pipeline: pb::Pipeline,
}

/// Why a document has no answer.
pub enum NoAnswer {
    /// It was refused.
    Refused(validate::Refusal),
    /// The engine stopped.
    Stopped,
}

impl Asker {
    /// Asks `engine`.
    pub fn new(engine: Arc<Engine>) -> Self {
        let version = env!("CARGO_PKG_VERSION").to_owned();
        let pipeline = pb::Pipeline { version, fingerprint: engine.fingerprint().to_owned() };
        Self { worker: Worker::new(engine), pipeline }
    }

    /// The answer to `question` about `document`.
    pub fn answer(&mut self, document: pb::Document, question: &Question<'_>) -> Result<Answer, NoAnswer> {
        let unit = pb::OffsetUnit::from(question.unit).into();
        let request =
            validate::request(question.method, Some(document), &question.layer_numbers(), unit, MAX_CODE_POINTS)
                .map_err(NoAnswer::Refused)?;
        let (document, pipeline) = (&request.document, &self.pipeline);
        self.worker
            .run(document, request.layers, &Stop::default(), |found| match question.method {
                Method::Analyze => Answer::Analysis(answer::analyze(found, document, request.unit, pipeline)),
                Method::Extract => Answer::Extraction(answer::extract(found, document, request.unit, pipeline)),
            })
            .map_err(|_| NoAnswer::Stopped)
    }

    /// The same for the command line.
    fn ask(&mut self, document: pb::Document, question: &Question<'_>) -> Result<Answer, Failure> {
        self.answer(document, question).map_err(|none| match none {
            NoAnswer::Refused(refusal) => Failure::new(Status::Data, refusal.to_string()),
            NoAnswer::Stopped => Failure::new(Status::Software, "stopped before the answer was ready"),
        })
    }
}
