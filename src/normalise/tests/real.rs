//! The given data, where it is at hand: the telco table of 7,043 customers.

use super::*;

fn telco() -> Option<FeatureTable> {
    let file = crate::testing::real_data("telco_churn/WA_Fn-UseC_-Telco-Customer-Churn.csv")?;
    let text = std::fs::read_to_string(file).unwrap();
    let mut lines = text.lines();
    let names: Vec<&str> = lines.next()?.split(',').collect();
    let rows: Vec<Vec<&str>> = lines.map(|line| line.split(',').collect()).collect();
    let columns =
        names.iter().enumerate().filter(|(_, name)| !["customerID", "Churn"].contains(name));
    let columns = columns.map(|(at, name)| {
        let cells: Vec<&str> = rows.iter().map(|row| row[at].trim()).collect();
        if ["tenure", "MonthlyCharges", "TotalCharges"].contains(name) {
            let values: Vec<f64> = cells.iter().map(|c| c.parse().unwrap_or(f64::NAN)).collect();
            return number(name, &values);
        }
        let levels: std::collections::BTreeSet<&str> = cells.iter().copied().collect();
        let levels: Vec<&str> = levels.into_iter().collect();
        let code = |c: &&str| levels.iter().position(|level| level == c).unwrap();
        if levels == ["No", "Yes"] {
            let codes: Vec<u8> = cells.iter().map(|c| u8::try_from(code(c)).unwrap()).collect();
            return flag(name, &codes);
        }
        let codes: Vec<u32> = cells.iter().map(|c| u32::try_from(code(c)).unwrap()).collect();
        category(name, &levels, &codes)
    });
    Some(table(columns.collect()))
}

#[test]
fn telco_is_folded_and_its_blank_charges_are_zero() {
    let Some(t) = telco() else { return };
    let (normaliser, findings) = fit(&t, Purpose::Distance);
    let folded: Vec<&str> = findings
        .iter()
        .filter(|f| f.code == "not-applicable-level")
        .filter_map(|f| f.column.as_deref())
        .collect();
    assert_eq!(folded.len(), 7, "six add-ons without internet, lines without telephone");
    assert!(!folded.contains(&"InternetService"));
    assert!(names(&normaliser).iter().all(|name| !name.contains("service")));
    let zero = findings.iter().find(|f| f.code == "structural-zero").unwrap();
    assert_eq!((zero.column.as_deref(), zero.count), (Some("TotalCharges"), Some(11)));
    // gender and SeniorCitizen one column each, three categories of 3, 3 and 4 levels, 13
    // flags (six add-ons among them), three numbers.
    let matrix = all(&normaliser, &t);
    assert_eq!(matrix.n_columns(), 26, "{:?}", names(&normaliser));
    // The variance of the internet columns no longer outweighs the numbers.
    let variance = |wanted: fn(&str) -> bool| -> f64 {
        matrix
            .columns()
            .iter()
            .zip(matrix.values().columns())
            .filter(|(column, _)| wanted(&column.source))
            .map(|(_, values)| values.var(0.0))
            .sum()
    };
    let numbers = variance(|s| ["tenure", "MonthlyCharges", "TotalCharges"].contains(&s));
    let internet = variance(|s| {
        s.starts_with("Online")
            || s.starts_with("Streaming")
            || s.ends_with("Protection")
            || s == "TechSupport"
            || s == "InternetService"
    });
    assert!((numbers - 3.0).abs() < 1e-9 && internet < 2.5, "{numbers} {internet}");
}

#[test]
fn any_number_of_threads_learns_the_same() {
    let Some(t) = telco() else { return };
    let with = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| {
            let (normaliser, findings) = fit(&t, Purpose::Regression);
            let bits: Vec<u64> =
                all(&normaliser, &t).values().iter().map(|v| v.to_bits()).collect();
            (serde_json::to_string(&normaliser).unwrap(), findings, bits)
        })
    };
    assert!(with(1) == with(3));
}
