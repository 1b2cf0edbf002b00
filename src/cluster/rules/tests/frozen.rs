//! What is frozen, and what is refused.

use super::*;

#[test]
fn frozen_cuts_give_the_classes_of_the_fit() {
    let histories = varied(3_000, 600);
    let churn: Vec<f64> = (0..3_000).map(|at| f64::from(at % 97) / 97.0).collect();
    let value: Vec<f64> = (0..3_000).map(|at| f64::from(at * at % 1009)).collect();
    let extra = Extra {
        engagement: Some(&value),
        discount_share: Some(&churn),
        value: Some(&value),
        churn: Some(&churn),
        ..Extra::default()
    };
    let made = segment(&histories, &checked(), &extra).unwrap();
    assert_eq!(made.all().count(), 6);
    for labels in made.all() {
        labels.cuts().validate().unwrap();
        let json = serde_json::to_string(labels.cuts()).unwrap();
        let stored: Cuts = serde_json::from_str(&json).unwrap();
        assert_eq!(&stored, labels.cuts());
        let again = stored.apply(&histories, &extra).unwrap();
        assert_eq!(&again, labels.codes(), "{:?}", labels.rule());
        assert_eq!(labels.counts().iter().sum::<u64>(), 3_000);
    }
}

#[test]
fn a_later_day_moves_customers_and_not_the_cuts() {
    let (then, now) = (varied(2_000, 600), varied(2_000, 700));
    let made = segment(&then, &checked(), &Extra::default()).unwrap();
    let later = made.rfm.as_ref().unwrap().cuts().apply(&now, &Extra::default()).unwrap();
    let names = made.rfm.as_ref().unwrap().names();
    let count = |codes: &[Option<u8>], name: &str| {
        codes.iter().filter(|code| names[usize::from(code.unwrap())] == name).count()
    };
    // Nobody ordered in the meantime: fewer are recent by the same edges.
    let before = made.rfm.as_ref().unwrap().codes();
    assert!(count(&later, "Champions") < count(before, "Champions"));
}

#[test]
fn the_order_of_equal_customers_and_the_threads_change_nothing() {
    let histories = varied(5_000, 600);
    let all = segment(&histories, &checked(), &Extra::default()).unwrap();
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    let alone = pool.install(|| segment(&histories, &checked(), &Extra::default()).unwrap());
    assert_eq!(all, alone);
}

#[test]
fn the_unit_of_money_changes_no_class() {
    let cents = varied(2_000, 600);
    let records = (0..cents.n_customers()).map(|at| Record {
        id: cents.ids()[at].clone(),
        days: cents.days(at).into(),
        amounts: cents.amounts(at).into(),
        spend: cents.spend(at),
    });
    let whole = Histories::new(cents.as_of(), Some(0), records).unwrap();
    let a = segment(&cents, &checked(), &Extra::default()).unwrap();
    let b = segment(&whole, &checked(), &Extra::default()).unwrap();
    for rule in [Rule::Abc, Rule::Rfm, Rule::Shopper] {
        assert_eq!(a.get(rule).unwrap().codes(), b.get(rule).unwrap().codes());
    }
}

#[test]
fn stored_cuts_are_checked() {
    let bad = [
        r#"{"rfm":{"days-since-last":[],"orders":[1],"spend":null,"money-decimals":0}}"#,
        r#"{"rfm":{"days-since-last":[3,1],"orders":[1],"spend":null,"money-decimals":0}}"#,
        r#"{"abc":{"by":["value"],"cuts":[0.8],"edges":[[5],[4]],"decimals":[2]}}"#,
        r#"{"abc":{"by":["value"],"cuts":[1.8],"edges":[[5]],"decimals":[2]}}"#,
        r#"{"value-risk":{"classes":3,"edges":[1,5],"decimals":2,"bands":[0.1,0.2]}}"#,
        r#"{"lifecycle":{"rhythm":{"lengths":[1,2],"counts":[1]},"shares":[0.2,0.05]}}"#,
        r#"{"lifecycle":{"rhythm":{"lengths":[2,1],"counts":[1,1]},"shares":[0.2,0.05]}}"#,
        r#"{"lifecycle":{"rhythm":{"lengths":[1],"counts":[1]},"shares":[0.05,0.2]}}"#,
    ];
    for json in bad {
        let cuts: Cuts = serde_json::from_str(json).unwrap();
        assert_eq!(cuts.validate().unwrap_err().code(), "E-MDL-050", "{json}");
    }
    assert!(serde_json::from_str::<Cuts>(r#"{"other":{}}"#).is_err());
}

#[test]
fn impossible_parameters_are_rejected() {
    let code = |params: Params| params.check().unwrap_err().code();
    let base = Params::default;
    for abc_cuts in
        [vec![], vec![0.9, 0.8], vec![0.8, 0.8], vec![1.0], vec![f64::NAN], vec![0.1; 6]]
    {
        assert_eq!(code(Params { abc_cuts, ..base() }), "E-CFG-040");
    }
    for abc_by in [vec![], vec![AbcBy::Value; 2]] {
        assert_eq!(code(Params { abc_by, ..base() }), "E-CFG-041");
    }
    for rfm_bins in [0, 2, 11] {
        assert_eq!(code(Params { rfm_bins, ..base() }), "E-CFG-042");
    }
    for orders in [vec![2.0, 1.0], vec![f64::NAN], vec![1.0; 2], (0..10).map(f64::from).collect()] {
        let rfm_edges = RfmEdges { orders, ..RfmEdges::default() };
        assert_eq!(code(Params { rfm_edges, ..base() }), "E-CFG-043");
    }
    for loyalty_cuts in [[0.05, 0.2], [0.2, 0.2], [1.0, 0.5], [0.2, 0.0], [f64::NAN; 2]] {
        assert_eq!(code(Params { loyalty_cuts, ..base() }), "E-CFG-044");
    }
    for risk_cuts in [[0.8, 0.5], [0.0, 0.5], [0.5, 1.0]] {
        assert_eq!(code(Params { risk_cuts, ..base() }), "E-CFG-045");
    }
}

#[test]
fn every_rule_is_a_method_and_names_agree() {
    for rule in Rule::ALL {
        let method = Method::of(rule);
        assert_eq!(method.rule(), Some(rule));
        assert_eq!(method.name(), rule.name());
        assert_eq!(serde_json::to_value(method).unwrap(), rule.name());
    }
    assert_eq!(Method::KMeans.rule(), None);
}
