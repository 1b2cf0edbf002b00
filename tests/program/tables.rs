//! Several tables and raw purchase lines: arranged, joined, accounted for, and the same
//! whatever they are given as.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::support::{call, json, kohort, program, real, run};

fn shop(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data/shop").join(file)
}

/// `kohort check` of the tables, as JSON.
fn check(tables: &[&Path]) -> Value {
    let call = call(program().args(["check", "--format", "json"]).args(tables));
    assert_eq!(call.code, 0, "{}", call.stderr);
    serde_json::from_str(&call.stdout).unwrap()
}

/// Visits, opinions and products for the shop, with keys that nobody has among them.
fn others(folder: &Path) -> [PathBuf; 3] {
    let (mut visits, mut nps) =
        (String::from("customer_id,day,type\n"), String::from("customer_id,day,nps\n"));
    for n in 1..=400 {
        let (day, kind) = (1 + n % 28, ["web", "app"][n % 2]);
        writeln!(visits, "K{:06},2025-11-{day:02},{kind}", 1 + n % 150).unwrap();
        writeln!(nps, "K{n:06},2025-10-{day:02},{}", n % 11).unwrap();
    }
    visits += "X000001,2025-11-01,web\n,2025-11-02,app\nK000001,2026-01-05,web\n";
    let mut products = String::from("product,maker\n");
    let lines = fs::read_to_string(shop("transactions.csv")).unwrap();
    let mut names: Vec<String> =
        crate::support::records(&lines).into_iter().skip(1).map(|line| line[3].clone()).collect();
    names.sort();
    names.dedup();
    for (n, name) in names.iter().skip(1).enumerate() {
        writeln!(products, "\"{}\",maker {}", name.replace('"', "\"\""), n % 5).unwrap();
    }
    products += "Never sold,maker 1\n";
    [("visits.csv", visits), ("nps.csv", nps), ("products.csv", products)].map(|(name, text)| {
        let path = folder.join(name);
        fs::write(&path, text).unwrap();
        path
    })
}

#[test]
fn bare_tables_are_told_apart_in_any_order() {
    let folder = tempfile::tempdir().unwrap();
    let [visits, nps, products] = others(folder.path());
    let (customers, lines) = (shop("customers.csv"), shop("transactions.csv"));
    let ledger = check(&[&customers, &lines, &visits, &nps, &products]);
    let again = check(&[&products, &nps, &lines, &visits, &customers]);
    for key in ["accounting", "columns", "orders", "features", "tables"] {
        assert_eq!(ledger[key], again[key], "{key}");
    }
    assert_eq!(ledger["file"], customers.display().to_string());
    let table = |name: &str| {
        let tables = ledger["tables"].as_array().unwrap();
        tables.iter().find(|table| table["name"] == name).unwrap()
    };
    assert_eq!(table("transactions")["part"], "transactions");
    assert_eq!(table("products")["part"], "products");
    let join = &table("visits")["join"];
    assert_eq!(table("visits")["part"], "events");
    assert_eq!((&join["unmatched"], &join["without_key"]), (&1.into(), &1.into()));
    assert_eq!((&join["joined"], &join["after_as_of"]), (&400.into(), &1.into()));
    assert_eq!(table("nps")["part"], "feedback");
    assert_eq!(table("products")["join"]["unmatched"], 1);
    assert!(table("products")["join"]["without_row"].as_u64().unwrap() > 0);
    let made: Vec<&str> = ledger["features"]
        .as_array()
        .unwrap()
        .iter()
        .map(|column| column["name"].as_str().unwrap())
        .collect();
    for name in ["orders", "spend", "visits", "visits_app", "days_since_last_visits", "nps_last"] {
        assert!(made.contains(&name), "{name} is not among {made:?}");
    }
}

