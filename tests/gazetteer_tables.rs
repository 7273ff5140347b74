//! The tables of names under `resources/gazetteer`: what the build does not check.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::{collections::HashSet, fs, path::Path};

/// Name and text of every table.
fn tables() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("resources/gazetteer");
    let mut tables: Vec<_> = [folder.clone(), folder.join("made_from")]
        .iter()
        .flat_map(|folder| fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()))
        .filter(|path| path.extension().is_some_and(|e| e == "tsv"))
        .map(|path| {
            let name = path.strip_prefix(&folder).unwrap().to_str().unwrap().to_owned();
            (name, fs::read_to_string(path).unwrap())
        })
        .collect();
    tables.sort();
    tables
}

#[test]
fn every_table_tells_its_source_and_licence_and_stands_in_the_readme() {
    let readme = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("resources/README.md")).unwrap();
    for (name, text) in tables() {
        let head: Vec<&str> = text.lines().take_while(|line| line.starts_with('#')).collect();
        for wanted in ["# Source: ", "# Licence: "] {
            assert!(head.iter().any(|line| line.starts_with(wanted)), "{name} has no '{wanted}' line at its top");
        }
        assert!(readme.contains(&format!("`gazetteer/{name}`")), "{name} is not listed in resources/README.md");
    }
}

#[test]
fn every_table_of_words_stands_in_the_readme_too() {
    let resources = Path::new(env!("CARGO_MANIFEST_DIR")).join("resources");
    let readme = fs::read_to_string(resources.join("README.md")).unwrap();
    for folder in ["", "numbers/", "time/"] {
        for entry in fs::read_dir(resources.join(folder)).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            let listed = !name.ends_with(".tsv") || readme.contains(&format!("`{folder}{name}`"));
            assert!(listed, "{folder}{name} is not listed in resources/README.md");
        }
    }
}

#[test]
fn codes_and_names_are_what_they_should_be() {
    let tables = tables();
    let (_, countries) = tables.iter().find(|(name, _)| name == "countries.tsv").unwrap();
    let codes: HashSet<&str> =
        countries.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split('\t').nth(4)).collect();
    assert!(codes.len() > 220, "only {} countries", codes.len());
    for (name, text) in &tables {
        if matches!(name.as_str(), "made_from/country_variants.tsv" | "made_from/nationality_stems.tsv") {
            continue;
        }
        let mut rows = HashSet::new();
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let columns: Vec<&str> = line.split('\t').collect();
            assert!(columns.len() >= 2 && columns.len() <= 6, "{name}: {line}");
            let code = columns.get(4).copied().unwrap_or_default();
            assert!(code.is_empty() || codes.contains(code), "{name}: {code} is no country: {line}");
            for form in std::iter::once(columns[0]).chain(columns.get(2).unwrap_or(&"").split('|')) {
                let form = form.trim_start_matches('?');
                let plain = form.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '-' | 'ء'..='غ' | 'ف'..='ي'));
                assert!(
                    plain && !form.contains("  ") && form == form.trim(),
                    "{name}: '{form}' is not normalized: {line}"
                );
            }
            assert!(rows.insert((columns[0], columns[1], code)), "{name}: twice: {line}");
        }
    }
}
