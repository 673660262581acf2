//! Limits of one request: the size of its body, and how many one peer address may send.

use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU32, Ordering};

use actix_web::dev::ServiceRequest;
use actix_web::http::header::CONTENT_LENGTH;
use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use super::HttpOptions;
use super::problem::{Kind, Problem};

/// After so many requests, addresses that have rested are forgotten.
const FORGET_EVERY: u32 = 10_000;

/// The limits of a server.
pub struct Limits {
    body_max_bytes: u64,
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
            body_max_bytes: options.body_max_bytes,
            rate,
            clock: DefaultClock::default(),
            counted: AtomicU32::new(0),
        }
    }

    /// Checks a request before anything is done for it.
    ///
    /// # Errors
    /// `too_many_requests` or `body_too_large`.
    pub fn check(&self, request: &ServiceRequest) -> Result<(), Problem> {
        if !request.path().starts_with("/health/") {
            self.check_rate(request)?;
        }
        let length = request.headers().get(CONTENT_LENGTH);
        let length = length.and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
        match length {
            Some(bytes) if bytes > self.body_max_bytes => {
                let arguments = vec![("bytes", bytes.to_string())];
                let expected = vec![("max", self.body_max_bytes.to_string())];
                Err(
                    Problem::new(Kind::BodyTooLarge, "body_too_large", arguments)
                        .expecting("body", expected),
                )
            }
            _ => Ok(()),
        }
    }

    fn check_rate(&self, request: &ServiceRequest) -> Result<(), Problem> {
        let (Some(rate), Some(peer)) = (&self.rate, request.peer_addr()) else {
            return Ok(());
        };
        if self.counted.fetch_add(1, Ordering::Relaxed) % FORGET_EVERY == FORGET_EVERY - 1 {
            rate.retain_recent();
        }
        rate.check_key(&peer.ip()).map_err(|early| {
            let wait = early.wait_time_from(self.clock.now());
            let seconds = wait.as_secs() + 1;
            let arguments = vec![("seconds", seconds.to_string())];
            Problem::new(Kind::TooManyRequests, "too_many_requests", arguments)
                .expecting("later", Vec::new())
                .retry_after(seconds)
        })
    }
}
