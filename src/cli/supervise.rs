//! The pipeline runs in a child of the program.
//!
//! The parent holds the lock, starts the child, listens, checks what it staged, and
//! publishes. A panic, an abort, a stack overflow or an out-of-memory kill in any crate
//! then ends as one clear error, and what was published stays as it was.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::exit::Interrupted;
use crate::export::publish::OutputFolder;
use crate::pipeline::{Event, Failure, Finished, Job, Observer};

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

fn work(job: &Job, observer: &dyn Observer) -> anyhow::Result<Finished> {
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
        _ => Err(died(status).into()),
    }
}

fn spawn(job: &Job) -> anyhow::Result<Child> {
    let threads = job.threads.to_string();
    let mut command = Command::new(std::env::current_exe()?);
    command.arg("worker").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    // Nothing but the job decides what the child does.
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("POLARS_") || text.starts_with("RAYON_") {
            command.env_remove(&name);
        }
    }
    command.env("POLARS_MAX_THREADS", &threads).env("RAYON_NUM_THREADS", &threads);
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

fn died(status: ExitStatus) -> Failure {
    #[cfg(unix)]
    let signal = std::os::unix::process::ExitStatusExt::signal(&status);
    #[cfg(not(unix))]
    let signal: Option<i32> = None;
    let mut failure = Failure::internal(match signal {
        Some(9) => "the worker was killed, most likely because memory ran out".into(),
        Some(6) => "the worker aborted, as on a stack overflow or when memory runs out".into(),
        Some(11) => "the worker overflowed its stack or touched memory it must not".into(),
        Some(signal) => format!("the worker was ended by signal {signal}"),
        None => format!("the worker ended with {status} and no word"),
    });
    failure.code = "E-INT-002".into();
    if signal == Some(9) {
        failure.hint = Some("give it more memory, or fewer rows or columns".into());
    }
    failure
}

/// SIGINT and SIGTERM, noted rather than obeyed at once, so that staging can be removed.
struct Signals {
    interrupt: Arc<AtomicBool>,
    terminate: Arc<AtomicBool>,
}

impl Signals {
    fn listen() -> anyhow::Result<Self> {
        let signals = Self { interrupt: Arc::default(), terminate: Arc::default() };
        signal_hook::flag::register(signal_hook::consts::SIGINT, Arc::clone(&signals.interrupt))?;
        signal_hook::flag::register(signal_hook::consts::SIGTERM, Arc::clone(&signals.terminate))?;
        Ok(signals)
    }

    fn caught(&self) -> Option<i32> {
        if self.terminate.load(Ordering::Relaxed) {
            Some(signal_hook::consts::SIGTERM)
        } else if self.interrupt.load(Ordering::Relaxed) {
            Some(signal_hook::consts::SIGINT)
        } else {
            None
        }
    }
}
