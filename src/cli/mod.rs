//! The program: commands, terminal, exit codes. The only room that knows `anyhow`.

mod audience;
mod check;
mod completions;
mod config;
mod erase;
mod exit;
mod experiment;
mod explore;
mod init;
mod metrics;
mod model;
mod options;
mod report;
mod run;
mod runs;
mod score;
mod supervise;
mod synth;
mod terminal;
mod worker;

use clap::{Parser, Subcommand};

pub use exit::exit_code;
use options::Global;
use terminal::Terminal;

/// Finds the segments in a customer base, proves how far each can be trusted, says who
/// is likely to leave, and writes the report.
#[derive(Debug, Parser)]
#[command(name = "kohort", version = version(), arg_required_else_help = true, max_term_width = 100)]
#[command(after_help = "Example: kohort run customers.csv --out segments\n\n\
    Exit codes: 0 ok, 2 usage or config, 3 input rejected, 4 resource limit, 5 output,\n\
    6 locked by another run, 7 model rejected, 8 refused under --gate, 70 internal error,\n\
    130/143 interrupted.")]
struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Read a table, guess each column's role, and write a commented config
    Init(init::Args),
    /// Load and validate: row accounting, every finding, what would be used; no modelling
    Check(check::Args),
    /// Compare methods and numbers of segments side by side, before a run
    Explore(explore::Args),
    /// The whole pipeline: segments, churn, figures, report, published as one run
    Run(run::Args),
    /// Assign new customers with a frozen model; never refits
    Score(score::Args),
    /// Render a run's report again from its numbers; never writes into the run
    Report(report::Args),
    /// Write a list of the customers of some segments, in the form that a platform takes
    Audience(audience::Args),
    /// Plan an experiment inside segments, and read it out
    Experiment(experiment::Args),
    /// Print the frozen model as one SQL statement or as readable JSON
    Model(model::Args),
    /// Remove people from every run of an output folder
    Erase(erase::Args),
    /// Write generated customers whose true segments are known
    Synth(synth::Args),
    /// Print every config key with its default, or the JSON Schema for editors
    Config(config::Args),
    /// Print a completion script for a shell
    Completions(completions::Args),
    /// The child that does the work of `run`
    #[command(hide = true)]
    Worker,
}

/// The version with the commit it was built from.
fn version() -> &'static str {
    concat!(env!("CARGO_PKG_VERSION"), " (", env!("KOHORT_COMMIT"), ")")
}

/// Runs the program and returns its exit code.
#[must_use]
pub fn main() -> i32 {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version go to stdout and are no failure; a closed pipe is none either.
            let _ = error.print();
            return if error.use_stderr() { 2 } else { 0 };
        }
    };
    let terminal = Terminal::new(&cli.global);
    let outcome = match cli.command {
        Command::Init(args) => init::main(&args, &cli.global, &terminal),
        Command::Check(args) => check::main(&args, &cli.global, &terminal),
        Command::Explore(args) => explore::main(&args, &cli.global, &terminal),
        Command::Run(args) => run::main(&args, &cli.global, &terminal),
        Command::Score(args) => score::main(&args, &cli.global, &terminal),
        Command::Report(args) => report::main(&args, &cli.global, &terminal),
        Command::Audience(args) => audience::main(&args, &cli.global, &terminal),
        Command::Experiment(args) => experiment::main(&args, &cli.global, &terminal),
        Command::Model(args) => model::main(&args, &cli.global, &terminal),
        Command::Erase(args) => erase::main(&args, &cli.global, &terminal),
        Command::Synth(args) => synth::main(&args, &cli.global, &terminal),
        Command::Config(args) => config::main(&args, &terminal),
        Command::Completions(args) => completions::main(&args, &terminal),
        Command::Worker => return worker::main(),
    };
    match outcome {
        Ok(()) => 0,
        Err(error) => {
            terminal.failure(&error);
            exit_code(&error)
        }
    }
}
