//! `isnad batch`: many documents from a file to a file, with all cores.
//!
//! ```text
//! reader ──jobs──▶ workers
//!   └──slots──▶ writer: takes the slots in order; each receives the answer of its job
//! ```
//!
//! Both queues are bounded, so that memory is, however long the file and however slow one document.

mod lines;
mod progress;

use std::{
    collections::BTreeMap,
    fs::File,
    io::{self, BufReader, BufWriter, Seek, SeekFrom, Write},
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
    sync::Arc,
    thread,
    time::{Duration, Instant},
};

use crossbeam_channel::{Receiver, Sender, bounded};
use tonic::Code;

use super::{
    Failure, Status,
    local::{self, Asker, NoAnswer, Question},
    views::Answer,
};
use crate::{
    config::BatchFlags,
    convert::validate::Method,
    engine::Engine,
    pb::{self, extract_stream_response::Result as Outcome},
};
use lines::{Line, Lines, MAX_LINE_BYTES};
use progress::Progress;

/// How long answers may wait in memory before they are written.
const FLUSH: Duration = Duration::from_secs(1);

/// A line on its way to a worker.
struct Job {
    index: usize,
    line: Line,
    slot: Sender<Done>,
}

/// An answer on its way to the file.
struct Done {
    /// The line without its end.
    json: Vec<u8>,
    /// Where it stands in the input, for people.
    line: usize,
    /// How far the input was read, in bytes.
    read: u64,
    /// Why it has no answer.
    failure: Option<String>,
}

/// Answers the documents of a file that have no answer yet.
pub fn run(flags: &BatchFlags) -> Result<(), Failure> {
    let (input, output) = (flags.input.as_path(), flags.output.as_path());
    let unreadable = |error: io::Error| Failure::new(Status::NoInput, format!("{}: {error}", input.display()));
    let source = File::open(input).map_err(unreadable)?;
    let size = source.metadata().map_err(unreadable)?.len();
    let mut lines = Lines::new(BufReader::new(source));
    refuse_same_file(input, output)?;
    let engine = Arc::new(local::engine(&flags.tables)?);

    let (target, earlier) = resume(output)?;
    for _ in 0..earlier.answers {
        if lines.next().map_err(unreadable)?.is_none() {
            let message = format!("{}: has more answers than {} has documents", output.display(), input.display());
            return Err(Failure::new(Status::Data, message));
        }
    }
    let mut progress = Progress::new(size, lines.read(), earlier.answers);
    let question = Question { method: Method::Extract, layers: &flags.layers, unit: flags.offsets };
    let failed = thread::scope(|scope| {
        let workers = thread::available_parallelism().map_or(1, usize::from);
        let (jobs, for_workers) = bounded::<Job>(workers);
        let (slots, in_order) = bounded::<Receiver<Done>>(4 * workers);
        for _ in 0..workers {
            let (engine, question, jobs) = (Arc::clone(&engine), &question, for_workers.clone());
            scope.spawn(move || work(&engine, question, &jobs));
        }
        drop(for_workers);
        let reader = scope.spawn(move || read(lines, earlier.answers, &jobs, &slots));
        let failed = write(target, output, &in_order, &mut progress);
        // the reader stops once nobody takes its slots
        drop(in_order);
        let read = reader.join().unwrap_or_else(|_| Err(io::Error::other("the reader stopped")));
        failed.and_then(|failed| read.map(|()| failed).map_err(unreadable))
    })?;
    progress.finish();
    match earlier.failed + failed {
        0 => Ok(()),
        1 => Err(Failure::new(
            Status::Data,
            format!("1 document has no answer; its line of {} says why", output.display()),
        )),
        n => Err(Failure::new(
            Status::Data,
            format!("{n} documents have no answer; their lines of {} say why", output.display()),
        )),
    }
}

/// Reads the lines after the first `done` and gives each to a worker and its slot to the writer.
fn read(
    mut lines: Lines<BufReader<File>>,
    done: usize,
    jobs: &Sender<Job>,
    slots: &Sender<Receiver<Done>>,
) -> io::Result<()> {
    for index in done.. {
        let Some(line) = lines.next()? else { break };
        let (slot, answer) = bounded(1);
        if slots.send(answer).is_err() || jobs.send(Job { index, line, slot }).is_err() {
            break;
        }
    }
    Ok(())
}

/// Answers jobs until there are no more.
fn work(engine: &Arc<Engine>, question: &Question<'_>, jobs: &Receiver<Job>) {
    let mut asker = Asker::new(Arc::clone(engine));
    for Job { index, line, slot } in jobs {
        let answered = catch_unwind(AssertUnwindSafe(|| answer(&mut asker, question, &line)));
        let (document_id, result) = answered.unwrap_or_else(|_| {
            // The worker's memory may be half written.
            asker = Asker::new(Arc::clone(engine));
            let message = "a fault of this program; the other documents are not affected";
            (String::new(), Outcome::Error(error(Code::Internal, "INTERNAL", message)))
        });
        let failure = match &result {
            Outcome::Error(error) => Some(format!("{}: {}", error.reason, error.message)),
            Outcome::Extraction(_) => None,
        };
        let index = i64::try_from(index).unwrap_or(i64::MAX);
        let response = pb::ExtractStreamResponse { index, document_id, result: Some(result) };
        let json = serde_json::to_vec(&response).unwrap_or_default();
        // The writer may have stopped.
        let _ = slot.send(Done { json, line: line.number, read: line.read, failure });
    }
}

