//! From the feature table to segments, propensities and profiles.

use super::job::{Event, Failure, Job, Observer};
use super::outlook::{Outlook, outlook};
use super::prepare::Prepared;
use super::rules::{rules, with_classes, worth};
use super::score::fits;
use crate::churn::{self, Fitted};
use crate::cluster::rules::{Rule, RuleSegments, by_rule};
use crate::cluster::{self, Auto, Discovery};
use crate::config::{Checked, Leakage};
use crate::finding::Finding;
use crate::matrix::Matrix;
use crate::normalise::base::{self, BaseChoice};
use crate::normalise::{Normaliser, Purpose, arc, chord};
use crate::profile::reason::Reasons;
use crate::profile::{self, Contact, Profiling, project};
use crate::results::{Heatmap, Leak, Mechanism, Projection, SegmentRow};
use crate::seed::Seed;
use crate::value::{self, Value};

/// Everything the stages have found out.
#[derive(Debug)]
pub(super) struct Modelled {
    /// The columns that make the segments.
    pub base: BaseChoice,
    /// How they were prepared.
    pub normaliser: Normaliser,
    /// What was clustered.
    pub matrix: Matrix,
    /// The segments and their evidence.
    pub discovery: Discovery,
    /// The segment of each customer.
    pub labels: Vec<Option<u32>>,
    /// Whether each customer is like the others of the segment.
    pub fits: Vec<bool>,
    /// Columns that know the outcome, or seem to.
    pub leaks: Vec<Leak>,
    /// The rule segmentations beside them.
    pub rules: RuleSegments,
    /// Churn, or why it was not computed.
    pub churn: Fitted,
    /// What each customer is worth over the horizon.
    pub value: Option<Value>,
    /// What is expected of each customer, and what is at risk.
    pub outlook: Outlook,
    /// Whom to contact.
    pub contact: Vec<Contact>,
    /// The segments' finished numbers.
    pub rows: Vec<SegmentRow>,
    /// The customers in no segment.
    pub unassigned: Option<SegmentRow>,
    /// How the segments differ.
    pub heatmap: Heatmap,
    /// The map.
    pub projection: Projection,
    /// What writes a customer's sentence.
    pub reasons: Reasons,
    /// Everything noticed by these stages.
    pub findings: Vec<Finding>,
}

/// The columns that make the segments, prepared.
pub(super) struct Ready {
    pub base: BaseChoice,
    pub normaliser: Normaliser,
    pub matrix: Matrix,
}

/// Finds the columns that know the outcome, and takes the proven ones out of the table,
/// so that neither segments nor propensities nor profiles see them.
pub(super) fn take_out_leaks(
    prepared: &mut Prepared,
    checked: &Checked,
    job: &Job,
) -> Result<Vec<Leak>, Failure> {
    let report = churn::inspect(&prepared.built.table, &checked.churn);
    refuse_leaks(&report.leaks, checked, job)?;
    let excluded = report.excluded();
    if !excluded.is_empty() {
        prepared.built.table = prepared.built.table.without(&excluded);
        prepared.built.schema.columns.retain(|column| !excluded.contains(&column.name));
    }
    prepared.findings.extend(report.findings);
    Ok(report.leaks)
}

/// Runs the modelling stages in order.
pub(super) fn model(
    prepared: &Prepared,
    checked: &Checked,
    leaks: Vec<Leak>,
    job: &Job,
    observer: &dyn Observer,
) -> Result<Modelled, Failure> {
    let mut findings = Vec::new();
    let table = &prepared.built.table;
    let value = value::measure(table, &checked.value)?;
    findings.extend(value.iter().flat_map(|value| value.findings.iter().cloned()));
    let ready = ready(prepared, checked, observer, &mut findings)?;
    let churn = predict(prepared, checked, job, &leaks, observer)?;
    if let Fitted::Computed(computed) = &churn {
        findings.extend(computed.findings.iter().cloned());
    }
    let outlook = outlook(prepared, checked, job, value.as_ref(), &churn, observer);
    findings.extend(outlook.findings.iter().cloned());
    let rules = rules(prepared, checked, &outlook)?;
    findings.extend(rules.findings.iter().cloned());
    let worth = worth(value.as_ref(), &rules);
    let discovery = discover(prepared, checked, job, &ready, &rules, worth.as_deref(), observer)?;
    findings.extend(discovery.findings.iter().cloned());
    observer.event(Event::stage(
        "profile",
        format!("{} segments", discovery.segmentation.n_segments()),
    ));
    let portrait = describe(prepared, checked, job, &ready, &discovery, &outlook, worth.as_deref());
    for finding in findings.iter().chain(&portrait.findings) {
        observer.event(Event::Found(finding.clone()));
    }
    findings.extend(portrait.findings);
    Ok(Modelled {
        fits: discovery
            .assignments
            .iter()
            .map(|assignment| fits(assignment, &discovery.radii))
            .collect(),
        base: ready.base,
        normaliser: ready.normaliser,
        matrix: ready.matrix,
        leaks,
        discovery,
        rules,
        churn,
        value,
        outlook,
        labels: portrait.labels,
        contact: portrait.contact,
        rows: portrait.rows,
        unassigned: portrait.unassigned,
        heatmap: portrait.heatmap,
        projection: portrait.projection,
        reasons: portrait.reasons,
        findings,
    })
}

