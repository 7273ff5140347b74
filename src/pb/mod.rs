//! The protobuf contract of `proto/isnad/v1`, compiled by `build.rs`: messages, client, server and JSON mapping.

#![allow(clippy::all, clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod timestamp;

pub use timestamp::Timestamp;

tonic::include_proto!("isnad.v1");
include!(concat!(env!("OUT_DIR"), "/isnad.v1.serde.rs"));

/// The encoded `FileDescriptorSet` of the contract, for reflection.
pub const DESCRIPTORS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/isnad.v1.descriptors.bin"));
