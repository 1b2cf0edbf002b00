//! Results made by hand for the tests of figures and report.

use crate::finding::{Finding, Severity};
use crate::results::rules::{
    CrossCell, Pareto, ParetoCut, RfmCell, RfmGrid, RuleClass, RuleResults, RuleTable,
};
use crate::results::{
    Base, CalibrationBin, Candidate, Cell, Choice, ChurnResults, ChurnStatus, ColumnFacts,
    CurvePoint, DataFacts, Decision, Driver, Heading, Heatmap, HeatmapRow, Interval, Leak,
    LiftPoint, LineFacts, Mechanism, MethodFacts, Metrics, Projection, RepairFacts, Results,
    SCHEMA, SegmentRow, TableFacts, Trait, Verdict,
};

/// A feature that differs between the segments.
fn difference(column: &str, in_base: bool, effect: f64, here: f64, rest: f64, text: &str) -> Trait {
    Trait {
        column: column.to_owned(),
        level: None,
        in_base,
        effect,
        here,
        rest,
        index: Some(100.0 * here / rest),
        text: text.to_owned(),
    }
}

/// One segment with everything known.
pub(crate) fn segment(id: u32, name: &str, customers: u64, share: f64) -> SegmentRow {
    SegmentRow {
        segment_id: id,
        segment: name.to_owned(),
        method: "k-means".to_owned(),
        verdict: Verdict::Reproducible,
        customers,
        share,
        value: Some(1_234_567.0 * share),
        value_share: Some(share),
        value_per_customer: Some(812.5),
        churn_mean: Some(0.182),
        churn_observed: Some(0.265),
        churn_low: Some(0.255),
        churn_high: Some(0.276),
        churn_known: customers,
        gone: customers / 5,
        expected_value: Some(345_678.0 * share),
        value_at_risk: Some(98_765.0 * share),
        stability: Some(0.93),
        stability_m: Some(2000),
        usable: true,
        too_narrow: false,
        merge_with: None,
        rule: Some("tenure above 45 and Contract is Two year".to_owned()),
        rule_sql: Some("\"tenure\" > 45 AND \"Contract\" = 'Two year'".to_owned()),
        rule_coverage: Some(0.81),
        rule_precision: Some(0.88),
        trivial: None,
        traits: vec![
            difference("tenure", true, 0.82, 63.0, 18.0, "tenure: 63 months against 18"),
            difference(
                "MonthlyCharges",
                true,
                -0.31,
                55.2,
                70.3,
                "MonthlyCharges: 55 \
                against 70",
            ),
            difference(
                "SeniorCitizen",
                false,
                0.12,
                0.24,
                0.12,
                "SeniorCitizen: 24% against \
                12%",
            ),
        ],
        portrait: "Customers of many years who pay little and rarely complain.".to_owned(),
        action: "Keep: thank them, and leave the price alone.".to_owned(),
        action_why: "They hold the largest share of value and few of them leave.".to_owned(),
        contact: 120,
        hold_out: 12,
    }
}

/// Three segments of unlike size, value and risk.
fn three() -> Vec<SegmentRow> {
    let mut one = segment(1, "Loyal, small bills", 2_810, 0.399);
    one.verdict = Verdict::Natural;
    one.value_share = Some(0.482);
    one.churn_mean = Some(0.071);
    (one.churn_observed, one.churn_low, one.churn_high) = (Some(0.082), Some(0.072), Some(0.093));
    one.gone = 230;
    let mut two = segment(2, "New on monthly contracts", 2_433, 0.345);
    two.value_share = Some(0.181);
    two.churn_mean = Some(0.386);
    (two.churn_observed, two.churn_low, two.churn_high) = (Some(0.472), Some(0.452), Some(0.492));
    two.gone = 1_148;
    two.rule = None;
    (two.rule_sql, two.rule_coverage, two.rule_precision) = (None, None, None);
    two.portrait = "Customers of a few months on monthly contracts; almost every second has \
            left."
        .to_owned();
    let mut three = segment(3, "Fibre households", 1_800, 0.256);
    three.verdict = Verdict::Constructed;
    three.stability = Some(0.58);
    three.value_share = Some(0.337);
    three.trivial = Some("InternetService = Fiber optic".to_owned());
    (three.churn_observed, three.churn_low, three.churn_high) =
        (Some(0.273), Some(0.253), Some(0.294));
    three.gone = 491;
    vec![one, two, three]
}

