//! Accuracy of quotations and their speakers on annotated news, where the data is there.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

use std::{fs, path::PathBuf, sync::Arc};

use isnad::{
    engine::Engine,
    eval::{Scored, evaluate},
};

#[test]
fn quotations_of_annotated_news_are_found() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data/news/dev.jsonl");
    let Ok(data) = fs::read_to_string(&path) else {
        println!("skipped: {} is not there", path.display());
        return;
    };
    let report = evaluate(&Arc::new(Engine::default()), Scored::Quotations, data.as_bytes(), &mut |_| {}).unwrap();
    // A little below what the rules reach, so that a rule that breaks shows.
    for (measure, floor) in [("direct and mixed", 0.78), ("indirect", 0.78), ("speaker (accuracy)", 0.76)] {
        let f1 = report.total(measure).f1();
        println!("{measure}: {f1:.3}");
        assert!(f1 >= floor, "{measure}: F1 {f1:.3}, was above {floor}; read `isnad eval quotations --errors`");
    }
}
