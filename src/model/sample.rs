//! Weights and inputs drawn at random, for tests and benchmarks.

use std::fmt::Write as _;

use safetensors::{Dtype, SafeTensorError, tensor::TensorView};

use super::{Inputs, artifact::MANIFEST};

/// The sizes of a network.
#[derive(Clone, Debug)]
pub struct Sizes {
    /// Rows of the embedding table.
    pub rows: usize,
    /// Numbers in the state of a token.
    pub width: usize,
    /// The widths of the convolutions.
    pub kernels: Vec<usize>,
    /// The heads, with their outputs.
    pub heads: Vec<(&'static str, usize)>,
}

/// Numbers that look random, and are the same each time (SplitMix64).
#[derive(Clone, Debug)]
pub struct Random(pub u64);

impl Random {
    /// A number below `limit`, which is above zero.
    pub fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (bits ^ (bits >> 31)) % limit
    }

    /// A number of mean 0 and deviation 1, much like the normal distribution.
    fn normal(&mut self) -> f32 {
        let sum: u64 = (0..12).map(|_| self.below(1 << 20)).sum();
        sum as f32 / (1 << 20) as f32 - 6.0
    }
}

/// Weights in the form that a training writes, as bytes of safetensors.
///
/// # Errors
/// Where the sizes are too large for that form.
pub fn weights(sizes: &Sizes, seed: u64) -> Result<Vec<u8>, SafeTensorError> {
    let Sizes { rows, width, .. } = *sizes;
    let mut random = Random(seed);
    let mut tensors = Vec::new();
    let mut draw = |name: String, shape: Vec<usize>, mean: f32, deviation: f32| {
        let numbers = (0..shape.iter().product()).map(|_| mean + deviation * random.normal());
        tensors.push((name, shape, numbers.flat_map(f32::to_le_bytes).collect::<Vec<_>>()));
    };
    let norm = |draw: &mut dyn FnMut(String, Vec<usize>, f32, f32), name: &str| {
        draw(format!("{name}.weight"), vec![width], 1.0, 0.2);
        draw(format!("{name}.bias"), vec![width], 0.0, 0.1);
    };
    draw("embedding.weight".to_owned(), vec![rows, width], 0.0, 1.0);
    norm(&mut draw, "norm_in");
    for (layer, &kernel) in sizes.kernels.iter().enumerate() {
        let deviation = 1.0 / ((kernel * width) as f32).sqrt();
        norm(&mut draw, &format!("layers.{layer}.norm"));
        draw(format!("layers.{layer}.conv.weight"), vec![width, width, kernel], 0.0, deviation);
        draw(format!("layers.{layer}.conv.bias"), vec![width], 0.0, 0.1);
    }
    norm(&mut draw, "norm_out");
    let mut names = String::new();
    for (name, outputs) in &sizes.heads {
        draw(format!("heads.{name}.weight"), vec![*outputs, width], 0.0, 1.0 / (width as f32).sqrt());
        draw(format!("heads.{name}.bias"), vec![*outputs], 0.0, 0.1);
        let comma = if names.is_empty() { "" } else { "," };
        // a String takes all that is written
        let _ = write!(names, "{comma}\"{name}\"");
    }
    draw("extra.mentions.width".to_owned(), vec![2, 3], 0.0, 1.0);

    let manifest =
        format!(r#"{{"kernels":{:?},"schema":"00ff","heads":[{names}],"seed":{seed},"note":"ليلى"}}"#, sizes.kernels);
    let views = tensors
        .iter()
        .map(|(name, shape, data)| Ok((name, TensorView::new(Dtype::F32, shape.clone(), data)?)))
        .collect::<Result<Vec<_>, SafeTensorError>>()?;
    safetensors::serialize(views, Some([(MANIFEST.to_owned(), manifest)].into_iter().collect()))
}

/// Sentences of the given lengths, each token with `each` rows below `rows`.
pub fn inputs(lengths: &[usize], rows: usize, each: usize, seed: u64) -> Inputs {
    let mut random = Random(seed);
    let mut inputs = Inputs { sentences: vec![0], ..Inputs::default() };
    for length in lengths {
        for _ in 0..*length {
            inputs.starts.push(inputs.rows.len() as u32);
            inputs.rows.extend((0..each).map(|_| random.below(rows as u64) as u32));
        }
        inputs.sentences.push(inputs.starts.len() as u32);
    }
    inputs.starts.push(inputs.rows.len() as u32);
    inputs
}
