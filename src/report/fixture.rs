//! Results made by hand for the tests of figures and report.

mod actions;
mod churn;
mod odd;
mod pictures;
mod rules;
mod typical;
mod value;

pub(crate) use churn::churn;
pub(crate) use odd::{degenerate, hostile, single, twelve, without_churn};

use crate::finding::{Finding, Severity};
use crate::results::look::Look;
use crate::results::rules::{
    CrossCell, Pareto, ParetoCut, RfmCell, RfmGrid, RuleClass, RuleResults, RuleTable,
};
use crate::results::{
    Base, CalibrationBin, Candidate, Cell, Choice, ChurnResults, ChurnStatus, ColumnFacts,
    CurvePoint, DataFacts, Decision, Driver, Heading, Heatmap, HeatmapRow, Interval, Leak,
    LiftPoint, LineFacts, Mechanism, MethodFacts, Metrics, Offer, Product, Profit, ProfitPoint,
    Projection, RepairFacts, Results, SCHEMA, SegmentRow, TableFacts, Trait, Verdict,
};
use crate::said::{Fact, facts, said};

use pictures::{heatmap, pictures, projection};
use rules::rules;
use typical::typical;

/// A feature that differs between the segments.
fn difference(column: &str, in_base: bool, effect: f64, here: f64, rest: f64, text: &str) -> Trait {
    Trait {
        column: column.to_owned(),
        level: None,
        in_base,
        effect,
        here,
        rest,
        range: level_range(here),
        same: Vec::new(),
        index: Some(100.0 * here / rest),
        text: text.to_owned(),
    }
}

/// Half of the customers around a value.
fn level_range(here: f64) -> Option<[f64; 2]> {
    (here > 1.0).then_some([here * 0.8, here * 1.3])
}

/// One segment with everything known.
pub(crate) fn segment(id: u32, name: &str, customers: u64, share: f64) -> SegmentRow {
    SegmentRow {
        segment_id: id,
        segment: name.to_owned(),
        name_parts: Vec::new(),
        method: "k-means".to_owned(),
        verdict: Verdict::Reproducible,
        customers,
        share,
        value: Some(1_234_567.0 * share),
        value_share: Some(share),
        value_per_customer: Some(812.5),
        value_growth: None,
        headroom: None,
        churn_mean: Some(0.182),
        churn_observed: Some(0.265),
        churn_low: Some(0.255),
        churn_high: Some(0.276),
        churn_known: customers,
        gone: Some(customers / 5),
        inactive: None,
        expected_value: Some(345_678.0 * share),
        value_at_risk: Some(98_765.0 * share),
        stability: Some(0.93),
        stability_m: Some(2000),
        usable: true,
        too_narrow: false,
        merge_with: None,
        nearest: Some(if id == 1 { 2 } else { 1 }),
        products: vec![Product { product: "Fibre".to_owned(), share: 0.31, index: 143.0 }],
        next_offer: (id == 1).then(|| Offer {
            product: "Streaming".to_owned(),
            index: 61.0,
            like: 2,
            index_there: 128.0,
        }),
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
        typical: Some(typical()),
        portrait: "Customers of many years who pay little and rarely complain.".to_owned(),
        action: "Keep: thank them, and leave the price alone.".to_owned(),
        action_codes: vec!["reward-referrals".to_owned(), "first-months".to_owned()],
        action_why: "They hold the largest share of value and few of them leave.".to_owned(),
        contact: 120,
        hold_out: 12,
        change: None,
        previous_segment_id: None,
        customers_before: None,
    }
}

/// Three segments of unlike size, value and risk.
fn three() -> Vec<SegmentRow> {
    let mut one = segment(1, "Loyal, small bills", 2_810, 0.399);
    one.verdict = Verdict::Natural;
    one.value_share = Some(0.482);
    one.churn_mean = Some(0.071);
    (one.churn_observed, one.churn_low, one.churn_high) = (Some(0.082), Some(0.072), Some(0.093));
    one.gone = Some(230);
    let mut two = segment(2, "New on monthly contracts", 2_433, 0.345);
    two.value_share = Some(0.181);
    two.churn_mean = Some(0.386);
    (two.churn_observed, two.churn_low, two.churn_high) = (Some(0.472), Some(0.452), Some(0.492));
    two.gone = Some(1_148);
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
    three.gone = Some(491);
    vec![one, two, three]
}

/// A candidate number of segments.
fn candidate(k: usize, validity: f64, weakest: f64, smallest: f64) -> Candidate {
    let spread =
        |i: usize| weakest + (0.98 - weakest) * f64::from(u32::try_from(i).unwrap()) / 12.0;
    Candidate {
        bic: None,
        icl: None,
        k,
        inertia: 50_000.0 / f64::from(u32::try_from(k).unwrap()),
        explained: 0.62,
        silhouette: Some(0.31),
        min_share: smallest,
        stability: (0..k).map(spread).collect(),
        validity: Some(validity),
        validity_se: Some(0.006),
        natural: vec![false; k],
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
        parts: Vec::new(),
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
        gone: None,
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
        preparation_said: Vec::new(),
        n_features: 3,
        limits: vec![
            "the table shows one moment, so nothing is said about \
                change"
                .to_owned(),
        ],
        limits_said: Vec::new(),
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
            look: Look::default(),
        },
        data: data(),
        findings: vec![
            Finding::new(
                "proven-leak",
                Severity::Serious,
                facts!(name = "Complain", why = said!("leak-alone", auc = Fact::figure("0.999"))),
            )
            .column("Complain"),
            Finding::new(
                "imputed-numbers",
                Severity::Warning,
                facts!(n = 11_u64, of = 7_043_u64, name = "TotalCharges"),
            )
            .column("TotalCharges")
            .count(11),
            Finding::new("twins", Severity::Note, facts!(n = 22_u64, of = 7_043_u64)).count(22),
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
        value: Some(value::value()),
        decisions: decisions(),
        rules: Some(rules()),
        actions: Some(actions::actions()),
        method: method(),
        kpi: None,
        pictures: pictures(3),
        refits: None,
        change: None,
    }
}
