//! Exploration, figure 1: what each number of segments yields, index by index.

use super::axis::{Panel, Span, Unit};
use super::frame::{self, At, Canvas, HEAD, Type};
use super::theme::{self, Theme};
use super::{ChartError, Drawn};
use crate::format;
use crate::results::Exploration;

/// Panels beside each other.
const ACROSS: usize = 4;
/// Height of one plot, and from one row of plots to the next.
const HEIGHT: f64 = 150.0;
const STEP: f64 = 232.0;
/// Room left of a plot for the numbers of its axis.
const GAP: f64 = 66.0;

/// One panel: its title, which way is better, and a value for each number of segments.
struct Measure {
    title: &'static str,
    better: &'static str,
    unit: Unit,
    values: Vec<(usize, f64)>,
    /// Standard errors, in the same order; empty where there are none.
    errors: Vec<f64>,
}

/// Draws the figure.
pub(super) fn draw(exploration: &Exploration, theme: &Theme) -> Result<Drawn, ChartError> {
    if exploration.choice.candidates.len() < 2 {
        let reason = "only one number of segments was tried".to_owned();
        return Err(ChartError::NothingToDraw { reason });
    }
    let measures: Vec<Measure> =
        measures(exploration).into_iter().filter(|measure| !measure.values.is_empty()).collect();
    let title = "What each number of segments yields".to_owned();
    let below =
        "The band marks the number that the evidence speaks for; only the first row decides";
    let rows = number(measures.len().div_ceil(ACROSS));
    let width = (theme::WIDTH - theme::MARGIN) / number(ACROSS) - GAP;
    let svg = frame::picture(theme, HEAD + 40.0 + STEP * rows, |canvas| {
        canvas.head(theme, &title, below);
        for (at, measure) in measures.iter().enumerate() {
            let left = GAP + number(at % ACROSS) * (width + GAP);
            let top = HEAD + 44.0 + number(at / ACROSS) * STEP;
            panel(canvas, theme, measure, exploration.choice.k, (left, top, width));
        }
    })?;
    let caption = "Each small plot is one way to look at the numbers of segments that were tried. \
        Stability says how surely the weakest segment comes back in samples (.75 is asked); the \
        smallest segment must be large enough to act on; natural counts the segments with a gap \
        around them. The others are shown because people ask for them, and decide nothing: a bend \
        or a peak in them is there in data without any segments as well."
        .to_owned();
    Ok(Drawn { title, alt: alt(exploration), caption, svg })
}

fn number(n: usize) -> f64 {
    f64::from(u32::try_from(n).unwrap_or(u32::MAX))
}

fn measures(exploration: &Exploration) -> Vec<Measure> {
    let candidates = &exploration.choice.candidates;
    let of = |value: &dyn Fn(usize) -> Option<f64>| -> Vec<(usize, f64)> {
        (0..candidates.len())
            .filter_map(|at| Some((candidates[at].k, value(at).filter(|v| v.is_finite())?)))
            .collect()
    };
    let plain =
        |title, better, unit, values| Measure { title, better, unit, values, errors: vec![] };
    let index = |at: usize| exploration.indices.get(at);
    let weakest = |at: usize| candidates[at].stability.iter().copied().min_by(f64::total_cmp);
    let natural =
        |at: usize| Some(number(candidates[at].natural.iter().filter(|&&gap| gap).count()));
    let errors = (0..candidates.len()).filter_map(|at| index(at)?.gap_se).collect();
    let judged: Vec<f64> = candidates.iter().filter_map(|c| c.validity_se).collect();
    vec![
        plain("Stability, weakest segment", "higher", Unit::Plain, of(&weakest)),
        plain(
            "Smallest segment",
            "higher",
            Unit::Percent,
            of(&|at| Some(candidates[at].min_share)),
        ),
        plain("Natural segments", "all of them", Unit::Plain, of(&natural)),
        Measure {
            title: "Tells about held-out data",
            better: "higher",
            unit: Unit::Percent,
            values: of(&|at| candidates[at].validity),
            errors: judged,
        },
        plain("Silhouette", "higher", Unit::Plain, of(&|at| candidates[at].silhouette)),
        plain("Calinski-Harabasz", "higher", Unit::Plain, of(&|at| index(at)?.calinski_harabasz)),
        plain("Davies-Bouldin", "lower", Unit::Plain, of(&|at| index(at)?.davies_bouldin)),
        plain(
            "Variance explained (elbow)",
            "no rule",
            Unit::Percent,
            of(&|at| Some(candidates[at].explained)),
        ),
        Measure {
            title: "Gap statistic",
            better: "higher",
            unit: Unit::Plain,
            values: of(&|at| index(at)?.gap),
            errors,
        },
        plain(
            "Prediction strength",
            "higher",
            Unit::Plain,
            of(&|at| index(at)?.prediction_strength),
        ),
        plain("BIC, change from best", "lower", Unit::Plain, from_best(of(&|at| index(at)?.bic))),
    ]
}

