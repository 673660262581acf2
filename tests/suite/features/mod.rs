//! OGC API Features: collections page by page, by place, by day, by system, as clients see them.

use crate::harness::{Answer, Office};
use serde_json::Value;

mod download_fields;
mod download_states;
pub mod downloads;
pub mod filters;
mod html;
mod pages;
mod places;
pub mod planned;
mod refused_filters;
mod schemas;
mod steady;
mod systems;
mod when;

/// The link of a relation, as a path of the server.
fn link(office: &Office, answer: &Answer, rel: &str) -> Option<String> {
    let links = answer.at("/links");
    let links = links.as_array().expect("links");
    let found = links.iter().find(|link| link["rel"] == rel)?;
    let href = found["href"].as_str().expect("an address");
    let path = href.strip_prefix(office.url());
    Some(path.expect("an address of this server").to_owned())
}

/// The features of a page.
fn features(answer: &Answer) -> Vec<Value> {
    assert_eq!(answer.status, 200, "{}", answer.text());
    let features = answer.at("/features");
    features.as_array().expect("features").clone()
}

/// Their ids.
fn ids(answer: &Answer) -> Vec<i64> {
    let id = |feature: &Value| feature["id"].as_i64().expect("an id");
    features(answer).iter().map(id).collect()
}
