//! `isnad features`: a corpus turned into the inputs that training reads.

use std::{
    fs::{self, File},
    io::{BufRead, BufReader, Write as _, stdin},
    path::Path,
};

use super::{Failure, Status, chain};
use crate::{
    config::FeaturesFlags,
    train::{self, FeaturesError},
};

/// Writes the inputs and tells how much they are.
pub fn run(flags: &FeaturesFlags) -> Result<(), Failure> {
    let name = flags.input.display();
    let data: Box<dyn BufRead> = if flags.input == Path::new("-") {
        Box::new(BufReader::new(stdin()))
    } else {
        let file = File::open(&flags.input).map_err(|e| Failure::new(Status::NoInput, format!("{name}: {e}")))?;
        Box::new(BufReader::new(file))
    };
    let forms = flags.wordforms.as_ref().map(|table| {
        let failure = |e| Failure::new(Status::NoInput, format!("{}: {e}", table.display()));
        fs::read_to_string(table).map_err(failure)
    });
    let written = train::write(flags.corpus, data, forms.transpose()?, &flags.output).map_err(|error| {
        let status = if matches!(error, FeaturesError::Corpus(_)) { Status::Data } else { Status::Io };
        Failure::new(status, format!("{name}: {}", chain(&error)))
    })?;
    writeln!(
        anstream::stdout(),
        "{name}: {} documents, {} sentences, {} tokens, {} mentions ({} unaligned, {} left out)",
        written.documents,
        written.sentences,
        written.tokens,
        written.mentions,
        written.unaligned,
        written.lost
    )
    .map_err(|e| Failure::writing("standard output", &e))
}
