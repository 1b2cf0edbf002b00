//! The report in a real browser: no console error, every figure visible, no request.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::{files, real, run, skip, small_table};

fn browser() -> Option<PathBuf> {
    let found = ["chromium", "chromium-browser", "google-chrome"].iter().find_map(|name| {
        std::env::var_os("PATH").and_then(|path| {
            std::env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file())
        })
    });
    if found.is_none() {
        assert!(std::env::var("KOHORT_BROWSER").is_err(), "a browser is required but absent");
        skip("no Chromium on this machine");
    }
    found
}

/// Opens a page and returns its log and its document after everything has loaded.
fn open(browser: &Path, page: &Path) -> (String, String) {
    let profile = tempfile::tempdir().unwrap();
    let output = Command::new(browser)
        .args([
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--enable-logging=stderr",
            "--virtual-time-budget=5000",
            "--dump-dom",
        ])
        .arg(format!("--user-data-dir={}", profile.path().display()))
        .arg(format!("file://{}", page.display()))
        .output()
        .unwrap();
    (
        String::from_utf8_lossy(&output.stderr).into_owned(),
        String::from_utf8(output.stdout).unwrap(),
    )
}

#[test]
fn the_report_opens_without_an_error_and_shows_every_figure() {
    let Some(browser) = browser() else { return };
    let folder = tempfile::tempdir().unwrap();
    let small = folder.path().join("table.csv");
    fs::write(&small, small_table(300)).unwrap();
    let mut tables = vec![small];
    tables.extend(real("telco_churn/Telco-Customer-Churn.csv"));
    for (at, table) in tables.iter().enumerate() {
        let run = run(table, &folder.path().join(format!("out-{at}")), &[]);
        // What has nothing to show is a box among the files and no figure of the page.
        let figures = files(&run)
            .iter()
            .filter(|(name, _)| name.split('.').next_back() == Some("svg"))
            .filter(|(_, svg)| !String::from_utf8_lossy(svg).contains("Not drawn because"))
            .count();
        assert!(figures >= 4);
        // A copy of the page measures itself: how many figures have an area.
        let html = fs::read_to_string(run.join("report.html")).unwrap();
        let page = folder.path().join(format!("page-{at}.html"));
        fs::write(&page, measured(&html)).unwrap();
        let (log, dom) = open(&browser, &page);
        let told = dom.split("data-visible=\"").nth(1).and_then(|rest| rest.split('"').next());
        assert_eq!(told, Some(figures.to_string().as_str()), "figures with an area; log: {log}");
        let asked = dom.split("data-requests=\"").nth(1).and_then(|rest| rest.split('"').next());
        assert_eq!(asked, Some("0"), "the page asked for another resource");
        let (log, _) = open(&browser, &run.join("report.html"));
        assert!(!log.contains("CONSOLE"), "{log}");
    }
}

/// Without its content security policy, and with a script that counts visible figures.
fn measured(html: &str) -> String {
    let start = html.find("<meta http-equiv=\"Content-Security-Policy\"").unwrap();
    let end = start + html[start..].find('>').unwrap() + 1;
    let script = "<script>addEventListener('load',()=>{let n=0;\
        for(const s of document.querySelectorAll('figure svg'))\
        {const r=s.getBoundingClientRect();if(r.width>200&&r.height>100)n++}\
        document.body.dataset.visible=n;\
        document.body.dataset.requests=performance.getEntriesByType('resource').length})</script></body>";
    format!("{}{}", &html[..start], &html[end..]).replace("</body>", script)
}
