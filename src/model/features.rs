//! The file of features that calibrates a model: texts as rows of the embedding table, as `isnad features` writes them.
//!
//! Of its tensors, all of `i32`, `rows`, `starts` and `sentences` are read: they are the lists of [`Inputs`].

use super::{Inputs, ModelError, artifact::Tensors};

/// The first sentences of a file of features, as many as `limit`.
///
/// # Errors
/// Says which tensor is missing or of another type. What points outside of a tensor adds nothing.
pub fn read(file: &[u8], limit: usize) -> Result<Inputs, ModelError> {
    let tensors = Tensors::read(file)?;
    let (mut rows, mut starts) = (tensors.counts("rows")?, tensors.counts("starts")?);
    let mut sentences = tensors.counts("sentences")?;
    sentences.truncate(limit.saturating_add(1));
    starts.truncate(sentences.last().map_or(0, |&end| end as usize).saturating_add(1));
    rows.truncate(starts.last().map_or(0, |&end| end as usize));
    Ok(Inputs { rows, starts, sentences })
}
