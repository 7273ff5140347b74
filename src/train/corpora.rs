//! Corpora as they come: annotated documents, tagged columns, plain text, annotated words.

use std::{io::BufRead, str::FromStr};

use crate::{
    eval::{EvalError, gold, treebank},
    morphology::Upos,
    span::Span,
};

/// How a corpus is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Corpus {
    /// JSON lines with mentions, as `isnad eval` reads them.
    Documents,
    /// A word and its tags on each line, separated by white space; a blank line between sentences. A word in several
    /// mentions has several tags: `اللجنة I-OCC B-ORG`.
    Columns,
    /// A paragraph on each line; a blank line between documents.
    Text,
    /// Annotated words: CoNLL-U, or lines of `form/UPOS/lemma`.
    Morphology,
}

impl FromStr for Corpus {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        match name {
            "documents" => Ok(Self::Documents),
            "columns" => Ok(Self::Columns),
            "text" => Ok(Self::Text),
            "morphology" => Ok(Self::Morphology),
            _ => Err("one of documents, columns, text, morphology".to_owned()),
        }
    }
}

/// A text with its mentions or words.
#[derive(Debug, Default)]
pub(super) struct Annotated {
    pub(super) text: String,
    /// Bytes of the text, and the type as the corpus names it.
    pub(super) mentions: Vec<(Span, String)>,
    /// Bytes and part of speech of the words, in the order of the text.
    pub(super) words: Vec<(Span, Upos)>,
}

/// Why a corpus cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum CorpusError {
    /// The file cannot be read.
    #[error("cannot read the corpus")]
    Io(#[from] std::io::Error),
    /// It is not annotated documents or words.
    #[error(transparent)]
    Annotation(#[from] EvalError),
}

impl Corpus {
    /// Calls `each` with every document of `data`.
    pub(super) fn read(self, data: impl BufRead, mut each: impl FnMut(Annotated)) -> Result<(), CorpusError> {
        match self {
            Self::Documents => {
                for sample in gold::read(data) {
                    let gold::Sample { document, gold } = sample?;
                    let mentions = gold.mentions.into_iter().map(|mention| (mention.span, mention.kind)).collect();
                    each(Annotated { text: document.text, mentions, ..Annotated::default() });
                }
            }
            Self::Morphology => {
                for gold::Sample { document, gold } in treebank::read(data)? {
                    let words = gold.tokens.iter().flatten().map(|word| (word.span, word.upos)).collect();
                    each(Annotated { text: document.text, words, ..Annotated::default() });
                }
            }
            Self::Columns => {
                let mut columns = Columns::default();
                for line in data.lines() {
                    let line = line?;
                    // a document of some sentences: nothing in these corpora tells where one ends
                    if line.trim().is_empty() && columns.annotated.text.lines().count() >= 20 {
                        each(columns.finish());
                    }
                    columns.push(&line);
                }
                each(columns.finish());
            }
            Self::Text => {
                let mut text = String::new();
                for line in data.lines() {
                    let line = line?;
                    if !line.trim().is_empty() {
                        text.push_str(line.trim());
                        text.push('\n');
                    } else if !text.is_empty() {
                        each(Annotated { text: std::mem::take(&mut text), ..Annotated::default() });
                    }
                }
                if !text.is_empty() {
                    each(Annotated { text, ..Annotated::default() });
                }
            }
        }
        Ok(())
    }
}

/// A document under way.
#[derive(Default)]
struct Columns {
    annotated: Annotated,
    /// Mentions that the next word may go on with.
    open: Vec<(Span, String)>,
    /// Whether the last word is و, which some corpora cut off the word after it.
    joined: bool,
}

impl Columns {
    fn push(&mut self, line: &str) {
        let mut columns = line.split_whitespace();
        let Some(word) = columns.next() else {
            self.close();
            if !self.annotated.text.is_empty() && !self.annotated.text.ends_with('\n') {
                self.annotated.text.push('\n');
            }
            return;
        };
        let text = &mut self.annotated.text;
        if !text.is_empty() && !text.ends_with('\n') && !self.joined {
            text.push(' ');
        }
        self.joined = word == "و";
        let begin = text.len();
        text.push_str(word);
        let end = text.len() as u32;
        let mut continued = Vec::new();
        let mut opened = Vec::new();
        for tag in columns {
            if let Some(kind) = tag.strip_prefix("B-") {
                opened.push((Span::new(begin, end as usize), kind.to_owned()));
            } else if let Some(kind) = tag.strip_prefix("I-")
                && let Some(at) = self.open.iter().position(|(_, open)| open == kind)
            {
                let (span, kind) = self.open.swap_remove(at);
                continued.push((Span { end, ..span }, kind));
            }
        }
        self.close();
        self.open = continued;
        self.open.append(&mut opened);
    }

    fn close(&mut self) {
        self.annotated.mentions.append(&mut self.open);
    }

    fn finish(&mut self) -> Annotated {
        self.close();
        self.joined = false;
        std::mem::take(&mut self.annotated)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_become_texts_with_mentions() {
        let data = "سكرتير B-OCC\nاللجنة I-OCC B-ORG\nو O\nمصر B-GPE\n\nقال O\n";
        let mut read = Vec::new();
        Corpus::Columns.read(data.as_bytes(), |document| read.push(document)).unwrap();
        assert_eq!(read.len(), 1);
        assert_eq!(read[0].text, "سكرتير اللجنة ومصر\nقال");
        let found: Vec<_> =
            read[0].mentions.iter().map(|(span, kind)| (&read[0].text[span.range()], kind.as_str())).collect();
        assert_eq!(found, [("سكرتير اللجنة", "OCC"), ("اللجنة", "ORG"), ("مصر", "GPE")]);
    }

    #[test]
    fn texts_are_cut_at_blank_lines() {
        let mut read = Vec::new();
        Corpus::Text.read("أ\nب\n\n\nج".as_bytes(), |document| read.push(document.text)).unwrap();
        assert_eq!(read, ["أ\nب\n", "ج\n"]);
    }
}
