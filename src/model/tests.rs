//! The packed model against plain arithmetic, and files that are no model.

use std::{sync::Arc, thread};

use proptest::prelude::*;
use safetensors::{Dtype, tensor::TensorView};

use super::{
    Inputs, Model, ModelError, Scratch,
    artifact::{self, MANIFEST},
    encoder::WINDOW,
    features,
    pack::{self, PackError},
    reference::Weights,
    sample::{self, Random, Sizes},
};

const ROWS: usize = 300;

fn sizes(width: usize, kernels: &[usize]) -> Sizes {
    Sizes { rows: ROWS, width, kernels: kernels.to_vec(), heads: vec![("mentions", 37), ("other", 3)] }
}

fn trained(sizes: &Sizes, seed: u64) -> Weights {
    Weights::read(&sample::weights(sizes, seed).unwrap()).unwrap()
}

fn packed(sizes: &Sizes, seed: u64) -> Vec<u8> {
    let calibration = sample::inputs(&[12; 8], sizes.rows, 5, seed + 1);
    pack::pack(&sample::weights(sizes, seed).unwrap(), &[calibration]).unwrap()
}

fn small() -> Model {
    Model::from_bytes(packed(&sizes(32, &[3, 5, 1]), 7)).unwrap()
}

/// The outputs of all heads, as bits: equal means equal.
fn run(model: &Model, inputs: &Inputs) -> Vec<Vec<u32>> {
    let mut scratch = Scratch::default();
    model.run(inputs, &mut scratch);
    let names = &model.manifest().heads;
    let bits = |name| scratch.head(model.head(name).unwrap()).iter().map(|x| f32::to_bits(*x)).collect();
    names.iter().map(|name| bits(name)).collect()
}

/// `tokens` of `inputs` as a sentence of its own.
fn alone(inputs: &Inputs, tokens: std::ops::Range<usize>) -> Inputs {
    let mut one = Inputs { sentences: vec![0, tokens.len() as u32], ..Inputs::default() };
    for token in tokens {
        one.starts.push(one.rows.len() as u32);
        one.rows.extend(inputs.of_token(token));
    }
    one.starts.push(one.rows.len() as u32);
    one
}

#[test]
fn bytes_come_close_to_plain_arithmetic() {
    for (seed, (width, kernels)) in
        [(32, vec![]), (64, vec![3]), (96, vec![5, 1, 3]), (192, vec![3; 4])].into_iter().enumerate()
    {
        let sizes = sizes(width, &kernels);
        let weights = trained(&sizes, seed as u64);
        let model = Model::from_bytes(packed(&sizes, seed as u64)).unwrap();
        let inputs = sample::inputs(&[1, 30, 2, 7], ROWS, 6, 99);
        for deviation in pack::compare(&weights, &model, &inputs) {
            // seven bits of weights and eight of activations, through up to five products
            assert!(deviation.relative < 0.05, "width {width}, kernels {kernels:?}: {deviation:?}");
        }
    }
}

#[test]
fn a_sentence_is_the_same_alone_and_in_a_batch_and_on_any_thread() {
    let model = Arc::new(small());
    let lengths = [3, 1, 90, 0, 60, 200, 2, WINDOW - 1, WINDOW, WINDOW + 1, 4];
    let inputs = sample::inputs(&lengths, ROWS, 4, 5);
    let together = run(&model, &inputs);
    assert_eq!(together, run(&model, &inputs), "the same again");
    let threads: Vec<_> = (0..3)
        .map(|_| {
            let (model, inputs) = (Arc::clone(&model), inputs.clone());
            thread::spawn(move || run(&model, &inputs))
        })
        .collect();
    for thread in threads {
        assert_eq!(together, thread.join().unwrap());
    }
    for sentence in inputs.sentences() {
        let one = run(&model, &alone(&inputs, sentence.clone()));
        for (all, one) in together.iter().zip(&one) {
            let outputs = all.len() / inputs.tokens();
            assert_eq!(&all[sentence.start * outputs..sentence.end * outputs], one, "{sentence:?}");
        }
    }
}

