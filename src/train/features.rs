//! A corpus as the encoder's inputs, in a safetensors file that training reads.
//!
//! | tensor | shape | what |
//! |---|---|---|
//! | `rows` | all rows | I32, rows of the table, token after token |
//! | `starts` | tokens + 1 | I32, first row of each token |
//! | `sentences` | sentences + 1 | I32, first token of each sentence |
//! | `documents` | documents + 1 | I32, first sentence of each document |
//! | `mentions` | mentions, 3 | I32, first token, one past the last, type |
//! | `rules` | mentions, 3 | I32, the same of the rules' mentions |
//! | `upos` | tokens | I32, part of speech of the host, -1 where it is not annotated or cut otherwise |
//! | `shares` | tokens, 17 | I32, 10 ln of the share of each part of speech by the lexicon, [`ABSENT`] where it has none |
//! | `clitics` | tokens, 2 | I32, annotated letters before and after the host, -1 where none are annotated |
//!
//! The last three stand where words are annotated.
//! The metadata has the `schema`, the `groups` of rows (name, first, count), the `types` of the corpus and of the rules.

use std::{
    collections::BTreeMap,
    fs,
    io::{self, BufRead},
    path::Path,
};

use safetensors::{Dtype, tensor::TensorView};
use serde_json::json;

use super::corpora::{Annotated, Corpus, CorpusError};
use crate::{
    entities::{Recognizer, evidence},
    model::{
        Inputs,
        schema::{self, Group},
    },
    morphology::{self, Upos, Words, lexicon::Lexicon},
    span::Span,
    text::{Buffers, Text},
};

/// Number of parts of speech.
const PARTS: usize = Upos::X as usize + 1;

/// Stands for the share of a part of speech that the lexicon does not have.
const ABSENT: i32 = -1000;

