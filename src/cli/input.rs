//! Files to documents.

use std::{
    fs::File,
    io::{self, Read},
    path::Path,
};

use jiff::{civil::Date, tz::TimeZone};

use super::{Failure, Status};
use crate::{config::Reading, convert::validate::MAX_CODE_POINTS, pb};

/// No text within the limit is longer, in bytes.
const MAX_BYTES: u64 = 4 * MAX_CODE_POINTS as u64 + 3;

/// The document in `file`, named by its path; `-` is the standard input, without a name.
///
/// # Errors
/// The file cannot be read, is longer than any document, or is not UTF-8.
pub fn document(file: &Path, reading: &Reading) -> Result<pb::Document, Failure> {
    let text = text(file)?;
    let id = if is_stdin(file) { String::new() } else { file.display().to_string() };
    Ok(pb::Document {
        id,
        text,
        language: String::new(),
        publication_time: reading.date.and_then(|date| start_of(date, &reading.time_zone)),
        time_zone: reading.time_zone.iana_name().unwrap_or("UTC").to_owned(),
    })
}

/// What messages call `file`.
pub fn name(file: &Path) -> String {
    if is_stdin(file) { "standard input".to_owned() } else { file.display().to_string() }
}

fn is_stdin(file: &Path) -> bool {
    file == Path::new("-")
}

fn text(file: &Path) -> Result<String, Failure> {
    let name = name(file);
    let unreadable = |error: io::Error| Failure::new(Status::NoInput, format!("{name}: {error}"));
    let mut bytes = Vec::new();
    let input: Box<dyn Read> =
        if is_stdin(file) { Box::new(io::stdin().lock()) } else { Box::new(File::open(file).map_err(unreadable)?) };
    // One byte more than allowed tells that there is more, however long the file is.
    input.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    let too_long = bytes.len() as u64 > MAX_BYTES;
    if too_long {
        let message = format!("{name}: longer than the {MAX_CODE_POINTS} code points that a document may have");
        return Err(Failure::new(Status::Data, message));
    }
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        Failure::new(Status::Data, format!("{name}: not UTF-8: the byte at offset {at} begins no character"))
    })
}

/// The first instant of `date` in `zone`.
fn start_of(date: Date, zone: &TimeZone) -> Option<pb::Timestamp> {
    zone.to_timestamp(date.at(0, 0, 0, 0)).ok().map(pb::Timestamp::from)
}
