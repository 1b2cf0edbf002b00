//! Exploration, figure 2: where the segments of each number come from. One column for
//! each number of segments; the ribbons are customers.

use std::collections::{BTreeMap, BTreeSet};

use super::frame::{self, At, Canvas, HEAD, Type};
use super::theme::{self, Colour, Theme};
use super::{ChartError, Drawn};
use crate::format;
use crate::results::{Exploration, Flow};

/// Height of all customers, without the gaps between segments.
const HEIGHT: f64 = 380.0;
/// Room for the gaps in a column.
const GAPS: f64 = 90.0;
/// Width of a segment's block.
const BLOCK: f64 = 14.0;
/// Steps of a ribbon's curve.
const STEPS: u32 = 16;
/// Numbers of segments beside each other, at most.
const MOST: usize = 14;

/// The segments of one number, from above.
struct Column {
    k: usize,
    /// Ids in their order, from above.
    order: Vec<u32>,
    /// Upper edge and height of each id.
    place: BTreeMap<u32, (f64, f64)>,
    /// The segment whose colour each id has.
    hue: BTreeMap<u32, u32>,
}

/// Draws the figure.
pub(super) fn draw(exploration: &Exploration, theme: &Theme) -> Result<Drawn, ChartError> {
    let indices: Vec<_> = exploration.indices.iter().take(MOST).collect();
    if indices.len() < 2 {
        let reason = "only one number of segments was tried".to_owned();
        return Err(ChartError::NothingToDraw { reason });
    }
    let total = f64::max(count(exploration.customers), 1.0);
    let mut columns: Vec<Column> = Vec::new();
    for index in &indices {
        let order = order(index.sizes.len(), columns.last(), &exploration.flows);
        columns.push(stack(index.k, order, &index.sizes, total));
    }
    paint(&mut columns, &exploration.flows, exploration.choice.k);
    let title = "Where the segments come from".to_owned();
    let below = "Each column cuts all customers into one more segment; a ribbon is customers who \
        stay together";
    let svg = frame::picture(theme, HEAD + 40.0 + HEIGHT + GAPS + 50.0, |canvas| {
        canvas.head(theme, &title, below);
        for pair in columns.windows(2) {
            ribbons(canvas, theme, pair, exploration, (columns.len(), total));
        }
        for (at, column) in columns.iter().enumerate() {
            blocks(canvas, theme, column, left(at, columns.len()), exploration.choice.k);
        }
    })?;
    let caption = "Read from left to right: when one more segment is asked for, a segment that \
        splits cleanly gives two ribbons that stay thick. Where ribbons of many segments mix, the \
        new segments are cut through all of them, and the numbers left and right of it tell \
        different stories. The number that the evidence speaks for is printed in colour."
        .to_owned();
    Ok(Drawn { title, alt: alt(exploration), caption, svg })
}

fn count(n: u64) -> f64 {
    n as f64
}

fn left(at: usize, columns: usize) -> f64 {
    let span = theme::WIDTH - 2.0 * theme::MARGIN - 40.0 - BLOCK;
    theme::MARGIN + 20.0 + span * count(at as u64) / count(columns as u64 - 1)
}

/// The ids of a number of segments, each near those that it comes from.
fn order(k: usize, before: Option<&Column>, flows: &[Flow]) -> Vec<u32> {
    let mut ids: Vec<u32> = (1..=k as u32).collect();
    let Some(before) = before else { return ids };
    let middle = |id: u32| {
        let (mut sum, mut weight) = (0.0, 0.0);
        for flow in flows.iter().filter(|flow| flow.k == before.k && flow.to == id) {
            if let Some((top, height)) = before.place.get(&flow.from) {
                sum += count(flow.customers) * (top + height / 2.0);
                weight += count(flow.customers);
            }
        }
        if weight > 0.0 { sum / weight } else { 0.0 }
    };
    ids.sort_by(|&a, &b| middle(a).total_cmp(&middle(b)).then(a.cmp(&b)));
    ids
}

fn stack(k: usize, order: Vec<u32>, sizes: &[u64], total: f64) -> Column {
    let gap = GAPS / f64::max(count(order.len() as u64) - 1.0, 1.0);
    let gap = gap.min(18.0);
    let used = gap * (count(order.len() as u64) - 1.0);
    let mut top = HEAD + 40.0 + (GAPS - used) / 2.0;
    let mut place = BTreeMap::new();
    for &id in &order {
        let size = sizes.get(id as usize - 1).copied().unwrap_or(0);
        let height = HEIGHT * count(size) / total;
        place.insert(id, (top, height));
        top += height + gap;
    }
    Column { k, order, place, hue: BTreeMap::new() }
}

