//! The vowel marks that a text writes, as far as they decide between the words of the lexicon.

use super::compile;

/// The marks of a token's letters: for each a vowel, and whether it has a shadda.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marks(Vec<(Option<char>, bool)>);

const SHADDA: char = '\u{651}';

impl Marks {
    /// Those of `written`, letters with their marks.
    pub fn of(written: &str) -> Self {
        let mut letters = Vec::new();
        for c in written.chars() {
            match (c, letters.last_mut()) {
                ('\u{640}', _) => {}
                (SHADDA, Some((_, shadda))) => *shadda = true,
                ('\u{64E}'..='\u{650}' | '\u{652}', Some((vowel, _))) => *vowel = Some(c),
                // nunation and the small alef belong to endings
                _ if compile::mark(c) => {}
                _ => letters.push((None, false)),
            }
        }
        Self(letters)
    }

    /// Whether no letter has one.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|&letter| letter == (None, false))
    }

    /// Whether a `stem` whose first letter is number `first` can have these marks: a vowel that both tell is the same,
    /// and a shadda is one of the stem's, if the lexicon has its vowels. Marks of its last letter are those of an ending.
    pub fn allow(&self, stem: &str, first: usize) -> bool {
        let own = Self::of(stem);
        if own.is_empty() {
            return true;
        }
        let last = own.0.len().saturating_sub(1);
        own.0.iter().zip(self.0.iter().skip(first)).enumerate().all(|(i, (&(vowel, shadda), &(written, doubled)))| {
            let same = i == last || vowel.is_none() || written.is_none() || vowel == written;
            same && (shadda || !doubled || i == 0)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_decide_between_words() {
        let table = [
            ("كُتُب", "كُتُب", true),
            ("كُتُب", "كَتَب", false),
            ("كتب", "كَتَب", true),
            ("كَتب", "كتب", true),
            ("دَرَّس", "دَرّس", true),
            ("دَرَّس", "دَرَس", false),
            ("دَرَس", "دَرّس", true),
            ("كتاباً", "كِتَاب", true),
        ];
        for (written, stem, expected) in table {
            assert_eq!(Marks::of(written).allow(stem, 0), expected, "{stem} for {written}");
        }
        assert!(Marks::of("والكُتُب").allow("كُتُب", 3));
        assert!(!Marks::of("والكُتُب").allow("كَتَب", 3));
    }
}
