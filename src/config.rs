//! Flags and environment: the one module that reads them.
//!
//! Every setting of the server is a flag and an environment variable. Bad settings are all reported at once, with exit
//! status 64, before a port opens.

use std::{fmt::Display, net::SocketAddr, num::NonZeroUsize, path::PathBuf, str::FromStr, time::Duration};

use clap::{
    Args, Parser, Subcommand, ValueEnum,
    builder::{PossibleValuesParser, TypedValueParser},
};
use jiff::{SignedDuration, civil::Date, tz::TimeZone};
use tracing_subscriber::filter::EnvFilter;

use crate::{
    convert::validate::Method,
    document::{Layer, OffsetUnit},
    entities::OperatingPoint,
    eval::Scored,
    server::Settings,
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
  1   isnad probe: the server does not serve
  64  bad flags or settings
  65  bad data: not UTF-8, an empty or too long text, a bad line of a batch
  66  no such file, or one that cannot be read
  69  the server cannot be reached or refuses for now; isnad serve: the port cannot be opened
  70  a fault of this program
  74  writing failed";

/// The subcommands.
#[derive(Debug, Subcommand)]
#[allow(clippy::large_enum_variant)] // one of them is made once
pub enum Command {
    /// Serve the gRPC service isnad.v1.IsnadService, with health and reflection.
    Serve(ServeFlags),
    /// Show how texts are built: sentences, tokens, words.
    Analyze(AnalyzeFlags),
    /// Show who is named in texts, who said what, when, where and how much.
    Extract(ExtractFlags),
    /// Show everything that words can be by the lexicon, before a text decides.
    Lookup(LookupFlags),
    /// Score a layer on annotated documents.
    Eval(EvalFlags),
    /// Pack trained weights into the model that the program reads.
    #[cfg(feature = "train")]
    Pack(PackFlags),
    /// Turn a corpus into the inputs that training reads.
    #[cfg(feature = "train")]
    Features(FeaturesFlags),
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
    /// A view for the terminal, the contract's JSON form (one file: indented; several: one line each), a web page, a
    /// graph in JSON-LD (lines as with json), or CoNLL-U.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: Format,
    /// Files of UTF-8 text; - is the standard input.
    #[arg(value_name = "FILE", default_value = "-")]
    pub files: Vec<PathBuf>,
}

/// What a deployment adds and replaces.
#[derive(Debug, Args)]
pub struct TablesFlags {
    /// File of names to know beside the built-in ones: name, type, aliases, latin, ids, separated by tabs.
    ///
    /// The first line is that header. Aliases are separated by |, ids (register:identifier) by blanks; name and type
    /// are needed, the rest may be left out. Types are person, organization, geopolitical, location, facility, group,
    /// event, product, work and law.
    #[arg(long, value_name = "FILE", env = "ISNAD_NAMES")]
    pub names: Option<PathBuf>,
    /// Model to use in place of the built-in one, made by `isnad pack` for this version.
    #[arg(long, value_name = "FILE", env = "ISNAD_MODEL")]
    pub model: Option<PathBuf>,
    /// How sure the model must be of a mention: high-precision, balanced or high-recall.
    #[arg(long, value_name = "POINT", env = "ISNAD_OPERATING_POINT", default_value = "balanced", value_parser = operating_point())]
    pub operating_point: OperatingPoint,
}

fn operating_point() -> impl TypedValueParser<Value = OperatingPoint> {
    PossibleValuesParser::new(["high-precision", "balanced", "high-recall"]).map(|name| match name.as_str() {
        "high-precision" => OperatingPoint::HighPrecision,
        "high-recall" => OperatingPoint::HighRecall,
        _ => OperatingPoint::Balanced,
    })
}

/// Flags of `isnad analyze`.
#[derive(Debug, Args)]
pub struct AnalyzeFlags {
    /// Layers to compute, separated by commas; all without it.
    #[arg(long, value_delimiter = ',', value_parser = layers(Method::Analyze.layers()))]
    pub layers: Vec<Layer>,
    #[allow(missing_docs)]
    #[command(flatten)]
    pub tables: TablesFlags,
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
    pub tables: TablesFlags,
    #[allow(missing_docs)]
    #[command(flatten)]
    pub reading: Reading,
}

/// Flags of `isnad lookup`.
#[derive(Debug, Args)]
pub struct LookupFlags {
    /// Words as a text writes them, with their clitics; vowel marks narrow the choice.
    #[arg(required = true, value_name = "WORD")]
    pub words: Vec<String>,
}

/// Flags of `isnad eval`.
#[derive(Debug, Args)]
pub struct EvalFlags {
    /// What to score: entities, anercorp, coreference, quotations, times, amounts, morphology or recognizers.
    pub layer: Scored,
    /// Annotated documents, one a line, as JSON with positions in code points. For anercorp: a word, a tab and a tag a
    /// line, a blank line after each sentence. For morphology: CoNLL-U, or lines `N: ` and tokens of `form/UPOS[/lemma]`,
    /// the words of a token joined by `+`. For recognizers: the folder of Recognizers-Text or of its Arabic cases of time.
    pub data: PathBuf,
    /// Annotated documents that something was learned from: tells the recall on mentions that neither these nor a list
    /// have. For entities alone.
    #[arg(long, value_name = "FILE", num_args = 1..)]
    pub training: Vec<PathBuf>,
    /// IANA time zone of the documents; a bare دينار is that of its country where they name none.
    #[arg(long, value_name = "ZONE", default_value = "UTC", value_parser = zone)]
    pub time_zone: TimeZone,
    /// Print each wrong and missed annotation with its sentence before the figures.
    #[arg(long)]
    pub errors: bool,
    /// Print the figures as JSON.
    #[arg(long)]
    pub json: bool,
    #[allow(missing_docs)]
    #[command(flatten)]
    pub tables: TablesFlags,
}

/// Flags of `isnad pack`.
#[cfg(feature = "train")]
#[derive(Debug, Args)]
pub struct PackFlags {
    /// What the training wrote: safetensors with a manifest.
    pub weights: PathBuf,
    /// File of features, of which the first sentences calibrate.
    pub calibration: PathBuf,
    /// The packed model; replaced if it exists.
    pub out: PathBuf,
}

/// Flags of `isnad features`.
#[cfg(feature = "train")]
#[derive(Debug, Args)]
pub struct FeaturesFlags {
    /// How the corpus is written: documents (JSON lines with mentions), columns (word and tags), text or morphology
    /// (annotated words).
    pub corpus: crate::train::Corpus,
    /// The corpus; - is the standard input.
    pub input: PathBuf,
    /// A safetensors file.
    pub output: PathBuf,
    /// Table of word forms to use in place of the program's, made by resources/make_wordforms.py without the annotation
    /// of the corpus: what is learned from must not be known better than other texts.
    #[arg(long, value_name = "FILE")]
    pub wordforms: Option<PathBuf>,
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
    pub tables: TablesFlags,
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
    /// A graph in JSON-LD in the terms of schema.org, of extract alone; its places in the text count code points.
    Jsonld,
    /// Words as Universal Dependencies write them, of analyze alone.
    Conllu,
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

/// Flags of `isnad serve` as they were given; [`ServeFlags::check`] reads them.
#[derive(Debug, Args)]
pub struct ServeFlags {
    /// Address and port to listen on.
    #[arg(long, value_name = "ADDRESS", env = "ISNAD_LISTEN", default_value = "127.0.0.1:50051")]
    listen: String,
    /// Longest text of a document, in Unicode code points; longer ones are refused [default: 150000].
    #[arg(long, value_name = "N", env = "ISNAD_MAX_CODE_POINTS")]
    max_code_points: Option<String>,
    /// Threads that compute [default: one for each core].
    #[arg(long, value_name = "N", env = "ISNAD_WORKERS")]
    workers: Option<String>,
    /// Documents that are computed or wait at once; more are told to come back later [default: 16 for each core].
    #[arg(long, value_name = "N", env = "ISNAD_CONCURRENT_DOCUMENTS")]
    concurrent_documents: Option<String>,
    /// Documents of one stream that are in work at once [default: 8].
    #[arg(long, value_name = "N", env = "ISNAD_STREAM_WINDOW")]
    stream_window: Option<String>,
    /// Longest time for one document, where the caller's deadline is not shorter [default: 10s].
    #[arg(long, value_name = "TIME", env = "ISNAD_DOCUMENT_TIMEOUT")]
    document_timeout: Option<String>,
    /// How long calls in work may take after SIGTERM or SIGINT [default: 20s].
    #[arg(long, value_name = "TIME", env = "ISNAD_DRAIN_TIMEOUT")]
    drain_timeout: Option<String>,
    #[allow(missing_docs)]
    #[command(flatten)]
    pub tables: TablesFlags,
    /// What is logged on stderr: a level, or levels by module such as info,isnad=debug. Texts of documents never are.
    #[arg(long, value_name = "FILTER", env = "ISNAD_LOG", default_value = "info")]
    log: String,
    /// Log lines for people (text) or for programs (json).
    #[arg(long, value_name = "FORMAT", env = "ISNAD_LOG_FORMAT", default_value = "text")]
    log_format: String,
}

/// The settings of `isnad serve`, valid.
#[derive(Debug)]
pub struct Serve {
    /// Where to listen.
    pub listen: SocketAddr,
    /// What the server is set to.
    pub settings: Settings,
    /// What is logged.
    pub log: EnvFilter,
    /// Whether log lines are JSON.
    pub log_json: bool,
}

impl ServeFlags {
    /// Reads every flag.
    ///
    /// # Errors
    /// One line for each that is wrong.
    pub fn check(&self) -> Result<Serve, Vec<String>> {
        let mut wrong = Wrong::default();
        let default = Settings::default();
        let listen = wrong
            .unless("listen", &self.listen, self.listen.parse().ok(), "an address and port such as 0.0.0.0:50051")
            .unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], 50051)));
        let settings = Settings {
            // spans are 32 bits wide
            max_code_points: wrong.number(
                "max-code-points",
                &self.max_code_points,
                default.max_code_points,
                50_000_000,
            ),
            workers: wrong.at_least_one("workers", &self.workers, default.workers, 1024),
            max_documents: wrong.number(
                "concurrent-documents",
                &self.concurrent_documents,
                default.max_documents,
                65_536,
            ),
            stream_window: wrong.at_least_one("stream-window", &self.stream_window, default.stream_window, 1024),
            max_document_time: wrong.time("document-timeout", &self.document_timeout, default.max_document_time),
            drain_time: wrong.time("drain-timeout", &self.drain_timeout, default.drain_time),
        };
        let log = wrong
            .unless("log", &self.log, EnvFilter::try_new(&self.log).ok(), "a level such as info, or levels by module")
            .unwrap_or_default();
        let log_json = match self.log_format.as_str() {
            "text" => Some(false),
            "json" => Some(true),
            _ => None,
        };
        let log_json = wrong.unless("log-format", &self.log_format, log_json, "text or json").unwrap_or_default();
        if wrong.0.is_empty() { Ok(Serve { listen, settings, log, log_json }) } else { Err(wrong.0) }
    }
}

