//! Everything that has changed, put together.

use super::identity::{Identity, SAME};
use super::kpi;
use super::movement::movement;
use crate::format::percent;
use crate::results::{
    ChangeEvent, ChangeResults, Done, Downgrades, Fate, FeatureDrift, ForecastFacts, Interval,
    KpiChange, KpiResults, Movement, Rate, RunFacts, SCHEMA, SegmentChange, SegmentRow,
    VerdictFacts,
};
use crate::said::{Fact, Said, in_english, said};
use crate::stats::{Z95, wilson};

/// A segment has grown or shrunk where its customers have changed by at least this share.
const GROWN: f64 = 0.20;
/// Of the customers of a segment that is gone, a share from which their new place is named.
const NAMED: f64 = 0.10;
/// Standard errors from which a KPI's change is an event: 1 in 1,000 without one.
const SURE: f64 = 3.29;

/// One of the two runs.
#[derive(Debug, Clone, Copy)]
pub struct Side<'a> {
    /// Its name, day and customers.
    pub run: &'a RunFacts,
    /// The segments.
    pub rows: &'a [SegmentRow],
    /// Its KPI.
    pub kpi: Option<&'a KpiResults>,
}

/// What is put together. Lists have one entry per customer of this run.
#[derive(Debug)]
pub struct Task<'a> {
    /// The earlier run.
    pub before: Side<'a>,
    /// This run.
    pub now: Side<'a>,
    /// The customers of the earlier run who are not in this one.
    pub gone: u64,
    /// The segment's id in the earlier run, 0 for none; `None` for newcomers.
    pub from: &'a [Option<u32>],
    /// The id that the previous model gives now.
    pub frozen: &'a [u32],
    /// The id that this run gives.
    pub to: &'a [u32],
    /// The value now.
    pub value: Option<&'a [f64]>,
    /// Which segment is which.
    pub identity: &'a Identity,
    /// The ids of the earlier segments by position.
    pub old_ids: &'a [u32],
    /// What was done.
    pub done: Done,
    /// Forecast and fact, or why there is none.
    pub forecast: Result<ForecastFacts, Said>,
    /// Moves down.
    pub downgrades: Option<Downgrades>,
    /// Shifts of the columns.
    pub drift: Vec<FeatureDrift>,
    /// Keep, look or refit.
    pub verdict: VerdictFacts,
    /// What could not be told.
    pub notes: Vec<Said>,
}

/// Puts the change together.
#[must_use]
pub fn compare(task: Task<'_>) -> ChangeResults {
    let kpi = match (task.before.kpi, task.now.kpi) {
        (Some(before), Some(now)) => kept_kpi(&task, kpi::compare(before, now)),
        _ => Vec::new(),
    };
    let segments = segments(&task);
    let moved_by_behaviour = movement(task.from, task.frozen, task.value);
    let mut events = fates(&task, &segments);
    events.extend(sizes(&segments));
    events.extend(kpi.iter().filter_map(|change| kpi_event(change, task.now.rows)));
    let both = task.from.iter().flatten().count() as u64;
    let new = task.from.len() as u64 - both;
    let frozen: Vec<Option<u32>> = task.frozen.iter().copied().map(Some).collect();
    let moved_by_redefinition = movement(&frozen, task.to, task.value);
    let mut notes = task.notes;
    let forecast = match task.forecast {
        Ok(forecast) => Some(forecast),
        Err(reason) => {
            notes.push(reason);
            None
        }
    };
    ChangeResults {
        schema: SCHEMA,
        before: task.before.run.clone(),
        now: task.now.run.clone(),
        done: task.done,
        both,
        new,
        gone: task.gone,
        verdict: task.verdict,
        forecast,
        events,
        segments,
        moved_by_behaviour,
        moved_by_redefinition,
        downgrades: task.downgrades,
        kpi,
        drift: task.drift,
        notes: in_english(&notes),
        notes_said: notes,
    }
}

/// A KPI is compared where the segment is the same.
fn kept_kpi(task: &Task, mut changes: Vec<KpiChange>) -> Vec<KpiChange> {
    let origins = task.identity.ids.iter().zip(&task.identity.origins);
    let kept: Vec<u32> =
        origins.filter(|(_, origin)| origin.fate == Fate::Kept).map(|(&id, _)| id).collect();
    changes.retain(|change| change.segment_id == 0 || kept.contains(&change.segment_id));
    changes
}

fn row(rows: &[SegmentRow], id: u32) -> Option<&SegmentRow> {
    rows.iter().find(|row| row.segment_id == id)
}

fn called(rows: &[SegmentRow], id: u32) -> Said {
    match row(rows, id) {
        _ if id == 0 => said!("event-everybody"),
        Some(row) => named(id, &row.segment),
        None => said!("event-id", id = id),
    }
}

