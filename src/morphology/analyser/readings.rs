//! All readings of a token: every cut that letters and lexicon allow.

use std::ops::Range;

use super::{Analyser, Around, Found, Marks, Possible};
use crate::morphology::{
    Upos,
    clitics::LETTER,
    lexicon::{Lexicon, Pronouns},
    scoring::PRONOUNS,
};

/// One reading of a token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The host's bytes in the token's normalized form. Proclitics before it are one letter each, what is after it is a
    /// pronoun.
    pub host: Range<usize>,
    /// The host's part of speech.
    pub upos: Upos,
    /// The host's lemma, without marks.
    pub lemma: String,
    /// The values that its features may have.
    pub possible: Possible,
    /// Number of its lexeme, where the analyser has it.
    pub lexeme: Option<u32>,
}

/// Appends all readings of `token`, a normalized form, to `out`; none where no lexicon knows it. `marks` are what the
/// text writes of its vowels. Readings that differ in features alone are one. Linear in the length of the token.
pub fn readings(lexicon: &Lexicon, analyser: &Analyser, token: &str, marks: &Marks, out: &mut Vec<Reading>) {
    let mut found = Vec::new();
    for conjunction in ["", "و", "ف"] {
        let Some(rest) = token.strip_prefix(conjunction) else { continue };
        for prefix in ["", "ب", "ك", "ل", "س"] {
            let Some(rest) = rest.strip_prefix(prefix) else { continue };
            for pronoun in &PRONOUNS {
                let Some(host) = rest.strip_suffix(pronoun.letters) else { continue };
                if host.is_empty() {
                    continue;
                }
                let begin = token.len() - rest.len();
                let cut = Cut { prefix, pronoun: pronoun.letters, host: begin..begin + host.len() };
                closed(lexicon, host, &cut, out);
                if host.len() < 2 * LETTER {
                    continue;
                }
                found.clear();
                hosts(analyser, host, &cut, &mut found);
                let letters = token[..begin].chars().count();
                for f in &found {
                    let lexeme = analyser.lexeme(f.found.lexeme);
                    let offset = letters + f.article + usize::from(f.found.begin) / LETTER;
                    if cut.allows(lexeme.upos) && marks.allow(f.found.stem, offset) {
                        let lemma = lexeme.letters().collect();
                        push(out, &cut, lexeme.upos, lemma, f.found.possible, Some(f.found.lexeme));
                    }
                }
                if pronoun.letters.is_empty() && prefix != "س" {
                    names(lexicon, analyser, host, &cut, out);
                }
            }
        }
    }
}

/// What is cut off.
struct Cut {
    prefix: &'static str,
    pronoun: &'static str,
    host: Range<usize>,
}

impl Cut {
    /// Whether a word may stand behind the prefix and before the pronoun.
    fn allows(&self, upos: Upos) -> bool {
        let verb = upos == Upos::Verb;
        let before = match self.prefix {
            "س" => verb,
            "ب" | "ك" => !verb,
            _ => true,
        };
        before
            && (self.pronoun.is_empty() || !matches!(upos, Upos::Propn | Upos::Adv | Upos::Intj))
            && (self.pronoun != "ني" || verb)
            && (self.pronoun != "ي" || !verb)
    }
}

/// What the analyser finds, and how many letters of an article stand before it.
struct Host {
    found: Found,
    article: usize,
}

fn hosts(analyser: &Analyser, host: &str, cut: &Cut, out: &mut Vec<Host>) {
    let mut found = Vec::new();
    let around = match cut.pronoun {
        "" => Around::Nothing,
        "ي" => Around::Mine,
        _ => Around::Pronoun,
    };
    analyser.analyse(host, around, &mut found);
    // the future is a letter before an imperfect, and ل before a verb is before one as well
    let imperfect = |f: &Found| f.possible.may("Aspect", "Imp");
    if cut.prefix == "س" {
        found.retain(imperfect);
    } else if cut.prefix == "ل" {
        found.retain(|f| analyser.lexeme(f.lexeme).upos != Upos::Verb || imperfect(f));
    }
    out.extend(found.drain(..).map(|found| Host { found, article: 0 }));
    if !cut.pronoun.is_empty() {
        return;
    }
    // ل swallows the alef of the article, and one ل of three
    let definite = match cut.prefix {
        "ل" => host.strip_prefix('ل').map(|bare| (bare, 1)),
        "س" => None,
        _ => host.strip_prefix("ال").map(|bare| (bare, 2)),
    };
    if let Some((bare, letters)) = definite.filter(|(bare, _)| bare.len() >= LETTER) {
        analyser.analyse(bare, Around::Article, &mut found);
        out.extend(found.drain(..).map(|found| Host { found, article: letters }));
        if cut.prefix == "ل" {
            analyser.analyse(host, Around::Article, &mut found);
            out.extend(found.drain(..).map(|found| Host { found, article: 0 }));
        }
    }
}

/// Words of the closed classes.
fn closed(lexicon: &Lexicon, host: &str, cut: &Cut, out: &mut Vec<Reading>) {
    let Some(word) = lexicon.closed(host) else { return };
    let fits = match (cut.prefix, cut.pronoun) {
        ("", "") => word.pronouns != Pronouns::Always,
        ("", _) => word.pronouns.may_follow(),
        (_, "") => matches!(word.pronouns, Pronouns::MayAfterPrefix | Pronouns::OnlyPrefix),
        _ => word.pronouns == Pronouns::MayAfterPrefix,
    };
    // ب and ل have every pronoun
    let fits = fits || cut.prefix.is_empty() && matches!(host, "ب" | "ل") && !cut.pronoun.is_empty();
    if !fits || cut.prefix == "س" {
        return;
    }
    for analysis in word.analyses.iter() {
        let lemma = analysis.lemma.or(word.lemma).unwrap_or(host);
        push(out, cut, analysis.upos, lemma.to_owned(), Possible::default(), None);
    }
}

/// Names that the table of word forms or the gazetteer has.
fn names(lexicon: &Lexicon, analyser: &Analyser, host: &str, cut: &Cut, out: &mut Vec<Reading>) {
    if analyser.names(host) {
        push(out, cut, Upos::Propn, host.to_owned(), Possible::default(), None);
    }
    let analyses = lexicon.form(host).map(|entry| entry.analyses).unwrap_or_default();
    for analysis in analyses.iter().filter(|analysis| analysis.upos == Upos::Propn) {
        let lemma = analysis.lemma.unwrap_or(host).to_owned();
        push(out, cut, Upos::Propn, lemma, Possible::default(), None);
    }
}

fn push(out: &mut Vec<Reading>, cut: &Cut, upos: Upos, lemma: String, possible: Possible, lexeme: Option<u32>) {
    match out.iter_mut().find(|r| r.host == cut.host && r.upos == upos && r.lemma == lemma) {
        Some(known) => known.possible = known.possible.or(possible),
        None => out.push(Reading { host: cut.host.clone(), upos, lemma, possible, lexeme }),
    }
}
