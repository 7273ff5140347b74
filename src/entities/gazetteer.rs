//! Names that are known: the tables of `resources/`, compiled by `build.rs`, and a deployment's own.

pub mod compile;
mod table;

use std::ops::Range;

use table::Table;

// the compiler of the tables folds their keys with the same file
use super::names_file::NamesFile;
use crate::text::fold;
use crate::{
    morphology::clitics::{self, Cut},
    text::{Text, TokenKind},
};

/// What an entry names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Class {
    /// A public person's name, full or well known by itself.
    Person,
    /// A given name.
    GivenName,
    /// A family name.
    FamilyName,
    /// An organisation.
    Organization,
    /// A country.
    Country,
    /// A province or town.
    Place,
    /// A continent, region, sea, river or mountain.
    Location,
    /// A facility.
    Facility,
    /// An event.
    Event,
    /// A product.
    Product,
    /// A work.
    Work,
    /// A law or treaty.
    Law,
    /// A nationality or religious group, in one of its forms.
    Nationality,
}

impl Class {
    /// Every class, in the order of [`compile::CLASSES`].
    pub const ALL: [Self; 13] = [
        Self::Person,
        Self::GivenName,
        Self::FamilyName,
        Self::Organization,
        Self::Country,
        Self::Place,
        Self::Location,
        Self::Facility,
        Self::Event,
        Self::Product,
        Self::Work,
        Self::Law,
        Self::Nationality,
    ];

    /// The class as the tables write it.
    pub fn name(self) -> &'static str {
        compile::CLASSES[self as usize]
    }
}

/// What a phrase may name, without looking at its entries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Classes {
    any: u16,
    sure: u16,
}

impl Classes {
    /// Whether it names a `class`, be it ambiguously.
    pub fn has(self, class: Class) -> bool {
        self.any & 1 << class as u8 != 0
    }

    /// Whether it names a `class` and is no everyday word.
    pub fn surely(self, class: Class) -> bool {
        self.sure & 1 << class as u8 != 0
    }

    /// Whether it names nothing.
    pub fn is_empty(self) -> bool {
        self.any == 0
    }
}

/// One entry; strings live in the compiled tables.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'g> {
    /// What it names.
    pub class: Class,
    /// The canonical Arabic name; for a nationality its masculine singular.
    pub name: &'g str,
    /// The established Latin name, or empty.
    pub latin_name: &'g str,
    /// ISO 3166-1 alpha-2 code of its country, or empty.
    pub country: &'g str,
    /// Public identifiers as `register:identifier`, separated by spaces, or empty.
    pub ids: &'g str,
    /// Whether the deployment added it.
    pub deployment: bool,
}

/// Where a known name stands in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The tokens that hold it.
    pub tokens: Range<usize>,
    /// Where it begins in the normalized form of the first token: after the clitics.
    pub host_begin: usize,
    /// What ل swallowed of the name's article: `ا` in للدوحة (الدوحة), `ال` in للجنة (اللجنة), else nothing. The name as
    /// it would stand alone is this and the letters from `host_begin` on.
    pub restored: &'static str,
    /// The entry, for [`Gazetteer::entry`].
    pub entry: u32,
    /// Whether the form that matched is an everyday word too, or shared by several, and needs context.
    pub ambiguous: bool,
}

/// The compiled tables. Entries of the first table are numbered from 0, of the second from [`SECOND`].
#[derive(Debug)]
pub struct Gazetteer {
    /// The built-in table, then the deployment's.
    tables: Vec<Table>,
}

/// Number of the second table's first entry.
const SECOND: u32 = 1 << 24;

impl Default for Gazetteer {
    /// The built-in tables. They are read in place; a test holds that the build made them readable.
    fn default() -> Self {
        Self { tables: Table::built_in().into_iter().collect() }
    }
}

impl Gazetteer {
    /// The built-in tables and a deployment's names, which win over them.
    ///
    /// # Errors
    /// When there are more names than a table can hold, which the limits of [`NamesFile`] rule out.
    pub fn with_names(names: &NamesFile) -> Result<Self, String> {
        let own = Table::of_deployment(compile::compile(names.names())?).map_err(|e| e.to_string())?;
        let mut gazetteer = Self::default();
        gazetteer.tables.push(own);
        Ok(gazetteer)
    }

    /// Appends every known name that begins in token `token`, at each of its cuts, longest first. Where the deployment
    /// names a phrase, only its entries are reported. Allocates nothing but in `hits`; takes time up to the longest key.
    pub fn hits_at(&self, text: &Text<'_>, token: usize, hits: &mut Vec<Hit>) {
        if !matches!(text.tokens()[token].kind, TokenKind::Word | TokenKind::Foreign) {
            return;
        }
        let first = hits.len();
        for &cut in clitics::cuts(text.normalized(token)).iter() {
            self.hits_of(text, token, cut, hits);
        }
        hits[first..]
            .sort_unstable_by_key(|hit| (usize::MAX - hit.tokens.end, hit.host_begin, hit.entry < SECOND, hit.entry));
    }

