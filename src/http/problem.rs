//! The problem table: every way in which a request has no answer, with code and status.

use actix_web::http::StatusCode;
use actix_web::http::header::{
    ALLOW, CONTENT_LANGUAGE, CONTENT_RANGE, CONTENT_TYPE, HeaderName, RETRY_AFTER, VARY,
};
use actix_web::{HttpResponse, ResponseError};

use super::language::Language;
use crate::app;
use crate::cadastre::Day;

mod body;

pub use body::ProblemView;

/// A kind of problem; its code is a promise and never renamed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A parameter is unknown, given twice, missing or has no possible value.
    InvalidParameter,
    /// A coordinate reference system that is not offered.
    UnsupportedCrs,
    /// The item is not there.
    ItemNotFound,
    /// The layer or collection is not there.
    CollectionNotFound,
    /// The tile matrix has no such tile, or the layer is not drawn at its zoom.
    TileOutOfRange,
    /// The state of the register that a page continues is no longer kept.
    SnapshotGone,
    /// Tiles are asked for of a state to which the register has not come, or no longer is in.
    StateGone,
    /// What changed since so long ago is not known any more.
    ChangesGone,
    /// The register has not come to this revision.
    RevisionUnknown,
    /// The path is not offered.
    PathNotFound,
    /// The method is not offered at this path.
    MethodNotAllowed,
    /// No offered content encoding is acceptable.
    NotAcceptable,
    /// The order is understood and not carried out.
    TransitionRefused,
    /// Somebody else changed the register in between.
    Conflict,
    /// The version named is not the newest.
    StaleVersion,
    /// The file is not as the client states it.
    PreconditionFailed,
    /// The file has no such part.
    RangeNotSatisfiable,
    /// What the client sent is not HTTP.
    MalformedRequest,
    /// The head of the request has too many fields or bytes.
    HeadTooLarge,
    /// The client did not send its request in time.
    RequestTimeout,
    /// The body is larger than allowed.
    BodyTooLarge,
    /// The peer sends too many requests.
    TooManyRequests,
    /// What is proposed cannot be judged.
    InvalidProposal,
    /// The client may not ask this.
    NotPermitted,
    /// The server failed.
    Internal,
    /// The register is being loaded or cannot be reached.
    StoreUnavailable,
}

impl Kind {
    /// Every row of the table: kind, code, status.
    pub const TABLE: [(Self, &'static str, StatusCode); 26] = [
        (
            Self::InvalidParameter,
            "invalid_parameter",
            StatusCode::BAD_REQUEST,
        ),
        (
            Self::UnsupportedCrs,
            "unsupported_crs",
            StatusCode::BAD_REQUEST,
        ),
        (Self::ItemNotFound, "item_not_found", StatusCode::NOT_FOUND),
        (
            Self::CollectionNotFound,
            "collection_not_found",
            StatusCode::NOT_FOUND,
        ),
        (
            Self::TileOutOfRange,
            "tile_out_of_range",
            StatusCode::NOT_FOUND,
        ),
        (Self::SnapshotGone, "snapshot_gone", StatusCode::GONE),
        (Self::StateGone, "state_gone", StatusCode::GONE),
        (Self::ChangesGone, "changes_gone", StatusCode::GONE),
        (Self::RevisionUnknown, "revision_unknown", StatusCode::GONE),
        (Self::PathNotFound, "path_not_found", StatusCode::NOT_FOUND),
        (
            Self::MethodNotAllowed,
            "method_not_allowed",
            StatusCode::METHOD_NOT_ALLOWED,
        ),
        (
            Self::NotAcceptable,
            "not_acceptable",
            StatusCode::NOT_ACCEPTABLE,
        ),
        (
            Self::MalformedRequest,
            "malformed_request",
            StatusCode::BAD_REQUEST,
        ),
        (
            Self::HeadTooLarge,
            "head_too_large",
            StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE,
        ),
        (
            Self::RequestTimeout,
            "request_timeout",
            StatusCode::REQUEST_TIMEOUT,
        ),
        (
            Self::TransitionRefused,
            "transition_refused",
            StatusCode::CONFLICT,
        ),
        (Self::Conflict, "conflict", StatusCode::CONFLICT),
        (
            Self::StaleVersion,
            "stale_version",
            StatusCode::PRECONDITION_FAILED,
        ),
        (
            Self::PreconditionFailed,
            "precondition_failed",
            StatusCode::PRECONDITION_FAILED,
        ),
        (
            Self::RangeNotSatisfiable,
            "range_not_satisfiable",
            StatusCode::RANGE_NOT_SATISFIABLE,
        ),
        (
            Self::BodyTooLarge,
            "body_too_large",
            StatusCode::PAYLOAD_TOO_LARGE,
        ),
        (
            Self::TooManyRequests,
            "too_many_requests",
            StatusCode::TOO_MANY_REQUESTS,
        ),
        (
            Self::InvalidProposal,
            "invalid_proposal",
            StatusCode::UNPROCESSABLE_ENTITY,
        ),
        (Self::NotPermitted, "not_permitted", StatusCode::FORBIDDEN),
        (
            Self::Internal,
            "internal",
            StatusCode::INTERNAL_SERVER_ERROR,
        ),
        (
            Self::StoreUnavailable,
            "store_unavailable",
            StatusCode::SERVICE_UNAVAILABLE,
        ),
    ];

    fn row(self) -> (&'static str, StatusCode) {
        Self::TABLE
            .iter()
            .find(|(kind, ..)| *kind == self)
            .map_or(("internal", StatusCode::INTERNAL_SERVER_ERROR), |row| {
                (row.1, row.2)
            })
    }

    /// The code on the wire.
    pub fn code(self) -> &'static str {
        self.row().0
    }

