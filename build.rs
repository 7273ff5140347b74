//! Compiles the protobuf contract and the tables of names; nothing but the Rust toolchain is needed.

use std::{
    env,
    error::Error,
    fs,
    path::{Path, PathBuf},
};

use prost::Message as _;

#[path = "build/gazetteer.rs"]
mod gazetteer;

fn main() -> Result<(), Box<dyn Error>> {
    let out = PathBuf::from(env::var("OUT_DIR")?);
    contract(&out)?;
    gazetteer::build(&out)
}

/// Compiles `proto/` with protox to messages, client, server and the proto3 JSON mapping.
fn contract(out: &Path) -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=proto");
    let descriptors = protox::compile(["isnad/v1/isnad_service.proto"], ["proto"])?;
    let encoded = descriptors.encode_to_vec();
    fs::write(out.join("isnad.v1.descriptors.bin"), &encoded)?;

    tonic_prost_build::configure()
        // as messages of pbjson-types, which know their JSON form
        .compile_well_known_types(true)
        .extern_path(".google.protobuf", "::pbjson_types")
        .btree_map(".")
        .compile_fds(descriptors)?;
    // Zeros are printed, so that every field of the contract can be seen in an answer.
    pbjson_build::Builder::new()
        .register_descriptors(&encoded)?
        .btree_map(["."])
        .emit_fields()
        .build(&[".isnad.v1"])?;
    Ok(())
}
