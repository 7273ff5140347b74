//! A family name or given name alone, فضل الله as well, is nobody in particular: المنصوري is some man of that name, not the one whom the
//! tables know by it. It is known where the document names that person in full, and so is a name that few others bear.

use rustc_hash::FxHashSet;

use super::{
    EntityType,
    gazetteer::{Class, Gazetteer},
    phrases::Phrase,
};
use crate::text::Text;

/// Takes the entry from the names among `phrases` that many persons are called by.
pub(super) fn doubt(text: &Text<'_>, gazetteer: &Gazetteer, phrases: &mut [Option<Phrase>]) {
    let mut full: FxHashSet<u32> = FxHashSet::default();
    let mut short: Vec<usize> = Vec::new();
    for (first, phrase) in phrases.iter().enumerate() {
        let Some(phrase) = phrase.as_ref().filter(|p| p.names(EntityType::Person)) else { continue };
        let Some(id) = phrase.entry else { continue };
        let mut name = phrase.restored.to_owned();
        name.push_str(text.folded(first).get(phrase.host..).unwrap_or_default());
        for token in first + 1..phrase.end {
            name.push(' ');
            name.push_str(text.folded(token));
        }
        let classes = gazetteer.classes(&name);
        let (given, family) = (classes.has(Class::GivenName), classes.has(Class::FamilyName));
        if name.contains(' ') && !given && !family {
            full.insert(id);
            continue;
        }
        let Some(entry) = gazetteer.entry(id).filter(|entry| !entry.deployment && entry.name.contains(' ')) else {
            continue;
        };
        let arabic = NAMED_IN_ARABIC.contains(&entry.country);
        if given || !classes.surely(Class::Person) || arabic && (family || name.starts_with("ال")) {
            short.push(first);
        }
    }
    for first in short {
        if let Some(phrase) = phrases[first].as_mut().filter(|p| p.entry.is_some_and(|id| !full.contains(&id))) {
            phrase.entry = None;
        }
    }
}

/// Countries whose people have Arabic names.
const NAMED_IN_ARABIC: &[&str] = &[
    "AE", "AF", "BH", "DJ", "DZ", "EG", "EH", "IN", "IQ", "IR", "JO", "KM", "KW", "LB", "LY", "MA", "MR", "OM", "PK",
    "PS", "QA", "SA", "SD", "SO", "SY", "TN", "YE",
];
