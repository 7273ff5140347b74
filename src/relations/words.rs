//! The words that state a relation, from `resources/relation_words.tsv`.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

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

/// What a word is beside names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Role {
    /// Says that an office is held no more, or not yet.
    Former,
    /// An office of states, provinces and towns.
    StateOffice,
    /// Is of neither of the bodies beside him.
    Referee,
    /// May have left what he founded.
    Founder,
    /// Before the body or country that somebody is sent to.
    SentTo,
    /// Between an office and a place that it is not of.
    Elsewhere,
    /// A noun before the name of the place that something lies in.
    Place,
    /// A noun before a name that leaves it what it is: شمال حلب.
    Side,
    /// The head of a body that is a part of the body whose name follows.
    Part,
    /// A word of time that stands between two who met.
    Time,
    /// Before the noun of a meeting that took place.
    When,
}

static ROLES: LazyLock<FxHashSet<(Role, &str)>> = LazyLock::new(|| {
    let lines = include_str!("../../resources/relation_words.tsv").lines();
    let word = |line: &'static str| {
        let (form, role) = line.split_once('\t')?;
        let role = match role {
            "former" => Role::Former,
            "state_office" => Role::StateOffice,
            "referee" => Role::Referee,
            "founder" => Role::Founder,
            "sent_to" => Role::SentTo,
            "elsewhere" => Role::Elsewhere,
            "place" => Role::Place,
            "side" => Role::Side,
            "part" => Role::Part,
            "time" => Role::Time,
            "when" => Role::When,
            _ => return None,
        };
        Some((role, form))
    };
    lines.filter(|line| !line.starts_with('#')).filter_map(word).collect()
});

impl Role {
    /// Whether the folded `word` has the role, as it is or with the article or ة besides.
    pub(super) fn has(self, word: &str) -> bool {
        let bare = word.trim_start_matches("ال");
        [word, bare, bare.trim_end_matches('ة')].iter().any(|form| ROLES.contains(&(self, *form)))
    }
}

/// What the normalized `form` states.
pub(super) fn stated(form: &str) -> Option<Stated> {
    WORDS.get(form).copied()
}