#[test]
fn a_table_that_joins_to_nothing_is_refused_with_its_name() {
    let folder = tempfile::tempdir().unwrap();
    let alien = folder.path().join("alien.csv");
    fs::write(&alien, "planet,moons\nEarth,1\nMars,2\nJupiter,95\n").unwrap();
    let call = call(program().arg("check").arg(shop("transactions.csv")).arg(&alien));
    assert_eq!(call.code, 3);
    assert!(call.stderr.contains("E-IN-058") && call.stderr.contains("alien.csv"));
}

#[test]
fn bare_tables_leave_a_config_that_publishes_nothing_new() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let call = call(
        program()
            .args(["run", "--quiet", "--out"])
            .arg(&out)
            .args([shop("customers.csv"), shop("transactions.csv")]),
    );
    assert_eq!(call.code, 0, "{}", call.stderr);
    let published = fs::canonicalize(out.join("current")).unwrap();
    let config = published.join("kohort.toml").display().to_string();
    let again = kohort(&["run", &config, "--out", &out.display().to_string(), "--quiet"]);
    assert_eq!(again.code, 0, "{}", again.stderr);
    assert!(again.stdout.contains("Already published"), "{}", again.stdout);
}

#[test]
fn purchase_lines_give_the_same_customers_in_any_order_and_dress() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let text = fs::read_to_string(shop("transactions.csv")).unwrap();
    let (header, body) = text.split_once('\n').unwrap();
    let mut lines: Vec<&str> = body.lines().collect();
    lines.reverse();
    fs::write(at("backward.csv"), format!("{header}\n{}\n", lines.join("\n"))).unwrap();
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(text.as_bytes()).unwrap();
    fs::write(at("lines.csv.gz"), packed.finish().unwrap()).unwrap();
    let names = &crate::support::records(&format!("{header}\n"))[0];
    let mut ndjson = String::new();
    for record in crate::support::records(body) {
        let object: serde_json::Map<String, Value> =
            names.iter().cloned().zip(record.into_iter().map(Value::from)).collect();
        ndjson += &(Value::from(object).to_string() + "\n");
    }
    fs::write(at("lines.ndjson"), ndjson).unwrap();
    let customers = |table: &Path| {
        let out = folder.path().join("out").join(table.file_name().unwrap());
        fs::read(run(table, &out, &[]).join("customers.csv")).unwrap()
    };
    let plain = customers(&shop("transactions.csv"));
    for name in ["backward.csv", "lines.csv.gz", "lines.ndjson"] {
        assert!(customers(&at(name)) == plain, "{name}");
    }
}

#[test]
fn rules_fill_their_columns() {
    let folder = tempfile::tempdir().unwrap();
    let published = run(&shop("transactions.csv"), folder.path(), &[]);
    let rows = crate::support::rows(&published.join("customers.csv"));
    for column in ["lifecycle", "loyalty", "shopper", "abc", "rfm"] {
        assert!(rows.iter().all(|row| !row[column].is_empty()), "{column}");
    }
    for method in ["rfm", "abc", "loyalty", "shopper", "lifecycle"] {
        let out = folder.path().join(method);
        let set = format!("segments.method={method}");
        let by_rule = run(&shop("transactions.csv"), &out, &["--set", &set]);
        let segments = json(&by_rule.join("segments.json"));
        assert!(segments["segments"].as_array().unwrap().iter().all(|s| s["verdict"] == "rule"));
    }
}

