//! The words that state a relation, from `resources/relation_words.tsv`.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// What a word states.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stated {
    /// Subject and object met.
    Met,
    /// Subject met the object after مع.
    MetWith,
    /// A noun of meeting with the pronoun of one of the two; the other follows, after مع or not.
    Meeting,
    /// The organisation before it is part of the one after ل.
    PartOf,
}

static WORDS: LazyLock<FxHashMap<&str, Stated>> = LazyLock::new(|| {
    let lines = include_str!("../../resources/relation_words.tsv").lines();
    let word = |line: &'static str| {
        let (form, states) = line.split_once('\t')?;
        let states = match states {
            "met" => Stated::Met,
            "met_with" => Stated::MetWith,
            "meeting" => Stated::Meeting,
            "part_of" => Stated::PartOf,
            _ => return None,
        };
        Some((form, states))
    };
    lines.filter(|line| !line.starts_with('#')).filter_map(word).collect()
});

/// What the normalized `form` states.
pub(super) fn stated(form: &str) -> Option<Stated> {
    WORDS.get(form).copied()
}
