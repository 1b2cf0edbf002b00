//! A small table, and a model of every kind on it.

use linfa::ParamGuard;
use ndarray::Array2;
use serde_json::json;

use super::super::*;
use crate::cluster::gmm::Mixture;
use crate::cluster::hdbscan::Members;
use crate::cluster::kprototypes::KPrototypesParams;
use crate::cluster::latent::LatentParams;
use crate::cluster::{Engine, Method, Shape};
use crate::matrix::Matrix;
use crate::normalise::{NotApplicable, Params, Purpose};
use crate::table::{Block, BlockKind, Column, Family, FeatureTable, Ids, Role, Values};

pub(super) fn table() -> FeatureTable {
    let column = |name: &str, role, values| Column {
        name: name.into(),
        role,
        family: Family::Behavioural,
        unit: None,
        decimals: 0,
        block: None,
        values,
    };
    let codes = vec![0, 1, 0, 1, 2, 2];
    let levels = vec!["a".into(), "b".into(), "c".into()];
    let half = |name: &str, kind, values| Column {
        block: Some(Block { name: "home".into(), kind }),
        ..column(name, Role::Number, Values::Number(values))
    };
    let columns = vec![
        half("lat", BlockKind::Latitude, vec![55.1, 55.2, 55.3, 62.0, 62.1, f64::NAN]),
        half("lon", BlockKind::Longitude, vec![9.1, 9.4, 9.2, 29.0, 29.3, 29.1]),
        column("spend", Role::Number, Values::Number(vec![1.0, 2.5, 3.0, 40.0, 50.1, 60.0])),
        column("kind", Role::Category, Values::Category { codes, levels, ordered: false }),
    ];
    let values = (0..6).map(|i| i.to_string().into()).collect();
    FeatureTable::new(Ids { name: "id".into(), values, from_rows: true }, columns, None).unwrap()
}

pub(super) fn model(shape: impl FnOnce(Array2<f64>) -> (Method, Shape)) -> Model {
    let table = table();
    let params = Params::default().check().unwrap();
    let rows: Vec<usize> = (0..6).collect();
    let auto = NotApplicable::Auto;
    let (normaliser, _) =
        Normaliser::fit(&table, &[0, 1, 2, 3], &rows, &params, Purpose::Distance, &auto).unwrap();
    let matrix = normaliser.apply(&table, &rows).unwrap();
    let (method, shape) = shape(matrix.values().to_owned());
    Model {
        about: About {
            format: FORMAT,
            version: "0.1.0".into(),
            created_by: "kohort".into(),
            as_of: Some("2025-12-31".into()),
            n_customers: 6,
            seed: 7,
        },
        schema: Schema::of(&table, None),
        normaliser,
        segmentation: Segmentation::from_parts(method, Engine::Kohort, shape).unwrap(),
        names: vec!["Low".into(), "High".into()],
        actions: vec!["Keep".into(), "Grow".into()],
        radii: vec![1.5, 2.25],
        churn: None,
        reasons: serde_json::from_value(json!({"columns": [], "segments": [[], []]})).unwrap(),
        orders: None,
        rules: Vec::new(),
        lineage: Lineage::default(),
    }
}

/// A model of a run with purchase lines.
pub(super) fn with_orders() -> Model {
    let orders = json!({
        "customer": "customer_id",
        "columns": {"date": "day", "price": "price"},
        "refunds": "net",
        "zero-price": "keep",
        "cancel-prefix": {"letters": "C"},
        "as-of-given": false,
        "learnt": {
            "median-gap": 12.5,
            "weekend": 0.3,
            "season": {"levels": ["Dec-Feb", "Jun-Aug"], "shares": [0.5, 0.5], "left-out": 0},
            "columns": ["orders", "season_share: Jun-Aug"]
        }
    });
    let shopper = json!({"shopper": {
        "orders-per-month": 1.5, "average-order": 20.25, "discount-share": null
    }});
    Model {
        orders: Some(serde_json::from_value(orders).unwrap()),
        rules: vec![serde_json::from_value(shopper).unwrap()],
        ..k_means()
    }
}

pub(super) fn k_means() -> Model {
    model(|matrix| (Method::KMeans, Shape::Centres(matrix.select(ndarray::Axis(0), &[0, 4]))))
}

pub(super) fn dbscan() -> Model {
    model(|points| {
        let labels = vec![0, 0, 0, 1, 1, 1];
        (Method::Dbscan, Shape::Cores { eps: 1.5, min_points: 2, points, labels })
    })
}

pub(super) fn gmm() -> Model {
    model(|matrix| {
        let (d, triangle) = (matrix.ncols(), matrix.ncols() * (matrix.ncols() + 1) / 2);
        let means = matrix.select(ndarray::Axis(0), &[0, 4]).iter().copied().collect();
        let mut factor = vec![0.25; triangle];
        (1..=d).for_each(|t| factor[t * (t + 1) / 2 - 1] = 1.5);
        let factors = [factor.clone(), factor].concat();
        let mixture =
            Mixture::from_parts(vec![0.0; d], vec![1.0; d], vec![0.25, 0.75], means, factors);
        (Method::Gmm, Shape::Mixture(mixture.unwrap()))
    })
}

pub(super) fn prepared(matrix: Array2<f64>) -> Matrix {
    let table = table();
    let params = Params::default().check().unwrap();
    let rows: Vec<usize> = (0..6).collect();
    let auto = NotApplicable::Auto;
    let (normaliser, _) =
        Normaliser::fit(&table, &[0, 1, 2, 3], &rows, &params, Purpose::Distance, &auto).unwrap();
    Matrix::new(matrix, normaliser.columns().to_vec()).unwrap()
}

pub(super) fn latent() -> Model {
    model(|matrix| {
        let params = LatentParams::new(2).check().unwrap();
        let found = params.fit_matrix(&prepared(matrix), None).unwrap();
        (Method::LatentClass, Shape::Classes(found.classes().clone()))
    })
}

pub(super) fn k_prototypes() -> Model {
    model(|matrix| {
        let params = KPrototypesParams::new(2).check().unwrap();
        let found = params.fit_matrix(&prepared(matrix)).unwrap();
        (Method::KPrototypes, Shape::Prototypes(found.prototypes().clone()))
    })
}

pub(super) fn hdbscan() -> Model {
    model(|rows| {
        let members = Members {
            rows,
            counts: vec![1, 2, 1, 1, 1, 3],
            cores: vec![0.5, 0.25, 0.5, 1.0, 1.0, 0.0],
            labels: vec![Some(0), Some(0), None, Some(1), Some(1), Some(1)],
            strengths: vec![1.0, 0.5, 0.0, 1.0, 1.0, 0.75],
            births: vec![3.0, 4.0],
            deaths: vec![0.5, 1.0],
            min_samples: 2,
        };
        (Method::Hdbscan, Shape::Members(Box::new(members)))
    })
}

/// A model whose segments a rule defines: two of the three kinds of shopper.
pub(super) fn rule() -> Model {
    let cuts = json!({"shopper": {
        "orders-per-month": 1.5, "average-order": 20.25, "discount-share": null
    }});
    let cuts = Box::new(serde_json::from_value(cuts).unwrap());
    model(|_| (Method::Shopper, Shape::Rule { cuts, kept: vec![0, 2] }))
}
