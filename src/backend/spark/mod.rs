//! Customers on Spark or another engine that speaks Spark Connect, asked over the network.
//!
//! The engine computes what the statements of [`sql`] say; nothing is installed
//! there, and no code of ours runs there. Answers are complete or an error.
//!
//! What an engine can do is tried out when it is connected to, on values whose results are
//! known: the version that a server gives itself is that of the protocol (Sail says it is
//! Spark). What must be right, or no segment would be the same, is refused where it is not;
//! what only makes it slower is told in [`Info::notes`].
//!
//! # Errors
//!
//! [`SparkError`] while connecting, then [`BackendError`]. Neither holds what the server says
//! but its name for an error.

mod address;
mod batch;
mod error;
mod knock;
mod link;
mod probe;
mod questions;
mod schema;
mod write;

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use super::sql::{self, Statement};
use super::{BackendError, Grouping, Info, Relation};
use batch::Answer;
use link::{Cap, Link};

pub use super::sql::PRODUCTS;
pub use address::{Address, Token};
pub use error::SparkError;

/// The most bytes of a sample.
const SAMPLE_BYTES: u64 = 4 << 30;

/// The most bytes of any other answer.
const ANSWER_BYTES: u64 = 256 << 20;

/// Settings of the session, each with why.
const SETTINGS: [(&str, &str); 4] = [
    // One generated method for a whole stage passes the 8 KB that the compiler takes.
    ("spark.sql.codegen.wholeStage", "false"),
    // A sum that does not fit is an error and no other number.
    ("spark.sql.ansi.enabled", "true"),
    // Days do not depend on where the server stands.
    ("spark.sql.session.timeZone", "UTC"),
    // Adaptive execution merges small partitions of the small answers.
    ("spark.sql.adaptive.enabled", "true"),
];

/// How to reach an engine.
#[derive(Debug, Clone)]
pub struct SparkParams {
    /// Where it is.
    pub address: Address,
    /// What lets us in, where it asks.
    pub token: Option<Token>,
    /// How long one pass may take; then the engine is told to stop.
    pub deadline: Duration,
    /// Settings of the session beside our own, which they override.
    pub settings: Vec<(String, String)>,
}

impl SparkParams {
    /// An engine without a token, with an hour for each pass.
    #[must_use]
    pub fn new(address: Address) -> Self {
        Self { address, token: None, deadline: Duration::from_hours(1), settings: Vec::new() }
    }
}

/// An engine that speaks Spark Connect.
#[derive(Debug)]
pub struct SparkBackend {
    params: SparkParams,
    info: Info,
    /// None after the connection broke; the next question opens another session.
    link: Mutex<Option<Arc<Link>>>,
    /// How often it was called off.
    cancelled: AtomicU64,
}

impl SparkBackend {
    /// Connects, sets the session up and tries out what the engine can do.
    ///
    /// # Errors
    ///
    /// An engine that cannot be reached (within 5 seconds), does not let the user in, or does
    /// not compute as the passes need it; a token that would go in clear text.
    pub fn connect(params: SparkParams) -> Result<Self, SparkError> {
        let (link, refused) = session(&params)?;
        // Sail asks Python for it, which may lack what it needs.
        let version = match link.version() {
            Err(SparkError::Refused { .. }) => "unknown".to_owned(),
            version => version?,
        };
        let mut notes: Vec<String> =
            refused.iter().map(|key| format!("the engine refuses the setting {key}")).collect();
        notes.extend(probe::probe(&link)?);
        let info = Info { engine: "spark-connect".to_owned(), version, notes };
        let link = Mutex::new(Some(Arc::new(link)));
        Ok(Self { params, info, link, cancelled: AtomicU64::new(0) })
    }

    /// How the engine computes the sums of a grouping, in its own words.
    ///
    /// # Errors
    ///
    /// As [`Backend::grouped_sums`](crate::backend::Backend::grouped_sums).
    pub fn plan(&self, relation: &Relation, grouping: &Grouping) -> Result<String, BackendError> {
        let statement = sql::grouped_sums(&relation.name, grouping).text;
        self.with_link(&relation.name, |link| link.plan(statement.clone()))
    }

    fn address(&self) -> String {
        self.params.address.to_string()
    }

    /// The session; a new one where the last is gone.
    fn link(&self) -> Result<Arc<Link>, SparkError> {
        let mut held = self.link.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(link) = held.as_ref() {
            return Ok(Arc::clone(link));
        }
        let link = Arc::new(session(&self.params)?.0);
        *held = Some(Arc::clone(&link));
        Ok(link)
    }

    fn forget(&self) {
        *self.link.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// Does something in the session, once more in a new one where the server has forgotten
    /// it: that happens where it was idle for long.
    fn with_link<T>(
        &self,
        table: &str,
        ask: impl Fn(&Link) -> Result<T, SparkError>,
    ) -> Result<T, BackendError> {
        let before = self.cancelled.load(Ordering::SeqCst);
        let once = || {
            let answer = self.link().and_then(|link| ask(&link));
            let broken = matches!(
                answer,
                Err(SparkError::Lost { .. }
                    | SparkError::Gone { .. }
                    | SparkError::Unreachable { .. })
            );
            if broken {
                self.forget();
            }
            answer
        };
        let answer = match once() {
            Err(SparkError::Gone { .. }) => once(),
            answer => answer,
        };
        answer.map_err(|error| {
            if self.cancelled.load(Ordering::SeqCst) == before {
                error.about(table, &self.address())
            } else {
                BackendError::Cancelled
            }
        })
    }

    fn ask(
        &self,
        table: &str,
        statement: &Statement,
        cap: Cap,
        what: &'static str,
    ) -> Result<Answer, BackendError> {
        self.with_link(table, |link| {
            let batches = link.ask(statement.text.clone(), cap, what)?;
            Answer::read(&batches, statement.columns, what)
        })
    }

    /// An error of an answer that was read.
    fn unlike(&self, table: &str) -> impl Fn(SparkError) -> BackendError + use<> {
        let (table, address) = (table.to_owned(), self.address());
        move |error| error.about(&table, &address)
    }

    fn small(rows: usize) -> Cap {
        Cap { rows: rows as u64, bytes: ANSWER_BYTES }
    }
}

/// A session with its settings, and which of them the server refuses.
fn session(params: &SparkParams) -> Result<(Link, Vec<String>), SparkError> {
    let link = Link::open(&params.address, params.token.as_ref(), params.deadline)?;
    let own = SETTINGS.iter().map(|&(key, value)| (key, value));
    let given = params.settings.iter().map(|(key, value)| (key.as_str(), value.as_str()));
    let mut refused = Vec::new();
    for (key, value) in own.chain(given) {
        if !link.set(key, value)? {
            refused.push(key.to_owned());
        }
    }
    Ok((link, refused))
}
