//! `isnad lookup`: everything that words can be, as the lexicon has it.

use std::io::{self, Write};

use super::{Failure, views};
use crate::{
    config::LookupFlags,
    convert::labels,
    morphology::{
        analyser::{Analyser, Marks, Reading, readings},
        lexicon::Lexicon,
    },
    text::{Buffers, Text},
};

/// Prints the readings of each word, one a line.
pub fn run(flags: &LookupFlags) -> Result<(), Failure> {
    let mut out = anstream::stdout().lock();
    for word in &flags.words {
        show(&mut out, word).map_err(|error| Failure::writing("standard output", &error))?;
    }
    Ok(())
}

fn show(out: &mut dyn Write, word: &str) -> io::Result<()> {
    let text = Text::read(word, Buffers::default());
    for (i, token) in text.tokens().iter().enumerate() {
        let normalized = text.normalized(i);
        let mut found = Vec::new();
        if let Some(analyser) = Analyser::embedded() {
            let marks = Marks::of(text.slice(token.span));
            readings(Lexicon::embedded(), analyser, normalized, &marks, &mut found);
        }
        let rows = found.iter().map(|reading| row(normalized, reading)).collect();
        views::readings(out, normalized, rows)?;
    }
    Ok(())
}

/// Words joined by +, part of speech, lemma, root and pattern, features and gloss.
fn row(normalized: &str, reading: &Reading) -> [String; 6] {
    let (before, rest) = normalized.split_at(reading.host.start);
    let (host, after) = rest.split_at(reading.host.len());
    let mut cut: Vec<String> = before.chars().map(String::from).collect();
    cut.push(host.to_owned());
    cut.extend((!after.is_empty()).then(|| after.to_owned()));
    let lexeme = reading.lexeme.zip(Analyser::embedded()).map(|(lexeme, analyser)| analyser.lexeme(lexeme));
    let features: Vec<_> = reading.possible.decided().map(|(name, value)| format!("{name}={value}")).collect();
    let of = |part: fn(&crate::morphology::analyser::Lexeme) -> &'static str| lexeme.as_ref().map_or("", part);
    [
        cut.join("+"),
        labels::upos(reading.upos).0.to_owned(),
        reading.lemma.clone(),
        [of(|l| l.root), of(|l| l.pattern)].join(" ").trim().to_owned(),
        features.join(" "),
        of(|l| l.gloss).to_owned(),
    ]
}
