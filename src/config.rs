//! Flags and environment: the one module that reads them.
//!
//! Every setting of the server is a flag and an environment variable. Bad settings are all reported at once, with exit
//! status 64, before a port opens.

use std::{path::PathBuf, str::FromStr};

use clap::{
    Args, Parser, Subcommand, ValueEnum,
    builder::{PossibleValuesParser, TypedValueParser},
};
use jiff::{civil::Date, tz::TimeZone};

use crate::{
    convert::validate::Method,
    document::{Layer, OffsetUnit},
    eval::Scored,
};

/// Reads Arabic news: who is named, who said what, when, where, and how the words are built.
#[derive(Debug, Parser)]
#[command(version, about, max_term_width = 100, after_help = EXIT_STATUS)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

const EXIT_STATUS: &str = "\
Exit status:
  0   done
  64  bad flags or settings
  65  bad data: not UTF-8, an empty or too long text, a bad line of a batch
  66  no such file, or one that cannot be read
  69  the server cannot be reached or refuses for now
  70  a fault of this program
  74  writing failed";

/// The subcommands.
#[derive(Debug, Subcommand)]
#[allow(clippy::large_enum_variant)] // one of them is made once
pub enum Command {
    /// Show how texts are built: sentences, tokens, words.
    Analyze(AnalyzeFlags),
    /// Show who is named in texts, who said what, when, where and how much.
    Extract(ExtractFlags),
    /// Score a layer on annotated documents.
    Eval(EvalFlags),
    /// Read many documents from a JSON Lines file with all cores.
    ///
    /// IN holds an isnad.v1.Document in JSON form a line; OUT gets an isnad.v1.ExtractStreamResponse a line, in the
    /// same order. An interrupted batch goes on where it stopped when it is run again. Blank lines are left out.
    Batch(BatchFlags),
    /// Send texts to a running server.
    Call(CallFlags),
    /// Ask a running server whether it serves: the health check of containers.
    Probe(ProbeFlags),
}

/// How a text is read and its answer shown.
#[derive(Debug, Args)]
pub struct Reading {
    /// Publication date; days such as أمس are told from it.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    pub date: Option<Date>,
    /// IANA time zone of the publication, such as Asia/Riyadh.
    #[arg(long, value_name = "ZONE", default_value = "UTC", value_parser = zone)]
    pub time_zone: TimeZone,
    /// What the spans of the JSON form count.
    #[arg(long, value_name = "UNIT", default_value = "code-points", value_parser = offsets())]
    pub offsets: OffsetUnit,
    /// A view for the terminal, the contract's JSON form (one file: indented; several: one line each), or a web page.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: Format,
    /// Files of UTF-8 text; - is the standard input.
    #[arg(value_name = "FILE", default_value = "-")]
    pub files: Vec<PathBuf>,
}

/// Names that a deployment adds.
#[derive(Debug, Args)]
pub struct NamesFlag {
    /// File of names to know beside the built-in ones.
    #[arg(long = "names", value_name = "FILE", env = "ISNAD_NAMES")]
    pub file: Option<PathBuf>,
}

/// Flags of `isnad analyze`.
#[derive(Debug, Args)]
pub struct AnalyzeFlags {
    /// Layers to compute, separated by commas; all without it.
    #[arg(long, value_delimiter = ',', value_parser = layers(Method::Analyze.layers()))]
    pub layers: Vec<Layer>,
    #[allow(missing_docs)]
    #[command(flatten)]
    pub names: NamesFlag,
    #[allow(missing_docs)]
    #[command(flatten)]
    pub reading: Reading,
}

/// Flags of `isnad extract`.
#[derive(Debug, Args)]
pub struct ExtractFlags {
    /// Layers to compute, separated by commas; all without it.
    #[arg(long, value_delimiter = ',', value_parser = layers(Method::Extract.layers()))]
    pub layers: Vec<Layer>,
    #[allow(missing_docs)]
    #[command(flatten)]
    pub names: NamesFlag,
    #[allow(missing_docs)]
    #[command(flatten)]
    pub reading: Reading,
}

