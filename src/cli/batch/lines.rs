//! Lines of JSON Lines files, without holding more than a line.

use std::io::{self, BufRead, Read as _};

use crate::convert::validate::{MAX_CODE_POINTS, MAX_ID_BYTES};

/// The longest line that can hold a document: JSON escapes take at most 12 bytes a code point.
pub const MAX_LINE_BYTES: usize = 12 * (MAX_CODE_POINTS + MAX_ID_BYTES) + 1024;

/// A line that is not blank.
pub struct Line {
    /// Its bytes with the end of the line; `None` where it is too long.
    pub bytes: Option<Vec<u8>>,
    /// Its place in the file, from 1, blank lines counted.
    pub number: usize,
    /// How far the file is read at its end, in bytes.
    pub read: u64,
}

/// The lines of a file, without the blank ones.
pub struct Lines<R> {
    input: R,
    number: usize,
    read: u64,
}

impl<R: BufRead> Lines<R> {
    /// The lines of `input`.
    pub fn new(input: R) -> Self {
        Self { input, number: 0, read: 0 }
    }

    /// How far the file is read, in bytes.
    pub fn read(&self) -> u64 {
        self.read
    }

    /// The next line.
    pub fn next(&mut self) -> io::Result<Option<Line>> {
        loop {
            let mut bytes = Vec::new();
            let limit = MAX_LINE_BYTES as u64 + 1;
            let mut length = self.input.by_ref().take(limit).read_until(b'\n', &mut bytes)?;
            if length == 0 {
                return Ok(None);
            }
            let whole = length <= MAX_LINE_BYTES || bytes.ends_with(b"\n");
            if !whole {
                length += self.input.skip_until(b'\n')?;
            }
            self.number += 1;
            self.read += length as u64;
            if !whole || !bytes.trim_ascii().is_empty() {
                return Ok(Some(Line { bytes: whole.then_some(bytes), number: self.number, read: self.read }));
            }
        }
    }
}

/// The lines of `input` that have an end, without it.
pub fn whole_lines(mut input: impl BufRead) -> impl Iterator<Item = io::Result<Vec<u8>>> {
    std::iter::from_fn(move || {
        let mut line = Vec::new();
        match input.read_until(b'\n', &mut line) {
            Ok(_) if line.pop_if(|byte| *byte == b'\n').is_some() => Some(Ok(line)),
            Ok(_) => None,
            Err(error) => Some(Err(error)),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_lines_are_left_out_and_long_ones_are_not_held() {
        let long = "x".repeat(MAX_LINE_BYTES + 1);
        let file = format!("{{}}\n\n \r\n{long}\nlast");
        let mut lines = Lines::new(file.as_bytes());
        let mut seen = Vec::new();
        while let Some(line) = lines.next().unwrap() {
            seen.push((line.number, line.bytes.map(|bytes| bytes.len())));
        }
        assert_eq!(seen, [(1, Some(3)), (4, None), (5, Some(4))]);
        assert_eq!(lines.read(), file.len() as u64);
    }

    #[test]
    fn a_torn_last_line_is_no_line() {
        let lines: Vec<_> = whole_lines(&b"a\n\nb\ntorn"[..]).map(Result::unwrap).collect();
        assert_eq!(lines, [&b"a"[..], b"", b"b"]);
    }
}
