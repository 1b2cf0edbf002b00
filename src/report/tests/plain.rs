//! What a page says so that nobody has to ask: of which day a count is, of whom a share, and
//! what one word means beside another.

use super::super::fixture;
use super::written;
use crate::format;
use crate::results::{ChangeResults, ChurnResults, ChurnStatus, Results};
use crate::words::Language;

fn churn(results: &mut Results) -> &mut ChurnResults {
    let ChurnStatus::Computed(churn) = &mut results.churn else { panic!("churn") };
    churn
}

/// A shop, where orders alone tell who is leaving: 3,043 of 7,043 customers are inactive.
fn shop() -> Results {
    let mut results = fixture::realistic();
    let churn = churn(&mut results);
    (churn.model, churn.open, churn.known, churn.events) = ("BG/NBD".to_owned(), 4_000, 900, 300);
    churn.profit = None;
    for (row, inactive) in results.segments.iter_mut().zip([Some(2_655), Some(388), None]) {
        (row.gone, row.inactive, row.churn_observed) = (Some(0), inactive, None);
    }
    results
}

#[test]
fn inactive_and_lapsed_are_two_words_and_the_second_says_so() {
    let (html, markdown) = written(&shop());
    for text in [&html, &markdown] {
        assert!(text.contains("3,043 customers have not ordered in the last 90 days"));
        assert!(!text.contains("customers have lapsed"));
        assert!(text.contains("Lapsed is not inactive") && text.contains("in the last 90 days"));
    }
    // Of a label nothing of the kind is said.
    assert!(!written(&fixture::realistic()).0.contains("Lapsed is not inactive"));
}

#[test]
fn counts_of_an_earlier_day_say_the_day() {
    let (html, _) = written(&shop());
    assert!(html.contains(
        "On 31 May 2026, before the day of this report, 900 customers were active; 300 of them"
    ));
    assert!(html.contains("4,000 customers were active on 30 September 2026"));
    assert!(!html.contains("have no known outcome yet"));
}

#[test]
fn a_share_of_those_who_can_leave_says_how_many_they_are() {
    let (html, markdown) = written(&shop());
    for text in [html, markdown] {
        assert!(text.contains("7.1% on average, among the 155 still here"));
        assert!(text.contains("38.6% on average, among the 2,045 still here"));
    }
    let (html, _) = written(&fixture::realistic());
    assert!(html.contains("among the 2,580 still here"));
}

#[test]
fn the_contact_list_says_what_it_goes_by_and_how_long_it_is() {
    let mut results = shop();
    let (html, _) = written(&results);
    assert!(html.contains("those with the most value at risk, the chance of leaving times"));
    assert!(html.contains("Up to 10% of the others can be contacted; "));
    assert!(html.contains("are of this segment: much is at risk with them."));
    for row in &mut results.segments {
        row.value_at_risk = None;
    }
    let (html, _) = written(&results);
    assert!(
        html.contains("those with the highest probability.") && !html.contains("value at risk,")
    );
    // With cost, value and rate the probability is the right order.
    let (html, _) = written(&fixture::realistic());
    assert!(html.contains("those with the highest probability."));
    assert!(html.contains("are of this segment: take them off."));
    let row = fixture::realistic().segments.iter().find(|row| row.contact > 0).unwrap().contact;
    assert!(html.contains(&format!("<span>{row} on the contact list</span>")));
}

#[test]
fn totals_stand_for_all_customers_where_they_are_known() {
    let mut results = fixture::realistic();
    let line = |html: &str, name: &str| {
        let rest = html.split(&format!("<tr><th scope=\"row\">{name}</th>")).nth(1).unwrap();
        rest.split("</td>").next().unwrap().to_owned()
    };
    let (html, _) = written(&results);
    let whole = format!(">{}", format::percent(1.0));
    assert!(line(&html, "Share of customers").ends_with(&whole));
    assert!(line(&html, "Share of value").ends_with(&whole));
    // (0.399 + 0.345 + 0.256) x 1,234,567 / 7,043.
    assert!(line(&html, "Value per customer").ends_with(">$175"));
    // (2,580 x 0.071 + 1,285 x 0.386 + 1,309 x 0.182) / 5,174.
    assert!(line(&html, "Likely to leave").ends_with(">17.7%"));
    assert!(line(&html, "Value at risk").ends_with(">$98,765"));
    // One part is withheld: the sum would tell it.
    results.segments[0].value_at_risk = None;
    results.segments[0].gone = Some(0);
    let (html, _) = written(&results);
    assert!(line(&html, "Value at risk").ends_with(">–"));
    assert!(line(&html, "Likely to leave").ends_with(">–"));
}