/// Chooses the base and prepares it.
pub(super) fn ready(
    prepared: &Prepared,
    checked: &Checked,
    observer: &dyn Observer,
    findings: &mut Vec<Finding>,
) -> Result<Ready, Failure> {
    let table = &prepared.built.table;
    let base = base::choose(table, &checked.config.features.cluster_on, &[])?;
    findings.extend(base.findings.iter().cloned());
    observer.event(Event::stage("normalise", base.reason.clone()));
    let rows: Vec<usize> = (0..table.n_customers()).collect();
    let (normaliser, noticed) = Normaliser::fit(
        table,
        &base.columns,
        &rows,
        &checked.normalise,
        Purpose::Distance,
        &checked.config.features.not_applicable,
    )?;
    findings.extend(noticed);
    let matrix = normaliser.apply(table, &rows)?;
    Ok(Ready { base, normaliser, matrix })
}

/// A proven leak ends the run where the gate asks for it.
fn refuse_leaks(leaks: &[Leak], checked: &Checked, job: &Job) -> Result<(), Failure> {
    let refuse = job.gate || checked.config.gate.leakage == Leakage::Refuse;
    let proven: Vec<&str> = leaks
        .iter()
        .filter(|leak| leak.mechanism == Mechanism::Proof)
        .map(|leak| leak.column.as_str())
        .collect();
    if refuse && !proven.is_empty() {
        return Err(Failure::refused(
            "E-STA-010",
            format!("the outcome can be read from {}", proven.join(", ")),
            "leave the column out with churn.drop, or run without --gate: it is then taken out",
        ));
    }
    Ok(())
}

fn discover(
    prepared: &Prepared,
    checked: &Checked,
    job: &Job,
    ready: &Ready,
    rules: &RuleSegments,
    value: Option<&[f64]>,
    observer: &dyn Observer,
) -> Result<Discovery, Failure> {
    observer.event(Event::stage("cluster", format!("{} features", ready.matrix.n_columns())));
    with_task(prepared, checked, ready, value, |task| {
        if let Some(rule) = checked.segments.method().rule() {
            return Ok(by_rule(task, rules.wanted(rule)?)?);
        }
        let tell = |detail: &str| observer.event(Event::stage("cluster", detail));
        let seed = Seed::new(job.seed);
        if checked.segments.has_parts() {
            let classes = Rule::ALL.into_iter().filter_map(|rule| rules.get(rule));
            let asked = with_classes(&prepared.built.table, classes)?;
            return Ok(cluster::discover_parts(task, &asked, &checked.segments, seed, &tell)?);
        }
        if !ready.normaliser.is_in_km() {
            return Ok(cluster::discover(task, &checked.segments, seed, &tell)?);
        }
        on_the_globe(task, &checked.segments, seed, &tell)
    })
}

/// What segments are to be found in, with the preparation that samples repeat.
pub(super) fn with_task<R>(
    prepared: &Prepared,
    checked: &Checked,
    ready: &Ready,
    value: Option<&[f64]>,
    work: impl FnOnce(&cluster::Task) -> R,
) -> R {
    let table = &prepared.built.table;
    let prepare = |fit: &[usize], held: &[usize]| {
        let (learnt, _) = Normaliser::fit(
            table,
            &ready.base.columns,
            fit,
            &checked.normalise,
            Purpose::Distance,
            &checked.config.features.not_applicable,
        )?;
        Ok((learnt.apply(table, fit)?, learnt.apply(table, held)?))
    };
    work(&cluster::Task {
        matrix: &ready.matrix,
        table,
        base: &ready.base.columns,
        describing: &ready.base.evidence,
        value,
        outcome: table.outcome().map(|outcome| outcome.values.as_slice()),
        prepare: &prepare,
    })
}

/// Distances are straight lines in km; a radius is meant, and said, along the surface.
fn on_the_globe(
    task: &cluster::Task,
    asked: &cluster::Checked,
    seed: Seed,
    tell: &(dyn Fn(&str) + Sync),
) -> Result<Discovery, Failure> {
    let straight = match asked.eps() {
        Auto::Is(km) => asked.clone().with_eps(chord(km)),
        Auto::Auto => asked.clone(),
    };
    // The number that was asked for comes back as it was written.
    let said = |eps: f64| match asked.eps() {
        Auto::Is(km) => km,
        Auto::Auto => arc(eps),
    };
    let mut discovery =
        cluster::discover(task, &straight, seed, tell).map_err(|error| error.with_radius(said))?;
    discovery.choice.eps = discovery.choice.eps.map(said);
    Ok(discovery)
}

