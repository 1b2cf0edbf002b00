//! Tests of the room in every build; the real server is asked in `tests/program`.

use super::*;
use crate::fault::{Class, Fault};

/// An address whose parts no message may show.
const URL: &str = "postgres://K4user:K4word@K4host.example/K4base";

fn ask(query: &str, url: &str) -> Result<Source, LoadError> {
    open(query, url, "the customers", &CsvParams::default(), 0, &Limits::default())
}

fn silent(error: &LoadError) {
    let shown = format!("{error} {error:?} {:?}", error.hint());
    assert!(!shown.contains("K4"), "{shown}");
}

#[test]
fn an_address_in_the_config_is_refused_and_not_repeated() {
    let written = format!("sql = \"select 1\"\nurl = \"{URL}\"\nurl-env = \"CRM_URL\"");
    let as_variable = format!("sql = \"select 1\"\nurl-env = \"{URL}\"");
    for text in [written, as_variable, format!("sql = \"select 1\"\nurl = [\"{URL}\"]")] {
        let query: Query = toml::from_str(&text).unwrap();
        let error = query.check("input.customers").unwrap_err();
        assert_eq!((error.code(), error.class()), ("E-CFG-020", Class::Config));
        silent(&error.into());
    }
}

#[test]
fn a_path_that_is_an_address_is_refused_and_not_repeated() {
    for address in [URL, "sqlite:K4.db", "mysql+pymysql://K4:K4@K4/K4", "https://K4:K4@K4.org/t"] {
        let path = std::path::Path::new(address);
        let error = super::super::open(path, address, &CsvParams::default(), 0).unwrap_err();
        assert_eq!(error.code(), "E-CFG-020", "{error}");
        silent(&error);
        let mut config = crate::config::Config::default();
        config.input.customers = crate::config::Origin::File(address.to_owned());
        let error = config.check().unwrap_err();
        assert_eq!((error.code(), error.class()), ("E-CFG-020", Class::Config));
        assert!(!format!("{error} {error:?}").contains("K4"));
    }
    for path in ["data/a@b.csv", "customers.csv", "https://example.org/t.csv", "C:\\data\\t.csv"] {
        assert!(!is_url(path), "{path}");
    }
}

#[test]
fn a_query_is_written_back_without_its_address() {
    let query: Query = toml::from_str("sql = \"select 1\"\nurl-env = \"CRM_URL\"").unwrap();
    assert_eq!(query, Query::new("select 1", "CRM_URL"));
    assert_eq!(toml::to_string(&query).unwrap(), "sql = \"select 1\"\nurl-env = \"CRM_URL\"\n");
    assert!(toml::from_str::<Query>("sql = \"select 1\"\npassword = \"x\"").is_err());
}

#[test]
fn the_address_comes_from_the_variable_alone() {
    let query = Query::new("select 1", "CRM_URL");
    let set = |name: &str| (name == "CRM_URL").then(|| format!(" {URL}\n"));
    assert_eq!(query.url("input.customers", &set).unwrap(), URL);
    for lookup in [|_: &str| None, |_: &str| Some("  ".to_owned())] {
        let error = query.url("input.customers", &lookup).unwrap_err();
        assert_eq!((error.code(), error.class()), ("E-CFG-022", Class::Config));
        assert!(error.to_string().contains("CRM_URL"));
    }
    for (variable, code) in [("", "E-CFG-021"), ("CRM-URL", "E-CFG-021"), ("1A", "E-CFG-021")] {
        let error = Query::new("select 1", variable).check("input.customers").unwrap_err();
        assert_eq!(error.code(), code);
    }
    let several = Query::new("select 1; select 2", "CRM_URL").check("input.customers");
    assert_eq!(several.unwrap_err().code(), "E-CFG-025");
}

#[test]
fn an_address_of_another_kind_is_refused_and_not_repeated() {
    for url in ["mysql://K4:K4@K4/K4", "K4", "", "postgres:K4"] {
        let error = ask("select 1", url).unwrap_err();
        assert_eq!((error.code(), error.class()), ("E-CFG-023", Class::Config));
        silent(&error);
    }
}

