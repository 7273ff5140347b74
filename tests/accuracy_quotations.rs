//! Accuracy of quotations and their speakers on annotated news, where the data is there.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

use std::{fs, path::PathBuf, sync::Arc};

use isnad::{
    document::{Document, Layer, Layers},
    engine::{Engine, Stop, Worker},
    eval::{Scored, evaluate},
    quotations::Quotation,
};
use jiff::tz::TimeZone;

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

/// Who says the passages in marks of the article that the project was begun from, in their order; «حماس» is a name.
const ARTICLE: [(&str, usize); 4] =
    [("الديوان الأميري", 1), ("ماركو روبيو", 1), ("ماجد الأنصاري", 11), ("وزارة الخارجية الأميركية", 2)];

#[test]
fn the_first_article_has_every_passage_with_its_speaker() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data/seed/article.txt");
    let Ok(text) = fs::read_to_string(&path) else {
        println!("skipped: {} is not there", path.display());
        return;
    };
    let passages: Vec<&str> = text.split('«').skip(1).filter_map(|s| s.split('»').next()).collect();
    let passages: Vec<&str> = passages.into_iter().filter(|p| p.contains(' ')).collect();
    let speakers: Vec<&str> = ARTICLE.iter().flat_map(|&(name, times)| vec![name; times]).collect();
    assert_eq!(passages.len(), speakers.len());

    let document = Document {
        id: String::new(),
        text: text.clone(),
        language: String::new(),
        published: None,
        zone: TimeZone::UTC,
    };
    let layers = Layers::of(&[Layer::Entities, Layer::Quotations]);
    let mut worker = Worker::new(Arc::new(Engine::default()));
    let found = worker.run(&document, layers, &Stop::default(), |answer| {
        let said = |q: &Quotation| q.content.iter().map(|&s| answer.text.slice(s)).collect::<String>();
        let names = |q: &Quotation| {
            let names = q.speakers.iter().filter_map(|s| s.entity).map(|e| answer.entities.entities[e].name.clone());
            names.collect::<Vec<_>>()
        };
        answer.quotations.iter().map(|q| (said(q), names(q))).collect::<Vec<_>>()
    });
    let found = found.unwrap();
    for (passage, speaker) in passages.iter().zip(speakers) {
        let quotation = found.iter().find(|(said, _)| said.contains(passage) && passage.len() * 5 >= said.len() * 4);
        let (_, names) = quotation.unwrap_or_else(|| panic!("no quotation of its own: {passage}"));
        assert_eq!(names, &[speaker], "{passage}");
    }
}
