//! Tests of the whole report.

mod look;
mod numbers;
mod plain;

use super::{Templates, fixture, html, markdown};
use crate::chart::{self, Theme};
use crate::format;
use crate::results::Results;
use crate::results::look::Look;

/// The report of results with their figures.
fn written(results: &Results) -> (String, String) {
    let figures = chart::all(results, &Theme::of(&results.heading.look));
    let usual = Templates::default();
    (html(results, &figures, &usual).unwrap(), markdown(results, &figures, &usual).unwrap())
}

/// What is between tags.
fn spoken(html: &str) -> String {
    html.split('<').filter_map(|part| part.split_once('>')).map(|(_, text)| text).collect()
}

/// Every kind of results.
fn corpus() -> Vec<Results> {
    let payloads = [
        "<script>alert(1)</script>",
        "\"><svg onload=alert(1)>",
        "' onmouseover='alert(1)",
        "javascript:alert(1)",
        "{{ 7 * 7 }} {% raw %}",
        "</style><b>",
        "](http://evil.example) | # *x* `y`",
        "a\u{202e}b\u{0}c\u{1b}[2J\u{200b}\u{2028}",
        "",
    ];
    let mut all = vec![
        fixture::realistic(),
        fixture::single(),
        fixture::twelve(),
        fixture::without_churn(),
        fixture::degenerate(),
        fixture::hostile(&"x".repeat(10_000)),
    ];
    all.extend(payloads.iter().map(|payload| fixture::hostile(payload)));
    all
}

/// 200 ways to break out: openings, what they carry, and how they are written; ten a text.
fn attacks() -> Vec<String> {
    let openings = ["", "\">", "'>", "</title>", "</style>", "</script>", "-->", "]]>", "](", "`"];
    let loads = [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg/onload=alert(1)>",
        "<iframe srcdoc='<script>alert(1)</script>'>",
        "<a href=javascript:alert(1)>x</a>",
        "javascript:alert(1)",
        "<math><mtext><style><img src=x onerror=alert(1)>",
        "<foreignObject><body onload=alert(1)>",
        "<link rel=stylesheet href=//evil.example/x.css>",
        "<meta http-equiv=refresh content='0;url=//evil.example'>",
        "<base href=//evil.example/>",
        "<form action=//evil.example><button>x",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "%3Cscript%3Ealert(1)%3C/script%3E",
        "<ScRiPt>alert(1)</sCrIpT>",
        "<script\u{0}>alert(1)</script>",
        "' onfocus=alert(1) autofocus='",
        "\" onmouseover=\"alert(1)",
        "{{ 7 * 7 }}{% raw %}",
        "<!--[if IE]><script>alert(1)</script><![endif]-->",
    ];
    let all: Vec<String> =
        openings.iter().flat_map(|o| loads.iter().map(move |load| format!("{o}{load}"))).collect();
    assert_eq!(all.len(), 200);
    all.chunks(10).map(|ten| ten.join(" ")).collect()
}

/// Every tag of a page, without the one script that its policy names.
fn tags(html: &str) -> Vec<String> {
    let script = format!("<script>{}</script>", super::templates::USUAL[2].1);
    assert_eq!(html.matches(&script).count(), 1);
    let rest = html.replace(&script, "");
    rest.split('<').skip(1).map(|tag| tag.split('>').next().unwrap().to_owned()).collect()
}

#[test]
fn of_two_hundred_attacks_none_comes_to_life() {
    for attack in attacks() {
        let results = fixture::hostile(&attack);
        let figures = chart::all(&results, &Theme::default());
        let html = html(&results, &figures, &Templates::default()).unwrap();
        for tag in tags(&html) {
            let name = tag.split([' ', '/']).find(|part| !part.is_empty()).unwrap_or("");
            for live in
                ["script", "img", "iframe", "foreignObject", "link", "base", "form", "object"]
            {
                assert!(!name.eq_ignore_ascii_case(live), "{tag}");
            }
            let bare: String = tag.split('"').step_by(2).collect();
            assert!(!bare.to_lowercase().contains(" on") && !bare.contains('\''), "{tag}");
        }
        for figure in figures {
            for live in ["<script", "<img", "<foreignObject", "onload=", "href"] {
                for tag in figure.svg.split('<').skip(1).filter_map(|part| part.split('>').next()) {
                    let bare: String = tag.split('"').step_by(2).collect();
                    assert!(!format!("<{bare}").contains(live), "{live} in {}", figure.name);
                }
            }
        }
    }
}

#[test]
fn the_policy_names_the_one_script_by_its_hash() {
    use base64::Engine as _;
    use sha2::Digest as _;
    let (html, _) = written(&fixture::realistic());
    let script = html.split("<script>").nth(1).unwrap().split("</script>").next().unwrap();
    let hash = sha2::Sha256::digest(script.as_bytes());
    let hash = base64::engine::general_purpose::STANDARD.encode(hash);
    assert!(html.contains(&format!("script-src 'sha256-{hash}'")));
    assert!(!html.contains("unsafe-eval") && html.matches("<script").count() == 1);
}

