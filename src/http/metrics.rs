//! Figures of a running server in Prometheus' text format.

use std::time::Duration;

use actix_web::{HttpResponse, web};
use prometheus::process_collector::ProcessCollector;
use prometheus::{HistogramOpts, HistogramVec, IntGauge, IntGaugeVec, Opts, Registry, TextEncoder};

use super::problem::Problem;
use super::server::Shared;
use crate::app::StoreState;

/// The figures of one server.
pub struct Metrics {
    registry: Registry,
    latency: HistogramVec,
    revision: IntGauge,
    parcels: IntGauge,
    land: IntGaugeVec,
    tiles: IntGaugeVec,
    store_up: IntGauge,
}

/// Upper bounds of the latency's buckets, in seconds.
const BUCKETS: [f64; 14] = [
    0.00001, 0.000025, 0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.05, 0.25,
    1.0, 5.0,
];

impl Metrics {
    /// All figures at zero.
    ///
    /// # Errors
    /// When two figures have one name, which a test would show.
    pub fn new() -> Result<Self, prometheus::Error> {
        let registry = Registry::new();
        let latency = HistogramVec::new(
            HistogramOpts::new(
                "diachinh_http_request_duration_seconds",
                "Time from the head of a request to its answer",
            )
            .buckets(BUCKETS.to_vec()),
            &["route", "method", "status"],
        )?;
        let revision = IntGauge::new("diachinh_revision", "Revision of the register that answers")?;
        let parcels = IntGauge::new("diachinh_parcel_versions", "Parcel versions in memory")?;
        let land = IntGaugeVec::new(
            Opts::new("diachinh_land", "Size of the snapshot in memory"),
            &["part"],
        )?;
        let tiles = IntGaugeVec::new(
            Opts::new(
                "diachinh_tiles",
                "Tiles kept as they are sent, and how many were rendered",
            ),
            &["what"],
        )?;
        let store_up = IntGauge::new("diachinh_store_up", "1 while the store answers, else 0")?;
        registry.register(Box::new(latency.clone()))?;
        registry.register(Box::new(land.clone()))?;
        registry.register(Box::new(tiles.clone()))?;
        for gauge in [&revision, &parcels, &store_up] {
            registry.register(Box::new(gauge.clone()))?;
        }
        registry.register(Box::new(ProcessCollector::for_self()))?;
        Ok(Self {
            registry,
            latency,
            revision,
            parcels,
            land,
            tiles,
            store_up,
        })
    }

    /// Counts one answer.
    pub fn observe(&self, route: &str, method: &str, status: u16, took: Duration) {
        // Methods are the client's words: only those we answer become labels.
        let method = if matches!(method, "GET" | "HEAD" | "OPTIONS") {
            method
        } else {
            "other"
        };
        let mut digits = [0; 3];
        for (digit, divisor) in digits.iter_mut().zip([100, 10, 1]) {
            *digit = b'0' + (status / divisor % 10) as u8;
        }
        let status = std::str::from_utf8(&digits).unwrap_or("000");
        self.latency
            .with_label_values(&[route, method, status])
            .observe(took.as_secs_f64());
    }

    fn text(&self) -> Result<String, prometheus::Error> {
        TextEncoder::new().encode_to_string(&self.registry.gather())
    }
}

/// Figures of the server in Prometheus' text format: latency by route, revision, parcels, memory.
#[utoipa::path(
    get, path = "/metrics", tag = "operations",
    responses(
        (status = 200, description = "The figures", body = String, content_type = "text/plain"),
        (status = 429, description = "Too many requests", body = super::problem::ProblemView,
            content_type = "application/problem+json"),
    )
)]
pub async fn get_metrics(shared: web::Data<Shared>) -> Result<HttpResponse, Problem> {
    let state = shared.app.state();
    let metrics = &shared.metrics;
    if let Some(size) = state.land {
        metrics
            .revision
            .set(i64::try_from(state.revision.0).unwrap_or(i64::MAX));
        metrics.parcels.set(size.versions as i64);
        metrics
            .land
            .with_label_values(&["base_bytes"])
            .set(size.base_bytes as i64);
        metrics
            .land
            .with_label_values(&["edits"])
            .set(size.edits as i64);
    }
    for (what, value) in [
        ("kept", state.tiles.tiles),
        ("kept_bytes", state.tiles.bytes),
        ("rendered", state.tiles.rendered),
    ] {
        let value = i64::try_from(value).unwrap_or(i64::MAX);
        metrics.tiles.with_label_values(&[what]).set(value);
    }
    metrics
        .store_up
        .set(i64::from(state.store == StoreState::Up));
    let text = metrics.text().map_err(|error| {
        Problem::from(crate::app::Error::internal(
            "cannot write the metrics",
            error,
        ))
    })?;
    Ok(HttpResponse::Ok()
        .content_type("text/plain; version=0.0.4; charset=utf-8")
        .body(text))
}
