//! A family name or given name alone is nobody in particular: المنصوري is some man of that name, not the one whom the
//! tables know by it. It is known where the document names that person in full, and so is a name that few others bear.

use rustc_hash::FxHashSet;

use super::{
    EntityType,
    gazetteer::{Class, Gazetteer},
    phrases::Phrase,
};
use crate::text::Text;

/// Takes the entry from the single words among `phrases` that many persons are called by.
pub(super) fn doubt(text: &Text<'_>, gazetteer: &Gazetteer, phrases: &mut [Option<Phrase>]) {
    let mut full: FxHashSet<u32> = FxHashSet::default();
    for (first, phrase) in phrases.iter().enumerate() {
        let Some(phrase) = phrase.as_ref().filter(|p| p.names(EntityType::Person) && p.end > first + 1) else {
            continue;
        };
        full.extend(phrase.entry);
    }
    for (first, phrase) in phrases.iter_mut().enumerate() {
        let Some(phrase) = phrase.as_mut().filter(|p| p.names(EntityType::Person) && p.end == first + 1) else {
            continue;
        };
        let Some(id) = phrase.entry.filter(|id| !full.contains(id)) else { continue };
        let Some(entry) = gazetteer.entry(id).filter(|entry| !entry.deployment && entry.name.contains(' ')) else {
            continue;
        };
        let letters = text.folded(first).get(phrase.host..).unwrap_or_default();
        let word = format!("{}{letters}", phrase.restored);
        let classes = gazetteer.classes(&word);
        let arabic = NAMED_IN_ARABIC.contains(&entry.country);
        let shared = classes.has(Class::GivenName)
            || !classes.surely(Class::Person)
            || arabic && (classes.has(Class::FamilyName) || word.starts_with("ال"));
        if shared {
            phrase.entry = None;
        }
    }
}

/// Countries whose people have Arabic names.
const NAMED_IN_ARABIC: &[&str] = &[
    "AE", "AF", "BH", "DJ", "DZ", "EG", "EH", "IN", "IQ", "IR", "JO", "KM", "KW", "LB", "LY", "MA", "MR", "OM", "PK",
    "PS", "QA", "SA", "SD", "SO", "SY", "TN", "YE",
];
