//! What is asked of an answer that comes as JSON or as a page, of today's register.

use actix_web::http::header::{CONTENT_TYPE, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};
use serde::Serialize;

use super::form::Form;
use super::html::Sheet;
use super::links::PublicAddress;
use crate::app::View;
use crate::http::conditional::Tag;
use crate::http::language::Language;
use crate::http::problem::Problem;
use crate::http::query::Query;
use crate::http::server::Shared;

/// What is asked: in which language and form, and of which state of the register.
pub struct Asked<'a> {
    /// The request.
    pub request: &'a HttpRequest,
    /// The address of this server.
    pub base: PublicAddress,
    /// The language.
    pub language: Language,
    /// The form.
    pub form: Form,
    /// The register today.
    pub view: View,
    tag: Tag,
}

impl<'a> Asked<'a> {
    /// Reads `lang` and `f`; other parameters are refused.
    ///
    /// # Errors
    /// `invalid_parameter`, `store_unavailable` while the register is being loaded.
    pub fn of(request: &'a HttpRequest, shared: &Shared) -> Result<Self, Problem> {
        let query = Query::of(request, &["lang", "f"])?;
        let form = Form::of(request, query.text("f"))?;
        let language = query.language(request)?;
        let view = shared.app.view(None)?;
        let (revision, date) = (view.revision(), view.date());
        Ok(Self {
            request,
            base: PublicAddress::of(request, shared),
            language,
            form,
            tag: Tag::in_form(request, revision, date, language, form.name()),
            view,
        })
    }

    /// The answer "not modified", when the client has it.
    pub fn not_modified(&self) -> Option<HttpResponse> {
        self.tag.not_modified(self.request, self.language)
    }

    /// An answer with tag, caching and language.
    pub fn response(&self) -> HttpResponseBuilder {
        let mut response = HttpResponse::Ok();
        self.tag.put(&mut response, self.language);
        response
    }

    /// An answer as JSON.
    pub fn json(&self, view: &impl Serialize) -> HttpResponse {
        self.response().json(view)
    }

    /// An answer as JSON of another media type.
    pub fn json_as(&self, kind: &'static str, document: &serde_json::Value) -> HttpResponse {
        self.response()
            .insert_header((CONTENT_TYPE, HeaderValue::from_static(kind)))
            .body(document.to_string())
    }

    /// The frame of a page.
    pub fn sheet(&self, title: String, trail: Vec<(String, String)>) -> Sheet<'_> {
        Sheet {
            base: &self.base,
            request: self.request,
            language: self.language,
            title,
            trail,
            view: Some(&self.view),
        }
    }
}
