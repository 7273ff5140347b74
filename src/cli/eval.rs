//! `isnad eval`: the pipeline scored on annotated documents.

use std::{
    fs::File,
    io::{BufReader, Write as _},
    sync::Arc,
};

use super::{Failure, Status, local};
use crate::{
    config::EvalFlags,
    eval::{self, EvalError},
};

/// Prints the figures of a layer, after the wrong and missed annotations where they are asked for.
pub fn run(flags: &EvalFlags) -> Result<(), Failure> {
    let name = flags.data.display();
    let data = File::open(&flags.data).map_err(|e| Failure::new(Status::NoInput, format!("{name}: {e}")))?;
    let engine = Arc::new(local::engine(&flags.names)?);
    let mut out = anstream::stdout().lock();
    let mut written = Ok(());
    let report = eval::evaluate(&engine, flags.layer, BufReader::new(data), &mut |error| {
        if flags.errors && written.is_ok() {
            written = writeln!(out, "{error}");
        }
    });
    let report = report.map_err(|error| match error {
        EvalError::Io(e) => Failure::new(Status::NoInput, format!("{name}: {e}")),
        EvalError::Line { ref source, .. } => Failure::new(Status::Data, format!("{name}: {error}: {source}")),
        _ => Failure::new(Status::Data, format!("{name}: {error}")),
    })?;
    written
        .and_then(|()| if flags.json { writeln!(out, "{:#}", report.json()) } else { write!(out, "{report}") })
        .map_err(|e| Failure::writing("standard output", &e))
}
