//! Persons' names: by entry and full name, by parts of longer names, then single words of full names.

use rustc_hash::FxHashMap;

use super::{Resolver, spelling::skeleton};
use crate::entities::gazetteer::Class;

/// At most so many persons of one family name are told apart.
const NAMESAKES: usize = 8;
/// Shortest skeleton of a full name, in letters, that tells it.
const TELLING: usize = 5;

/// The persons of a text and the longest name that each is known by so far.
struct Known<'n> {
    /// Mention and folded name.
    persons: &'n [(usize, String)],
    /// By the first mention of a person, the index of a full name in `persons`.
    full: FxHashMap<usize, usize>,
}

/// Persons who share a word of their names, with how often each is mentioned by a full name.
#[derive(Default)]
struct Namesakes(Vec<(usize, usize)>);

impl Namesakes {
    fn add(&mut self, person: usize) {
        if let Some((_, count)) = self.0.iter_mut().find(|(other, _)| *other == person) {
            *count += 1;
        } else if self.0.len() < NAMESAKES {
            self.0.push((person, 1));
        }
    }

    /// Whom the word alone most likely means in `mention`: who is mentioned most of those that were before it.
    fn likeliest(&self, mention: usize) -> Option<usize> {
        let before = self.0.iter().filter(|(person, _)| *person < mention);
        // of equals the latest
        before.max_by_key(|(person, count)| (*count, *person)).or_else(|| self.0.first()).map(|(person, _)| *person)
    }
}

