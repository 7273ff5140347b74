//! Accuracy of clitics, parts of speech and lemmas on annotated news, where the data is there. `ERRORS=40` in the
//! environment prints the most common errors as well.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

use std::{collections::BTreeMap, fs, path::PathBuf};

use isnad::{
    morphology::{self, Upos, Words},
    text::{Buffers, Text},
};

/// A gold word: byte range in its line, part of speech, lemma where it has one to tell.
struct Gold {
    begin: usize,
    end: usize,
    upos: String,
    lemma: Option<String>,
}

/// A line with its words, grouped by the tokens between white space.
struct Line {
    text: String,
    tokens: Vec<Vec<Gold>>,
}

/// What was right, of how many.
#[derive(Default)]
struct Score {
    right: usize,
    of: usize,
    wrong: BTreeMap<String, usize>,
}

impl Score {
    fn add(&mut self, right: bool, wrong: impl FnOnce() -> String) {
        self.of += 1;
        self.right += usize::from(right);
        if !right {
            *self.wrong.entry(wrong()).or_default() += 1;
        }
    }

    fn percent(&self) -> f64 {
        100.0 * self.right as f64 / self.of as f64
    }

    fn show(&self, name: &str) {
        println!("{name}: {:.2} % of {}", self.percent(), self.of);
        // how many of the most common errors to print
        let count = std::env::var("ERRORS").ok().and_then(|n| n.parse().ok()).unwrap_or(0);
        let mut wrong: Vec<_> = self.wrong.iter().collect();
        wrong.sort_by_key(|(_, n)| std::cmp::Reverse(**n));
        for (what, n) in wrong.iter().take(count) {
            println!("    {n}  {what}");
        }
    }
}

fn data(file: &str) -> Option<String> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data/morphology").join(file);
    let content = fs::read_to_string(path).ok();
    if content.is_none() {
        println!("skipped: {file} is not there");
    }
    content
}

fn bare(form: &str) -> String {
    form.chars().filter(|c| !matches!(c, '\u{0640}' | '\u{064B}'..='\u{0652}' | '\u{0670}')).collect()
}

/// Lines of `form/UPOS[/lemma]+…`.
fn news(content: &str) -> Vec<Line> {
    let numbered = |line: &str| line.split_once(": ").filter(|(n, _)| n.parse::<u32>().is_ok()).map(|l| l.1.to_owned());
    let mut lines = Vec::new();
    for line in content.lines().filter_map(numbered) {
        let (mut text, mut tokens) = (String::new(), Vec::new());
        for token in line.split(' ').filter(|t| !t.is_empty()) {
            if !text.is_empty() {
                text.push(' ');
            }
            let mut words = Vec::new();
            let mut open = String::new();
            for part in token.split('+') {
                if !open.is_empty() {
                    open.push('+');
                }
                open.push_str(part);
                let fields: Vec<_> = open.split('/').collect();
                let tag = fields.iter().rposition(|f| !f.is_empty() && f.bytes().all(|b| b.is_ascii_uppercase()));
                let Some(tag) = tag.filter(|&tag| tag > 0) else { continue };
                let form = fields[..tag].join("/");
                let upos = fields[tag].to_owned();
                let lemma = matches!(fields[tag], "NOUN" | "VERB" | "ADJ").then(|| match fields.get(tag + 1) {
                    Some(lemma) => bare(lemma),
                    None => {
                        let form = bare(&form);
                        form.strip_prefix("ال").map_or(form.clone(), str::to_owned)
                    }
                });
                let begin = text.len();
                text.push_str(&form);
                words.push(Gold { begin, end: text.len(), upos, lemma });
                open.clear();
            }
            tokens.push(words);
        }
        lines.push(Line { text, tokens });
    }
    lines
}

/// The last 200 sentences of PUD, without lemmas: they follow another convention.
fn pud(content: &str) -> Vec<Line> {
    let sentences: Vec<_> = content.trim().split("\n\n").collect();
    let mut lines = Vec::new();
    for sentence in &sentences[sentences.len() - 200..] {
        let (mut text, mut tokens, mut words) = (String::new(), Vec::new(), Vec::new());
        for line in sentence.lines() {
            let fields: Vec<_> = line.split('\t').collect();
            if fields[0].parse::<u32>().is_err() {
                continue;
            }
            let begin = text.len();
            text.push_str(fields[1]);
            words.push(Gold { begin, end: text.len(), upos: fields[3].to_owned(), lemma: None });
            if !fields[9].contains("SpaceAfter=No") {
                text.push(' ');
                tokens.push(std::mem::take(&mut words));
            }
        }
        tokens.push(words);
        lines.push(Line { text, tokens });
    }
    lines
}

fn name(upos: Upos) -> String {
    format!("{upos:?}").to_uppercase()
}

/// Whole tokens cut right; words with the right range and part of speech; lemmas of such nouns, verbs, adjectives.
fn score(lines: &[Line]) -> [Score; 3] {
    let mut scores = [Score::default(), Score::default(), Score::default()];
    let mut words = Words::default();
    let mut buffers = Buffers::default();
    for line in lines {
        let text = Text::read(&line.text, buffers);
        morphology::analyse(&text, &mut words);
        let mut found = BTreeMap::new();
        for token in 0..text.tokens().len() {
            for word in words.of(token) {
                let span = text.span_within(token, word.range());
                found.insert((span.begin as usize, span.end as usize), (word.upos, words.lemma(word, &text)));
            }
        }
        for token in line.tokens.iter().filter(|token| !token.is_empty()) {
            let (begin, end) = (token[0].begin, token[token.len() - 1].end);
            let cut: Vec<_> = found.range((begin, 0)..(end, 0)).map(|(span, _)| *span).collect();
            let gold: Vec<_> = token.iter().map(|word| (word.begin, word.end)).collect();
            let written =
                |spans: &[(usize, usize)]| spans.iter().map(|s| &line.text[s.0..s.1]).collect::<Vec<_>>().join("+");
            scores[0].add(cut == gold, || format!("{} for {}", written(&cut), written(&gold)));
            for word in token {
                let form = &line.text[word.begin..word.end];
                let found = found.get(&(word.begin, word.end));
                let upos = found.map_or_else(|| "nothing".to_owned(), |found| name(found.0));
                scores[1].add(upos == word.upos, || format!("{form} {upos} for {}", word.upos));
                if let Some(lemma) = &word.lemma {
                    let told = found.map_or("nothing", |found| found.1);
                    scores[2].add(told == lemma, || format!("{form} {told} for {lemma}"));
                }
            }
        }
        buffers = text.into_buffers();
    }
    scores
}

#[test]
fn annotated_news() {
    let Some(content) = data("news.dev.txt") else { return };
    let [cuts, upos, lemmas] = score(&news(&content));
    cuts.show("news: tokens cut right");
    upos.show("news: words with the right part of speech, end to end");
    lemmas.show("news: lemmas of nouns, verbs and adjectives, end to end");
    assert!(cuts.percent() >= 99.4, "segmentation of news");
    assert!(upos.percent() >= 94.8, "parts of speech of news");
    assert!(lemmas.percent() >= 96.2, "lemmas of news");
}

#[test]
fn last_sentences_of_pud() {
    let Some(content) = data("pud.conllu") else { return };
    let [cuts, upos, _] = score(&pud(&content));
    cuts.show("PUD: tokens cut right");
    upos.show("PUD: words with the right part of speech as PUD has it, end to end");
    assert!(cuts.percent() >= 98.8, "segmentation of PUD");
}
