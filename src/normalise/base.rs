//! Which columns make the segments: the base.
//!
//! Base and descriptors are kept apart, because a description by the columns that made the
//! segments proves nothing, and because sex and age would otherwise drive a targeting that
//! was meant to follow behaviour (Wedel & Kamakura 2000, Market Segmentation, chapter 2).

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::finding::{Finding, Severity};
use crate::normalise::NormaliseError;
use crate::said::facts;
use crate::table::{BlockKind, Column, Family, FeatureTable, Role, Values};

/// How many columns of a family make a base.
const MIN_COLUMNS: usize = 3;
/// A category with more levels describes unless it is listed.
const MOST_LEVELS: usize = 12;
/// Sums are looked for among at most so many numbers, and of at least so many customers.
const MOST_SUMMED: usize = 300;
const FEWEST_SUMMED: usize = 10;
/// Words in the name of a day that is only known after the outcome.
const AFTERWARDS: [&str; 8] =
    ["churn", "cancel", "terminat", "closed", "left", "leav", "exit", "attrition"];

/// `"auto"`, or a list.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
enum Words {
    /// The word `"auto"`.
    One(String),
    /// Names.
    List(Vec<String>),
}

impl Words {
    fn list(self) -> Result<Option<Vec<String>>, String> {
        match self {
            Self::One(word) if word == "auto" => Ok(None),
            Self::One(_) => Err("expected \"auto\" or a list of names".to_owned()),
            Self::List(names) => Ok(Some(names)),
        }
    }
}

/// What the segments are built on.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "Words", into = "Words")]
pub enum ClusterOn {
    /// Behavioural columns where there are at least 3, else psychographic (the items of a
    /// battery alone, where there is one), else firmographic, else all.
    #[default]
    Auto,
    /// Kinds (`"behavioural"`) or columns.
    Listed(Vec<String>),
}

impl TryFrom<Words> for ClusterOn {
    type Error = String;

    fn try_from(words: Words) -> Result<Self, String> {
        Ok(words.list()?.map_or(Self::Auto, Self::Listed))
    }
}

impl From<ClusterOn> for Words {
    fn from(on: ClusterOn) -> Self {
        match on {
            ClusterOn::Auto => Self::One("auto".to_owned()),
            ClusterOn::Listed(names) => Self::List(names),
        }
    }
}

/// The levels that mean "does not have it".
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "Words", into = "Words")]
pub enum NotApplicable {
    /// Levels that are the same set of at least 10 customers in two columns or more.
    #[default]
    Auto,
    /// Exactly these levels, whatever the column.
    Listed(Vec<String>),
}

impl TryFrom<Words> for NotApplicable {
    type Error = String;

    fn try_from(words: Words) -> Result<Self, String> {
        Ok(words.list()?.map_or(Self::Auto, Self::Listed))
    }
}

impl From<NotApplicable> for Words {
    fn from(rule: NotApplicable) -> Self {
        match rule {
            NotApplicable::Auto => Self::One("auto".to_owned()),
            NotApplicable::Listed(names) => Self::List(names),
        }
    }
}

impl NotApplicable {
    /// Whether a level is meant; `auto` says whether its rows say so.
    pub(crate) fn covers(&self, level: &str, auto: bool) -> bool {
        let plain = |name: &str| name.trim().to_lowercase();
        match self {
            Self::Auto => auto,
            Self::Listed(names) => names.iter().any(|name| plain(name) == plain(level)),
        }
    }
}

/// The columns that make the segments, and why these.
#[derive(Debug, Clone, PartialEq)]
pub struct BaseChoice {
    /// The kind of segmentation: the name of a family, `listed` or `all`.
    pub family: String,
    /// The columns of the base, positions in the table, ascending; at least one.
    pub columns: Vec<usize>,
    /// The columns that describe the segments: all others but the excluded ones.
    pub describing: Vec<usize>,
    /// Those that describe and do not follow from the base: what the segments explain of
    /// them can be evidence. A sum of two columns of the base would be explained anyhow.
    pub evidence: Vec<usize>,
    /// Why, one sentence in plain words, lower case, no final stop.
    pub reason: String,
    /// What a reader should know of the choice.
    pub findings: Vec<Finding>,
}

impl BaseChoice {
    /// Leaves out columns that say nothing: they make no segments, they only describe them.
    pub fn keep(&mut self, tells: impl Fn(usize) -> bool) {
        let n = self.columns.len();
        let (kept, lost) = self.columns.iter().partition(|&&at| tells(at));
        (self.columns, self.describing) =
            (kept, [lost, std::mem::take(&mut self.describing)].concat());
        self.describing.sort_unstable();
        // How many there are stands in the reason.
        let count = |n: usize| format!(" {n} ");
        self.reason = self.reason.replacen(&count(n), &count(self.columns.len()), 1);
    }
}

