//! What a report wears: theme, logo and templates of somebody's own.

use super::super::{Templates, fixture, html, markdown};
use super::written;
use crate::chart::{self, Theme};
use crate::results::look::{Logo, Look};

#[test]
fn a_report_wears_the_look_of_its_results() {
    let mut results = fixture::realistic();
    let logo = Logo {
        media: "image/svg+xml".into(),
        base64: "PHN2Zy8+".into(),
        text: "\"><script>alert(1)</script>".into(),
    };
    results.heading.look = Look {
        dark: false,
        accent: Some("#7a0019".into()),
        segments: vec!["#ffcc33".into(), "#7a0019".into()],
        logo: Some(logo),
    };
    let (light, _) = written(&results);
    assert!(light.contains("--accent:#7a0019") && light.contains(".s1{--ground:#ffcc33"));
    assert!(light.contains(
        "src=\"data:image&#x2f;svg+xml;base64,PHN2Zy8+\" alt=\"&quot;&gt;&lt;script&gt;"
    ));
    assert!(light.contains("content=\"light dark\"") && light.contains("prefers-color-scheme"));
    // Figures have the colours as well, and a dark ground is theirs, too.
    assert!(light.to_ascii_lowercase().matches("#ffcc33").count() > 3);
    results.heading.look.dark = true;
    let (dark, _) = written(&results);
    let paper = Theme::dark().paper.hex();
    assert!(dark.contains("content=\"dark\"") && !dark.contains("prefers-color-scheme"));
    assert!(dark.to_ascii_lowercase().matches(&paper).count() > 10);
    assert!(!dark.contains("--accent:#7a0019}"), "it would not be read on a dark ground");
}

#[test]
fn templates_of_one_s_own_are_filled_and_fail_by_their_name() {
    let results = fixture::realistic();
    let figures = chart::all(&results, &Theme::default());
    let own = |name: &str, text: &str| {
        Templates::new([(name.to_owned(), text.to_owned())].into()).unwrap()
    };
    let short = own("report.md", "{{ view.title }}: {{ view.first.rows|length }} {{ t('none') }}");
    let text = markdown(&results, &figures, &short).unwrap();
    assert_eq!(text, "Telecom customers: 3 None.");
    let usual = html(&results, &figures, &Templates::default()).unwrap();
    assert_eq!(html(&results, &figures, &short).unwrap(), usual);
    let script = own("report.js", "'use strict';");
    let page = html(&results, &figures, &script).unwrap();
    assert!(page.contains("<script>'use strict';</script>") && !page.contains("'sha256-'"));
    let wrong = own("report.html", "<p>\n{{ view.no.such }}</p>");
    let error = html(&results, &figures, &wrong).unwrap_err().to_string();
    assert!(error.contains("report.html") && error.contains("line 2"), "{error}");
}