    /// The status on the wire.
    pub fn status(self) -> StatusCode {
        self.row().1
    }
}

/// A key of a message with what is filled in.
type Message = (&'static str, Vec<(&'static str, String)>);

/// One problem, in no language yet.
#[derive(Debug)]
pub struct Problem(Box<Parts>);

#[derive(Debug)]
struct Parts {
    kind: Kind,
    detail: Message,
    expected: Option<Message>,
    parameter: Option<String>,
    retry_after_s: Option<u64>,
    /// A header that belongs to it: `Allow` or `Content-Range`.
    header: Option<(HeaderName, String)>,
    /// From which day on the item is there, and from which it is no more.
    held: Option<(Day, Option<Day>)>,
    /// For the log only.
    cause: Option<app::Error>,
}

impl Problem {
    /// A problem of a kind with a detail from the messages.
    pub fn new(kind: Kind, detail: &'static str, arguments: Vec<(&'static str, String)>) -> Self {
        Self(Box::new(Parts {
            kind,
            detail: (detail, arguments),
            expected: None,
            parameter: None,
            retry_after_s: None,
            header: None,
            held: None,
            cause: None,
        }))
    }

    /// A parameter with a value that cannot be used.
    pub fn parameter(
        name: &str,
        detail: &'static str,
        value: &str,
        expected: &'static str,
    ) -> Self {
        let arguments = vec![("value", shortened(value)), ("name", name.to_owned())];
        Self::new(Kind::InvalidParameter, detail, arguments)
            .at(name)
            .expecting(expected, Vec::new())
    }

    /// Names the parameter.
    pub fn at(mut self, parameter: &str) -> Self {
        self.0.parameter = Some(shortened(parameter));
        self
    }

    /// Says what was expected.
    pub fn expecting(
        mut self,
        expected: &'static str,
        arguments: Vec<(&'static str, String)>,
    ) -> Self {
        self.0.expected = Some((expected, arguments));
        self
    }

    /// Says when to come back.
    pub fn retry_after(mut self, seconds: u64) -> Self {
        self.0.retry_after_s = Some(seconds);
        self
    }

    /// Says which methods are offered.
    pub fn allowing(mut self, methods: &str) -> Self {
        self.0.header = Some((ALLOW, methods.to_owned()));
        self
    }

    /// Says of how many bytes there are parts.
    pub fn of_bytes(mut self, bytes: u64) -> Self {
        self.0.header = Some((CONTENT_RANGE, format!("bytes */{bytes}")));
        self
    }

    /// Says from which day on the item is there, and from which it is no more.
    pub fn held(mut self, from: Day, to: Option<Day>) -> Self {
        self.0.held = Some((from, to));
        self
    }

    /// Keeps the failure behind it, for the log.
    pub fn caused_by(mut self, error: app::Error) -> Self {
        self.0.cause = Some(error);
        self
    }

    /// Its kind.
    pub fn kind(&self) -> Kind {
        self.0.kind
    }

    /// What the log says of a failure, with the chain of causes; nothing for a client's mistake
    /// or a register that is not there yet.
    pub fn failure_text(&self) -> Option<String> {
        let cause = self
            .0
            .cause
            .as_ref()
            .filter(|_| self.0.kind == Kind::Internal)?;
        Some(cause.with_causes())
    }

    /// The body in a language.
    pub fn view(&self, language: Language, path: &str, request_id: &str) -> ProblemView {
        let (code, status) = self.0.kind.row();
        let text =
            |section: &str, (key, arguments): &Message| language.text(section, key, arguments);
        ProblemView {
            kind: format!("urn:diachinh:problem:{code}"),
            title: language.text("problem", code, &[]),
            status: status.as_u16(),
            detail: text("detail", &self.0.detail),
            instance: path.to_owned(),
            code: code.to_owned(),
            request_id: request_id.to_owned(),
            parameter: self.0.parameter.clone(),
            expected: self
                .0
                .expected
                .as_ref()
                .map(|message| text("expected", message)),
            valid_from: self.0.held.map(|(from, _)| from.to_string()),
            valid_to: self.0.held.and_then(|(_, to)| Some(to?.to_string())),
        }
    }

    /// The answer in a language.
    pub fn respond(&self, language: Language, path: &str, request_id: &str) -> HttpResponse {
        let mut response = HttpResponse::build(self.0.kind.status());
        response
            .insert_header((CONTENT_TYPE, "application/problem+json"))
            .insert_header((CONTENT_LANGUAGE, language.tag()))
            .insert_header((VARY, "accept-language"));
        if let Some(seconds) = self.0.retry_after_s {
            response.insert_header((RETRY_AFTER, seconds));
        }
        if let Some((name, value)) = &self.0.header {
            response.insert_header((name.clone(), value.as_str()));
        }
        let view = self.view(language, path, request_id);
        response.body(serde_json::to_vec(&view).expect("a view of texts becomes JSON"))
    }
}

/// A value as shown back: never longer than a line.
fn shortened(value: &str) -> String {
    let mut short: String = value.chars().take(80).collect();
    if short.len() < value.len() {
        short.push('…');
    }
    short
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0.kind.code())
    }
}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        self.0.kind.status()
    }

    /// An empty body: `frame` writes it, which knows language, path and request id.
    fn error_response(&self) -> HttpResponse {
        HttpResponse::new(self.status_code())
    }
}

#[cfg(test)]
mod tests;
