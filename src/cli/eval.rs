//! `isnad eval`: the pipeline scored on annotated documents.

use std::{
    fmt::Display,
    fs::File,
    io::{BufReader, Write as _},
    path::Path,
    sync::Arc,
};

use super::{Failure, Status, local};
use crate::{
    config::EvalFlags,
    entities::Learned,
    eval::{self, Entrant, EvalError, Question, Scored, Seen},
};

/// Prints the figures of a layer, after the wrong and missed annotations where they are asked for.
pub fn run(flags: &EvalFlags) -> Result<(), Failure> {
    if !flags.training.is_empty() && flags.layer != Scored::Entities {
        return Err(Failure::new(Status::Usage, "--training is for entities alone"));
    }
    let mut seen = Seen::default();
    for file in &flags.training {
        seen.add(open(file)?).map_err(|error| failure(file, &error))?;
    }
    let question = Question {
        scored: flags.layer,
        seen: (!flags.training.is_empty()).then_some(&seen),
        zone: Some(&flags.time_zone),
    };
    let entrant = |name: &str, learned: Option<Learned>| -> Result<Entrant, Failure> {
        Ok(Entrant { name: name.to_owned(), engine: Arc::new(local::engine_with(&flags.tables, learned)?) })
    };
    let main = entrant("all", local::learned(&flags.tables)?)?;
    let others = match flags.layer {
        // no mention takes part in these
        Scored::Times | Scored::Amounts | Scored::Recognizers => Vec::new(),
        Scored::Morphology => vec![entrant("rules", None)?],
        _ => vec![entrant("rules", None)?, entrant("model", local::learned(&flags.tables)?.map(Learned::alone))?],
    };
    let mut out = anstream::stdout().lock();
    let mut written = Ok(());
    let mut tell = |error: &str| {
        if flags.errors && written.is_ok() {
            written = writeln!(out, "{error}");
        }
    };
    let figures = if flags.layer == Scored::Recognizers {
        eval::evaluate_cases(&main, &flags.data, &mut tell).map(|cases| shown(flags, cases.json(), &cases))
    } else {
        let data = open(&flags.data)?;
        eval::evaluate(&main, &others, question, data, &mut tell).map(|c| shown(flags, c.json(), &c))
    };
    let figures = figures.map_err(|error| failure(&flags.data, &error))?;
    written.and_then(|()| out.write_all(figures.as_bytes())).map_err(|e| Failure::writing("standard output", &e))
}

/// The figures as they are printed.
fn shown(flags: &EvalFlags, json: serde_json::Value, table: &dyn Display) -> String {
    if flags.json { format!("{json:#}\n") } else { table.to_string() }
}

fn open(file: &Path) -> Result<BufReader<File>, Failure> {
    let file_or = File::open(file).map_err(|e| Failure::new(Status::NoInput, format!("{}: {e}", file.display())));
    file_or.map(BufReader::new)
}

/// Why `file` gives no scores.
fn failure(file: &Path, error: &EvalError) -> Failure {
    let name = file.display();
    match error {
        EvalError::Io(e) => Failure::new(Status::NoInput, format!("{name}: {e}")),
        EvalError::Line { source, .. } => Failure::new(Status::Data, format!("{name}: {error}: {source}")),
        _ => Failure::new(Status::Data, format!("{name}: {error}")),
    }
}
