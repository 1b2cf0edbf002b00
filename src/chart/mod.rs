//! Figures drawn from finished results: SVG, and PNG from the same SVG.
//!
//! Charts compute no statistic. A figure whose numbers are missing becomes a box that
//! says why; no figure ever fails a run.

mod alive;
mod axis;
mod branches;
pub(crate) mod calibration;
mod change;
mod choice;
mod churn;
mod classes;
mod clustergram;
mod cohorts;
mod contributions;
mod curve;
mod drivers;
mod evaluation;
mod expected;
mod frame;
mod heatmap;
mod indices;
pub(crate) mod label;
mod lift;
mod multiples;
mod neighbours;
mod pareto;
mod place_map;
mod places;
mod png;
mod profit;
mod projection;
mod rfm_grid;
mod roc;
mod sensitivity;
mod silhouette;
mod sizes;
mod snake;
mod spread;
mod stability;
pub mod theme;

use crate::fault::{Class, Fault};
use crate::results::{Exploration, Results};
use crate::words::say;
pub(crate) use lift::at_budget;
pub use png::png;
pub(crate) use theme::TYPEFACES;
pub use theme::Theme;

/// The typeface of Chinese texts, OpenType: the glyphs of the program's own messages.
pub(crate) fn chinese() -> &'static [u8] {
    frame::CHINESE
}

/// One finished figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// Its number, from 1; stands first in its name. 21 to 23 are of what has changed.
    pub number: u8,
    /// The name of its file, without an ending: `01-segment-sizes`.
    pub name: String,
    /// What it shows, one line.
    pub title: String,
    /// What it says, for somebody who cannot see it.
    pub alt: String,
    /// How to read it, in plain words.
    pub caption: String,
    /// The drawing: one `svg` element with a view box and no fixed size.
    pub svg: String,
    /// Why there is nothing to see, where the drawing is only a box that says so.
    pub not_drawn: Option<String>,
}

/// Why a figure could not be drawn.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ChartError {
    /// The results hold nothing to draw; the reason stands in the figure's place.
    #[error("not drawn because {reason}")]
    NothingToDraw {
        /// Why, a clause without a final stop.
        reason: String,
    },
    /// The drawing library refused.
    #[error("the figure cannot be drawn: {reason}")]
    Draw {
        /// What it said.
        reason: String,
    },
    /// The SVG cannot be turned into pixels.
    #[error("figure {figure} cannot be turned into a PNG: {reason}")]
    Png {
        /// The figure's name.
        figure: String,
        /// What the renderer said.
        reason: String,
    },
}

impl Fault for ChartError {
    fn code(&self) -> &'static str {
        match self {
            Self::NothingToDraw { .. } => "E-CHT-001",
            Self::Draw { .. } => "E-CHT-002",
            Self::Png { .. } => "E-CHT-003",
        }
    }

    fn class(&self) -> Class {
        Class::Internal
    }
}

/// What a figure's own file delivers: texts and a finished `svg` element.
struct Drawn {
    title: String,
    alt: String,
    caption: String,
    svg: String,
}

/// Draws one figure from finished numbers.
type Draw<T> = fn(&T, &Theme) -> Result<Drawn, ChartError>;

/// Each figure: its name, the message that is its title where it cannot be drawn, and how
/// it is drawn.
const FIGURES: [(&str, &str, Draw<Results>); 27] = [
    ("01-segment-sizes", "fig-1", sizes::draw),
    ("02-map", "fig-2", projection::draw),
    ("03-profile", "fig-3", heatmap::draw),
    ("04-choice-of-k", "why-this-number", choice::draw),
    ("05-churn-by-segment", "fig-5", churn::draw),
    ("06-roc", "fig-6", roc::draw),
    ("07-precision-recall", "fig-7", roc::draw_precision_recall),
    ("08-calibration", "believed", calibration::draw),
    ("09-lift", "fig-9", lift::draw),
    ("10-pareto", "fig-10", pareto::draw),
    ("11-rfm-grid", "fig-11", rfm_grid::draw),
    ("12-lifecycle-and-loyalty", "fig-12", classes::draw),
    ("13-stability", "fig-13", stability::draw),
    ("14-profiles-as-lines", "fig-14", snake::draw),
    ("15-what-goes-with-it", "fig-15", drivers::draw),
    ("16-cohorts", "fig-16", cohorts::draw),
    ("17-expected-value", "fig-17", expected::draw),
    ("18-evaluation", "fig-18", evaluation::draw),
    ("19-small-multiples", "fig-19", multiples::draw),
    ("20-silhouette", "fig-20", silhouette::draw),
    ("24-neighbours", "fig-24", neighbours::draw),
    ("25-dense-regions", "fig-25", branches::draw),
    ("26-profit", "fig-26", profit::draw),
    ("27-contributions", "fig-27", contributions::draw),
    ("28-still-active", "fig-28", alive::draw),
    ("29-place-map", "fig-29", place_map::draw),
    ("30-places", "fig-30", places::draw),
];

/// Draws every figure, in order. One that cannot be drawn becomes a box with the reason.
#[must_use]
pub fn all(results: &Results, theme: &Theme) -> Vec<Figure> {
    let mut drawn: Vec<(&str, &str, Draw<Results>)> = FIGURES.to_vec();
    if results.change.is_some() {
        drawn.extend(CHANGE);
    }
    let mut figures: Vec<Figure> =
        drawn.into_iter().map(|figure| one(number_of(figure.0), figure, results, theme)).collect();
    figures.sort_by_key(|figure| figure.number);
    figures
}

/// The number that a name begins with.
fn number_of(name: &str) -> u8 {
    name.get(..2).and_then(|digits| digits.parse().ok()).unwrap_or(0)
}

/// The figures of what has changed, drawn where there is a previous run.
const CHANGE: [(&str, &str, Draw<Results>); 3] = [
    ("21-forecast-against-fact", "fig-21", change::forecast),
    ("22-migration", "fig-22", change::migration),
    ("23-kpi", "fig-23", change::kpi),
];

/// The figures of an exploration.
const EXPLORATION: [(&str, &str, Draw<Exploration>); 3] = [
    ("01-numbers-of-segments", "fig-numbers", indices::draw),
    ("02-clustergram", "fig-clustergram", clustergram::draw),
    ("03-other-decisions", "fig-decisions", sensitivity::draw),
];

/// Draws every figure of an exploration, in order.
#[must_use]
pub fn of_exploration(exploration: &Exploration, theme: &Theme) -> Vec<Figure> {
    let figures = (1_u8..).zip(EXPLORATION);
    figures.map(|(number, figure)| one(number, figure, exploration, theme)).collect()
}

/// Draws one figure or the box in its place.
fn one<T>(
    number: u8,
    (name, fallback, draw): (&str, &str, Draw<T>),
    numbers: &T,
    theme: &Theme,
) -> Figure {
    let (drawn, not_drawn) = match draw(numbers, theme) {
        Ok(drawn) => (drawn, None),
        Err(ChartError::NothingToDraw { reason }) => {
            (frame::empty(theme, &say!(fallback), &reason), Some(reason))
        }
        Err(fault) => {
            let reason = fault.to_string();
            (frame::empty(theme, &say!(fallback), &reason), Some(reason))
        }
    };
    let svg = frame::describe(&drawn.svg, number, &drawn.title, &drawn.alt);
    Figure {
        number,
        name: name.to_owned(),
        title: drawn.title,
        alt: drawn.alt,
        caption: drawn.caption,
        svg,
        not_drawn,
    }
}

#[cfg(test)]
mod tests;
