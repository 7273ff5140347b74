//! How far a batch is, on stderr: a bar on a terminal, a line now and then elsewhere.

use std::{
    io::{self, IsTerminal as _},
    time::{Duration, Instant},
};

use indicatif::{ProgressBar, ProgressStyle};

use super::super::note;

/// How often a line is written where there is no bar.
const BETWEEN_LINES: Duration = Duration::from_secs(10);

/// Tells how far a batch is.
pub struct Progress {
    bar: Option<ProgressBar>,
    size: u64,
    documents: usize,
    told: Instant,
}

impl Progress {
    /// Of a file of `size` bytes, of which `read` with `documents` were done before.
    pub fn new(size: u64, read: u64, documents: usize) -> Self {
        if documents > 0 {
            note(&format!("going on after {documents} documents"));
        }
        let bar = io::stderr().is_terminal().then(|| {
            let style = ProgressStyle::with_template("{bar:40.cyan/dim} {percent:>3} %  {msg}  {eta} left");
            let bar = ProgressBar::new(size).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
            bar.set_position(read);
            bar.reset_eta();
            bar
        });
        Self { bar, size, documents, told: Instant::now() }
    }

    /// One more document is done, with which `read` bytes of the input are.
    pub fn advance(&mut self, read: u64) {
        self.documents += 1;
        if let Some(bar) = &self.bar {
            bar.set_position(read);
            bar.set_message(format!("{} documents", self.documents));
        } else if self.told.elapsed() > BETWEEN_LINES {
            let percent = read.saturating_mul(100).checked_div(self.size).unwrap_or(100);
            note(&format!("{percent} %, {} documents", self.documents));
            self.told = Instant::now();
        }
    }

    /// Tells something beside the bar.
    pub fn tell(&self, line: &str) {
        match &self.bar {
            Some(bar) => bar.suspend(|| note(line)),
            None => note(line),
        }
    }

    /// The end.
    pub fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
        note(&format!("{} documents done", self.documents));
    }
}