impl Resolver<'_> {
    pub(super) fn persons(&mut self) {
        let persons: Vec<(usize, String)> = (self.nodes.iter().enumerate())
            .filter(|(m, _)| self.names_person(*m))
            .map(|(m, node)| (m, self.name_from(node, node.first)))
            .collect();
        let mut known = Known { persons: &persons, full: FxHashMap::default() };
        let mut by_key: FxHashMap<String, usize> = FxHashMap::default();
        let mut parts: Vec<(usize, &str)> = Vec::new();
        for (i, (m, name)) in persons.iter().enumerate() {
            let words: Vec<&str> = name.split(' ').collect();
            if words.len() > 1 {
                known.full.insert(*m, i);
            }
            let mut keys = Vec::new();
            keys.extend(self.nodes[*m].phrase.entry.map(|entry| format!("#{entry}")));
            if let [first, .., last] = words.as_slice() {
                keys.push(name.clone());
                // ماجد محمد الأنصاري is ماجد الأنصاري
                keys.push(format!("{first}…{last}"));
                let sound = skeleton(name);
                keys.extend(sound.chars().nth(TELLING).map(|_| format!("~{sound}")));
            }
            if words.len() > 2 {
                parts.extend(name.match_indices(' ').skip(1).map(|(at, _)| (*m, &name[..at])));
                parts.extend(self.endings(name).map(|ending| (*m, ending)));
            }
            for key in keys {
                match by_key.get(&key) {
                    Some(&other) => self.join_persons(&mut known, *m, other),
                    None => _ = by_key.insert(key, *m),
                }
            }
        }
        for (m, part) in parts {
            if let Some(&other) = by_key.get(part) {
                self.join_persons(&mut known, m, other);
            }
        }
        self.single_words(&mut known);
    }

    /// The endings of a full name of three words or more that can stand for it: تميم بن حمد is not told by what follows بن,
    /// which is the father's name, nor أحمد علي صالح by علي صالح.
    fn endings<'n>(&self, name: &'n str) -> impl Iterator<Item = &'n str> {
        let blanks: Vec<usize> = name.match_indices(' ').map(|(at, _)| at).collect();
        let last = blanks.len() - 1;
        let may = |at: usize| {
            let (before, ending) = (&name[..at], &name[at + 1..]);
            let begins = ending.split(' ').next().unwrap_or_default();
            let son = ["بن", "ابن", "بنت"].iter().any(|word| before.ends_with(word));
            let compound = matches!(before, "محمد" | "سيدي" | "سي");
            let particle = matches!(begins, "بن" | "ولد" | "ال" | "ابو" | "بو" | "دي" | "فان" | "فون" | "دو" | "لو");
            !son && (compound || particle || begins.starts_with("ال") || !self.is_given(begins))
        };
        let may: Vec<bool> = blanks[..last].iter().map(|&at| may(at)).collect();
        blanks.into_iter().take(last).zip(may).filter(|(_, may)| *may).map(|(at, _)| &name[at + 1..])
    }

    fn is_given(&self, word: &str) -> bool {
        self.gazetteer.classes(word).has(Class::GivenName)
    }

    /// Joins two mentions, unless the persons have full names that cannot be of one.
    fn join_persons(&mut self, known: &mut Known<'_>, a: usize, b: usize) {
        let (a, b) = (self.clusters.find(a), self.clusters.find(b));
        let full = [a, b].map(|root| known.full.get(&root).copied());
        if let [Some(one), Some(other)] = full
            && !self.compatible(&known.persons[one].1, &known.persons[other].1)
        {
            return;
        }
        self.clusters.join(a, b);
        let longest = full.into_iter().flatten().max_by_key(|&i| known.persons[i].1.len());
        if let Some(longest) = longest {
            known.full.insert(a.min(b), longest);
        }
    }

    /// Whether two full names can be of one person: one has the words of the other in their order, or begins and ends as it
    /// does, or they sound alike and the tables do not know them as two.
    fn compatible(&self, a: &str, b: &str) -> bool {
        let ends =
            |name: &str| name.split_once(' ').zip(name.rsplit_once(' ')).map(|(a, b)| (a.0.to_owned(), b.1.to_owned()));
        let within = |short: &str, long: &str| {
            let mut words = long.split(' ');
            short.split(' ').all(|word| words.any(|other| other == word))
        };
        a == b || ends(a) == ends(b) || within(a, b) || within(b, a) || self.sound_alike(a, b)
    }

    /// Whether two names differ in the spelling of foreign sounds alone. محمود and محمد, which the tables know as two, do not.
    fn sound_alike(&self, a: &str, b: &str) -> bool {
        let latin = |word: &str| {
            let entries = self.gazetteer.lookup(word).filter_map(|id| self.gazetteer.entry(id));
            let names = entries.filter(|e| matches!(e.class, Class::GivenName | Class::FamilyName));
            names.map(|e| e.latin_name).next()
        };
        let distinct = |a: &str, b: &str| a != b && matches!((latin(a), latin(b)), (Some(a), Some(b)) if a != b);
        skeleton(a) == skeleton(b)
            && a.split(' ').count() == b.split(' ').count()
            && !a.split(' ').zip(b.split(' ')).any(|(a, b)| distinct(a, b))
    }

    /// Single words of full names: family names before others.
    fn single_words(&mut self, known: &mut Known<'_>) {
        let mut by_last: FxHashMap<&str, Namesakes> = FxHashMap::default();
        let mut by_word: FxHashMap<&str, Namesakes> = FxHashMap::default();
        for (m, name) in known.persons.iter().filter(|(_, name)| name.contains(' ')) {
            let person = self.clusters.find(*m);
            for word in name.split(' ') {
                by_word.entry(word).or_default().add(person);
            }
            by_last.entry(name.rsplit(' ').next().unwrap_or(name)).or_default().add(person);
        }
        let mut single: FxHashMap<&str, usize> = FxHashMap::default();
        for (m, name) in known.persons.iter().filter(|(_, name)| !name.contains(' ')) {
            let root = self.clusters.find(*m);
            if known.full.contains_key(&root) {
                continue;
            }
            let namesakes = by_last.get(name.as_str()).or_else(|| by_word.get(name.as_str()));
            match (namesakes.and_then(|all| all.likeliest(*m)), single.get(name.as_str())) {
                (Some(full), _) => self.join_persons(known, *m, full),
                (None, Some(&other)) => self.clusters.join(*m, other),
                (None, None) => _ = single.insert(name, *m),
            }
        }
    }
}