#[test]
fn without_the_client_the_error_says_which_build_has_it() {
    for names in [NO_POSTGRES, NO_SQLITE] {
        let error = not_built("input.customers", names);
        assert_eq!((error.code(), error.class()), ("E-CFG-024", Class::Config));
        assert!(error.to_string().contains(names[0]));
        let feature = format!("--features {}", names[1]);
        assert!(error.hint().is_some_and(|hint| hint.contains(&feature)));
    }
}

/// What the client refuses before anything is sent.
#[cfg(feature = "postgres")]
mod postgres {
    use super::*;

    #[test]
    fn tls_is_asked_for_in_vain_and_said() {
        for mode in ["require", "verify-ca", "verify-full"] {
            let error = ask("select 1", &format!("{URL}?sslmode={mode}")).unwrap_err();
            assert_eq!(error.code(), "E-CFG-027", "{mode}: {error}");
            silent(&error);
        }
    }

    #[test]
    fn data_goes_unencrypted_to_another_machine_only_where_that_is_said() {
        for url in [URL, "postgres://K4@192.0.2.1/K4", "postgres://K4@localhost,K4/K4"] {
            let error = ask("select 1", url).unwrap_err();
            assert_eq!((error.code(), error.class()), ("E-CFG-026", Class::Config));
            silent(&error);
        }
        // Port 1 of the loopback address: nobody listens.
        for url in [
            "postgres://K4:K4@127.0.0.1:1/K4",
            "postgres://K4:K4@localhost:1/K4",
            "postgres://K4:K4@[::1]:1/K4",
            "postgres://K4:K4@127.0.0.1:1/K4?sslmode=disable",
            "postgres://K4:K4@%2Fnonexistent/K4",
        ] {
            let error = ask("select 1", url).unwrap_err();
            assert_eq!((error.code(), error.class()), ("E-SQL-001", Class::Limit), "{error}");
            silent(&error);
        }
    }

    #[test]
    fn an_address_that_cannot_be_read_is_not_repeated() {
        for url in [
            "postgres://K4:K4@localhost:port/K4",
            "postgres://K4@localhost/K4?sslmode=K4",
            "postgres://",
            "postgres://localhost/K4",
        ] {
            let error = ask("select 1", url).unwrap_err();
            assert_eq!(error.code(), "E-CFG-023", "{error}");
            silent(&error);
        }
    }

    #[test]
    fn a_server_that_hangs_up_is_not_reached() {
        let server = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let port = server.local_addr().unwrap().port();
        // It is closed as soon as it is opened.
        let waiting = std::thread::spawn(move || drop(server.accept()));
        let error = ask("select 1", &format!("postgres://K4@127.0.0.1:{port}/K4")).unwrap_err();
        assert_eq!(error.code(), "E-SQL-001", "{error}");
        silent(&error);
        waiting.join().unwrap();
    }
}

#[cfg(feature = "sqlite")]
mod sqlite {
    use std::path::{Path, PathBuf};
    use std::time::{Duration, Instant};

    use rusqlite::Connection;

    use super::*;
    use crate::load::{Kind, ReadAs, Wanted};

