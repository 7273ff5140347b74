//! The program as its users run it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::{
    fs,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    path::PathBuf,
    process::{Child, ChildStderr, Command, Output, Stdio},
};

use isnad::pb::{self, extract_stream_response::Result as Answered};

/// Runs `isnad` with `args` and `input` on its standard input.
fn isnad(args: &[&str], input: impl AsRef<[u8]>) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_isnad"))
        .args(args)
        .env_remove("ISNAD_NAMES")
        .env_remove("ISNAD_MODEL")
        .env_remove("ISNAD_OPERATING_POINT")
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
fn conllu_has_the_sentences_of_every_file() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/article.txt");
    let rows = stdout(isnad(&["analyze", "--format", "conllu", "-", file], TEXT));
    assert!(rows.starts_with("# newdoc\n# sent_id = 1-1\n# text = قالت وزيرة"), "{rows}");
    assert_eq!(rows.matches("# newdoc").count(), 2);
    assert!(rows.ends_with("\n\n"));
}

#[test]
fn bad_input_is_told_with_its_exit_status() {
    let missing = "/no/such/file";
    let long = "كلمة ".repeat(30_001);
    let cases: [(&[&str], &[u8], i32, &str); 13] = [
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
        (&["extract", "--format", "conllu"], b"", 64, "analyze"),
        (&["analyze", "--format", "conllu", "--layers", "tokens"], b"", 64, "words"),
        (&["analyze", "--format", "jsonld"], b"", 64, "extract"),
    ];
    for (args, input, status, words) in cases {
        assert_fails(isnad(args, input), status, words);
    }
}

#[test]
fn the_terminal_view_is_plain_where_nobody_sees_colours() {
    let shown = stdout(isnad(&["extract", "--date", "2025-09-16"], TEXT));
    assert!(shown.starts_with("standard input  ar\n"), "{shown}");
    assert!(!shown.contains('\u{1b}'), "{shown}");
    let analysis = stdout(isnad(&["analyze"], TEXT));
    assert!(analysis.contains("Sentence 1\n"), "{analysis}");
}

#[test]
fn the_page_escapes_what_a_text_holds() {
    let text = "قال الوزير: <script>alert('x')</script> & \"لا\"\n";
    for command in ["extract", "analyze"] {
        let page = stdout(isnad(&[command, "--format", "html"], text));
        assert!(!page.contains("<script>alert"), "{page}");
        let article = page.split_once("<article").unwrap().1.split_once("</article>").unwrap().0;
        let between: String = article.split('<').map(|part| part.split_once('>').unwrap_or_default().1).collect();
        let escapes = [("&lt;", "<"), ("&gt;", ">"), ("&#39;", "'"), ("&quot;", "\""), ("&amp;", "&")];
        let read = escapes.iter().fold(between, |text, (escape, letter)| text.replace(escape, letter));
        assert_eq!(read, text, "{article}");
    }
}

#[test]
fn several_files_are_shown_in_their_order_and_a_bad_one_does_not_hide_the_others() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (first, empty, last) = (path("first.txt"), path("empty.txt"), path("last.txt"));
    fs::write(&first, TEXT).unwrap();
    fs::write(&empty, "").unwrap();
    fs::write(&last, "وصل الوفد إلى بغداد.").unwrap();
    let output = isnad(&["extract", "--format", "json", &first, &empty, &last], "");
    let lines = String::from_utf8(output.stdout.clone()).unwrap();
    let ids = lines.lines().map(|line| serde_json::from_str::<pb::ExtractResponse>(line).unwrap().document_id);
    assert_eq!(ids.collect::<Vec<_>>(), [first, last]);
    assert_fails(output, 65, &format!("{empty}: the text is empty"));
    // the first failure decides the exit status, and all are told in their order
    let output = isnad(&["extract", &empty, "/no/such"], "");
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(told.find(&empty) < told.find("/no/such"), "{told}");
    assert_fails(output, 65, "/no/such");
}