/// A candidate number of segments.
fn candidate(k: usize, validity: f64, weakest: f64, smallest: f64) -> Candidate {
    let spread =
        |i: usize| weakest + (0.98 - weakest) * f64::from(u32::try_from(i).unwrap()) / 12.0;
    Candidate {
        k,
        inertia: 50_000.0 / f64::from(u32::try_from(k).unwrap()),
        explained: 0.62,
        silhouette: Some(0.31),
        min_share: smallest,
        stability: (0..k).map(spread).collect(),
        validity: Some(validity),
        validity_se: Some(0.006),
        trivial: vec![],
        against: if k == 3 {
            String::new()
        } else {
            "one segment is not found \
            again"
                .to_owned()
        },
    }
}

/// Why three segments.
fn choice() -> Choice {
    Choice {
        method: "k-means".to_owned(),
        engine: "kohort".to_owned(),
        k: 3,
        fixed: false,
        reason: "Three segments tell most about who leaves, and each of them is found again \
            when a part of the customers is left out."
            .to_owned(),
        judge: "outcome".to_owned(),
        candidates: vec![
            candidate(2, 0.121, 0.97, 0.44),
            candidate(3, 0.168, 0.91, 0.256),
            candidate(4, 0.171, 0.62, 0.141),
            candidate(5, 0.173, 0.44, 0.083),
            candidate(6, 0.172, 0.41, 0.052),
        ],
        runners_up: vec![4, 2],
        stability_draws: 50,
        stability_size: 2_000,
        eps: None,
        min_points: None,
        found_again: true,
    }
}

/// A heatmap of eight features.
fn heatmap(n: usize) -> Heatmap {
    let names = [
        "tenure",
        "TotalCharges",
        "Contract: Month-to-month",
        "MonthlyCharges",
        "InternetService: Fiber optic",
        "Contract: Two year",
        "SeniorCitizen",
        "PaymentMethod: Electronic check",
    ];
    let row = |(at, name): (usize, &&str)| HeatmapRow {
        feature: (*name).to_owned(),
        in_base: at < 4,
        effect: (0..n)
            .map(|s| {
                let wave = libm::sin(f64::from(u32::try_from(at * 5 + s * 7).unwrap()));
                if at == 6 && s == 1 { None } else { Some(wave * 0.8) }
            })
            .collect(),
        shown: (0..n)
            .map(|s| {
                if at == 6 && s == 1 {
                    "withheld".to_owned()
                } else {
                    format!("{}%", 10 + at * 7 + s)
                }
            })
            .collect(),
        all: "34%".to_owned(),
    };
    Heatmap { features: names.iter().enumerate().map(row).collect() }
}

/// A small number without its fraction.
fn whole(x: f64) -> u16 {
    (0..200_u16).rev().find(|n| f64::from(*n) <= x).unwrap()
}

/// A map with `n` blobs.
fn projection(n: u32) -> Projection {
    let mut cells = Vec::new();
    let mut centres = Vec::new();
    for id in 1..=n {
        let turn = std::f64::consts::TAU * f64::from(id) / f64::from(n);
        let (x, y) = (30.0 + 16.0 * libm::cos(turn), 24.0 + 13.0 * libm::sin(turn));
        centres.push([x, y]);
        for dx in -6..=6_i32 {
            for dy in -6..=6_i32 {
                let far = f64::from(dx * dx + dy * dy);
                let n = 120.0 * libm::exp(-far / 14.0);
                if n >= 10.0 {
                    let place = |v: f64, d: i32| whole(v + f64::from(d));
                    cells.push(Cell {
                        x: place(x, dx),
                        y: place(y, dy),
                        n: u64::from(whole(n)),
                        segment_id: id,
                        percent: 92,
                    });
                }
            }
        }
    }
    Projection {
        method: "principal components".to_owned(),
        explained: [0.43, 0.21],
        x: [0.0, 60.0],
        y: [0.0, 48.0],
        width: 60,
        height: 48,
        cells,
        withheld: 143,
        centres,
        axes: [
            "tenure, TotalCharges".to_owned(),
            "MonthlyCharges, against \
            streaming"
                .to_owned(),
        ],
    }
}