/// What is wrong with the settings so far, a line each.
#[derive(Default)]
struct Wrong(Vec<String>);

impl Wrong {
    /// `read`, or else a line that says what `flag` should be.
    fn unless<T>(&mut self, flag: &str, given: &str, read: Option<T>, expected: impl Display) -> Option<T> {
        if read.is_none() {
            let variable = flag.replace('-', "_").to_uppercase();
            self.0.push(format!("--{flag} or ISNAD_{variable} is {given:?}; it must be {expected}"));
        }
        read
    }

    fn number(&mut self, flag: &str, given: &Option<String>, default: usize, most: usize) -> usize {
        let Some(given) = given else { return default };
        let read = given.parse().ok().filter(|number| (1..=most).contains(number));
        self.unless(flag, given, read, format_args!("a whole number from 1 to {most}")).unwrap_or(default)
    }

    fn at_least_one(&mut self, flag: &str, given: &Option<String>, default: NonZeroUsize, most: usize) -> NonZeroUsize {
        NonZeroUsize::new(self.number(flag, given, default.get(), most)).unwrap_or(default)
    }

    fn time(&mut self, flag: &str, given: &Option<String>, default: Duration) -> Duration {
        const LONGEST: Duration = Duration::from_secs(3600);
        let Some(given) = given else { return default };
        let read = SignedDuration::from_str(given).ok().and_then(|time| Duration::try_from(time).ok());
        let read = read.filter(|time| (Duration::from_millis(1)..=LONGEST).contains(time));
        self.unless(flag, given, read, "a time from 1ms to 1h, such as 10s").unwrap_or(default)
    }
}