#[test]
fn a_long_sentence_is_read_as_a_whole() {
    let sizes = sizes(32, &[3, 5, 1]);
    let (weights, model) = (trained(&sizes, 7), small());
    let inputs = sample::inputs(&[5000], ROWS, 4, 11);
    let whole = run(&model, &inputs);
    // a token sees three to either side: the middle of any part is the same as in the whole
    for start in [0, 200, 251, 256, 2000, 4800] {
        let part = run(&model, &alone(&inputs, start..start + 200));
        let (outputs, from) = (37, if start == 0 { 0 } else { 3 });
        let found = &whole[0][(start + from) * outputs..(start + 197) * outputs];
        assert_eq!(found, &part[0][from * outputs..197 * outputs], "from token {start}");
    }
    for deviation in pack::compare(&weights, &model, &inputs) {
        assert!(deviation.relative < 0.03, "{deviation:?}");
    }
}

#[test]
fn odd_inputs_are_read_as_far_as_they_go() {
    let model = small();
    assert_eq!(run(&model, &Inputs::default()), vec![Vec::<u32>::new(); 2]);
    let mut inputs = sample::inputs(&[1], ROWS, 4, 3);
    let one = run(&model, &inputs);
    assert_eq!(one.iter().map(Vec::len).collect::<Vec<_>>(), [37, 3]);
    // rows that the table lacks add nothing
    inputs.rows.extend([ROWS as u32, u32::MAX]);
    inputs.starts[1] += 2;
    assert_eq!(run(&model, &inputs), one);
    // lists that do not fit together
    for (starts, sentences) in [
        (vec![0, 9, 2], vec![0, 2]),
        (vec![2, 1, 0], vec![0, 2]),
        (vec![0, 1], vec![5, 9]),
        (vec![0, 1], vec![1, 0, 1]),
        (vec![0, 1], vec![0, u32::MAX]),
        (vec![], vec![0, 1]),
        (vec![0], vec![]),
    ] {
        let tokens = starts.len().saturating_sub(1);
        let odd = Inputs { rows: vec![1, 2], starts, sentences };
        assert_eq!(run(&model, &odd)[1].len(), tokens * 3);
    }
    // a token in no sentence has zeros
    let outside = Inputs { rows: vec![1], starts: vec![0, 1], sentences: vec![] };
    assert_eq!(run(&model, &outside)[1], [0, 0, 0]);
    inputs.clear();
    assert_eq!(inputs, Inputs::default());
}

#[test]
fn what_was_packed_is_read() {
    let file = packed(&sizes(64, &[3]), 1);
    assert_eq!(file, packed(&sizes(64, &[3]), 1), "packing is a function of what goes in");
    let model = Model::from_bytes(file).unwrap();
    assert_eq!((model.rows(), model.schema(), model.digest().len()), (ROWS, "00ff", 64));
    assert_eq!(model.manifest().kernels, [3]);
    assert_eq!(model.manifest().other["note"], "ليلى");
    assert_eq!(model.head("mentions").map(|head| model.outputs(head)), Some(37));
    assert_eq!(model.head("entions"), None);
    assert_eq!(model.extra("mentions.width").map(|(shape, numbers)| (shape, numbers.len())), Some((&[2, 3][..], 6)));
    assert_eq!(model.extra("mentions"), None);
}

#[test]
fn calibration_cuts_what_is_rare_and_large() {
    let sizes = sizes(32, &[3]);
    let sites = pack::calibrate(&trained(&sizes, 1), &[sample::inputs(&[50; 20], ROWS, 5, 2)]).unwrap();
    assert_eq!(sites.iter().map(|site| &*site.name).collect::<Vec<_>>(), ["layers.0.norm", "norm_out"]);
    for site in &sites {
        assert!(site.clipped < 0.002 && site.scale > 0.01 && site.scale < 0.1, "{site:?}");
    }
    let nothing = pack::calibrate(&trained(&sizes, 1), &[Inputs::default()]);
    assert!(matches!(nothing, Err(PackError::NoCalibration)));
}

