//! How many requests one client may make.

use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU32, Ordering};

use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use super::HttpOptions;
use super::client::counted;
use super::problem::{Kind, Problem};

/// After so many requests, addresses that have rested are forgotten.
const FORGET_EVERY: u32 = 10_000;

/// The limits of a server.
pub struct Limits {
    rate: Option<DefaultKeyedRateLimiter<IpAddr>>,
    clock: DefaultClock,
    counted: AtomicU32,
}

impl Limits {
    /// The limits that the options state.
    pub fn new(options: &HttpOptions) -> Self {
        let rate = NonZeroU32::new(options.rate_per_second).map(|per_second| {
            let burst = NonZeroU32::new(options.rate_burst).unwrap_or(per_second);
            RateLimiter::keyed(Quota::per_second(per_second).allow_burst(burst))
        });
        Self {
            rate,
            clock: DefaultClock::default(),
            counted: AtomicU32::new(0),
        }
    }

    /// Checks a request before anything is done for it; probes of health are not counted.
    ///
    /// # Errors
    /// `too_many_requests`.
    pub fn check(&self, path: &str, client: Option<IpAddr>) -> Result<(), Problem> {
        let (Some(rate), Some(client)) = (&self.rate, client) else {
            return Ok(());
        };
        if path.starts_with("/health/") {
            return Ok(());
        }
        if self.counted.fetch_add(1, Ordering::Relaxed) % FORGET_EVERY == FORGET_EVERY - 1 {
            rate.retain_recent();
        }
        rate.check_key(&counted(client)).map_err(|early| {
            let wait = early.wait_time_from(self.clock.now());
            let seconds = wait.as_secs() + 1;
            let arguments = vec![("seconds", seconds.to_string())];
            Problem::new(Kind::TooManyRequests, "too_many_requests", arguments)
                .expecting("later", Vec::new())
                .retry_after(seconds)
        })
    }
}