    /// A database in a folder of its own.
    fn database(statements: &str) -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("K4 crm?#%.db");
        Connection::open(&path).unwrap().execute_batch(statements).unwrap();
        (folder, path)
    }

    fn from(path: &Path, query: &str) -> Result<Source, LoadError> {
        ask(query, &format!("sqlite:{}", path.display()))
    }

    fn refused(path: &Path, query: &str, code: &str) -> LoadError {
        let error = from(path, query).unwrap_err();
        assert_eq!(error.code(), code, "{query}: {error}");
        silent(&error);
        error
    }

    const TABLE: &str = "create table customers (id text, spend real, since text, plan text, \
                         visits integer, note text);
        insert into customers values
        ('00a1', 12.5, '2020-01-31', 'basic', 3, 'plain'),
        ('b2', null, '2021-02-28', 'pro, max', 1200, ''),
        ('c3', 1299.99, '2020-12-01', null, 0, 'two' || char(10) || 'lines'),
        ('d4', 1e12, null, 'say \"hi\"', -7, ' blank ');";

    #[test]
    fn a_query_gives_the_same_columns_as_the_same_table_in_csv() {
        let csv = "id,spend,since,plan,visits,note\n\
                   00a1,12.5,2020-01-31,basic,3,plain\n\
                   b2,,2021-02-28,\"pro, max\",1200,\"\"\n\
                   c3,1299.99,2020-12-01,,0,\"two\nlines\"\n\
                   d4,1000000000000,,\"say \"\"hi\"\"\",-7, blank \n";
        let (folder, path) = database(TABLE);
        let file = folder.path().join("customers.csv");
        std::fs::write(&file, csv).unwrap();
        let source = from(&path, "select * from customers order by id;").unwrap();
        let base = super::super::super::open(&file, "t", &CsvParams::default(), 0).unwrap();
        assert_eq!(source.columns(), base.columns());
        assert_eq!(source.accounting(), base.accounting());
        let wanted: Vec<Wanted> = [("id", ReadAs::Text), ("spend", ReadAs::Number)]
            .into_iter()
            .chain([("since", ReadAs::Day), ("plan", ReadAs::Text), ("note", ReadAs::Text)])
            .map(|(column, read_as)| Wanted { column: column.to_owned(), read_as })
            .collect();
        assert!(source.read(&wanted).unwrap().equals_missing(&base.read(&wanted).unwrap()));
        assert_eq!(source.facts().format, "sqlite");
        assert_eq!(source.facts().shown_as, "the customers");
        assert_eq!(source.facts().sha256.len(), 64);
        assert!(!format!("{:?}{:?}", source.facts(), source.findings()).contains("K4"));
    }

    #[test]
    fn a_query_that_writes_or_gives_no_table_is_refused_and_changes_nothing() {
        let (_folder, path) = database(TABLE);
        let before = std::fs::read(&path).unwrap();
        for query in [
            "delete from customers",
            "update customers set visits = 0 returning id",
            "with x as (select 1) insert into customers (id) select * from x",
            "drop table customers",
            "attach 'K4other.db' as other",
            "begin",
            "pragma journal_mode = delete",
            "vacuum",
            "select 1; delete from customers",
            "select ?1 from customers",
            "selekt K4 from customers",
            "",
        ] {
            refused(&path, query, "E-CFG-025");
        }
        assert_eq!(std::fs::read(&path).unwrap(), before);
    }

    #[test]
    fn what_does_not_exist_is_said_without_its_name() {
        let (_folder, path) = database(TABLE);
        let error = refused(&path, "select * from K4table", "E-SQL-003");
        assert!(error.to_string().contains("no such table"));
        for query in ["select K4column from customers", "select \"K4column\" from customers"] {
            let error = refused(&path, query, "E-SQL-003");
            assert!(error.to_string().contains("no such column"));
        }
        refused(&path, "select id from customers where id = 'none'", "E-IN-002");
        refused(&path, "select id, id from customers", "E-IN-015");
    }

    #[test]
    fn bytes_are_refused_with_the_name_of_their_column() {
        let (_folder, path) =
            database("create table t (id, photo); insert into t values (1, x'00')");
        let error = refused(&path, "select * from t", "E-IN-062");
        assert_eq!(
            error.to_string(),
            "the customers, column photo holds bytes, which cannot be used"
        );
    }

    #[test]
    fn a_column_of_one_keeps_its_empty_rows() {
        let (_folder, path) =
            database("create table t (a); insert into t values (null), (1), (null)");
        let source = from(&path, "select a from t").unwrap();
        assert_eq!(source.accounting().rows, 3);
        assert_eq!((source.columns()[0].n_present, source.columns()[0].n_missing), (1, 2));
    }

    #[test]
    fn what_is_no_database_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("t.db");
        refused(&path, "select 1", "E-IN-003");
        assert!(!path.exists());
        refused(folder.path(), "select 1", "E-IN-003");
        std::fs::write(&path, "").unwrap();
        refused(&path, "select 1", "E-IN-001");
        std::fs::write(&path, "id,spend\n1,2\n").unwrap();
        refused(&path, "select 1", "E-SQL-007");
    }

    #[test]
    fn a_damaged_database_gives_an_error_or_every_row() {
        let rows = "create table t (id integer primary key, name text);
            with recursive n(i) as (select 1 union all select i + 1 from n where i < 2000)
            insert into t select i, 'customer number ' || i from n;";
        let (folder, path) = database(rows);
        let sound = std::fs::read(&path).unwrap();
        let damaged = folder.path().join("damaged.db");
        let mut n_refused = 0;
        let cuts = [sound.len() - 1, sound.len() / 2, 4_096, 512, 100, 20]
            .map(|length| sound[..length].to_vec());
        let zeroed = (1..sound.len() / 4_096).map(|page| {
            let mut bytes = sound.clone();
            bytes[page * 4_096..page * 4_096 + 64].fill(0xff);
            bytes
        });
        for bytes in cuts.into_iter().chain(zeroed) {
            std::fs::write(&damaged, &bytes).unwrap();
            match from(&damaged, "select * from t") {
                Ok(source) => assert_eq!(source.accounting().rows, 2_000),
                Err(error) => {
                    silent(&error);
                    assert!(error.class() != Class::Internal, "{error}");
                    n_refused += 1;
                }
            }
        }
        assert!(n_refused > 5, "{n_refused}");
    }

    #[test]
    fn a_locked_database_is_said_to_be_locked() {
        let (_folder, path) = database(TABLE);
        let writer = Connection::open(&path).unwrap();
        writer.execute_batch("begin exclusive; delete from customers").unwrap();
        let error = refused(&path, "select * from customers", "E-SQL-006");
        assert_eq!(error.class(), Class::Limit);
        writer.execute_batch("rollback").unwrap();
        assert_eq!(from(&path, "select * from customers").unwrap().accounting().rows, 4);
    }

    #[test]
    fn the_rows_of_a_log_are_read_and_nothing_is_written_beside_a_database() {
        let (folder, path) = database(&format!("pragma journal_mode = wal; {TABLE}"));
        let list = || {
            let entries = std::fs::read_dir(folder.path()).unwrap();
            let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name()).collect();
            names.sort();
            names
        };
        let before = list();
        assert_eq!(from(&path, "select * from customers").unwrap().accounting().rows, 4);
        assert_eq!(list(), before);
        // The fifth row is in the log alone while its writer lives.
        let writer = Connection::open(&path).unwrap();
        writer.execute_batch("insert into customers (id) values ('e5')").unwrap();
        assert!(std::fs::metadata(super::super::sqlite::beside(&path, "-wal")).unwrap().len() > 0);
        assert_eq!(from(&path, "select * from customers").unwrap().accounting().rows, 5);
    }

    #[test]
    #[expect(clippy::disallowed_methods, reason = "the test measures that it ends")]
    fn limits_of_size_and_time_hold() {
        let (_folder, path) = database(TABLE);
        let endless = "with recursive n(i) as (select 1 union all select i + 1 from n) ";
        let small = Limits { max_bytes: 10_000, ..Limits::default() };
        let url = format!("sqlite://{}", path.display());
        let query = format!("{endless} select i, i from n");
        let error = open(&query, &url, "t", &CsvParams::default(), 0, &small).unwrap_err();
        assert_eq!(error.code(), "E-LIM-003", "{error}");
        let query = format!("{endless} select max(i) from n");
        let begun = Instant::now();
        let time = Duration::from_millis(200);
        let error = super::super::sqlite::ask_within(&query, &path, "t", &small, time).unwrap_err();
        assert_eq!((error.code(), error.class()), ("E-SQL-004", Class::Limit));
        assert!(begun.elapsed() < Duration::from_secs(20));
    }

    #[test]
    fn text_that_is_no_utf8_is_refused() {
        let (_folder, path) =
            database("create table t (a, b); insert into t values (cast(x'4dfc' as text), 1)");
        refused(&path, "select * from t", "E-IN-021");
    }

    #[test]
    fn whole_numbers_stay_exact() {
        let (_folder, path) = database(
            "create table t (id, v); insert into t values (9007199254740993, 0.1), (-1, 5.0)",
        );
        let source = from(&path, "select * from t").unwrap();
        assert_eq!(source.columns()[0].kind, Kind::Integer);
        assert_eq!(source.columns()[0].levels[1].0, "9007199254740993");
        assert_eq!(source.columns()[1].decimals, 1);
    }
}
