//! Tables out of databases, asked of a real PostgreSQL server that the tests start
//! themselves. It listens on a socket in a folder of its own and on the loopback
//! address, holds nothing but what the tests write, and ends with them.
#![expect(clippy::disallowed_methods, reason = "a server is waited for, but not for ever")]

use std::fs;
use std::io::{Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use kohort::fault::{Class, Fault};
use kohort::load::{self, CsvParams, Kind, Limits, LoadError, ReadAs, Source, Wanted, sql};
use postgres::{Client, NoTls};

use crate::support::{call, program, skip, small_table};

/// Parts of the address that nothing may ever show.
const USER: &str = "k4user";
const PASSWORD: &str = "K4w0rd-geheim";
const DATABASE: &str = "k4base";

/// A server of the tests. It ends when the standard input of its shell is closed, and so
/// also when the tests are killed.
struct Server {
    folder: PathBuf,
    port: u16,
    _shell: Child,
}

/// The server, started once; `None` where PostgreSQL is not installed.
fn server() -> Option<&'static Server> {
    static SERVER: OnceLock<Option<Server>> = OnceLock::new();
    let server = SERVER.get_or_init(|| programs().map(|programs| Server::start(&programs)));
    if server.is_none() {
        assert!(
            std::env::var("KOHORT_REAL_DATA").map_or(true, |value| value != "required"),
            "PostgreSQL is required but not installed"
        );
        skip("PostgreSQL is not installed");
    }
    server.as_ref()
}

/// The folder of `initdb` and `postgres`: the newest of Debian's, or one of the path.
fn programs() -> Option<PathBuf> {
    let debian = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut folders: Vec<(u32, PathBuf)> = debian
        .filter_map(|entry| {
            let version = entry.file_name().to_string_lossy().parse().ok()?;
            Some((version, entry.path().join("bin")))
        })
        .collect();
    folders.sort();
    let path = std::env::var_os("PATH").unwrap_or_default();
    let newest = folders.into_iter().rev().map(|(_, folder)| folder);
    newest.chain(std::env::split_paths(&path)).find(|folder| folder.join("initdb").exists())
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output().unwrap();
    id.stdout == b"0\n"
}

impl Server {
    fn start(programs: &Path) -> Self {
        let folder = tempfile::Builder::new().prefix("k4").tempdir_in("/tmp").unwrap().keep();
        fs::write(folder.join("password"), PASSWORD).unwrap();
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).unwrap();
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        drop(listener);
        let script = format!(
            "set -e; cd {folder}; \
             {bin}/initdb -D data -U {USER} --pwfile=password -A scram-sha-256 -E UTF8 \
                --locale=C --no-sync >log 2>&1; \
             printf '%s\\n' 'hostssl all tls 127.0.0.1/32 scram-sha-256' \
                'local all all scram-sha-256' \
                'host all {USER} 127.0.0.1/32 scram-sha-256' >data/pg_hba.conf; \
             {bin}/postgres -D data -k {folder} -p {port} -c listen_addresses=127.0.0.1 \
                -c fsync=off -c lc_messages=C >>log 2>&1 & server=$!; \
             cat >/dev/null; kill -QUIT $server; wait $server || true; \
             cd /; rm -rf {folder}",
            folder = folder.display(),
            bin = programs.display(),
        );
        let mut command = if is_root() {
            let owned = Command::new("chown").args(["-R", "postgres"]).arg(&folder).status();
            assert!(owned.unwrap().success());
            let mut command = Command::new("runuser");
            command.args(["-u", "postgres", "--", "sh", "-c", &script]);
            command
        } else {
            let mut command = Command::new("sh");
            command.args(["-c", &script]);
            command
        };
        // Of its own process group, so that an interrupt from the keyboard lets it tidy up.
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        let shell = command.stdin(Stdio::piped()).spawn().unwrap();
        let server = Self { folder, port, _shell: shell };
        let begun = Instant::now();
        let mut client = loop {
            match Client::connect(&server.url("postgres"), NoTls) {
                Ok(client) => break client,
                Err(error) => {
                    let log = fs::read_to_string(server.folder.join("log")).unwrap_or_default();
                    assert!(begun.elapsed() < Duration::from_mins(1), "{error}\n{log}");
                    std::thread::sleep(Duration::from_millis(100));
                }
            }
        };
        client.batch_execute(&format!("create database {DATABASE}")).unwrap();
        Client::connect(&server.url(DATABASE), NoTls).unwrap().batch_execute(TABLES).unwrap();
        server
    }

    /// The address by way of the socket.
    fn url(&self, database: &str) -> String {
        self.url_in(&self.folder, database)
    }

    fn url_in(&self, folder: &Path, database: &str) -> String {
        let folder = folder.display().to_string().replace('/', "%2F");
        format!("postgresql://{USER}:{PASSWORD}@{folder}:{}/{database}", self.port)
    }

    fn client(&self) -> Client {
        Client::connect(&self.url(DATABASE), NoTls).unwrap()
    }

    fn ask(&self, query: &str) -> Result<Source, LoadError> {
        ask(query, &self.url(DATABASE))
    }

    /// The error of a query, which must not show what is secret.
    fn refused(&self, query: &str, code: &str) -> LoadError {
        refused(query, &self.url(DATABASE), code)
    }
}