/// Differences from the smallest: the number itself means nothing to anybody.
fn from_best(values: Vec<(usize, f64)>) -> Vec<(usize, f64)> {
    let best = values.iter().map(|(_, v)| *v).fold(f64::INFINITY, f64::min);
    values.into_iter().map(|(k, v)| (k, v - best)).collect()
}

fn panel(
    canvas: &mut Canvas,
    theme: &Theme,
    measure: &Measure,
    chosen: usize,
    (left, top, width): (f64, f64, f64),
) {
    let uncertain = measure.values.iter().zip(&measure.errors).map(|((_, v), error)| v + error);
    let values = measure.values.iter().map(|(_, v)| *v).chain(uncertain);
    let (low, high) = values.clone().fold((f64::MAX, f64::MIN), |(a, b), v| (a.min(v), b.max(v)));
    let y = if low >= 0.0 { Span::from_zero(values) } else { Span::new(low, high) };
    let ks = measure.values.iter().map(|(k, _)| number(*k));
    let (first, last) = ks.fold((f64::MAX, 0.0_f64), |(a, b), k| (a.min(k), b.max(k)));
    let plot = Panel { left, top, width, height: HEIGHT, x: Span::new(first - 0.5, last + 0.5), y };
    let (at, _) = plot.place(number(chosen), 0.0);
    let band = (width / (last - first + 1.0)).min(26.0);
    if number(chosen) >= first && number(chosen) <= last {
        canvas.block(at - band / 2.0, top, band, HEIGHT, theme.paper.mix(theme.accent, 0.12));
    }
    plot.rungs(canvas, theme, measure.unit, 3.0);
    canvas.path(&[(left, plot.low()), (plot.right(), plot.low())], theme.muted, 1.0);
    let ink = Type::new(theme::SMALL, theme.ink).bold();
    canvas.text(left - 40.0, top - 26.0, &ink.fit(measure.title, width + 44.0), ink);
    let quiet = Type::new(theme::TINY, theme.muted);
    canvas.text(left - 40.0, top - 11.0, &format!("better: {}", measure.better), quiet);
    let each = width / (last - first + 1.0);
    for (k, _) in measure.values.iter().filter(|(k, _)| each >= 18.0 || k % 2 == 0) {
        let (x, _) = plot.place(number(*k), 0.0);
        canvas.text(x, plot.low() + 13.0, &k.to_string(), quiet.at(At::Middle));
    }
    for ((k, v), error) in measure.values.iter().zip(&measure.errors) {
        let ends = [plot.place(number(*k), v - error), plot.place(number(*k), v + error)];
        canvas.path(&ends, theme.muted, 1.2);
    }
    let line: Vec<(f64, f64)> =
        measure.values.iter().map(|(k, v)| plot.place(number(*k), *v)).collect();
    canvas.path(&line, theme.muted, 1.5);
    for ((k, _), (x, y)) in measure.values.iter().zip(&line) {
        let colour = if *k == chosen { theme.accent } else { theme.muted };
        canvas.dot(*x, *y, if *k == chosen { 5.0 } else { 3.0 }, colour);
    }
}

fn alt(exploration: &Exploration) -> String {
    let parts: Vec<String> = exploration
        .choice
        .candidates
        .iter()
        .map(|c| {
            let weakest = c.stability.iter().copied().fold(f64::INFINITY, f64::min);
            let silhouette = c.silhouette.map_or_else(String::new, |value| {
                format!(", silhouette {}", format::decimal(value, 2))
            });
            format!("{} segments: stability {}{silhouette}", c.k, format::decimal(weakest, 2))
        })
        .collect();
    format!("Small plots of one index each. {}.", parts.join("; "))
}
