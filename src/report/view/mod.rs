//! The results as finished strings, ready for a template that neither computes nor
//! formats. Absent parts are `None`, and a template leaves them out.

mod annex;
mod cards;
mod churn;
mod first;
mod rules;
mod trust;

use serde::Serialize;

use crate::chart::{Figure, label, label::Words};
use crate::format;
use crate::results::{Results, SegmentRow, Verdict};
pub(super) use first::lead;

/// The whole report.
#[derive(Debug, Serialize)]
pub(super) struct View {
    /// The language of the texts, for the `lang` attribute.
    language: String,
    /// The title.
    title: String,
    /// The run and the program.
    colophon: String,
    /// Which columns the tables have.
    shows: Shows,
    /// How the outcome is spoken of.
    words: WordsView,
    /// The first page.
    first: first::First,
    /// A card for each segment.
    cards: Vec<cards::Card>,
    /// Title, caption and alternative text of each figure, in order.
    figures: Vec<FigureView>,
    /// The rule segmentations, where there are any.
    rules: Option<rules::Rules>,
    /// Who is likely to leave.
    churn: churn::Churn,
    /// How far to trust it.
    trust: trust::Trust,
    /// Where the figures come from.
    data: annex::Data,
    /// How the run was made.
    pub(super) method: annex::Method,
    /// The terms used.
    glossary: Vec<Named>,
}

/// Which columns there are numbers for: a column without any is not shown at all.
#[derive(Debug, Clone, Copy, Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "one switch per column of a table")]
pub(super) struct Shows {
    /// Shares of value and value per customer.
    value: bool,
    /// Probabilities.
    likely: bool,
    /// Observed shares with the outcome.
    observed: bool,
    /// Value at risk.
    at_risk: bool,
    /// Contact list.
    contact: bool,
    /// Who is in no list because of a known outcome: not told where orders alone tell who
    /// has lapsed.
    gone: bool,
}

impl Shows {
    /// Looks which numbers any segment has.
    fn of(results: &Results) -> Self {
        let any = |has: fn(&SegmentRow) -> bool| label::rows(results).any(has);
        Self {
            value: any(|row| row.value.is_some() || row.value_share.is_some()),
            likely: any(|row| row.churn_mean.is_some()),
            observed: any(|row| row.churn_observed.is_some()),
            at_risk: any(|row| row.value_at_risk.is_some()),
            contact: any(|row| row.contact > 0),
            gone: label::lapsed(results).is_none(),
        }
    }
}

/// How the outcome is spoken of.
#[derive(Debug, Serialize)]
struct WordsView {
    likely: String,
    happened: String,
    those: String,
    others: String,
    chance: String,
}

/// A figure's texts.
#[derive(Debug, Serialize)]
struct FigureView {
    number: u8,
    file: String,
    title: String,
    caption: String,
    drawn: bool,
}

/// Something with a name.
#[derive(Debug, Serialize)]
pub(super) struct Named {
    /// The name.
    pub(super) name: String,
    /// What it is.
    pub(super) text: String,
}

impl Named {
    /// A name and what it is.
    fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self { name: name.into(), text: text.into() }
    }
}

/// A segment's sign and name.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Sign {
    /// The id as shown.
    id: String,
    /// The colour class, `s1` to `s12`, `s0` for none.
    class: String,
    /// The name.
    name: String,
    /// The anchor of its card.
    anchor: String,
}

impl Sign {
    /// The sign of a segment.
    fn of(row: &SegmentRow) -> Self {
        let id = row.segment_id;
        let class = id.checked_sub(1).map_or(0, |at| at % 12 + 1);
        Self {
            id: if id == 0 { "–".to_owned() } else { id.to_string() },
            class: format!("s{class}"),
            name: label::name(row),
            anchor: format!("segment-{id}"),
        }
    }
}

/// A share, or that it is withheld.
fn share_cell(share: Option<f64>, min_cell: usize) -> String {
    share.map_or_else(|| format::withheld(min_cell), format::percent)
}

/// Money, or that it is withheld.
fn money_cell(money: Option<f64>, results: &Results) -> String {
    let heading = &results.heading;
    money.map_or_else(
        || format::withheld(heading.min_cell),
        |money| format::money(money, &heading.currency),
    )
}

/// The trust word of a verdict.
fn trust_word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Natural => "Real group",
        Verdict::Reproducible => "Reliable cut",
        Verdict::Constructed => "Rough cut",
        Verdict::Rule => "Rule",
    }
}

/// The trust word of a row; those in no segment are no group.
pub(super) fn trust_of(row: &SegmentRow) -> String {
    if row.segment_id == 0 { "No group".to_owned() } else { trust_word(row.verdict).to_owned() }
}

/// What the trust word means.
fn trust_sentence(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Natural => "There is a gap between these customers and all others.",
        Verdict::Reproducible => {
            "The same customers come together each time; but there is no gap at the border."
        }
        Verdict::Constructed => {
            "Useful for planning, but customers near the border could as well belong elsewhere."
        }
        Verdict::Rule => "Defined by a rule, not found in the data.",
    }
}

/// The language tag: the texts are English whatever the config says, so only the kinds
/// of English are passed on.
fn language(tag: &str) -> String {
    let plain = tag.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') && tag.len() <= 35;
    let english = tag == "en" || tag.starts_with("en-");
    if plain && english { tag.to_owned() } else { "en".to_owned() }
}

impl View {
    /// Turns results into finished strings.
    pub(super) fn new(results: &Results, figures: &[Figure]) -> Self {
        let words = Words::of(results);
        let shows = Shows::of(results);
        let title = format::clean(&results.heading.title, 160);
        let run = format::clean(&results.heading.run, 120);
        let version = format::clean(&results.method.version, 40);
        Self {
            language: language(&results.heading.language),
            title: if title.is_empty() { "Customer segments".to_owned() } else { title },
            colophon: format!("Run {run}, written by kohort {version}"),
            shows,
            first: first::First::new(results, shows, &words),
            cards: label::rows(results)
                .map(|row| cards::Card::new(row, results, shows, &words))
                .collect(),
            figures: figures.iter().map(figure).collect(),
            rules: rules::Rules::of(results),
            churn: churn::Churn::new(results, shows),
            trust: trust::Trust::new(results),
            data: annex::Data::new(results),
            method: annex::Method::new(results),
            glossary: annex::glossary(results, shows, &words),
            words: WordsView {
                likely: words.likely,
                happened: words.happened,
                those: words.those,
                others: words.others,
                chance: words.chance,
            },
        }
    }
}

/// A figure's texts.
fn figure(figure: &Figure) -> FigureView {
    FigureView {
        number: figure.number,
        file: figure.name.clone(),
        title: figure.title.clone(),
        caption: figure.caption.clone(),
        drawn: figure.not_drawn.is_none(),
    }
}
