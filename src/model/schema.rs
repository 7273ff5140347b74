//! What the encoder reads of a token: rows of one table, which it adds up.
//!
//! The first rows stand each for something that the lists and rules say of the token in its place ([`Group`]); the others
//! are shared by the parts of words, found by hashing. Training and serving both call this code: no feature is written
//! twice. [`fingerprint`] names all of it; a model is good for one schema.

use std::hash::Hasher as _;

use rustc_hash::FxHasher;
use sha2::{Digest as _, Sha256};

/// Rows of the table.
pub const ROWS: u32 = 1 << 16;

/// A kind of evidence with a row for each of its values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// Stands for a token that the model is to guess: used in training alone.
    Mask,
    /// The token's kind.
    Kind,
    /// Letters before the host, the article, a pronoun after it.
    Clitic,
    /// Where the token stands: begins a sentence, is in the headline, follows white space.
    Place,
    /// Part of speech as morphology has it.
    Upos,
    /// Whether morphology knows the word.
    Known,
    /// What the list of titles says.
    Title,
    /// What the list of name heads says.
    Head,
    /// What the list of context words says.
    Role,
    /// Names of the gazetteer: begins with, lies in, ends with the token; for sure or ambiguous; by class.
    Gazetteer,
    /// The rules' mentions: begins with, lies in, ends with the token; outermost or nested; by type.
    Rule,
    /// Mentions of the word elsewhere in the document by the rules, by type.
    Echo,
}

impl Group {
    /// Every group with the number of its values; the rows follow in this order.
    pub const ALL: [(Self, &str, u32); 12] = [
        (Self::Mask, "mask", 1),
        (Self::Kind, "kind", 11),
        (Self::Clitic, "clitic", 8),
        (Self::Place, "place", 3),
        (Self::Upos, "upos", 17),
        (Self::Known, "known", 1),
        (Self::Title, "title", 8),
        (Self::Head, "head", 17),
        (Self::Role, "role", 16),
        (Self::Gazetteer, "gazetteer", 13 * 6),
        (Self::Rule, "rule", 11 * 6),
        (Self::Echo, "echo", 11),
    ];

    /// The row of its value `value`.
    pub const fn row(self, value: u32) -> u32 {
        let (mut before, mut i) = (0, 0);
        while i < self as usize {
            before += Self::ALL[i].2;
            i += 1;
        }
        before + value
    }
}

/// The first hashed row.
pub const HASHED: u32 = 256;

const _: () = assert!(Group::Echo.row(11) <= HASHED);

/// The parts of words that have rows of their own.
#[derive(Clone, Copy)]
enum Part {
    Written = 1,
    Folded,
    Stem,
    Prefix,
    Suffix,
    Trigram,
    Lemma,
}

/// Letters of a word that its parts are taken from: longer ones are no words.
const LONGEST: usize = 24;

/// Appends the rows of a word: its host as written (with what ل swallowed) and folded, and the stem without article.
/// Constant time for words of more than [`LONGEST`] letters.
pub fn letters(written: &str, folded: &str, stem: &str, rows: &mut Vec<u32>) {
    rows.push(row(Part::Written, head(written)));
    rows.push(row(Part::Folded, head(folded)));
    let stem = head(stem);
    rows.push(row(Part::Stem, stem));
    // byte offsets of the letters, and of the end
    let mut at = [0usize; LONGEST + 1];
    let mut count = 0;
    for (i, c) in stem.char_indices() {
        at[count] = i;
        at[count + 1] = i + c.len_utf8();
        count += 1;
    }
    for length in 2..=4 {
        if length < count {
            rows.push(row(Part::Prefix, &stem[..at[length]]));
            rows.push(row(Part::Suffix, &stem[at[count - length]..]));
        }
    }
    for i in 0..count.saturating_sub(2) {
        rows.push(row(Part::Trigram, &stem[at[i]..at[i + 3]]));
    }
}

/// Appends the row of a word's dictionary form.
pub fn lemma(lemma: &str, rows: &mut Vec<u32>) {
    if !lemma.is_empty() {
        rows.push(row(Part::Lemma, head(lemma)));
    }
}

/// The first letters of `word`.
fn head(word: &str) -> &str {
    if word.len() <= LONGEST {
        return word;
    }
    word.char_indices().nth(LONGEST).map_or(word, |(end, _)| &word[..end])
}

fn row(part: Part, letters: &str) -> u32 {
    let mut hasher = FxHasher::default();
    hasher.write_u8(part as u8);
    hasher.write(letters.as_bytes());
    HASHED + ((hasher.finish() >> 16) % u64::from(ROWS - HASHED)) as u32
}

/// Hexadecimal digest of everything that says what a row means.
pub fn fingerprint() -> String {
    let mut digest = Sha256::new();
    digest.update(format!("1 {ROWS} {HASHED} {LONGEST}"));
    for (_, name, values) in Group::ALL {
        digest.update(format!(" {name} {values}"));
    }
    // the hash must not change under a model
    for probe in ["", "قطر", "الدوحة", "2025", "Doha"] {
        digest.update(row(Part::Written, probe).to_le_bytes());
    }
    digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_stay_in_their_place() {
        let mut rows = Vec::new();
        for word in ["", "و", "قطر", "الدوحة", &"م".repeat(10_000), "Doha", "🙂"] {
            letters(word, word, word, &mut rows);
            lemma(word, &mut rows);
        }
        assert!(rows.iter().all(|row| (HASHED..ROWS).contains(row)));
        assert!(rows.len() < 100);
    }

    #[test]
    fn groups_follow_each_other() {
        let mut next = 0;
        for (group, _, values) in Group::ALL {
            assert_eq!(group.row(0), next);
            next += values;
        }
        assert!(next <= HASHED);
    }

    #[test]
    fn parts_of_a_word_are_told_apart() {
        let rows_of = |word: &str| {
            let mut rows = Vec::new();
            letters(word, word, word, &mut rows);
            rows
        };
        let (one, other) = (rows_of("الأميركي"), rows_of("الأميركية"));
        assert_ne!(one, other);
        assert!(one.iter().any(|row| other.contains(row)), "they share their beginning");
        assert_eq!(rows_of("قطر").len(), 3 + 2 + 1);
    }
}
