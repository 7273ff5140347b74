//! The stages of the engine one by one, on a news article and on texts that tempt to look far ahead.

#![allow(missing_docs)]

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use isnad::{
    document::OffsetUnit,
    text::{Buffers, Text, language, offsets::Offsets},
};

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

criterion_group!(stages, text);
criterion_main!(stages);