/// Nobody's outcome is known in a shop: the lapsed are in no list, the others have a
/// probability, and the report says so in these words.
#[test]
fn orders_alone_tell_who_has_lapsed_and_who_may_leave() {
    let folder = tempfile::tempdir().unwrap();
    let published = run(&shop("transactions.csv"), folder.path(), &[]);
    let rows = crate::support::rows(&published.join("customers.csv"));
    let value = json(&published.join("value.json"));
    let mut lapsed = 0;
    for row in &rows {
        let gone = row["contact"] == "gone";
        assert_eq!(row["churn_probability"].is_empty(), gone);
        assert!(!row["expected_orders"].is_empty() && row["outcome"].is_empty());
        assert!(!gone || row["value_at_risk"].parse::<f64>().unwrap() == 0.0);
        lapsed += u64::from(gone);
    }
    assert_eq!(value["active"].as_u64().unwrap(), rows.len() as u64 - lapsed);
    assert!(crate::support::is_list_by(&rows, "value_at_risk"));
    let report = fs::read_to_string(published.join("report.md")).unwrap();
    let days = value["inactive_days"].as_u64().unwrap();
    let inactive = format!("{lapsed} customers have not ordered in the last {days} days: inactive");
    assert!(report.contains(&inactive));
    // Each card says of how many customers its chance of leaving is.
    let segments = json(&published.join("segments.json"));
    for row in segments["segments"].as_array().unwrap() {
        let Some(inactive) = row["inactive"].as_u64() else { continue };
        let open = row["customers"].as_u64().unwrap() - inactive;
        let told = report.contains(&format!("on average, among the {open} still here"));
        assert!(told || open > 999, "{open}");
    }
    assert!(!report.contains("In no list |") && !report.contains("outcome not known"));
    let figure = fs::read_to_string(published.join("figures/05-churn-by-segment.svg")).unwrap();
    assert!(figure.contains("Likely to leave") && !figure.contains("Observed"));
}

#[test]
fn online_retail_is_accounted_for_to_the_last_digit() {
    let Some(file) = real("online_retail/online_retail.csv.gz") else { return };
    let folder = tempfile::tempdir().unwrap();
    let ledger = json(&run(&file, folder.path(), &[]).join("quality.json"));
    let (orders, rows) = (&ledger["orders"], &ledger["accounting"]);
    assert_eq!((&rows["rows"], &rows["rejected"]), (&541_909.into(), &0.into()));
    assert_eq!(
        rows["used"].as_u64().unwrap() + rows["excluded"].as_u64().unwrap(),
        541_909,
        "every line stands once"
    );
    let seen = |key: &str| orders["seen"][key]["lines"].as_u64().unwrap();
    assert_eq!(seen("without_customer"), 135_080);
    assert_eq!((seen("cancelled"), seen("cancelled_without_customer")), (9_288, 383));
    assert_eq!(orders["customers_seen"], 4_372);
    assert_eq!(orders["read"]["money"], "9747747.934");
    let repaired = ledger["repairs"].as_array().unwrap().iter();
    assert!(repaired.into_iter().any(|r| r["column"] == "CustomerID" && r["rows"] == 406_829));
}

#[test]
fn a_workbook_and_its_csv_give_the_same_customers() {
    let (Some(book), Some(text)) = (
        real("telco_churn_geo/Telco_customer_churn.xlsx"),
        real("telco_churn_geo/XTelco_Customer_Churn.csv"),
    ) else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let [a, b] = [("book", &book), ("text", &text)].map(|(name, file)| {
        fs::read(run(file, &folder.path().join(name), &[]).join("customers.csv")).unwrap()
    });
    assert!(a == b);
}

#[test]
fn the_pipeline_of_a_crm_asks_and_then_joins_four_tables() {
    let Some(accounts) = real("crm_b2b/accounts.csv") else { return };
    let at = |name: &str| accounts.with_file_name(name).display().to_string();
    let folder = tempfile::tempdir().unwrap();
    let config = folder.path().join("crm.toml");
    let text = format!(
        "[input]\ncustomers = {:?}\ntransactions = {:?}\nid = \"account\"\n\
         [input.tables.products]\npath = {:?}\nrole = \"products\"\n\
         [input.tables.teams]\npath = {:?}\nrole = \"products\"\non = \"sales_agent\"\n\
         [features.transactions]\ndate = \"close_date\"\nzero-price = \"drop\"\n",
        at("accounts.csv"),
        at("sales_pipeline.csv"),
        at("products.csv"),
        at("sales_teams.csv")
    );
    fs::write(&config, text).unwrap();
    let path = config.display().to_string();
    let asked = kohort(&["check", &path]);
    assert_eq!(asked.code, 3);
    assert!(asked.stderr.contains("E-IN-041"), "{}", asked.stderr);
    let set = ["--set", "input.csv.date-format=dd-mm-yy"];
    let call = kohort(&["check", &path, "--format", "json", set[0], set[1]]);
    assert_eq!(call.code, 0, "{}", call.stderr);
    let ledger: Value = serde_json::from_str(&call.stdout).unwrap();
    let tables = ledger["tables"].as_array().unwrap();
    let products = tables.iter().find(|table| table["name"] == "products").unwrap();
    // "GTX Pro" is written GTXPro on the lines: one row joins to none of them.
    assert_eq!(products["join"]["unmatched"], 1);
    assert!(products["join"]["without_row"].as_u64().unwrap() > 0);
}