/// A curve through (0,0) and (1,1) that bends by `power`.
fn curve(power: f64) -> Vec<CurvePoint> {
    (0..=100)
        .map(|i| f64::from(i) / 100.0)
        .map(|x| CurvePoint { x, y: libm::pow(x, power) })
        .collect()
}

/// Metrics around an AUC.
fn metrics(auc: f64, pr: f64) -> Metrics {
    let around = |value: f64| Interval { value, low: value - 0.011, high: value + 0.011 };
    Metrics {
        roc_auc: around(auc),
        pr_auc: around(pr),
        log_loss: around(0.417),
        brier: around(0.136),
        ece: 0.014,
        ece_floor: 0.011,
        slope: 0.98,
        intercept: -0.01,
        lift_at_budget: 2.83,
    }
}

/// A column that tells the outcome.
fn leak() -> Leak {
    Leak {
        column: "Complain".to_owned(),
        mechanism: Mechanism::Proof,
        auc: 0.998,
        missing_auc: 0.5,
        auc_without: Some(0.846),
        why: "the column alone tells the outcome of 99.8% of the customers".to_owned(),
    }
}

/// Finished churn numbers.
pub(crate) fn churn() -> ChurnResults {
    let bin = |i: u32| {
        let predicted = 0.02 + 0.075 * f64::from(i);
        let observed = predicted + if i.is_multiple_of(2) { 0.012 } else { -0.014 };
        CalibrationBin {
            n: 704,
            predicted,
            observed,
            low: (observed - 0.03).max(0.0),
            high: observed + 0.03,
        }
    };
    let lift = |i: u32| {
        let share = f64::from(i) / 100.0;
        let gain = 1.0 - libm::pow(1.0 - share, 3.2);
        LiftPoint { share, gain, lift: gain / share }
    };
    let driver = |feature: &str, odds_ratio: f64| Driver {
        feature: feature.to_owned(),
        column: feature.split(':').next().unwrap().to_owned(),
        odds_ratio,
        low: odds_ratio * 0.85,
        high: odds_ratio * 1.18,
    };
    ChurnResults {
        computed: true,
        schema: SCHEMA,
        label: "Churn".to_owned(),
        positive: "Yes".to_owned(),
        what: "leaving".to_owned(),
        model: "logistic".to_owned(),
        known: 7_043,
        events: 1_869,
        open: 0,
        base_rate: 0.2654,
        split: "five folds, each customer judged by a model that had not seen it".to_owned(),
        twins: 22,
        metrics: metrics(0.846, 0.661),
        baseline: metrics(0.5, 0.265),
        calibration: (0..10).map(bin).collect(),
        roc: curve(0.24),
        precision_recall: curve(1.0)
            .into_iter()
            .map(|p| CurvePoint { x: p.x, y: 0.92 - 0.65 * p.x * p.x })
            .collect(),
        lift: (1..=100).map(lift).collect(),
        contact_budget: 0.1,
        drivers: vec![
            driver("tenure", 0.42),
            driver("InternetService: Fiber optic", 2.14),
            driver("Contract: Two year", 0.38),
            driver("TotalCharges", 1.31),
        ],
        leaks: vec![leak()],
        mean_of_events: 0.48,
        mean_of_others: 0.19,
    }
}

/// A class with its share of value and of three segments.
fn class(name: &str, customers: u64, value_share: f64, turn: u64) -> RuleClass {
    let whole = |n: u64| f64::from(u32::try_from(n).unwrap());
    let share = whole(customers) / 7_043.0;
    let cell = |at: u64| CrossCell {
        customers: (customers > 40).then_some(customers / 3 + at),
        share: (customers > 40).then(|| share * (0.6 + 0.3 * whole((at + turn) % 3))),
    };
    RuleClass {
        class: name.to_owned(),
        customers: (customers >= 10).then_some(customers),
        share: (customers >= 10).then_some(share),
        value: (customers >= 10).then_some(1_234_567.0 * value_share),
        value_share: (customers >= 10).then_some(value_share),
        segments: (0..3).map(cell).collect(),
    }
}

