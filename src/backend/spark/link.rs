//! One session with an engine. A statement is one operation on the server: its answer comes
//! complete or is an error.
//!
//! The server cuts a stream every two minutes and expects the client to take it up again
//! (`spark.connect.execute.reattachable.senderMaxStreamDuration`): an answer is finished where
//! the server says so, not where the stream ends.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use spark_connect_core::channel::{ChannelBuilder, PARAM_TOKEN, PARAM_USER_AGENT, PARAM_USER_ID};
use spark_connect_core::client::SparkConnectClient;
use spark_connect_core::error::SparkError as Said;
use spark_connect_core::reattach::ExecutePlanResponseReattachableIterator as Operation;
use spark_connect_core::retries::RetryPolicy;
use spark_connect_proto::execute_plan_response::ResponseType;
use spark_connect_proto::{
    Command, ExecutePlanRequest, Plan, Relation, Sql, UserContext, WriteOperation, command, plan,
    relation, write_operation,
};
use tokio::runtime::Runtime;

use super::address::{Address, Token};
use super::error::SparkError;
use super::knock::{PATIENCE, knock};
use super::schema;
use super::write::Place;
use crate::backend::RelationColumn;

/// How long a server may take to answer what is no work: settings, its version, an interrupt.
const COURTESY: Duration = Duration::from_secs(30);

/// How often is looked whether a pass was called off.
const GLANCE: Duration = Duration::from_millis(100);

/// Who we are, where the server does not know it from the token.
const USER: &str = "kohort";

/// How often a broken stream is taken up again before the work counts as lost.
const ATTEMPTS: u32 = 5;

/// Rows and bytes that an answer may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cap {
    pub(super) rows: u64,
    pub(super) bytes: u64,
}

/// A part of an answer, as an Arrow stream with a schema of its own.
#[derive(Debug)]
pub(super) struct Batch {
    /// How many rows the server says it has.
    pub(super) rows: i64,
    pub(super) stream: Vec<u8>,
}

/// A session with an engine.
pub(super) struct Link {
    address: String,
    place: (String, u16),
    deadline: Duration,
    client: SparkConnectClient,
    /// How often it was called off.
    stops: AtomicU64,
    /// Of its own: the client's is one per process, and nobody's to shut down.
    runtime: Runtime,
}

impl std::fmt::Debug for Link {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Link").field("address", &self.address).finish_non_exhaustive()
    }
}

impl Link {
    /// Opens a session. `deadline` is for each statement.
    ///
    /// # Errors
    ///
    /// A token that would go in clear text, a server that does not accept a connection within
    /// [`PATIENCE`].
    pub(super) fn open(
        address: &Address,
        token: Option<&Token>,
        deadline: Duration,
    ) -> Result<Self, SparkError> {
        let shown = address.to_string();
        if token.is_some() && !address.tls() && !address.is_loopback() {
            return Err(SparkError::ClearText { address: shown });
        }
        let place = (address.host().to_owned(), address.port());
        knock(&place, &shown)?;
        let unusable = |_| SparkError::Address { why: "the client does not understand it" };
        let mut builder = ChannelBuilder::parse(&shown).map_err(unusable)?;
        builder.set(PARAM_USER_AGENT, "kohort");
        // A session is one of a user: the client's own calls name none otherwise.
        builder.set(PARAM_USER_ID, USER);
        if let Some(token) = token {
            builder.set(PARAM_TOKEN, token.secret());
        }
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("kohort-spark")
            .enable_all()
            .build();
        let why = "this machine gives no thread";
        let address = shown.clone();
        let runtime = runtime.map_err(|_| SparkError::Unreachable { address, why })?;
        let connect = SparkConnectClient::connect(&builder);
        let mut client = runtime.block_on(connect).map_err(|said| match said.grpc_code {
            // The client itself refuses a token of its own variable in clear text.
            None if builder.token().is_some() => SparkError::ClearText { address: shown.clone() },
            _ => SparkError::of(&said, &shown, "the connection"),
        })?;
        client.set_retry_policy(RetryPolicy {
            max_retries: Some(3),
            initial_backoff_ms: 200,
            ..RetryPolicy::default()
        });
        Ok(Self { address: shown, place, deadline, client, stops: AtomicU64::new(0), runtime })
    }

    /// Sets a value of the session; `Ok(false)` where the server refuses it.
    pub(super) fn set(&self, key: &str, value: &str) -> Result<bool, SparkError> {
        let what = "a setting of the session";
        match self.courtesy(self.client.set_config(key, value), what)? {
            Ok(()) => Ok(true),
            Err(said) => match SparkError::of(&said, &self.address, what) {
                SparkError::Refused { .. } => Ok(false),
                error => Err(error),
            },
        }
    }