fn ask(query: &str, url: &str) -> Result<Source, LoadError> {
    sql::open(query, url, "the customers", &CsvParams::default(), 0, &Limits::default())
}

fn refused(query: &str, url: &str, code: &str) -> LoadError {
    let error = ask(query, url).unwrap_err();
    assert_eq!(error.code(), code, "{query}: {error}");
    silent(&format!("{error} {error:?} {:?}", error.hint()));
    error
}

/// A word of the data that no message may show.
const VALUE: &str = "K4narienvogel";

fn silent(shown: &str) {
    for secret in [USER, PASSWORD, DATABASE, VALUE, "127.0.0.1", "/tmp/"] {
        assert!(!shown.contains(secret), "{shown}");
    }
}

const TABLES: &str = "
    create table customers (
        id text, spend numeric(12,2), since date, seen timestamptz, news boolean,
        plan varchar(20), visits integer, key uuid, ratio double precision, big bigint,
        note text);
    insert into customers values
    ('00a1', 12.50, '2020-01-31', '2024-03-01 00:30:00+02', true, 'basic', 3,
     '11111111-1111-1111-1111-111111111111', 0.1, 9007199254740993, 'plain'),
    ('b2', null, '2021-02-28', '2024-03-01 12:00:00+00', false, 'pro, max', 1200,
     '22222222-2222-2222-2222-222222222222', 1e-7, 2, ''),
    ('c3', 1299.99, '2020-12-01', null, null, null, 0,
     '33333333-3333-3333-3333-333333333333', null, -3, E'two\\nlines'),
    ('d4', -0.50, null, '2023-12-31 23:30:00-01', true, 'say \"hi\"', -7,
     '44444444-4444-4444-4444-444444444444', 1e21, null, E'\\\\.');
    create table many as select i as id, 'customer ' || i as name, i * 0.25 as spend
        from generate_series(1, 200000) as i;
    create table odd (id integer, photo bytea, tags text[], t time, span interval);
    insert into odd values (1, '\\x00ff', '{a,b}', '10:00', '1 day');
    create table one (a text);
    insert into one values (null), ('x'), (null);
    create function sneaky() returns integer language sql as
        'insert into one values (''written''); select 1';
    create role tls login password 'K4w0rd-geheim';
    create role stranger login password 'K4w0rd-geheim';
";

/// Reads every column as what it looks like.
fn natural(source: &Source) -> polars::prelude::DataFrame {
    let wanted: Vec<Wanted> = source
        .columns()
        .iter()
        .map(|seen| Wanted {
            column: seen.name.clone(),
            read_as: match seen.kind {
                Kind::Integer | Kind::Decimal => ReadAs::Number,
                Kind::Day { .. } => ReadAs::Day,
                _ => ReadAs::Text,
            },
        })
        .collect();
    source.read(&wanted).unwrap()
}

#[test]
fn a_query_gives_the_same_columns_as_the_exported_csv() {
    let Some(server) = server() else { return };
    let query = "select * from customers order by id -- as it lies";
    let source = server.ask(query).unwrap();
    let csv = "\
id,spend,since,seen,news,plan,visits,key,ratio,big,note
00a1,12.50,2020-01-31,2024-02-29 22:30:00+00,t,basic,3,11111111-1111-1111-1111-111111111111,0.1,9007199254740993,plain
b2,,2021-02-28,2024-03-01 12:00:00+00,f,\"pro, max\",1200,22222222-2222-2222-2222-222222222222,1e-07,2,\"\"
c3,1299.99,2020-12-01,,,,0,33333333-3333-3333-3333-333333333333,,-3,\"two
lines\"
d4,-0.50,,2024-01-01 00:30:00+00,t,\"say \"\"hi\"\"\",-7,44444444-4444-4444-4444-444444444444,1e+21,,\\.
";
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("customers.csv");
    fs::write(&path, csv).unwrap();
    let base = load::open(&path, "customers.csv", &CsvParams::default(), 0).unwrap();
    assert_eq!(source.columns(), base.columns());
    assert_eq!(source.accounting(), base.accounting());
    assert!(natural(&source).equals_missing(&natural(&base)));
    // The bytes themselves are those that the server's own shell exports.
    assert_eq!(source.facts().bytes, csv.len() as u64);
    assert_eq!(source.facts().sha256, base.facts().sha256);
    assert_eq!(source.facts().format, "postgresql");
    let day = source.columns().iter().find(|seen| seen.name == "seen").unwrap();
    assert_eq!(day.kind, Kind::Day { format: "yyyy-mm-dd".to_owned() });
}