/// Chooses the base. Columns named in `excluded` (leaks) and days that are only known
/// after the outcome are never in it.
///
/// # Errors
///
/// A listed name that is neither a kind nor a column; no column left.
pub fn choose(
    table: &FeatureTable,
    on: &ClusterOn,
    excluded: &[String],
) -> Result<BaseChoice, NormaliseError> {
    let columns = table.columns();
    let barred = |column: &Column| excluded.contains(&column.name);
    let allowed: Vec<usize> = (0..columns.len())
        .filter(|&at| !barred(&columns[at]) && !is_day_of_outcome(table, &columns[at]))
        .collect();
    let (family, base, reason, (sums, findings)) = match on {
        ClusterOn::Auto => automatic(columns, &allowed),
        ClusterOn::Listed(names) => listed(columns, &allowed, names)?,
    };
    if base.is_empty() {
        let excluded = columns.len() - allowed.len();
        return Err(NormaliseError::NoBase { columns: columns.len(), excluded });
    }
    let describing: Vec<usize> =
        (0..columns.len()).filter(|at| !base.contains(at) && !barred(&columns[*at])).collect();
    let evidence = describing.iter().copied().filter(|at| !sums.contains(at)).collect();
    Ok(BaseChoice { family, columns: base, describing, evidence, reason, findings })
}

/// Family, base, reason, and the sums that left the base with what was noticed.
type Chosen = (String, Vec<usize>, String, (Vec<usize>, Vec<Finding>));

fn automatic(columns: &[Column], allowed: &[usize]) -> Chosen {
    let of = |family: Family| -> Vec<usize> {
        let fits = |&at: &usize| columns[at].family == family && !is_wide(&columns[at]);
        allowed.iter().copied().filter(fits).collect()
    };
    for (family, says) in [
        (Family::Behavioural, "what customers do says most about what to offer them"),
        (Family::Psychographic, "what customers think and want says most about what to tell them"),
        (Family::Firmographic, "size and kind of a company say most about what it needs"),
    ] {
        let (base, what) = items_first(columns, of(family));
        if base.len() >= MIN_COLUMNS {
            let (base, noticed) = without_sums(columns, base);
            let reason = format!(
                "built on the {} {} {what}, because {says}; the other columns describe the segments",
                base.len(),
                family.name(),
            );
            return (family.name().to_owned(), base, reason, noticed);
        }
    }
    let reason = format!(
        "built on all {} columns, because no kind that makes segments has at least {MIN_COLUMNS}",
        allowed.len(),
    );
    let finding = Finding::new(
        "base-of-all-columns",
        Severity::Warning,
        facts!(
            behavioural = of(Family::Behavioural).len(),
            psychographic = of(Family::Psychographic).len(),
            firmographic = of(Family::Firmographic).len(),
            least = MIN_COLUMNS,
            n = allowed.len(),
        ),
    )
    .count(allowed.len());
    ("all".to_owned(), allowed.to_vec(), reason, (Vec::new(), vec![finding]))
}

/// Whether a category has so many levels without an order that nearly every two customers
/// differ in it: what was bought first says much of a customer and makes no segment.
fn is_wide(column: &Column) -> bool {
    matches!(&column.values, Values::Category { levels, ordered: false, .. } if levels.len() > MOST_LEVELS)
}

/// Of columns that hold a battery of survey items the items alone: an overall judgement
/// beside them would count what they add up to once more.
fn items_first(columns: &[Column], found: Vec<usize>) -> (Vec<usize>, &'static str) {
    let is_item = |at: &usize| {
        columns[*at].block.as_ref().is_some_and(|block| block.kind == BlockKind::Items)
    };
    let items: Vec<usize> = found.iter().copied().filter(is_item).collect();
    if items.len() >= MIN_COLUMNS { (items, "items") } else { (found, "columns") }
}