/// A rule with its classes.
fn rule(rule: &str, title: &str, classes: Vec<RuleClass>) -> RuleTable {
    RuleTable {
        rule: rule.to_owned(),
        title: title.to_owned(),
        definition: "A customer’s own gap is (the days between the first and the last order + 2 × \
            28) / (the number of gaps + 2). Gone: u below 5%."
            .to_owned(),
        is_method: false,
        classes,
    }
}

/// Rule segmentations.
fn rules() -> RuleResults {
    let lifecycle = vec![
        class("first order", 1_203, 0.061, 0),
        class("second", 804, 0.072, 1),
        class("regular", 2_917, 0.634, 2),
        class("slowing", 1_002, 0.171, 0),
        class("gone", 1_117, 0.062, 1),
    ];
    let loyalty = vec![
        class("new", 611, 0.041, 0),
        class("loyal", 1_804, 0.512, 1),
        class("occasional", 2_509, 0.214, 2),
        class("at risk", 1_002, 0.171, 0),
        class("lapsed", 1_117, 0.062, 1),
    ];
    let abc =
        vec![class("A", 1_306, 0.80, 0), class("B", 2_233, 0.15, 1), class("C", 3_504, 0.05, 2)];
    let cell = |at: u8| {
        let (days, orders) = (at / 5 + 1, at % 5 + 1);
        let n = u64::from(days) * 37 + u64::from(orders) * 61;
        RfmCell {
            days,
            orders,
            name: if orders > 3 { "Loyal customers" } else { "Need attention" }.to_owned(),
            customers: (!matches!(at, 4 | 9)).then_some(if at == 20 { 0 } else { n }),
            value_per_customer: (!matches!(at, 4 | 9 | 20))
                .then(|| 40.0 * f64::from(orders) * f64::from(orders) + 20.0 * f64::from(days)),
        }
    };
    RuleResults {
        rules: vec![
            rule("lifecycle", "Lifecycle", lifecycle),
            rule("loyalty", "Loyalty", loyalty),
            rule("abc", "ABC", abc),
        ],
        segment_ids: vec![1, 2, 3],
        pareto: Some(Pareto {
            points: curve(0.24),
            cuts: vec![
                ParetoCut { class: "A".to_owned(), value_share: 0.8, share: Some(0.394) },
                ParetoCut { class: "B".to_owned(), value_share: 0.95, share: Some(0.807) },
            ],
            without_value: Some(212),
            negative_share: 0.012,
        }),
        rfm_grid: Some(RfmGrid {
            days_bins: 5,
            orders_bins: 5,
            cells: (0..25).map(cell).collect(),
        }),
    }
}

/// A column of the input.
fn column(name: &str, role: &str, family: &str, used_for: &str) -> ColumnFacts {
    ColumnFacts {
        name: name.to_owned(),
        role: role.to_owned(),
        family: family.to_owned(),
        used_for: used_for.to_owned(),
        why: "its values are numbers with few repeats".to_owned(),
        missing: 11,
    }
}

/// What a person may decide.
fn decisions() -> Vec<Decision> {
    vec![
        Decision {
            kind: "protect".to_owned(),
            segment_id: 1,
            customers: 258,
            money: Some(47_300.0),
            text: "Protect the loyal customers with small bills".to_owned(),
            why: "They hold 48% of the value, and 258 of them are among the riskiest tenth."
                .to_owned(),
        },
        Decision {
            kind: "grow".to_owned(),
            segment_id: 3,
            customers: 1_309,
            money: Some(12_000.0),
            text: "Offer fibre households a longer contract".to_owned(),
            why: "They pay most per month and stay a third less long than the \
                others."
                .to_owned(),
        },
        Decision {
            kind: "stop".to_owned(),
            segment_id: 2,
            customers: 1_285,
            money: None,
            text: "Stop discounts for new customers on monthly contracts".to_owned(),
            why: "Almost half of them leave whatever they pay.".to_owned(),
        },
    ]
}

