//! The child that does the work: reads a job from stdin, tells of it on stdout.

use std::io::{BufRead, Read, Write};

use super::supervise::Message;
use crate::pipeline::{self, Event, Failure, Finished, Job, Observer, Work};

/// The stack of every thread; recursion over customers must never reach it.
const STACK: usize = 64 << 20;

/// Makes the worker die in a chosen way, to prove that the parent survives it.
const PROVOKE: &str = "KOHORT_PROVOKE";

fn provoke(fault: &str) {
    match fault {
        "panic" => {
            let nobody: [u8; 0] = [];
            let at = std::hint::black_box(fault.len());
            std::hint::black_box(nobody[at]);
        }
        "abort" => std::process::abort(),
        "overflow" => {
            std::hint::black_box(deeper(0));
        }
        _ => {}
    }
}

/// Recurses until the stack is gone.
#[expect(unconditional_recursion, reason = "the stack is meant to overflow")]
fn deeper(depth: u64) -> u64 {
    let here = std::hint::black_box([depth; 512]);
    deeper(here[0] + 1) + std::hint::black_box(here[1])
}

/// Speaks to the parent.
struct Pipe;

impl Observer for Pipe {
    fn event(&self, event: Event) {
        send(&Message::Event(event));
    }

    /// The end of the process gives everything back at once: piece by piece a million
    /// customers take a fifth of a second.
    fn staged(&self, finished: &Finished) {
        send(&Message::Done(finished.clone()));
        std::process::exit(0);
    }
}

fn send(message: &Message) {
    if let Ok(mut text) = serde_json::to_string(message) {
        text.push('\n');
        let mut out = std::io::stdout().lock();
        // Without a parent there is nobody to tell; the thread below ends the child.
        let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    }
}

/// Does the job on stdin and returns the exit code.
pub(super) fn main() -> i32 {
    std::panic::set_hook(Box::new(|info| {
        // The place, never the words: a panic's words may hold a customer's value.
        let place = info
            .location()
            .map_or_else(String::new, |at| format!(" in {}, line {}", at.file(), at.line()));
        send(&Message::Failed(Failure::internal(format!("the worker panicked{place}"))));
    }));
    let mut line = String::new();
    if std::io::stdin().lock().read_line(&mut line).is_err() {
        return 70;
    }
    let Ok(job) = serde_json::from_str::<Job>(&line) else { return 70 };
    die_with_parent();
    let worker = std::thread::Builder::new().stack_size(STACK).spawn(move || work(&job));
    match worker.map(std::thread::JoinHandle::join) {
        Ok(Ok(code)) => code,
        _ => 70,
    }
}

fn work(job: &Job) -> i32 {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(job.threads).stack_size(STACK);
    if pool.build_global().is_err() {
        return 70;
    }
    if let Ok(fault) = std::env::var(PROVOKE) {
        provoke(&fault);
    }
    let done = match job.work {
        Work::Run => pipeline::run(job, &Pipe),
        Work::Explore => pipeline::explore(job, &Pipe),
        Work::Statements => pipeline::statements(job, &Pipe),
    };
    match done {
        Ok(finished) => {
            send(&Message::Done(finished));
            0
        }
        Err(failure) => {
            send(&Message::Failed(failure));
            1
        }
    }
}

/// The parent holds the other end of stdin; when it closes, the parent is gone, and
/// nobody will publish what this child writes.
fn die_with_parent() {
    std::thread::spawn(|| {
        let mut rest = [0; 64];
        loop {
            match std::io::stdin().lock().read(&mut rest) {
                Ok(n) if n > 0 => {}
                _ => std::process::exit(70),
            }
        }
    });
}
