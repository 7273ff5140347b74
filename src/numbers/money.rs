//! Currencies and units of measure.

use std::sync::LazyLock;

use jiff::tz::TimeZone;
use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    atoms::{AtomKind, Atoms, Reading, readings},
    decimal::Decimal,
    lexicon::{Hit, Lexicon, rows},
};
use crate::text::fold::word as fold;

/// What a word counts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Unit {
    /// An ISO 4217 code, a unit's symbol, or the family of a currency that a country decides.
    pub name: &'static str,
    /// What one is in the main unit: 0.001 for a millime.
    pub factor: Option<Decimal>,
    /// Whether the form is a dual: `طنين`.
    pub dual: bool,
    /// Whether it is money.
    pub money: bool,
}

static UNITS: LazyLock<Lexicon<Unit>> = LazyLock::new(|| {
    Lexicon::read(include_str!("../../resources/numbers/units.tsv"), |row| {
        let [name, count] = *row else { return None };
        Some(Unit { name, factor: None, dual: count == "2", money: false })
    })
});

static CURRENCIES: LazyLock<Lexicon<Unit>> = LazyLock::new(|| {
    Lexicon::read(include_str!("../../resources/numbers/currencies.tsv"), |row| {
        let [name, factor, count] = *row else { return None };
        let factor = if factor == "1" { None } else { Some(Decimal::parse(factor)?) };
        Some(Unit { name, factor, dual: count == "2", money: true })
    })
});

/// Family and word to code.
struct Countries {
    adjectives: FxHashMap<(&'static str, String), &'static str>,
    names: FxHashMap<String, Vec<(&'static str, &'static str)>>,
    /// Families with their codes.
    families: FxHashSet<(&'static str, &'static str)>,
}

static COUNTRIES: LazyLock<Countries> = LazyLock::new(|| {
    let mut adjectives = FxHashMap::default();
    let mut names: FxHashMap<String, Vec<(&str, &str)>> = FxHashMap::default();
    let mut families = FxHashSet::default();
    for row in rows(include_str!("../../resources/numbers/money.tsv")) {
        let [family, code, adjective, places] = row[..] else { continue };
        families.insert((family, code));
        let adjective = fold(adjective);
        for ending in ["", "ة", "ا", "ين", "ون"] {
            let form = format!("{adjective}{ending}");
            if !form.contains(' ') {
                names.entry(form.clone()).or_default().push((family, code));
            }
            adjectives.entry((family, form)).or_insert(code);
        }
        for place in places.split(' ').filter(|p| !p.is_empty()) {
            // look-ups take the article off
            let place = fold(place);
            let bare = place.strip_prefix("ال").unwrap_or(&place);
            names.entry(bare.to_owned()).or_default().push((family, code));
        }
    }
    Countries { adjectives, names, families }
});

/// The currency of the country of a zone.
static ZONES: LazyLock<FxHashMap<&'static str, &'static str>> = LazyLock::new(|| {
    let table = rows(include_str!("../../resources/numbers/zones.tsv"));
    table.filter_map(|row| Some((*row.first()?, *row.get(1)?))).collect()
});

/// Words that money is spoken of with.
static SPOKEN: LazyLock<FxHashSet<String>> =
    LazyLock::new(|| rows(include_str!("../../resources/numbers/sums.tsv")).map(|row| fold(row[0])).collect());

/// Whether atom `at` is a word that money is spoken of with: `بقيمة`, `ميزانيتها`.
pub fn is_spoken_of(atoms: &Atoms<'_>, at: usize) -> bool {
    readings(atoms.form(at)).any(|reading| SPOKEN.contains(reading.key))
}

/// Whether nothing that could be counted stands at atom `at`: a mark, a sentence's end, a preposition.
pub fn ends_amount(atoms: &Atoms<'_>, at: usize) -> bool {
    let Some(atom) = atoms.get(at) else { return true };
    matches!(atom.kind, AtomKind::Mark | AtomKind::Break)
        || matches!(atoms.form(at), "من" | "في" | "علي" | "الي" | "عن" | "خلال" | "ل" | "و")
}

/// The unit of measure or currency at atom `at`, which may have an article but no other clitic.
pub fn unit(atoms: &Atoms<'_>, at: usize) -> Option<Hit<Unit>> {
    let plain = |hit: &Hit<Unit>| hit.cut == 0;
    let money = CURRENCIES.find(atoms, at).filter(plain);
    let measure = UNITS.find_bare(atoms, at).or_else(|| UNITS.find(atoms, at).filter(plain));
    match (money, measure) {
        (Some(a), Some(b)) => Some(if b.end > a.end { b } else { a }),
        (a, b) => a.or(b),
    }
}

/// The unit of measure or currency at atom `at` in `reading`.
pub fn reading(atoms: &Atoms<'_>, at: usize, reading: Reading<'_>) -> Option<Hit<Unit>> {
    CURRENCIES.at(atoms, at, reading).or_else(|| UNITS.at(atoms, at, reading))
}

/// The code that an adjective at atom `at` gives to a currency of `family`.
pub fn nationality(atoms: &Atoms<'_>, at: usize, family: &'static str) -> Option<&'static str> {
    let form = atoms.form(at);
    let bare = form.strip_prefix("ال").unwrap_or(form);
    COUNTRIES.adjectives.get(&(family, bare.to_owned())).copied()
}

