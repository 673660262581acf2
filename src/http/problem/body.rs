//! A problem as it goes over the wire.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// RFC 9457 body.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = Problem)]
pub struct ProblemView {
    /// Identifies the kind of problem; not an address to open.
    #[serde(rename = "type")]
    pub kind: String,
    /// What is wrong in general, in the language of the answer.
    pub title: String,
    /// HTTP status.
    pub status: u16,
    /// What is wrong with this request.
    pub detail: String,
    /// Path of the request; empty when that was not received in time.
    pub instance: String,
    /// Stable code of the kind of problem, for programs.
    pub code: String,
    /// Id of the request, also in the log and the header `x-request-id`.
    pub request_id: String,
    /// The parameter that is wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parameter: Option<String>,
    /// What was expected instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected: Option<String>,
    /// First day on which the item is there, when it is not on the day asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = Date)]
    pub valid_from: Option<String>,
    /// First day on which it is no more, when it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = Date)]
    pub valid_to: Option<String>,
}
