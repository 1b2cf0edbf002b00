//! `kohort audience`: the customers of some segments as a platform takes them.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::{Args as ClapArgs, ValueEnum};

use super::options::{Format, Global};
use super::runs::{outside, put_private, run_folder};
use super::terminal::Terminal;
use crate::audience::{Counts, Entry, Platform, delta};
use crate::config::{Override, load};
use crate::export::sheet::{Cells, Sheet};
use crate::fault::Class;
use crate::pipeline::Failure;
use crate::pipeline::audience::{Request, audience, earlier};

/// Who a list is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum For {
    /// Google Customer Match: hashed addresses and telephone numbers
    Google,
    /// Meta custom audience: hashed addresses, numbers, names and countries
    Meta,
    /// LinkedIn company list: companies and websites, not hashed
    Linkedin,
    /// A tool of your own: ids, addresses and numbers, not hashed
    Csv,
    /// A bidding system: hashed addresses with a priority from 1 to 10
    Bid,
}

impl From<For> for Platform {
    fn from(platform: For) -> Self {
        match platform {
            For::Google => Self::Google,
            For::Meta => Self::Meta,
            For::Linkedin => Self::Linkedin,
            For::Csv => Self::Csv,
            For::Bid => Self::Bid,
        }
    }
}

/// Write a list of the customers of some segments, in the form that a platform takes.
///
/// Only who has consented and has not opted out is in a list; who is held out to measure
/// what contacts achieve, or has left, never is. Addresses that cannot be one are counted
/// and not hashed. Where the file is there already, what to add and what to remove since
/// then is written beside it. Hashes are personal data too.
#[derive(Debug, ClapArgs)]
#[command(after_help = "Example: kohort audience current --segment 2,5 --for google \
    --contacts contacts.csv -o list.csv")]
pub(super) struct Args {
    /// A run folder, an output folder, `current`, an as-of day or the first letters of a name
    #[arg(help_heading = "Input")]
    run: String,
    /// The segments by their ids
    #[arg(
        long,
        value_name = "IDS",
        value_delimiter = ',',
        required = true,
        help_heading = "Input"
    )]
    segment: Vec<u32>,
    /// The table of contacts [default: audience.contacts of the config]
    #[arg(long, value_name = "TABLE", help_heading = "Input")]
    contacts: Option<PathBuf>,
    /// Override a key of [audience], such as audience.email=mail
    #[arg(long = "set", value_name = "KEY=VALUE", help_heading = "Input")]
    set: Vec<Override>,
    /// Who the list is for
    #[arg(long = "for", value_enum, value_name = "PLATFORM", help_heading = "Output")]
    platform: For,
    /// The list that was sent last, to say what to add and remove [default: the file at -o]
    #[arg(long, value_name = "FILE", help_heading = "Input")]
    since: Option<PathBuf>,
    /// The file to write
    #[arg(short, long, value_name = "FILE", help_heading = "Output")]
    out: PathBuf,
}

pub(super) fn main(args: &Args, _: &Global, terminal: &Terminal) -> anyhow::Result<()> {
    let run = run_folder(&args.run)?;
    outside(&args.out, &run)?;
    for change in &args.set {
        if !change.key.starts_with("audience.") {
            return Err(usage(&format!(
                "--set {}: only keys of [audience] matter here",
                change.key
            )));
        }
    }
    let columns = load(&run.join("kohort.toml"), &args.set).map_err(Failure::from)?.audience;
    let contacts = match &args.contacts {
        Some(path) => path.clone(),
        None if columns.contacts.is_empty() => return Err(usage("no table of contacts is given")),
        None => PathBuf::from(&columns.contacts),
    };
    let platform: Platform = args.platform.into();
    let request = Request {
        run: &run,
        segments: &args.segment,
        platform,
        contacts: &contacts,
        columns: &columns,
    };
    let before =
        before(args.since.as_deref().unwrap_or(&args.out), args.since.is_some(), platform)?;
    let list = audience(&request)?;
    let mut written = Vec::new();
    let mut put = |path: PathBuf, entries: &BTreeSet<Entry>| -> anyhow::Result<()> {
        put_private(&path, csv(platform, entries).as_bytes())?;
        written.push((path.display().to_string(), entries.len()));
        Ok(())
    };
    if let Some(before) = before {
        let (add, remove) = delta(&before, &list.entries);
        put(beside(&args.out, "add"), &add)?;
        put(beside(&args.out, "remove"), &remove)?;
    }
    put(args.out.clone(), &list.entries)?;
    match terminal.format() {
        Format::Json => terminal.result(&serde_json::to_string(&serde_json::json!({
            "for": platform.name(),
            "segments": args.segment,
            "written": written.iter().map(|(path, lines)| serde_json::json!({
                "path": path, "lines": lines,
            })).collect::<Vec<_>>(),
            "counts": list.counts,
        }))?),
        Format::Text => terminal.answer(&told(&list.counts, &written, platform)),
    }
}

