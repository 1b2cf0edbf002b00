//! Writing the run: every file of the run folder into staging, the manifest last.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::Serialize;

use super::changed::Changed;
use super::clock::Clock;
use super::each;
use super::job::{Failure, Job};
use super::ledger::Ledger;
use super::model::Modelled;
use super::periodic::Begun;
use super::prepare::{Orders, Prepared};
use super::previous::lineage;
use crate::churn::Fitted;
use crate::config::{EngineKind, Origin};
use crate::export::segments::{SegmentsFile, sheet as segments_sheet};
use crate::export::sheet::{Cells, Sheet};
use crate::export::{Audience, ExportError, Input, Manifest, Staging};
use crate::model::{self, About, Model};
use crate::report::{Listing, Templates};
use crate::results::{Results, SCHEMA};
use crate::words::{Language, within};
use crate::{chart, report};

/// Writes every file but the manifest.
pub(super) fn write(
    staging: &mut Staging,
    prepared: &Prepared,
    modelled: &Modelled,
    results: &Results,
    changed: Option<&Changed>,
    job: &Job,
) -> Result<(), Failure> {
    write_in("", staging, prepared, modelled, results, changed, job)
}

/// As [`write`], with the tables of one row per customer in a folder of their own.
pub(super) fn write_in(
    folder: &str,
    staging: &mut Staging,
    prepared: &Prepared,
    modelled: &Modelled,
    results: &Results,
    changed: Option<&Changed>,
    job: &Job,
) -> Result<(), Failure> {
    each::tables(folder, staging, prepared, modelled, changed)?;
    numbers(staging, prepared, modelled, results)?;
    if let Some(changed) = changed {
        let bytes = json("change.json", &changed.results)?;
        staging.put("change.json", &bytes, Audience::Internal)?;
    }
    pictures(staging, results, &prepared.dress.templates)?;
    workbook(staging, prepared, modelled, results, changed)?;
    freeze(staging, prepared, modelled, job)?;
    staging.put("kohort.toml", runnable(prepared, job)?.as_bytes(), Audience::Internal)?;
    Ok(())
}

/// The log of the run: timings, host and threads, the one file without promised bytes.
pub(super) fn log(staging: &mut Staging, clock: &Clock, job: &Job) -> Result<(), Failure> {
    let seconds: BTreeMap<&str, f64> = clock.marks().iter().copied().collect();
    let host = std::fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default();
    let log = serde_json::json!({
        "version": env!("CARGO_PKG_VERSION"),
        "host": host.trim(),
        "threads": job.threads,
        "seconds": seconds,
    });
    Ok(staging.put_unlisted("run.log.json", &json("run.log.json", &log)?)?)
}

/// The manifest, last of all.
pub(super) fn manifest(
    staging: &mut Staging,
    begun: &Begun,
    results: &Results,
    job: &Job,
    run: &str,
) -> Result<(), Failure> {
    let input = |name: &str, file: &crate::load::FileFacts| Input {
        table: name.to_owned(),
        name: file.shown_as.clone(),
        bytes: file.bytes,
        sha256: file.sha256.clone(),
    };
    let prepared = &begun.prepared;
    let manifest = Manifest {
        schema: SCHEMA,
        run: run.to_owned(),
        as_of: prepared.resolved.input.as_of.map(|day| day.to_string()),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        seed: job.seed,
        lineage: lineage(&prepared.asked),
        previous: begun.previous().map(str::to_owned),
        inputs: prepared
            .tables()
            .flat_map(|table| table.files.iter().map(|file| input(&table.name, file)))
            .collect(),
        outputs: staging.files(),
        findings: results.findings.clone(),
        erased: None,
    };
    staging.put_unlisted("manifest.json", &json("manifest.json", &manifest)?)?;
    Ok(())
}