fn predict(
    prepared: &Prepared,
    checked: &Checked,
    job: &Job,
    leaks: &[Leak],
    observer: &dyn Observer,
) -> Result<Fitted, Failure> {
    let table = &prepared.built.table;
    if table.outcome().is_none() {
        return Ok(Fitted::NotComputed {
            reason: "the table has no column that says who has left".into(),
        });
    }
    observer.event(Event::stage("churn", "cross-validating"));
    let columns: Vec<usize> = (0..table.columns().len()).collect();
    let tell = |detail: &str| observer.event(Event::stage("churn", detail));
    let fitted = churn::fit(
        &churn::Task {
            table,
            columns: &columns,
            normalise: &checked.normalise,
            not_applicable: &checked.config.features.not_applicable,
            leaks,
            seed: Seed::new(job.seed),
            progress: &tell,
        },
        &checked.churn,
    )?;
    if let (true, Fitted::NotComputed { reason }) = (job.gate, &fitted) {
        return Err(Failure::refused(
            "E-STA-001",
            format!("churn cannot be computed: {reason}"),
            "run without --gate to get the segments alone",
        ));
    }
    Ok(fitted)
}

/// What the profile stage leaves.
struct Portrait {
    labels: Vec<Option<u32>>,
    contact: Vec<Contact>,
    rows: Vec<SegmentRow>,
    unassigned: Option<SegmentRow>,
    heatmap: Heatmap,
    projection: Projection,
    reasons: Reasons,
    findings: Vec<Finding>,
}

fn describe(
    prepared: &Prepared,
    checked: &Checked,
    job: &Job,
    ready: &Ready,
    discovery: &Discovery,
    outlook: &Outlook,
    worth: Option<&[f64]>,
) -> Portrait {
    let table = &prepared.built.table;
    let labels: Vec<Option<u32>> =
        discovery.assignments.iter().map(|assignment| assignment.segment).collect();
    let contact = contacts(prepared, checked, outlook, Seed::new(job.seed));
    let n_segments = discovery.segmentation.n_segments();
    let distance = |a: u32, b: u32| discovery.segmentation.distance_between(a, b);
    let outcome = table.outcome();
    let names = discovery.names(&checked.config.segments.names);
    let split_by = &checked.config.segments.split_by;
    let profiling = Profiling {
        table,
        base: &ready.base.columns,
        labels: &labels,
        n_segments,
        method: &discovery.choice.method,
        verdicts: &discovery.verdicts,
        stability: &discovery.stability,
        stability_m: discovery.choice.stability_size,
        trivial: &discovery.trivial,
        value: worth,
        value_if_kept: outlook.if_kept.as_deref(),
        churn: outlook.probability.as_deref(),
        lapsed: outlook.lapsed.as_deref(),
        outcome: outcome.map(|outcome| outcome.values.as_slice()),
        is_churn: outcome.map_or(outlook.churn.is_some(), |outcome| outcome.is_churn),
        outcome_name: outcome.map_or("", |outcome| outcome.name.as_str()),
        contact: &contact,
        names: &names,
        within: &discovery.within,
        split_by,
        min_share: checked.config.segments.min_share,
        min_cell: checked.config.report.min_cell,
        currency: &checked.config.report.currency,
        centres_distance: &distance,
    };
    let (rows, unassigned, findings) = profile::describe(&profiling);
    let heatmap = profile::heatmap(&profiling);
    let reasons = Reasons::learn(table, &ready.base.columns, &labels, &rows);
    let min_cell = checked.config.report.min_cell;
    let projection = project(&ready.matrix, &labels, n_segments, min_cell);
    Portrait { labels, contact, rows, unassigned, heatmap, projection, reasons, findings }
}

fn contacts(prepared: &Prepared, checked: &Checked, outlook: &Outlook, seed: Seed) -> Vec<Contact> {
    let table = &prepared.built.table;
    let Some(probability) = &outlook.probability else {
        return vec![Contact::No; table.n_customers()];
    };
    // Whoever has lapsed is in no list, as whoever has left.
    let lapsed = |row: usize| outlook.lapsed.as_ref().is_some_and(|lapsed| lapsed[row]);
    let outcome: Vec<Option<bool>> = match table.outcome() {
        Some(outcome) => outcome.values.clone(),
        None => (0..table.n_customers()).map(|row| lapsed(row).then_some(true)).collect(),
    };
    let asked = checked.churn.params();
    let (budget, hold_out) = (asked.contact_budget, asked.hold_out);
    churn::contact_list(probability, &outcome, &table.ids().values, budget, hold_out, seed)
}
