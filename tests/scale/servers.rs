//! Engines that the tests start themselves: on ports of the loopback address that are free,
//! each in a process group of its own. A group ends with the test, also where the test is
//! killed: its shell waits for the end of its standard input, and takes the others with it.

use std::fs;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use kohort::backend::spark::{Address, SparkBackend, SparkError, SparkParams};
use tempfile::TempDir;

/// The folder of `tests/scale/install.sh`.
fn engines() -> PathBuf {
    let variable = |name: &str| std::env::var_os(name).map(PathBuf::from);
    variable("KOHORT_ENGINES")
        .or_else(|| Some(variable("XDG_CACHE_HOME")?.join("kohort-engines")))
        .or_else(|| Some(variable("HOME")?.join(".cache/kohort-engines")))
        .unwrap()
}

/// A program of the engines. Without it the tests fail, unless it is told that they may not.
fn program(found: Option<PathBuf>, name: &str) -> Option<PathBuf> {
    if found.is_none() {
        let skipped = std::env::var("KOHORT_ENGINES_MISSING").is_ok_and(|value| value == "skip");
        assert!(
            skipped,
            "{name} is not installed: run tests/scale/install.sh --spark, \
             or set KOHORT_ENGINES_MISSING=skip"
        );
        eprintln!("skipped: {name} is not installed");
    }
    found
}

/// Whether the long tests are asked for.
pub(crate) fn soak() -> bool {
    std::env::var_os("KOHORT_SOAK").is_some()
}

/// A port that is free now.
fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// A process group.
pub(crate) struct Group {
    shell: Child,
    log: PathBuf,
}

impl Group {
    fn start(command: &str, variables: &[(&str, String)], log: PathBuf) -> Self {
        let script = format!("{command} >>'{}' 2>&1 & cat >/dev/null; kill -9 -$$", log.display());
        let mut shell = Command::new("sh");
        shell.args(["-c", &script]).process_group(0).stdin(Stdio::piped());
        shell.stdout(Stdio::null()).stderr(Stdio::null());
        // Catalogs lay their tables where a server was started.
        shell.current_dir(log.parent().unwrap());
        for (name, value) in variables {
            shell.env(name, value);
        }
        // Nothing of the caller's own Spark.
        for name in ["SPARK_CONF_DIR", "SPARK_MASTER", "SPARK_REMOTE", "PYSPARK_SUBMIT_ARGS"] {
            shell.env_remove(name);
        }
        Self { shell: shell.spawn().unwrap(), log }
    }

    /// Ends every process of it at once.
    pub(crate) fn kill(&mut self) {
        let group = format!("-{}", self.shell.id());
        Command::new("kill").args(["-9", "--", &group]).status().unwrap();
        self.shell.wait().unwrap();
    }

    pub(crate) fn log(&self) -> String {
        fs::read_to_string(&self.log).unwrap_or_default()
    }

    /// The end of the log, for a message.
    fn tail(&self) -> String {
        let log = self.log();
        let lines: Vec<&str> = log.lines().collect();
        lines[lines.len().saturating_sub(30)..].join("\n")
    }

    /// Waits until something holds.
    pub(crate) fn wait(&self, what: &str, holds: impl Fn() -> bool) {
        let begun = Instant::now();
        while !holds() {
            let late = begun.elapsed() > Duration::from_mins(3);
            assert!(!late, "{what} did not come\n{}", self.tail());
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        self.kill();
    }
}

fn listens(port: u16) -> bool {
    let address = SocketAddr::from(([127, 0, 0, 1], port));
    TcpStream::connect_timeout(&address, Duration::from_secs(1)).is_ok()
}

fn params(port: u16) -> SparkParams {
    let address = Address::read(&format!("sc://127.0.0.1:{port}")).unwrap();
    SparkParams { deadline: Duration::from_mins(5), ..SparkParams::new(address) }
}

/// Connects as soon as the server answers.
fn connect(group: &Group, params: &SparkParams) -> SparkBackend {
    let begun = Instant::now();
    loop {
        match SparkBackend::connect(params.clone()) {
            Ok(backend) => return backend,
            Err(SparkError::Unreachable { .. } | SparkError::Lost { .. })
                if begun.elapsed() < Duration::from_mins(2) =>
            {
                std::thread::sleep(Duration::from_millis(100));
            }
            Err(error) => panic!("{error}\n{}", group.tail()),
        }
    }
}

/// Sail: one process, whose workers are threads.
pub(crate) struct Sail {
    group: Group,
    pub(crate) port: u16,
    folder: TempDir,
}

impl Sail {
    pub(crate) fn start() -> Option<Self> {
        let found = Some(engines().join("bin/sail")).filter(|sail| sail.exists());
        let sail = program(found, "Sail")?;
        let (folder, port) = (tempfile::tempdir().unwrap(), free_port());
        let command = format!("'{}' spark server --ip 127.0.0.1 --port {port}", sail.display());
        // Parts as on a machine of four cores, whatever this one has.
        let parts = ("SAIL_EXECUTION__DEFAULT_PARALLELISM", "4".to_owned());
        let mode = [("SAIL_MODE", "local-cluster".to_owned()), parts];
        let group = Group::start(&command, &mode, folder.path().join("log"));
        Some(Self { group, port, folder })
    }

