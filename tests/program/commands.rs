//! The other commands: help, init, check, report, synth, config, completions.

use std::fs;

use crate::support::{call, files, kohort, program, run, small_table};

#[test]
fn every_command_has_help_with_an_example() {
    for command in [
        &["init"][..],
        &["check"],
        &["explore"],
        &["run"],
        &["score"],
        &["compare"],
        &["replay"],
        &["report"],
        &["audience"],
        &["experiment", "plan"],
        &["experiment", "read"],
        &["model"],
        &["erase"],
        &["prune"],
        &["synth"],
        &["config"],
        &["completions"],
    ] {
        let call = kohort(&[command, &["--help"]].concat());
        let command = command.join(" ");
        assert_eq!(call.code, 0);
        assert!(call.stdout.contains("Example"), "{command}: {}", call.stdout);
        assert!(call.stderr.is_empty());
    }
    let all = kohort(&["--help"]).stdout;
    assert!(!all.contains("  worker "), "the child is no command");
}

#[test]
fn the_version_names_the_commit() {
    let text = kohort(&["--version"]).stdout;
    assert!(text.starts_with("kohort "), "{text}");
    assert!(text.contains(env!("CARGO_PKG_VERSION")) && text.contains('('), "{text}");
}

#[test]
fn a_usage_error_exits_with_2() {
    assert_eq!(kohort(&["run"]).code, 2);
    assert_eq!(kohort(&["segment"]).code, 2);
}

#[test]
fn init_writes_a_config_that_runs_and_never_overwrites() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("table.csv"), small_table(300)).unwrap();
    for more in [&[][..], &["--minimal"][..]] {
        let config = folder.path().join(format!("kohort-{}.toml", more.len()));
        let init = call(
            program()
                .current_dir(folder.path())
                .args(["init", "table.csv", "-o"])
                .arg(config.file_name().unwrap())
                .args(more),
        );
        assert_eq!(init.code, 0, "{}", init.stderr);
        let before = fs::read(&config).unwrap();
        let again = call(
            program()
                .current_dir(folder.path())
                .args(["init", "table.csv", "-o"])
                .arg(config.file_name().unwrap()),
        );
        assert_eq!(again.code, 5, "{}", again.stderr);
        assert_eq!(fs::read(&config).unwrap(), before);
        run(&config, &folder.path().join(format!("out-{}", more.len())), &[]);
    }
}

#[test]
fn the_as_of_flag_fills_in_paths_and_names_the_run() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("c-2025-01.csv"), small_table(300)).unwrap();
    let config = folder.path().join("kohort.toml");
    fs::write(&config, "[input]\ncustomers = \"c-{as-of:%Y-%m}.csv\"\n").unwrap();
    let out = folder.path().join("out");
    let found = run(&config, &out, &["--as-of", "2025-01-31"]);
    assert!(found.file_name().unwrap().to_string_lossy().starts_with("2025-01-31-"));
}

#[test]
fn check_prints_the_accounting_and_every_column_and_models_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let table = folder.path().join("table.csv");
    fs::write(&table, small_table(300)).unwrap();
    let text = call(program().arg("check").arg(&table));
    assert_eq!(text.code, 0, "{}", text.stderr);
    assert!(
        text.stdout.contains("300 rows = 300 used + 0 rejected + 0 excluded"),
        "{}",
        text.stdout
    );
    for column in ["customer_id", "visits", "spend", "age", "city", "newsletter"] {
        assert!(text.stdout.contains(column));
    }
    let json = call(program().arg("check").arg(&table).args(["--format", "json"]));
    assert_eq!(json.stdout.lines().count(), 1, "exactly one line");
    let ledger: serde_json::Value = serde_json::from_str(&json.stdout).unwrap();
    assert_eq!(ledger["accounting"]["used"], 300);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing was written");
}

#[test]
fn report_renders_from_the_numbers_alone_and_never_into_the_run() {
    let folder = tempfile::tempdir().unwrap();
    let table = folder.path().join("table.csv");
    fs::write(&table, small_table(300)).unwrap();
    let found = run(&table, &folder.path().join("out"), &[]);
    let again = folder.path().join("again");
    let rendered = call(program().arg("report").arg(&found).arg("-o").arg(&again));
    assert_eq!(rendered.code, 0, "{}", rendered.stderr);
    let (was, is) = (files(&found), files(&again));
    for (name, bytes) in &is {
        assert!(was[name] == *bytes, "{name} differs from the run's own");
    }
    assert!(is.len() > 4);
    let titled = folder.path().join("titled");
    let call =
        call(program().arg("report").arg(folder.path().join("out")).arg("-o").arg(&titled).args([
            "--to",
            "html",
            "--set",
            "report.title=Our <people>",
        ]));
    assert_eq!(call.code, 0, "{}", call.stderr);
    let html = fs::read_to_string(titled.join("report.html")).unwrap();
    assert!(html.contains("Our &lt;people&gt;") && !html.contains("<people>"));
    let inside = crate::support::call(
        program().arg("report").arg(&found).arg("-o").arg(found.join("figures")),
    );
    assert_eq!(inside.code, 5, "{}", inside.stderr);
}

#[test]
fn results_go_to_stdout_and_json_is_exactly_one_line() {
    let folder = tempfile::tempdir().unwrap();
    let table = folder.path().join("table.csv");
    fs::write(&table, small_table(300)).unwrap();
    let call = call(
        program()
            .arg("run")
            .arg(&table)
            .arg("--out")
            .arg(folder.path().join("out"))
            .args(["--format", "json", "--log", "json"]),
    );
    assert_eq!(call.code, 0, "{}", call.stderr);
    assert_eq!(call.stdout.lines().count(), 1);
    let answer: serde_json::Value = serde_json::from_str(&call.stdout).unwrap();
    assert_eq!(answer["customers"], 300);
    for line in call.stderr.lines() {
        assert!(serde_json::from_str::<serde_json::Value>(line).is_ok(), "{line}");
    }
}

#[test]
fn synth_writes_what_data_holds() {
    let data = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    for (business, customers) in [("subscription", "3000"), ("shop", "2000"), ("b2b", "800")] {
        let folder = tempfile::tempdir().unwrap();
        let call = call(
            program()
                .args(["synth", business, "--customers", customers, "--seed", "1", "-o"])
                .arg(folder.path()),
        );
        assert_eq!(call.code, 0, "{}", call.stderr);
        for (name, bytes) in files(folder.path()) {
            let kept = fs::read(data.join(business).join(&name)).unwrap();
            assert!(kept == bytes, "data/{business}/{name} is not what synth writes");
        }
    }
}

#[test]
fn completions_name_every_command() {
    let script = kohort(&["completions", "bash"]).stdout;
    assert!(script.contains("score") && script.contains("synth"));
}

#[test]
fn the_schema_is_json_and_the_reference_is_a_config() {
    let schema: serde_json::Value =
        serde_json::from_str(&kohort(&["config", "--schema"]).stdout).unwrap();
    assert!(schema["properties"]["segments"].is_object());
    assert!(kohort(&["config", "--all"]).stdout.contains("[segments]"));
}