    /// The version that the server gives itself.
    pub(super) fn version(&self) -> Result<String, SparkError> {
        use spark_connect_proto::analyze_plan_request::{Analyze, SparkVersion};
        use spark_connect_proto::analyze_plan_response::Result as Answer;
        let what = "its version";
        match self.analyze(Analyze::SparkVersion(SparkVersion {}), what)? {
            Some(Answer::SparkVersion(version)) => Ok(version.version),
            _ => Err(SparkError::Unlike { what, why: "it is no version".to_owned() }),
        }
    }

    /// The columns that the answer to a statement would have.
    pub(super) fn schema(
        &self,
        statement: String,
        what: &'static str,
    ) -> Result<Vec<RelationColumn>, SparkError> {
        use spark_connect_proto::analyze_plan_request::{Analyze, Schema};
        use spark_connect_proto::analyze_plan_response::Result as Answer;
        let plan = Plan { op_type: Some(plan::OpType::Root(relation(statement))) };
        match self.analyze(Analyze::Schema(Schema { plan: Some(plan) }), what)? {
            Some(Answer::Schema(found)) => found.schema.as_ref().and_then(schema::columns),
            _ => None,
        }
        .ok_or_else(|| SparkError::Unlike { what, why: "it is no schema".to_owned() })
    }

    /// How the engine would compute a statement, in its own words.
    pub(super) fn plan(&self, statement: String) -> Result<String, SparkError> {
        use spark_connect_proto::analyze_plan_request::explain::ExplainMode;
        use spark_connect_proto::analyze_plan_request::{Analyze, Explain};
        use spark_connect_proto::analyze_plan_response::Result as Answer;
        let what = "a plan";
        let plan = Plan { op_type: Some(plan::OpType::Root(relation(statement))) };
        let explain = Explain { plan: Some(plan), explain_mode: ExplainMode::Formatted as i32 };
        match self.analyze(Analyze::Explain(explain), what)? {
            Some(Answer::Explain(found)) => Ok(found.explain_string),
            _ => Err(SparkError::Unlike { what, why: "it is no plan".to_owned() }),
        }
    }

    fn analyze(
        &self,
        asked: spark_connect_proto::analyze_plan_request::Analyze,
        what: &'static str,
    ) -> Result<Option<spark_connect_proto::analyze_plan_response::Result>, SparkError> {
        knock(&self.place, &self.address)?;
        let request = spark_connect_proto::AnalyzePlanRequest {
            session_id: self.client.session_id().to_owned(),
            user_context: Some(user()),
            analyze: Some(asked),
            ..Default::default()
        };
        let answer = self.courtesy(self.client.analyze_plan(request), what)?;
        answer
            .map(|answer| answer.result)
            .map_err(|said| SparkError::of(&said, &self.address, what))
    }

    /// The answer to a statement as Arrow streams, one per batch of the server.
    pub(super) fn ask(
        &self,
        statement: String,
        cap: Cap,
        what: &'static str,
    ) -> Result<Vec<Batch>, SparkError> {
        self.run(plan::OpType::Root(relation(statement)), cap, what)
    }

    /// Writes the answer to a statement into a folder of the engine's storage, as Parquet, or
    /// into a table, as the engine keeps tables, in place of what is there.
    pub(super) fn write(
        &self,
        statement: String,
        place: &Place,
        what: &'static str,
    ) -> Result<(), SparkError> {
        use write_operation::{SaveMode, SaveTable, SaveType, save_table::TableSaveMethod};
        let (source, save_type) = if place.is_table {
            let save_method = TableSaveMethod::SaveAsTable as i32;
            let table = SaveTable { table_name: place.from.clone(), save_method };
            (None, SaveType::Table(table))
        } else {
            (Some("parquet".to_owned()), SaveType::Path(place.shown.clone()))
        };
        let write = WriteOperation {
            input: Some(relation(statement)),
            source,
            mode: SaveMode::Overwrite as i32,
            save_type: Some(save_type),
            ..Default::default()
        };
        let command = command::CommandType::WriteOperation(write);
        let op = plan::OpType::Command(Command { command_type: Some(command) });
        self.run(op, Cap { rows: u64::MAX, bytes: u64::MAX }, what).map(drop)
    }

    /// Calls off what this session works on.
    pub(super) fn interrupt(&self) {
        self.stops.fetch_add(1, Ordering::SeqCst);
    }

    /// Tells the server that nobody waits for an operation any more.
    fn tell_to_stop(&self, operation: &Operation) {
        // Where it cannot be told, it is gone or will notice by itself. Engines listen to the
        // one or the other.
        let release = async {
            let request = operation.create_release_request(true).await;
            self.client.release_execute(request).await
        };
        let both = async {
            let interrupt = tokio::time::timeout(PATIENCE, self.client.interrupt_all());
            drop(interrupt.await);
            drop(tokio::time::timeout(PATIENCE, release).await);
        };
        self.runtime.block_on(both);
    }