/// Flags of `isnad eval`.
#[derive(Debug, Args)]
pub struct EvalFlags {
    /// What to score: entities, coreference, quotations, times or amounts.
    pub layer: Scored,
    /// Annotated documents, one a line, as JSON with positions in code points.
    pub data: PathBuf,
    /// Print each wrong and missed annotation with its sentence before the figures.
    #[arg(long)]
    pub errors: bool,
    /// Print the figures as JSON.
    #[arg(long)]
    pub json: bool,
    #[allow(missing_docs)]
    #[command(flatten)]
    pub names: NamesFlag,
}

/// Flags of `isnad batch`.
#[derive(Debug, Args)]
pub struct BatchFlags {
    /// Documents, one a line.
    #[arg(value_name = "IN.jsonl")]
    pub input: PathBuf,
    /// Answers, one a line; continued if it exists.
    #[arg(value_name = "OUT.jsonl")]
    pub output: PathBuf,
    /// Layers to compute, separated by commas; all without it.
    #[arg(long, value_delimiter = ',', value_parser = layers(Method::Extract.layers()))]
    pub layers: Vec<Layer>,
    /// What spans count.
    #[arg(long, value_name = "UNIT", default_value = "code-points", value_parser = offsets())]
    pub offsets: OffsetUnit,
    #[allow(missing_docs)]
    #[command(flatten)]
    pub names: NamesFlag,
}

/// Flags of `isnad call`.
#[derive(Debug, Args)]
pub struct CallFlags {
    #[allow(missing_docs)]
    #[command(flatten)]
    pub server: ServerFlag,
    /// Which question to ask.
    #[arg(long, value_name = "METHOD", default_value = "extract", value_parser = method())]
    pub method: Method,
    /// Layers to compute, separated by commas; the server's default without it.
    #[arg(long, value_delimiter = ',', value_parser = layers(&Layer::ALL))]
    pub layers: Vec<Layer>,
    #[allow(missing_docs)]
    #[command(flatten)]
    pub reading: Reading,
}

/// Flags of `isnad probe`.
#[derive(Debug, Args)]
pub struct ProbeFlags {
    #[allow(missing_docs)]
    #[command(flatten)]
    pub server: ServerFlag,
}

/// Where a running server is.
#[derive(Debug, Args)]
pub struct ServerFlag {
    /// Address of the server.
    #[arg(long = "server", value_name = "URL", env = "ISNAD_SERVER", default_value = "http://127.0.0.1:50051")]
    pub url: String,
}

/// How an answer is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// A view for the terminal.
    Text,
    /// The contract's JSON form, zeros included.
    Json,
    /// A self-contained web page.
    Html,
}

/// Reads the name of one of `known`.
fn layers(known: &'static [Layer]) -> impl TypedValueParser<Value = Layer> {
    PossibleValuesParser::new(known.iter().map(|&layer| layer_name(layer)))
        .try_map(move |given| known.iter().copied().find(|&layer| layer_name(layer) == given).ok_or("no such layer"))
}

fn layer_name(layer: Layer) -> &'static str {
    match layer {
        Layer::Sentences => "sentences",
        Layer::Tokens => "tokens",
        Layer::Words => "words",
        Layer::Entities => "entities",
        Layer::Quotations => "quotations",
        Layer::Times => "times",
        Layer::Amounts => "amounts",
        Layer::Relations => "relations",
    }
}

fn offsets() -> impl TypedValueParser<Value = OffsetUnit> {
    PossibleValuesParser::new(["utf8", "utf16", "code-points"]).map(|given| match given.as_str() {
        "utf8" => OffsetUnit::Utf8,
        "utf16" => OffsetUnit::Utf16,
        _ => OffsetUnit::CodePoints,
    })
}

fn method() -> impl TypedValueParser<Value = Method> {
    PossibleValuesParser::new(["extract", "analyze"])
        .map(|given| if given == "analyze" { Method::Analyze } else { Method::Extract })
}

fn date(given: &str) -> Result<Date, String> {
    // jiff also reads the date off longer forms, which are not meant here
    match Date::from_str(given) {
        Ok(date) if date.to_string() == given => Ok(date),
        _ => Err("not a day of the calendar written as YYYY-MM-DD".to_owned()),
    }
}

fn zone(given: &str) -> Result<TimeZone, String> {
    TimeZone::get(given).map_err(|_| "not an IANA time zone such as Asia/Riyadh".to_owned())
}
