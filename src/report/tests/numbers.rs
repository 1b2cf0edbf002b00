//! Every number that report, Markdown and workbook show is one of the finished numbers,
//! rounded as it is shown; or is one of the few that follow from them.
#![cfg(feature = "frames")]

use std::collections::BTreeSet;
use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};

use super::super::{Templates, fixture, html, markdown, xlsx};
use crate::chart::{self, Theme};
use crate::results::{ChurnStatus, Results};

/// A number as it is written: its value, and how many decimals it has.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Shown {
    value: f64,
    decimals: i32,
    /// Whether it is in per cent.
    percent: bool,
}

/// The numbers of an English text; those that are part of a word or a name are none.
fn numbers(text: &str) -> Vec<Shown> {
    let text: Vec<char> = text.replace('\u{2212}', "-").chars().collect();
    let digit = |at: usize| text.get(at).is_some_and(char::is_ascii_digit);
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.len() {
        if !digit(at) {
            at += 1;
            continue;
        }
        let start = at;
        while digit(at) || (matches!(text.get(at), Some(',' | '.')) && digit(at + 1)) {
            at += 1;
        }
        let before = start.checked_sub(1).map(|at| text[at]);
        let inside = before.is_some_and(|c| c.is_alphanumeric() || "_-".contains(c));
        let minus = before == Some('-')
            && start.checked_sub(2).is_none_or(|at| !text[at].is_alphanumeric());
        if (inside && !minus) || text.get(at).is_some_and(|c| c.is_alphabetic() || *c == '-') {
            continue;
        }
        let written: String = text[start..at].iter().filter(|c| **c != ',').collect();
        let decimals = written.split_once('.').map_or(0, |(_, after)| after.len() as i32);
        if let Ok(value) = written.parse::<f64>() {
            let value = if minus { -value } else { value };
            found.push(Shown { value, decimals, percent: text.get(at) == Some(&'%') });
        }
    }
    found
}

