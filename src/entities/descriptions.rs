//! Nouns alone that stand for what the text has named: الوزارة after وزارة الصحة, المدينة after مدينة حلب, بلاده after وزير الخارجية
//! الروسي, البلدين after two countries. Only where the text before leaves one reading.

use rustc_hash::FxHashMap;

use super::{
    EntityType, MentionType,
    coreference::Clusters,
    gazetteer::{Class, Gazetteer},
    hosts::{Host, Suffix},
    lexicon::HeadKind,
    phrases::Phrase,
    tree::Node,
};
use crate::{
    morphology::{Source, Upos},
    text::Text,
};

/// How many sentences back a noun reaches where its name is the only one with that head.
const REACH: u32 = 6;
/// How many mentions back persons and countries are looked at.
const RECENT: usize = 40;

/// Everyday heads that nevertheless stand alone for a body named before.
const WEAK_HEADS: [&str; 6] = ["تحالف", "كتلة", "مؤسسة", "مجموعة", "ائتلاف", "تيار"];
/// Heads that are everyday nouns too: a prison and imprisonment, a prosecution and a claim.
const EVERYDAY: [&str; 2] = ["سجن", "ادعاء"];
/// Nouns that stand before the name of a place and later for it.
const PLACES: [&str; 8] = ["مدينة", "بلدة", "قرية", "ولاية", "محافظة", "معتمدية", "مقاطعة", "عاصمة"];

/// A noun that stands for the entity of the mention `of`.
struct Description {
    token: usize,
    /// Byte of the token's normalized form where it begins, and what ل swallowed of it.
    host: usize,
    restored: &'static str,
    kind: EntityType,
    of: usize,
}

/// The mentions `nodes` with those that are nouns alone, and the sets they belong to.
pub(super) fn add(
    text: &Text<'_>,
    hosts: &[Host<'_>],
    gazetteer: &Gazetteer,
    nodes: &[Node],
    clusters: Clusters,
) -> (Vec<Node>, Clusters) {
    let mut finder = Finder::new(text, hosts, gazetteer, nodes, clusters);
    let found = finder.find();
    merge(nodes, finder.clusters, &found, &finder.cover)
}

/// A name that a noun can stand for: its mention, the sentence, and the entity.
#[derive(Clone, Copy)]
struct Antecedent {
    mention: usize,
    sentence: u32,
    entity: usize,
}

struct Finder<'a> {
    text: &'a Text<'a>,
    hosts: &'a [Host<'a>],
    gazetteer: &'a Gazetteer,
    nodes: &'a [Node],
    clusters: Clusters,
    /// For each token the smallest mention that holds it.
    cover: Vec<Option<usize>>,
    /// Of each head the latest two entities, the latest last.
    headed: FxHashMap<&'a str, Vec<Antecedent>>,
    /// By entity of a person or body, a mention of its country; nothing where it has two.
    homes: FxHashMap<usize, Option<usize>>,
}