#[test]
fn output_that_nobody_reads_ends_quietly() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_isnad"))
        .args(["analyze", "--format", "json"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    child.stdin.take().unwrap().write_all(TEXT.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr), (Some(0), Vec::new()));
}

#[test]
fn help_and_version_are_no_errors() {
    for (args, words) in [(["--help"], "Exit status"), (["--version"], env!("CARGO_PKG_VERSION"))] {
        assert!(stdout(isnad(&args, "")).contains(words));
    }
    assert_fails(isnad(&[], ""), 64, "Usage");
}

/// A folder with a batch in it.
struct Batch {
    folder: tempfile::TempDir,
}

impl Batch {
    fn of(lines: &[&[u8]]) -> Self {
        let batch = Self { folder: tempfile::tempdir().unwrap() };
        fs::write(batch.input(), lines.join(&b'\n')).unwrap();
        batch
    }

    fn input(&self) -> PathBuf {
        self.folder.path().join("in.jsonl")
    }

    fn output(&self) -> PathBuf {
        self.folder.path().join("out.jsonl")
    }

    fn run(&self) -> Output {
        isnad(&["batch", self.input().to_str().unwrap(), self.output().to_str().unwrap()], "")
    }

    fn answers(&self) -> Vec<pb::ExtractStreamResponse> {
        fs::read_to_string(self.output()).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

/// A hundred documents of different lengths, one a line.
fn hundred() -> Vec<String> {
    let line = |i: usize| {
        let text = "وصل الوفد إلى بغداد. ".repeat(1 + 37 * i % 50);
        serde_json::json!({ "id": format!("d{i}"), "text": text, "publicationTime": "2025-09-16T00:00:00Z" })
            .to_string()
    };
    (0..100).map(line).collect()
}

#[test]
fn a_batch_answers_every_document_in_order_as_a_single_call_does() {
    let documents = hundred();
    let batch = Batch::of(&documents.iter().map(String::as_bytes).collect::<Vec<_>>());
    stdout(batch.run());
    let answers = batch.answers();
    let places: Vec<_> = answers.iter().map(|answer| (answer.index, answer.document_id.clone())).collect();
    assert_eq!(places, (0..100).map(|i| (i, format!("d{i}"))).collect::<Vec<_>>());

    let document: pb::Document = serde_json::from_str(&documents[7]).unwrap();
    let json = stdout(isnad(&["extract", "--date", "2025-09-16", "--format", "json"], document.text));
    let alone: pb::ExtractResponse = serde_json::from_str(&json).unwrap();
    let Some(Answered::Extraction(answer)) = answers[7].result.clone() else { panic!("{:?}", answers[7]) };
    assert_eq!(answer, pb::ExtractResponse { document_id: "d7".to_owned(), ..alone });
}

#[test]
fn an_interrupted_batch_goes_on_where_it_stopped() {
    let documents = hundred();
    let batch = Batch::of(&documents.iter().map(String::as_bytes).collect::<Vec<_>>());
    stdout(batch.run());
    let whole = fs::read(batch.output()).unwrap();
    for kept in [0, 1, whole.len() / 3, whole.len() - 1, whole.len()] {
        fs::write(batch.output(), &whole[..kept]).unwrap();
        stdout(batch.run());
        assert!(fs::read(batch.output()).unwrap() == whole, "after {kept} bytes the batch became another");
    }
}

#[test]
fn a_bad_line_is_reported_and_skipped() {
    let lone = br#"{"id":"lone","text":"\ud83d"}"#;
    let batch = Batch::of(&[
        br#"{"id":"good","text":"TEXT"}"#,
        b"",
        b"{",
        br#"{"txt":"TEXT"}"#,
        br#"{"id":"empty","text":" "}"#,
        lone,
        b"\"\xff\"",
        br#"{"id":"zone","text":"TEXT","timeZone":"Asia/Atlantis"}"#,
        br#"{"id":"last","text":"TEXT"}"#,
    ]);
    for _ in 0..2 {
        // The second run finds nothing to do, and says again that some failed.
        assert_fails(batch.run(), 65, "6 documents have no answer");
    }
    let answers = batch.answers().into_iter().map(|answer| {
        let reason = match answer.result.unwrap() {
            Answered::Extraction(_) => String::new(),
            Answered::Error(error) => {
                assert_eq!(error.code, 3);
                assert!(!error.message.contains("TEXT"), "{}", error.message);
                error.reason
            }
        };
        (answer.index, answer.document_id, reason)
    });
    let expected = [
        (0, "good", ""),
        (1, "", "DOCUMENT_JSON_INVALID"),
        (2, "", "DOCUMENT_JSON_INVALID"),
        (3, "empty", "TEXT_EMPTY"),
        (4, "", "DOCUMENT_JSON_INVALID"),
        (5, "", "DOCUMENT_JSON_INVALID"),
        (6, "zone", "TIME_ZONE_UNKNOWN"),
        (7, "last", ""),
    ];
    assert_eq!(answers.collect::<Vec<_>>(), expected.map(|(i, id, why)| (i, id.to_owned(), why.to_owned())));
}

#[test]
fn a_batch_does_not_touch_files_that_are_not_its_own() {
    let batch = Batch::of(&[br#"{"text":"TEXT"}"#]);
    let input = batch.input().to_str().unwrap().to_owned();
    assert_fails(isnad(&["batch", &input, &input], ""), 64, "both input and output");
    assert_fails(isnad(&["batch", "/no/such", batch.output().to_str().unwrap()], ""), 66, "/no/such");
    assert_fails(isnad(&["batch", &input, "/no/such/folder/out"], ""), 74, "/no/such/folder/out");
    if cfg!(unix) {
        assert_fails(isnad(&["batch", &input, "/dev/null"], ""), 74, "/dev/null: is no file");
    }

    fs::write(batch.output(), "notes of my own\n").unwrap();
    assert_fails(batch.run(), 65, "line 1 is no answer of this batch");
    assert_eq!(fs::read_to_string(batch.output()).unwrap(), "notes of my own\n");

    fs::remove_file(batch.output()).unwrap();
    stdout(batch.run());
    fs::write(batch.input(), "").unwrap();
    assert_fails(batch.run(), 65, "more answers than");
}

/// A running `isnad serve` on a free port.
struct Server {
    child: Child,
    url: String,
    log: BufReader<ChildStderr>,
}

impl Server {
    /// Starts it and waits until it says that it serves.
    fn start(flags: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_isnad"))
            .args(["serve", "--listen", "127.0.0.1:0", "--log", "info", "--log-format", "json"])
            .args(flags)
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let log = BufReader::new(child.stderr.take().unwrap());
        let mut server = Self { child, url: String::new(), log };
        loop {
            let mut line = String::new();
            assert_ne!(server.log.read_line(&mut line).unwrap(), 0, "the server ended");
            let line: serde_json::Value = serde_json::from_str(&line).unwrap();
            if let Some(address) = line["fields"]["address"].as_str() {
                server.url = format!("http://{address}");
            }
            if line["fields"]["message"] == "serving" {
                return server;
            }
        }
    }

    /// Tells it to stop; returns its exit status and the rest of its log.
    fn terminate(mut self) -> (Option<i32>, String) {
        let kill = format!("kill -TERM {}", self.child.id());
        assert!(Command::new("sh").args(["-c", &kill]).status().unwrap().success());
        let mut rest = String::new();
        self.log.read_to_string(&mut rest).unwrap();
        (self.child.wait().unwrap().code(), rest)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn a_server_answers_as_the_command_line_does_and_drains_on_sigterm() {
    let server = Server::start(&["--max-code-points", "1000"]);
    let url = server.url.clone();
    assert_eq!(stdout(isnad(&["probe", "--server", &url], "")), "");

    for (method, format) in
        [("extract", "json"), ("analyze", "json"), ("extract", "text"), ("extract", "html"), ("extract", "jsonld")]
    {
        let options = ["--date", "2025-09-16", "--time-zone", "Africa/Cairo", "--format", format];
        let called = stdout(isnad(&[&["call", "--server", &url, "--method", method], &options[..]].concat(), TEXT));
        let here = stdout(isnad(&[&[method], &options[..]].concat(), TEXT));
        assert_eq!(called, here, "{method} as {format}");
    }
    let long = "كلمة ".repeat(201);
    assert_fails(isnad(&["call", "--server", &url], long), 65, "1005 code points; at most 1000");
    assert_fails(isnad(&["call", "--server", &url, "--layers", "words"], TEXT), 65, "LAYER_NOT_OF_METHOD");

    let (status, log) = server.terminate();
    assert_eq!(status, Some(0), "{log}");
    assert!(log.contains("SIGTERM"), "{log}");
    assert!(!log.contains("نادية"), "no text of a document is logged: {log}");
    assert_fails(isnad(&["probe", "--server", &url], ""), 1, &url);
    assert_fails(isnad(&["call", "--server", &url], TEXT), 69, &url);
    assert_fails(isnad(&["call", "--server", "ftp://x"], TEXT), 64, "ftp://x");
}

#[test]
fn every_bad_setting_is_reported_at_once() {
    let flags = [
        "serve",
        "--listen",
        "nowhere",
        "--workers",
        "0",
        "--drain-timeout",
        "3",
        "--names",
        "/no/such",
        "--model",
        "/nor/this",
    ];
    let output = isnad(&flags, "");
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    for flag in ["--listen or ISNAD_LISTEN", "--workers or ISNAD_WORKERS", "--drain-timeout", "/no/such", "/nor/this"] {
        assert!(told.contains(flag), "{flag} is not in: {told}");
    }
    assert_fails(output, 64, "from 1 to 1024");
}

#[test]
fn only_a_whole_model_of_this_version_is_taken() {
    let whole = fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/models/isnad.model")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("model");
    let refuses = |bytes: &[u8], words: &str| {
        fs::write(&file, bytes).unwrap();
        assert_fails(isnad(&["extract", "--model", file.to_str().unwrap()], TEXT), 65, words);
    };
    refuses(b"", "cut off");
    refuses(b"GIF89a, and so on and so forth, until it is longer than the header is", "not a model");
    refuses(&whole[..whole.len() / 2], "cut off");
    let mut altered = whole.clone();
    altered[whole.len() / 2] ^= 1;
    refuses(&altered, "altered");
    let mut future = whole.clone();
    future[8] += 1;
    refuses(&future, "format 2");

    fs::write(&file, &whole).unwrap();
    let own = stdout(isnad(&["extract", "--model", file.to_str().unwrap(), "--format", "json"], TEXT));
    assert_eq!(own, stdout(isnad(&["extract", "--format", "json"], TEXT)), "it is the built-in one");
}

#[test]
fn operating_points_tell_more_or_fewer_mentions() {
    let article = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/news_article.txt")).unwrap();
    let answer = |point: &str| -> pb::ExtractResponse {
        let flags = ["extract", "--layers", "entities", "--format", "json", "--operating-point", point];
        serde_json::from_str(&stdout(isnad(&flags, &article))).unwrap()
    };
    let answers = ["high-precision", "balanced", "high-recall"].map(answer);
    let counts = answers.each_ref().map(|a| a.entities.iter().map(|e| e.mentions.len()).sum::<usize>());
    assert!(counts[0] < counts[1] && counts[1] < counts[2], "{counts:?}");
    let mut fingerprints = answers.each_ref().map(|a| a.pipeline.as_ref().unwrap().fingerprint.clone()).to_vec();
    fingerprints.dedup();
    assert_eq!(fingerprints.len(), 3, "an answer tells what it was made with");
    let mentions = answers[1].entities.iter().flat_map(|entity| &entity.mentions);
    assert!(mentions.clone().all(|m| m.confidence.is_some_and(|c| (0.0..=1.0).contains(&c))));
    assert!(mentions.clone().any(|m| m.confidence < Some(0.9)) && mentions.clone().any(|m| m.confidence > Some(0.99)));
}

#[test]
fn settings_come_from_the_environment_and_flags_win() {
    let isnad = |flags: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_isnad"));
        command.arg("serve").args(flags).env("ISNAD_STREAM_WINDOW", "many").env("ISNAD_LISTEN", "nowhere");
        String::from_utf8(command.output().unwrap().stderr).unwrap()
    };
    let told = isnad(&[]);
    assert!(told.contains("ISNAD_STREAM_WINDOW is \"many\"") && told.contains("nowhere"), "{told}");
    let told = isnad(&["--stream-window", "0"]);
    assert!(told.contains("ISNAD_STREAM_WINDOW is \"0\""), "{told}");
}

#[test]
fn a_deployments_names_are_known_and_a_bad_file_of_them_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("names.tsv");
    let path = file.to_str().unwrap();
    fs::write(&file, "name\ttype\taliases\tlatin\tids\nسهيل الورداني\tperson\t\tSuhail Wardani\tcrm:77\n").unwrap();
    let shown = stdout(isnad(&["extract", "--names", path], "التقى الوفد سهيل الورداني في بغداد."));
    assert!(shown.contains("Suhail Wardani"), "{shown}");
    fs::write(&file, "name\ttype\taliases\tlatin\tids\nسهيل\tplanet\n").unwrap();
    assert_fails(isnad(&["extract", "--names", path], TEXT), 65, "line 2: unknown type 'planet'");
}

#[test]
fn figures_are_told_of_words_with_tags_and_bad_data_by_its_line() {
    let tagged = "وصل\tO\nإلى\tO\nالدوحة\tB-LOC\n\n";
    let figures: serde_json::Value =
        serde_json::from_str(&stdout(isnad(&["eval", "anercorp", "/dev/stdin", "--json"], tagged))).unwrap();
    let main = &figures["engines"][0];
    assert_eq!((&main["name"], &main["measures"]["micro"]["f1"]), (&"all".into(), &1.0.into()));
    assert_fails(isnad(&["eval", "anercorp", "/dev/stdin"], "الدوحة\tB-GPE\n"), 65, "line 1 is not a word");
    assert_fails(isnad(&["eval", "times", "/dev/stdin", "--training", "/dev/null"], ""), 64, "entities alone");
    assert_fails(isnad(&["eval", "entities", "/dev/null", "--training", "/no/such/file"], ""), 66, "/no/such/file");
}

#[test]
fn names_behind_clitics_have_both_readings_as_the_readme_shows() {
    let text = "مرت وبالدوحة ثم للدوحة";
    // token, mention
    let expected = [
        ("code-points", [(4, 12, 6, 12), (16, 22, 17, 22)]),
        ("utf16", [(4, 12, 6, 12), (16, 22, 17, 22)]),
        ("utf8", [(7, 23, 11, 23), (29, 41, 31, 41)]),
    ];
    for (unit, spans) in expected {
        let json = stdout(isnad(&["extract", "--format", "json", "--offsets", unit], text));
        let answer: pb::ExtractResponse = serde_json::from_str(&json).unwrap();
        let doha = answer.entities.iter().find(|entity| entity.name == "الدوحة").expect(&json);
        let found = doha.mentions.iter().map(|mention| {
            assert_eq!(mention.underlying, "الدوحة");
            let (token, span) = (mention.token_span.unwrap(), mention.span.unwrap());
            (token.begin, token.end, span.begin, span.end)
        });
        assert_eq!(found.collect::<Vec<_>>(), spans, "{unit}");
    }
}
