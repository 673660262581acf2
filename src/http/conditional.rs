//! Answers that a client may keep: their tag, and "not modified" when the client has it already.

use std::hash::{DefaultHasher, Hash, Hasher};

use actix_web::http::header::{
    CACHE_CONTROL, CONTENT_LANGUAGE, CONTENT_TYPE, ETAG, HeaderValue, IF_NONE_MATCH, VARY,
};
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};

use super::digits;
use super::json::Json;
use super::language::Language;
use crate::cadastre::{Day, Revision};

const ASK_AGAIN: HeaderValue = HeaderValue::from_static("no-cache");
const BY_ENCODING: HeaderValue = HeaderValue::from_static("accept-encoding");
const GEOJSON: HeaderValue = HeaderValue::from_static("application/geo+json");
const BY_LANGUAGE: HeaderValue = HeaderValue::from_static("accept-language");
const BY_FORM: HeaderValue = HeaderValue::from_static("accept, accept-language");

/// The identity of an answer: state of the register, day, question, language, program.
pub struct Tag {
    tag: HeaderValue,
    /// What in a request decides on the answer beside its address.
    vary: HeaderValue,
}

impl Tag {
    /// The tag of the answer to this request.
    pub fn new(request: &HttpRequest, revision: Revision, date: Day, language: Language) -> Self {
        Self::of(request, revision, date, language.tag())
    }

    /// The tag of the answer to this request in one of the forms in which it can be had.
    pub fn in_form(
        request: &HttpRequest,
        revision: Revision,
        date: Day,
        language: Language,
        form: &str,
    ) -> Self {
        let said = format!("{} {form}", language.tag());
        Self {
            vary: BY_FORM,
            ..Self::of(request, revision, date, &said)
        }
    }

    /// The tag of an answer by what is in it, whatever revision and day it is of.
    pub fn of_content(content: u64) -> Self {
        let mut tag = Vec::with_capacity(24);
        tag.extend_from_slice(b"W/\"");
        digits::push_hex(&mut tag, content);
        tag.push(b'"');
        let tag = HeaderValue::from_maybe_shared(Bytes::from(tag));
        Self {
            tag: tag.expect("digits and quotes can stand in a header"),
            vary: BY_LANGUAGE,
        }
    }

    /// The tag of an answer that has no language.
    pub fn without_language(request: &HttpRequest, revision: Revision, date: Day) -> Self {
        Self::of(request, revision, date, "")
    }

    fn of(request: &HttpRequest, revision: Revision, date: Day, language: &str) -> Self {
        let mut hasher = DefaultHasher::new();
        (request.path(), request.query_string(), language).hash(&mut hasher);
        env!("CARGO_PKG_VERSION").hash(&mut hasher);
        // Weak: the answer is the same in every content encoding, its bytes are not.
        let mut tag = Vec::with_capacity(64);
        tag.extend_from_slice(b"W/\"");
        digits::push_integer(&mut tag, revision.0 as i64);
        tag.push(b'-');
        digits::push_day(&mut tag, date);
        tag.push(b'-');
        digits::push_hex(&mut tag, hasher.finish());
        tag.push(b'"');
        let tag = HeaderValue::from_maybe_shared(Bytes::from(tag));
        Self {
            tag: tag.expect("digits, hyphens and quotes can stand in a header"),
            vary: BY_LANGUAGE,
        }
    }

    /// The answer "not modified", when the client has the one with this tag.
    pub fn not_modified(&self, request: &HttpRequest, language: Language) -> Option<HttpResponse> {
        self.is_known_to(request).then(|| {
            self.put(&mut HttpResponse::NotModified(), language)
                .finish()
        })
    }

    /// Whether the client has the answer with this tag.
    pub fn is_known_to(&self, request: &HttpRequest) -> bool {
        is_known(request, self.tag.to_str().unwrap_or_default())
    }

    /// Puts tag and caching on an answer that has no language.
    pub fn put_alone<'a>(
        &self,
        response: &'a mut HttpResponseBuilder,
    ) -> &'a mut HttpResponseBuilder {
        response
            .insert_header((ETAG, self.tag.clone()))
            .insert_header((CACHE_CONTROL, ASK_AGAIN))
            .insert_header((VARY, BY_ENCODING))
    }

    /// An answer of features, with tag, caching and language.
    pub fn answer(self, features: Json, language: Language) -> HttpResponse {
        self.put(&mut HttpResponse::Ok(), language)
            .insert_header((CONTENT_TYPE, GEOJSON))
            .body(features.into_bytes())
    }

    /// Puts tag, caching and language on an answer.
    pub fn put<'a>(
        &self,
        response: &'a mut HttpResponseBuilder,
        language: Language,
    ) -> &'a mut HttpResponseBuilder {
        let language = HeaderValue::from_static(language.tag());
        response
            .insert_header((ETAG, self.tag.clone()))
            .insert_header((CACHE_CONTROL, ASK_AGAIN))
            .insert_header((VARY, self.vary.clone()))
            .insert_header((CONTENT_LANGUAGE, language))
    }
}

/// Whether a client has the answer with a tag: it lists it in `If-None-Match`, or says `*`. Tags
/// are compared weakly, as RFC 9110 wants it for this header.
pub fn is_known(request: &HttpRequest, own: &str) -> bool {
    let own = own.trim_start_matches("W/");
    let lists = request.headers().get_all(IF_NONE_MATCH);
    let mut tags = lists
        .filter_map(|list| list.to_str().ok())
        .flat_map(|list| list.split(',').map(str::trim));
    tags.any(|tag| tag == "*" || tag.trim_start_matches("W/") == own)
}
