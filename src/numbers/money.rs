//! Currencies and units of measure.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::{
    atoms::{Atoms, Reading, readings},
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
}

static COUNTRIES: LazyLock<Countries> = LazyLock::new(|| {
    let mut adjectives = FxHashMap::default();
    let mut names: FxHashMap<String, Vec<(&str, &str)>> = FxHashMap::default();
    for row in rows(include_str!("../../resources/numbers/money.tsv")) {
        let [family, code, adjective, places] = row[..] else { continue };
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
    Countries { adjectives, names }
});

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
}

impl Home {
    /// The ISO 4217 code for `name`, which may be one; empty where the text names no country.
    pub fn code(&mut self, atoms: &Atoms<'_>, name: &'static str) -> &'static str {
        match name {
            "dollar" => return "USD",
            code if code.chars().all(|c| c.is_ascii_uppercase()) => return code,
            _ => {}
        }
        let votes = self.votes.get_or_insert_with(|| {
            let mut votes = FxHashMap::default();
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
        best.map_or("", |((_, code), _)| code)
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
            ("words.tsv", include_str!("../../resources/numbers/words.tsv"), 3),
        ];
        for (name, table, columns) in tables {
            for row in rows(table) {
                assert_eq!(row.len(), columns, "{name}: {row:?}");
            }
        }
    }
}