#[test]
fn the_page_can_be_read_without_seeing_it() {
    for language in crate::words::Language::ALL {
        let mut results = fixture::realistic();
        language.tag().clone_into(&mut results.heading.language);
        let (html, _) = written(&results);
        assert!(html.contains(&format!("<html lang=\"{}\"", language.html())));
        for landmark in ["<header>", "<main>", "<nav aria-label=", "<footer>"] {
            assert!(html.contains(landmark), "{landmark}");
        }
        assert_eq!(html.matches("<h1").count(), 1);
        assert_eq!(html.matches("<main").count(), 1);
        for tag in tags(&html) {
            let is = |name: &str| tag == name || tag.starts_with(&format!("{name} "));
            assert!(!is("th") || tag.contains("scope="), "{tag}");
            assert!(!is("svg") || tag.contains("aria-labelledby="), "{tag}");
            assert!(!is("section") || tag.contains("aria-labelledby="), "{tag}");
        }
        assert!(html.len() < 2_000_000, "{} bytes", html.len());
    }
}

#[test]
fn the_colours_of_words_are_readable_in_light_and_dark() {
    let css = super::html::style(&Look::default());
    let colour = |block: &str, name: &str| {
        let hex = block.split(&format!("--{name}:#")).nth(1).unwrap();
        let part = |at: usize| u8::from_str_radix(&hex[at..at + 2], 16).unwrap();
        chart::theme::Colour(part(0), part(2), part(4))
    };
    let mut blocks = css.split(":root{").skip(1);
    for theme in [Theme::default(), Theme::dark()] {
        let block = blocks.next().unwrap();
        for name in ["red", "amber", "green"] {
            assert!(colour(block, name).contrast(theme.paper) >= 4.5, "{name}");
        }
        for ground in ["soft", "tint", "alarm", "fill"] {
            for text in [theme.ink, theme.muted] {
                assert!(colour(block, ground).contrast(text) >= 4.5, "{ground}");
            }
        }
    }
}

#[test]
fn no_payload_comes_to_life() {
    for results in corpus() {
        let (html, markdown) = written(&results);
        // Indented lines are code, where nothing is markup.
        let markdown: String = markdown
            .lines()
            .filter(|line| !line.starts_with("    "))
            .fold(String::new(), |all, line| all + line + "\n");
        let script = format!("<script>{}</script>", super::templates::USUAL[2].1);
        let html = html.replace(&script, "");
        for live in
            ["<script", "<svg onload", "<img src=x", "<iframe", "<foreignObject", "</style><b>"]
        {
            assert!(!html.contains(live), "{live}");
            assert!(!markdown.contains(live), "{live}");
        }
        for tag in
            html.split('<').skip(1).filter_map(|part| part.split_once('>')).map(|(tag, _)| tag)
        {
            // Inside quotes only what the escaping leaves; outside no handler.
            let bare: String = tag.split('"').step_by(2).collect();
            assert!(!bare.contains(" on"), "{tag}");
            assert!(!tag.contains("ref=\"javascript:"), "{tag}");
        }
        let hidden = |c: char| {
            (c.is_control() && c != '\n') || matches!(c, '\u{202e}' | '\u{200b}' | '\u{2028}')
        };
        assert!(!html.contains(hidden) && !markdown.contains(hidden));
        assert!(!markdown.contains("://"));
    }
}

#[test]
fn the_report_refers_to_nothing_outside() {
    let (html, _) = written(&fixture::realistic());
    assert!(!html.contains("http:") && !html.contains("https:") && !html.contains("url("));
    for attribute in ["src=", "@import", "<link", "<base"] {
        assert!(!html.contains(attribute), "{attribute}");
    }
    for target in html.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap()) {
        let anchor = target.strip_prefix('#').unwrap();
        assert!(html.contains(&format!("id=\"{anchor}\"")), "{target}");
    }
    assert!(html.contains("Content-Security-Policy"));
    assert!(html.contains("default-src &#x27;none&#x27;") || html.contains("default-src 'none'"));
}

#[test]
fn every_id_is_unique_and_headings_are_in_order() {
    for results in corpus() {
        let (html, _) = written(&results);
        let mut ids: Vec<&str> =
            html.split(" id=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
        let n = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), n);
        let mut last = 0;
        for level in
            html.match_indices("<h").filter_map(|(at, _)| html[at + 2..at + 3].parse::<u32>().ok())
        {
            assert!(level <= last + 1, "h{level} after h{last}");
            last = level;
        }
        assert!(html.starts_with("<!DOCTYPE html>\n<html lang=\"en\">"));
    }
}

