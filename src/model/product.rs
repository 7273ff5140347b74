//! Products of rows of bytes with weights of seven bits, on the calling thread alone.

use std::fmt;

use rten_gemm::{GemmExecutor, GemmInputA, GemmInputB, GemmOptions, PackedBMatrix, QuantParams};
use rten_tensor::NdTensorView;

use super::{
    artifact::ModelError,
    numeric::{self, ZERO},
};

type Gemm = GemmExecutor<u8, i8, i32>;

thread_local! {
    /// Asks the CPU once what it can do.
    ///
    /// The products would share their work among rayon's threads, one for each core. The thread becomes a pool of its
    /// own, which starts no thread, and does its work itself; a thread that is in a pool already stays there.
    static GEMM: Gemm = {
        if rayon_core::current_thread_index().is_none() {
            let alone = rayon_core::ThreadPoolBuilder::new().num_threads(1).use_current_thread().build();
            debug_assert!(alone.is_ok());
        }
        Gemm::new()
    };
}

/// Weights, laid out for this CPU, with the scale and the bias of each output.
pub struct Product {
    weights: PackedBMatrix<i8>,
    scale: Vec<f32>,
    bias: Vec<f32>,
}

impl Product {
    /// `weights` is [outputs, inputs]; `scale` what the sum of products is worth, for each output.
    pub fn new(weights: &[i8], scale: Vec<f32>, bias: Vec<f32>) -> Result<Self, ModelError> {
        let outputs = scale.len();
        if outputs == 0 || !weights.len().is_multiple_of(outputs) || weights.is_empty() {
            return Err(ModelError::Manifest("a product has no outputs or no inputs"));
        }
        let view = NdTensorView::from_data([outputs, weights.len() / outputs], weights);
        let weights = GEMM.with(|gemm| gemm.prepack_b(view.transposed()));
        Ok(Self { weights, scale, bias })
    }

    /// Numbers that come out for a row.
    pub fn outputs(&self) -> usize {
        self.scale.len()
    }

    /// Sums of products for `count` rows of `bytes`, which begin `stride` bytes apart and overlap where a row is longer.
    ///
    /// `sums` gets [count, outputs].
    pub fn sums(&self, bytes: &[u8], stride: usize, count: usize, sums: &mut [i32]) {
        let view = NdTensorView::from_slice_with_strides([count, self.weights.rows()], bytes, [stride, 1]);
        let zeros = [ZERO; super::encoder::WINDOW];
        let done = view.is_ok_and(|rows| {
            let options = GemmOptions {
                a_quant: zeros.get(..count).map(|zero_point| QuantParams { zero_point }),
                ..GemmOptions::default()
            };
            let (rows, weights) = (GemmInputA::Unpacked(rows), GemmInputB::Packed(&self.weights));
            GEMM.with(|gemm| gemm.gemm(sums, rows, weights, options)).is_ok()
        });
        debug_assert!(done, "the encoder's buffers fit the product");
    }

    /// Adds to `row` what is positive of the outputs.
    #[inline(always)]
    pub fn add_positive(&self, row: &mut [f32], sums: &[i32]) {
        numeric::add_positive(row, sums, &self.scale, &self.bias);
    }

    /// Writes the outputs to `row`.
    #[inline(always)]
    pub fn write(&self, row: &mut [f32], sums: &[i32]) {
        numeric::scaled(row, sums, &self.scale, &self.bias);
    }
}

impl fmt::Debug for Product {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Product({} to {})", self.weights.rows(), self.outputs())
    }
}
