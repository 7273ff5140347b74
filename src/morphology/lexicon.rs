//! The lexicon: how common a form is without clitics, what it can be, and the closed classes.
//!
//! `resources/wordforms.tsv` stands in the binary as text with an index of its lines, and a line is read when a word needs
//! it; `closed_words.tsv` and `tag_pairs.tsv` are read at the first use.

pub mod index;

use std::{borrow::Cow, collections::HashMap, fmt, sync::LazyLock};

use rustc_hash::FxBuildHasher;

use super::Upos;

const FORMS: &str = include_str!("../../resources/wordforms.tsv");
const INDEX: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/wordforms.index"));
const CLOSED: &str = include_str!("../../resources/closed_words.tsv");
const PAIRS: &str = include_str!("../../resources/tag_pairs.tsv");

/// What a form can be: `NOUN:7 VERB:2:قتل`, the most common first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Analyses(&'static str);

/// One thing that a form can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Analysis {
    pub upos: Upos,
    /// Its share of the form's occurrences, 1 to 9.
    pub share: u8,
    /// The lemma, where it is not the form.
    pub lemma: Option<&'static str>,
}

impl Analyses {
    pub(super) fn is_empty(self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn iter(self) -> impl Iterator<Item = Analysis> {
        self.0.split(['\t', ' ']).filter_map(|analysis| {
            let mut fields = analysis.split(':');
            let upos = upos(fields.next()?)?;
            let share = fields.next().map_or(Some(9), |share| share.parse().ok())?;
            Some(Analysis { upos, share, lemma: fields.next() })
        })
    }
}

/// A line of `wordforms.tsv`.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Entry {
    /// 10 ln of its count without the article; 0: not seen.
    bare: u8,
    /// The same with the article.
    definite: u8,
    /// How sure it is that the form is a word, 0 to 9.
    pub sure: u8,
    pub analyses: Analyses,
}

impl Entry {
    /// 10 ln of its count, with or without the article.
    pub(super) fn band(&self, article: bool) -> Option<i32> {
        let band = if article { self.definite } else { self.bare };
        (band > 0).then_some(i32::from(band))
    }
}

/// Which pronouns a word of a closed class may have after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pronouns {
    Never,
    /// It may have one.
    May,
    /// It may have one, and ب ل ك before it as well.
    MayAfterPrefix,
    /// None, and it may have ب ل ك before.
    OnlyPrefix,
    /// It is written so before a pronoun only (علي-ه).
    Always,
}

impl Pronouns {
    /// Whether a pronoun may follow.
    pub(super) fn may_follow(self) -> bool {
        !matches!(self, Self::Never | Self::OnlyPrefix)
    }
}

/// A line of `closed_words.tsv`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Closed {
    pub analyses: Analyses,
    pub lemma: Option<&'static str>,
    pub pronouns: Pronouns,
    /// The words of the token as `form/UPOS/form alone`, joined by +, where it is not one word.
    pub words: &'static str,
}

/// The parts of speech that contexts tell apart: nouns and adjectives with and without the article.
const STATES: usize = 19;

/// What stands before: a state, or the begin of the sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct State(u8);

impl State {
    pub(super) const START: Self = Self(STATES as u8);

    pub(super) fn of(upos: Upos, article: bool) -> Self {
        Self(match upos {
            Upos::Adj if article => 1,
            Upos::Adj => 0,
            Upos::Adp => 2,
            Upos::Adv => 3,
            Upos::Aux => 4,
            Upos::Cconj => 5,
            Upos::Det => 6,
            Upos::Noun if article => 8,
            Upos::Noun => 7,
            Upos::Num => 9,
            Upos::Part => 10,
            Upos::Pron => 11,
            Upos::Propn => 12,
            Upos::Punct => 13,
            Upos::Sconj => 14,
            Upos::Sym => 15,
            Upos::Verb => 16,
            Upos::X => 17,
            Upos::Intj => 18,
        })
    }

    /// The state that `tag_pairs.tsv` calls `name`.
    fn named(name: &str) -> Option<Self> {
        match name.strip_suffix('+') {
            _ if name == "START" => Some(Self::START),
            Some(name) => Some(Self::of(upos(name)?, true)),
            None => Some(Self::of(upos(name)?, false)),
        }
    }
}

/// Forms, closed classes and pairs of parts of speech.
pub struct Lexicon {
    forms: &'static str,
    index: Cow<'static, [u8]>,
    closed: HashMap<&'static str, Closed, FxBuildHasher>,
    pairs: [[i8; STATES]; STATES + 1],
}