#[test]
fn the_settings_of_server_and_user_change_nothing() {
    let Some(server) = server() else { return };
    let query = "select id, since, seen, ratio from customers order by id";
    let base = server.ask(query).unwrap();
    let options = "?options=-c%20DateStyle%3DGerman%20-c%20TimeZone%3DAsia%2FTokyo%20-c%20\
                   extra_float_digits%3D-5%20-c%20client_encoding%3DLATIN1";
    let other = ask(query, &(server.url(DATABASE) + options)).unwrap();
    assert_eq!(base.facts().sha256, other.facts().sha256);
}

#[test]
fn the_loopback_address_serves_as_the_socket_does() {
    let Some(server) = server() else { return };
    let url = format!("postgres://{USER}:{PASSWORD}@127.0.0.1:{}/{DATABASE}", server.port);
    let query = "select * from customers";
    let base = server.ask(query).unwrap();
    assert_eq!(ask(query, &url).unwrap().facts().sha256, base.facts().sha256);
}

#[test]
fn a_query_that_writes_is_refused_and_changes_nothing() {
    let Some(server) = server() else { return };
    for query in [
        "delete from customers",
        "insert into one values ('written') returning a",
        "with gone as (delete from one returning a) select * from gone",
        "select sneaky()",
        "create table written as select 1",
        "select 1; delete from one",
        "select 1; commit; delete from one",
        "commit",
        "begin read write",
        "select a into written from one",
        "select a from one for update",
        "copy one to stdout",
        "copy one to '/tmp/k4written'",
        "select 1) to program 'touch /tmp/k4written' --",
        "select 1) to stdout; delete from one --",
        "select a from one where a = $1",
        "selekt",
        "select 'K4narienvogel",
        "",
    ] {
        let error = server.refused(query, "E-CFG-025");
        assert_eq!(error.class(), Class::Config);
    }
    for query in [
        "select set_config('transaction_read_only', 'off', true)",
        "select set_config('transaction_read_only', 'off', false) union all select a from one",
    ] {
        server.refused(query, "E-SQL-003");
    }
    assert!(!Path::new("/tmp/k4written").exists());
    let mut client = server.client();
    let rows = client.query_one("select count(*) from one", &[]).unwrap();
    assert_eq!(rows.get::<_, i64>(0), 3);
    let written = "select count(*) from pg_class where relname = 'written'";
    assert_eq!(client.query_one(written, &[]).unwrap().get::<_, i64>(0), 0);
}

#[test]
fn what_the_server_says_becomes_its_sqlstate_and_our_words() {
    let Some(server) = server() else { return };
    for (query, says) in [
        ("select * from K4narienvogel", "there is no such table (SQLSTATE 42P01)"),
        ("select K4narienvogel from one", "there is no such column (SQLSTATE 42703)"),
        ("select K4narienvogel(1)", "no such function"),
        (
            "select 'K4narienvogel'::integer as a",
            "cannot be converted or computed (SQLSTATE 22P02)",
        ),
        ("select 1 / 0 as a", "cannot be converted or computed (SQLSTATE 22012)"),
        ("select a::integer as a from one", "cannot be converted or computed (SQLSTATE 22P02)"),
    ] {
        let error = server.refused(query, "E-SQL-003");
        assert!(error.to_string().contains(says), "{error}");
        assert_eq!(error.class(), Class::Input);
    }
    let stranger = server.url(DATABASE).replace(USER, "stranger");
    let error = refused("select a from one", &stranger, "E-SQL-003");
    assert!(error.to_string().contains("may not read"), "{error}");
    server.refused("select a from one where a = 'none'", "E-IN-002");
    server.refused("select a, a from one", "E-IN-015");
}

#[test]
fn types_that_cannot_be_used_are_named_with_their_column() {
    let Some(server) = server() else { return };
    for (column, holds) in
        [("photo", "bytes"), ("tags", "lists"), ("t", "times of day"), ("span", "durations")]
    {
        let error = server.refused(&format!("select id, {column} from odd"), "E-IN-062");
        let expected =
            format!("the customers, column {column} holds {holds}, which cannot be used");
        assert_eq!(error.to_string(), expected);
    }
    server.refused("select id, odd as whole from odd", "E-IN-062");
}

