//! From the feature table to segments, propensities and profiles.

use super::inspect::{Inspected, add_survival};
use super::job::{Event, Failure, Job, Observer};
use super::outlook::{Outlook, outlook};
use super::periodic::Begun;
use super::persist::{self, Persisted, by_previous};
use super::prepare::Prepared;
use super::ready::{Ready, learnt, with_task};
use super::rules::{extra, rules, with_classes, worth};
use super::score::fits;
use crate::churn::{self, Fitted};
use crate::cluster::rules::{Rule, RuleLabels, RuleSegments, by_rule};
use crate::cluster::{self, Auto, Discovery};
use crate::config::Checked;
use crate::finding::Finding;
use crate::matrix::Matrix;
use crate::normalise::base::BaseChoice;
use crate::normalise::{Normaliser, arc, chord};
use crate::profile::reason::Reasons;
use crate::profile::{self, Contact, Measured, Profiling, project};
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
    /// Which segment is which over the runs.
    pub persisted: Persisted,
    /// Everything noticed by these stages.
    pub findings: Vec<Finding>,
}

/// What is done with the segments that were found before they are described.
pub(super) type Refine<'a> = dyn Fn(&Ready, Discovery) -> Result<Discovery, Failure> + 'a;

/// Runs the modelling stages in order.
pub(super) fn model(
    begun: &Begun,
    checked: &Checked,
    inspected: Inspected,
    job: &Job,
    observer: &dyn Observer,
    refine: Option<&Refine>,
) -> Result<Modelled, Failure> {
    let Inspected { leaks, survival } = inspected;
    let mut findings = Vec::new();
    let prepared = &begun.prepared;
    let table = &prepared.built.table;
    let value = value::measure(table, &checked.value)?;
    findings.extend(value.iter().flat_map(|value| value.findings.iter().cloned()));
    let frozen = begun.against.as_ref().filter(|_| begun.scored);
    let learnt = match frozen {
        Some(against) => persist::learnt(prepared, against, &mut findings)?,
        None => learnt(prepared, checked, observer, &mut findings)?,
    };
    let mut churn = predict(prepared, checked, job, &leaks, observer)?;
    if let Fitted::Computed(computed) = &mut churn {
        add_survival(&mut computed.results, survival);
        findings.extend(computed.findings.iter().cloned());
    }
    let outlook = outlook(prepared, checked, job, value.as_ref(), &churn, observer)?;
    findings.extend(outlook.findings.iter().cloned());
    let rules = rules(prepared, checked, &outlook, frozen.map(|a| &a.previous.model.rules))?;
    findings.extend(rules.findings.iter().cloned());
    let worth = worth(value.as_ref(), &rules);
    // Not sooner: churn needs the memory.
    let ready = learnt.apply(table)?;
    let discovery = if let Some(against) = frozen {
        let at_stake = outlook.at_stake();
        let extra = extra(prepared, &outlook, at_stake.as_deref());
        persist::scored(prepared, against, &rules, &extra)?
    } else {
        let found = discover(begun, checked, job, &ready, &rules, worth.as_deref(), observer)?;
        match refine {
            Some(refine) => refine(&ready, found)?,
            None => found,
        }
    };
    let (discovery, persisted) = persist::persist(begun, discovery, &ready.matrix, job)?;
    findings.extend(discovery.findings.iter().cloned());
    observer.event(Event::stage(
        "profile",
        format!("{} segments", discovery.segmentation.n_segments()),
    ));
    let found = (&discovery, &persisted);
    let portrait = describe(prepared, checked, job, &ready, found, &outlook, worth.as_deref());
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
        persisted,
        findings,
    })
}

fn discover(
    begun: &Begun,
    checked: &Checked,
    job: &Job,
    ready: &Ready,
    rules: &RuleSegments,
    value: Option<&[f64]>,
    observer: &dyn Observer,
) -> Result<Discovery, Failure> {
    observer.event(Event::stage("cluster", format!("{} features", ready.matrix.n_columns())));
    let prepared = &begun.prepared;
    let mut params = checked.segments.clone();
    if let Some(against) = &begun.against {
        let k = against.previous.model.segmentation.n_segments();
        params = params.starting_from(by_previous(against, &prepared.built.table), k);
    }
    with_task(prepared, checked, ready, value, |task| {
        if let Some(rule) = checked.segments.method().rule() {
            return Ok(by_rule(task, rules.wanted(rule)?)?);
        }
        let tell = |detail: &str| observer.event(Event::stage("cluster", detail));
        let seed = Seed::new(job.seed);
        if checked.segments.has_parts() {
            let classes = Rule::ALL.into_iter().filter_map(|rule| rules.get(rule));
            let asked = with_classes(&prepared.built.table, classes.map(RuleLabels::column))?;
            return Ok(cluster::discover_parts(task, &asked, &checked.segments, seed, &tell)?);
        }
        if !ready.normaliser.is_in_km() {
            return Ok(cluster::discover(task, &params, seed, &tell)?);
        }
        on_the_globe(task, &params, seed, &tell)
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
    let out = |name: &str| {
        let is_out = |leak: &&Leak| matches!(leak.mechanism, Mechanism::Proof | Mechanism::Dropped);
        leaks.iter().filter(is_out).any(|leak| leak.column == name)
    };
    let columns: Vec<usize> =
        (0..table.columns().len()).filter(|&at| !out(&table.columns()[at].name)).collect();
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
    (discovery, persisted): (&Discovery, &Persisted),
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
    let names = persist::all_names(discovery, persisted, checked);
    let split_by = &checked.config.segments.split_by;
    let growth = prepared.orders.as_ref().and_then(|orders| value::two_years(&orders.histories));
    let profiling = Profiling {
        table,
        base: &ready.base.columns,
        space: &ready.matrix,
        labels: &labels,
        n_segments,
        ids: &persisted.ids,
        method: &discovery.choice.method,
        verdicts: &discovery.verdicts,
        stability: &discovery.stability,
        stability_m: discovery.choice.stability_size,
        trivial: &discovery.trivial,
        value: worth,
        value_if_kept: outlook.if_kept.as_deref(),
        growth: growth.as_ref(),
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
    let min_cell = checked.config.report.min_cell;
    let measured = Measured::of(table, &labels, n_segments, min_cell);
    let (mut rows, unassigned, findings) = profile::describe(&profiling, &measured);
    let asked = profile::decisions(&rows, &super::gather::deciding(prepared, checked, outlook));
    profile::agree(&mut rows, &asked);
    let heatmap = profile::heatmap(&profiling, &measured);
    let reasons = Reasons::learn(table, &ready.base.columns, &measured, &rows)
        .in_language(checked.config.report.language);
    let mut projection = project(&ready.matrix, &labels, n_segments, min_cell);
    for cell in projection.cells.iter_mut().filter(|cell| cell.segment_id > 0) {
        cell.segment_id = persisted.ids[cell.segment_id as usize - 1];
    }
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
    // Where a saved customer is given one value for all, the profit is of the list by
    // probability.
    let rank = match &outlook.at_risk {
        Some(at_risk) if !checked.churn.has_profit() => at_risk,
        _ => probability,
    };
    let (budget, hold_out) = (asked.contact_budget, asked.hold_out);
    churn::contact_list(rank, &outcome, &table.ids().values, budget, hold_out, seed)
}
