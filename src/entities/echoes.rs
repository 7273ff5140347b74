//! Short names of what the document names in full elsewhere: روبيو after ماركو روبيو, حماس after حركة حماس.

use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    EntityType, MentionType,
    gazetteer::{Class, Gazetteer},
    hosts::Host,
    lexicon::Roles,
    phrases::{Candidates, Phrase},
    tree,
};
use crate::{
    morphology::{Source, Upos, clitics},
    text::{Text, TokenKind},
};

/// Adds to the phrases of `candidates`, outside of all others, the single words that end a person's full name in the
/// document, and the doubtful names of what it names for certain.
pub(super) fn add(text: &Text<'_>, hosts: &[Host<'_>], gazetteer: &Gazetteer, candidates: &mut Candidates) {
    let Candidates { phrases, doubtful } = candidates;
    let mut certain: FxHashSet<u32> = FxHashSet::default();
    let mut last_names: FxHashMap<&str, Option<u32>> = FxHashMap::default();
    let mut covered = vec![false; phrases.len()];
    for node in tree::nest(phrases) {
        let phrase = &node.phrase;
        if phrase.names(EntityType::Person) || node.parent.is_none() && phrase.kind != MentionType::Title {
            covered[node.first..phrase.end].fill(true);
        }
        certain.extend(phrase.entry);
        if phrase.names(EntityType::Person) && phrase.end > node.first + 1 {
            last_names.insert(text.folded(phrase.end - 1), phrase.entry);
        }
    }
    for token in 1..phrases.len() {
        // والدها فهد الأطرش beside فريد الأطرش: a relative by a given name that is an everyday word too
        let before = token - 1;
        let alone =
            phrases[token].as_ref().is_none_or(|p| p.names(EntityType::Person) && p.end == token + 1 && p.host == 0);
        let relative = alone
            && !covered[before]
            && phrases[before].is_none()
            && last_names.contains_key(text.folded(token))
            && hosts[token].definite
            && hosts[before].upos != Upos::Verb
            && text.tokens()[before].sentence == text.tokens()[token].sentence
            && gazetteer.classes(text.folded(before)).has(Class::GivenName);
        if relative {
            phrases[token] = None;
            covered[token] = true;
            phrases[before] = Some(Phrase {
                kind: MentionType::Entity(EntityType::Person),
                host: 0,
                restored: "",
                end: token + 1,
                source: Source::Rule,
                entry: None,
                core: before,
                closed: true,
            });
        }
    }
    for token in 0..phrases.len() {
        if covered[token] || text.tokens()[token].kind != TokenKind::Word {
            continue;
        }
        let repeated =
            doubtful[token].as_ref().filter(|phrase| phrase.entry.is_some_and(|entry| certain.contains(&entry)));
        if let Some(repeated) = repeated {
            phrases[token] = Some(repeated.clone());
            continue;
        }
        let folded = text.folded(token);
        for &cut in clitics::cuts(text.normalized(token)).iter() {
            let (restored, letters) = cut.host_form(folded);
            let known = match restored {
                "" => last_names.get(letters),
                _ => last_names.get(format!("{restored}{letters}").as_str()),
            };
            let Some(&entry) = known else { continue };
            // a last name without the article may be a verb or a particle elsewhere, الأول and الإسلام are words of
            // their own, and الهاشمي is an adjective after a noun
            let host = &hosts[token];
            let after_noun = token.checked_sub(1).is_some_and(|before| {
                matches!(hosts[before].upos, Upos::Noun | Upos::Propn | Upos::Adj) && hosts[before].word
            });
            let own = host.is(Roles::RANK_MODIFIER.and(Roles::STOP).and(Roles::COMMON))
                || after_noun && host.is(Roles::NAME_ADJECTIVE);
            let nominal = matches!(host.upos, Upos::Propn | Upos::X | Upos::Noun | Upos::Adj);
            // بالحاج is a family name, though الحاج after ب is a title
            let untitled = host.listed.title.is_none() || cut.host < host.begin;
            let open = untitled && !own && (host.definite || nominal);
            if open && letters.chars().nth(2).is_some() {
                phrases[token] = Some(Phrase {
                    kind: MentionType::Entity(EntityType::Person),
                    host: cut.host,
                    restored: cut.restored,
                    end: token + 1,
                    source: Source::Rule,
                    entry,
                    core: token,
                    closed: true,
                });
                break;
            }
        }
    }
}
