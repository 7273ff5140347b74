//! What training needs of the service: corpora turned into the encoder's inputs. Not part of the service.

mod corpora;
mod features;

pub use corpora::{Corpus, CorpusError};
pub use features::{FeaturesError, Written, write};
