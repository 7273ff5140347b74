//! The analyser: what a host can be by the lexicon, with its stem's class deciding what may stand around it.
//!
//! `resources/lexicon` lists lexemes with their stems, and for each class of stems the prefixes and endings; `build.rs`
//! compiles both (see [`compile`]). A host is read as prefix, stem and ending: one walk through the automaton of stems
//! for each prefix that its first letter allows. Keys have one alef, ي for ى and ه for ة, so that common spellings are
//! found.

pub mod compile;
mod marks;
mod readings;
#[cfg(test)]
mod tests;

use std::sync::LazyLock;

use compile::{CELL, CONTEXTS, FEATURES, LEXEME, PARTS, RARE};
use fst::raw::{Fst, Output};
pub use marks::Marks;
pub use readings::{Reading, readings};
use rustc_hash::FxHashMap;

use super::Upos;

const STEMS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/lexicon.stems"));
const POSTINGS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/lexicon.postings"));
const LEXEMES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/lexicon.lexemes"));
const STRINGS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/lexicon.strings"));
const CELLS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/lexicon.cells"));
const NAMES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/lexicon.names"));
const AFFIXES: &str = include_str!(concat!(env!("OUT_DIR"), "/lexicon.affixes"));

/// The longest host that can be analysed, in bytes: no stem with its affixes is as long.
const LONGEST: usize = 60;

/// What stands around a host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Around {
    /// Neither article nor pronoun.
    Nothing,
    /// The article before it.
    Article,
    /// A pronoun after it.
    Pronoun,
    /// The pronoun ي after it.
    Mine,
}

impl Around {
    /// The contexts of `paradigms.tsv` that it allows, by their number.
    fn contexts(self) -> &'static [u8] {
        const _: () = assert!(CONTEXTS.len() == 7);
        match self {
            Self::Nothing => &[0, 2, 4],
            Self::Article => &[3],
            Self::Pronoun => &[1, 5],
            Self::Mine => &[6],
        }
    }
}

/// The values that features may have, a bit each, and for each feature a bit that it may have none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Possible(u32);

impl Possible {
    /// What either may have.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Name and value of each feature that can have one value only.
    pub fn decided(self) -> impl Iterator<Item = (&'static str, &'static str)> {
        let mut at = 0;
        FEATURES.into_iter().filter_map(move |(name, values)| {
            let bits = self.0 >> at & ((1 << (values.len() + 1)) - 1);
            at += values.len() + 1;
            let value = (bits.is_power_of_two() && bits > 1).then(|| values.get(bits.trailing_zeros() as usize - 1))?;
            value.map(|value| (name, *value))
        })
    }

    /// Whether the feature `name` may have the value `value`.
    pub fn may(self, name: &str, value: &str) -> bool {
        self.bit(name, value).is_some_and(|bit| self.0 & bit != 0)
    }

    /// The same where the feature `name` has the value `value`, if it may.
    #[must_use]
    pub fn with(self, name: &str, value: &str) -> Self {
        let Some(bit) = self.bit(name, value).filter(|bit| self.0 & bit != 0) else { return self };
        let mut at = 0;
        for (feature, values) in FEATURES {
            let all = ((1u32 << (values.len() + 1)) - 1) << at;
            if feature == name {
                return Self(self.0 & !all | bit);
            }
            at += values.len() + 1;
        }
        self
    }

    fn bit(self, name: &str, value: &str) -> Option<u32> {
        let mut at = 0;
        for (feature, values) in FEATURES {
            if feature == name {
                return values.iter().position(|&v| v == value).map(|i| 1 << (at + 1 + i));
            }
            at += values.len() + 1;
        }
        None
    }
}

/// A word of the lexicon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lexeme {
    /// Its part of speech.
    pub upos: Upos,
    /// Its dictionary form, vocalized where the source has the vowels.
    pub lemma: &'static str,
    /// The letters of its root, or empty.
    pub root: &'static str,
    /// Its pattern with the letters فعل for those of the root, or empty.
    pub pattern: &'static str,
    /// What it means in English, or empty.
    pub gloss: &'static str,
}

impl Lexeme {
    /// The letters of its lemma, without marks.
    pub fn letters(&self) -> impl Iterator<Item = char> + Clone {
        self.lemma.chars().filter(|&c| !compile::mark(c))
    }
}

/// How a host is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Spelling {
    /// As the lexicon writes it.
    Exact,
    /// As many write it: ا for a hamza on alef, ى for ي at the end or the reverse.
    Common,
    /// With another hamza, or ه for ة.
    Loose,
}

