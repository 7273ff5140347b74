//! Tables of words and phrases, found at an atom.

use rustc_hash::FxHashMap;

use super::atoms::{AtomKind, Atoms, Reading, kind_of, readings};
use crate::text::fold::word as fold;

/// Words and phrases with what they mean, keyed by their first word.
#[derive(Debug)]
pub struct Lexicon<T> {
    heads: FxHashMap<Box<str>, Vec<Entry<T>>>,
}

#[derive(Debug)]
struct Entry<T> {
    /// The words after the first.
    rest: Vec<Box<str>>,
    sense: T,
}

/// An entry found in the text.
#[derive(Clone, Copy, Debug)]
pub struct Hit<T> {
    /// What it means.
    pub sense: T,
    /// One past its last atom.
    pub end: usize,
    /// Bytes of proclitics at its beginning.
    pub cut: usize,
    /// Whether it has an article that its entry has not.
    pub definite: bool,
}

impl<T: Copy> Lexicon<T> {
    /// Reads a table: a phrase and what `sense` makes of the other columns. Rows without a sense are left out; a test
    /// sees to it that a table has none.
    pub fn read(table: &'static str, sense: impl Fn(&[&'static str]) -> Option<T>) -> Self {
        let mut heads: FxHashMap<Box<str>, Vec<Entry<T>>> = FxHashMap::default();
        for row in rows(table) {
            let mut words = split(&fold(row[0])).into_iter();
            if let (Some(head), Some(sense)) = (words.next(), sense(&row[1..])) {
                heads.entry(head).or_default().push(Entry { rest: words.collect(), sense });
            }
        }
        for entries in heads.values_mut() {
            entries.sort_by_key(|e| std::cmp::Reverse(e.rest.len()));
        }
        Self { heads }
    }

    /// The longest entry at atom `at`, the reading with the fewest clitics first.
    pub fn find(&self, atoms: &Atoms<'_>, at: usize) -> Option<Hit<T>> {
        readings(atoms.form(at)).find_map(|reading| self.at(atoms, at, reading))
    }

    /// The longest entry at atom `at` that begins with its whole form.
    pub fn find_bare(&self, atoms: &Atoms<'_>, at: usize) -> Option<Hit<T>> {
        self.at(atoms, at, Reading { cut: 0, key: atoms.form(at), definite: false })
    }

    /// What the single word `key`, which is folded, means.
    pub fn word(&self, key: &str) -> Option<T> {
        self.heads.get(key)?.iter().find(|entry| entry.rest.is_empty()).map(|entry| entry.sense)
    }

    /// The longest entry at atom `at` in `reading`.
    pub fn at(&self, atoms: &Atoms<'_>, at: usize, reading: Reading<'_>) -> Option<Hit<T>> {
        let entries = self.heads.get(reading.key)?;
        entries.iter().find_map(|entry| {
            let fits = entry.rest.iter().enumerate().all(|(i, word)| atoms.form(at + 1 + i) == &**word);
            fits.then(|| Hit {
                sense: entry.sense,
                end: at + 1 + entry.rest.len(),
                cut: reading.cut,
                definite: reading.definite,
            })
        })
    }
}

/// The rows of a table, without comments and empty lines.
pub fn rows(table: &str) -> impl Iterator<Item = Vec<&str>> {
    table.lines().filter(|l| !l.is_empty() && !l.starts_with('#')).map(|l| l.split('\t').collect())
}

/// The atoms of a phrase of a table.
fn split(phrase: &str) -> Vec<Box<str>> {
    let mut words = Vec::new();
    for word in phrase.split_whitespace() {
        let mut rest = word;
        while let Some(c) = rest.chars().next() {
            let kind = kind_of(c);
            let end = match kind {
                AtomKind::Mark => c.len_utf8(),
                _ => rest.find(|c| kind_of(c) != kind).unwrap_or(rest.len()),
            };
            words.push(rest[..end].into());
            rest = &rest[end..];
        }
    }
    words
}
