//! Probes and metrics: what an operator's machines read.

use crate::harness::Office;

#[test]
fn a_server_lives_before_it_is_ready() {
    let loading = Office::open().at_once().in_a_missing_folder().start();
    assert_eq!(loading.get("/health/live").status, 200);
    let ready = loading.get("/health/ready");
    assert_eq!((ready.status, ready.at("/status")), (503, "loading".into()));
}

#[test]
fn metrics_tell_latency_by_route_revision_parcels_and_memory() {
    let office = Office::open().with_land("two_villages").start();
    office.get("/v1/parcels/1");
    office.get("/v1/parcels/1?secret=Nguyen+Van+A");
    office.get("/nowhere/Nguyen-Van-A");
    let text = office.get("/metrics");
    assert_eq!(text.status, 200);
    for line in [
        "diachinh_revision 1",
        "diachinh_parcel_versions 8",
        "diachinh_http_request_duration_seconds_count{method=\"GET\",route=\"/v1/parcels/{id}\",status=\"200\"} 1",
        "diachinh_http_request_duration_seconds_count{method=\"GET\",route=\"/v1/parcels/{id}\",status=\"400\"} 1",
        "process_resident_memory_bytes",
    ] {
        assert!(text.text().contains(line), "{line} in {}", text.text());
    }
    assert!(!text.text().contains("Nguyen"));
}