impl<'a> Finder<'a> {
    fn new(
        text: &'a Text<'a>,
        hosts: &'a [Host<'a>],
        gazetteer: &'a Gazetteer,
        nodes: &'a [Node],
        clusters: Clusters,
    ) -> Self {
        let mut cover = vec![None; hosts.len()];
        // inner mentions come after those that hold them
        for (m, node) in nodes.iter().enumerate() {
            cover[node.first..node.phrase.end].fill(Some(m));
        }
        let headed = FxHashMap::default();
        Self { text, hosts, gazetteer, nodes, clusters, cover, headed, homes: FxHashMap::default() }
    }

    fn find(&mut self) -> Vec<Description> {
        self.read_homes();
        let mut found = Vec::new();
        let mut next = 0;
        for token in 0..self.hosts.len() {
            // a name stands for later nouns once it is over
            while let Some(node) = self.nodes.get(next).filter(|node| node.first < token) {
                self.remember(next, node);
                next += 1;
            }
            if !self.is_free(token) {
                continue;
            }
            let host = &self.hosts[token];
            match host.stem {
                "بلدين" if host.definite => self.both_countries(token, next, &mut found),
                _ if host.definite => found.extend(self.noun(token)),
                _ => found.extend(self.home(token, next)),
            }
        }
        found
    }

    fn sentence(&self, token: usize) -> u32 {
        self.text.tokens()[token].sentence
    }

    /// Whether no name holds the token.
    fn is_free(&self, token: usize) -> bool {
        let holder = self.cover[token].map(|m| &self.nodes[m]);
        self.hosts[token].word && holder.is_none_or(|node| node.phrase.kind == MentionType::Title && node.first < token)
    }

    /// Takes note of the head that node number `m` begins with or, before a town, stands after.
    fn remember(&mut self, m: usize, node: &'a Node) {
        let MentionType::Entity(kind) = node.phrase.kind else { return };
        let first = &self.hosts[node.first];
        let before = node.first.checked_sub(1).map(|before| &self.hosts[before]);
        let head = match kind {
            EntityType::Geopolitical => before.map(|b| b.stem).filter(|stem| PLACES.contains(stem)),
            EntityType::Organization | EntityType::Facility | EntityType::Event => {
                first.listed.head.filter(|head| head.entity == kind && stands_alone(first)).map(|_| first.stem)
            }
            _ => None,
        };
        let Some(head) = head else { return };
        let antecedent = Antecedent { mention: m, sentence: self.sentence(node.first), entity: self.clusters.find(m) };
        let latest = self.headed.entry(head).or_default();
        latest.retain(|other| other.entity != antecedent.entity);
        latest.push(antecedent);
        if latest.len() > 2 {
            latest.remove(0);
        }
    }

    /// الوزارة for the ministry that the text has named: the only one, or the only one lately.
    fn noun(&self, token: usize) -> Option<Description> {
        let host = &self.hosts[token];
        let latest = self.headed.get(host.stem)?;
        let here = self.sentence(token);
        let antecedent = match latest.as_slice() {
            [only] => only,
            [other, latest] if latest.sentence + 1 >= here && other.sentence + 2 < here => latest,
            _ => return None,
        };
        let near = antecedent.sentence + REACH >= here;
        let MentionType::Entity(kind) = self.nodes[antecedent.mention].phrase.kind else { return None };
        (near && host.suffix == Suffix::None && !self.goes_on(token)).then_some(Description {
            token,
            host: host.begin,
            restored: host.restored,
            kind,
            of: antecedent.mention,
        })
    }

    /// Whether what follows the noun at `token` makes another of it: الوزارة الجديدة, النادي برشلونة, الشركة التي.
    fn goes_on(&self, token: usize) -> bool {
        let next = token + 1;
        let Some(host) = self.hosts.get(next).filter(|_| self.sentence(token) == self.text.tokens()[next].sentence)
        else {
            return false;
        };
        let named = self.cover[next].is_some_and(|m| self.nodes[m].first == next && self.nodes[m].phrase.host == 0);
        let adjective = host.word && host.definite && host.begin == 0 && matches!(host.upos, Upos::Adj | Upos::X);
        let quoted = matches!(self.text.normalized(next), "\"" | "«" | "“");
        let other = matches!(self.text.folded(next), "الذي" | "التي" | "نفسها" | "نفسه" | "ذاتها");
        let before = token.checked_sub(1).map_or("", |before| self.text.folded(before));
        let any = matches!(before, "كل" | "اي" | "هذا" | "هذه" | "تلك" | "ذلك" | "بعض");
        named || adjective || quoted || other && !any || matches!(before, "كل" | "اي" | "بعض")
    }

    /// The countries of persons and bodies, as their titles and names tell.
    fn read_homes(&mut self) {
        for m in 0..self.nodes.len() {
            let node = &self.nodes[m];
            let Some(outer) = node.parent.filter(|_| self.is_country(m)) else { continue };
            let holder = &self.nodes[outer];
            let body = holder.phrase.names(EntityType::Organization);
            let before = node.first.checked_sub(1).map_or(Upos::X, |before| self.hosts[before].upos);
            let adjective = node.phrase.kind == MentionType::Nationality;
            let genitive = node.phrase.host == 0 && before != Upos::Adp;
            // the ambassador of Tunis لدى فرنسا is of Tunis
            let abroad = (holder.first..node.first).any(|t| matches!(self.text.folded(t), "لدي" | "الي" | "في"));
            if !(holder.phrase.kind == MentionType::Title || body) || abroad || !(adjective || genitive) {
                continue;
            }
            let (entity, country) = (self.clusters.find(outer), self.clusters.find(m));
            let home = self.homes.entry(entity).or_insert(Some(country));
            if *home != Some(country) {
                *home = None;
            }
        }
    }

    fn is_country(&self, m: usize) -> bool {
        let entry = self.nodes[m].phrase.entry.and_then(|id| self.gazetteer.entry(id));
        let place = matches!(
            self.nodes[m].phrase.kind,
            MentionType::Nationality | MentionType::Entity(EntityType::Geopolitical)
        );
        place && entry.is_some_and(|e| matches!(e.class, Class::Country | Class::Nationality) && !e.country.is_empty())
    }

    /// بلاده, بلادها: the country of the only person whom the sentence, else the one before, speaks of.
    fn home(&mut self, token: usize, next: usize) -> Option<Description> {
        let folded = self.text.folded(token);
        let bare = folded.trim_start_matches(['و', 'ف']);
        let bare = if bare.len() > "بلادها".len() {
            bare.strip_prefix(['ب', 'ل', 'ك']).unwrap_or(bare)
        } else {
            bare
        };
        let bare = if bare == "لبلاده" || bare == "ببلاده" { "بلاده" } else { bare };
        let feminine = match bare {
            "بلاده" | "بلده" => false,
            "بلادها" => true,
            _ => return None,
        };
        let country = self.home_of_speaker(token, next, feminine)?;
        let host = folded.len() - bare.len();
        Some(Description { token, host, restored: "", kind: EntityType::Geopolitical, of: country })
    }

    /// A mention of the country of whom a pronoun of that gender at `token` means.
    fn home_of_speaker(&mut self, token: usize, next: usize, feminine: bool) -> Option<usize> {
        let here = self.sentence(token);
        let mut home: Option<usize> = None;
        let mut sentence = here;
        for m in (0..next).rev().take(RECENT) {
            let node = &self.nodes[m];
            let at = self.sentence(node.first);
            if at != sentence {
                // the sentence tells it, or says nothing of a person
                if home.is_some() || at + 1 < here {
                    break;
                }
                sentence = at;
            }
            let person = node.phrase.names(EntityType::Person) || node.phrase.kind == MentionType::Title;
            let body = feminine && node.phrase.names(EntityType::Organization) && self.hosts[node.first].feminine();
            let entity = self.clusters.find(m);
            if !(person || body && self.homes.contains_key(&entity)) {
                continue;
            }
            let title = self.hosts[node.first].listed.title.filter(|_| node.phrase.kind == MentionType::Title);
            if title.is_some_and(|title| title.feminine != feminine || title.plural) {
                continue;
            }
            match (self.homes.get(&entity).copied().flatten(), home) {
                (Some(country), None) => home = Some(country),
                (Some(country), Some(other)) if country == other => {}
                // somebody of whom it is not known, or of another country
                _ => return None,
            }
        }
        home
    }

    /// البلدين: the two countries of the sentence so far, else of it and the one before.
    fn both_countries(&mut self, token: usize, next: usize, found: &mut Vec<Description>) {
        let here = self.sentence(token);
        let mut countries: Vec<usize> = Vec::new();
        let mut sentence = here;
        for m in (0..next).rev().take(RECENT) {
            let at = self.sentence(self.nodes[m].first);
            if at != sentence {
                if countries.len() > 1 || at + 1 < here {
                    break;
                }
                sentence = at;
            }
            if self.is_country(m) {
                let country = self.clusters.find(m);
                if !countries.contains(&country) {
                    countries.push(country);
                }
            }
        }
        if let [second, first] = *countries.as_slice() {
            let host = &self.hosts[token];
            for of in [first, second] {
                let kind = EntityType::Geopolitical;
                found.push(Description { token, host: host.begin, restored: host.restored, kind, of });
            }
        }
    }
}

