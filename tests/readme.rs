//! What the README shows is what the program does. `UPDATE_EXPECT=1 cargo test --test readme -- --include-ignored`
//! writes it anew.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stderr)]

use std::{
    env, fs,
    io::Write as _,
    process::{Command, Stdio},
    sync::{Mutex, PoisonError},
};

/// Held while the README is read and written.
static README: Mutex<()> = Mutex::new(());

/// Checks that the first block in `language` after `before` in the README is `content`, or makes it so.
fn assert_block(before: &str, language: &str, content: &str) {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
    let _alone = README.lock().unwrap_or_else(PoisonError::into_inner);
    let readme = fs::read_to_string(path).unwrap();
    let fence = format!("```{language}\n");
    let after = readme.find(before).unwrap_or_else(|| panic!("{before:?} is in the README"));
    let begin = after + readme[after..].find(&fence).unwrap() + fence.len();
    let end = begin + readme[begin..].find("```").unwrap();
    if env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(path, [&readme[..begin], content, &readme[end..]].concat()).unwrap();
    } else if readme[begin..end] != *content {
        eprintln!(
            "error: the README is out of date; UPDATE_EXPECT=1 cargo test --test readme -- --include-ignored writes it anew"
        );
        assert_eq!(&readme[begin..end], content, "left: the README, right: the program");
    }
}

#[test]
#[ignore = "changes with everything that the engine learns; checked by .ci/run"]
fn its_output_is_current() {
    let output = Command::new(env!("CARGO_BIN_EXE_isnad"))
        .args(["extract", "--date", "2025-09-16", "examples/article.txt"])
        .env_remove("ISNAD_NAMES")
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    assert_block("cargo run --release -- extract", "text", &String::from_utf8(output.stdout).unwrap());
}

#[test]
#[ignore = "changes with everything that the engine learns; checked by .ci/run"]
fn its_conllu_is_current() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_isnad"))
        .args(["analyze", "--format", "conllu"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all("عاد إلى بلاده.".as_bytes()).unwrap();
    let rows = String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap();
    assert_block("analyze --format conllu", "text", &rows);
}

#[test]
fn its_client_is_the_one_that_is_tested() {
    assert_block("grpc_tools.protoc", "python", include_str!("../examples/client.py"));
}

#[test]
fn every_setting_of_the_server_is_listed() {
    let output = Command::new(env!("CARGO_BIN_EXE_isnad")).args(["serve", "--help"]).output().unwrap();
    let help = String::from_utf8(output.stdout).unwrap();
    let readme = include_str!("../README.md");
    let flags: Vec<_> = help.split_whitespace().filter(|word| word.starts_with("--") && *word != "--help").collect();
    assert!(flags.len() >= 10, "{help}");
    for flag in flags {
        let variable = format!("ISNAD_{}", flag[2..].replace('-', "_").to_uppercase());
        assert!(readme.contains(&format!("| `{flag}` | `{variable}` |")), "{flag} is not in the table of settings");
    }
}

#[test]
fn every_reason_of_a_refusal_is_listed() {
    let readme = include_str!("../README.md");
    let sources = [include_str!("../src/convert/validate/mod.rs"), include_str!("../src/server/errors.rs")];
    // The reasons are the literals in capitals that a match gives.
    let literals =
        sources.iter().flat_map(|source| source.split("=> \"").skip(1)).filter_map(|rest| rest.split('"').next());
    let reasons: Vec<_> = literals.filter(|text| text.bytes().all(|b| b.is_ascii_uppercase() || b == b'_')).collect();
    assert!(reasons.len() >= 15, "{reasons:?}");
    for reason in reasons {
        assert!(readme.contains(&format!("`{reason}`")), "{reason} is not in the table of errors");
    }
}