/// The chosen number has the colours of a run; from there each segment hands its colour
/// to the neighbour that most of its customers are in.
fn paint(columns: &mut [Column], flows: &[Flow], chosen: usize) {
    let start = columns.iter().position(|column| column.k == chosen).unwrap_or(0);
    let Some(first) = columns.get_mut(start) else { return };
    first.hue = first.order.iter().map(|&id| (id, id)).collect();
    for at in start + 1..columns.len() {
        let step = flows.iter().filter(|flow| flow.k == columns[at - 1].k);
        let hue =
            hand_on(&columns[at - 1], &columns[at], step.map(|f| (f.from, f.to, f.customers)));
        columns[at].hue = hue;
    }
    for at in (0..start).rev() {
        let step = flows.iter().filter(|flow| flow.k == columns[at].k);
        let hue =
            hand_on(&columns[at + 1], &columns[at], step.map(|f| (f.to, f.from, f.customers)));
        columns[at].hue = hue;
    }
}

/// The colours of a column from those of its painted neighbour.
fn hand_on(
    painted: &Column,
    bare: &Column,
    flows: impl Iterator<Item = (u32, u32, u64)>,
) -> BTreeMap<u32, u32> {
    let mut flows: Vec<(u32, u32, u64)> = flows.collect();
    flows.sort_by(|a, b| b.2.cmp(&a.2).then(a.cmp(b)));
    let mut hue: BTreeMap<u32, u32> = BTreeMap::new();
    let mut given: BTreeSet<u32> = BTreeSet::new();
    for (from, to, _) in flows {
        if let Some(&colour) = painted.hue.get(&from)
            && !hue.contains_key(&to)
            && given.insert(colour)
        {
            hue.insert(to, colour);
        }
    }
    for &id in &bare.order {
        hue.entry(id).or_insert_with(|| {
            // As many colours as there are segments are enough for all of them.
            let most = (bare.order.len() + given.len()) as u32 + 1;
            let free = (1..=most).find(|colour| !given.contains(colour)).unwrap_or(id);
            given.insert(free);
            free
        });
    }
    hue
}

impl Column {
    fn colour(&self, theme: &Theme, id: u32) -> Colour {
        theme.segment(self.hue.get(&id).copied().unwrap_or(id))
    }
}

fn ribbons(
    canvas: &mut Canvas,
    theme: &Theme,
    pair: &[Column],
    exploration: &Exploration,
    (columns, total): (usize, f64),
) {
    let [from, to] = pair else { return };
    let at = exploration.indices.iter().position(|index| index.k == from.k).unwrap_or(0);
    let (start, end) = (left(at, columns) + BLOCK, left(at + 1, columns));
    let mut out: BTreeMap<u32, f64> = from.place.iter().map(|(id, p)| (*id, p.0)).collect();
    let mut into: BTreeMap<u32, f64> = to.place.iter().map(|(id, p)| (*id, p.0)).collect();
    for &source in &from.order {
        for &target in &to.order {
            let flow = exploration
                .flows
                .iter()
                .find(|flow| flow.k == from.k && flow.from == source && flow.to == target);
            let Some(flow) = flow else { continue };
            let height = HEIGHT * count(flow.customers) / total;
            let (Some(a), Some(b)) = (out.get_mut(&source), into.get_mut(&target)) else {
                continue;
            };
            let tint = theme.paper.mix(to.colour(theme, target), 0.35);
            canvas.shape(&ribbon((start, *a), (end, *b), height), tint);
            *a += height;
            *b += height;
        }
    }
}

/// The outline of a band between two places of the same height.
fn ribbon(from: (f64, f64), to: (f64, f64), height: f64) -> Vec<(f64, f64)> {
    let edge = |down: f64| {
        (0..=STEPS).map(move |step| {
            let t = f64::from(step) / f64::from(STEPS);
            let eased = t * t * (3.0 - 2.0 * t);
            (from.0 + (to.0 - from.0) * t, from.1 + (to.1 - from.1) * eased + down)
        })
    };
    let mut outline: Vec<(f64, f64)> = edge(0.0).collect();
    outline.extend(edge(height).collect::<Vec<_>>().into_iter().rev());
    outline
}

fn blocks(canvas: &mut Canvas, theme: &Theme, column: &Column, left: f64, chosen: usize) {
    for &id in &column.order {
        if let Some(&(top, height)) = column.place.get(&id) {
            canvas.block(left, top, BLOCK, height.max(1.0), column.colour(theme, id));
        }
    }
    let is_chosen = column.k == chosen;
    let set = Type::new(theme::BODY, if is_chosen { theme.accent } else { theme.muted });
    let set = if is_chosen { set.bold() } else { set }.at(At::Middle);
    let low = HEAD + 40.0 + HEIGHT + GAPS + 24.0;
    canvas.text(left + BLOCK / 2.0, low, &column.k.to_string(), set);
}

fn alt(exploration: &Exploration) -> String {
    let parts: Vec<String> = exploration
        .indices
        .iter()
        .map(|index| {
            let sizes: Vec<String> = index.sizes.iter().map(|&size| format::count(size)).collect();
            format!("{} segments of {}", index.k, sizes.join(", "))
        })
        .collect();
    format!("A diagram of flows between numbers of segments. {}.", parts.join("; "))
}
