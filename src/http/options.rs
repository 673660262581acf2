//! Options of the HTTP server.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;

use documented::DocumentedFields;

/// Options of the HTTP server.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize, DocumentedFields)]
#[serde(deny_unknown_fields, default)]
pub struct HttpOptions {
    /// Address and port to listen on. Loopback by default: put a proxy with TLS in front before
    /// you open it. Port 0 takes a free port.
    pub listen: SocketAddr,
    /// File to which the address is written once it is known; for port 0. Empty: none.
    pub address_file: PathBuf,
    /// Number of threads that answer; 0 takes one per processor.
    pub workers: usize,
    /// Greatest number of connections at a time, per thread.
    pub connections_max: usize,
    /// Greatest size of a request body, in bytes; more is answered with 413.
    pub body_max_bytes: u64,
    /// How long a client may take to send its request's head, in milliseconds; then 408.
    pub head_timeout_ms: u64,
    /// How long an idle connection is kept, in seconds.
    pub keep_alive_s: u64,
    /// How long running requests may take to finish after a signal to stop, in seconds.
    pub shutdown_timeout_s: u64,
    /// Requests a second that one peer address may make in the long run; more is answered with
    /// 429. 0: no limit. `/health/live` and `/health/ready` are never limited.
    pub rate_per_second: u32,
    /// Requests that one peer address may make at once before `rate_per_second` binds.
    pub rate_burst: u32,
    /// Origins of web pages that may read answers (CORS); `*` stands for all, since the answers
    /// are public and no cookie is used.
    pub allowed_origins: Vec<String>,
    /// Offers `/bench/constant?bytes=N`, a constant answer as a yardstick for measuring.
    pub yardstick: bool,
}

impl Default for HttpOptions {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 8080)),
            address_file: PathBuf::new(),
            workers: 0,
            connections_max: 10_000,
            body_max_bytes: 1 << 20,
            head_timeout_ms: 5_000,
            keep_alive_s: 75,
            shutdown_timeout_s: 30,
            rate_per_second: 500,
            rate_burst: 1_000,
            allowed_origins: vec!["*".to_owned()],
            yardstick: false,
        }
    }
}