fn usage(message: &str) -> anyhow::Error {
    Failure {
        code: "E-CFG-058".into(),
        class: Class::Config,
        message: message.to_owned(),
        hint: Some("see `kohort audience --help`".into()),
    }
    .into()
}

/// The list that was sent last; none where there is none. A file of another kind is never
/// written over.
fn before(path: &Path, asked: bool, platform: Platform) -> anyhow::Result<Option<BTreeSet<Entry>>> {
    if !asked && !path.exists() {
        return Ok(None);
    }
    let text = std::fs::read_to_string(path)
        .map_err(|_| usage(&format!("{} cannot be read as an earlier list", path.display())))?;
    earlier(&text, platform).map(Some).ok_or_else(|| {
        usage(&format!("{} is no earlier list for {}", path.display(), platform.name()))
    })
}

/// `list.csv` to `list.add.csv`.
fn beside(path: &Path, word: &str) -> PathBuf {
    let extension = path.extension().map(|text| text.to_string_lossy().into_owned());
    path.with_extension(extension.map_or_else(|| word.to_owned(), |text| format!("{word}.{text}")))
}

fn csv(platform: Platform, entries: &BTreeSet<Entry>) -> String {
    let mut sheet = Sheet::new();
    for (at, name) in platform.header().iter().enumerate() {
        // Nothing and an empty text are the same here, and platforms expect no quotes.
        let cell = |entry: &Entry| entry.0.get(at).filter(|text| !text.is_empty()).cloned();
        sheet.push(*name, Cells::Text(entries.iter().map(cell).collect()));
    }
    sheet.to_csv()
}

fn told(counts: &Counts, written: &[(String, usize)], platform: Platform) -> String {
    use std::fmt::Write as _;
    let mut text = String::new();
    let _ = writeln!(
        text,
        "{} of {} customers of these segments with a contact are listed for {}",
        counts.listed,
        counts.customers,
        platform.name()
    );
    let left_out = [
        (counts.withheld, "held out to measure what contacts achieve, or gone"),
        (counts.suppressed, "have opted out"),
        (counts.no_consent, "have not consented"),
        (counts.shared, "share their address with somebody who may not be contacted"),
        (counts.unreachable, "have no usable address"),
    ];
    for (n, why) in left_out.into_iter().filter(|(n, _)| *n > 0) {
        let _ = writeln!(text, "  {n:>7}  {why}");
    }
    let invalid = [
        (counts.invalid_emails, "e-mail addresses cannot be one, and were not used"),
        (counts.invalid_phones, "telephone numbers cannot be one, and were not used"),
    ];
    for (n, what) in invalid.into_iter().filter(|(n, _)| *n > 0) {
        let _ = writeln!(text, "  {n:>7}  {what}");
    }
    for (path, lines) in written {
        let _ = writeln!(text, "Written: {path} ({lines} lines)");
    }
    if platform != Platform::Linkedin {
        text.push_str("The list is personal data, hashed or not.\n");
    }
    text
}
