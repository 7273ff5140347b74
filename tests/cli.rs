//! The program as its users run it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::{
    io::Write as _,
    process::{Command, Output, Stdio},
};

use isnad::pb;

/// Runs `isnad` with `args` and `input` on its standard input.
fn isnad(args: &[&str], input: impl AsRef<[u8]>) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_isnad"))
        .args(args)
        .env_remove("ISNAD_NAMES")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("isnad starts");
    // A program that refuses its flags does not read its input.
    let _ = child.stdin.take().expect("a pipe").write_all(input.as_ref());
    child.wait_with_output().expect("isnad ends")
}

/// The standard output of a run that must succeed.
fn stdout(output: Output) -> String {
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{:?}: {stderr}", output.status);
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// Checks that a run failed with `status`, and told why with `words`.
fn assert_fails(output: Output, status: i32, words: &str) {
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(status), "{stderr}");
    assert!(stderr.contains(words), "{words:?} is not in: {stderr}");
    assert!(!stderr.contains("panicked"), "{stderr}");
}

const TEXT: &str =
    "قالت وزيرة الصحة المصرية نادية شكري، الثلاثاء، إن بلادها تسلمت 3.5 مليون جرعة.\nوأضافت: «نعمل ليلاً ونهاراً».\n";

#[test]
fn the_json_form_is_the_contracts() {
    let json = stdout(isnad(&["extract", "--date", "2025-09-16", "--format", "json"], TEXT));
    let answer: pb::ExtractResponse = serde_json::from_str(&json).unwrap();
    assert_eq!(answer.language, "ar");
    assert_eq!(answer.offset_unit(), pb::OffsetUnit::CodePoints);
    assert_eq!(serde_json::to_string_pretty(&answer).unwrap() + "\n", json, "the same message is written back");
    let letters: Vec<char> = TEXT.chars().collect();
    for mention in answer.entities.iter().flat_map(|entity| &entity.mentions) {
        let span = mention.span.unwrap();
        let slice: String = letters[span.begin as usize..span.end as usize].iter().collect();
        assert_eq!(slice, mention.text);
    }
}

#[test]
fn analysis_is_asked_the_same_way() {
    let json = stdout(isnad(&["analyze", "--format", "json", "--offsets", "utf8", "--layers", "tokens"], TEXT));
    let answer: pb::AnalyzeResponse = serde_json::from_str(&json).unwrap();
    assert_eq!(answer.computed_layers().collect::<Vec<_>>(), [pb::Layer::Sentences, pb::Layer::Tokens]);
    for sentence in &answer.sentences {
        let span = sentence.span.unwrap();
        assert_eq!(&TEXT[span.begin as usize..span.end as usize], sentence.text);
    }
}

#[test]
fn bad_input_is_told_with_its_exit_status() {
    let missing = "/no/such/file";
    let long = "كلمة ".repeat(30_001);
    let cases: [(&[&str], &[u8], i32, &str); 10] = [
        (&["extract"], b"", 65, "the text is empty"),
        (&["extract"], b" \n\t", 65, "the text is empty"),
        (&["extract"], b"\xd9\x83\xff", 65, "offset 2"),
        (&["extract"], long.as_bytes(), 65, "150005 code points; at most 150000"),
        (&["extract", missing], b"", 66, missing),
        (&["extract", "/"], b"", 66, "directory"),
        (&["extract", "--date", "2025-02-30"], b"", 64, "YYYY-MM-DD"),
        (&["extract", "--time-zone", "Asia/Atlantis"], b"", 64, "IANA"),
        (&["extract", "--layers", "tokens"], b"", 64, "entities"),
        (&["extract", "--offsets", "bytes"], b"", 64, "code-points"),
    ];
    for (args, input, status, words) in cases {
        assert_fails(isnad(args, input), status, words);
    }
}