impl Spelling {
    /// How `host` is written, where the lexicon has `letters`; both are the same when folded.
    fn of(host: &str, letters: impl Iterator<Item = char>) -> Self {
        let each = host.chars().zip(letters).map(|pair| match pair {
            (written, own) if written == own => Self::Exact,
            ('ا', _) | ('ى', 'ي') | ('ي', 'ى') => Self::Common,
            _ => Self::Loose,
        });
        each.max().unwrap_or(Self::Exact)
    }
}

/// What a host can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// Number of the lexeme.
    pub lexeme: u32,
    /// Its stem, vocalized where the source has the vowels.
    pub stem: &'static str,
    /// Where the stem begins in the host.
    pub begin: u8,
    /// The values that its features may have.
    pub possible: Possible,
    /// How the host is written.
    pub spelling: Spelling,
    /// Whether news hardly has such a form: an imperative, a verb in the second person or the first singular.
    pub rare: bool,
}

/// What is asked of the analyser.
struct Query<'q> {
    host: &'q str,
    around: Around,
    only: Option<Upos>,
}

/// Prefixes or endings that are folded alike, with their numbers.
type Affixes = Vec<(&'static str, u8)>;

/// The compiled lexicon.
pub struct Analyser {
    stems: Fst<&'static [u8]>,
    names: fst::Set<&'static [u8]>,
    /// Folded prefixes, each with the prefixes it stands for and their numbers.
    prefixes: Vec<(String, Affixes)>,
    /// The same for endings.
    endings: FxHashMap<Vec<u8>, Affixes>,
}

impl std::fmt::Debug for Analyser {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Analyser").field("stems", &self.stems.len()).finish_non_exhaustive()
    }
}

impl Analyser {
    /// The lexicon in the binary; `None` if the build damaged it, which a test denies.
    pub fn embedded() -> Option<&'static Self> {
        static EMBEDDED: LazyLock<Option<Analyser>> = LazyLock::new(Analyser::read);
        EMBEDDED.as_ref()
    }

    fn read() -> Option<Self> {
        let (prefixes, endings) = AFFIXES.split_once("\n\n")?;
        let numbered = |list: &'static str| {
            let mut folded: Vec<(String, Affixes)> = Vec::new();
            for (number, affix) in (0..=u8::MAX).zip(list.split('\n')) {
                let key = compile::fold(affix);
                match folded.iter_mut().find(|(known, _)| *known == key) {
                    Some((_, list)) => list.push((affix, number)),
                    None => folded.push((key, vec![(affix, number)])),
                }
            }
            folded
        };
        let prefixes = numbered(prefixes);
        let endings = numbered(endings).into_iter().map(|(key, affixes)| (key.into_bytes(), affixes)).collect();
        Some(Self { stems: Fst::new(STEMS).ok()?, names: fst::Set::new(NAMES).ok()?, prefixes, endings })
    }

    /// The lexeme of number `lexeme`.
    pub fn lexeme(&self, lexeme: u32) -> Lexeme {
        let string = |field| string(place(lexeme, field));
        Lexeme { upos: self.upos(lexeme), lemma: string(0), root: string(1), pattern: string(2), gloss: string(3) }
    }

    /// The part of speech of a lexeme.
    pub fn upos(&self, lexeme: u32) -> Upos {
        const UPOS: [Upos; PARTS.len()] =
            [Upos::Noun, Upos::Propn, Upos::Verb, Upos::Adj, Upos::Num, Upos::Adv, Upos::Intj];
        let part = LEXEMES.get(lexeme as usize * LEXEME).copied().unwrap_or_default();
        UPOS.get(usize::from(part)).copied().unwrap_or(Upos::X)
    }

    /// Whether the lemma of a lexeme is written as `letters`, its marks aside.
    pub fn has_lemma(&self, lexeme: u32, letters: &str) -> bool {
        string(place(lexeme, 0)).chars().filter(|&c| !compile::mark(c)).eq(letters.chars())
    }

    /// Appends everything that `host` can be to `found`: letters without marks and without the article. Loose
    /// spellings are left out where there is another. Linear in the length of the host, of which 60 bytes are looked at.
    pub fn analyse(&self, host: &str, around: Around, found: &mut Vec<Found>) {
        self.analyse_as(host, around, None, found);
    }

    /// The same where it is known that `host` is a word of the part of speech `only`.
    pub fn analyse_as(&self, host: &str, around: Around, only: Option<Upos>, found: &mut Vec<Found>) {
        if host.len() > LONGEST {
            return;
        }
        let first = found.len();
        // folding keeps the lengths of letters
        let mut buffer = [0; LONGEST];
        let mut length = 0;
        for letter in host.chars().map(compile::folded) {
            length += letter.encode_utf8(&mut buffer[length..]).len();
        }
        let folded = &buffer[..length];
        let query = Query { host, around, only };
        for (prefix, prefixes) in &self.prefixes {
            let Some(rest) = folded.strip_prefix(prefix.as_bytes()) else { continue };
            let mut node = self.stems.root();
            let mut output = Output::zero();
            for (i, &byte) in rest.iter().enumerate() {
                let Some(transition) = node.find_input(byte).map(|at| node.transition(at)) else { break };
                output = output.cat(transition.out);
                node = self.stems.node(transition.addr);
                if node.is_final() {
                    // a stem ends with a letter, and so the rest begins with one
                    let Some(endings) = rest.get(i + 1..).and_then(|rest| self.endings.get(rest)) else { continue };
                    let place = output.cat(node.final_output()).value() as usize;
                    self.postings(place, &query, prefixes, endings, found);
                }
            }
        }
        if found[first..].iter().any(|f| f.spelling < Spelling::Loose) {
            let mut at = 0;
            found.retain(|f| {
                at += 1;
                at <= first || f.spelling < Spelling::Loose
            });
        }
    }

    /// Appends the lexemes of the stem whose postings are at `place`, as far as their classes allow the affixes.
    fn postings(
        &self,
        place: usize,
        &Query { host, around, only }: &Query<'_>,
        prefixes: &Affixes,
        endings: &Affixes,
        found: &mut Vec<Found>,
    ) {
        let mut bytes = POSTINGS.get(place..).unwrap_or_default();
        let count = number(&mut bytes);
        for _ in 0..count {
            let (lexeme, class, stem) = (number(&mut bytes), number(&mut bytes), number(&mut bytes));
            if only.is_some_and(|only| only != self.upos(lexeme)) {
                continue;
            }
            for &(prefix, prefix_number) in prefixes {
                for &(ending, ending_number) in endings {
                    let (mut usual, mut rare) = (0, 0);
                    for (context, values) in cells(class as u16, prefix_number, ending_number) {
                        if around.contexts().contains(&context) {
                            *(if values & RARE == 0 { &mut usual } else { &mut rare }) |= values;
                        }
                    }
                    if usual | rare == 0 {
                        continue;
                    }
                    let stem = string(stem);
                    for (values, rare) in [(usual, false), (rare, true)].into_iter().filter(|&(values, _)| values != 0)
                    {
                        let letters = stem.chars().filter(|&c| !compile::mark(c));
                        let spelling = Spelling::of(host, prefix.chars().chain(letters).chain(ending.chars()));
                        let possible = Possible(values & !RARE);
                        found.push(Found { lexeme, stem, begin: prefix.len() as u8, possible, spelling, rare });
                    }
                }
            }
        }
    }

    /// Whether a person, a place or a country has the name `word`, with its article if it has one.
    pub fn names(&self, word: &str) -> bool {
        word.len() <= LONGEST && self.names.contains(word)
    }

    /// Bytes of the compiled lexicon.
    pub const fn size() -> usize {
        STEMS.len() + POSTINGS.len() + LEXEMES.len() + STRINGS.len() + CELLS.len() + NAMES.len() + AFFIXES.len()
    }
}