/// The columns without those that are, for every customer, the sum of two others of them: in
/// distances a sum counts both parts once more, and says nothing that they do not. It
/// describes. At least three columns stay.
fn without_sums(
    columns: &[Column],
    mut base: Vec<usize>,
) -> (Vec<usize>, (Vec<usize>, Vec<Finding>)) {
    let numbers: Vec<(usize, &[f64])> =
        base.iter().filter_map(|&at| Some((at, plain_numbers(&columns[at])?))).collect();
    let (mut sums, mut findings) = (Vec::new(), Vec::new());
    if numbers.len() > MOST_SUMMED {
        return (base, (sums, findings));
    }
    for &(sum, values) in &numbers {
        let parts: Vec<&(usize, &[f64])> =
            numbers.iter().filter(|(at, _)| *at != sum && base.contains(at)).collect();
        let pair = (0..parts.len())
            .flat_map(|a| (a + 1..parts.len()).map(move |b| (a, b)))
            .find(|&(a, b)| is_sum(values, parts[a].1, parts[b].1));
        let Some((a, b)) = pair.filter(|_| base.len() > MIN_COLUMNS) else { continue };
        base.retain(|&at| at != sum);
        sums.push(sum);
        let name = |at: usize| columns[at].name.as_str();
        let told = facts!(sum = name(sum), a = name(parts[a].0), b = name(parts[b].0));
        findings.push(Finding::new("sum-describes", Severity::Note, told).column(name(sum)));
    }
    (base, (sums, findings))
}

/// The values of a number that belongs to no block.
fn plain_numbers(column: &Column) -> Option<&[f64]> {
    match &column.values {
        Values::Number(values)
            if column.role == Role::Number
                && column.block.is_none()
                && values.len() >= FEWEST_SUMMED =>
        {
            Some(values)
        }
        _ => None,
    }
}

/// Whether a number is the sum of two others for every customer, and neither part is 0
/// for all of them.
fn is_sum(sum: &[f64], a: &[f64], b: &[f64]) -> bool {
    let mut rows = sum.iter().zip(a).zip(b);
    // What two decimal numbers lose when they are added.
    let adds =
        |((sum, a), b): ((&f64, &f64), &f64)| (sum - (a + b)).abs() <= 1e-12 * (a.abs() + b.abs());
    let something = |values: &[f64]| values.iter().any(|&value| value != 0.0);
    rows.all(adds) && something(a) && something(b)
}

/// The other half of each place of which one half is listed: one alone is no place.
fn whole_places(columns: &[Column], allowed: &[usize], base: &mut BTreeSet<usize>) {
    let is_half = |column: &Column| {
        let kind = column.block.as_ref().map(|block| block.kind);
        matches!(kind, Some(BlockKind::Latitude | BlockKind::Longitude))
    };
    let halves: Vec<usize> = base.iter().copied().filter(|&at| is_half(&columns[at])).collect();
    for half in halves {
        let name = columns[half].block.as_ref().map(|block| &block.name);
        let others = allowed.iter().copied().filter(|&at| {
            is_half(&columns[at]) && columns[at].block.as_ref().map(|block| &block.name) == name
        });
        base.extend(others);
    }
}

fn listed(
    columns: &[Column],
    allowed: &[usize],
    names: &[String],
) -> Result<Chosen, NormaliseError> {
    let mut base = BTreeSet::new();
    let mut barred = BTreeSet::new();
    let mut families = BTreeSet::new();
    for name in names {
        if let Some(at) = columns.iter().position(|column| column.name == *name) {
            if allowed.contains(&at) {
                base.insert(at)
            } else {
                barred.insert(at)
            };
            families.insert("listed");
        } else if let Some(family) = family_called(name) {
            base.extend(allowed.iter().copied().filter(|&at| columns[at].family == family));
            families.insert(family.name());
        } else {
            return Err(NormaliseError::UnknownBase { name: name.clone(), columns: columns.len() });
        }
    }
    whole_places(columns, allowed, &mut base);
    let findings = barred
        .into_iter()
        .map(|at| {
            Finding::new("excluded-from-base", Severity::Warning, facts!(name = &columns[at].name))
                .column(&columns[at].name)
        })
        .collect();
    let family = match families.first() {
        Some(only) if families.len() == 1 => (*only).to_owned(),
        _ => "listed".to_owned(),
    };
    let reason = format!("built on the {} columns that features.cluster-on asks for", base.len());
    Ok((family, base.into_iter().collect(), reason, (Vec::new(), findings)))
}

/// A family by its name, British or American, in any case.
fn family_called(name: &str) -> Option<Family> {
    let name = name.trim().to_lowercase().replace("behavioral", "behavioural");
    Family::ALL.into_iter().find(|family| family.name() == name)
}

/// A day such as the end of a contract, which only exists once the outcome is known.
fn is_day_of_outcome(table: &FeatureTable, column: &Column) -> bool {
    let name = column.name.to_lowercase();
    column.role == Role::Date
        && table.outcome().is_some()
        && AFTERWARDS.iter().any(|word| name.contains(word))
}
