//! Answers that a client may keep: their tag, and "not modified" when the client has it already.

use std::hash::{DefaultHasher, Hash, Hasher};

use actix_web::http::header::{
    CACHE_CONTROL, CONTENT_LANGUAGE, ETAG, HeaderValue, IF_NONE_MATCH, VARY,
};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};

use super::language::Language;
use crate::cadastre::{Day, Revision};

const ASK_AGAIN: HeaderValue = HeaderValue::from_static("no-cache");
const BY_LANGUAGE: HeaderValue = HeaderValue::from_static("accept-language");

/// The identity of an answer: state of the register, day, question, language, program.
pub struct Tag(String);

impl Tag {
    /// The tag of the answer to this request.
    pub fn new(request: &HttpRequest, revision: Revision, date: Day, language: Language) -> Self {
        let mut hasher = DefaultHasher::new();
        (request.path(), request.query_string(), language.tag()).hash(&mut hasher);
        env!("CARGO_PKG_VERSION").hash(&mut hasher);
        // Weak: the answer is the same in every content encoding, its bytes are not.
        Self(format!(
            "W/\"{}-{date}-{:016x}\"",
            revision.0,
            hasher.finish()
        ))
    }

    /// The answer "not modified", when the client has the one with this tag.
    pub fn not_modified(&self, request: &HttpRequest, language: Language) -> Option<HttpResponse> {
        let known = request.headers().get(IF_NONE_MATCH)?.to_str().ok()?;
        let own = self.0.trim_start_matches("W/");
        let mut tags = known.split(',').map(str::trim);
        tags.any(|tag| tag == "*" || tag.trim_start_matches("W/") == own)
            .then(|| {
                self.put(&mut HttpResponse::NotModified(), language)
                    .finish()
            })
    }

    /// Puts tag, caching and language on an answer.
    pub fn put<'a>(
        &self,
        response: &'a mut HttpResponseBuilder,
        language: Language,
    ) -> &'a mut HttpResponseBuilder {
        response
            .insert_header((ETAG, self.0.as_str()))
            .insert_header((CACHE_CONTROL, ASK_AGAIN))
            .insert_header((VARY, BY_LANGUAGE))
            .insert_header((CONTENT_LANGUAGE, language.tag()))
    }
}