/// Where the lemma, root, pattern or gloss of a lexeme stands among the strings.
fn place(lexeme: u32, field: usize) -> u32 {
    let record = LEXEMES.get(lexeme as usize * LEXEME..).unwrap_or_default();
    match record.get(1 + 4 * field..5 + 4 * field) {
        Some(&[a, b, c, d]) => u32::from_le_bytes([a, b, c, d]),
        _ => 0,
    }
}

/// The values that a class may have between two affixes, each with its context; the usual and the rare ones.
fn cells(class: u16, prefix: u8, ending: u8) -> impl Iterator<Item = (u8, u32)> {
    let [high, low] = class.to_be_bytes();
    let key = [high, low, prefix, ending];
    let (cells, _) = CELLS.as_chunks::<CELL>();
    let first = cells.partition_point(|cell| cell[..4] < key[..]);
    let own = cells[first..].iter().take_while(move |cell| cell[..4] == key);
    own.map(|&[_, _, _, _, context, values @ ..]| (context, u32::from_be_bytes(values)))
}

/// Reads a number in LEB128 off the begin of `bytes`.
fn number(bytes: &mut &[u8]) -> u32 {
    let (mut value, mut shift) = (0, 0);
    while let Some((&byte, rest)) = bytes.split_first() {
        *bytes = rest;
        value |= u32::from(byte & 0x7f) << shift;
        shift += 7;
        if byte < 0x80 || shift > 28 {
            break;
        }
    }
    value
}

/// The string at `place`.
fn string(place: u32) -> &'static str {
    let mut bytes = STRINGS.get(place as usize..).unwrap_or_default();
    let length = number(&mut bytes) as usize;
    bytes.get(..length).and_then(|bytes| str::from_utf8(bytes).ok()).unwrap_or_default()
}