/// Which currency of each family the countries named in a text decide; counted once, when first asked.
#[derive(Debug, Default)]
pub struct Home {
    votes: Option<FxHashMap<(&'static str, &'static str), u32>>,
    /// The currency of the document's zone.
    zone: Option<&'static str>,
}

/// How often the country of the document's zone counts as named.
const AT_HOME: u32 = 2;

impl Home {
    /// The currencies of documents whose days are those of `zone`.
    pub fn of(zone: &TimeZone) -> Self {
        Self { votes: None, zone: zone.iana_name().and_then(|name| ZONES.get(name).copied()) }
    }

    /// The ISO 4217 code for `name`, which may be one; empty where neither the text nor the zone names a country.
    pub fn code(&mut self, atoms: &Atoms<'_>, name: &'static str) -> &'static str {
        match name {
            "dollar" => return "USD",
            code if code.chars().all(|c| c.is_ascii_uppercase()) => return code,
            _ => {}
        }
        let zone = self.zone;
        let votes = self.votes.get_or_insert_with(|| {
            let mut votes = FxHashMap::default();
            let home = COUNTRIES.families.iter().filter(|&&(_, code)| Some(code) == zone);
            votes.extend(home.map(|&decided| (decided, AT_HOME)));
            for at in 0..atoms.len() {
                for reading in readings(atoms.form(at)) {
                    if let Some(decided) = COUNTRIES.names.get(reading.key) {
                        decided.iter().for_each(|&d| *votes.entry(d).or_default() += 1);
                        break;
                    }
                }
            }
            votes
        });
        let best = votes.iter().filter(|((family, _), _)| *family == name).max_by_key(|&(&(_, code), &n)| (n, code));
        // the pound that needs no name is Egypt's
        let unnamed = if name == "pound" { "EGP" } else { "" };
        best.map_or(unnamed, |((_, code), _)| code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_has_a_meaning() {
        let tables = [
            ("currencies.tsv", include_str!("../../resources/numbers/currencies.tsv"), 4),
            ("units.tsv", include_str!("../../resources/numbers/units.tsv"), 3),
            ("money.tsv", include_str!("../../resources/numbers/money.tsv"), 4),
            ("zones.tsv", include_str!("../../resources/numbers/zones.tsv"), 2),
            ("sums.tsv", include_str!("../../resources/numbers/sums.tsv"), 1),
            ("words.tsv", include_str!("../../resources/numbers/words.tsv"), 3),
        ];
        for (name, table, columns) in tables {
            for row in rows(table) {
                assert_eq!(row.len(), columns, "{name}: {row:?}");
            }
        }
    }
}
