//! The file of features that calibrates a model: texts as rows of the embedding table.
//!
//! Safetensors of `i32`. Tokens of the same form share most of their rows, which stand once:
//!
//! | tensor | shape | holds |
//! |---|---|---|
//! | `form_starts` | [forms + 1] | where the rows of each form start |
//! | `form_rows` | [..] | those rows |
//! | `tokens` | [tokens] | the form of each token |
//! | `flag_starts` | [tokens + 1] | where the further rows of each token start |
//! | `flags` | [..] | those rows |
//! | `sentences` | [sentences + 1] | the first token of each sentence |

use super::{Inputs, ModelError, artifact::Tensors};

/// The first sentences of a file of features, as many as `limit`.
///
/// # Errors
/// Says which tensor is missing or of another type. What points outside of a tensor adds nothing.
pub fn read(file: &[u8], limit: usize) -> Result<Inputs, ModelError> {
    let tensors = Tensors::read(file)?;
    let forms = Lists::read(&tensors, "form_starts", "form_rows")?;
    let flags = Lists::read(&tensors, "flag_starts", "flags")?;
    let tokens = tensors.counts("tokens")?;
    let mut sentences = tensors.counts("sentences")?;
    sentences.truncate(limit.saturating_add(1));
    let count = sentences.last().map_or(0, |&end| end as usize).min(tokens.len());

    let mut inputs = Inputs { sentences, ..Inputs::default() };
    for (token, &form) in tokens[..count].iter().enumerate() {
        inputs.starts.push(inputs.rows.len() as u32);
        inputs.rows.extend(forms.get(form as usize));
        inputs.rows.extend(flags.get(token));
    }
    inputs.starts.push(inputs.rows.len() as u32);
    Ok(inputs)
}

/// Lists of rows, one after another.
struct Lists {
    starts: Vec<u32>,
    rows: Vec<u32>,
}

impl Lists {
    fn read(tensors: &Tensors<'_>, starts: &str, rows: &str) -> Result<Self, ModelError> {
        Ok(Self { starts: tensors.counts(starts)?, rows: tensors.counts(rows)? })
    }

    fn get(&self, list: usize) -> &[u32] {
        match self.starts.get(list..).unwrap_or_default() {
            [start, end, ..] => self.rows.get(*start as usize..*end as usize).unwrap_or_default(),
            _ => &[],
        }
    }
}