#[test]
fn a_column_of_one_keeps_its_empty_rows() {
    let Some(server) = server() else { return };
    let source = server.ask("select a from one").unwrap();
    assert_eq!(source.accounting().rows, 3);
    assert_eq!((source.columns()[0].n_present, source.columns()[0].n_missing), (1, 2));
}

#[test]
fn who_is_not_let_in_is_told_so_without_the_address() {
    let Some(server) = server() else { return };
    let url = server.url(DATABASE);
    let cases = [
        (url.replace(PASSWORD, "K4narienvogel"), "28P01"),
        (url.replace(USER, "k4nobody"), "28P01"),
        (url.replace(DATABASE, "k4nowhere"), "3D000"),
        (url.replace(&format!(":{PASSWORD}"), ""), "none"),
        // This user may come by TLS alone.
        (format!("postgres://tls:{PASSWORD}@127.0.0.1:{}/{DATABASE}", server.port), "28000"),
    ];
    for (url, state) in cases {
        let error = refused("select a from one", &url, "E-SQL-002");
        assert!(error.to_string().contains(state), "{error}");
        let shown = format!("{error} {error:?} {:?}", error.hint());
        assert!(!shown.contains("k4no"), "{shown}");
        assert!(error.hint().unwrap().contains("TLS"));
    }
}

#[test]
fn a_query_has_its_time_and_an_answer_its_size() {
    let Some(server) = server() else { return };
    let url = server.url(DATABASE) + "?options=-c%20statement_timeout%3D300";
    let begun = Instant::now();
    let error = refused("select pg_sleep(60)::text as a", &url, "E-SQL-004");
    assert_eq!(error.class(), Class::Limit);
    assert!(begun.elapsed() < Duration::from_secs(20));
    // Without a time in the address the program sets one.
    let source = server.ask("select current_setting('statement_timeout') as a, 1 as b").unwrap();
    assert_eq!(source.columns()[0].levels, [("10min".to_owned(), 1)]);
    let limits = Limits { max_bytes: 100_000, ..Limits::default() };
    let (query, url) = ("select * from many", server.url(DATABASE));
    let error = sql::open(query, &url, "t", &CsvParams::default(), 0, &limits).unwrap_err();
    assert_eq!((error.code(), error.class()), ("E-LIM-003", Class::Limit));
}

/// Hands on what client and server say, and hangs up after `limit` bytes of the server.
fn cut_after(server: &Server, limit: usize) -> tempfile::TempDir {
    let folder = tempfile::Builder::new().prefix("k4").tempdir_in("/tmp").unwrap();
    let name = format!(".s.PGSQL.{}", server.port);
    let listener = UnixListener::bind(folder.path().join(&name)).unwrap();
    let target = server.folder.join(&name);
    std::thread::spawn(move || {
        let (client, _) = listener.accept().unwrap();
        let mut inside = UnixStream::connect(target).unwrap();
        let mut outside = client.try_clone().unwrap();
        let mut upward = (client, inside.try_clone().unwrap());
        std::thread::spawn(move || std::io::copy(&mut upward.0, &mut upward.1));
        let (mut buffer, mut left) = ([0; 4_096], limit);
        while left > 0 {
            let wanted = buffer.len().min(left);
            let Ok(n_read @ 1..) = inside.read(&mut buffer[..wanted]) else { break };
            left -= n_read;
            if outside.write_all(&buffer[..n_read]).is_err() {
                break;
            }
        }
        // Both ends learn of it.
        let _ = outside.shutdown(std::net::Shutdown::Both);
        let _ = inside.shutdown(std::net::Shutdown::Both);
    });
    folder
}

#[test]
fn a_connection_lost_in_the_middle_is_an_error_and_never_fewer_rows() {
    let Some(server) = server() else { return };
    let query = "select * from many";
    let all = server.ask(query).unwrap();
    assert_eq!(all.accounting().rows, 200_000);
    let n_bytes = usize::try_from(all.facts().bytes).unwrap();
    // Every message of a row has five bytes before it; before the first there is the login.
    let sent = n_bytes + 5 * 200_001;
    let mut n_lost = 0;
    for limit in [100, 1_000, 2_000, 50_000, sent / 2, sent - 1_000, sent, sent + 400, sent * 2] {
        let folder = cut_after(server, limit);
        match ask(query, &server.url_in(folder.path(), DATABASE)) {
            Ok(source) => assert_eq!(source.accounting().rows, 200_000, "{limit}"),
            Err(error) => {
                assert_eq!(error.class(), Class::Limit, "{limit}: {error}");
                assert!(["E-SQL-001", "E-SQL-005"].contains(&error.code()), "{limit}: {error}");
                silent(&format!("{error} {error:?}"));
                n_lost += 1;
            }
        }
    }
    assert!((6..9).contains(&n_lost), "{n_lost}");
}

