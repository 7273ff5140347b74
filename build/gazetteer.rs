//! Compiles the names of `resources/gazetteer/*.tsv` to the sections that the library embeds.

use std::{error::Error, fs, path::Path};

#[path = "../src/entities/gazetteer/compile.rs"]
mod compile;
#[path = "../src/text/fold.rs"]
mod fold;

use compile::{CLASSES, Form, MAX_STRING, Name};

/// Reads every table in the order of file names and writes `gazetteer.*` to `out`.
pub fn build(out: &Path) -> Result<(), Box<dyn Error>> {
    let folder = Path::new("resources/gazetteer");
    for source in ["build", "src/entities/gazetteer/compile.rs", "src/text/fold.rs", "resources/gazetteer"] {
        println!("cargo::rerun-if-changed={source}");
    }
    let mut tables: Vec<_> = fs::read_dir(folder)?.map(|entry| entry.map(|e| e.path())).collect::<Result<_, _>>()?;
    tables.sort();
    let mut names = Vec::new();
    for table in tables.iter().filter(|path| path.extension().is_some_and(|e| e == "tsv")) {
        for (number, line) in (1..).zip(fs::read_to_string(table)?.lines()) {
            if !line.starts_with('#') {
                read_line(line, &mut names).map_err(|e| format!("{}:{number}: {e}", table.display()))?;
            }
        }
    }
    // What stands for itself comes before what is only part of a person's name.
    names.sort_by_key(|name| matches!(CLASSES[usize::from(name.class)], "given_name" | "family_name"));
    let sections = compile::compile(&names)?;
    for (section, bytes) in [
        ("keys", sections.keys),
        ("ranks", sections.ranks),
        ("postings", sections.postings),
        ("entries", sections.entries),
        ("strings", sections.strings),
    ] {
        fs::write(out.join(format!("gazetteer.{section}")), bytes)?;
    }
    Ok(())
}

/// Reads `name TAB class TAB variants TAB latin TAB country TAB ids`. Empty columns at the end may be left out; a class
/// may be two, joined by `+`; variants are separated by `|`; a form that needs context begins with `?`.
fn read_line(line: &str, names: &mut Vec<Name>) -> Result<(), String> {
    let columns: Vec<&str> = line.split('\t').collect();
    if columns.len() > 6 {
        return Err(format!("{} columns, at most 6", columns.len()));
    }
    let column = |i: usize| columns.get(i).copied().unwrap_or_default();
    let variants = column(2).split('|').filter(|v| !v.is_empty());
    let forms: Vec<Form> = std::iter::once(column(0))
        .chain(variants)
        .map(|form| Form { text: form.trim_start_matches('?').to_owned(), ambiguous: form.starts_with('?') })
        .collect();
    if let Some(form) = forms.iter().find(|f| f.text.trim() != f.text || f.text.is_empty() || f.text.len() > MAX_STRING)
    {
        return Err(format!("'{}' is empty, too long or has white space around it", form.text));
    }
    let country = column(4);
    if !country.is_empty() && (country.len() != 2 || !country.bytes().all(|b| b.is_ascii_uppercase())) {
        return Err(format!("'{country}' is no ISO 3166-1 alpha-2 code"));
    }
    if let Some(id) =
        column(5).split_whitespace().find(|id| id.split_once(':').is_none_or(|(r, v)| r.is_empty() || v.is_empty()))
    {
        return Err(format!("'{id}' is not register:identifier"));
    }
    for class in column(1).split('+') {
        let class = CLASSES.iter().position(|&c| c == class).ok_or_else(|| format!("'{class}' is no class"))?;
        names.push(Name {
            class: u8::try_from(class).map_err(|e| e.to_string())?,
            forms: forms.clone(),
            latin: column(3).to_owned(),
            country: country.to_owned(),
            ids: column(5).to_owned(),
        });
    }
    Ok(())
}
