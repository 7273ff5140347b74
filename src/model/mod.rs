//! The learned model: tokens as lists of features in, a row of numbers for each token and head out.
//!
//! ```text
//! x = sum of the embedding rows of the token                [width]
//! h = norm_in(x)
//! for each layer:  h = h + relu(conv(norm(h)))              zeros beyond the sentence
//! head:            norm_out(h) · weightᵀ + bias             [outputs]
//! ```
//!
//! A token sees as many tokens to either side as the kernels reach together, within its sentence. The answer for a
//! sentence is the same to the bit alone, in a batch, on any thread and on any CPU: whole numbers are multiplied, and
//! [`numeric`] keeps the order of the rest.
//!
//! [`artifact`] is the file, [`encoder`] the pass; `pack` and `features` (cargo feature `train`) make the file from what
//! a training wrote.

pub mod artifact;
mod encoder;
#[cfg(any(test, feature = "train"))]
pub mod features;
mod inputs;
pub(crate) mod numeric;
#[cfg(any(test, feature = "train"))]
pub mod pack;
mod product;
#[cfg(any(test, feature = "train"))]
pub mod reference;
#[cfg(any(test, feature = "train"))]
pub mod sample;
pub mod schema;
#[cfg(test)]
mod tests;

use std::{borrow::Cow, ops::Range};

use safetensors::Dtype;

use self::{
    artifact::{EXTRA, Extras, Tensors},
    numeric::{LANES, Norm},
    product::Product,
};
pub use self::{
    artifact::{Manifest, ModelError},
    encoder::Scratch,
    inputs::Inputs,
};

/// Weights are of seven bits, so that the sum of two products with a byte (2 · 255 · 63) fits the 16 bits that CPUs
/// without VNNI keep it in. With eight they would cut it off, and CPUs would disagree.
const WEIGHT_LIMIT: u8 = 63;

/// The widest convolution, and the widest row: sums of products stay far from the end of 32 bits.
const KERNEL_LIMIT: usize = 31;
const WIDTH_LIMIT: usize = 2048;

/// One of the heads of a model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HeadId(usize);

/// A model that is ready to run. Shared between threads; what changes is in a [`Scratch`].
#[derive(Debug)]
pub struct Model {
    bytes: Cow<'static, [u8]>,
    digest: String,
    manifest: Manifest,
    /// Where the embedding table lies in the bytes: it is the largest part and is not copied.
    table: Range<usize>,
    /// What a byte of each row of the table is worth.
    scales: Vec<f32>,
    width: usize,
    norm_in: Norm,
    layers: Vec<Layer>,
    norm_out: Norm,
    heads: Vec<Product>,
    extras: Extras,
}

#[derive(Debug)]
struct Layer {
    norm: Norm,
    conv: Product,
    /// Rows that the convolution sees to either side.
    pad: usize,
}