impl Lexicon {
    /// The lexicon in the binary, read at its first use.
    pub fn embedded() -> &'static Self {
        static EMBEDDED: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::read(FORMS, Cow::Borrowed(INDEX)));
        &EMBEDDED
    }

    /// The same with another table of word forms, which stays until the process ends.
    #[cfg(feature = "train")]
    pub(crate) fn with_forms(forms: String) -> &'static Self {
        let index = Cow::Owned(index::build(&forms));
        Box::leak(Box::new(Self::read(forms.leak(), index)))
    }

    fn read(forms: &'static str, index: Cow<'static, [u8]>) -> Self {
        let mut closed = HashMap::with_capacity_and_hasher(256, FxBuildHasher);
        for line in lines(CLOSED) {
            let mut fields = line.split('\t');
            let form = fields.next().unwrap_or_default();
            let mut field = || fields.next().unwrap_or_default();
            let (analyses, lemma) = (Analyses(field()), Some(field()).filter(|lemma| !lemma.is_empty()));
            let pronouns = match field() {
                "+" => Pronouns::May,
                "p" => Pronouns::MayAfterPrefix,
                "b" => Pronouns::OnlyPrefix,
                "only" => Pronouns::Always,
                _ => Pronouns::Never,
            };
            closed.insert(form, Closed { analyses, lemma, pronouns, words: field() });
        }
        let mut pairs = [[-50; STATES]; STATES + 1];
        let mut rows = lines(PAIRS);
        let header: Vec<_> = rows.next().unwrap_or_default().split('\t').skip(1).map(State::named).collect();
        for row in rows {
            let mut fields = row.split('\t');
            let Some(State(before)) = fields.next().and_then(State::named) else { continue };
            for (tag, value) in header.iter().zip(fields) {
                if let (Some(State(tag)), Ok(value)) = (tag, value.parse()) {
                    pairs[usize::from(before)][usize::from(*tag)] = value;
                }
            }
        }
        Self { forms, index, closed, pairs }
    }

    pub(in crate::morphology) fn form(&self, form: &str) -> Option<Entry> {
        let mut rest = index::find(&self.index, self.forms, form)?;
        let mut number = || {
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            let value =
                rest.bytes().take(digits).fold(0, |value: u8, digit| value.wrapping_mul(10).wrapping_add(digit - b'0'));
            rest = rest.get(digits + 1..).unwrap_or_default();
            value
        };
        let (bare, definite, sure) = (number(), number(), number());
        Some(Entry { bare, definite, sure, analyses: Analyses(rest) })
    }

    pub(super) fn closed(&self, form: &str) -> Option<&Closed> {
        self.closed.get(form)
    }

    /// 10 ln of how much more likely `state` is after `before` than anywhere.
    pub(super) fn pair(&self, before: State, state: State) -> i32 {
        i32::from(self.pairs[usize::from(before.0)][usize::from(state.0)])
    }
}

impl Default for &'static Lexicon {
    fn default() -> Self {
        Lexicon::embedded()
    }
}

impl fmt::Debug for Lexicon {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Lexicon({} bytes of forms)", self.forms.len())
    }
}

fn lines(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().filter(|line| !line.starts_with('#') && !line.is_empty())
}

/// The part of speech that tables write as `name`.
pub(super) fn upos(name: &str) -> Option<Upos> {
    Some(match name {
        "ADJ" => Upos::Adj,
        "ADP" => Upos::Adp,
        "ADV" => Upos::Adv,
        "AUX" => Upos::Aux,
        "CCONJ" => Upos::Cconj,
        "DET" => Upos::Det,
        "INTJ" => Upos::Intj,
        "NOUN" => Upos::Noun,
        "NUM" => Upos::Num,
        "PART" => Upos::Part,
        "PRON" => Upos::Pron,
        "PROPN" => Upos::Propn,
        "PUNCT" => Upos::Punct,
        "SCONJ" => Upos::Sconj,
        "SYM" => Upos::Sym,
        "VERB" => Upos::Verb,
        "X" => Upos::X,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_tables_is_read() {
        for line in lines(FORMS) {
            let fields: Vec<_> = line.split('\t').collect();
            let found = Lexicon::embedded().form(fields[0]).expect(line);
            assert_eq!(found.analyses.iter().count(), fields.len() - 4, "analyses of {line}");
            assert!(fields[1..4].iter().all(|n| n.parse::<u8>().is_ok()), "numbers of {line}");
        }
        for line in lines(CLOSED) {
            let fields: Vec<_> = line.split('\t').collect();
            let found = Lexicon::embedded().closed(fields[0]).expect(line);
            assert_eq!(found.analyses.iter().count(), fields[1].split_whitespace().count(), "analyses of {line}");
            assert!(!fields[1].is_empty() || !found.words.is_empty(), "nothing is said of {line}");
            let forms: String = found.words.split('+').map(|word| word.split('/').next().unwrap()).collect();
            assert!(forms.is_empty() || forms == fields[0], "words of {line} are not the token");
            for word in found.words.split('+').filter(|word| !word.is_empty()) {
                assert!(word.split('/').nth(1).and_then(upos).is_some(), "part of speech of {word}");
            }
        }
        let header = lines(PAIRS).next().unwrap();
        for name in header.split('\t').skip(1).chain(lines(PAIRS).skip(1).map(|l| l.split('\t').next().unwrap())) {
            assert!(State::named(name).is_some(), "state {name}");
        }
    }
}
