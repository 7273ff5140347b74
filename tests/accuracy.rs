//! The figures that GetCapabilities tells are reached, on the annotated documents where those are at hand.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stderr)]

use std::{fs::File, io::BufReader, path::Path, sync::Arc};

use isnad::eval::{self, Entrant, Question};

#[test]
fn what_is_told_is_reached() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    let main = Entrant { name: "all".to_owned(), engine: Arc::default() };
    let mut missed = Vec::new();
    for row in include_str!("../resources/measurements.tsv").lines().filter(|line| !line.starts_with('#')) {
        let [layer, measure, value, _, name] = row.split('\t').collect::<Vec<_>>()[..] else { panic!("row {row:?}") };
        let path = data.join(if layer == "morphology" { "morphology/news.dev.txt" } else { "news/dev.jsonl" });
        let Ok(file) = File::open(&path) else {
            eprintln!("skipped: {layer}, {} is not here", path.display());
            continue;
        };
        let question = Question { scored: layer.parse().unwrap(), seen: None, zone: None };
        let compared = eval::evaluate(&main, &[], question, BufReader::new(file), &mut |_| {}).unwrap();
        let report = compared.main();
        let reached = report.conll().filter(|_| measure == "conll").unwrap_or_else(|| report.total(measure).score());
        // told with three decimals
        if reached + 0.0005 < value.parse::<f64>().unwrap() {
            missed.push(format!("{name}: told {value}, reached {reached:.4}"));
        }
    }
    assert!(missed.is_empty(), "run `just quality`, or mend what became worse:\n{}", missed.join("\n"));
}
