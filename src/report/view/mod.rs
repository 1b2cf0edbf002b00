//! The results as finished strings, ready for a template that neither computes nor
//! formats. Absent parts are `None`, and a template leaves them out.

pub(super) mod actions;
mod annex;
pub(super) mod cards;
mod change;
mod churn;
mod compare;
mod decisions;
mod first;
mod rules;
mod trust;
pub(super) mod typical;
mod value;
pub(super) mod worded;

use serde::Serialize;

use crate::chart::{Figure, label, label::Words};
use crate::format;
use crate::results::{Results, SegmentRow, USUAL_TITLE, Verdict};
use crate::words::{self, Language, say};
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
    /// What has changed since the previous run, where there is one.
    change: Option<change::Change>,
    /// The rule segmentations, where there are any.
    rules: Option<rules::Rules>,
    /// Columns down, segments across, to be picked from.
    compare: Option<compare::Compare>,
    /// What customers are expected to bring.
    value: Option<value::ValueView>,
    /// What to do with whom.
    actions: actions::Actions,
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
    /// is inactive.
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
            gone: label::inactive(results).is_none(),
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
fn trust_word(verdict: Verdict) -> String {
    match verdict {
        Verdict::Natural => say!("verdict-natural"),
        Verdict::Reproducible => say!("verdict-reproducible"),
        Verdict::Constructed => say!("verdict-constructed"),
        Verdict::Rule => say!("verdict-rule"),
    }
}

/// The trust word of a row; those in no segment are no group.
pub(super) fn trust_of(row: &SegmentRow) -> String {
    if row.segment_id == 0 { say!("no-group") } else { trust_word(row.verdict) }
}

/// What the trust word means.
fn trust_sentence(verdict: Verdict) -> String {
    match verdict {
        Verdict::Natural => say!("natural-means"),
        Verdict::Reproducible => say!("reproducible-means"),
        Verdict::Constructed => say!("constructed-means"),
        Verdict::Rule => say!("rule-means"),
    }
}

/// Who they are: as the run wrote it, or in another language from the figures.
pub(super) fn portrait(row: &SegmentRow) -> String {
    if words::current() == Language::En || row.traits.is_empty() {
        return format::sentence(&row.portrait, None);
    }
    let parts: Vec<String> = row.portrayed().into_iter().map(cards::told).collect();
    format::sentence(&parts.join(&say!("phrase-between")), None)
}

/// The title that a person gave, else the usual one in the language of the report.
pub(super) fn titled(results: &Results) -> String {
    let title = format::clean(&results.heading.title, 160);
    if title.is_empty() || title == USUAL_TITLE { say!("customer-segments") } else { title }
}

impl View {
    /// Turns results into finished strings.
    pub(super) fn new(results: &Results, figures: &[Figure]) -> Self {
        let words = Words::of(results);
        let shows = Shows::of(results);
        let run = format::clean(&results.heading.run, 120);
        let version = format::clean(&results.method.version, 40);
        Self {
            language: words::current().html().to_owned(),
            title: titled(results),
            colophon: say!("colophon", run = run, version = version),
            shows,
            first: first::First::new(results, shows, &words),
            cards: label::rows(results)
                .map(|row| cards::Card::new(row, results, shows, &words))
                .collect(),
            figures: figures.iter().map(figure).collect(),
            change: change::Change::of(results),
            rules: rules::Rules::of(results),
            compare: compare::Compare::of(results),
            value: label::value(results).map(|value| value::ValueView::new(value, results)),
            actions: actions::Actions::new(results),
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