    pub(crate) fn connect(&self) -> SparkBackend {
        connect(&self.group, &self.params())
    }

    pub(crate) fn params(&self) -> SparkParams {
        params(self.port)
    }

    /// A folder of its own, which it sees.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }
}

/// Spark: a master, two workers with an executor each, and the server that is connected to.
pub(crate) struct Spark {
    pub(crate) workers: Vec<Group>,
    pub(crate) server: Group,
    _master: Group,
    home: PathBuf,
    master_port: u16,
    pub(crate) port: u16,
    folder: TempDir,
}

impl Spark {
    pub(crate) fn start() -> Option<Self> {
        let libraries = fs::read_dir(engines().join("lib")).into_iter().flatten().flatten();
        let mut homes = libraries.map(|python| python.path().join("site-packages/pyspark"));
        let home = program(homes.find(|home| home.join("bin/spark-class").exists()), "Spark")?;
        let folder = tempfile::tempdir().unwrap();
        let (master_port, port) = (free_port(), free_port());
        let class = "org.apache.spark.deploy.master.Master";
        let arguments = format!("-h 127.0.0.1 -p {master_port} --webui-port 0");
        let master =
            daemon(&home, folder.path(), "master", "256m", &format!("{class} {arguments}"));
        master.wait("the master", || listens(master_port));
        let workers = (0..2).map(|at| worker(&home, folder.path(), master_port, at)).collect();
        let server = connect_server(&home, folder.path(), master_port, port);
        let spark = Self { workers, server, _master: master, home, master_port, port, folder };
        spark.ready();
        Some(spark)
    }

    /// Waits until the server listens and has its executors.
    fn ready(&self) {
        self.server.wait("the server", || listens(self.port));
        let executors = || self.server.log().matches("Registered executor").count();
        self.server.wait("an executor of each worker", || executors() >= self.workers.len());
    }

    /// Starts another server in place of one that was killed.
    pub(crate) fn restart_server(&mut self) {
        fs::remove_file(&self.server.log).unwrap();
        self.server = connect_server(&self.home, self.folder.path(), self.master_port, self.port);
        self.ready();
    }

    /// Starts another worker in place of one that was killed.
    pub(crate) fn restart_worker(&mut self, at: usize) {
        let number = self.workers.len() + at;
        self.workers[at] = worker(&self.home, self.folder.path(), self.master_port, number);
    }

    pub(crate) fn connect(&self) -> SparkBackend {
        connect(&self.server, &self.params())
    }

    pub(crate) fn params(&self) -> SparkParams {
        params(self.port)
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }
}

/// A part of Spark in a group of its own.
fn daemon(home: &Path, folder: &Path, name: &str, memory: &str, arguments: &str) -> Group {
    let command = format!("'{}/bin/spark-class' {arguments}", home.display());
    let variables = [
        ("SPARK_HOME", home.display().to_string()),
        ("SPARK_LOCAL_IP", "127.0.0.1".to_owned()),
        ("SPARK_LOCAL_DIRS", folder.join("local").display().to_string()),
        // The server's as well.
        ("SPARK_DAEMON_MEMORY", memory.to_owned()),
    ];
    Group::start(&command, &variables, folder.join(format!("{name}.log")))
}

fn worker(home: &Path, folder: &Path, master_port: u16, number: usize) -> Group {
    let name = format!("worker-{number}");
    let arguments = format!(
        "org.apache.spark.deploy.worker.Worker -h 127.0.0.1 -c 1 -m 1g --webui-port 0 \
         -d '{}' spark://127.0.0.1:{master_port}",
        folder.join(&name).display()
    );
    daemon(home, folder, &name, "256m", &arguments)
}

/// The server takes up its streams anew every second, not every two minutes.
fn connect_server(home: &Path, folder: &Path, master_port: u16, port: u16) -> Group {
    let settings = [
        format!("spark.connect.grpc.binding.port={port}"),
        "spark.connect.grpc.binding.address=127.0.0.1".to_owned(),
        "spark.connect.execute.reattachable.senderMaxStreamDuration=1s".to_owned(),
        "spark.ui.enabled=false".to_owned(),
        "spark.executor.memory=800m".to_owned(),
        "spark.executor.cores=1".to_owned(),
        "spark.task.maxFailures=8".to_owned(),
        "spark.deploy.maxExecutorRetries=-1".to_owned(),
        format!("spark.sql.warehouse.dir={}", folder.join("warehouse").display()),
    ];
    let settings: Vec<String> = settings.iter().map(|each| format!("--conf '{each}'")).collect();
    let arguments = format!(
        "org.apache.spark.deploy.SparkSubmit --master spark://127.0.0.1:{master_port} \
         --driver-memory 1g --class org.apache.spark.sql.connect.service.SparkConnectServer \
         {} spark-internal",
        settings.join(" ")
    );
    daemon(home, folder, "server", "1g", &arguments)
}
