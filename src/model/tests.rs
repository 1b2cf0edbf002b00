//! Round trips, damage and forgery.

use ndarray::{Array2, array};
use serde_json::{Value, json};

use super::*;
use crate::cluster::{Assignment, Shape};
use crate::fault::{Class, Fault};

mod models;

use models::*;

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
    let changed = text.replacen("\"format\": 1", "\"format\": 3", 1);
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
    for model in [k_means(), dbscan(), hdbscan(), with_orders(), latent()] {
        let files = write(&model).unwrap();
        for end in 0..files.json.len() {
            assert!(same_or_rejected(&model, &files.json[..end], &files.arrays), "{end}");
        }
        for end in 0..files.arrays.len() {
            assert!(read(&files.json, &files.arrays[..end]).is_err(), "{end}");
        }
    }
}

#[test]
fn a_newer_format_says_so() {
    let files = write(&k_means()).unwrap();
    let newer = String::from_utf8(files.json).unwrap().replacen(
        "\"format\": 4",
        "\"format\": 5, \"colour\": \"blue\"",
        1,
    );
    let error = read(newer.as_bytes(), &files.arrays).unwrap_err();
    assert_eq!(error, ModelError::Newer { found: 5, supported: 4 });
}

#[test]
fn repeated_and_unknown_keys_are_refused() {
    let files = write(&k_means()).unwrap();
    let text = String::from_utf8(files.json).unwrap();
    let repeated = text.replacen("\"format\": 4", "\"format\": 4, \"format\": 4", 1);
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

fn lineage(ids: &[u32], highest: u32) -> Value {
    json!({"ids": ids, "highest": highest, "fitted_by": null, "fitted_as_of": null})
}

#[test]
fn ids_of_a_lineage_survive_and_a_model_without_counts_from_one() {
    let plain = write(&k_means()).unwrap();
    assert!(!String::from_utf8(plain.json).unwrap().contains("lineage"));
    let kept = Lineage {
        ids: vec![3, 7],
        highest: 9,
        fitted_by: Some("2025-11-30-0123456789ab".into()),
        fitted_as_of: Some("2025-11-30".into()),
    };
    let files = write(&Model { lineage: kept.clone(), ..k_means() }).unwrap();
    let model = read(&files.json, &files.arrays).unwrap();
    assert_eq!((model.lineage.ids(2), &model.lineage), (vec![3, 7], &kept));
    let said = serde_json::to_value(model.readable()).unwrap();
    assert_eq!(
        (&said["segments"][0]["segment_id"], &said["segments"][1]["segment_id"]),
        (&json!(3), &json!(7))
    );
    let asked = sql::Asked { dialect: sql::Dialect::Sqlite, table: "customers", id: None };
    let statement = sql::statement(&model, &asked).unwrap();
    assert!(statement.contains("THEN 3") && statement.contains("THEN 7"), "{statement}");
    assert_eq!(Lineage::default().ids(3), [1, 2, 3]);
}

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
        ("another format inside", Box::new(|m| m["about"]["format"] = json!(5))),
        ("an id twice", Box::new(|m| m["lineage"] = lineage(&[7, 7], 9))),
        ("an id of nothing", Box::new(|m| m["lineage"] = lineage(&[0, 7], 9))),
        ("too few ids", Box::new(|m| m["lineage"] = lineage(&[7], 9))),
        ("an id above the highest", Box::new(|m| m["lineage"] = lineage(&[7, 12], 9))),
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