    fn run(
        &self,
        op: plan::OpType,
        cap: Cap,
        what: &'static str,
    ) -> Result<Vec<Batch>, SparkError> {
        knock(&self.place, &self.address)?;
        let request = ExecutePlanRequest {
            session_id: self.client.session_id().to_owned(),
            user_context: Some(user()),
            plan: Some(Plan { op_type: Some(op) }),
            ..Default::default()
        };
        let operation = Operation::new(request);
        let answer = self.runtime.block_on(self.watched(self.drive(&operation, cap)));
        if !matches!(answer, Ok(_) | Err(End::Said(_))) {
            self.tell_to_stop(&operation);
        }
        answer.map_err(|end| match end {
            End::Said(said) => SparkError::of(&said, &self.address, what),
            End::Large { found, unit, allowed } => {
                SparkError::TooLarge { what, found, unit, allowed }
            }
            End::Stopped => SparkError::Stopped { what },
            End::Late => {
                let (address, seconds) = (self.address.clone(), self.deadline.as_secs());
                SparkError::Late { address, what, seconds }
            }
        })
    }

    /// An operation until it ends, its time is over or it is called off. It is left then,
    /// whatever the server makes of being told: not every one listens while it works.
    async fn watched<T>(&self, operation: impl Future<Output = Result<T, End>>) -> Result<T, End> {
        let mut operation = std::pin::pin!(operation);
        let (begun, mut waited) = (self.stops.load(Ordering::SeqCst), Duration::ZERO);
        while waited < self.deadline {
            let step = GLANCE.min(self.deadline.saturating_sub(waited));
            if let Ok(answer) = tokio::time::timeout(step, operation.as_mut()).await {
                return answer;
            }
            if self.stops.load(Ordering::SeqCst) != begun {
                return Err(End::Stopped);
            }
            waited += step;
        }
        Err(End::Late)
    }

    /// Follows one operation to its end, through as many streams as it takes.
    async fn drive(&self, operation: &Operation, cap: Cap) -> Result<Vec<Batch>, End> {
        let mut stream = self.client.execute_plan(operation.request().clone()).await?;
        let (mut batches, mut rows, mut bytes, mut broken) = (Vec::new(), 0, 0, 0);
        loop {
            match stream.message().await {
                Ok(Some(response)) => {
                    broken = 0;
                    operation.set_last_response_id(&response).await;
                    if let Some(ResponseType::ArrowBatch(batch)) = response.response_type {
                        rows += batch.row_count.unsigned_abs();
                        bytes += batch.data.len() as u64;
                        batches.push(Batch { rows: batch.row_count, stream: batch.data.to_vec() });
                    }
                    if rows > cap.rows {
                        return Err(End::Large { found: rows, unit: "rows", allowed: cap.rows });
                    }
                    if bytes > cap.bytes {
                        return Err(End::Large { found: bytes, unit: "bytes", allowed: cap.bytes });
                    }
                    if operation.is_completed().await {
                        break;
                    }
                }
                Ok(None) => {
                    let again = operation.create_reattach_request().await;
                    stream = self.client.reattach_execute(again).await?;
                }
                Err(status) => {
                    let transient = RetryPolicy::default().can_retry(&status);
                    broken += 1;
                    if !transient || broken > ATTEMPTS {
                        return Err(Said::from_grpc_status(status).into());
                    }
                    tokio::time::sleep(Duration::from_millis(200 << broken)).await;
                    let again = operation.create_reattach_request().await;
                    stream = self.client.reattach_execute(again).await?;
                }
            }
        }
        // The server may forget it; where it cannot be told, it does so by itself.
        drop(self.client.release_execute(operation.create_release_request(true).await).await);
        Ok(batches)
    }

    /// What is no work, within a short time.
    fn courtesy<T>(
        &self,
        call: impl Future<Output = Result<T, Said>>,
        what: &'static str,
    ) -> Result<Result<T, Said>, SparkError> {
        let within = async { tokio::time::timeout(COURTESY, call).await };
        self.runtime.block_on(within).map_err(|_| SparkError::Late {
            address: self.address.clone(),
            what,
            seconds: COURTESY.as_secs(),
        })
    }
}

impl Drop for Link {
    fn drop(&mut self) {
        // The server keeps a session for an hour otherwise.
        let release = async {
            drop(tokio::time::timeout(PATIENCE, self.client.release_session()).await);
        };
        self.runtime.block_on(release);
    }
}

/// Why an operation has no answer.
enum End {
    Said(Said),
    Large { found: u64, unit: &'static str, allowed: u64 },
    Stopped,
    Late,
}

impl From<Said> for End {
    fn from(said: Said) -> Self {
        Self::Said(said)
    }
}

fn user() -> UserContext {
    UserContext { user_id: USER.to_owned(), ..Default::default() }
}

fn relation(query: String) -> Relation {
    let sql = Sql { query, ..Default::default() };
    Relation { rel_type: Some(relation::RelType::Sql(sql)), ..Default::default() }
}
