//! The stages of the engine one by one, on a news article and on texts that tempt to look far ahead.

#![allow(missing_docs, clippy::expect_used)]

use std::{hint::black_box, sync::Arc};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use isnad::{
    convert::{
        answer,
        validate::{self, Method},
    },
    document::OffsetUnit,
    engine::{Engine, Stop, Worker},
    entities::{self, Recognizer},
    morphology::{self, Words},
    numbers::{self, atoms::Atoms},
    pb, quotations, relations,
    text::{Buffers, Text, language, offsets::Offsets},
    time,
};
use prost::Message as _;

const ARTICLE: &str = include_str!("../tests/data/news_article.txt");

fn text(c: &mut Criterion) {
    let mut group = c.benchmark_group("text");
    let inputs = [
        ("article", ARTICLE.to_owned()),
        ("letters without a space", "ا".repeat(100_000)),
        ("nested quotations", "«قال ".repeat(20_000)),
        ("stops and marks", "!\".» ".repeat(20_000)),
    ];
    for (name, input) in &inputs {
        group.throughput(Throughput::Bytes(input.len() as u64));
        let mut buffers = Buffers::default();
        group.bench_function(*name, |b| {
            b.iter(|| {
                let text = Text::read(black_box(input), std::mem::take(&mut buffers));
                black_box(text.sentences().len());
                buffers = text.into_buffers();
            });
        });
    }
    group.throughput(Throughput::Bytes(ARTICLE.len() as u64));
    let read = Text::read(ARTICLE, Buffers::default());
    group.bench_function("language", |b| b.iter(|| language::detect(black_box(&read))));
    group.bench_function("offsets", |b| {
        b.iter(|| {
            let offsets = Offsets::new(black_box(ARTICLE), OffsetUnit::Utf16);
            read.tokens().iter().map(|token| i64::from(offsets.convert(token.span.end))).sum::<i64>()
        });
    });
    group.finish();
}

/// Each stage on the article, given what the stages before it found; then all of them.
fn stages(c: &mut Criterion) {
    let published: jiff::ZonedDateTime = "2025-09-16T12:00:00[Asia/Riyadh]".parse().expect("a date and a zone");
    let text = Text::read(ARTICLE, Buffers::default());
    let mut words = Words::default();
    morphology::analyse(&text, &mut words);
    let recognizer = Recognizer::default();
    let mut scratch = entities::Scratch::default();
    let entities = recognizer.extract(&text, &mut words, &mut scratch);

    let mut group = c.benchmark_group("stages");
    group.throughput(Throughput::Bytes(ARTICLE.len() as u64));
    group.bench_function("text", |b| b.iter(|| Text::read(black_box(ARTICLE), Buffers::default())));
    group.bench_function("words", |b| {
        let mut words = Words::default();
        b.iter(|| morphology::analyse(black_box(&text), &mut words));
    });
    group.bench_function("entities", |b| b.iter(|| recognizer.extract(black_box(&text), &mut words, &mut scratch)));
    group.bench_function("times", |b| {
        b.iter(|| time::extract(&Atoms::of(black_box(&text)), Some(&published), published.time_zone()));
    });
    group.bench_function("amounts", |b| {
        b.iter(|| numbers::extract(&Atoms::of(black_box(&text)), &jiff::tz::TimeZone::UTC))
    });
    group.bench_function("quotations", |b| b.iter(|| quotations::extract(black_box(&text), &words, &entities)));
    group.bench_function("relations", |b| b.iter(|| relations::extract(black_box(&text), &words, &entities)));

    let mut worker = Worker::new(Arc::new(Engine::default()));
    let sent = pb::Document { text: ARTICLE.to_owned(), ..pb::Document::default() };
    for method in [Method::Analyze, Method::Extract] {
        let request = validate::request(method, Some(sent.clone()), &[], 2, ARTICLE.len()).expect("a valid request");
        let pipeline = pb::Pipeline::default();
        group.bench_function(format!("{method} without a socket"), |b| {
            b.iter(|| {
                let (document, unit) = (&request.document, request.unit);
                worker.run(document, request.layers, &Stop::default(), |found| match method {
                    Method::Analyze => answer::analyze(found, document, unit, &pipeline).encode_to_vec(),
                    Method::Extract => answer::extract(found, document, unit, &pipeline).encode_to_vec(),
                })
            });
        });
    }
    group.finish();
}

criterion_group!(benches, text, stages);
criterion_main!(benches);