pub(super) fn json(path: &str, value: &impl Serialize) -> Result<Vec<u8>, Failure> {
    let mut bytes = serde_json::to_vec_pretty(value).map_err(|error| {
        Failure::from(ExportError::Encode { path: path.to_owned(), message: error.to_string() })
    })?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// Writes a sheet as Parquet.
pub(super) fn parquet(staging: &mut Staging, path: &str, sheet: &Sheet) -> Result<(), Failure> {
    let mut draft = staging.draft(path, Audience::Internal)?;
    sheet.write_parquet(&mut draft, path)?;
    staging.note(draft.close()?);
    Ok(())
}

/// The files of numbers.
fn numbers(
    staging: &mut Staging,
    prepared: &Prepared,
    modelled: &Modelled,
    results: &Results,
) -> Result<(), Failure> {
    let ledger = Ledger::of(prepared, &results.findings);
    staging.put("quality.json", &json("quality.json", &ledger)?, Audience::Internal)?;
    let rows: Vec<_> = results.segments.iter().chain(&results.unassigned).collect();
    let csv = segments_sheet(&rows).to_csv();
    staging.put("segments.csv", csv.as_bytes(), Audience::ToSend)?;
    let file = SegmentsFile {
        schema: SCHEMA,
        run: results.heading.run.clone(),
        segments: modelled.rows.clone(),
        unassigned: modelled.unassigned.clone(),
    };
    staging.put("segments.json", &json("segments.json", &file)?, Audience::Internal)?;
    staging.put("explore.json", &json("explore.json", &results.choice)?, Audience::ToSend)?;
    staging.put("churn.json", &json("churn.json", &results.churn)?, Audience::Internal)?;
    if let Some(value) = &results.value {
        staging.put("value.json", &json("value.json", value)?, Audience::ToSend)?;
    }
    staging.put("report.json", &json("report.json", results)?, Audience::ToSend)?;
    let rejects: Vec<_> =
        prepared.tables().flat_map(|table| table.rejects.iter().map(move |r| (table, r))).collect();
    if !rejects.is_empty() {
        let mut sheet = Sheet::new();
        let tables = rejects.iter().map(|(table, _)| Some(table.name.clone())).collect();
        sheet.push("table", Cells::Text(tables));
        let files = rejects.iter().map(|(_, reject)| Some(reject.file.clone())).collect();
        sheet.push("file", Cells::Text(files));
        let places = rejects.iter().map(|(_, reject)| Some(reject.at.to_string())).collect();
        sheet.push("place", Cells::Text(places));
        let reasons = rejects.iter().map(|(_, reject)| Some(reject.reason.clone())).collect();
        sheet.push("reason", Cells::Text(reasons));
        staging.put("rejects.csv", sheet.to_csv().as_bytes(), Audience::Internal)?;
    }
    Ok(())
}

/// Figures as SVG and PNG.
pub(super) fn put_figures(staging: &mut Staging, figures: &[chart::Figure]) -> Result<(), Failure> {
    let pngs: Vec<Vec<u8>> =
        figures.par_iter().map(|figure| chart::png(figure, 2.0)).collect::<Result<_, _>>()?;
    for (figure, png) in figures.iter().zip(&pngs) {
        let path = format!("figures/{}", figure.name);
        staging.put(&format!("{path}.svg"), figure.svg.as_bytes(), Audience::ToSend)?;
        staging.put(&format!("{path}.png"), png, Audience::ToSend)?;
    }
    Ok(())
}

/// Figures and report, drawn from the results alone.
fn pictures(
    staging: &mut Staging,
    results: &Results,
    templates: &Templates,
) -> Result<(), Failure> {
    let theme = chart::Theme::of(&results.heading.look);
    let language = Language::of(&results.heading.language).unwrap_or_default();
    let figures = within(language, || chart::all(results, &theme));
    put_figures(staging, &figures)?;
    let html = report::html(results, &figures, templates)?;
    staging.put("report.html", html.as_bytes(), Audience::ToSend)?;
    let markdown = report::markdown(results, &figures, templates)?;
    staging.put("report.md", markdown.as_bytes(), Audience::ToSend)?;
    Ok(())
}

/// The workbook: to send, unless it holds the customers.
fn workbook(
    staging: &mut Staging,
    prepared: &Prepared,
    modelled: &Modelled,
    results: &Results,
    changed: Option<&Changed>,
) -> Result<(), Failure> {
    if !prepared.config.report.customer_sheet {
        staging.put("segments.xlsx", &report::xlsx(results, None)?, Audience::ToSend)?;
        return Ok(());
    }
    let table = &prepared.built.table;
    let all = 0..table.n_customers();
    let sheet = each::with_customers(table, modelled, changed, |sheet| sheet(all));
    let cell = |row: usize, column: usize| sheet.entry(row, column);
    let listing = Listing { heads: sheet.names(), rows: sheet.n_rows(), cell: &cell };
    let book = report::xlsx(results, Some(&listing))?;
    staging.put("segments.xlsx", &book, Audience::Internal)?;
    Ok(())
}

/// The frozen model.
fn freeze(
    staging: &mut Staging,
    prepared: &Prepared,
    modelled: &Modelled,
    job: &Job,
) -> Result<(), Failure> {
    let files = model::write(&Model {
        about: About {
            format: model::FORMAT,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            created_by: "kohort".to_owned(),
            as_of: prepared.resolved.input.as_of.map(|day| day.to_string()),
            n_customers: prepared.built.table.n_customers() as u64,
            seed: job.seed,
        },
        schema: prepared.built.schema.clone(),
        normaliser: modelled.normaliser.clone(),
        segmentation: modelled.discovery.segmentation.clone(),
        names: modelled.rows.iter().map(|row| row.segment.clone()).collect(),
        actions: modelled.rows.iter().map(|row| row.action.clone()).collect(),
        radii: modelled.discovery.radii.clone(),
        churn: match &modelled.churn {
            Fitted::Computed(computed) => Some(computed.propensity.clone()),
            Fitted::NotComputed { .. } => None,
        },
        reasons: modelled.reasons.clone(),
        orders: prepared.orders.as_ref().map(|orders| {
            let as_of_given = prepared.config.input.as_of.is_some();
            let Orders { counts, learnt, attributes, .. } = orders;
            orders.plan.frozen(counts, learnt, attributes, as_of_given)
        }),
        rules: match &prepared.orders {
            Some(_) => modelled.rules.all().map(|labels| labels.cuts().clone()).collect(),
            None => Vec::new(),
        },
        lineage: modelled.persisted.lineage.clone(),
    })?;
    staging.put("model/model.json", &files.json, Audience::Internal)?;
    staging.put("model/arrays.safetensors", &files.arrays, Audience::Internal)?;
    Ok(())
}

/// The resolved config with paths that hold from anywhere, so that it runs as it is.
fn runnable(prepared: &Prepared, job: &Job) -> Result<String, Failure> {
    let mut config = prepared.resolved.clone();
    let absolute = |path: &mut String| {
        if !path.is_empty() {
            let placed = crate::config::place(&job.folder, path);
            *path = std::path::absolute(&placed).unwrap_or(placed).display().to_string();
        }
    };
    // What an engine elsewhere calls a table is no path here.
    let elsewhere = config.engine.as_ref().is_some_and(|engine| engine.kind == EngineKind::Spark);
    config.input.origins_mut().for_each(|origin| match origin {
        Origin::File(path) if !elsewhere => absolute(path),
        Origin::Files(paths) => paths.iter_mut().for_each(absolute),
        Origin::File(_) | Origin::Query(_) => {}
    });
    if let Some(engine) = &mut config.engine {
        absolute(&mut engine.token_file);
    }
    absolute(&mut config.input.exclude_customers);
    absolute(&mut config.audience.contacts);
    absolute(&mut config.report.templates);
    // Else it is one of two words.
    if std::path::Path::new(&config.report.theme).extension().is_some() {
        absolute(&mut config.report.theme);
    }
    config.output = crate::config::Output::default();
    Ok(config.to_toml()?)
}