/// What was read.
fn data() -> DataFacts {
    DataFacts {
        files: vec!["telco.csv".to_owned()],
        customers: 7_043,
        rows: 7_050,
        used: 7_043,
        rejected: 3,
        excluded: 4,
        columns: vec![
            column("customerID", "id", "", "id"),
            column("tenure", "number", "behavioural", "segments"),
            column("gender", "category", "demographic", "describes"),
            column("Churn", "flag", "", "outcome"),
            column("Complain", "flag", "", "not used"),
        ],
        tables: vec![
            TableFacts {
                part: "customers".to_owned(),
                files: vec!["telco.csv".to_owned()],
                rows: 7_050,
                used: 7_043,
                rejected: 3,
                excluded: 4,
                unmatched: None,
            },
            TableFacts {
                part: "events".to_owned(),
                files: vec!["contacts.csv".to_owned()],
                rows: 12_000,
                used: 12_000,
                rejected: 0,
                excluded: 0,
                unmatched: Some(17),
            },
        ],
        lines: vec![LineFacts {
            what: "used".to_owned(),
            lines: 120_000,
            money: Some("1234567.89".to_owned()),
        }],
        repairs: vec![RepairFacts {
            column: "TotalCharges".to_owned(),
            what: "currency signs taken off".to_owned(),
            rows: 7_032,
        }],
        missing_share: 0.0016,
    }
}

/// How it was made.
fn method() -> MethodFacts {
    MethodFacts {
        version: "0.1.0".to_owned(),
        seed: 42,
        preparation: vec![
            "tenure: standardised".to_owned(),
            "TotalCharges: logarithm, \
                standardised"
                .to_owned(),
        ],
        n_features: 3,
        limits: vec![
            "the table shows one moment, so nothing is said about \
                change"
                .to_owned(),
        ],
        value: Some("TotalCharges, over the whole relationship".to_owned()),
        config: "[input]\npath = \"telco.csv\"\n\n[segments]\nk = \"auto\"\n".to_owned(),
    }
}

/// A realistic run: three segments with churn and value.
pub(crate) fn realistic() -> Results {
    Results {
        schema: SCHEMA,
        heading: Heading {
            title: "Telecom customers".to_owned(),
            language: "en".to_owned(),
            currency: "$".to_owned(),
            as_of: Some("2026-09-30".to_owned()),
            run: "2026-09-30-telco".to_owned(),
            min_cell: 10,
        },
        data: data(),
        findings: vec![
            Finding::new(
                "proven-leak",
                Severity::Serious,
                "Complain was taken out: it tells \
                the outcome",
            )
            .column("Complain")
            .advice("vouch for it in the config if it is known beforehand"),
            Finding::new(
                "missing-values",
                Severity::Warning,
                "11 cells of TotalCharges are \
                empty and were read as missing",
            )
            .column("TotalCharges")
            .count(11),
            Finding::new(
                "equal-rows",
                Severity::Note,
                "22 customers equal another in every \
                feature",
            )
            .count(22),
        ],
        base: Base {
            family: "behavioural".to_owned(),
            columns: vec![
                "tenure".to_owned(),
                "MonthlyCharges".to_owned(),
                "TotalCharges".to_owned(),
            ],
            describing: vec!["gender".to_owned(), "SeniorCitizen".to_owned()],
            reason: "What customers do is the best ground for acting on them, and three \
                columns say what they do."
                .to_owned(),
        },
        choice: choice(),
        segments: three(),
        unassigned: None,
        heatmap: heatmap(3),
        projection: projection(3),
        churn: ChurnStatus::Computed(Box::new(churn())),
        decisions: decisions(),
        rules: Some(rules()),
        method: method(),
    }
}

/// One segment, no churn, no value, nothing to choose from.
pub(crate) fn single() -> Results {
    let mut results = without_churn();
    results.segments.truncate(1);
    results.segments[0].share = 1.0;
    results.segments[0].traits.clear();
    results.heatmap.features.clear();
    results.projection.cells.clear();
    results.choice.k = 1;
    results.choice.candidates.clear();
    results.decisions.clear();
    results
}

