//! Trained weights, and the pass in plain `f32`: what the packed model approaches, and what calibrates it.

use super::{
    Inputs, ModelError,
    artifact::{Extras, Manifest, Tensors},
    check,
};

/// Trained weights, as the training wrote them: safetensors of `f32` with a manifest.
#[derive(Debug)]
pub struct Weights {
    /// The manifest, read and as it stands.
    pub manifest: Manifest,
    /// Its text, which is carried along untouched.
    pub manifest_text: String,
    /// Numbers in the state of a token.
    pub width: usize,
    /// The embedding table, [rows, width].
    pub embedding: Vec<f32>,
    /// The first normalization.
    pub norm_in: Affine,
    /// The layers: a normalization and a convolution.
    pub layers: Vec<(Affine, Linear)>,
    /// The last normalization.
    pub norm_out: Affine,
    /// The heads, in the manifest's order.
    pub heads: Vec<Linear>,
    /// What is carried along.
    pub extras: Extras,
}

/// Weight and bias of a normalization, one for each column.
#[derive(Debug)]
pub struct Affine {
    /// Factors.
    pub weight: Vec<f32>,
    /// Addends.
    pub bias: Vec<f32>,
}

/// A convolution; a head is one that sees one token.
#[derive(Debug)]
pub struct Linear {
    /// Numbers that go in for each token.
    pub inputs: usize,
    /// Tokens that are seen.
    pub kernel: usize,
    /// Weights, [kernel, inputs, outputs].
    pub taps: Vec<f32>,
    /// Addends, one for each output.
    pub bias: Vec<f32>,
}

impl Linear {
    /// Numbers that come out for each token.
    pub fn outputs(&self) -> usize {
        self.bias.len()
    }

    /// From `weight` as PyTorch has it: [outputs, inputs, kernel].
    fn new(weight: &[f32], inputs: usize, kernel: usize, bias: Vec<f32>) -> Self {
        let outputs = bias.len();
        let mut taps = Vec::with_capacity(weight.len());
        for tap in 0..kernel {
            for input in 0..inputs {
                taps.extend((0..outputs).map(|output| weight[(output * inputs + input) * kernel + tap]));
            }
        }
        Self { inputs, kernel, taps, bias }
    }

    /// The outputs for token `at` of a sentence, whose tokens are the rows of `rows`.
    fn apply(&self, rows: &[f32], at: usize, out: &mut [f32]) {
        let tokens = rows.len() / self.inputs;
        out.copy_from_slice(&self.bias);
        for (tap, weights) in self.taps.chunks_exact(self.inputs * self.outputs()).enumerate() {
            let seen = (at + tap).checked_sub(self.kernel / 2).filter(|&seen| seen < tokens);
            let Some(seen) = seen else { continue };
            let row = &rows[seen * self.inputs..][..self.inputs];
            for (x, weights) in row.iter().zip(weights.chunks_exact(self.outputs())) {
                for (sum, weight) in out.iter_mut().zip(weights) {
                    *sum += x * weight;
                }
            }
        }
    }
}

impl Weights {
    /// Reads the weights of a training.
    ///
    /// # Errors
    /// Says which tensor is missing or does not fit the manifest.
    pub fn read(file: &[u8]) -> Result<Self, ModelError> {
        let tensors = Tensors::read(file)?;
        let manifest_text = tensors.manifest()?.to_owned();
        let manifest: Manifest = serde_json::from_str(&manifest_text)?;
        let [rows, width] = tensors.matrix("embedding.weight")?;
        check(&manifest, width)?;
        let affine = |name: &str| -> Result<Affine, ModelError> {
            let weight = tensors.floats(&format!("{name}.weight"), &[width])?;
            Ok(Affine { weight, bias: tensors.floats(&format!("{name}.bias"), &[width])? })
        };
        let layer = |(layer, &kernel): (usize, &usize)| -> Result<_, ModelError> {
            let name = format!("layers.{layer}.conv");
            let weight = tensors.floats(&format!("{name}.weight"), &[width, width, kernel])?;
            let bias = tensors.floats(&format!("{name}.bias"), &[width])?;
            Ok((affine(&format!("layers.{layer}.norm"))?, Linear::new(&weight, width, kernel, bias)))
        };
        let head = |head: &String| -> Result<_, ModelError> {
            let name = format!("heads.{head}.weight");
            let [outputs, _] = tensors.matrix(&name)?;
            let weight = tensors.floats(&name, &[outputs, width])?;
            let bias = tensors.floats(&format!("heads.{head}.bias"), &[outputs])?;
            Ok(Linear::new(&weight, width, 1, bias))
        };
        Ok(Self {
            width,
            embedding: tensors.floats("embedding.weight", &[rows, width])?,
            norm_in: affine("norm_in")?,
            layers: manifest.kernels.iter().enumerate().map(layer).collect::<Result<_, _>>()?,
            norm_out: affine("norm_out")?,
            heads: manifest.heads.iter().map(head).collect::<Result<_, _>>()?,
            extras: tensors.extras()?,
            manifest,
            manifest_text,
        })
    }

    /// The outputs of each head, [tokens, outputs]. `see` gets what goes into each product, [tokens of a sentence,
    /// width], with its number: the layers in order, then the heads' common one.
    pub fn forward(&self, inputs: &Inputs, see: &mut dyn FnMut(usize, &[f32])) -> Vec<Vec<f32>> {
        let blank = |head: &Linear| vec![0.0; inputs.tokens() * head.outputs()];
        let mut found: Vec<_> = self.heads.iter().map(blank).collect();
        for sentence in inputs.sentences() {
            let mut states: Vec<_> = sentence.clone().flat_map(|token| self.embed(inputs.of_token(token))).collect();
            normalize(&mut states, &self.norm_in);
            let mut out = vec![0.0; self.width];
            for (site, (norm, conv)) in self.layers.iter().enumerate() {
                let mut rows = states.clone();
                normalize(&mut rows, norm);
                see(site, &rows);
                for (at, state) in states.chunks_exact_mut(self.width).enumerate() {
                    conv.apply(&rows, at, &mut out);
                    for (x, change) in state.iter_mut().zip(&out) {
                        *x += change.max(0.0);
                    }
                }
            }
            normalize(&mut states, &self.norm_out);
            see(self.layers.len(), &states);
            for (head, found) in self.heads.iter().zip(&mut found) {
                for (at, token) in sentence.clone().enumerate() {
                    head.apply(&states, at, &mut found[token * head.outputs()..][..head.outputs()]);
                }
            }
        }
        found
    }

    fn embed(&self, rows: &[u32]) -> Vec<f32> {
        let mut sum = vec![0.0; self.width];
        for &row in rows {
            let embedding = self.embedding.chunks_exact(self.width).nth(row as usize).unwrap_or_default();
            for (x, weight) in sum.iter_mut().zip(embedding) {
                *x += weight;
            }
        }
        sum
    }
}

fn normalize(rows: &mut [f32], Affine { weight, bias }: &Affine) {
    for row in rows.chunks_exact_mut(weight.len()) {
        let count = row.len() as f32;
        let mean = row.iter().sum::<f32>() / count;
        let variance = row.iter().map(|x| (x - mean) * (x - mean)).sum::<f32>() / count;
        let deviation = (variance + 1e-5).sqrt();
        for ((x, weight), bias) in row.iter_mut().zip(weight).zip(bias) {
            *x = (*x - mean) / deviation * weight + bias;
        }
    }
}