/// Why no features were written.
#[derive(Debug, thiserror::Error)]
pub enum FeaturesError {
    /// The corpus cannot be read.
    #[error(transparent)]
    Corpus(#[from] CorpusError),
    /// The file cannot be written.
    #[error("cannot write the features")]
    Write(#[from] io::Error),
    /// The tensors do not make a file.
    #[error("cannot lay out the features")]
    Layout(#[from] safetensors::SafeTensorError),
}

/// What was written.
#[derive(Debug, Default)]
pub struct Written {
    /// Documents, sentences and tokens.
    pub documents: usize,
    #[allow(missing_docs)]
    pub sentences: usize,
    #[allow(missing_docs)]
    pub tokens: usize,
    /// Mentions of the corpus.
    pub mentions: usize,
    /// Of those, mentions that begin or end where no reading of the tokens lets one.
    pub unaligned: usize,
    /// Mentions left out, since they lie in two sentences or on the tokens of another.
    pub lost: usize,
}

#[derive(Default)]
struct Columns {
    rows: Vec<i32>,
    starts: Vec<i32>,
    sentences: Vec<i32>,
    documents: Vec<i32>,
    mentions: Vec<i32>,
    rules: Vec<i32>,
    upos: Vec<i32>,
    shares: Vec<i32>,
    clitics: Vec<i32>,
    types: Vec<String>,
    written: Written,
}

/// Writes the inputs of `corpus` to `out`, where words are as common as the table `forms` says or else as the program's
/// own does. All of them stand in memory: some 100 bytes a token.
///
/// # Errors
/// [`FeaturesError`] where the corpus cannot be read or the file cannot be written.
pub fn write(corpus: Corpus, data: impl BufRead, forms: Option<String>, out: &Path) -> Result<Written, FeaturesError> {
    let recognizer = Recognizer::default();
    let mut words = forms.map(Lexicon::with_forms).map_or_else(Words::default, Words::with);
    let mut inputs = Inputs::default();
    let mut columns = Columns {
        types: evidence::TYPES
            .iter()
            .filter(|_| corpus == Corpus::Documents || corpus == Corpus::Text)
            .map(|t| t.1.to_owned())
            .collect(),
        ..Columns::default()
    };
    let mut buffers = Buffers::default();
    corpus.read(data, |document| {
        let text = Text::read(&document.text, std::mem::take(&mut buffers));
        morphology::analyse(&text, &mut words);
        let (rules, hosts) = recognizer.evidence(&text, &words, &mut inputs);
        if corpus == Corpus::Morphology {
            columns.words(&text, &words, &document.words);
        }
        columns.add(&text, &inputs, &rules, &hosts, &document);
        buffers = text.into_buffers();
    })?;
    columns.starts.push(columns.rows.len() as i32);
    columns.sentences.push(columns.written.tokens as i32);
    columns.documents.push(columns.written.sentences as i32);
    columns.save(out)?;
    Ok(columns.written)
}

impl Columns {
    fn add(
        &mut self,
        text: &Text<'_>,
        inputs: &Inputs,
        rules: &[evidence::Ruled],
        hosts: &[usize],
        document: &Annotated,
    ) {
        let (first_row, first_token) = (self.rows.len(), self.written.tokens);
        self.documents.push(self.written.sentences as i32);
        self.rows.extend(inputs.rows.iter().map(|&row| row as i32));
        let (starts, sentences) = (&inputs.starts, &inputs.sentences);
        self.starts.extend(starts[..starts.len() - 1].iter().map(|&at| (first_row + at as usize) as i32));
        self.sentences.extend(sentences[..sentences.len() - 1].iter().map(|&at| (first_token + at as usize) as i32));
        let at = |token: usize| (first_token + token) as i32;
        for rule in rules {
            self.rules.extend([at(rule.tokens.start), at(rule.tokens.end), rule.kind as i32]);
        }
        let mut taken = Vec::new();
        for (span, kind) in &document.mentions {
            let (first, last) = (text.token_at(span.begin), text.token_at(span.end - 1));
            let one = text.tokens()[first].sentence == text.tokens()[last].sentence;
            self.written.mentions += 1;
            if !one || taken.contains(&(first, last)) {
                self.written.lost += 1;
                continue;
            }
            taken.push((first, last));
            let begins = |host: usize| text.span_within(first, host..text.normalized(first).len()).begin == span.begin;
            let host = evidence::begin(rules, first, last + 1);
            if text.tokens()[last].span.end != span.end || !begins(host.unwrap_or(hosts[first])) {
                self.written.unaligned += 1;
            }
            let number = self.types.iter().position(|name| name == kind).unwrap_or_else(|| {
                self.types.push(kind.clone());
                self.types.len() - 1
            });
            self.mentions.extend([at(first), at(last + 1), number as i32]);
        }
        self.written.documents += 1;
        self.written.sentences += text.sentences().len();
        self.written.tokens += text.tokens().len();
    }

    /// What is annotated of each token's words, and what the lexicon says of its host.
    fn words(&mut self, text: &Text<'_>, words: &Words, annotated: &[(Span, Upos)]) {
        let first = self.shares.len();
        self.shares.resize(first + text.tokens().len() * PARTS, ABSENT);
        for (token, upos, share) in words.shares() {
            self.shares[first + token * PARTS + upos as usize] = share;
        }
        for (token, at) in text.tokens().iter().enumerate() {
            let begin = annotated.partition_point(|(span, _)| span.begin < at.span.begin);
            let gold = &annotated[begin..];
            let gold = &gold[..gold.partition_point(|(span, _)| span.end <= at.span.end)];
            let own = words.of(token);
            let same = own.len() == gold.len()
                && own.iter().zip(gold).all(|(word, (span, _))| text.span_within(token, word.range()) == *span);
            let host = own.iter().position(|word| word.host).filter(|_| same);
            self.upos.push(host.map_or(-1, |host| gold[host].1 as i32));
            let whole = gold.first().is_some_and(|(span, _)| span.begin == at.span.begin)
                && gold.last().is_some_and(|(span, _)| span.end == at.span.end);
            self.clitics.extend(if whole { clitics(text, gold) } else { [-1; 2] });
        }
    }

    fn save(&self, out: &Path) -> Result<(), FeaturesError> {
        let bytes = |values: &[i32]| values.iter().flat_map(|v| v.to_le_bytes()).collect::<Vec<u8>>();
        let mut columns = vec![
            ("rows", bytes(&self.rows), vec![self.rows.len()]),
            ("starts", bytes(&self.starts), vec![self.starts.len()]),
            ("sentences", bytes(&self.sentences), vec![self.sentences.len()]),
            ("documents", bytes(&self.documents), vec![self.documents.len()]),
            ("mentions", bytes(&self.mentions), vec![self.mentions.len() / 3, 3]),
            ("rules", bytes(&self.rules), vec![self.rules.len() / 3, 3]),
        ];
        if !self.upos.is_empty() {
            columns.push(("upos", bytes(&self.upos), vec![self.upos.len()]));
            columns.push(("shares", bytes(&self.shares), vec![self.upos.len(), PARTS]));
            columns.push(("clitics", bytes(&self.clitics), vec![self.upos.len(), 2]));
        }
        let mut tensors = Vec::new();
        for (name, data, shape) in &columns {
            tensors.push((name, TensorView::new(Dtype::I32, shape.clone(), data)?));
        }
        let groups: BTreeMap<_, _> =
            Group::ALL.iter().map(|&(group, name, count)| (name, [group.row(0), count])).collect();
        let metadata = [
            ("schema", schema::fingerprint()),
            ("table", schema::ROWS.to_string()),
            ("groups", json!(groups).to_string()),
            ("types", json!(self.types).to_string()),
            ("rule_types", json!(evidence::TYPES.map(|t| t.1)).to_string()),
        ];
        let metadata = metadata.map(|(name, value)| (name.to_owned(), value)).into_iter().collect();
        Ok(fs::write(out, safetensors::serialize(tensors, Some(metadata))?)?)
    }
}

/// Letters of the annotated words before and after the host: the last word that is no pronoun written onto another.
fn clitics(text: &Text<'_>, words: &[(Span, Upos)]) -> [i32; 2] {
    let letters = |words: &[(Span, Upos)]| {
        let letters = words.iter().flat_map(|(span, _)| text.slice(*span).chars());
        letters.filter(|c| !matches!(c, '\u{0640}' | '\u{064B}'..='\u{0652}' | '\u{0670}')).count() as i32
    };
    let pronoun = words.len() > 1 && words.last().is_some_and(|(_, upos)| *upos == Upos::Pron);
    let end = words.len() - usize::from(pronoun);
    [letters(&words[..end - 1]), letters(&words[end..])]
}
