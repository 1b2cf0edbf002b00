//! The words of report, figures and workbook in five languages, as Fluent files.
//!
//! A report is written within a language (`within`); `say!` looks a message up there, and
//! `format` writes numbers and days as that language does. The language belongs to the
//! thread that writes, so two reports can be written at once.

use std::cell::Cell;
use std::sync::OnceLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::types::{FluentNumber, FluentNumberOptions};
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use unic_langid::LanguageIdentifier;

/// The languages a report is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Language {
    /// English.
    #[default]
    En,
    /// Danish.
    Da,
    /// Norwegian, bokmål.
    Nb,
    /// Romanian.
    Ro,
    /// Chinese, simplified.
    Zh,
}

impl Language {
    /// All of them, in the order of the files below.
    pub const ALL: [Self; 5] = [Self::En, Self::Da, Self::Nb, Self::Ro, Self::Zh];

    /// The word used in the config, which is its tag as well.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Da => "da",
            Self::Nb => "nb",
            Self::Ro => "ro",
            Self::Zh => "zh",
        }
    }

    /// The tag for HTML: Chinese says its script.
    #[must_use]
    pub fn html(self) -> &'static str {
        if self == Self::Zh { "zh-Hans" } else { self.tag() }
    }

    /// The language of a tag such as `en` or `da-DK`; `None` where there is none.
    #[must_use]
    pub fn of(tag: &str) -> Option<Self> {
        let first = tag.split(['-', '_']).next().unwrap_or_default();
        Self::ALL.into_iter().find(|language| language.tag() == first)
    }
}

thread_local! {
    static CURRENT: Cell<Language> = const { Cell::new(Language::En) };
}

/// The language that this thread writes in.
#[must_use]
pub fn current() -> Language {
    CURRENT.get()
}

/// Runs `write` in a language; afterwards the thread has the one it had.
pub fn within<T>(language: Language, write: impl FnOnce() -> T) -> T {
    /// Goes back even when `write` panics.
    struct Back(Language);
    impl Drop for Back {
        fn drop(&mut self) {
            CURRENT.set(self.0);
        }
    }
    let _back = Back(CURRENT.replace(language));
    write()
}

/// What is put into a message.
#[derive(Debug, Clone, PartialEq)]
pub enum Arg {
    /// A text that is shown as it is.
    Text(String),
    /// A count, which chooses between singular and plural.
    Count(u64),
}

