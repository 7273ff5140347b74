//! The words that state a relation, from `resources/relation_words.tsv`.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

/// What a word says of the names beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Role {
    /// Subject and object met.
    Met,
    /// Subject met the object after مع.
    MetWith,
    /// A noun of meeting with the pronoun of one of the two; the other follows, after مع or not.
    Meeting,
    /// The organisation before it is part of the one after ل.
    PartOf,
    /// Says that an office is not held yet.
    NotYet,
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

/// Every role with its name in the table.
const NAMES: [(&str, Role); 15] = [
    ("met", Role::Met),
    ("met_with", Role::MetWith),
    ("meeting", Role::Meeting),
    ("part_of", Role::PartOf),
    ("not_yet", Role::NotYet),
    ("state_office", Role::StateOffice),
    ("referee", Role::Referee),
    ("founder", Role::Founder),
    ("sent_to", Role::SentTo),
    ("elsewhere", Role::Elsewhere),
    ("place", Role::Place),
    ("side", Role::Side),
    ("part", Role::Part),
    ("time", Role::Time),
    ("when", Role::When),
];

static TABLE: LazyLock<FxHashSet<(Role, &str)>> = LazyLock::new(|| rows().flatten().collect());

/// The rows of the table; nothing for one that is wrong, which a test denies.
fn rows() -> impl Iterator<Item = Option<(Role, &'static str)>> {
    let lines = include_str!("../../resources/relation_words.tsv").lines();
    lines.filter(|line| !line.starts_with('#')).map(|line| {
        let (form, name) = line.split_once('\t')?;
        NAMES.iter().find(|(listed, _)| *listed == name).map(|(_, role)| (*role, form))
    })
}

impl Role {
    /// Whether the folded `word` has the role, as it is or with the article or ة besides.
    pub(super) fn has(self, word: &str) -> bool {
        let bare = word.trim_start_matches("ال");
        [word, bare, bare.trim_end_matches('ة')].iter().any(|form| TABLE.contains(&(self, *form)))
    }

    /// The relation that the normalized `form`, as it is, states.
    pub(super) fn stated(form: &str) -> Option<Self> {
        let states = [Self::Met, Self::MetWith, Self::Meeting, Self::PartOf];
        states.into_iter().find(|role| TABLE.contains(&(*role, form)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_table_is_read() {
        let wrong: Vec<usize> = rows().enumerate().filter(|(_, row)| row.is_none()).map(|(i, _)| i).collect();
        assert!(wrong.is_empty(), "rows without a known role: {wrong:?}");
        for (name, role) in NAMES {
            assert!(rows().flatten().any(|(listed, _)| listed == role), "no word has the role {name}");
        }
    }
}
