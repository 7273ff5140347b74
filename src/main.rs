//! The `isnad` program.

use std::{env, process::ExitCode};

fn main() -> ExitCode {
    isnad::cli::run(env::args_os())
}
