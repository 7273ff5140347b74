//! Between the protobuf contract and the domain: validation on the way in, answers on the way out.

pub mod answer;
pub(crate) mod labels;
pub mod validate;
