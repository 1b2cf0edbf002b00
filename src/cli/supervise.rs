//! The pipeline runs in a child of the program.
//!
//! The parent holds the lock, starts the child, listens, checks what it staged, and
//! publishes. A panic, an abort, a stack overflow or an out-of-memory kill in any crate
//! then ends as one clear error, and what was published stays as it was.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};

use super::exit::Interrupted;
use crate::export::publish::OutputFolder;
use crate::fault::Class;
use crate::pipeline::{Event, Failure, Finished, Job, Observer};

/// Bytes from which on glibc gives a piece of memory back when it is freed: less than the
/// cells of a column of a text lie in, more than a column of a stretch of customers.
const LARGE_PIECE: &str = "1900000";

/// Bytes that glibc keeps of smaller pieces that were freed. By itself it keeps 128 KB once the
/// other bound is set, and a run asks for the same pages over and over: a quarter of the
/// system's part of its time. More than it ever has at the top: none is given back.
const KEPT: &str = "268435456";

/// Lets glibc ask for pages of two megabytes where that many are wanted at once: a fault for
/// every one of them instead of 512.
const LARGE_PAGES: (&str, &str) = ("GLIBC_TUNABLES", "glibc.malloc.hugetlb=1");

/// One line of the child's stdout.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Message {
    /// Progress.
    Event(Event),
    /// The run is staged.
    Done(Finished),
    /// The run has failed.
    Failed(Failure),
}

/// Runs `job` in a child and publishes what it staged.
///
/// # Errors
///
/// The child's own failure, its death, an interruption, or a failed publication.
pub(super) fn supervise(
    job: &Job,
    folder: &OutputFolder,
    observer: &dyn Observer,
) -> anyhow::Result<Finished> {
    let outcome = work(job, observer);
    let result = outcome.and_then(|finished| {
        if finished.already {
            let (manifest, sha256) =
                crate::export::Manifest::read(&folder.run(&finished.run)).map_err(Failure::from)?;
            folder.point_at(&manifest, sha256).map_err(Failure::from)?;
        } else {
            folder.publish(&job.staging).map_err(Failure::from)?;
        }
        folder.write_history().map_err(Failure::from)?;
        Ok(finished)
    });
    // Gone after a publication, left over after anything else; the next run would sweep it too.
    let _ = std::fs::remove_dir_all(&job.staging);
    result
}

/// Does `job` in a child; what it writes stays where it was staged.
///
/// # Errors
///
/// The child's own failure, its death, or an interruption.
pub(super) fn work(job: &Job, observer: &dyn Observer) -> anyhow::Result<Finished> {
    let signals = Signals::listen()?;
    let mut child = spawn(job)?;
    let lines = listen(&mut child)?;
    let mut verdict = None;
    loop {
        match lines.recv_timeout(Duration::from_millis(50)) {
            Ok(Message::Event(event)) => observer.event(event),
            Ok(message) => verdict = Some(message),
            Err(RecvTimeoutError::Disconnected) => break,
            Err(RecvTimeoutError::Timeout) => {}
        }
        if let Some(signal) = signals.caught() {
            let _ = child.kill();
            let _ = child.wait();
            return Err(Interrupted { signal }.into());
        }
    }
    let status = child.wait()?;
    if let Some(signal) = signals.caught() {
        return Err(Interrupted { signal }.into());
    }
    match verdict {
        Some(Message::Done(finished)) if status.success() => Ok(finished),
        Some(Message::Failed(failure)) => Err(failure.into()),
        _ => Err(died(status, &last_words(&mut child)).into()),
    }
}