/// Whether the head can stand for a name that begins with it.
fn stands_alone(host: &Host<'_>) -> bool {
    host.listed.head.is_some_and(|head| match head.kind {
        HeadKind::Public | HeadKind::Private => !EVERYDAY.contains(&host.stem),
        HeadKind::Weak => WEAK_HEADS.contains(&host.stem),
        HeadKind::Club | HeadKind::Service | HeadKind::Placed | HeadKind::Quoted => false,
    })
}

/// `nodes` and `found` in the order of the text, with the sets that both are in.
fn merge(
    nodes: &[Node],
    mut clusters: Clusters,
    found: &[Description],
    cover: &[Option<usize>],
) -> (Vec<Node>, Clusters) {
    let mut merged: Vec<Node> = Vec::with_capacity(nodes.len() + found.len());
    // where each of `nodes` is now
    let mut places: Vec<usize> = Vec::with_capacity(nodes.len());
    let mut of: Vec<(usize, usize)> = Vec::new();
    let mut found = found.iter().peekable();
    for node in nodes.iter().map(Some).chain(std::iter::once(None)) {
        while let Some(description) = found.next_if(|d| node.is_none_or(|node| d.token < node.first)) {
            // البلدين is a mention of each of the two, the second inside of the first
            let twin = merged.last().filter(|last| last.bare && last.first == description.token);
            let parent = match twin {
                Some(_) => merged.len().checked_sub(1),
                None => cover[description.token].map(|parent| places[parent]),
            };
            of.push((merged.len(), description.of));
            merged.push(Node {
                phrase: Phrase {
                    kind: MentionType::Entity(description.kind),
                    host: description.host,
                    restored: description.restored,
                    end: description.token + 1,
                    source: Source::Rule,
                    entry: None,
                    core: description.token,
                    closed: true,
                },
                first: description.token,
                parent,
                confidence: None,
                bare: true,
            });
        }
        if let Some(node) = node {
            places.push(merged.len());
            merged.push(Node { parent: node.parent.map(|parent| places[parent]), ..node.clone() });
        }
    }
    let mut joined = Clusters::new(merged.len());
    for m in 0..nodes.len() {
        joined.join(places[m], places[clusters.find(m)]);
    }
    for (description, antecedent) in of {
        joined.join(description, places[antecedent]);
    }
    (merged, joined)
}
