//! The learned model: tokens per second through a network of the usual size, on one core.

#![allow(missing_docs, clippy::expect_used)]

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use isnad::model::{
    Model, Scratch,
    pack::pack,
    sample::{self, Sizes},
};

const ROWS: usize = 65_536;

fn model(c: &mut Criterion) {
    let sizes = Sizes { rows: ROWS, width: 192, kernels: vec![3; 4], heads: vec![("mentions", 420)] };
    let weights = sample::weights(&sizes, 1).expect("the sizes are small");
    let file = pack(&weights, &[sample::inputs(&[25; 8], ROWS, 14, 2)]).expect("the weights fit");

    let mut group = c.benchmark_group("model");
    group.throughput(Throughput::Bytes(file.len() as u64));
    group.bench_function("read", |b| {
        b.iter(|| Model::from_bytes(black_box(file.clone())).expect("what was packed is read"));
    });
    let model = Model::from_bytes(file).expect("what was packed is read");
    let mut scratch = Scratch::default();
    for (name, lengths) in [("article", vec![25; 20]), ("batch", vec![25; 2000]), ("long sentence", vec![5000])] {
        let inputs = sample::inputs(&lengths, ROWS, 14, 3);
        group.throughput(Throughput::Elements(inputs.tokens() as u64));
        group.bench_function(name, |b| b.iter(|| model.run(black_box(&inputs), &mut scratch)));
    }
    group.finish();
}

criterion_group!(benches, model);
criterion_main!(benches);