impl Model {
    /// Reads a packed model.
    ///
    /// # Errors
    /// Says what is wrong with a file that is cut off, altered, of another format, or no model.
    pub fn from_bytes(bytes: impl Into<Cow<'static, [u8]>>) -> Result<Self, ModelError> {
        let bytes = bytes.into();
        let (body, checksum) = artifact::open(&bytes)?;
        let tensors = Tensors::read(body)?;
        let manifest: Manifest = serde_json::from_str(tensors.manifest()?)?;
        let [rows, width] = tensors.matrix("embedding.weight")?;
        check(&manifest, width)?;

        let header = bytes.len() - body.len();
        let table = tensors.range("embedding.weight", Dtype::I8, &[rows, width])?;
        let norm = |name: &str| -> Result<Norm, ModelError> {
            let weight = tensors.floats(&format!("{name}.weight"), &[width])?;
            let bias = tensors.floats(&format!("{name}.bias"), &[width])?;
            Ok(Norm { weight, bias })
        };
        // a normalization whose rows go into a product, and what its bytes are worth
        let site = |name: &str| -> Result<(Norm, f32), ModelError> {
            let scale = tensors.scales(&format!("{name}.scale"), 1)?.iter().sum();
            Ok((norm(name)?.into_bytes(scale), scale))
        };
        let product = |name: &str, shape: &[usize], input: f32| -> Result<Product, ModelError> {
            let outputs = shape.first().copied().unwrap_or_default();
            let weights = tensors.signed(&format!("{name}.weight"), shape, WEIGHT_LIMIT)?;
            let scale = tensors.scales(&format!("{name}.scale"), outputs)?;
            let bias = tensors.floats(&format!("{name}.bias"), &[outputs])?;
            Product::new(&weights, scale.iter().map(|scale| scale * input).collect(), bias)
        };

        let mut layers = Vec::with_capacity(manifest.kernels.len());
        for (layer, &kernel) in manifest.kernels.iter().enumerate() {
            let (norm, scale) = site(&format!("layers.{layer}.norm"))?;
            let conv = product(&format!("layers.{layer}.conv"), &[width, kernel, width], scale)?;
            layers.push(Layer { norm, conv, pad: kernel / 2 });
        }
        let (norm_out, scale) = site("norm_out")?;
        let mut heads = Vec::with_capacity(manifest.heads.len());
        for head in &manifest.heads {
            let name = format!("heads.{head}");
            let shape = tensors.matrix(&format!("{name}.weight"))?;
            heads.push(product(&name, &[shape[0], width], scale)?);
        }

        Ok(Self {
            digest: checksum.iter().map(|byte| format!("{byte:02x}")).collect(),
            table: header + table.start..header + table.end,
            scales: tensors.scales("embedding.scale", rows)?,
            width,
            norm_in: norm("norm_in")?,
            layers,
            norm_out,
            heads,
            extras: tensors.extras()?,
            manifest,
            bytes,
        })
    }

    /// What the training wrote about the model.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// Fingerprint of the features that the model was trained on, in hexadecimal digits.
    pub fn schema(&self) -> &str {
        &self.manifest.schema
    }

    /// SHA-256 of all that the model is, in hexadecimal digits.
    pub fn digest(&self) -> &str {
        &self.digest
    }

    /// How many rows the embedding table has.
    pub fn rows(&self) -> usize {
        self.scales.len()
    }

    /// The head of that name.
    pub fn head(&self, name: &str) -> Option<HeadId> {
        self.manifest.heads.iter().position(|head| head == name).map(HeadId)
    }

    /// How many numbers a head gives for each token.
    pub fn outputs(&self, head: HeadId) -> usize {
        self.heads.get(head.0).map_or(0, Product::outputs)
    }

    /// Shape and numbers of a table that was packed as `extra.` and `name`.
    pub fn extra(&self, name: &str) -> Option<(&[usize], &[f32])> {
        let (shape, numbers) = self.extras.get(&format!("{EXTRA}{name}"))?;
        Some((shape, numbers))
    }

    /// The bytes of a row of the embedding table and what they are worth; none if the table lacks it.
    fn row(&self, row: u32) -> Option<(&[u8], f32)> {
        let row = row as usize;
        let scale = self.scales.get(row)?;
        let start = self.table.start + row * self.width;
        Some((self.bytes.get(start..start + self.width)?, *scale))
    }
}

/// Refuses a network that the pass is not made for.
fn check(manifest: &Manifest, width: usize) -> Result<(), ModelError> {
    let fault = if width == 0 || !width.is_multiple_of(LANES) || width > WIDTH_LIMIT {
        "the width must be a multiple of 32, at most 2048"
    } else if manifest.kernels.iter().any(|&kernel| kernel.is_multiple_of(2) || kernel > KERNEL_LIMIT) {
        "kernels must be odd, at most 31"
    } else if manifest.pads().sum::<usize>() > encoder::REACH_LIMIT {
        "the kernels reach too far together"
    } else if manifest.heads.is_empty() {
        "a model needs a head"
    } else {
        return Ok(());
    };
    Err(ModelError::Manifest(fault))
}
