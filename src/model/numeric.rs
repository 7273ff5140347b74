//! Arithmetic on rows of numbers, between the products of matrices.
//!
//! Plain loops, which [`vectorized`] compiles once for each set of instructions. Rust neither fuses float operations
//! nor changes their order, so that every CPU gives the same bits.

use rten_simd::{Isa, SimdOp};

/// The byte that stands for zero: activations are unsigned.
pub const ZERO: u8 = 128;

/// Sums are kept in this many lanes; the width of a model is a multiple of it.
pub const LANES: usize = 32;

const EPSILON: f32 = 1e-5;

/// Adding it to a number from 0 to 255 leaves the rounded number in the lowest byte: a conversion without a branch.
const ROUND: f32 = 12_582_912.0;

/// Does `work` with the widest vectors of this CPU. `work` and what it calls must be `inline(always)`.
#[inline(always)]
pub fn vectorized(work: impl FnOnce()) {
    struct Work<F>(F);
    impl<F: FnOnce()> SimdOp for Work<F> {
        type Output = ();

        #[inline(always)]
        fn eval<I: Isa>(self, _: I) {
            (self.0)();
        }
    }
    Work(work).dispatch();
}

/// Weight and bias of a normalization of rows to mean 0 and variance 1.
#[derive(Debug)]
pub struct Norm {
    /// A factor for each column.
    pub weight: Vec<f32>,
    /// An addend for each column.
    pub bias: Vec<f32>,
}

impl Norm {
    /// The same for [`quantize`](Self::quantize), where a byte is worth `scale`.
    pub fn into_bytes(self, scale: f32) -> Self {
        Self {
            weight: self.weight.iter().map(|weight| weight / scale).collect(),
            bias: self.bias.iter().map(|bias| bias / scale + f32::from(ZERO)).collect(),
        }
    }

    /// Normalizes `row` in place.
    #[inline(always)]
    pub fn apply(&self, row: &mut [f32]) {
        let (mean, factor) = moments(row);
        for ((x, weight), bias) in row.iter_mut().zip(&self.weight).zip(&self.bias) {
            *x = (*x - mean) * factor * weight + bias;
        }
    }

    /// Writes the normalized `row` to `bytes`, zero as [`ZERO`]; what a byte cannot hold is cut.
    #[inline(always)]
    pub fn quantize(&self, row: &[f32], bytes: &mut [u8]) {
        let (mean, factor) = moments(row);
        for (((byte, x), weight), bias) in bytes.iter_mut().zip(row).zip(&self.weight).zip(&self.bias) {
            let value = ((x - mean) * factor * weight + bias).clamp(0.0, 255.0);
            *byte = (value + ROUND).to_bits() as u8;
        }
    }
}

/// Mean of `row`, and one over its standard deviation.
#[inline(always)]
fn moments(row: &[f32]) -> (f32, f32) {
    let count = row.len() as f32;
    let mean = total(row, |x| x) / count;
    let variance = total(row, |x| (x - mean) * (x - mean)) / count;
    (mean, 1.0 / (variance + EPSILON).sqrt())
}

/// Sum of `term` over `row`, in an order that does not depend on the CPU.
#[inline(always)]
fn total(row: &[f32], term: impl Fn(f32) -> f32) -> f32 {
    let mut sums = [0.0f32; LANES];
    for lanes in row.as_chunks::<LANES>().0 {
        for (sum, x) in sums.iter_mut().zip(lanes) {
            *sum += term(*x);
        }
    }
    let mut half = LANES / 2;
    while half > 0 {
        let (low, high) = sums.split_at_mut(half);
        for (sum, other) in low.iter_mut().zip(high) {
            *sum += *other;
        }
        half /= 2;
    }
    sums[0]
}

/// Adds to `row` the signed bytes `weights`, each worth `scale`.
#[inline(always)]
pub fn add_scaled(row: &mut [f32], weights: &[u8], scale: f32) {
    for (x, weight) in row.iter_mut().zip(weights) {
        *x += f32::from(weight.cast_signed()) * scale;
    }
}

/// Adds to `row` what is positive of `sums` · `scale` + `bias`.
#[inline(always)]
pub fn add_positive(row: &mut [f32], sums: &[i32], scale: &[f32], bias: &[f32]) {
    for (((x, sum), scale), bias) in row.iter_mut().zip(sums).zip(scale).zip(bias) {
        *x += (*sum as f32 * scale + bias).max(0.0);
    }
}

/// Writes `sums` · `scale` + `bias` to `row`.
#[inline(always)]
pub fn scaled(row: &mut [f32], sums: &[i32], scale: &[f32], bias: &[f32]) {
    for (((x, sum), scale), bias) in row.iter_mut().zip(sums).zip(scale).zip(bias) {
        *x = *sum as f32 * scale + bias;
    }
}