    /// Appends the names that begin with the host of `cut`.
    fn hits_of(&self, text: &Text<'_>, token: usize, cut: Cut, hits: &mut Vec<Hit>) {
        let first = hits.len();
        let end = text.sentence_of(token).end_token as usize;
        for (base, table) in self.numbered() {
            let (restored, host) = cut.host_form(text.folded(token));
            let mut walk = table.walk().feed(restored).and_then(|walk| walk.feed(host));
            let mut last = token;
            while let Some(here) = walk {
                let tokens = token..last + 1;
                let named = hits[first..].iter().any(|hit| hit.tokens == tokens && hit.entry >= SECOND);
                if let Some(rank) = here.rank().filter(|_| !named) {
                    hits.extend(table.postings(rank).map(|(entry, ambiguous)| Hit {
                        tokens: tokens.clone(),
                        host_begin: cut.host,
                        restored,
                        entry: base + entry,
                        ambiguous,
                    }));
                }
                walk = next_word(text, last, end).and_then(|next| {
                    last = next;
                    here.feed(" ")?.feed(text.folded(next))
                });
            }
        }
    }

    /// The tables, the deployment's first, with the number of their first entry.
    fn numbered(&self) -> impl Iterator<Item = (u32, &Table)> {
        [0, SECOND].into_iter().zip(&self.tables).rev()
    }

    /// The entries that the folded words `key` name, joined by one space; the deployment's alone where it names them.
    pub fn lookup(&self, key: &str) -> impl Iterator<Item = u32> {
        let found = self.numbered().find_map(|(base, table)| table.rank(key).map(|rank| (base, table, rank)));
        found.into_iter().flat_map(|(base, table, rank)| table.postings(rank).map(move |(entry, _)| base + entry))
    }

    /// What the folded words `key` may name, joined by one space.
    pub fn classes(&self, key: &str) -> Classes {
        let found = self.numbered().find_map(|(_, table)| table.rank(key).map(|rank| table.classes(rank)));
        found.unwrap_or_default()
    }

    /// The entry of a hit.
    pub fn entry(&self, id: u32) -> Option<Entry<'_>> {
        let table = self.tables.get(usize::from(id >= SECOND))?;
        table.entry(id % SECOND)
    }
}

/// The token that goes on with a name after token `last`: the next in the sentence, or the one after a hyphen.
fn next_word(text: &Text<'_>, last: usize, end: usize) -> Option<usize> {
    let token = |i: usize| (i < end).then(|| text.tokens()[i]);
    let next = token(last + 1)?;
    if next.space_before {
        return Some(last + 1);
    }
    let hyphen = matches!(text.normalized(last + 1), "-" | "‐" | "–");
    let after = token(last + 2)?;
    (hyphen && !after.space_before).then_some(last + 2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Buffers;

    /// `name class entry's name` of every hit of `text`, ? marking the ambiguous ones.
    fn hits(gazetteer: &Gazetteer, text: &str) -> Vec<String> {
        let text = Text::read(text, Buffers::default());
        let mut hits = Vec::new();
        for token in 0..text.tokens().len() {
            gazetteer.hits_at(&text, token, &mut hits);
        }
        hits.iter()
            .map(|hit| {
                let entry = gazetteer.entry(hit.entry).unwrap();
                let first = &text.normalized(hit.tokens.start)[hit.host_begin..];
                let others = (hit.tokens.start + 1..hit.tokens.end).map(|t| format!(" {}", text.normalized(t)));
                let mark = if hit.ambiguous { "?" } else { "" };
                format!(
                    "{mark}{}{first}{} {} {}",
                    hit.restored,
                    others.collect::<String>(),
                    entry.class.name(),
                    entry.name
                )
            })
            .collect()
    }

    #[test]
    fn names_are_found_behind_clitics() {
        let gazetteer = Gazetteer::default();
        for (text, expected) in [
            ("قطر", "قطر country قطر"),
            ("وقطر", "قطر country قطر"),
            ("بقطر", "قطر country قطر"),
            ("وبقطر", "قطر country قطر"),
            ("فلقطر", "قطر country قطر"),
            ("كالسعودية", "السعودية country السعودية"),
            ("للسعودية", "السعودية country السعودية"),
            ("وللسعودية", "السعودية country السعودية"),
            ("لليبيا", "ليبيا country ليبيا"),
            ("والولايات المتحدة الأميركية", "الولايات المتحدة الأميركية country الولايات المتحدة"),
            ("للولايات المتحدة", "الولايات المتحدة country الولايات المتحدة"),
            ("غينيا-بيساو", "غينيا - بيساو country غينيا بيساو"),
            ("قَطَر", "قطر country قطر"),
            ("امريكا", "امريكا country الولايات المتحدة"),
        ] {
            let found = hits(&gazetteer, text);
            let expected = expected.replace(" - ", " ");
            assert!(
                found.first().is_some_and(|f| f.replace(" - ", " ") == expected),
                "{text}: {found:?}, not {expected}"
            );
        }
    }
}
