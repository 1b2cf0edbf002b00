//! Theme, logo and templates of one's own: in a run, in a report of a finished run, and what is
//! said of them when they are wrong.

use std::fs;
use std::path::Path;

use crate::support::{call, files, kohort, program, run, small_table};

const THEME: &str = "accent = \"#7a0019\"\nsegments = [\"#ffcc33\", \"#7a0019\"]\n\
                     logo = \"logo.svg\"\nlogo-text = \"Acme\"\n";
const LOGO: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 8 8\"/>";

/// A table, a theme with its logo and a config that names both.
fn desk(folder: &Path) {
    fs::write(folder.join("table.csv"), small_table(200)).unwrap();
    fs::write(folder.join("brand.toml"), THEME).unwrap();
    fs::write(folder.join("logo.svg"), LOGO).unwrap();
    let config = "[input]\ncustomers = \"table.csv\"\n[segments]\nk = 3\n\
                  [report]\ntheme = \"brand.toml\"\n";
    fs::write(folder.join("kohort.toml"), config).unwrap();
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap()
}

#[test]
fn a_run_wears_its_theme_and_so_does_its_report_without_the_files() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    desk(here);
    let out = here.join("out");
    let first = run(&here.join("kohort.toml"), &out, &[]);
    let page = text(&first.join("report.html"));
    assert!(page.contains("--accent:#7a0019") && page.contains("alt=\"Acme\""));
    assert!(text(&first.join("figures/01-segment-sizes.svg")).to_lowercase().contains("#ffcc33"));
    // Its own config names the theme by a path that holds from anywhere, and it is the same run.
    assert_eq!(run(&first.join("kohort.toml"), &out, &[]), first);

    // Another theme is another run with the same numbers.
    fs::write(here.join("brand.toml"), THEME.replace("#ffcc33", "#33ccff")).unwrap();
    let second = run(&here.join("kohort.toml"), &here.join("other"), &[]);
    assert_ne!(first.file_name(), second.file_name());
    assert_eq!(text(&first.join("segments.csv")), text(&second.join("segments.csv")));

    // What was read stands in report.json: no file of the theme is needed again.
    for name in ["brand.toml", "logo.svg"] {
        fs::remove_file(here.join(name)).unwrap();
    }
    let again = here.join("again");
    let (from, to) = (first.to_str().unwrap(), again.to_str().unwrap());
    let call = kohort(&["report", from, "-o", to]);
    assert_eq!(call.code, 0, "{}", call.stderr);
    assert_eq!(text(&again.join("report.html")), page);

    // In the dark, and as usual.
    let call = kohort(&["report", from, "-o", to, "--to", "html", "--set", "report.theme=dark"]);
    assert_eq!(call.code, 0, "{}", call.stderr);
    let dark = text(&again.join("report.html"));
    assert!(dark.contains("content=\"dark\"") && !dark.contains("alt=\"Acme\""));
    let call = kohort(&["report", from, "-o", to, "--to", "html", "--set", "report.theme=light"]);
    assert_eq!(call.code, 0, "{}", call.stderr);
    assert!(!text(&again.join("report.html")).contains("#7a0019"));
}

#[test]
fn templates_of_one_s_own_are_filled_in_a_run_and_in_a_report() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    desk(here);
    let ours = here.join("ours");
    let usual = kohort(&["config", "--templates", ours.to_str().unwrap()]);
    assert_eq!(usual.code, 0, "{}", usual.stderr);
    assert_eq!(files(&ours).len(), 6);
    let refused = kohort(&["config", "--templates", ours.to_str().unwrap()]);
    assert_eq!(refused.code, 2);
    assert!(refused.stderr.contains("E-CFG-014"), "{}", refused.stderr);

    let out = here.join("out");
    let plain = run(&here.join("kohort.toml"), &out.join("plain"), &[]);
    // As they were written they change nothing but the run's name.
    let set = ["--set", "report.templates=ours"];
    let same = run(&here.join("kohort.toml"), &out.join("same"), &set);
    assert_ne!(plain.file_name(), same.file_name());
    let strip = |run: &Path, name: &str| {
        let name_of_run = run.file_name().unwrap().to_str().unwrap().to_owned();
        text(&run.join(name)).replace(&name_of_run, "RUN")
    };
    let body = |run: &Path| {
        let page = strip(run, "report.html");
        page.split("<main>")
            .nth(1)
            .unwrap()
            .split("<section aria-labelledby=\"method\">")
            .next()
            .unwrap()
            .to_owned()
    };
    assert_eq!(body(&plain), body(&same));

    fs::write(ours.join("report.md"), "{% include 'part.md' %}\n").unwrap();
    fs::write(
        ours.join("part.md"),
        "{% for row in view.first.rows %}{{ row.sign.id }},{% endfor %}",
    )
    .unwrap();
    let again = here.join("again");
    let templates = format!("report.templates={}", ours.display());
    let (from, to) = (plain.to_str().unwrap(), again.to_str().unwrap());
    let call = kohort(&["report", from, "-o", to, "--set", &templates]);
    assert_eq!(call.code, 0, "{}", call.stderr);
    assert_eq!(text(&again.join("report.md")).trim(), "1,2,3,");
    assert_eq!(text(&again.join("report.html")), text(&plain.join("report.html")));
}

/// Code, and a word that the message must have.
#[test]
fn what_is_wrong_with_theme_logo_or_template_is_named_before_the_work() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    desk(here);
    fs::create_dir(here.join("empty")).unwrap();
    fs::create_dir(here.join("broken")).unwrap();
    fs::write(here.join("broken/report.html"), "<p>\n{% for row in %}</p>").unwrap();
    fs::write(here.join("no-logo.toml"), "logo = \"absent.png\"").unwrap();
    fs::write(here.join("red.toml"), "accent = \"red\"").unwrap();
    fs::write(here.join("typo.toml"), "\nacent = \"#000000\"").unwrap();
    let cases = [
        ("report.theme=absent.toml", "E-CFG-012", "absent.toml"),
        ("report.theme=pink", "E-CFG-005", "report.theme"),
        ("report.theme=red.toml", "E-CFG-012", "accent"),
        ("report.theme=typo.toml", "E-CFG-002", "line 2"),
        ("report.theme=no-logo.toml", "E-CFG-013", "absent.png"),
        ("report.templates=absent", "E-RPT-003", "absent"),
        ("report.templates=empty", "E-RPT-003", "report.html"),
        ("report.templates=broken", "E-RPT-003", "line 2"),
    ];
    for (set, code, word) in cases {
        let out = here.join("refused");
        let call = call(
            program()
                .arg("run")
                .arg(here.join("kohort.toml"))
                .arg("--out")
                .arg(&out)
                .args(["-q", "--set", set]),
        );
        assert_eq!(call.code, 2, "{set}: {}", call.stderr);
        assert!(call.stderr.contains(code) && call.stderr.contains(word), "{set}: {}", call.stderr);
        let runs = out.join("runs");
        assert!(!runs.exists() || fs::read_dir(runs).unwrap().next().is_none(), "{set}");
    }
}
