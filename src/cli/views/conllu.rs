//! Words in CoNLL-U (<https://universaldependencies.org/format.html>), for the tools of Universal Dependencies.
//!
//! A token of several words is a multiword token: `للديوان` is its form, ل and الديوان are those of its words, as they
//! would be alone. White space of any kind is one blank, characters are composed (NFC) as the format wants them, and
//! there is no syntax.

use std::io::{self, Write};

use icu_normalizer::ComposingNormalizerBorrowed;

use super::Show;
use crate::pb;

/// Writes the sentences of document `number`.
pub fn analysis(out: &mut dyn Write, number: usize, show: &Show<'_>, answer: &pb::AnalyzeResponse) -> io::Result<()> {
    let id = field(&answer.document_id);
    let (newdoc, name) = if id.is_empty() {
        ("# newdoc".to_owned(), number.to_string())
    } else {
        // the id of a sentence has neither white space nor a slash
        (format!("# newdoc id = {id}"), id.replace(|c: char| c == '/' || c.is_whitespace(), "_"))
    };
    let mut following = answer.sentences.iter().flat_map(|sentence| &sentence.tokens).skip(1);
    for (number, sentence) in (1..).zip(answer.sentences.iter().filter(|sentence| !sentence.tokens.is_empty())) {
        let (mut text, mut rows, mut id) = (String::new(), Vec::new(), 1);
        for token in &sentence.tokens {
            let joined = following.next().is_some_and(|next| joined(show.text, token, next));
            text.push_str(&field(&token.text));
            text.push_str(if joined { "" } else { " " });
            id = write_token(&mut rows, id, token, joined)?;
        }
        if number == 1 {
            writeln!(out, "{newdoc}")?;
        }
        writeln!(out, "# sent_id = {name}-{number}\n# text = {}", text.trim_end())?;
        out.write_all(&rows)?;
        writeln!(out)?;
    }
    Ok(())
}

/// Whether no white space stands between two tokens of `text`. Diacritics that only an invisible mark keeps off the
/// token before them stay off it.
fn joined(text: &str, token: &pb::Token, next: &pb::Token) -> bool {
    let between = token.span.zip(next.span).and_then(|(token, next)| text.get(token.end as usize..next.begin as usize));
    between.is_some_and(|between| !between.contains(char::is_whitespace))
        && ComposingNormalizerBorrowed::new_nfc().is_normalized(&(field(&token.text) + &field(&next.text)))
}

/// Writes the rows of a token whose first word is number `id`; returns the number of the next.
fn write_token(out: &mut Vec<u8>, id: usize, token: &pb::Token, joined: bool) -> io::Result<usize> {
    let form = field(&token.text);
    let words = token.words.len();
    if words < 2 {
        write_row(out, &id.to_string(), &form, token.words.first(), joined)?;
        return Ok(id + 1);
    }
    write_row(out, &format!("{id}-{}", id + words - 1), &form, None, joined)?;
    for (id, word) in (id..).zip(&token.words) {
        let alone = if word.underlying.is_empty() { &word.text } else { &word.underlying };
        write_row(out, &id.to_string(), &field(alone), Some(word), false)?;
    }
    Ok(id + words)
}

/// Writes a row; without a word, nothing but the form is known. `joined`: no space follows.
fn write_row(out: &mut Vec<u8>, id: &str, form: &str, word: Option<&pb::Word>, joined: bool) -> io::Result<()> {
    let (lemma, upos, features) = word.map_or_else(Default::default, |word| {
        let mut features: Vec<String> = word.features.iter().map(|(name, value)| format!("{name}={value}")).collect();
        features.sort_unstable_by_key(|feature| feature.to_lowercase());
        (field(&word.lemma), word.upos.clone(), features.join("|"))
    });
    let known = word.map_or(["", ""], |word| [word.gloss.as_str(), word.root.as_str()]);
    let misc = ["Gloss", "Root"].iter().zip(known).filter(|(_, value)| !value.is_empty());
    let misc = misc.map(|(name, value)| format!("{name}={value}")).chain(joined.then(|| "SpaceAfter=No".to_owned()));
    let misc = misc.collect::<Vec<_>>().join("|");
    let [lemma, upos, features, misc] =
        [lemma, upos, features, misc].map(|column| if column.is_empty() { "_".to_owned() } else { column });
    writeln!(out, "{id}\t{form}\t{lemma}\t{upos}\t_\t{features}\t_\t_\t_\t{misc}")
}

/// `text` as a column may hold it.
fn field(text: &str) -> String {
    let visible: String = text.chars().filter(|c| !c.is_control()).collect();
    ComposingNormalizerBorrowed::new_nfc().normalize(&visible).into_owned()
}
