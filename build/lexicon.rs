//! Compiles `resources/lexicon/*.tsv` to the sections that the analyser embeds, and indexes `resources/wordforms.tsv`.

use std::{collections::BTreeSet, error::Error, fs, path::Path};

#[allow(dead_code, reason = "the analyser reads what is written here")]
#[path = "../src/morphology/analyser/compile.rs"]
mod compile;

#[allow(dead_code, reason = "the lexicon reads what is written here")]
#[path = "../src/morphology/lexicon/index.rs"]
mod index;

/// Writes `lexicon.*` and `wordforms.index` to `out`.
pub fn build(out: &Path) -> Result<(), Box<dyn Error>> {
    for source in ["analyser/compile.rs", "lexicon/index.rs"] {
        println!("cargo::rerun-if-changed=src/morphology/{source}");
    }
    fs::write(out.join("wordforms.index"), index::build(&fs::read_to_string("resources/wordforms.tsv")?))?;
    let read = |name: &str| fs::read_to_string(Path::new("resources/lexicon").join(name));
    let sections = compile::compile(&read("lexemes.tsv")?, &read("paradigms.tsv")?, &names()?)?;
    for (section, bytes) in [
        ("stems", sections.stems),
        ("postings", sections.postings),
        ("lexemes", sections.lexemes),
        ("strings", sections.strings),
        ("cells", sections.cells),
        ("names", sections.names),
        ("affixes", sections.affixes),
    ] {
        fs::write(out.join(format!("lexicon.{section}")), bytes)?;
    }
    Ok(())
}

/// The single words among the names of persons, places and countries.
fn names() -> Result<BTreeSet<String>, Box<dyn Error>> {
    let mut names = BTreeSet::new();
    for table in fs::read_dir("resources/gazetteer")? {
        let table = table?.path();
        if table.extension().is_none_or(|e| e != "tsv") {
            continue;
        }
        for line in fs::read_to_string(table)?.lines().filter(|line| !line.starts_with('#')) {
            let mut columns = line.split('\t');
            let (name, class) = (columns.next().unwrap_or_default(), columns.next().unwrap_or_default());
            if !class.split('+').any(|c| matches!(c, "given_name" | "family_name" | "place" | "country")) {
                continue;
            }
            let forms = [name].into_iter().chain(columns.next().unwrap_or_default().split('|'));
            let forms = forms.map(|form| form.trim_start_matches('?'));
            let letters = |form: &&str| form.chars().all(|c| matches!(c, 'ء'..='غ' | 'ف'..='ي'));
            names.extend(forms.filter(|form| form.chars().nth(2).is_some()).filter(letters).map(str::to_owned));
        }
    }
    Ok(names)
}