#[test]
fn every_number_of_the_segments_stands_in_the_tables() {
    let results = fixture::realistic();
    let (html, markdown) = written(&results);
    for text in [spoken(&html), markdown.replace("\\$", "$")] {
        let has = |figure: String| assert!(text.contains(&figure), "{figure}");
        for row in &results.segments {
            has(format::count(row.customers));
            has(format::percent(row.share));
            has(format::percent(row.value_share.unwrap()));
            has(format::percent(row.churn_mean.unwrap()));
            has(format::percent(row.churn_observed.unwrap()));
            has(format::percent_range(row.churn_low.unwrap(), row.churn_high.unwrap()));
            has(format::money(row.value_at_risk.unwrap(), "$"));
            has(format::money(row.value_per_customer.unwrap(), "$"));
            has(format::count(row.gone.unwrap()));
            has(format::decimal(row.stability.unwrap(), 2));
            for one in &row.traits {
                has(format::beside(one.here, one.rest));
                has(format::decimal(one.index.unwrap(), 0));
            }
        }
        for candidate in &results.choice.candidates {
            has(format::percent(candidate.validity.unwrap()));
            has(format::percent(candidate.min_share));
        }
        has("0.846 (0.835 to 0.857)".to_owned());
        has("7,050".to_owned());
    }
}

#[test]
fn the_first_page_says_what_must_be_said_first() {
    let (html, _) = written(&fixture::realistic());
    let place = |text: &str| html.find(text).unwrap_or_else(|| panic!("{text}"));
    let order = [
        "7,043 customers in 3 segments, as of 30 September 2026.",
        "Complain tells the outcome: alone it ranks the outcome with an AUC of 0.999; it was taken",
        "The segments</h3>",
        "1,869 customers have already left and are in no list.",
        "To decide",
        "How far to trust this",
        "Segment by segment</h2>",
        "Overview</h2>",
        "Likely to leave</h2>",
        "What they will bring</h2>",
        "Rule segmentations</h2>",
        "What to do</h2>",
        "How far to trust it</h2>",
        "Data</h2>",
        "Method and settings</h2>",
        "Terms</h2>",
    ];
    let places: Vec<usize> = order.iter().map(|text| place(text)).collect();
    assert!(places.is_sorted(), "{places:?}");
    assert!(html.contains("No short rule describes this segment."));
    assert!(html.contains("This segment is just: InternetService = Fiber optic."));
    assert!(html.contains("--set segments.k=4"));
}

#[test]
fn a_proven_leak_without_a_finding_is_still_named_first() {
    let mut results = fixture::realistic();
    results.findings.clear();
    let (html, markdown) = written(&results);
    assert!(html.contains("Complain was taken out: it tells the outcome."));
    assert!(markdown.contains("Complain was taken out: it tells the outcome."));
}

#[test]
fn without_money_and_churn_their_columns_are_absent() {
    let (html, markdown) = written(&fixture::without_churn());
    for text in [&html, &markdown] {
        assert!(!text.contains("Share of value") && !text.contains("Value at risk"));
        assert!(!text.contains("In no list") && !text.contains("already left"));
        assert!(text.contains("Not computed: no column says who has left."));
    }
}

#[test]
fn withheld_cells_say_so() {
    let mut results = fixture::realistic();
    results.segments[1].value_share = None;
    results.segments[1].churn_observed = None;
    let (html, markdown) = written(&results);
    assert!(html.contains("withheld (protects a group under 10)"));
    assert!(markdown.contains("withheld (protects a group under 10)"));
}

#[test]
fn another_outcome_is_called_by_its_name() {
    let mut results = fixture::realistic();
    if let crate::results::ChurnStatus::Computed(churn) = &mut results.churn {
        churn.what = "Response".to_owned();
    }
    let (html, _) = written(&results);
    assert!(html.contains("Likely: Response"));
    assert!(!html.contains("likely to leave") && !html.contains("Likely to leave"));
}

#[test]
fn writing_twice_gives_the_same_bytes() {
    assert_eq!(written(&fixture::twelve()), written(&fixture::twelve()));
}

/// Writes the reports where `KOHORT_LOOK` names a folder, to be looked at.
#[test]
fn reports_can_be_written_to_be_looked_at() {
    let Ok(folder) = std::env::var("KOHORT_LOOK") else { return };
    let kinds = [
        ("real", fixture::realistic()),
        ("twelve", fixture::twelve()),
        ("none", fixture::without_churn()),
        ("single", fixture::single()),
        ("hostile", fixture::hostile("<script>alert(1)</script>")),
    ];
    for (kind, results) in kinds {
        let (html, markdown) = written(&results);
        std::fs::write(format!("{folder}/{kind}.html"), html).unwrap();
        std::fs::write(format!("{folder}/{kind}.md"), markdown).unwrap();
    }
}

#[test]
fn a_decision_is_not_told_twice() {
    let (html, markdown) = written(&fixture::realistic());
    assert!(!html.contains(r#"<p class="kind">Protect</p>"#));
    assert!(html.contains(r#"<p class="kind">Grow</p>"#));
    assert!(html.contains("47,300 at risk") && html.contains("12,000 more, if each"));
    assert!(!markdown.contains("**Protect.** Protect") && !markdown.contains("at stake"));
}
