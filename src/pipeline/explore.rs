//! From a config to methods and numbers of segments side by side.

use super::dress::Dress;
use super::inspect::take_out_leaks;
use super::job::{Event, Failure, Finished, Job, Observer};
use super::outlook::Outlook;
use super::prepare::{Prepared, prepare};
use super::ready::{Ready, learnt, with_task};
use super::rules::{rules, worth};
use super::scale;
use super::write::{json, parquet, put_figures};
use crate::chart;
use crate::cluster::survey::{Survey, Variation, survey};
use crate::cluster::{self, Auto, Engine, Method};
use crate::config::Checked;
use crate::export::sheet::{Cells, Sheet};
use crate::export::{Audience, Staging};
use crate::normalise::{self, Normaliser, Purpose, Scale};
use crate::results::{Exploration, SCHEMA};
use crate::seed::Seed;
use crate::table::FeatureTable;
use crate::value;

/// The file that makes a folder an exploration.
pub const FILE: &str = "explore.json";
/// The most segments that `k = "auto"` compares.
const MOST_SEGMENTS: usize = 12;
/// The methods beside k-means.
const OTHERS: [Method; 5] =
    [Method::Dbscan, Method::Hdbscan, Method::Gmm, Method::LatentClass, Method::KPrototypes];
/// More columns than this are not left out one by one.
const MOST_COLUMNS: usize = 24;

/// Compares, and leaves the exploration in the staging folder of `job`.
///
/// # Errors
///
/// Those of loading and of k-means; a method that cannot be used is a line of its own.
pub fn explore(job: &Job, observer: &dyn Observer) -> Result<Finished, Failure> {
    let theme = chart::Theme::of(&Dress::read(&job.config.report, &job.folder)?.look);
    let mut prepared = match &job.config.engine {
        Some(engine) => scale::sampled(job, engine, observer)?,
        None => prepare(&job.config, &job.bare, &job.folder, observer)?,
    };
    let checked = prepared.config.check()?;
    take_out_leaks(&mut prepared, &checked, job, &[])?;
    let table = &prepared.built.table;
    let mut findings = Vec::new();
    let ready =
        learnt(&prepared, &checked, observer, &mut findings)?.apply(&prepared.built.table)?;
    let value = value::measure(table, &checked.value)?;
    let nothing = Outlook {
        if_kept: value.as_ref().map(|value| value.if_kept.clone()),
        ..Outlook::default()
    };
    let worth = worth(value.as_ref(), &rules(&prepared, &checked, &nothing, None)?);
    let (means, others) = methods(&checked)?;
    let variations = variations(table, &ready, &checked);
    let tell = |detail: &str| observer.event(Event::stage("explore", detail));
    let seed = Seed::new(job.seed);
    let found = with_task(&prepared, &checked, &ready, worth.as_deref(), |task| {
        survey(task, &means, &others, &variations, seed, &tell)
    })?;
    let exploration = gather(&prepared, &ready, &found, findings);
    write(job, table, &found, &exploration, &theme)?;
    Ok(Finished { run: String::new(), already: false, advice: None })
}

/// The parameters of k-means, and those of every other method.
fn methods(checked: &Checked) -> Result<(cluster::Checked, Vec<cluster::Checked>), Failure> {
    let asked = &checked.config.segments;
    let means = cluster::Params { method: Method::KMeans, ..asked.clone() }.check()?;
    let means = means.with_auto_to(MOST_SEGMENTS);
    let mut others = Vec::new();
    for method in OTHERS {
        // linfa has only some of them; what is compared here are methods, not engines.
        let (eps, engine) = (Auto::Auto, Engine::Kohort);
        others.push(cluster::Params { method, eps, engine, ..asked.clone() }.check()?);
    }
    if asked.eps != Auto::Auto {
        let density = cluster::Params { method: Method::Dbscan, ..asked.clone() };
        others.push(density.check()?);
    }
    Ok((means, others))
}

/// Every decision that the preparation could have made otherwise.
fn variations<'a>(
    table: &'a FeatureTable,
    ready: &'a Ready,
    checked: &'a Checked,
) -> Vec<Variation<'a>> {
    let own = checked.normalise.params();
    let variation = |decision: String, columns: Vec<usize>, params: normalise::Params| {
        let prepare = move |rows: &[usize]| {
            let not_applicable = &checked.config.features.not_applicable;
            let params = params.clone().check()?;
            let (fitted, _) =
                Normaliser::fit(table, &columns, rows, &params, Purpose::Distance, not_applicable)?;
            fitted.apply(table, rows)
        };
        Variation { decision, prepare: Box::new(prepare) }
    };
    let all = &ready.base.columns;
    let mut variations = Vec::new();
    for scale in [Scale::Standard, Scale::Robust, Scale::MinMax, Scale::Quantile] {
        if scale != own.scale {
            let params = normalise::Params { scale, ..own.clone() };
            variations.push(variation(format!("scale = {}", scale.name()), all.clone(), params));
        }
    }
    if own.clip > 0.0 {
        let params = normalise::Params { clip: 0.0, ..own.clone() };
        variations.push(variation("outliers as they are".to_owned(), all.clone(), params));
    }
    if all.len() > 1 && all.len() <= MOST_COLUMNS {
        for &column in all {
            let rest = all.iter().copied().filter(|&other| other != column).collect();
            let decision = format!("without {}", table.columns()[column].name);
            variations.push(variation(decision, rest, own.clone()));
        }
    }
    variations
}

fn gather(
    prepared: &Prepared,
    ready: &Ready,
    found: &Survey,
    mut findings: Vec<crate::finding::Finding>,
) -> Exploration {
    findings.splice(0..0, prepared.findings.iter().cloned());
    findings.extend(found.findings.iter().cloned());
    let table = &prepared.built.table;
    Exploration {
        schema: SCHEMA,
        customers: table.n_customers() as u64,
        base: super::gather::base(table, &ready.base),
        choice: found.choice().clone(),
        indices: found.indices.clone(),
        methods: found.methods.clone(),
        flows: found.flows.clone(),
        sensitivity: found.sensitivity.clone(),
        seed_agreement: found.seed_agreement,
        recommendation: found.recommendation.clone(),
        findings,
    }
}

/// The numbers, the labels of every candidate, and the figures.
fn write(
    job: &Job,
    table: &FeatureTable,
    found: &Survey,
    exploration: &Exploration,
    theme: &chart::Theme,
) -> Result<(), Failure> {
    let mut staging = Staging::new(job.staging.clone());
    let mut labels = Sheet::new();
    let ids = table.ids();
    labels.push(ids.name.clone(), Cells::ids(&ids.values));
    for (k, list) in &found.discovery.candidate_labels {
        let list = list.iter().map(|&at| Some(i64::from(at) + 1)).collect();
        labels.push(format!("k_{k}"), Cells::Whole(list));
    }
    for (name, list) in &found.labels {
        let list = list.iter().map(|at| at.map(|at| i64::from(at) + 1)).collect();
        labels.push(name.clone(), Cells::Whole(list));
    }
    parquet(&mut staging, "labels.parquet", &labels)?;
    let figures = chart::of_exploration(exploration, theme);
    put_figures(&mut staging, &figures)?;
    staging.put(FILE, &json(FILE, exploration)?, Audience::ToSend)?;
    Ok(())
}
