//! Round trips, damage and forgery.

use ndarray::{Array2, array};
use serde_json::{Value, json};

use super::*;
use crate::cluster::gmm::Mixture;
use crate::cluster::hdbscan::Members;
use crate::cluster::kprototypes::KPrototypesParams;
use crate::cluster::latent::LatentParams;
use crate::cluster::{Assignment, Engine, Method, Shape};
use crate::fault::{Class, Fault};
use crate::matrix::Matrix;
use crate::normalise::{NotApplicable, Params, Purpose};
use crate::table::{Block, BlockKind, Column, Family, FeatureTable, Ids, Role, Values};
use linfa::ParamGuard;

fn table() -> FeatureTable {
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
    let values = (0..6).map(|i| i.to_string()).collect();
    FeatureTable::new(Ids { name: "id".into(), values, from_rows: true }, columns, None).unwrap()
}

fn model(shape: impl FnOnce(Array2<f64>) -> (Method, Shape)) -> Model {
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
    }
}

/// A model of a run with purchase lines.
fn with_orders() -> Model {
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

fn k_means() -> Model {
    model(|matrix| (Method::KMeans, Shape::Centres(matrix.select(ndarray::Axis(0), &[0, 4]))))
}

fn dbscan() -> Model {
    model(|points| {
        let labels = vec![0, 0, 0, 1, 1, 1];
        (Method::Dbscan, Shape::Cores { eps: 1.5, min_points: 2, points, labels })
    })
}

fn gmm() -> Model {
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

fn prepared(matrix: Array2<f64>) -> Matrix {
    let table = table();
    let params = Params::default().check().unwrap();
    let rows: Vec<usize> = (0..6).collect();
    let auto = NotApplicable::Auto;
    let (normaliser, _) =
        Normaliser::fit(&table, &[0, 1, 2, 3], &rows, &params, Purpose::Distance, &auto).unwrap();
    Matrix::new(matrix, normaliser.columns().to_vec()).unwrap()
}

fn latent() -> Model {
    model(|matrix| {
        let params = LatentParams::new(2).check().unwrap();
        let found = params.fit_matrix(&prepared(matrix), None).unwrap();
        (Method::LatentClass, Shape::Classes(found.classes().clone()))
    })
}

fn k_prototypes() -> Model {
    model(|matrix| {
        let params = KPrototypesParams::new(2).check().unwrap();
        let found = params.fit_matrix(&prepared(matrix)).unwrap();
        (Method::KPrototypes, Shape::Prototypes(found.prototypes().clone()))
    })
}

fn hdbscan() -> Model {
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

fn predictions(model: &Model) -> Vec<Assignment> {
    let matrix = model.normaliser.apply(&table(), &[0, 1, 2, 3, 4, 5]).unwrap();
    model.segmentation.assign(&matrix).unwrap()
}

/// Rejected with exit 7, or the same model for every purpose.
fn same_or_rejected(original: &Model, json: &[u8], arrays: &[u8]) -> bool {
    match read(json, arrays) {
        Err(error) => {
            assert_eq!(error.class(), Class::Model, "{error}");
            assert!(error.code().starts_with("E-MDL-"));
            true
        }
        Ok(found) => {
            found.names == original.names
                && found.radii == original.radii
                && found.about == original.about
                && predictions(&found) == predictions(original)
        }
    }
}

/// Changes the JSON and seals it again, as a forger would.
fn forged(files: &ModelFiles, change: impl FnOnce(&mut Value)) -> Result<Model, ModelError> {
    let mut value: Value = serde_json::from_slice(&files.json).unwrap();
    change(&mut value["model"]);
    let json = serde_json::to_vec(&value).unwrap();
    match format::reseal(&json) {
        Ok(json) => read(&json, &files.arrays),
        Err(error) => Err(error),
    }
}

#[test]
fn a_model_survives_writing_and_reading() {
    for model in [k_means(), dbscan(), hdbscan(), with_orders(), gmm(), latent(), k_prototypes()] {
        let files = write(&model).unwrap();
        let back = read(&files.json, &files.arrays).unwrap();
        assert_eq!((&back.orders, &back.rules), (&model.orders, &model.rules));
        assert_eq!(predictions(&back), predictions(&model));
        assert_eq!(back.segmentation, model.segmentation);
        assert_eq!(back.normaliser, model.normaliser);
        assert_eq!(write(&back).unwrap(), files);
    }
}

/// A model whose segments a rule defines: two of the three kinds of shopper.
fn rule() -> Model {
    let cuts = json!({"shopper": {
        "orders-per-month": 1.5, "average-order": 20.25, "discount-share": null
    }});
    let cuts = Box::new(serde_json::from_value(cuts).unwrap());
    model(|_| (Method::Shopper, Shape::Rule { cuts, kept: vec![0, 2] }))
}

#[test]
fn a_model_of_a_rule_survives_and_its_cuts_are_checked() {
    let model = rule();
    let files = write(&model).unwrap();
    let back = read(&files.json, &files.arrays).unwrap();
    assert_eq!(back.segmentation, model.segmentation);
    assert_eq!(write(&back).unwrap(), files);
    let cuts = |change: Value| {
        forged(&files, |model| model["segments"]["shape"]["rule"]["cuts"] = change).unwrap_err()
    };
    cuts(json!({"shopper": {"orders-per-month": "often"}}));
    cuts(json!({"rfm": {
        "days-since-last": [1], "orders": [1], "spend": null, "money-decimals": 0
    }}));
    let kept = forged(&files, |model| {
        model["segments"]["shape"]["rule"]["kept"] = json!([0, 9]);
    });
    assert_eq!(kept.unwrap_err().class(), Class::Model);
    let segments = forged(&files, |model| {
        model["segments"]["shape"]["rule"]["segments"] = json!(3);
    });
    assert_eq!(segments.unwrap_err().class(), Class::Model);
}

#[test]
fn what_is_kept_of_orders_is_checked() {
    let files = write(&with_orders()).unwrap();
    assert!(forged(&files, |_| {}).is_ok());
    let cases: Vec<(&str, Forgery)> = vec![
        ("no day", Box::new(|m| m["orders"]["columns"] = json!({}))),
        ("half a share", Box::new(|m| m["orders"]["learnt"]["season"]["shares"] = json!([0.5]))),
        ("a gap below nothing", Box::new(|m| m["orders"]["learnt"]["median-gap"] = json!(-1))),
        ("no such feature", Box::new(|m| m["orders"]["learnt"]["columns"] = json!(["x"]))),
        ("something to find out", Box::new(|m| m["orders"]["cancel-prefix"] = json!("find-out"))),
        ("a key of nobody", Box::new(|m| m["orders"]["path"] = json!("/etc"))),
        ("no as-of day", Box::new(|m| m["about"]["as_of"] = json!(null))),
        (
            "a rule twice",
            Box::new(|m| {
                let first = m["rules"][0].clone();
                m["rules"] = json!([first.clone(), first]);
            }),
        ),
    ];
    for (name, change) in cases {
        assert_eq!(forged(&files, change).expect_err(name).class(), Class::Model, "{name}");
    }
}

#[test]
fn a_model_of_format_1_is_read() {
    let mut model = k_means();
    model.about.format = 1;
    let files = write(&model).unwrap();
    let back = read(&files.json, &files.arrays).unwrap();
    assert_eq!(predictions(&back), predictions(&model));
    assert!(back.orders.is_none() && back.rules.is_empty());
    let text = String::from_utf8(files.json).unwrap();
    let changed = text.replacen("\"format\": 1", "\"format\": 2", 1);
    let error = read(changed.as_bytes(), &files.arrays).unwrap_err();
    assert_eq!(error.code(), "E-MDL-009");
}

#[test]
fn every_flipped_byte_is_rejected_or_harmless() {
    for model in [k_means(), dbscan(), hdbscan(), with_orders(), latent()] {
        let files = write(&model).unwrap();
        for mask in [0x01, 0x20, 0xff] {
            for at in 0..files.json.len() {
                let mut json = files.json.clone();
                json[at] ^= mask;
                assert!(same_or_rejected(&model, &json, &files.arrays), "json {at} {mask}");
            }
            for at in 0..files.arrays.len() {
                let mut arrays = files.arrays.clone();
                arrays[at] ^= mask;
                assert!(read(&files.json, &arrays).is_err(), "arrays {at} {mask}");
            }
        }
    }
}

#[test]
fn every_prefix_is_rejected_or_harmless() {
    let model = dbscan();
    let files = write(&model).unwrap();
    for end in 0..files.json.len() {
        assert!(same_or_rejected(&model, &files.json[..end], &files.arrays), "{end}");
    }
    for end in 0..files.arrays.len() {
        assert!(read(&files.json, &files.arrays[..end]).is_err(), "{end}");
    }
}

#[test]
fn a_newer_format_says_so() {
    let files = write(&k_means()).unwrap();
    let newer = String::from_utf8(files.json).unwrap().replacen(
        "\"format\": 2",
        "\"format\": 3, \"colour\": \"blue\"",
        1,
    );
    let error = read(newer.as_bytes(), &files.arrays).unwrap_err();
    assert_eq!(error, ModelError::Newer { found: 3, supported: 2 });
}

#[test]
fn repeated_and_unknown_keys_are_refused() {
    let files = write(&k_means()).unwrap();
    let text = String::from_utf8(files.json).unwrap();
    let repeated = text.replacen("\"format\": 2", "\"format\": 2, \"format\": 2", 1);
    let error = read(repeated.as_bytes(), &files.arrays).unwrap_err();
    assert!(matches!(error, ModelError::Json { what, .. } if what == check::REPEATED), "{error}");
    for key in ["path", "url", "command", "__reduce__"] {
        let unknown = text.replacen("\"about\": {", &format!("\"about\": {{\"{key}\": \"x\","), 1);
        assert_eq!(read(unknown.as_bytes(), &files.arrays).unwrap_err().code(), "E-MDL-003");
    }
}

#[test]
fn deep_nesting_and_other_formats_are_refused() {
    let arrays = write(&k_means()).unwrap().arrays;
    let deep = format!("{{\"format\": 1, \"model\": {}", "[".repeat(1_000_000));
    assert_eq!(read(deep.as_bytes(), &arrays).unwrap_err().code(), "E-MDL-003");
    for (bytes, word) in [
        (&b"\x80\x04\x95"[..], "pickle"),
        (b"PK\x03\x04", "zip"),
        (b"\x08\x07\x12", "protocol buffer"),
        (b"", "empty"),
        (b"<html>", "something other"),
    ] {
        let error = read(bytes, &arrays).unwrap_err();
        assert!(error.code() == "E-MDL-002" && error.to_string().contains(word), "{error}");
    }
}

#[test]
fn arrays_that_lie_about_their_size_are_refused() {
    let files = write(&k_means()).unwrap();
    // A header length of u64::MAX, with the checksum of exactly these bytes.
    let mut arrays = files.arrays.clone();
    arrays[..8].copy_from_slice(&u64::MAX.to_le_bytes());
    let lie = |arrays: &[u8]| {
        let mut value: Value = serde_json::from_slice(&files.json).unwrap();
        value["model"]["arrays"] = json!({"bytes": arrays.len(), "sha256": format::sha256(arrays)});
        read(&format::reseal(&serde_json::to_vec(&value).unwrap()).unwrap(), arrays).unwrap_err()
    };
    assert_eq!(lie(&arrays).code(), "E-MDL-008");
    assert_eq!(lie(&files.arrays[..20]).code(), "E-MDL-008");
    assert_eq!(lie(b"").code(), "E-MDL-008");
    let header =
        br#"{"centres":{"dtype":"F64","shape":[4294967296,4294967296,2],"data_offsets":[0,0]}}"#;
    let mut bytes = (header.len() as u64).to_le_bytes().to_vec();
    bytes.extend_from_slice(header);
    assert_eq!(lie(&bytes).code(), "E-MDL-008");
    let (_, other) = arrays::write(&Shape::Centres(array![[1.0], [2.0]]), &[1.0, 1.0]).unwrap();
    assert_eq!(lie(&other).code(), "E-MDL-008");
    let (_, nan) =
        arrays::write(&Shape::Centres(Array2::from_elem((2, 7), f64::NAN)), &[1.0, f64::INFINITY])
            .unwrap();
    assert_eq!(lie(&nan).code(), "E-MDL-009");
    assert_eq!(read(&files.json, &[]).unwrap_err().code(), "E-MDL-007");
}

/// A change to a model file.
type Forgery = Box<dyn FnOnce(&mut Value)>;

#[test]
fn forged_contents_are_refused() {
    let files = write(&k_means()).unwrap();
    assert!(forged(&files, |_| {}).is_ok());
    let cases: Vec<(&str, Forgery)> = vec![
        (
            "negative spread",
            Box::new(|m| m["normaliser"]["features"][0]["terms"][0]["spread"] = json!(-1.0)),
        ),
        (
            "zero spread",
            Box::new(|m| m["normaliser"]["features"][0]["terms"][0]["spread"] = json!(0.0)),
        ),
        (
            "null spread",
            Box::new(|m| m["normaliser"]["features"][0]["terms"][0]["spread"] = json!(null)),
        ),
        (
            "level out of range",
            Box::new(|m| {
                m["normaliser"]["features"][2]["terms"][0]["what"]["level"]["position"] = json!(99);
            }),
        ),
        (
            "longitude that is not there",
            Box::new(|m| {
                m["normaliser"]["features"][0]["reading"]["place"]["longitude"] = json!("east");
            }),
        ),
        ("no features", Box::new(|m| m["normaliser"]["features"] = json!([]))),
        ("another purpose", Box::new(|m| m["normaliser"]["purpose"] = json!("regression"))),
        ("too few names", Box::new(|m| m["names"] = json!(["Low"]))),
        ("endless name", Box::new(|m| m["names"] = json!(["Low", "x".repeat(5000)]))),
        (
            "columns twice",
            Box::new(|m| {
                let first = m["schema"]["columns"][0].clone();
                m["schema"]["columns"] = json!([first.clone(), first]);
            }),
        ),
        ("schema without a column", Box::new(|m| m["schema"]["columns"] = json!([]))),
        ("no customers", Box::new(|m| m["about"]["n_customers"] = json!(0))),
        ("another format inside", Box::new(|m| m["about"]["format"] = json!(3))),
        ("reasons of one segment", Box::new(|m| m["reasons"]["segments"] = json!([[]]))),
        ("method of another shape", Box::new(|m| m["segments"]["method"] = json!("dbscan"))),
        ("more segments", Box::new(|m| m["segments"]["shape"]["centres"]["segments"] = json!(3))),
        (
            "endless segments",
            Box::new(|m| {
                m["segments"]["shape"]["centres"]["segments"] = json!(u64::MAX);
            }),
        ),
    ];
    for (name, change) in cases {
        let error = forged(&files, change).expect_err(name);
        assert_eq!(error.class(), Class::Model, "{name}");
    }
}

#[test]
fn a_model_that_contradicts_itself_is_not_written() {
    let mut model = k_means();
    model.radii[0] = f64::NAN;
    assert!(write(&model).is_err());
    let mut model = k_means();
    model.actions.clear();
    assert!(write(&model).is_err());
}

#[test]
fn forged_parameters_of_mixtures_and_prototypes_are_refused() {
    let shape = |model: &mut Value, name: &str| model["segments"]["shape"][name].take();
    let files = write(&latent()).unwrap();
    let change = |change: fn(&mut Value)| {
        forged(&files, |model| {
            let mut own = shape(model, "classes");
            change(&mut own);
            model["segments"]["shape"] = json!({"classes": own});
        })
    };
    assert!(change(|_| {}).is_ok());
    for (name, forgery) in [
        ("no variables", (|own| own["variables"] = json!([])) as fn(&mut Value)),
        ("a column that is not there", |own| {
            own["variables"][0]["number"]["column"] = json!(99);
        }),
        ("endless columns", |own| own["columns"] = json!(u64::MAX)),
        ("endless segments", |own| own["segments"] = json!(u64::MAX)),
        ("more segments", |own| own["segments"] = json!(3)),
    ] {
        assert_eq!(change(forgery).expect_err(name).class(), Class::Model, "{name}");
    }
    let files = write(&k_prototypes()).unwrap();
    for gamma in [json!(0.0), json!(-1.0), json!(null)] {
        let error = forged(&files, |model| {
            model["segments"]["shape"]["prototypes"]["gamma"] = gamma;
        });
        assert_eq!(error.unwrap_err().class(), Class::Model);
    }
    let files = write(&gmm()).unwrap();
    let error = forged(&files, |model| {
        model["segments"]["shape"]["mixture"]["columns"] = json!(u64::MAX);
    });
    assert_eq!(error.unwrap_err().class(), Class::Model);
}