fn spawn(job: &Job) -> anyhow::Result<Child> {
    let threads = job.threads.to_string();
    let mut command = Command::new(std::env::current_exe()?);
    command.arg("worker").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    // Nothing but the job decides what the child does.
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("POLARS_") || text.starts_with("RAYON_") {
            command.env_remove(&name);
        }
    }
    command.env("POLARS_MAX_THREADS", &threads).env("RAYON_NUM_THREADS", &threads);
    // A column of a million customers that is done with goes back to the machine. By itself
    // glibc soon keeps pieces of up to 32 MB, and a tenth of the memory is held for nobody.
    command.env("MALLOC_MMAP_THRESHOLD_", LARGE_PIECE).env("MALLOC_TRIM_THRESHOLD_", KEPT);
    if std::env::var_os(LARGE_PAGES.0).is_none() {
        command.env(LARGE_PAGES.0, LARGE_PAGES.1);
    }
    let mut child = command.spawn()?;
    let mut text = serde_json::to_string(job)?;
    text.push('\n');
    if let Some(stdin) = &mut child.stdin {
        // A child that died at once is told of by its exit status.
        let _ = stdin.write_all(text.as_bytes()).and_then(|()| stdin.flush());
    }
    Ok(child)
}

/// Reads the child's messages in a thread, so that the parent can watch for signals.
fn listen(child: &mut Child) -> anyhow::Result<Receiver<Message>> {
    let stdout = child.stdout.take().ok_or_else(|| anyhow::anyhow!("the worker has no stdout"))?;
    let (sender, receiver) = channel();
    std::thread::spawn(move || {
        for line in BufReader::new(stdout).lines().map_while(Result::ok) {
            if let Ok(message) = serde_json::from_str(&line)
                && sender.send(message).is_err()
            {
                return;
            }
        }
    });
    Ok(receiver)
}

/// The runtime's own words on an abort: they hold no data. Anything else is not shown.
fn last_words(child: &mut Child) -> String {
    let mut words = String::new();
    if let Some(stderr) = child.stderr.take() {
        // What cannot be read is as good as nothing said.
        let _ = stderr.take(1 << 16).read_to_string(&mut words);
    }
    words
}

fn died(status: ExitStatus, words: &str) -> Failure {
    #[cfg(unix)]
    let signal = std::os::unix::process::ExitStatusExt::signal(&status);
    #[cfg(not(unix))]
    let signal: Option<i32> = None;
    let failure = |code: &str, class, message: &str, hint: &str| Failure {
        code: code.into(),
        class,
        message: message.into(),
        hint: Some(hint.into()),
    };
    if words.contains("memory allocation of") {
        return failure(
            "E-LIM-001",
            Class::Limit,
            "the worker ran out of memory",
            "give it more memory, or fewer rows or columns",
        );
    }
    let message = match signal {
        Some(25) => {
            return failure(
                "E-OUT-002",
                Class::Output,
                "a file grew past the limit of the file size",
                "raise the limit (ulimit -f), or choose another folder with --out",
            );
        }
        Some(9) => "the worker was killed, most likely because memory ran out".to_owned(),
        Some(6) if words.contains("overflowed its stack") => {
            "the worker overflowed its stack".to_owned()
        }
        Some(6) => "the worker aborted".to_owned(),
        Some(signal) => format!("the worker was ended by signal {signal}"),
        None => format!("the worker ended with {status} and no word"),
    };
    let hint = match signal {
        Some(9) => "give it more memory, or fewer rows or columns",
        _ => "this is a fault of kohort; the published runs are untouched",
    };
    failure("E-INT-002", Class::Internal, &message, hint)
}

/// Signals that ask to end, noted rather than obeyed at once, so that staging can be
/// removed.
struct Signals(Vec<(i32, Arc<AtomicBool>)>);

impl Signals {
    fn listen() -> anyhow::Result<Self> {
        let mut signals = Vec::new();
        for signal in [SIGTERM, SIGINT, SIGHUP] {
            let caught = Arc::<AtomicBool>::default();
            signal_hook::flag::register(signal, Arc::clone(&caught))?;
            signals.push((signal, caught));
        }
        Ok(Self(signals))
    }

    fn caught(&self) -> Option<i32> {
        let caught = self.0.iter().find(|(_, caught)| caught.load(Ordering::Relaxed));
        caught.map(|(signal, _)| *signal)
    }
}