#[test]
fn a_file_of_features_becomes_inputs() {
    let parts: [(&str, &[i32]); 3] =
        [("rows", &[9, 7, 8, 20, 9, 21, 22]), ("starts", &[0, 1, 4, 7, 7]), ("sentences", &[0, 2, 4])];
    let file = |parts: &[(&str, &[i32])]| {
        let bytes = |numbers: &[i32]| numbers.iter().flat_map(|number| number.to_le_bytes()).collect::<Vec<_>>();
        let data: Vec<_> = parts.iter().map(|(name, numbers)| (*name, numbers.len(), bytes(numbers))).collect();
        let view = |(name, length, data)| (name, TensorView::new(Dtype::I32, vec![length], data).unwrap());
        safetensors::serialize(data.iter().map(|(name, length, data)| view((*name, *length, data))), None).unwrap()
    };
    let all = Inputs { rows: vec![9, 7, 8, 20, 9, 21, 22], starts: vec![0, 1, 4, 7, 7], sentences: vec![0, 2, 4] };
    assert_eq!(features::read(&file(&parts), 9).unwrap(), all);
    let first = Inputs { rows: vec![9, 7, 8, 20], starts: vec![0, 1, 4], sentences: vec![0, 2] };
    assert_eq!(features::read(&file(&parts), 1).unwrap(), first);
    assert!(matches!(features::read(&file(&parts[1..]), 9), Err(ModelError::Missing(_))));
    let negative: [(&str, &[i32]); 1] = [("rows", &[-1])];
    assert!(matches!(features::read(&file(&negative), 9), Err(ModelError::Number { .. })));
}

#[test]
fn each_fault_of_a_file_has_its_name() {
    let file = packed(&sizes(32, &[]), 1);
    let read = |change: &dyn Fn(&mut Vec<u8>)| {
        let mut file = file.clone();
        change(&mut file);
        Model::from_bytes(file).unwrap_err()
    };
    assert!(matches!(read(&|file| file[0] ^= 1), ModelError::Foreign));
    assert!(matches!(read(&|file| *file = b"PK".to_vec()), ModelError::Foreign));
    assert!(matches!(read(&|file| file[8] = 2), ModelError::Version { found: 2 }));
    assert!(matches!(read(&|file| file.truncate(3)), ModelError::Length { expected: 52, found: 3 }));
    assert!(matches!(read(&|file| file.truncate(51)), ModelError::Length { expected: 52, found: 51 }));
    assert!(matches!(read(&|file| file.truncate(60)), ModelError::Length { found: 60, .. }));
    assert!(matches!(read(&|file| file.push(0)), ModelError::Length { .. }));
    assert!(matches!(read(&|file| *file.last_mut().unwrap() ^= 1), ModelError::Checksum));
    assert!(matches!(read(&|file| *file = artifact::seal(b"{}")), ModelError::Body(_)));
    assert!(matches!(read(&|file| *file = sealed("", &[])), ModelError::ManifestJson(_)));
    assert!(matches!(read(&|file| *file = sealed(MINIMAL, &[])), ModelError::Missing(_)));
    let table = ("embedding.weight", Dtype::F32, vec![1, 32], vec![0; 128]);
    assert!(matches!(read(&|file| *file = sealed(MINIMAL, std::slice::from_ref(&table))), ModelError::Shape { .. }));
    let narrow = ("embedding.weight", Dtype::I8, vec![1, 31], vec![0; 31]);
    assert!(matches!(read(&|file| *file = sealed(MINIMAL, std::slice::from_ref(&narrow))), ModelError::Manifest(_)));
}

const MINIMAL: &str = r#"{"kernels":[1],"schema":"","heads":["a"]}"#;

