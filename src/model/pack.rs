//! From trained weights to the packed model: what each byte is worth, and the bytes.

use std::borrow::Cow;

use safetensors::{Dtype, SafeTensorError, View};

use super::{
    Inputs, Model, ModelError, Scratch, WEIGHT_LIMIT,
    artifact::{self, MANIFEST},
    reference::{Affine, Linear, Weights},
};

/// Why weights cannot be packed.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    /// The weights are not what they should be.
    #[error("the weights do not fit: {0}")]
    Weights(#[from] ModelError),
    /// There is nothing to calibrate with.
    #[error("the calibration holds no token that a sentence holds")]
    NoCalibration,
    /// The packed tensors cannot be written.
    #[error("the model cannot be written")]
    Write(#[from] SafeTensorError),
}

/// A place where numbers become bytes: what goes into a layer's convolution, or into the heads.
#[derive(Clone, Debug, PartialEq)]
pub struct Site {
    /// Name of the normalization whose rows they are.
    pub name: String,
    /// What a byte is worth.
    pub scale: f32,
    /// Share of the numbers of the calibration that are too large for a byte.
    pub clipped: f64,
}

/// The packed model of a training's `weights` (safetensors), calibrated on `calibration`.
///
/// # Errors
/// Says what does not fit.
pub fn pack(weights: &[u8], calibration: &[Inputs]) -> Result<Vec<u8>, PackError> {
    let weights = Weights::read(weights)?;
    let sites = calibrate(&weights, calibration)?;
    quantize(&weights, &sites)
}

/// Finds what a byte is worth at each site, from the numbers that are there on the calibration.
///
/// # Errors
/// Where the calibration is empty.
pub fn calibrate(weights: &Weights, calibration: &[Inputs]) -> Result<Vec<Site>, PackError> {
    let mut seen = vec![Histogram::default(); weights.layers.len() + 1];
    for inputs in calibration {
        weights.forward(inputs, &mut |site, rows| seen[site].add(rows));
    }
    if seen.iter().any(|site| site.total() == 0) {
        return Err(PackError::NoCalibration);
    }
    let names = (0..weights.layers.len()).map(|layer| format!("layers.{layer}.norm")).chain(["norm_out".to_owned()]);
    let site = |(name, seen): (String, &Histogram)| {
        let limit = seen.best_limit();
        Site { name, scale: (limit / 127.0) as f32, clipped: seen.share_above(limit) }
    };
    Ok(names.zip(&seen).map(site).collect())
}

/// Magnitudes counted by their first bits: bins of less than one percent, from the smallest number to the largest.
#[derive(Clone)]
struct Histogram(Vec<u64>);

impl Default for Histogram {
    fn default() -> Self {
        Self(vec![0; 1 << 15])
    }
}

impl Histogram {
    fn add(&mut self, numbers: &[f32]) {
        for number in numbers {
            self.0[(number.abs().to_bits() >> 16) as usize] += 1;
        }
    }

    fn total(&self) -> u64 {
        self.0.iter().sum()
    }

    /// The largest number of each bin that holds one, and how many it holds.
    fn bins(&self) -> impl DoubleEndedIterator<Item = (f64, f64)> {
        let largest = |bin: usize| f64::from(f32::from_bits((bin as u32) << 16 | 0xffff));
        self.0
            .iter()
            .enumerate()
            .filter(|(_, count)| **count > 0)
            .map(move |(bin, &count)| (largest(bin), count as f64))
    }

    fn share_above(&self, limit: f64) -> f64 {
        let above: f64 = self.bins().filter(|(number, _)| *number > limit).map(|(_, count)| count).sum();
        above / self.total() as f64
    }

    /// Where to cut, so that the squares of what is cut off and of what is rounded away are least together.
    ///
    /// A limit by percentile asks for a number that fits every model; this one asks for none.
    fn best_limit(&self) -> f64 {
        let total = self.total() as f64;
        let error = |limit: f64| {
            let step = limit / 127.0;
            let cut = self.bins().rev().take_while(|(number, _)| *number > limit);
            total * step * step / 12.0 + cut.map(|(number, count)| count * (number - limit).powi(2)).sum::<f64>()
        };
        let largest = self.bins().next_back().map_or(1.0, |(number, _)| number);
        // a limit below a sixteenth of the largest number would cut more than any rounding takes
        let limits = self.bins().rev().map(|(number, _)| number).take_while(|number| *number > largest / 16.0);
        limits.min_by(|a, b| error(*a).total_cmp(&error(*b))).unwrap_or(largest)
    }
}

/// Writes the model: weights as bytes, and the scales that [`calibrate`] found.
///
/// # Errors
/// Where the model would be too large for its format.
pub fn quantize(weights: &Weights, sites: &[Site]) -> Result<Vec<u8>, PackError> {
    let width = weights.width;
    let mut tensors = Packed::default();
    // sums of embeddings are added up in f32: they may use all of a byte
    let rows = tensors.bytes("embedding", &weights.embedding, &[weights.embedding.len() / width, width], 127);
    tensors.floats("embedding.scale", &[rows.len()], &rows);
    tensors.affine("norm_in", &weights.norm_in);
    for (layer, (norm, conv)) in weights.layers.iter().enumerate() {
        tensors.affine(&format!("layers.{layer}.norm"), norm);
        tensors.linear(&format!("layers.{layer}.conv"), conv, &[width, conv.kernel, width]);
    }
    tensors.affine("norm_out", &weights.norm_out);
    for (name, head) in weights.manifest.heads.iter().zip(&weights.heads) {
        tensors.linear(&format!("heads.{name}"), head, &[head.outputs(), width]);
    }
    for site in sites {
        tensors.floats(&format!("{}.scale", site.name), &[1], &[site.scale]);
    }
    for (name, (shape, numbers)) in &weights.extras {
        tensors.floats(name, shape, numbers);
    }
    let metadata = [(MANIFEST.to_owned(), weights.manifest_text.clone())].into_iter().collect();
    Ok(artifact::seal(&safetensors::serialize(tensors.0, Some(metadata))?))
}

/// The tensors of a packed model.
#[derive(Default)]
struct Packed(Vec<(String, Tensor)>);

impl Packed {
    fn floats(&mut self, name: &str, shape: &[usize], numbers: &[f32]) {
        let data = numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
        self.0.push((name.to_owned(), Tensor { dtype: Dtype::F32, shape: shape.to_owned(), data }));
    }

    /// Packs `numbers`, a row for each of the first dimension, and returns what a byte of each row is worth.
    fn bytes(&mut self, name: &str, numbers: &[f32], shape: &[usize], limit: u8) -> Vec<f32> {
        let row = shape.iter().skip(1).product();
        let mut scales = Vec::new();
        let mut data = Vec::with_capacity(numbers.len());
        for row in numbers.chunks_exact(row) {
            let largest = row.iter().fold(0.0f32, |largest, number| largest.max(number.abs()));
            // a row of zeros has no largest number, and a scale must be above zero
            let scale = (largest / f32::from(limit)).max(f32::MIN_POSITIVE);
            data.extend(row.iter().map(|number| ((number / scale).round() as i8).cast_unsigned()));
            scales.push(scale);
        }
        self.0.push((format!("{name}.weight"), Tensor { dtype: Dtype::I8, shape: shape.to_owned(), data }));
        scales
    }

    fn affine(&mut self, name: &str, Affine { weight, bias }: &Affine) {
        self.floats(&format!("{name}.weight"), &[weight.len()], weight);
        self.floats(&format!("{name}.bias"), &[bias.len()], bias);
    }

    fn linear(&mut self, name: &str, linear: &Linear, shape: &[usize]) {
        let outputs = linear.outputs();
        // [outputs, kernel, inputs]: an output's weights stand as the tokens that they read stand in a window
        let weights: Vec<_> =
            (0..outputs).flat_map(|output| linear.taps.iter().skip(output).step_by(outputs)).copied().collect();
        let scales = self.bytes(name, &weights, shape, WEIGHT_LIMIT);
        self.floats(&format!("{name}.scale"), &[outputs], &scales);
        self.floats(&format!("{name}.bias"), &[outputs], &linear.bias);
    }
}

struct Tensor {
    dtype: Dtype,
    shape: Vec<usize>,
    data: Vec<u8>,
}

impl View for Tensor {
    fn dtype(&self) -> Dtype {
        self.dtype
    }

    fn shape(&self) -> &[usize] {
        &self.shape
    }

    fn data(&self) -> Cow<'_, [u8]> {
        Cow::Borrowed(&self.data)
    }

    fn data_len(&self) -> usize {
        self.data.len()
    }
}

/// How far a head of the packed model is from the same in `f32`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Deviation {
    /// Root of the mean square of the differences, in parts of that of the numbers.
    pub relative: f64,
    /// The largest difference.
    pub largest: f64,
}

/// Compares the packed model with the weights it was made of, for each head in the manifest's order.
pub fn compare(weights: &Weights, model: &Model, inputs: &Inputs) -> Vec<Deviation> {
    let mut scratch = Scratch::default();
    model.run(inputs, &mut scratch);
    let expected = weights.forward(inputs, &mut |_, _| {});
    let heads = weights.manifest.heads.iter().filter_map(|name| model.head(name));
    heads.zip(&expected).map(|(head, expected)| deviation(scratch.head(head), expected)).collect()
}

fn deviation(found: &[f32], expected: &[f32]) -> Deviation {
    let differences = || found.iter().zip(expected).map(|(a, b)| f64::from(a - b));
    let squares: f64 = differences().map(|x| x * x).sum();
    let power: f64 = expected.iter().map(|x| f64::from(*x).powi(2)).sum();
    Deviation {
        relative: if power > 0.0 { (squares / power).sqrt() } else { squares.sqrt() },
        largest: differences().fold(0.0, |largest, x| largest.max(x.abs())),
    }
}
