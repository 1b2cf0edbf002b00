//! `kohort completions`: a script that completes commands in a shell.

use clap::{Args as ClapArgs, CommandFactory};
use clap_complete::Shell;

use super::terminal::Terminal;

/// Print a completion script for a shell.
#[derive(Debug, ClapArgs)]
#[command(
    after_help = "Example: kohort completions bash > ~/.local/share/bash-completion/completions/kohort"
)]
pub(super) struct Args {
    /// The shell
    shell: Shell,
}

pub(super) fn main(args: &Args, terminal: &Terminal) -> anyhow::Result<()> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut super::Cli::command(), "kohort", &mut script);
    terminal.result(&String::from_utf8_lossy(&script))
}