#[test]
fn what_all_customers_made_is_not_called_drawn() {
    let mut results = fixture::realistic();
    let (html, _) = written(&results);
    assert!(html.contains("Of 2,100 customers drawn at random; each step"));
    results.pictures.silhouette.as_mut().unwrap().sampled = 7_043;
    assert!(written(&results).0.contains("Of all 7,043 customers; each step"));
}

#[test]
fn the_index_is_called_that_of_the_mean() {
    let (html, markdown) = written(&fixture::realistic());
    for text in [html, markdown] {
        assert!(text.contains("Index of the mean") && text.contains("no middle value"));
    }
}

#[test]
fn columns_that_say_the_same_stand_in_one_line() {
    let mut results = fixture::realistic();
    results.segments[0].traits[0].same = vec!["transactions_tenure".to_owned()];
    let (_, markdown) = written(&results);
    assert!(markdown.contains("| tenure (says the same as transactions tenure) (made the"));
}

#[test]
fn the_middle_half_is_a_sentence() {
    let mut results = fixture::realistic();
    results.segments[0].traits[0].range = Some([6.0, 13.0]);
    results.segments[0].traits[1].range = Some([4.0, 4.0]);
    let (html, _) = written(&results);
    assert!(html.contains("half lie between 6 and 13") && html.contains(">half have 4<"));
}

fn changed() -> Results {
    let run = |name: &str, day: &str| serde_json::json!({ "run": name, "as_of": day, "customers": 7_043 });
    let none = serde_json::json!({ "customers": 7_043, "cells": [] });
    let change = serde_json::json!({
        "schema": 1,
        "before": run("a", "2026-03-31"),
        "now": run("b", "2026-09-30"),
        "done": "scored",
        "both": 7_000,
        "new": 43,
        "gone": 12,
        "verdict": { "advice": "look", "reasons": ["monthly_fee, which makes the segments, has \
            shifted much"] },
        "forecast": null,
        "events": [{ "kind": "grew", "segment_id": 1, "text": "segment 1 grew" }],
        "segments": [],
        "moved_by_behaviour": none,
        "moved_by_redefinition": none,
        "downgrades": null,
        "kpi": [],
        "drift": [],
        "notes": [],
    });
    let mut results = fixture::realistic();
    let change: ChangeResults = serde_json::from_value(change).unwrap();
    results.data.columns[1].name = "monthly_fee".to_owned();
    results.change = Some(Box::new(change));
    results
}

#[test]
fn tables_of_two_runs_say_both_days() {
    let (html, markdown) = written(&changed());
    for text in [html, markdown] {
        assert!(text.contains("What happened from 31 March 2026 to 30 September 2026"));
        assert!(text.contains("From (31 March 2026), to (30 September 2026)"));
        assert!(text.contains("Monthly fee, which makes the segments"));
    }
}

#[test]
fn the_new_words_are_there_in_every_language() {
    for (language, inactive) in [
        (Language::Da, "dage: inaktive"),
        (Language::Nb, "dagene: inaktive"),
        (Language::Ro, "zile: inactivi"),
        (Language::Zh, "不活跃，不在任何名单上"),
    ] {
        let mut results = shop();
        language.tag().clone_into(&mut results.heading.language);
        let (html, _) = written(&results);
        assert!(html.contains(inactive), "{}", language.tag());
    }
}

#[test]
fn a_page_in_chinese_carries_its_typeface() {
    let mut results = fixture::realistic();
    let (english, _) = written(&results);
    assert!(!english.contains("@font-face"));
    results.heading.language = "zh".to_owned();
    let (chinese, _) = written(&results);
    assert!(chinese.contains("@font-face{font-family:\"Noto Sans SC\";unicode-range:"));
    assert!(chinese.contains("url(data:font/otf;base64,T1RUTw"), "an OpenType file");
    assert!(chinese.contains("font-src data:"));
}
