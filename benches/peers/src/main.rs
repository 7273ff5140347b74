//! What other crates make of annotated Arabic words, beside Isnad, as a page of Markdown: `just peers`.
//!
//! Reads lines `N: ` and tokens of `form/UPOS[/lemma]`, joined by `+`, as `isnad eval morphology` reads them. A peer has
//! nothing to say of parts of speech, so a token is judged by its cut and by its key, what an index would keep of it.

use std::{env, error::Error, fs, sync::Arc};

use charabia::{Segment as _, Tokenize as _};
use isnad::{
    eval::{self, Entrant, Question, Scored},
    text::{Buffers, Text},
};
use rust_stemmers::{Algorithm, Stemmer};

const PAGE: &str = "\
# Beside other crates

What else a Rust program can cut Arabic words with, on the annotated news lines of docs/quality.md. Written by `just
peers`, which asks two questions of every token between white space:

- *Cut right*: is it cut into the annotated words, clitics and punctuation apart, all of them and no others? charabia cuts
  off the article, which the annotation leaves on; its cuts are judged as they are, and with the article put back.
- *Lemma met*: is what an index would keep of it the same as of the annotated lemma, for each noun, verb and adjective?
  That is the lemma for Isnad; for rust-stemmers the stem of the token and of the lemma, which need not be a word; for
  charabia the normalized token and lemma, the article apart. That stems of different lemmas meet as well is not counted.
";

/// A token between white space.
struct Token {
    text: String,
    /// Its words.
    words: Vec<String>,
    /// The lemmas of its nouns, verbs and adjectives.
    lemmas: Vec<String>,
}

fn tokens(data: &str) -> Vec<Token> {
    let lines = data.lines().filter_map(|line| line.split_once(": ").filter(|_| !line.starts_with('#')));
    lines.flat_map(|(_, line)| line.split_whitespace().map(token)).collect()
}

fn token(annotated: &str) -> Token {
    let mut token = Token { text: String::new(), words: Vec::new(), lemmas: Vec::new() };
    let mut begin = 0;
    for end in annotated.match_indices('+').map(|(at, _)| at).chain([annotated.len()]) {
        let fields: Vec<&str> = annotated.get(begin..end).unwrap_or_default().split('/').collect();
        let upos = |field: &&str| !field.is_empty() && field.bytes().all(|byte| byte.is_ascii_uppercase());
        // a + or / may be a letter of the text: then the tag is further on
        let Some(at) = fields.iter().rposition(upos).filter(|&at| at > 0) else { continue };
        let form = fields[..at].join("/");
        if matches!(fields[at], "NOUN" | "VERB" | "ADJ") {
            let bare = bare(fields.get(at + 1).unwrap_or(&form.as_str()));
            let article = fields.len() == at + 1;
            token.lemmas.push(bare.strip_prefix("ال").filter(|_| article).unwrap_or(&bare).to_owned());
        }
        token.text += &form;
        token.words.push(form);
        begin = end + 1;
    }
    token
}

/// Without diacritics and tatweel.
fn bare(form: &str) -> String {
    form.chars().filter(|c| !matches!(c, '\u{0640}' | '\u{064B}'..='\u{0652}' | '\u{0670}')).collect()
}

/// Isnad's tokens, which have their clitics.
fn uncut(token: &str) -> Vec<String> {
    let text = Text::read(token, Buffers::default());
    text.tokens().iter().map(|token| text.slice(token.span).to_owned()).collect()
}

/// Whether charabia cuts after `segment` as after an article.
fn is_article(segment: &str) -> bool {
    matches!(segment, "ال" | "أل" | "إل" | "آل" | "ٱل")
}

fn charabia(token: &str) -> Vec<String> {
    token.segment_str().map(str::to_owned).collect()
}

fn charabia_with_article(token: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut article = false;
    for segment in charabia(token) {
        match words.last_mut().filter(|_| article) {
            Some(word) => *word += &segment,
            None => words.push(segment.clone()),
        }
        article = is_article(&segment);
    }
    words
}

fn charabia_key(token: &str) -> String {
    let words = token.tokenize().filter(|token| token.is_word()).map(|token| token.lemma().to_owned());
    let words: Vec<String> = words.collect();
    let kept = words.iter().filter(|word| words.len() == 1 || !is_article(word));
    kept.map(String::as_str).collect()
}

/// The letters of a token.
fn letters(token: &str) -> &str {
    token.trim_matches(|c: char| !c.is_alphanumeric())
}

fn row(name: &str, cut: Option<(usize, usize)>, lemma: (usize, usize)) {
    let percent = |(right, of): (usize, usize)| format!("{:.1} %", 100.0 * right as f64 / of as f64);
    println!("| {name} | {} | {} |", cut.map_or_else(String::new, percent), percent(lemma));
}

fn main() -> Result<(), Box<dyn Error>> {
    let path = env::args().nth(1).ok_or("the file of annotated lines")?;
    let data = fs::read_to_string(path)?;
    let tokens = tokens(&data);

    let main = Entrant { name: "Isnad".to_owned(), engine: Arc::default() };
    let question = Question { scored: Scored::Morphology, seen: None };
    let compared = eval::evaluate(&main, &[], question, data.as_bytes(), &mut |_| {})?;
    let total = |measure: &str| {
        let total = compared.main().total(measure);
        (total.right as usize, total.annotated as usize)
    };
    let (cut, lemma) = (total("segmentation (accuracy)"), total("lemma (accuracy)"));
    let lemmas: usize = tokens.iter().map(|token| token.lemmas.len()).sum();
    if (cut.1, lemma.1) != (tokens.len(), lemmas) {
        return Err("not the tokens and lemmas that isnad eval counts".into());
    }

    let cuts = |cut: &dyn Fn(&str) -> Vec<String>| {
        let right = tokens.iter().filter(|token| cut(&token.text) == token.words).count();
        Some((right, tokens.len()))
    };
    let met = |key: &dyn Fn(&str) -> String| {
        let met = |token: &Token| token.lemmas.iter().filter(|lemma| key(&token.text) == key(lemma)).count();
        (tokens.iter().map(met).sum(), lemmas)
    };
    let stemmer = Stemmer::create(Algorithm::Arabic);
    println!("{PAGE}\n| | cut right, of {} tokens | lemma met, of {lemmas} |\n|---|---|---|", tokens.len());
    row("Isnad", Some(cut), lemma);
    row("as written, punctuation apart", cuts(&uncut), met(&|token| bare(letters(token))));
    row("charabia 0.9.9", cuts(&charabia), met(&charabia_key));
    row("charabia 0.9.9, article put back", cuts(&charabia_with_article), met(&charabia_key));
    row("rust-stemmers 1.2.0 (Snowball)", None, met(&|token| stemmer.stem(&bare(letters(token))).into_owned()));
    Ok(())
}
