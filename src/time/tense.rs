//! Whether a day without a date lies ahead: by the tense of what stands near it.

use std::sync::LazyLock;

use super::lexicon::Pieces;
use crate::numbers::{
    atoms::AtomKind,
    lexicon::{Lexicon, rows},
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sign {
    Plan,
    Stop,
    /// Stops only what stands after it.
    That,
}

struct Signs {
    words: Lexicon<Sign>,
    /// Beginnings of words that only look like a verb with the future's س.
    nouns: Vec<String>,
}

static SIGNS: LazyLock<Signs> = LazyLock::new(|| {
    let table = include_str!("../../resources/time/tense.tsv");
    let words = Lexicon::read(table, |row| match *row {
        ["plan"] => Some(Sign::Plan),
        ["stop"] => Some(Sign::Stop),
        ["that"] => Some(Sign::That),
        _ => None,
    });
    let nouns = rows(table).filter(|row| row.get(1) == Some(&"noun"));
    Signs { words, nouns: nouns.map(|row| crate::text::fold::word(row[0])).collect() }
});

/// How many atoms before and after the day are looked at.
const BEFORE: usize = 12;
const AFTER: usize = 6;

/// Whether the pieces `first..end` are spoken of as still to come.
pub fn is_ahead(pieces: &Pieces<'_>, first: usize, end: usize) -> bool {
    let (from, to) = (pieces.get(first).first, pieces.get(end.max(first + 1) - 1).end);
    let sign = |at: usize| -> Option<Sign> {
        if pieces.atoms.get(at).is_none_or(|a| a.kind == AtomKind::Break) {
            return Some(Sign::Stop);
        }
        if let Some(hit) = SIGNS.words.find(pieces.atoms, at) {
            return Some(hit.sense);
        }
        (is_future_verb(pieces.atoms.form(at)) || is_own_plan(pieces.atoms.exact(at))).then_some(Sign::Plan)
    };
    let before = (from.saturating_sub(BEFORE)..from).rev().filter_map(sign).find(|&s| s != Sign::That);
    let after = (to..to.saturating_add(AFTER)).find_map(sign);
    before == Some(Sign::Plan) || after == Some(Sign::Plan)
}

/// `سيزور`, `وستعقد`: the future's س and a letter of the imperfect.
fn is_future_verb(form: &str) -> bool {
    let form = form.strip_prefix(['و', 'ف']).unwrap_or(form);
    let begins = ["سي", "ست", "سن"].iter().any(|p| form.starts_with(p));
    begins && form.chars().count() > 3 && !SIGNS.nouns.iter().any(|n| form.starts_with(n.as_str()))
}

/// `سأعود`: the hamza tells it from a noun such as ساحل.
fn is_own_plan(exact: &str) -> bool {
    exact.strip_prefix(['و', 'ف']).unwrap_or(exact).starts_with("سأ") && exact.chars().count() > 3
}
