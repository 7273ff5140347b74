//! Which mentions speak of one entity: sieves, the most certain first, each a look-up by name.

use rustc_hash::FxHashMap;

use super::{
    EntityType, MentionType,
    gazetteer::{Class, Gazetteer},
    hosts::Host,
    lexicon::TitleClass,
    phrases::Phrase,
    tree::Node,
};
use crate::text::{Text, TokenKind};

/// Sets of mentions, joined step by step.
pub(super) struct Clusters {
    parent: Vec<usize>,
}

impl Clusters {
    fn new(count: usize) -> Self {
        Self { parent: (0..count).collect() }
    }

    /// The mention that stands for the set of `mention`.
    pub(super) fn find(&mut self, mention: usize) -> usize {
        let mut root = mention;
        while self.parent[root] != root {
            self.parent[root] = self.parent[self.parent[root]];
            root = self.parent[root];
        }
        root
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.find(a), self.find(b));
        let (first, second) = (a.min(b), a.max(b));
        self.parent[second] = first;
    }
}

/// Joins the mentions `nodes` into entities.
pub(super) fn resolve(text: &Text<'_>, hosts: &[Host<'_>], gazetteer: &Gazetteer, nodes: &[Node]) -> Clusters {
    let mut resolver = Resolver { text, hosts, gazetteer, nodes, clusters: Clusters::new(nodes.len()) };
    resolver.things();
    resolver.persons();
    let tied = resolver.appositions();
    resolver.titles(&tied);
    resolver.nationalities();
    resolver.clusters
}

/// The keys that a title is found by.
struct TitleKeys {
    /// Lemma and words, each nationality as its country.
    name: String,
    /// Lemma and country, where it says nothing else.
    by_country: Option<String>,
    /// The name without the country at its end.
    base: Option<String>,
    lemma: u16,
}

struct Resolver<'a> {
    text: &'a Text<'a>,
    hosts: &'a [Host<'a>],
    gazetteer: &'a Gazetteer,
    nodes: &'a [Node],
    clusters: Clusters,
}

/// Mentions of one key in the order of the text.
type ByKey = FxHashMap<String, Vec<usize>>;

/// The last of `mentions` before `mention`, else the first after it.
fn nearest(mentions: &[usize], mention: usize) -> Option<usize> {
    let at = mentions.partition_point(|&m| m < mention);
    at.checked_sub(1).and_then(|before| mentions.get(before)).or_else(|| mentions.get(at)).copied()
}