/// A segment by its number and name; a report puts the name of its language there.
fn named(id: u32, name: &str) -> Said {
    said!("event-who", id = id, name = name)
}

/// An event with its sentence.
fn event(kind: String, segment_id: u32, said: Said) -> ChangeEvent {
    ChangeEvent { kind, segment_id, text: said.english(), said: Some(said) }
}

fn segments(task: &Task) -> Vec<SegmentChange> {
    let old_id = |at: &usize| task.old_ids[*at];
    let mut list: Vec<SegmentChange> = task
        .identity
        .ids
        .iter()
        .zip(&task.identity.origins)
        .map(|(&id, origin)| {
            let now = row(task.now.rows, id);
            let before = origin.from.first().and_then(|at| row(task.before.rows, old_id(at)));
            let same = before.filter(|_| origin.fate == Fate::Kept);
            SegmentChange {
                segment_id: id,
                segment: now.map(|row| row.segment.clone()).unwrap_or_default(),
                fate: origin.fate,
                from: origin.from.iter().map(old_id).collect(),
                into: Vec::new(),
                jaccard: origin.jaccard,
                customers_before: before.map(|row| row.customers),
                customers: now.map(|row| row.customers),
                share_change: same.zip(now).and_then(|(before, now)| {
                    shares(
                        (before.customers, task.before.run.customers),
                        (now.customers, task.now.run.customers),
                    )
                }),
                stability_before: same.and_then(|row| row.stability),
                stability: now.and_then(|row| row.stability),
            }
        })
        .collect();
    list.extend(task.identity.ended.iter().map(|ended| {
        let id = task.old_ids[ended.position];
        let before = row(task.before.rows, id);
        SegmentChange {
            segment_id: id,
            segment: before.map(|row| row.segment.clone()).unwrap_or_default(),
            fate: Fate::Gone,
            from: vec![id],
            into: ended.into.iter().map(|&at| task.identity.ids[at]).collect(),
            jaccard: None,
            customers_before: before.map(|row| row.customers),
            customers: None,
            share_change: None,
            stability_before: before.and_then(|row| row.stability),
            stability: None,
        }
    }));
    list.sort_by_key(|change| change.segment_id);
    list
}

fn shares(before: (u64, u64), now: (u64, u64)) -> Option<Interval> {
    let rate = |(n, of): (u64, u64)| {
        let (low, high) = wilson(usize::try_from(n).ok()?, usize::try_from(of).ok()?);
        (of > 0).then(|| Rate { value: n as f64 / of as f64, low, high, of })
    };
    Some(kpi::difference(rate(before)?, rate(now)?))
}

/// Splits, mergers, births and ends.
fn fates(task: &Task, segments: &[SegmentChange]) -> Vec<ChangeEvent> {
    let moved = movement(task.from, task.to, None);
    segments
        .iter()
        .filter_map(|change| {
            let here = || called(task.now.rows, change.segment_id);
            let (kind, said) = match change.fate {
                Fate::Kept => {
                    // By the previous model a segment can be all but empty by now: what it is
                    // says where its customers went, not where the few went who stayed.
                    let taken: Vec<u32> = change.from.iter().skip(1).copied().collect();
                    let taken: Vec<u32> = taken
                        .into_iter()
                        .filter(|&id| joined(&went(&moved, id), id) == Some(change.segment_id))
                        .collect();
                    let taken = (!taken.is_empty()).then_some(taken)?;
                    ("merged", said!("event-taken", who = here(), ids = list(&taken)))
                }
                Fate::Split => {
                    ("split", said!("event-split", who = here(), ids = list(&change.from)))
                }
                Fate::Merged => {
                    ("merged", said!("event-merged", who = here(), ids = list(&change.from)))
                }
                Fate::New => ("new", said!("event-new", who = here())),
                Fate::Gone => ended(change, called(task.before.rows, change.segment_id), &moved),
            };
            Some(event(kind.to_owned(), change.segment_id, said))
        })
        .collect()
}

fn list(ids: &[u32]) -> Vec<String> {
    ids.iter().map(ToString::to_string).collect()
}

/// What is said of a segment that is no longer there.
fn ended(change: &SegmentChange, who: Said, moved: &Movement) -> (&'static str, Said) {
    let went = went(moved, change.segment_id);
    let kind = if joined(&went, change.segment_id).is_some() { "merged" } else { "gone" };
    let share = |share: f64| Fact::Figure(percent(share));
    let mut places = went.iter().filter(|(to, share)| *to != 0 && *share >= NAMED);
    let Some(&(to, most)) = places.next() else { return (kind, said!("event-gone", who = who)) };
    let rest: Vec<Said> =
        places.map(|&(to, some)| said!("event-place", share = share(some), to = to)).collect();
    let more = if rest.is_empty() {
        said!("event-no-more")
    } else {
        said!("event-more", places = Fact::Parts(rest))
    };
    (kind, said!("event-went", who = who, share = share(most), to = to, more = more))
}