/// Every number of the finished results, and those inside their texts.
fn finished(results: &Results) -> Vec<f64> {
    fn walk(value: &serde_json::Value, found: &mut Vec<f64>) {
        match value {
            serde_json::Value::Number(number) => found.extend(number.as_f64()),
            serde_json::Value::String(text) => {
                found.extend(numbers(text).into_iter().map(|shown| shown.value));
                // A day is a number of its own in words.
                found.extend(text.split('-').filter_map(|part| part.parse::<f64>().ok()));
            }
            serde_json::Value::Array(items) => {
                found.push(items.len() as f64);
                for item in items {
                    walk(item, found);
                }
            }
            serde_json::Value::Object(fields) => {
                for value in fields.values() {
                    walk(value, found);
                }
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    walk(&serde_json::to_value(results).unwrap(), &mut found);
    found.extend(follows(results));
    found
}

/// What the report adds up or turns round itself, each with its reason.
fn follows(results: &Results) -> Vec<f64> {
    let mut found = Vec::new();
    // The first page says how many have left, are contacted and are at risk in all, those in
    // no segment included.
    let mut rows = results.segments.clone();
    rows.extend(results.unassigned.clone());
    found.push(rows.iter().filter_map(|row| row.gone).sum::<u64>() as f64);
    found.push(rows.iter().filter_map(|row| row.value).sum());
    found.push(rows.iter().filter_map(|row| row.value_at_risk).sum());
    found.push(rows.iter().map(|row| row.contact).sum::<u64>() as f64);
    found.push(rows.iter().map(|row| row.contact + row.hold_out).sum::<u64>() as f64);
    found.push(rows.iter().map(|row| row.hold_out).sum::<u64>() as f64);
    // What all customers together are worth each, and their mean probability of leaving.
    let customers = results.data.customers as f64;
    found.push(rows.iter().filter_map(|row| row.value).sum::<f64>() / customers);
    let open = || rows.iter().map(|row| row.open() as f64);
    let likely = rows.iter().filter_map(|row| Some(row.churn_mean? * row.open() as f64));
    found.push(likely.sum::<f64>() / open().sum::<f64>());
    found.extend(open());
    // Each segment: what was told, and the list with those held out.
    for row in &rows {
        found.push((row.contact + row.hold_out) as f64);
        found.extend(row.trivial.iter().flat_map(|text| numbers(text)).map(|shown| shown.value));
    }
    if let ChurnStatus::Computed(churn) = &results.churn {
        found.push((churn.known - churn.events) as f64);
        // So many in 100: how often the model is right about two customers.
        found.push(100.0 * churn.metrics.roc_auc.value);
        found.extend(churn.drivers.iter().flat_map(|d| [1.0 / d.odds_ratio]));
    }
    // Factors of the odds.
    let parts = results.pictures.contributions.iter().flat_map(|found| &found.segments);
    found.extend(parts.flat_map(|one| one.log_odds.iter().map(|x| libm::exp(*x))));
    // The map keeps the differences of both axes; the weakest segment of a candidate.
    found.push(results.projection.explained.iter().sum());
    found
}

/// The numbers that the messages themselves say, such as the 95 of an interval.
fn spoken_by_messages() -> BTreeSet<u64> {
    let messages = include_str!("../../words/en.ftl");
    numbers(messages).into_iter().map(|shown| shown.value.to_bits()).collect()
}

/// Whether a shown number is a finished one, as it is or in per cent.
fn is_one(shown: Shown, finished: &[f64]) -> bool {
    let scale = 10.0_f64.powi(shown.decimals);
    // A half may be rounded either way, and a share of 100 is exact to a digit more.
    let same = |x: f64| ((x - shown.value) * scale).abs() <= 0.5 + 1e-6;
    finished.iter().any(|&x| same(if shown.percent { 100.0 * x } else { x }))
}

/// The text of a page without marks, style, script and the config as it was written.
fn text_of(page: &str) -> String {
    let mut text = String::new();
    let mut rest = page;
    for (open, close) in [("<style>", "</style>"), ("<script>", "</script>")] {
        let (before, after) = rest.split_once(open).unwrap();
        text.push_str(before);
        rest = after.split_once(close).unwrap().1;
    }
    text.push_str(rest);
    let mut spoken = String::new();
    // Figures have axes, whose round numbers are of nobody.
    for part in text.split("<svg ").enumerate().map(|(at, part)| match at {
        0 => part,
        _ => part.split_once("</svg>").unwrap().1,
    }) {
        for piece in part.split('<').enumerate().map(|(at, piece)| match at {
            0 => piece,
            _ => piece.split_once('>').map_or("", |(_, text)| text),
        }) {
            spoken.push_str(piece);
            spoken.push(' ');
        }
    }
    spoken.replace("&#x27;", "'").replace("&quot;", "\"").replace("&gt;", ">").replace("&lt;", "<")
}

/// The shown numbers that are none of the finished ones.
fn strangers(text: &str, finished: &[f64]) -> Vec<Shown> {
    let known = spoken_by_messages();
    let shown = numbers(text).into_iter();
    shown
        .filter(|shown| !known.contains(&shown.value.to_bits()) && !is_one(*shown, finished))
        .collect()
}

#[test]
fn numbers_are_read_as_they_are_written() {
    let read: Vec<f64> = numbers("1,234.5% of −3 in k3 and 2026-09-30, x-7, (0.25).")
        .iter()
        .map(|s| s.value)
        .collect();
    assert_eq!(read, [1234.5, -3.0, 0.25]);
    let is = |text: &str, x: f64| is_one(numbers(text)[0], &[x]);
    assert!(is("26.5%", 0.2654) && !is("26.6%", 0.2654) && !is("26.5", 0.2654));
    assert!(is("2,810", 2810.2) && !is("2,811", 2810.2));
}

#[test]
fn every_number_of_page_and_markdown_is_a_finished_one() {
    for results in [fixture::realistic(), fixture::twelve()] {
        let mut finished = finished(&results);
        let figures = chart::all(&results, &Theme::default());
        finished.extend(figures.iter().map(|figure| f64::from(figure.number)));
        let page = html(&results, &figures, &Templates::default()).unwrap();
        let spoken = text_of(&page);
        assert!(numbers(&spoken).len() > 300);
        assert_eq!(strangers(&spoken, &finished), [], "page");
        let text = markdown(&results, &figures, &Templates::default()).unwrap();
        assert_eq!(strangers(&text, &finished), [], "markdown");
    }
}

#[test]
fn every_number_of_the_workbook_is_a_finished_one() {
    let results = fixture::realistic();
    let finished = finished(&results);
    let known = spoken_by_messages();
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(xlsx(&results, None).unwrap())).unwrap();
    let mut n = 0;
    for sheet in book.sheet_names() {
        for (row, column, cell) in book.worksheet_range(&sheet).unwrap().cells() {
            let Data::Float(value) = cell else { continue };
            n += 1;
            let exact = finished.iter().any(|x| x == value) || known.contains(&value.to_bits());
            assert!(exact, "{sheet}, row {row}, column {column}: {value}");
        }
    }
    assert!(n > 200, "{n}");
}