#[test]
fn a_server_that_ends_the_session_gives_an_error() {
    let Some(server) = server() else { return };
    let mut client = server.client();
    let killer = std::thread::spawn(move || {
        let query = "select count(pg_terminate_backend(pid)) from pg_stat_activity
                     where application_name = 'kohort' and query like '%K4slow%'";
        let begun = Instant::now();
        while client.query_one(query, &[]).unwrap().get::<_, i64>(0) == 0 {
            assert!(begun.elapsed() < Duration::from_secs(30));
            std::thread::sleep(Duration::from_millis(50));
        }
    });
    let query = "select id, case when id = 150000 then pg_sleep(60)::text end as K4slow from many";
    server.refused(query, "E-SQL-005");
    killer.join().unwrap();
}

#[test]
fn no_fact_and_no_finding_holds_the_address() {
    let Some(server) = server() else { return };
    let source = server.ask("select * from customers").unwrap();
    let shown = format!("{:?} {:?} {:?}", source.facts(), source.findings(), source.columns());
    silent(&shown);
    assert!(!source.findings().is_empty());
}

/// The shop of the program's own tests in a table of the server.
fn shop(server: &Server, text: &str) {
    let mut client = server.client();
    client
        .batch_execute(
            "drop table if exists shop; create table shop (customer_id text, visits integer, \
             spend numeric(12,2), age smallint, city text, newsletter varchar(3))",
        )
        .unwrap();
    let mut writer = client.copy_in("copy shop from stdin (format csv, header)").unwrap();
    writer.write_all(text.as_bytes()).unwrap();
    writer.finish().unwrap();
}

/// The same in a file of SQLite.
fn shop_file(path: &Path, text: &str) {
    let mut file = rusqlite::Connection::open(path).unwrap();
    let all = file.transaction().unwrap();
    all.execute_batch(
        "create table shop (customer_id text, visits integer, spend real, age integer, \
         city text, newsletter text)",
    )
    .unwrap();
    for line in text.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let insert = "insert into shop values (?, ?, ?, ?, ?, ?)";
        all.execute(insert, rusqlite::params_from_iter(cells)).unwrap();
    }
    all.commit().unwrap();
}

#[test]
fn a_run_on_a_database_gives_the_customers_of_the_file_and_shows_no_address() {
    let Some(server) = server() else { return };
    let folder = tempfile::Builder::new().prefix("k4").tempdir_in("/tmp").unwrap();
    let text = small_table(300);
    let table = folder.path().join("shop.csv");
    fs::write(&table, &text).unwrap();
    let base = crate::support::run(&table, &folder.path().join("base"), &[]);
    let expected = fs::read_to_string(base.join("customers.csv")).unwrap();
    shop(server, &text);
    let file = folder.path().join("k4base.db");
    shop_file(&file, &text);
    let config = "[input]\ncustomers = { sql = \"select * from shop\", url-env = \"SHOP_URL\" }\n";
    fs::write(folder.path().join("kohort.toml"), config).unwrap();
    for (name, url) in
        [("server", server.url(DATABASE)), ("file", format!("sqlite:{}", file.display()))]
    {
        let call = call(program().current_dir(folder.path()).env("SHOP_URL", url).args([
            "run",
            "kohort.toml",
            "--verbose",
            "--out",
            name,
        ]));
        assert_eq!(call.code, 0, "{}", call.stderr);
        silent(&format!("{}{}", call.stdout, call.stderr));
        let out = folder.path().join(name);
        for (path, bytes) in crate::support::files(&out) {
            let text = String::from_utf8_lossy(&bytes);
            for secret in [USER, PASSWORD, DATABASE] {
                assert!(!text.contains(secret), "{path} holds a part of the address");
            }
        }
        let customers = fs::read_to_string(out.join("current/customers.csv")).unwrap();
        assert!(customers == expected, "{name} gives other customers than the file");
        // The config of the run runs again where the variable is set, and only there.
        let again = out.join("current/kohort.toml");
        let call = crate::support::call(program().arg("check").arg(again).env_remove("SHOP_URL"));
        assert_eq!(call.code, 2, "{}", call.stderr);
        assert!(call.stderr.contains("E-CFG-022") && call.stderr.contains("SHOP_URL"));
    }
}