impl From<&str> for Arg {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Arg {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&String> for Arg {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

impl From<u64> for Arg {
    fn from(n: u64) -> Self {
        Self::Count(n)
    }
}

impl From<usize> for Arg {
    fn from(n: usize) -> Self {
        Self::Count(n as u64)
    }
}

impl From<u32> for Arg {
    fn from(n: u32) -> Self {
        Self::Count(u64::from(n))
    }
}

impl From<u8> for Arg {
    fn from(n: u8) -> Self {
        Self::Count(u64::from(n))
    }
}

/// A message in the language of the thread: `say!("first-lead", n = 3, day = day)`.
macro_rules! say {
    ($id:expr $(, $key:ident = $value:expr)* $(,)?) => {
        $crate::words::tell($id, &[$((stringify!($key), $crate::words::Arg::from($value))),*])
    };
}
pub(crate) use say;

/// A message of the language of the thread; in English where the language lacks it, and
/// its id, without anything that is not of an id, where there is none (tests find both).
#[must_use]
pub fn tell(id: &str, args: &[(&str, Arg)]) -> String {
    look(current(), id, args).or_else(|| look(Language::En, id, args)).unwrap_or_else(|| bare(id))
}

/// An id without anything that is not of an id.
#[must_use]
pub(crate) fn bare(id: &str) -> String {
    id.chars().filter(|&c| c.is_ascii_alphanumeric() || c == '-').collect()
}

/// A message of the language of the thread, or its attribute where the id ends in one, such
/// as `finding-twins.advice`; `None` where it lacks it or asks for what is not in `args`.
#[must_use]
pub(crate) fn find(id: &str, args: &[(&str, Arg)]) -> Option<String> {
    let (text, is_whole) = write(current(), id, args)?;
    is_whole.then_some(text)
}

/// A message of one language.
fn look(language: Language, id: &str, args: &[(&str, Arg)]) -> Option<String> {
    let (text, is_whole) = write(language, id, args)?;
    debug_assert!(is_whole, "{id} asks for more than {args:?}");
    Some(text)
}

/// A message of one language, and whether everything was there that it asks for.
fn write(language: Language, id: &str, args: &[(&str, Arg)]) -> Option<(String, bool)> {
    let bundle = &bundles()[language as usize];
    let pattern = match id.split_once('.') {
        Some((id, attribute)) => bundle.get_message(id)?.get_attribute(attribute)?.value(),
        None => bundle.get_message(id)?.value()?,
    };
    let mut filled = FluentArgs::new();
    for (name, arg) in args {
        match arg {
            Arg::Text(text) => filled.set(*name, FluentValue::from(text.as_str())),
            Arg::Count(n) => filled.set(*name, counted(language, *n)),
        }
    }
    let mut faults = Vec::new();
    let text = bundle.format_pattern(pattern, Some(&filled), &mut faults).into_owned();
    Some((text, faults.is_empty()))
}

/// A count as Fluent takes it. In Romanian, counts whose last two digits are 01 to 19 take
/// the form of 2 to 19 („803 clienți”, not „803 de clienți”; Unicode CLDR, plural rules), which
/// Fluent's rules know of 2 to 19 alone: these go there as 2, with what is shown beside it.
fn counted(language: Language, n: u64) -> FluentValue<'static> {
    let is_few = language == Language::Ro && n > 19 && (1..=19).contains(&(n % 100));
    if !is_few {
        return FluentValue::from(n);
    }
    let options = FluentNumberOptions { currency: Some(n.to_string()), ..Default::default() };
    FluentValue::Number(FluentNumber::new(2.0, options))
}

/// What stands between thousands, and what before decimals.
#[must_use]
pub(crate) fn marks() -> (&'static str, &'static str) {
    match current() {
        Language::En | Language::Zh => (",", "."),
        Language::Da | Language::Ro => (".", ","),
        Language::Nb => ("\u{a0}", ","),
    }
}

/// What ends a sentence.
pub(crate) fn full_stop() -> char {
    if current() == Language::Zh { '。' } else { '.' }
}

/// Puts a mark after every third digit from the right.
pub(crate) fn grouped(digits: &str) -> String {
    let mark = marks().0;
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, c) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push_str(mark);
        }
        out.push(c);
    }
    out
}

/// The files of one language: the page, what findings say, the other sentences that a run
/// stores, and short texts that are recognised by their English.
macro_rules! files {
    ($tag:literal) => {
        [
            include_str!(concat!($tag, ".ftl")),
            include_str!(concat!("findings/", $tag, ".ftl")),
            include_str!(concat!("stored/", $tag, ".ftl")),
            include_str!(concat!("phrases/", $tag, ".ftl")),
        ]
    };
}

/// The files, in the order of `Language::ALL`.
const FILES: [[&str; 4]; 5] =
    [files!("en"), files!("da"), files!("nb"), files!("ro"), files!("zh")];

/// The short texts that are recognised, in English: id and text.
pub(crate) fn phrases() -> impl Iterator<Item = (&'static str, &'static str)> {
    FILES[0][3]
        .lines()
        .filter(|line| line.starts_with("phrase-") && !line.starts_with("phrase-between"))
        .filter_map(|line| line.split_once(" = "))
}

/// A bundle for each language.
fn bundles() -> &'static [FluentBundle<FluentResource>] {
    static BUNDLES: OnceLock<Vec<FluentBundle<FluentResource>>> = OnceLock::new();
    BUNDLES.get_or_init(|| {
        Language::ALL
            .into_iter()
            .zip(FILES)
            .map(|(language, files)| bundle(language, files))
            .collect()
    })
}

/// The files of a language as a bundle.
fn bundle(language: Language, files: [&str; 4]) -> FluentBundle<FluentResource> {
    let tag: LanguageIdentifier = language.tag().parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![tag]);
    // Marks around what is put in would be seen as boxes in figures.
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(|value, _| match value {
        FluentValue::Number(n) => Some(match &n.options.currency {
            Some(shown) => grouped(shown),
            None => grouped(&format!("{:.0}", n.value)),
        }),
        _ => None,
    }));
    for file in files {
        // What is wrong in a file is left out, and a test fails.
        let resource = FluentResource::try_new(file.to_owned()).unwrap_or_else(|(sound, _)| sound);
        bundle.add_resource_overriding(resource);
    }
    bundle
}

#[cfg(test)]
mod tests;