/// The id and the answer of the document in `line`.
fn answer(asker: &mut Asker, question: &Question<'_>, line: &Line) -> (String, Outcome) {
    let Some(bytes) = &line.bytes else {
        let message = format!("the line is longer than {MAX_LINE_BYTES} bytes");
        let mut error = error(Code::InvalidArgument, "LINE_TOO_LONG", &message);
        error.metadata.insert("limit".to_owned(), MAX_LINE_BYTES.to_string());
        return (String::new(), Outcome::Error(error));
    };
    let document: pb::Document = match serde_json::from_slice(bytes.trim_ascii_end()) {
        Ok(document) => document,
        Err(wrong) => {
            let column = wrong.column();
            let message = if wrong.is_data() {
                // serde's own words may repeat what it read
                format!("the line is JSON, but no Document of the contract, at column {column}")
            } else {
                let told = wrong.to_string();
                // it is always line 1
                let why = told.split_once(" at line ").map_or(told.as_str(), |(why, _)| why);
                format!("the line is no JSON, at column {column}: {why}")
            };
            let mut error = error(Code::InvalidArgument, "DOCUMENT_JSON_INVALID", &message);
            error.metadata.insert("column".to_owned(), column.to_string());
            return (String::new(), Outcome::Error(error));
        }
    };
    let id = document.id.clone();
    let outcome = match asker.answer(document, question) {
        Ok(Answer::Extraction(answer)) => Outcome::Extraction(answer),
        Err(NoAnswer::Refused(refusal)) => Outcome::Error(pb::StreamError {
            metadata: refusal.first().metadata(),
            ..error(Code::InvalidArgument, refusal.first().reason(), &refusal.to_string())
        }),
        Ok(Answer::Analysis(_)) | Err(NoAnswer::Stopped) => {
            Outcome::Error(error(Code::Internal, "INTERNAL", "stopped before the answer was ready"))
        }
    };
    (id, outcome)
}

fn error(code: Code, reason: &str, message: &str) -> pb::StreamError {
    pb::StreamError {
        code: code.into(),
        reason: reason.to_owned(),
        message: message.to_owned(),
        metadata: BTreeMap::new(),
    }
}

/// Writes the answers in order; returns how many documents have none.
fn write(
    target: File,
    output: &Path,
    in_order: &Receiver<Receiver<Done>>,
    progress: &mut Progress,
) -> Result<usize, Failure> {
    let unwritable = |error: io::Error| Failure::new(Status::Io, format!("{}: {error}", output.display()));
    let mut out = BufWriter::new(target);
    let mut failed = 0;
    let mut flushed = Instant::now();
    for slot in in_order {
        let done = slot.recv().map_err(|_| Failure::new(Status::Software, "a worker stopped"))?;
        out.write_all(&done.json).and_then(|()| out.write_all(b"\n")).map_err(unwritable)?;
        if let Some(why) = done.failure {
            failed += 1;
            progress.tell(&format!("line {}: {why}", done.line));
        }
        progress.advance(done.read);
        if flushed.elapsed() > FLUSH {
            out.flush().map_err(unwritable)?;
            flushed = Instant::now();
        }
    }
    out.flush().map_err(unwritable)?;
    Ok(failed)
}

/// What an earlier run of the batch left.
struct Earlier {
    answers: usize,
    failed: usize,
}

/// Opens `output` after its last whole line.
///
/// # Errors
/// It cannot be opened, or holds something else than answers of a batch from the first on.
fn resume(output: &Path) -> Result<(File, Earlier), Failure> {
    /// As much of an answer as is needed here.
    #[derive(serde::Deserialize)]
    struct Head {
        index: String,
        error: Option<serde::de::IgnoredAny>,
    }
    let wrong = |error: io::Error| Failure::new(Status::Io, format!("{}: {error}", output.display()));
    let mut file = File::options().read(true).write(true).create(true).truncate(false).open(output).map_err(wrong)?;
    if !file.metadata().map_err(wrong)?.is_file() {
        // a device may be read without end
        let message = format!("{}: is no file; a batch goes on in the file that it began", output.display());
        return Err(Failure::new(Status::Io, message));
    }
    let mut earlier = Earlier { answers: 0, failed: 0 };
    let mut whole = 0;
    let mut lines = lines::whole_lines(BufReader::new(&file));
    while let Some(line) = lines.next().transpose().map_err(wrong)? {
        let head = serde_json::from_slice::<Head>(&line).ok().filter(|head| head.index == earlier.answers.to_string());
        let Some(head) = head else {
            let (place, number) = (output.display(), earlier.answers + 1);
            let message = format!("{place}: line {number} is no answer of this batch; name another file, or delete it");
            return Err(Failure::new(Status::Data, message));
        };
        earlier.answers += 1;
        earlier.failed += usize::from(head.error.is_some());
        whole += line.len() as u64 + 1;
    }
    drop(lines);
    // a line that an interruption tore is done again
    file.set_len(whole).and_then(|()| file.seek(SeekFrom::End(0))).map_err(wrong)?;
    Ok((file, earlier))
}

fn refuse_same_file(input: &Path, output: &Path) -> Result<(), Failure> {
    match (input.canonicalize(), output.canonicalize()) {
        (Ok(input), Ok(output)) if input == output => {
            Err(Failure::new(Status::Usage, format!("{}: is both input and output", output.display())))
        }
        _ => Ok(()),
    }
}
