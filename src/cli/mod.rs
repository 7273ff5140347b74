//! The command line: the same engine without a server, and the client of a running one.

mod batch;
mod client;
mod eval;
#[cfg(feature = "train")]
mod features;
mod input;
mod local;
mod lookup;
#[cfg(feature = "train")]
mod pack;
mod serve;
mod views;

use std::{
    ffi::OsString,
    io::{self, Write},
    process::ExitCode,
};

use clap::Parser as _;

use crate::{
    config::{AnalyzeFlags, Cli, Command, ExtractFlags},
    convert::validate::Method,
};

/// Runs the command line `args`, the program's name first; returns its exit status.
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let command = match Cli::try_parse_from(args) {
        Ok(cli) => cli.command,
        Err(asked_or_wrong) => {
            // --help and --version arrive here too, and go to stdout
            let status = if asked_or_wrong.use_stderr() { Status::Usage.into() } else { ExitCode::SUCCESS };
            return asked_or_wrong.print().map_or(Status::Io.into(), |()| status);
        }
    };
    let outcome = match command {
        Command::Serve(flags) => serve::run(&flags),
        Command::Analyze(AnalyzeFlags { layers, tables, reading }) => {
            local::read(Method::Analyze, &layers, &tables, &reading)
        }
        Command::Extract(ExtractFlags { layers, tables, reading }) => {
            local::read(Method::Extract, &layers, &tables, &reading)
        }
        Command::Lookup(flags) => lookup::run(&flags),
        Command::Eval(flags) => eval::run(&flags),
        #[cfg(feature = "train")]
        Command::Pack(flags) => pack::run(&flags),
        #[cfg(feature = "train")]
        Command::Features(flags) => features::run(&flags),
        Command::Batch(flags) => batch::run(&flags),
        Command::Call(flags) => client::call(&flags),
        Command::Probe(flags) => client::probe(&flags),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            failure.report();
            failure.status.into()
        }
    }
}

/// Exit statuses, as `sysexits.h` numbers them; listed in the help.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
enum Status {
    /// The reader of our output went away: nothing is wrong and nobody listens.
    Quiet = 0,
    Failed = 1,
    Usage = 64,
    Data = 65,
    NoInput = 66,
    Unavailable = 69,
    Software = 70,
    Io = 74,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        Self::from(status as u8)
    }
}

/// Why a command failed: what a person reads on stderr, and the exit status.
#[derive(Debug)]
struct Failure {
    status: Status,
    message: String,
}

impl Failure {
    fn new(status: Status, message: impl Into<String>) -> Self {
        Self { status, message: message.into() }
    }

    /// Writing to `place` failed.
    fn writing(place: &str, error: &io::Error) -> Self {
        let status = if error.kind() == io::ErrorKind::BrokenPipe { Status::Quiet } else { Status::Io };
        Self::new(status, format!("{place}: {error}"))
    }

    /// Tells the person. Nothing can be done where stderr is closed.
    fn report(&self) {
        if self.status != Status::Quiet {
            let mut stderr = anstream::stderr().lock();
            let style = anstyle::AnsiColor::Red.on_default().bold();
            let _ = writeln!(stderr, "{style}isnad:{style:#} {}", self.message);
        }
    }
}

/// A line for a person on stderr. Nothing can be done where it is closed.
fn note(line: &str) {
    let _ = writeln!(io::stderr().lock(), "isnad: {line}");
}

/// An error with its causes: their first texts alone say too little, and some repeat the next one's.
fn chain(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(Some(error), |error| error.source());
    let mut texts: Vec<_> = causes.map(ToString::to_string).collect();
    texts.dedup();
    texts.join(": ")
}
