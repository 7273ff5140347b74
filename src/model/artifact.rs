//! The file of a model: a header of our own, and a safetensors body whose every length is checked.
//!
//! ```text
//! 0   magic        8 bytes, ISNADMDL
//! 8   version      u32, little endian
//! 12  length       u64, little endian, of the body
//! 20  checksum     SHA-256 of the body
//! 52  body         safetensors; its metadata holds the manifest
//! ```

use std::{collections::BTreeMap, ops::Range};

use safetensors::{Dtype, SafeTensorError, SafeTensors, tensor::Metadata};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

const MAGIC: &[u8; 8] = b"ISNADMDL";
const VERSION: u32 = 1;
const HEADER: usize = 52;

/// The key of the body's metadata that holds the manifest.
pub const MANIFEST: &str = "manifest";

/// Tensors whose name begins so are carried along for those who decode a head.
pub const EXTRA: &str = "extra.";

/// Why a file is no model that can be used.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    /// Something else.
    #[error("not a model: it does not begin as one")]
    Foreign,
    /// Written by a later build.
    #[error("the model has format {found}; this build reads format {VERSION}")]
    Version {
        /// The format of the file.
        found: u32,
    },
    /// Cut off, or something was added.
    #[error("the model should have {expected} bytes and has {found}: it was cut off or added to")]
    Length {
        /// Bytes that it should have.
        expected: u64,
        /// Bytes that it has.
        found: u64,
    },
    /// Damaged.
    #[error("the model's checksum is wrong: it was altered")]
    Checksum,
    /// The body is no list of tensors.
    #[error("the model's tensors cannot be listed")]
    Body(#[source] SafeTensorError),
    /// The metadata has no manifest.
    #[error("the model has no manifest")]
    NoManifest,
    /// The manifest is not what it should be.
    #[error("the model's manifest cannot be read")]
    ManifestJson(#[from] serde_json::Error),
    /// The manifest asks for a network that cannot be built.
    #[error("the model's manifest: {0}")]
    Manifest(&'static str),
    /// A tensor is not there.
    #[error("the model lacks the tensor {0}")]
    Missing(String),
    /// A tensor of another shape or type.
    #[error("the tensor {name} is {found_type:?} {found:?}, and should be {expected_type:?} {expected:?}")]
    Shape {
        /// The tensor.
        name: String,
        /// Its type.
        found_type: Dtype,
        /// Its shape.
        found: Vec<usize>,
        /// The type that fits.
        expected_type: Dtype,
        /// The shape that fits.
        expected: Vec<usize>,
    },
    /// A tensor holds a number that it must not.
    #[error("the tensor {name} holds a number that is {fault}")]
    Number {
        /// The tensor.
        name: String,
        /// What is wrong.
        fault: &'static str,
    },
}

/// What is known of a model beside its numbers.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Manifest {
    /// The widths of the convolutions, in order; odd.
    pub kernels: Vec<usize>,
    /// Fingerprint of the features that the model was trained on, in hexadecimal digits.
    pub schema: String,
    /// The names of the heads.
    pub heads: Vec<String>,
    /// What else the training wrote: sources, seed, labels, calibration.
    #[serde(flatten)]
    pub other: serde_json::Map<String, serde_json::Value>,
}

impl Manifest {
    /// How far each convolution sees to either side, in tokens.
    pub fn pads(&self) -> impl Iterator<Item = usize> {
        self.kernels.iter().map(|kernel| kernel / 2)
    }
}

/// Small tables of numbers by name, each with its shape.
pub type Extras = BTreeMap<String, (Vec<usize>, Vec<f32>)>;

/// Puts the header in front of a body.
#[cfg(any(test, feature = "train"))]
pub fn seal(body: &[u8]) -> Vec<u8> {
    let mut file = Vec::with_capacity(HEADER + body.len());
    file.extend(MAGIC);
    file.extend(VERSION.to_le_bytes());
    file.extend((body.len() as u64).to_le_bytes());
    file.extend(Sha256::digest(body));
    file.extend(body);
    file
}

/// The checked body of a file, and its checksum.
pub fn open(file: &[u8]) -> Result<(&[u8], [u8; 32]), ModelError> {
    let Some((magic, rest)) = file.split_first_chunk() else {
        let begins_as_one = MAGIC.starts_with(file);
        return Err(if begins_as_one { cut(HEADER, file) } else { ModelError::Foreign });
    };
    if magic != MAGIC {
        return Err(ModelError::Foreign);
    }
    let (version, rest) = rest.split_first_chunk().ok_or_else(|| cut(HEADER, file))?;
    let found = u32::from_le_bytes(*version);
    if found != VERSION {
        return Err(ModelError::Version { found });
    }
    let (length, rest) = rest.split_first_chunk().ok_or_else(|| cut(HEADER, file))?;
    let (checksum, body) = rest.split_first_chunk().ok_or_else(|| cut(HEADER, file))?;
    let length = u64::from_le_bytes(*length);
    if length != body.len() as u64 {
        let expected = length.saturating_add(HEADER as u64);
        return Err(ModelError::Length { expected, found: file.len() as u64 });
    }
    if Sha256::digest(body).as_slice() != checksum {
        return Err(ModelError::Checksum);
    }
    Ok((body, *checksum))
}

fn cut(expected: usize, file: &[u8]) -> ModelError {
    ModelError::Length { expected: expected as u64, found: file.len() as u64 }
}

/// The tensors of a safetensors file, asked for by name, type and shape.
pub struct Tensors<'a> {
    metadata: Metadata,
    file: &'a [u8],
    /// Where the numbers begin.
    start: usize,
}