/// Where the customers of an earlier segment who are still there are now: shares of them by
/// segment, the largest first.
fn went(moved: &Movement, id: u32) -> Vec<(u32, f64)> {
    let own = moved.cells.iter().filter(|cell| cell.from == Some(id));
    let mut cells: Vec<(u32, u64)> = own.map(|cell| (cell.to, cell.customers)).collect();
    cells.sort_by_key(|&(to, customers)| (std::cmp::Reverse(customers), to));
    let all: u64 = cells.iter().map(|cell| cell.1).sum();
    cells.into_iter().map(|(to, customers)| (to, customers as f64 / all.max(1) as f64)).collect()
}

/// The other segment that most customers of an earlier one are in now.
fn joined(went: &[(u32, f64)], id: u32) -> Option<u32> {
    let &(to, share) = went.first()?;
    (share >= SAME && to != 0 && to != id).then_some(to)
}

/// Segments that have grown or shrunk.
fn sizes(segments: &[SegmentChange]) -> Vec<ChangeEvent> {
    segments
        .iter()
        .filter_map(|change| {
            let interval = change.share_change?;
            let (before, now) = (change.customers_before?, change.customers?);
            let grown = (now as f64 - before as f64) / before.max(1) as f64;
            if (interval.low <= 0.0 && interval.high >= 0.0)
                || grown.abs() < GROWN
                || grown * interval.value <= 0.0
            {
                return None;
            }
            let (kind, id) =
                if grown > 0.0 { ("grew", "event-grew") } else { ("shrank", "event-shrank") };
            let said = said!(
                id,
                who = named(change.segment_id, &change.segment),
                before = before,
                now = now,
                share = Fact::Figure(percent(grown.abs())),
            );
            Some(event(kind.to_owned(), change.segment_id, said))
        })
        .collect()
}

/// A KPI that has surely changed.
fn kpi_event(change: &KpiChange, rows: &[SegmentRow]) -> Option<ChangeEvent> {
    let error = (change.change.high - change.change.low) / (2.0 * Z95);
    if change.change.value.abs() <= SURE * error || error <= 0.0 {
        return None;
    }
    let (word, id) =
        if change.change.value > 0.0 { ("rose", "event-rose") } else { ("fell", "event-fell") };
    let shown = |value: f64| {
        Fact::Figure(match change.kpi.as_str() {
            "order-value" | "value" => crate::format::number(value),
            _ => percent(value),
        })
    };
    let kpi = match change.kpi.as_str() {
        "churn" => said!("event-churn"),
        "retention" => said!("event-retention"),
        "repeat-rate" => said!("event-repeat-rate"),
        "loyal-share" => said!("event-loyal-share"),
        "order-value" => said!("event-order-value"),
        _ => said!("event-value"),
    };
    let said = said!(
        id,
        who = called(rows, change.segment_id),
        kpi = kpi,
        before = shown(change.before.value),
        now = shown(change.now.value),
    );
    Some(event(format!("{}-{word}", change.kpi), change.segment_id, said))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gone(to: &[u32]) -> (&'static str, String) {
        let from = vec![Some(2); to.len()];
        let change = SegmentChange {
            segment_id: 2,
            segment: "few".into(),
            fate: Fate::Gone,
            from: vec![2],
            into: vec![],
            jaccard: None,
            customers_before: Some(100),
            customers: None,
            share_change: None,
            stability_before: None,
            stability: None,
        };
        let (kind, said) = ended(&change, named(2, "few"), &movement(&from, to, None));
        (kind, said.english())
    }

    #[test]
    fn of_a_segment_that_is_gone_it_is_said_where_its_customers_are() {
        let most: Vec<u32> = (0..20).map(|at| if at < 18 { 1 } else { 4 }).collect();
        let (kind, text) = gone(&most);
        assert_eq!(kind, "merged");
        assert_eq!(
            text,
            "segment 2 (few) is gone: of its customers who are still there 90.0% are in segment 1 \
             now, 10.0% in segment 4"
        );
        let halves: Vec<u32> = (0..20).map(|at| at % 2 * 3 + 1).collect();
        let (kind, text) = gone(&halves);
        assert_eq!(kind, "gone");
        assert!(text.ends_with("50.0% are in segment 1 now, 50.0% in segment 4"), "{text}");
        assert_eq!(gone(&[]), ("gone", "segment 2 (few) is gone".to_owned()));
        // Nobody is in a segment any more.
        assert_eq!(gone(&[0; 20]).1, "segment 2 (few) is gone");
    }
}