/// Twelve segments with names of sixty characters, and customers in none.
pub(crate) fn twelve() -> Results {
    let mut results = realistic();
    results.segments = (1..=12)
        .map(|id| {
            let name =
                format!("{id} Households with fibre, streaming and very long contract names");
            segment(
                id,
                &name.chars().take(60).collect::<String>(),
                1000 / u64::from(id),
                0.3 / f64::from(id),
            )
        })
        .collect();
    let mut none = segment(0, "In no segment", 77, 0.011);
    (none.value_share, none.churn_observed) = (None, None);
    results.unassigned = Some(none);
    results.heatmap = heatmap(12);
    results.projection = projection(12);
    results.projection.centres = vec![[30.0, 24.0]; 12];
    results.choice.k = 12;
    results
}

/// Neither churn nor value.
pub(crate) fn without_churn() -> Results {
    let mut results = realistic();
    results.churn = ChurnStatus::NotComputed {
        computed: false,
        reason: "no column says who has left".to_owned(),
    };
    for row in &mut results.segments {
        (row.value, row.value_share, row.value_per_customer) = (None, None, None);
        (row.churn_mean, row.churn_observed, row.churn_low, row.churn_high) =
            (None, None, None, None);
        (row.expected_value, row.value_at_risk) = (None, None);
        (row.churn_known, row.gone, row.contact, row.hold_out) = (0, 0, 0, 0);
    }
    for decision in &mut results.decisions {
        decision.money = None;
    }
    results.method.value = None;
    results.rules = None;
    results.findings.clear();
    results
}

/// Every number the same, and some that are none at all.
pub(crate) fn degenerate() -> Results {
    let mut results = realistic();
    for row in &mut results.segments {
        (row.share, row.value_share) = (0.0, Some(0.0));
        (row.churn_mean, row.churn_observed) = (Some(f64::NAN), Some(0.0));
        (row.churn_low, row.churn_high) = (Some(0.0), Some(f64::INFINITY));
        row.value = Some(f64::NAN);
    }
    for feature in &mut results.heatmap.features {
        feature.effect = vec![Some(f64::NAN); 3];
    }
    if let Some(rules) = &mut results.rules {
        for class in rules.rules.iter_mut().flat_map(|rule| &mut rule.classes) {
            (class.share, class.value_share) = (Some(f64::NAN), Some(f64::INFINITY));
            class.segments.truncate(1);
        }
        let grid = rules.rfm_grid.as_mut().unwrap();
        grid.cells[0].days = 200;
        grid.cells[7].value_per_customer = Some(f64::NAN);
        let pareto = rules.pareto.as_mut().unwrap();
        pareto.points = vec![CurvePoint { x: f64::NAN, y: f64::INFINITY }; 9];
        pareto.cuts[0].share = Some(f64::NAN);
    }
    results.projection.x = [f64::NEG_INFINITY, f64::INFINITY];
    for candidate in &mut results.choice.candidates {
        candidate.validity = Some(f64::INFINITY);
        candidate.validity_se = Some(f64::NAN);
        candidate.stability = vec![];
    }
    let mut churn = churn();
    churn.base_rate = f64::NAN;
    churn.roc = vec![CurvePoint { x: f64::NAN, y: 1e300 }; 300];
    for bin in &mut churn.calibration {
        *bin = CalibrationBin {
            n: 0,
            predicted: f64::NAN,
            observed: 1e300,
            low: -1e300,
            high: f64::INFINITY,
        };
    }
    churn.lift = vec![LiftPoint { share: f64::NAN, gain: f64::INFINITY, lift: f64::NAN }; 2];
    results.churn = ChurnStatus::Computed(Box::new(churn));
    results
}

/// Puts `payload` into every text field.
pub(crate) fn hostile(payload: &str) -> Results {
    let mut json = serde_json::to_value(realistic()).unwrap();
    poison(&mut json, payload, "");
    serde_json::from_value(json).unwrap()
}

/// Replaces every string that is not a word of an enum.
fn poison(value: &mut serde_json::Value, payload: &str, key: &str) {
    match value {
        serde_json::Value::String(text) if !matches!(key, "severity" | "verdict" | "mechanism") => {
            payload.clone_into(text);
        }
        serde_json::Value::Array(items) => {
            for item in items {
                poison(item, payload, key);
            }
        }
        serde_json::Value::Object(fields) => {
            for (name, field) in fields.iter_mut() {
                poison(field, payload, name);
            }
        }
        _ => {}
    }
}
