//! Panics of worker threads, without their message: the standard one prints the text that was being sliced, and no text
//! of a document may reach a log.

use std::{
    cell::RefCell,
    panic::{self, AssertUnwindSafe},
    sync::Once,
    thread,
};

/// Names the threads whose panics are kept quiet.
pub(super) const WORKER: &str = "isnad-worker";

thread_local! {
    /// Where this thread last panicked.
    static PANICKED_AT: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Runs `work`; where it panics, `Err` holds the line of code.
pub(super) fn catch<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let previous = panic::take_hook();
        panic::set_hook(Box::new(move |panicked| {
            if thread::current().name() != Some(WORKER) {
                return previous(panicked);
            }
            let location = panicked.location().map(ToString::to_string).unwrap_or_default();
            PANICKED_AT.with_borrow_mut(|at| *at = location);
        }));
    });
    panic::catch_unwind(AssertUnwindSafe(work)).map_err(|_message| PANICKED_AT.take())
}
