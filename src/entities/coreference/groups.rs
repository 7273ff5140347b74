//! Nationalities: with their country or place where it is mentioned, else with each other.

use rustc_hash::FxHashMap;

use super::{
    Resolver,
    spelling::{demonym_stem, without_article},
};
use crate::entities::{EntityType, MentionType};

/// Two adjectives of one group: who believes, and what is of the belief.
const SAME: [(&str, &str); 1] = [("مسلم", "إسلامي")];

/// Nouns for states.
const STATES: [&str; 7] = ["دولة", "جمهورية", "مملكة", "امبراطورية", "سلطنة", "خلافة", "فيدرالية"];

impl Resolver<'_> {
    pub(super) fn nationalities(&mut self) {
        let mut countries: FxHashMap<String, usize> = FxHashMap::default();
        let mut stems: FxHashMap<String, usize> = FxHashMap::default();
        for (m, node) in self.nodes.iter().enumerate() {
            let MentionType::Entity(kind) = node.phrase.kind else { continue };
            let place = matches!(kind, EntityType::Geopolitical | EntityType::Location);
            if place && let Some(code) = self.country(&node.phrase) {
                countries.entry(code.to_owned()).or_insert(m);
            }
            let name = self.name_from(node, node.phrase.core);
            if (place || kind == EntityType::Organization)
                && let Some(stem) = demonym_stem(&name).filter(|_| !name.contains(' '))
                // العربي is a magazine, and no noun that عربي is made of
                && (place || stem == without_article(&name))
            {
                stems.entry(stem.to_owned()).or_insert(m);
            }
        }
        let mut first: FxHashMap<String, usize> = FxHashMap::default();
        for m in 0..self.nodes.len() {
            let node = &self.nodes[m];
            if node.phrase.kind != MentionType::Nationality {
                continue;
            }
            let name = self.name_from(node, node.first);
            let stem = demonym_stem(&name).map(str::to_owned);
            // صهيوني, which the tables have beside إسرائيلي, is said of a movement
            let movement = stem.as_deref().is_some_and(|stem| stem.starts_with("صهيون"));
            let code = self.country(&node.phrase).filter(|_| !movement).map(str::to_owned);
            let entry = node.phrase.entry.and_then(|id| self.gazetteer.entry(id)).map(|entry| entry.name);
            let entry = entry.filter(|_| !movement);
            let place = match &code {
                Some(code) => countries.get(code),
                None => stem.as_ref().and_then(|stem| stems.get(stem)),
            };
            if let Some(&place) = place {
                self.clusters.join(m, place);
            }
            let entry =
                entry.map(|name| SAME.iter().find(|same| same.1 == name).map_or(name, |same| same.0).to_owned());
            // الدولة العثمانية is what العثمانيون are of
            let state = node.parent.filter(|&p| {
                let outer = &self.nodes[p];
                outer.phrase.names(EntityType::Geopolitical)
                    && outer.phrase.end == node.phrase.end
                    && outer.phrase.entry.is_none()
                    && node.first == outer.first + 1
                    && self.hosts[outer.first].definite
                    && STATES.contains(&self.hosts[outer.first].stem)
            });
            if let Some(state) = state {
                self.clusters.join(m, state);
            }
            let keys = [code.or(entry), stem.map(|stem| format!("~{stem}"))];
            for key in keys.into_iter().flatten() {
                self.join_by(&mut first, key, m);
            }
        }
    }
}