impl<'a> Tensors<'a> {
    pub fn read(file: &'a [u8]) -> Result<Self, ModelError> {
        let (header, metadata) = SafeTensors::read_metadata(file).map_err(ModelError::Body)?;
        // the length of that header stands before it
        Ok(Self { metadata, file, start: header + size_of::<u64>() })
    }

    /// The manifest's text.
    pub fn manifest(&self) -> Result<&str, ModelError> {
        let texts = self.metadata.metadata().as_ref().ok_or(ModelError::NoManifest)?;
        texts.get(MANIFEST).map(String::as_str).ok_or(ModelError::NoManifest)
    }

    /// The shape of a tensor of two dimensions, whatever it is.
    pub fn matrix(&self, name: &str) -> Result<[usize; 2], ModelError> {
        let info = self.metadata.info(name).ok_or_else(|| ModelError::Missing(name.to_owned()))?;
        info.shape.as_slice().try_into().map_err(|_| ModelError::Shape {
            name: name.to_owned(),
            found_type: info.dtype,
            found: info.shape.clone(),
            expected_type: info.dtype,
            expected: vec![0, 0],
        })
    }

    /// Where the bytes of a tensor lie in the file.
    pub fn range(&self, name: &str, dtype: Dtype, shape: &[usize]) -> Result<Range<usize>, ModelError> {
        let info = self.metadata.info(name).ok_or_else(|| ModelError::Missing(name.to_owned()))?;
        if info.dtype != dtype || info.shape != shape {
            return Err(ModelError::Shape {
                name: name.to_owned(),
                found_type: info.dtype,
                found: info.shape.clone(),
                expected_type: dtype,
                expected: shape.to_owned(),
            });
        }
        let (from, to) = info.data_offsets;
        Ok(self.start + from..self.start + to)
    }

    fn bytes(&self, name: &str, dtype: Dtype, shape: &[usize]) -> Result<&'a [u8], ModelError> {
        let range = self.range(name, dtype, shape)?;
        self.file.get(range).ok_or_else(|| ModelError::Missing(name.to_owned()))
    }

    /// A tensor of finite numbers.
    pub fn floats(&self, name: &str, shape: &[usize]) -> Result<Vec<f32>, ModelError> {
        let bytes = self.bytes(name, Dtype::F32, shape)?;
        let numbers: Vec<_> = bytes.as_chunks().0.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect();
        if numbers.iter().all(|x| x.is_finite()) { Ok(numbers) } else { Err(number(name, "not finite")) }
    }

    /// A tensor of numbers that are greater than zero.
    pub fn scales(&self, name: &str, count: usize) -> Result<Vec<f32>, ModelError> {
        let scales = self.floats(name, &[count])?;
        if scales.iter().all(|&scale| scale > 0.0) { Ok(scales) } else { Err(number(name, "not above zero")) }
    }

    /// A tensor of bytes from -`limit` to `limit`.
    pub fn signed(&self, name: &str, shape: &[usize], limit: u8) -> Result<Vec<i8>, ModelError> {
        let bytes = self.bytes(name, Dtype::I8, shape)?;
        let weights: Vec<_> = bytes.iter().map(|byte| byte.cast_signed()).collect();
        let all_fit = weights.iter().all(|weight| weight.unsigned_abs() <= limit);
        if all_fit { Ok(weights) } else { Err(number(name, "too large")) }
    }

    /// A tensor of one dimension of integers, each at least zero.
    #[cfg(any(test, feature = "train"))]
    pub fn counts(&self, name: &str) -> Result<Vec<u32>, ModelError> {
        let info = self.metadata.info(name).ok_or_else(|| ModelError::Missing(name.to_owned()))?;
        let bytes = self.bytes(name, Dtype::I32, &[info.shape.iter().product()])?;
        let read = bytes.as_chunks().0.iter().map(|bytes| u32::try_from(i32::from_le_bytes(*bytes)));
        read.collect::<Result<_, _>>().map_err(|_| number(name, "below zero"))
    }

    /// The tensors that no layer and no head reads.
    pub fn extras(&self) -> Result<Extras, ModelError> {
        let mut extras = Extras::new();
        for (name, info) in self.metadata.tensors() {
            if name.starts_with(EXTRA) {
                let numbers = self.floats(&name, &info.shape)?;
                extras.insert(name, (info.shape.clone(), numbers));
            }
        }
        Ok(extras)
    }
}

fn number(name: &str, fault: &'static str) -> ModelError {
    ModelError::Number { name: name.to_owned(), fault }
}
