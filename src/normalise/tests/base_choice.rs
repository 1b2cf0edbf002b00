//! Which columns make the segments.

use super::*;

fn families(list: &[(&str, Family)]) -> FeatureTable {
    table(list.iter().map(|(name, f)| column(name, *f, Values::Number(vec![1.0, 2.0]))).collect())
}

fn telco() -> FeatureTable {
    families(&[
        ("gender", Family::Demographic),
        ("tenure", Family::Behavioural),
        ("charges", Family::Behavioural),
        ("contract", Family::Behavioural),
        ("complain", Family::Behavioural),
        ("city", Family::Geographic),
    ])
}

#[test]
fn behaviour_first_and_leaks_never() {
    let choice = base::choose(&telco(), &ClusterOn::Auto, &["complain".into()]).unwrap();
    assert_eq!((choice.family.as_str(), choice.columns), ("behavioural", vec![1, 2, 3]));
    assert_eq!(choice.describing, [0, 5]);
    assert!(choice.reason.starts_with("built on the 3 behavioural columns"));
    let on = ClusterOn::Listed(vec!["complain".into(), "tenure".into()]);
    let choice = base::choose(&telco(), &on, &["complain".into()]).unwrap();
    assert_eq!((choice.columns, codes(&choice.findings)), (vec![1], vec!["excluded-from-base"]));
}

#[test]
fn a_sum_of_two_others_describes_unless_it_is_listed() {
    let numbers = |of: fn(f64) -> f64| Values::Number((0..12).map(|i| of(f64::from(i))).collect());
    let behavioural = |name, values| column(name, Family::Behavioural, values);
    let columns = vec![
        behavioural("since", numbers(|i| i * 7.0 % 5.0)),
        behavioural("orders", numbers(|i| i)),
        behavioural("tenure", numbers(|i| i * 7.0 % 5.0 + 0.1 * i)),
        behavioural("span", numbers(|i| 0.1 * i)),
        behavioural("zero", numbers(|_| 0.0)),
        behavioural("near", numbers(|i| 1.1 * i + 1e-6)),
    ];
    let table = table(columns.clone());
    let choice = base::choose(&table, &ClusterOn::Auto, &[]).unwrap();
    assert_eq!((choice.columns, choice.describing), (vec![0, 1, 3, 4, 5], vec![2]));
    assert_eq!(choice.evidence, Vec::<usize>::new(), "a sum follows from the base");
    assert_eq!(codes(&choice.findings), ["sum-describes"]);
    assert!(choice.findings[0].message.starts_with("tenure is since + span"));
    assert!(choice.reason.starts_with("built on the 5 behavioural columns"));
    let on = ClusterOn::Listed(vec!["behavioural".into()]);
    assert_eq!(base::choose(&table, &on, &[]).unwrap().columns, [0, 1, 2, 3, 4, 5]);
    // Three columns stay, though one of them is a sum.
    let three = super::table(vec![columns[0].clone(), columns[2].clone(), columns[3].clone()]);
    assert_eq!(base::choose(&three, &ClusterOn::Auto, &[]).unwrap().columns, [0, 1, 2]);
    // A customer of whom a part is not known says nothing of a sum.
    let mut gappy = columns;
    let Values::Number(values) = &mut gappy[3].values else { panic!("not numbers") };
    values[4] = f64::NAN;
    let choice = base::choose(&super::table(gappy), &ClusterOn::Auto, &[]).unwrap();
    assert_eq!(choice.columns, [0, 1, 2, 3, 4, 5]);
}

#[test]
fn all_columns_where_no_family_is_large_enough() {
    let t = families(&[("a", Family::Behavioural), ("b", Family::Geographic)]);
    let choice = base::choose(&t, &ClusterOn::Auto, &[]).unwrap();
    assert_eq!((choice.family.as_str(), choice.columns), ("all", vec![0, 1]));
    assert_eq!(codes(&choice.findings), ["base-of-all-columns"]);
}

#[test]
fn families_and_columns_can_be_listed() {
    let on = ClusterOn::Listed(vec!["Behavioral".into(), "city".into()]);
    let choice = base::choose(&telco(), &on, &[]).unwrap();
    assert_eq!(choice.columns, [1, 2, 3, 4, 5]);
    let on = ClusterOn::Listed(vec!["cityy".into()]);
    let error = base::choose(&telco(), &on, &[]).unwrap_err();
    assert_eq!(error.code(), "E-NRM-003");
}

#[test]
fn a_day_of_the_outcome_is_never_in_the_base() {
    let mut end = column("Cancelled on", Family::Behavioural, Values::Number(vec![1.0, 2.0]));
    end.role = Role::Date;
    let mut columns = telco().columns().to_vec();
    columns.push(end);
    let outcome = Outcome {
        name: "Churn".into(),
        positive: "Yes".into(),
        negative: "No".into(),
        is_churn: true,
        values: vec![Some(true), Some(false)],
    };
    let t = FeatureTable::new(telco().ids().clone(), columns, Some(outcome)).unwrap();
    for on in [ClusterOn::Auto, ClusterOn::Listed(vec!["Cancelled on".into(), "tenure".into()])] {
        assert!(!base::choose(&t, &on, &[]).unwrap().columns.contains(&6));
    }
}

#[test]
fn the_config_knows_auto_and_lists_only() {
    let read = |text: &str| serde_json::from_str::<ClusterOn>(text);
    assert_eq!(read("\"auto\"").unwrap(), ClusterOn::Auto);
    assert_eq!(read("[\"a\"]").unwrap(), ClusterOn::Listed(vec!["a".into()]));
    assert!(read("\"all\"").is_err());
    assert_eq!(serde_json::to_string(&NotApplicable::Auto).unwrap(), "\"auto\"");
}
