//! Compiles the protobuf contract, the tables of names and the lexicon; nothing but the Rust toolchain is needed.

use std::{
    env,
    error::Error,
    fs,
    path::{Path, PathBuf},
};

use prost::Message as _;
use sha2::{Digest as _, Sha256};

#[path = "build/gazetteer.rs"]
mod gazetteer;
#[path = "build/lexicon.rs"]
mod lexicon;

fn main() -> Result<(), Box<dyn Error>> {
    let out = PathBuf::from(env::var("OUT_DIR")?);
    contract(&out)?;
    gazetteer::build(&out)?;
    lexicon::build(&out)?;
    digest()
}

/// Digests everything in the repository that decides an answer, for the fingerprint of the pipeline.
fn digest() -> Result<(), Box<dyn Error>> {
    let mut files = Vec::new();
    for root in ["Cargo.toml", "Cargo.lock", "build", "models", "resources", "src"] {
        println!("cargo::rerun-if-changed={root}");
        collect(Path::new(root), &mut files)?;
    }
    files.sort();
    let mut digest = Sha256::new();
    for file in files {
        let content = fs::read(&file)?;
        // the length keeps the border between files apart from their content
        digest.update((content.len() as u64).to_le_bytes());
        digest.update(content);
    }
    let digest: String = digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    println!("cargo::rustc-env=ISNAD_BUILD_DIGEST={digest}");
    Ok(())
}

/// Appends the files in `path`; what is not there holds none.
fn collect(path: &Path, files: &mut Vec<PathBuf>) -> Result<(), Box<dyn Error>> {
    if path.is_file() {
        files.push(path.to_owned());
    } else if path.is_dir() {
        for entry in fs::read_dir(path)? {
            collect(&entry?.path(), files)?;
        }
    }
    Ok(())
}

/// Compiles `proto/` with protox to messages, client, server and the proto3 JSON mapping.
fn contract(out: &Path) -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=proto");
    let descriptors = protox::compile(["isnad/v1/isnad_service.proto"], ["proto"])?;
    let encoded = descriptors.encode_to_vec();
    fs::write(out.join("isnad.v1.descriptors.bin"), &encoded)?;

    tonic_prost_build::configure()
        // the one well-known type of the contract, with the JSON form that prost-types lacks
        .compile_well_known_types(true)
        .extern_path(".google.protobuf.Timestamp", "crate::pb::Timestamp")
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
