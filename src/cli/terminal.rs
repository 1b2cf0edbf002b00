//! The terminal: results to stdout, all else to stderr, a spinner only for people.

use std::io::{IsTerminal, Write};
use std::sync::Mutex;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use super::exit::{Interrupted, exit_code};
use super::options::{Format, Global, Log};
use crate::finding::Severity;
use crate::pipeline::{Event, Failure, Observer};

/// Where a command speaks.
#[derive(Debug)]
pub(super) struct Terminal {
    format: Format,
    log: Log,
    quiet: bool,
    verbose: bool,
    spinner: Mutex<Option<ProgressBar>>,
}

impl Terminal {
    pub(super) fn new(global: &Global) -> Self {
        let people = global.log == Log::Text && !global.quiet && std::io::stderr().is_terminal();
        let spinner = people.then(|| {
            let bar = ProgressBar::new_spinner();
            let style = ProgressStyle::with_template("{spinner} {msg} {elapsed}");
            bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()));
            bar
        });
        Self {
            format: global.format,
            log: global.log,
            quiet: global.quiet,
            verbose: global.verbose,
            spinner: Mutex::new(spinner),
        }
    }

    /// How results are printed.
    pub(super) fn format(&self) -> Format {
        self.format
    }

    /// Prints a result. A reader that has gone away is no failure.
    pub(super) fn result(&self, text: &str) -> anyhow::Result<()> {
        self.rest();
        let mut out = anstream::stdout().lock();
        let ending = if text.ends_with('\n') { "" } else { "\n" };
        match write!(out, "{text}{ending}").and_then(|()| out.flush()) {
            Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
                Err(Failure::from(crate::export::ExportError::io("stdout".as_ref(), &error)).into())
            }
            _ => Ok(()),
        }
    }

    /// Prints a result for people: names from the data may hold characters that a
    /// terminal obeys, which are shown as escapes.
    pub(super) fn answer(&self, text: &str) -> anyhow::Result<()> {
        self.result(&visible(text))
    }

    /// Prints which files were written: a line each, or one JSON line.
    pub(super) fn written(&self, files: &[(String, String)]) -> anyhow::Result<()> {
        if self.format == Format::Json {
            let paths: Vec<&str> = files.iter().map(|(path, _)| path.as_str()).collect();
            return self.result(&serde_json::json!({ "written": paths }).to_string());
        }
        let lines: Vec<String> = files
            .iter()
            .map(
                |(path, note)| {
                    if note.is_empty() { path.clone() } else { format!("{path}: {note}") }
                },
            )
            .collect();
        self.answer(&lines.join("\n"))
    }

    /// Says something on stderr.
    pub(super) fn say(&self, text: &str) {
        if self.quiet {
            return;
        }
        if self.log == Log::Json {
            self.line(&serde_json::json!({ "event": "said", "message": text }).to_string());
        } else {
            self.line(text);
        }
    }

    /// Prints an error once, with its code and its remedy.
    pub(super) fn failure(&self, error: &anyhow::Error) {
        self.rest();
        let code = exit_code(error);
        let failure = error.downcast_ref::<Failure>();
        if self.log == Log::Json {
            let record = serde_json::json!({
                "event": "error",
                "code": failure.map_or("E-INT-001", |failure| failure.code.as_str()),
                "exit": code,
                "message": format!("{error:#}"),
                "hint": failure.and_then(|failure| failure.hint.clone()),
            });
            self.line(&record.to_string());
            return;
        }
        match failure {
            Some(failure) => {
                self.line(&format!("error[{}]: {failure}", failure.code));
                if let Some(hint) = &failure.hint {
                    self.line(&format!("hint: {hint}"));
                }
            }
            None if error.downcast_ref::<Interrupted>().is_some() => {
                self.line("interrupted: nothing was published");
            }
            None => self.line(&format!("error[E-INT-001]: {error:#}")),
        }
    }

    /// Ends the spinner, so that what follows has the line to itself.
    pub(super) fn rest(&self) {
        if let Ok(mut spinner) = self.spinner.lock()
            && let Some(bar) = spinner.take()
        {
            bar.finish_and_clear();
        }
    }

    fn line(&self, text: &str) {
        if let Ok(spinner) = self.spinner.lock()
            && let Some(bar) = spinner.as_ref()
        {
            bar.suspend(|| self.write(text));
            return;
        }
        self.write(text);
    }

    #[expect(clippy::unused_self, reason = "everything said goes through the terminal")]
    fn write(&self, text: &str) {
        // Nobody listening on stderr is no reason to end a run.
        let _ = writeln!(anstream::stderr().lock(), "{}", visible(text));
    }

    fn tell(&self, event: &Event) {
        match event {
            Event::Stage { name, detail } => {
                let text = format!("{name:<10} {detail}");
                if let Ok(spinner) = self.spinner.lock()
                    && let Some(bar) = spinner.as_ref()
                {
                    bar.enable_steady_tick(Duration::from_millis(120));
                    bar.set_message(text);
                } else {
                    self.write(text.trim_end());
                }
            }
            Event::Role { column, role, why } => {
                self.line(&format!("  {column:<28} {role:<24} {why}"));
            }
            Event::Found(finding) => {
                if self.verbose || finding.severity >= Severity::Warning {
                    let word = match finding.severity {
                        Severity::Note => "note",
                        Severity::Warning => "warning",
                        Severity::Serious => "important",
                    };
                    self.line(&format!("{word}: {}", finding.told()));
                    if !finding.advice.is_empty() {
                        self.line(&format!("  hint: {}", finding.advice));
                    }
                }
            }
        }
    }
}

/// Control characters of file and column names, shown as escapes.
fn visible(text: &str) -> String {
    text.chars()
        .flat_map(|character| {
            let hidden = (character.is_control() && character != '\n')
                || matches!(character, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
            if hidden { character.escape_unicode().collect() } else { vec![character] }
        })
        .collect()
}

impl Observer for Terminal {
    fn event(&self, event: Event) {
        if self.quiet {
            return;
        }
        if self.log == Log::Json {
            if let Ok(text) = serde_json::to_string(&event) {
                self.line(&text);
            }
            return;
        }
        self.tell(&event);
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn control_and_direction_characters_are_shown_as_escapes() {
        assert_eq!(super::visible("a\u{1b}[2J\u{202e}b"), "a\\u{1b}[2J\\u{202e}b");
    }
}
