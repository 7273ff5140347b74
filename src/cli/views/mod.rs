//! What a person or a program sees of an answer: a terminal view, the contract's JSON form, a web page, a graph in
//! JSON-LD, CoNLL-U.
//!
//! Views read messages of the contract, so an answer of this process and one of a server look the same.

mod conllu;
mod jsonld;
mod labels;
mod page;
mod terminal;
mod width;

use std::io::{self, BufWriter, Write};

pub use terminal::readings;

use jiff::{civil::Date, tz::TimeZone};

use super::Failure;
use crate::{config::Format, pb};

/// An answer to a document.
#[derive(Debug)]
pub enum Answer {
    /// How it is built.
    Analysis(pb::AnalyzeResponse),
    /// Who is named, who said what, when, where and how much.
    Extraction(pb::ExtractResponse),
}

/// One document with its answer.
pub struct Show<'s> {
    /// What it is called.
    pub name: &'s str,
    /// Its text.
    pub text: &'s str,
    /// When it was published, where that was told.
    pub published: Option<Date>,
    /// Where its days begin.
    pub zone: &'s TimeZone,
    /// Its answer; spans count bytes, except for the JSON form and the graph, which counts code points.
    pub answer: &'s Answer,
}

/// Shows answers on stdout, one after another.
pub struct View {
    out: Box<dyn Write>,
    format: Format,
    /// How many answers are expected in all.
    expected: usize,
    shown: usize,
    /// Columns of the terminal.
    width: usize,
}

impl View {
    /// A view of `expected` answers.
    pub fn new(format: Format, expected: usize) -> Self {
        let out: Box<dyn Write> = match format {
            // colours, unless stdout is no terminal or NO_COLOR is set
            Format::Text => Box::new(BufWriter::new(anstream::stdout().lock())),
            Format::Json | Format::Jsonld | Format::Html | Format::Conllu => {
                Box::new(BufWriter::new(io::stdout().lock()))
            }
        };
        Self { out, format, expected, shown: 0, width: width::of_terminal() }
    }

    /// Shows one answer.
    pub fn show(&mut self, show: &Show<'_>) -> Result<(), Failure> {
        self.write(show).and_then(|()| self.out.flush()).map_err(|error| Failure::writing("standard output", &error))
    }

    /// Ends the output.
    pub fn finish(mut self) -> Result<(), Failure> {
        let end = if self.format == Format::Html && self.shown > 0 { page::end(&mut self.out) } else { Ok(()) };
        end.and_then(|()| self.out.flush()).map_err(|error| Failure::writing("standard output", &error))
    }

    fn write(&mut self, show: &Show<'_>) -> io::Result<()> {
        let (first, number) = (self.shown == 0, self.shown + 1);
        self.shown = number;
        let out = &mut self.out;
        match self.format {
            Format::Json => json(out, show.answer, self.expected == 1),
            Format::Text => {
                if !first {
                    writeln!(out)?;
                }
                match show.answer {
                    Answer::Extraction(answer) => terminal::extraction(out, show.name, answer, self.width),
                    Answer::Analysis(answer) => terminal::analysis(out, show.name, answer),
                }
            }
            Format::Jsonld => match show.answer {
                Answer::Extraction(answer) => jsonld::extraction(out, show, answer, self.expected == 1),
                // names nothing: it was refused before anything was asked
                Answer::Analysis(_) => Ok(()),
            },
            Format::Conllu => match show.answer {
                Answer::Analysis(answer) => conllu::analysis(out, number, show, answer),
                // has no words: it was refused before anything was asked
                Answer::Extraction(_) => Ok(()),
            },
            Format::Html => {
                if first {
                    page::begin(out, show.name)?;
                }
                match show.answer {
                    Answer::Extraction(answer) => page::extraction(out, number, show, answer),
                    Answer::Analysis(answer) => page::analysis(out, number, show, answer),
                }
            }
        }
    }
}

/// The contract's JSON form on lines of its own: one, or indented ones for people.
fn json(out: &mut impl Write, answer: &Answer, indented: bool) -> io::Result<()> {
    match (answer, indented) {
        (Answer::Analysis(answer), true) => serde_json::to_writer_pretty(&mut *out, answer)?,
        (Answer::Analysis(answer), false) => serde_json::to_writer(&mut *out, answer)?,
        (Answer::Extraction(answer), true) => serde_json::to_writer_pretty(&mut *out, answer)?,
        (Answer::Extraction(answer), false) => serde_json::to_writer(&mut *out, answer)?,
    }
    writeln!(out)
}

#[cfg(test)]
mod tests;