impl Resolver<'_> {
    /// The folded words of `node` from token `from` on, without marks, عبد joined to what follows.
    fn name_from(&self, node: &Node, from: usize) -> String {
        let mut name = String::new();
        for token in from..node.phrase.end {
            if !matches!(self.text.tokens()[token].kind, TokenKind::Word | TokenKind::Number | TokenKind::Foreign) {
                continue;
            }
            let (restored, begin) =
                if token == node.first { (node.phrase.restored, node.phrase.host) } else { ("", 0) };
            if !name.is_empty() && name != "عبد" && !name.ends_with(" عبد") {
                name.push(' ');
            }
            name.push_str(restored);
            name.push_str(self.text.folded(token).get(begin..).unwrap_or_default());
        }
        name
    }

    /// Organisations, places and the rest: by the gazetteer's entry, else by name; then short names of bodies.
    fn things(&mut self) {
        let mut first: FxHashMap<String, usize> = FxHashMap::default();
        // beginnings of longer names, and whether all of them are of one entity
        let mut shortened: FxHashMap<String, (usize, bool)> = FxHashMap::default();
        for (m, node) in self.nodes.iter().enumerate() {
            let MentionType::Entity(kind) = node.phrase.kind else { continue };
            if kind == EntityType::Person {
                continue;
            }
            let group = if kind == EntityType::Location { EntityType::Geopolitical } else { kind };
            let name = self.name_from(node, node.phrase.core);
            let mut keys = vec![format!("{group:?} {name}")];
            if let Some(entry) = node.phrase.entry {
                keys.push(format!("{group:?} #{entry}"));
            }
            for key in keys {
                match first.get(&key) {
                    Some(&other) => self.clusters.join(m, other),
                    None => _ = first.insert(key, m),
                }
            }
            if kind == EntityType::Organization && node.phrase.core == node.first {
                let words: Vec<&str> = name.split(' ').collect();
                if words.len() > 2 {
                    let (longer, one) = *shortened.entry(words[..words.len() - 1].join(" ")).or_insert((m, true));
                    if one && self.clusters.find(longer) != self.clusters.find(m) {
                        shortened.insert(words[..words.len() - 1].join(" "), (longer, false));
                    }
                }
            }
        }
        // وزارة الخارجية after وزارة الخارجية القطرية, where no other ministry of that name is mentioned
        for (m, node) in self.nodes.iter().enumerate() {
            if !node.phrase.names(EntityType::Organization) || node.phrase.entry.is_some() {
                continue;
            }
            if let Some(&(longer, true)) = shortened.get(&self.name_from(node, node.phrase.core)) {
                self.clusters.join(m, longer);
            }
        }
    }

    /// Persons: by entry and full name, beginnings of longer names, then single words of full names.
    fn persons(&mut self) {
        let mut by_key: FxHashMap<String, usize> = FxHashMap::default();
        let mut by_word: ByKey = FxHashMap::default();
        let mut by_last: ByKey = FxHashMap::default();
        let persons: Vec<(usize, String)> = (self.nodes.iter().enumerate())
            .filter(|(_, node)| node.phrase.names(EntityType::Person))
            .map(|(m, node)| (m, self.name_from(node, node.first)))
            .collect();
        let mut parts: Vec<(usize, &str)> = Vec::new();
        for (m, name) in &persons {
            if let Some(entry) = self.nodes[*m].phrase.entry {
                let key = format!("#{entry}");
                match by_key.get(&key) {
                    Some(&other) => self.clusters.join(*m, other),
                    None => _ = by_key.insert(key, *m),
                }
            }
            let words: Vec<&str> = name.split(' ').collect();
            if words.len() < 2 {
                continue;
            }
            match by_key.get(name) {
                Some(&other) => self.clusters.join(*m, other),
                None => _ = by_key.insert(name.clone(), *m),
            }
            // ماجد محمد الأنصاري is ماجد الأنصاري
            let ends = format!("{}…{}", words[0], words[words.len() - 1]);
            match by_key.get(&ends) {
                Some(&other) => self.clusters.join(*m, other),
                None => _ = by_key.insert(ends, *m),
            }
            for word in &words {
                by_word.entry((*word).to_owned()).or_default().push(*m);
            }
            by_last.entry(words[words.len() - 1].to_owned()).or_default().push(*m);
            // تميم بن حمد is تميم بن حمد آل ثاني, ولد السالك is محمد ولد السالك
            if words.len() > 2 {
                parts.extend(name.match_indices(' ').skip(1).map(|(at, _)| (*m, &name[..at])));
                let last = words.len() - 2;
                parts.extend(name.match_indices(' ').take(last).map(|(at, _)| (*m, &name[at + 1..])));
            }
        }
        for (m, part) in parts {
            if let Some(&other) = by_key.get(part) {
                self.clusters.join(m, other);
            }
        }
        let mut single: FxHashMap<&str, usize> = FxHashMap::default();
        for (m, name) in &persons {
            if name.contains(' ') {
                continue;
            }
            let full = by_last.get(name).or_else(|| by_word.get(name)).and_then(|list| nearest(list, *m));
            match (full, single.get(name.as_str())) {
                (Some(full), _) => self.clusters.join(*m, full),
                (None, Some(&other)) => self.clusters.join(*m, other),
                (None, None) => _ = single.insert(name, *m),
            }
        }
    }

    /// Titles next to the name of their person; for each mention the person whom it is tied to.
    fn appositions(&mut self) -> Vec<Option<usize>> {
        let count = self.nodes.len();
        let mut tied: Vec<Option<usize>> = vec![None; count];
        let begins: FxHashMap<usize, usize> = (0..count).rev().map(|m| (self.nodes[m].first, m)).collect();
        let ends: FxHashMap<usize, usize> = (0..count)
            .filter(|&m| self.nodes[m].phrase.names(EntityType::Person))
            .map(|m| (self.nodes[m].phrase.end, m))
            .collect();
        let comma = |token: usize| {
            token < self.text.tokens().len()
                && matches!(self.text.normalized(token), "،" | "," | "\"" | "«" | "(" | "/" | "-" | "–" | "د.")
        };
        for m in (0..count).rev() {
            let node = &self.nodes[m];
            if node.phrase.kind != MentionType::Title {
                continue;
            }
            let sentence = self.text.sentence_of(node.first);
            let end = node.phrase.end;
            let joins = |token: usize| {
                let other = *begins.get(&token)?;
                let next = &self.nodes[other];
                let inside = token < sentence.end_token as usize && next.phrase.host == 0;
                match next.phrase.kind {
                    MentionType::Entity(EntityType::Person) if inside => Some(other),
                    MentionType::Title if inside && (self.honorific(token) || self.deputy(m, token)) => tied[other],
                    _ => None,
                }
            };
            // رئيس القمة، وزير البيئة سليم العياري: a second title of one gender that the name follows
            let beside = |token: usize| {
                let other = *begins.get(&token)?;
                let title = self.nodes[other].phrase.kind == MentionType::Title && self.nodes[other].phrase.host == 0;
                let person = tied[other].filter(|&person| title && person > other)?;
                (self.feminine(node.first) == self.feminine(token)).then_some(person)
            };
            let left = |token: usize| ends.get(&token).copied().filter(|_| token > sentence.first_token as usize);
            // دعا العوني رئيس الحكومة: a short name is followed by another person rather than by its own title
            let full = |person: &usize| self.nodes[*person].phrase.end > self.nodes[*person].first + 1;
            // the name after المتحدث باسم رئيس الوزراء is the prime minister's
            let own = node.phrase.core == node.first;
            // مدير الأمن العام الفريق محمد: the rank alone, which is a team elsewhere
            let general = || {
                (end > node.first + 1 && end < self.hosts.len() && self.text.folded(end) == "الفريق")
                    .then(|| joins(end + 1))
                    .flatten()
            };
            let right =
                joins(end).or_else(general).or_else(|| self.coordinated(m, end, &begins, &tied)).filter(|_| own);
            let free = node.phrase.host == 0;
            let person = right
                .or_else(|| left(node.first).filter(|_| free).filter(full))
                .or_else(|| {
                    let before = node.first.checked_sub(1).filter(|&b| comma(b) && free)?;
                    left(before)
                })
                .or_else(|| comma(end).then(|| joins(end + 1).or_else(|| beside(end + 1))).flatten());
            if let Some(person) = person {
                tied[m] = Some(person);
                self.clusters.join(m, person);
            }
        }
        // further titles after the first that follows a name: نائب رئيس الدولة رئيس مجلس الوزراء حاكم دبي
        let titles: FxHashMap<usize, usize> = (0..count)
            .filter(|&m| self.nodes[m].phrase.kind == MentionType::Title)
            .map(|m| (self.nodes[m].phrase.end, m))
            .collect();
        for m in 0..count {
            let node = &self.nodes[m];
            if node.phrase.kind != MentionType::Title || tied[m].is_some() || node.phrase.host > 0 {
                continue;
            }
            let after_mark = node.first.checked_sub(1).filter(|&b| comma(b)).and_then(|b| titles.get(&b));
            let before = titles.get(&node.first).or(after_mark).copied();
            if let Some(person) = before.and_then(|b| tied[b].filter(|&person| person < b)) {
                tied[m] = Some(person);
                self.clusters.join(m, person);
            }
        }
        tied
    }

    /// The person of a second title after و that the name follows: الناشط والكاتب فلان, of one gender.
    fn coordinated(
        &self,
        m: usize,
        token: usize,
        begins: &FxHashMap<usize, usize>,
        tied: &[Option<usize>],
    ) -> Option<usize> {
        let second = *begins.get(&token)?;
        let next = &self.nodes[second];
        let joined = next.phrase.kind == MentionType::Title && self.hosts[token].proclitic == Some('و');
        let person = tied[second].filter(|&p| joined && p > second)?;
        (self.feminine(self.nodes[m].first) == self.feminine(token)).then_some(person)
    }

    /// Whether the title at `token` tells that the holder of the office `m` sits in parliament: رئيس اللجنة النائب محمد,
    /// where no verb takes the first for its subject and the second for its object.
    fn deputy(&self, m: usize, token: usize) -> bool {
        let (node, host) = (&self.nodes[m], &self.hosts[token]);
        let before = node.first.checked_sub(1).map_or("", |b| self.text.folded(b));
        let transitive =
            ["استقبل", "التق", "زار", "يزور", "هنا", "كلف", "عين", "اوفد", "استدع", "يستقبل", "يلتق", "ودع"];
        host.definite
            && matches!(host.stem, "نائب" | "نائبة")
            && node.phrase.end > node.first + 1
            && self.feminine(node.first) == self.feminine(token)
            && !transitive.iter().any(|verb| before.trim_start_matches(['و', 'ف']).starts_with(verb))
    }

    /// Whether the title at `token` can follow another of the same person: رئيس الأركان اللواء محمد.
    fn honorific(&self, token: usize) -> bool {
        let host = &self.hosts[token];
        let class = host.listed.title.map(|title| title.class);
        let abbreviated = class.is_none();
        abbreviated
            || host.definite
                && (matches!(class, Some(TitleClass::Honorific | TitleClass::Rank))
                    || matches!(host.stem, "شيخ" | "قاضي" | "امير" | "ملك" | "مستشار" | "عميد" | "نقيب" | "سفير"))
    }

    /// A title's words with each nationality as its country, and its lemma alone.
    fn title_keys(&self, m: usize) -> TitleKeys {
        let node = &self.nodes[m];
        let lemma = self.title_lemma(node.first);
        let mut name = format!("{lemma}");
        let mut country = None;
        let mut other = false;
        let mut token = node.first + 1;
        let mut child = m + 1;
        while token < node.phrase.end {
            while child < self.nodes.len() && self.nodes[child].first < token {
                child += 1;
            }
            let inner = self.nodes.get(child).filter(|n| n.first == token);
            let known = inner.filter(|n| n.phrase.entry.is_some() && n.phrase.end <= node.phrase.end);
            if let Some((place, code)) = known.and_then(|n| Some((n, self.country(&n.phrase)?))) {
                name.push_str(" #");
                name.push_str(code);
                country = Some(code);
                token = place.phrase.end;
                continue;
            }
            let host = &self.hosts[token];
            other |= host.word;
            if host.word {
                name.push(' ');
                name.push_str(host.stem);
            }
            token += 1;
        }
        let by_country = country.filter(|_| !other).map(|code| format!("{lemma} #{code}"));
        // وزير الخارجية الإيراني is وزير الخارجية later
        let base = name
            .rfind(" #")
            .filter(|&i| !name[i + 2..].contains(' ') && name[..i].contains(' '))
            .map(|i| name[..i].to_owned());
        TitleKeys { name, by_country, base, lemma }
    }

    fn title_lemma(&self, token: usize) -> u16 {
        self.hosts[token].listed.title.map_or(u16::MAX, |title| title.lemma)
    }

    /// The country that a place or nationality belongs to, if it is a country itself.
    fn country(&self, phrase: &Phrase) -> Option<&str> {
        let entry = self.gazetteer.entry(phrase.entry?)?;
        let stands = matches!(entry.class, Class::Country | Class::Nationality) && !entry.country.is_empty();
        stands.then_some(entry.country)
    }

    /// Titles without a name beside them: by the same title tied to a person, else bare ones by their word.
    fn titles(&mut self, tied: &[Option<usize>]) {
        let titles: Vec<usize> =
            (0..self.nodes.len()).filter(|&m| self.nodes[m].phrase.kind == MentionType::Title).collect();
        let mut by_key: ByKey = FxHashMap::default();
        let mut by_word: FxHashMap<(u16, bool), Vec<usize>> = FxHashMap::default();
        // the first person of each title that names no country
        let mut plain: FxHashMap<String, usize> = FxHashMap::default();
        for &m in &titles {
            let TitleKeys { name, by_country, base, lemma } = self.title_keys(m);
            let feminine = self.feminine(self.nodes[m].first);
            if tied[m].is_some() {
                if !name.contains('#') {
                    plain.entry(name.clone()).or_insert(m);
                }
                for key in [Some(name), by_country, base].into_iter().flatten() {
                    by_key.entry(key).or_default().push(m);
                }
                by_word.entry((lemma, feminine)).or_default().push(m);
            }
        }
        let mut untied: FxHashMap<String, usize> = FxHashMap::default();
        let mut untied_word: FxHashMap<(u16, bool), usize> = FxHashMap::default();
        for &m in titles.iter().filter(|&&m| tied[m].is_none()) {
            let TitleKeys { name, by_country, base, lemma } = self.title_keys(m);
            let node = &self.nodes[m];
            let feminine = self.feminine(node.first);
            let bare = node.phrase.end == node.first + 1;
            let exact = by_key.get(&name).or_else(|| by_country.as_ref().and_then(|key| by_key.get(key)));
            let person = match exact {
                Some(list) if !bare => nearest(list, m),
                // the headline has وزيرة الصحة التونسية, the text وزيرة الصحة and her name
                None if !bare && self.text.sentence_of(node.first).headline => {
                    base.and_then(|base| plain.get(&base).copied())
                }
                _ if bare => by_word.get(&(lemma, feminine)).and_then(|list| nearest(list, m)),
                _ => None,
            };
            if let Some(person) = person {
                self.clusters.join(m, person);
                continue;
            }
            if bare && let Some(&other) = untied_word.get(&(lemma, feminine)) {
                self.clusters.join(m, other);
                continue;
            }
            match untied.get(&name) {
                Some(&other) => self.clusters.join(m, other),
                None => _ = untied.insert(name, m),
            }
            untied_word.insert((lemma, feminine), m);
        }
    }

    fn feminine(&self, token: usize) -> bool {
        self.hosts[token].listed.title.is_some_and(|title| title.feminine)
    }

    /// Nationalities: with their country where it is mentioned, else with each other.
    fn nationalities(&mut self) {
        let mut first: FxHashMap<String, usize> = FxHashMap::default();
        for (m, node) in self.nodes.iter().enumerate() {
            if node.phrase.names(EntityType::Geopolitical)
                && let Some(code) = self.country(&node.phrase)
            {
                let code = code.to_owned();
                first.entry(code).or_insert(m);
            }
        }
        for (m, node) in self.nodes.iter().enumerate() {
            if node.phrase.kind != MentionType::Nationality {
                continue;
            }
            let key = match self.country(&node.phrase) {
                Some(code) => code.to_owned(),
                None => match node.phrase.entry {
                    Some(entry) => format!("#{entry}"),
                    None => self.name_from(node, node.first),
                },
            };
            match first.get(&key) {
                Some(&other) => self.clusters.join(m, other),
                None => _ = first.insert(key, m),
            }
        }
    }
}