#[test]
fn equal_rows_are_counted_where_no_column_names_them() {
    let folder = tempfile::tempdir().unwrap();
    let (bare, named) = (folder.path().join("bare.csv"), folder.path().join("named.csv"));
    let (mut rows, mut with_ids) =
        (String::from("age,spend,visits\n"), String::from("customer_id,age,spend,visits\n"));
    for n in (0..60).chain([7, 8, 7]) {
        let row = format!("{},{},{}", 20 + n % 7, n * 13 % 101, n % 5);
        writeln!(rows, "{row}").unwrap();
        writeln!(with_ids, "K{:03},{row}", with_ids.len()).unwrap();
    }
    fs::write(&bare, rows).unwrap();
    fs::write(&named, with_ids).unwrap();
    let twins = |table: &Path| -> Vec<Value> {
        let ledger = check(&[table]);
        let findings = ledger["findings"].as_array().unwrap().clone();
        findings.into_iter().filter(|finding| finding["code"] == "twin-rows").collect()
    };
    let found = twins(&bare);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0]["count"], 3);
    // Customers with ids of their own may be alike.
    assert_eq!(twins(&named), Vec::<Value>::new());
}

#[test]
fn a_condition_says_who_is_meant_and_the_others_are_counted() {
    let folder = tempfile::tempdir().unwrap();
    let table = folder.path().join("table.csv");
    fs::write(&table, crate::support::small_table(300)).unwrap();
    let with = |condition: &str| {
        let config = folder.path().join("kohort.toml");
        let text = format!("[input]\ncustomers = \"table.csv\"\nwhere = \"\"\"{condition}\"\"\"\n");
        fs::write(&config, text).unwrap();
        call(program().args(["check", "--format", "json"]).arg(&config))
    };
    let all = with("");
    assert_eq!(all.code, 0, "{}", all.stderr);
    let some = with("visits < 20 and not (spend > 30 or age is missing)");
    assert_eq!(some.code, 0, "{}", some.stderr);
    let ledger: Value = serde_json::from_str(&some.stdout).unwrap();
    let accounting = &ledger["accounting"];
    let of = |key: &str| accounting[key].as_u64().unwrap();
    assert_eq!((of("rows"), of("used") + of("excluded")), (300, 300));
    assert!(of("used") > 0 && of("excluded") >= 200, "{accounting}");
    let findings = ledger["findings"].as_array().unwrap();
    let said = findings.iter().find(|finding| finding["code"] == "customers-not-meant").unwrap();
    assert_eq!(said["count"].as_u64().unwrap(), of("excluded"));
    for (condition, code, words) in [
        ("visits <", "E-CFG-050", "character 9"),
        ("visit < 3", "E-CFG-051", "visit"),
        ("visits = 'many'", "E-CFG-052", "character 10"),
        ("city = 'Atlantis'", "E-CFG-053", "city"),
    ] {
        let refused = with(condition);
        assert_eq!(refused.code, 2, "{condition}: {}", refused.stderr);
        assert!(
            refused.stderr.contains(code) && refused.stderr.contains(words),
            "{}",
            refused.stderr
        );
        assert!(refused.stderr.contains("hint:"), "{}", refused.stderr);
    }
    let nobody = with("visits > 1e9");
    assert_eq!(nobody.code, 3, "{}", nobody.stderr);
}
