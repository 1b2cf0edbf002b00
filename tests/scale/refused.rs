//! What an engine cannot do, does not have or may not be sent: an error with a name, soon.

use std::net::TcpListener;
use std::time::{Duration, Instant};

use kohort::backend::spark::{Address, SparkBackend, SparkError, SparkParams, Token};
use kohort::backend::{
    Backend, BackendError, Fixed, Grouping, Holds, Input, Output, Scoring, Sink, Summed, Written,
};
use kohort::expression::{Expr, Function, Query};
use kohort::fault::Fault;

use crate::here::{made, relation};
use crate::passes::model;
use crate::servers::Sail;

#[test]
fn a_dead_port_is_told_within_five_seconds() {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    // Addresses of TEST-NET-1 lead nowhere (RFC 5737).
    for place in [format!("127.0.0.1:{port}"), "192.0.2.1:15002".to_owned()] {
        let begun = Instant::now();
        let address = Address::read(&format!("sc://{place}")).unwrap();
        let error = SparkBackend::connect(SparkParams::new(address)).unwrap_err();
        assert!(begun.elapsed() < Duration::from_secs(5));
        assert!(matches!(error, SparkError::Unreachable { .. }), "{error}");
        assert!(error.to_string().contains(&place) && error.hint().is_some(), "{error}");
    }
}

#[test]
fn a_token_does_not_leave_this_machine_in_clear_text() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("token");
    std::fs::write(&path, "K4geheim").unwrap();
    let token = Some(Token::from_file(&path).unwrap());
    let address = Address::read("sc://192.0.2.1:15002").unwrap();
    let params = SparkParams { token, ..SparkParams::new(address) };
    let begun = Instant::now();
    let error = SparkBackend::connect(params).unwrap_err();
    // Refused before anything is sent.
    assert!(begun.elapsed() < Duration::from_secs(1));
    assert!(matches!(error, SparkError::ClearText { .. }), "{error}");
    assert!(!format!("{error} {error:?}").contains("geheim"));
}

#[test]
fn what_an_engine_does_not_have_is_named() {
    let Some(sail) = Sail::start() else { return };
    let backend = sail.connect();
    let open = |table: &str, id: &str| {
        let input = Input::customers(table, id);
        backend.open(&input).unwrap_err()
    };
    assert!(matches!(open("nobody.here", "id"), BackendError::NoTable { .. }));
    let nothing = sail.folder().join("nothing").display().to_string();
    let error = open(&nothing, "id");
    assert!(matches!(error, BackendError::NoTable { .. }), "{error}");
    let there = crate::passes::customers(&backend, sail.folder(), 1000);
    let table = there.name.trim_start_matches("parquet.").trim_matches('`');
    assert!(matches!(open(table, "key"), BackendError::NoColumn { .. }));
    assert!(matches!(open(table, "f1"), BackendError::Kind { .. }));
    // A table that lost rows since.
    let fewer = relation(&there.name, 1001);
    let counted =
        Grouping { query: Query::new("id"), group: Expr::whole(0), values: Vec::new(), most: 1 };
    let error = backend.grouped_sums(&fewer, &counted).unwrap_err();
    assert!(matches!(error, BackendError::Changed { .. }), "{error}");
    // The engine's words may hold a value, ours do not.
    let mut strange =
        relation(&format!("(SELECT CAST('K4narienvogel' AS INT) AS id FROM {})", there.name), 1000);
    strange.columns[0].holds = Holds::Whole;
    let error = backend.grouped_sums(&strange, &by_id()).unwrap_err();
    assert!(!format!("{error} {error:?}").contains("K4narienvogel"), "{error}");
}

fn by_id() -> Grouping {
    let group = Expr::column("id");
    Grouping { query: Query::new("id"), group, values: Vec::new(), most: 10 }
}

#[test]
fn a_pass_that_does_not_fit_is_refused() {
    let Some(sail) = Sail::start() else { return };
    let backend = sail.connect();
    let there = crate::passes::customers(&backend, sail.folder(), 1000);
    let grouping = |group: Expr, value: Expr, most: usize| Grouping {
        query: Query::new("id"),
        group,
        values: vec![Summed {
            name: "f0".to_owned(),
            value,
            fixed: Fixed { bits: 30, largest: 1.0 },
        }],
        most,
    };
    let ask = |grouping: &Grouping| backend.grouped_sums(&there, grouping).unwrap_err();
    let f0 = || Expr::column("f0");
    let error = ask(&grouping(Expr::whole(0), f0(), 1));
    assert!(matches!(error, BackendError::Beyond { rows } if rows > 0), "{error}");
    // Values for which a cast to whole numbers fails.
    let error = ask(&grouping(Expr::whole(0), f0().scaled(1e300), 1));
    assert!(matches!(error, BackendError::Beyond { .. }), "{error}");
    let place = Expr::Fixed(Box::new(f0()), 0);
    let error = ask(&grouping(place, Expr::Number(0.0), 3));
    assert!(matches!(error, BackendError::TooManyGroups { most: 3 }), "{error}");
    let error = ask(&grouping(Expr::whole(0), f0().call(Function::Ln), 1));
    assert!(matches!(error, BackendError::Inexact { .. }), "{error}");
    let wide = model(1000, vec![0.5; 1210]);
    let error = kohort::backend::passes::partial_sums(&backend, &there, &wide).unwrap_err();
    assert!(matches!(error, BackendError::TooLarge { most: 1200, .. }), "{error}");
}

#[test]
fn a_sink_of_another_run_or_machine_is_left_alone() {
    let Some(sail) = Sail::start() else { return };
    let backend = sail.connect();
    let there = relation(&made(1000, 2), 1000);
    let scoring = |rows: u64| Scoring {
        query: Query::new("id"),
        columns: vec![Output {
            name: "one".to_owned(),
            value: Expr::Number(1.0),
            written: Written::Number(None),
        }],
        run: "a".to_owned(),
        rows,
    };
    let write = |place: &str, rows: u64| {
        backend.score_write(&there, &scoring(rows), &Sink { place: place.to_owned() })
    };
    for place in ["out/segments", "ftp://host/segments"] {
        let error = write(place, 1000).unwrap_err();
        assert!(matches!(error, BackendError::SinkForbidden { .. }), "{place}: {error}");
    }
    let place = sail.folder().join("out").display().to_string();
    let error = write(&place, 999).unwrap_err();
    assert!(matches!(error, BackendError::Counted { written: 1000, counted: 999 }), "{error}");
    // What was not published is replaced.
    let receipt = write(&place, 1000).unwrap();
    assert_eq!((receipt.rows, receipt.already), (1000, false));
}

#[test]
fn a_setting_that_is_refused_is_told_and_no_more() {
    let Some(sail) = Sail::start() else { return };
    let mut params = sail.params();
    params.settings.push(("spark.sql.session.timeZone".to_owned(), "Nowhere/Nothing".to_owned()));
    let backend = loop {
        // The server may not listen yet.
        match SparkBackend::connect(params.clone()) {
            Err(SparkError::Unreachable { .. }) => std::thread::sleep(Duration::from_millis(100)),
            connected => break connected.unwrap(),
        }
    };
    let there = relation(&made(1000, 2), 1000);
    let counted =
        Grouping { query: Query::new("id"), group: Expr::whole(0), values: Vec::new(), most: 1 };
    assert_eq!(backend.grouped_sums(&there, &counted).unwrap().rows(), 1000);
}