type Part = (&'static str, Dtype, Vec<usize>, Vec<u8>);

/// A file with the right checksum of any tensors.
fn sealed(manifest: &str, parts: &[Part]) -> Vec<u8> {
    let views =
        parts.iter().map(|(name, dtype, shape, data)| (*name, TensorView::new(*dtype, shape.clone(), data).unwrap()));
    let metadata = [(MANIFEST.to_owned(), manifest.to_owned())].into_iter().collect();
    artifact::seal(&safetensors::serialize(views, Some(metadata)).unwrap())
}

const NAMES: [(&str, &[usize], Dtype); 15] = [
    ("embedding.weight", &[2, 32], Dtype::I8),
    ("embedding.scale", &[2], Dtype::F32),
    ("norm_in.weight", &[32], Dtype::F32),
    ("norm_in.bias", &[32], Dtype::F32),
    ("layers.0.norm.weight", &[32], Dtype::F32),
    ("layers.0.norm.bias", &[32], Dtype::F32),
    ("layers.0.norm.scale", &[1], Dtype::F32),
    ("layers.0.conv.weight", &[32, 1, 32], Dtype::I8),
    ("layers.0.conv.scale", &[32], Dtype::F32),
    ("layers.0.conv.bias", &[32], Dtype::F32),
    ("norm_out.weight", &[32], Dtype::F32),
    ("norm_out.bias", &[32], Dtype::F32),
    ("norm_out.scale", &[1], Dtype::F32),
    ("heads.a.weight", &[1, 32], Dtype::I8),
    ("extra.a", &[0, 3], Dtype::F32),
];

/// Tensors that nearly make a model: each may be missing, of another shape or type, or hold any bytes.
fn nearly() -> impl Strategy<Value = Vec<Part>> {
    any::<u64>().prop_map(|seed| {
        let mut random = Random(seed);
        let mut parts = Vec::new();
        for (name, shape, dtype) in
            NAMES.into_iter().chain([("heads.a.scale", &[1][..], Dtype::F32), ("heads.a.bias", &[1][..], Dtype::F32)])
        {
            let (mut shape, mut dtype) = (shape.to_vec(), dtype);
            match random.below(60) {
                0 => continue,
                1 => shape.push(1),
                2 => shape = vec![random.below(3) as usize, 32],
                3 => shape[0] += 1,
                4 => dtype = Dtype::I32,
                _ => {}
            }
            let bytes = shape.iter().product::<usize>() * dtype.bitsize() / 8;
            let data = match random.below(20) {
                0 => (0..bytes).map(|_| random.below(256) as u8).collect(),
                1 => vec![0; bytes],
                _ => [0, 0, 0x80, 0x3f].into_iter().cycle().take(bytes).map(|byte| byte % 0x40).collect(),
            };
            parts.push((name, dtype, shape, data));
        }
        parts
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn a_damaged_file_is_refused(seed: u64, at: prop::sample::Index, kind in 0..3) {
        let mut file = packed_once().to_vec();
        match kind {
            0 => { let at = at.index(file.len()); file[at] ^= 1 << (seed % 8); }
            1 => file.truncate(at.index(file.len())),
            _ => file.extend(seed.to_le_bytes()),
        }
        prop_assert!(Model::from_bytes(file).is_err());
    }

    #[test]
    fn any_tensors_are_read_or_refused(parts in nearly()) {
        if let Ok(model) = Model::from_bytes(sealed(MINIMAL, &parts)) {
            let inputs = sample::inputs(&[3, 1], 3, 2, 1);
            prop_assert_eq!(run(&model, &inputs)[0].len(), 4 * model.outputs(model.head("a").unwrap()));
        }
    }

    #[test]
    fn any_body_is_refused(body: Vec<u8>) {
        prop_assert!(Model::from_bytes(artifact::seal(&body)).is_err());
    }
}

fn packed_once() -> &'static [u8] {
    static FILE: std::sync::OnceLock<Vec<u8>> = std::sync::OnceLock::new();
    FILE.get_or_init(|| packed(&sizes(32, &[3]), 1))
}
