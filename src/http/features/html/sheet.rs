//! The frame of every page: its title, the way to it, its other language and form, its style.

use std::fmt::Write;

use actix_web::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, VARY};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};

use super::facts::date;
use crate::app::View;
use crate::http::features::links::{PublicAddress, with};
use crate::http::language::Language;
use crate::http::page_words::escaped;

/// What every answer depends on that comes in two forms.
pub const BY_FORM: &str = "accept, accept-language";

/// Its own style, and nothing else.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; \
    base-uri 'none'; frame-ancestors 'none'";

/// A page for people.
pub struct Sheet<'a> {
    /// The address of this server.
    pub base: &'a PublicAddress,
    /// The request that it answers.
    pub request: &'a HttpRequest,
    /// Language of its texts.
    pub language: Language,
    /// What it is called.
    pub title: String,
    /// Pages above it, from the first: path and name.
    pub trail: Vec<(String, String)>,
    /// The state of the register that it shows, if it shows any.
    pub view: Option<&'a View>,
}

impl Sheet<'_> {
    /// A text of the pages, ready for HTML.
    pub fn say(&self, key: &str, arguments: &[(&str, String)]) -> String {
        escaped(&self.language.text("html", key, arguments))
    }

    /// A text as it stands in HTML.
    pub fn escaped(&self, text: &str) -> String {
        escaped(text)
    }

    /// A path of this server in the language of the page.
    pub fn path(&self, path: &str) -> String {
        let more = if path.contains('?') { '&' } else { '?' };
        format!("{path}{more}lang={}", self.language.tag())
    }

    /// The address of a path of this server in the language of the page, ready for HTML.
    pub fn to(&self, path: &str) -> String {
        escaped(&self.base.to(&self.path(path)))
    }

    /// The answer with what the page shows, as HTML.
    pub fn answer(&self, response: &mut HttpResponseBuilder, main: &str) -> HttpResponse {
        response
            .insert_header((CONTENT_TYPE, "text/html; charset=utf-8"))
            .insert_header((VARY, BY_FORM))
            .insert_header((CONTENT_SECURITY_POLICY, POLICY))
            .insert_header(("referrer-policy", "same-origin"))
            .insert_header(("x-content-type-options", "nosniff"))
            .insert_header(("content-language", self.language.tag()))
            .body(self.html(main))
    }

    fn html(&self, main: &str) -> String {
        let title = escaped(&self.title);
        let other = match self.language {
            Language::Vietnamese => Language::English,
            Language::English => Language::Vietnamese,
        };
        let here = |name: &str, value: &str| escaped(&self.here(name, value));
        format!(
            "<!doctype html><html lang=\"{tag}\"><head><meta charset=\"utf-8\">\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
             <title>{title} · {site}</title><link rel=\"icon\" href=\"{icon}\">\
             <link rel=\"stylesheet\" href=\"{style}\">\
             <link rel=\"alternate\" type=\"application/json\" href=\"{json}\"></head><body>\
             <a class=\"skip\" href=\"#main\">{skip}</a><header>{trail}\
             <ul class=\"forms\"><li><a href=\"{other_page}\" hreflang=\"{other_tag}\" \
             lang=\"{other_tag}\">{other_name}</a></li><li><a href=\"{json}\">JSON</a></li></ul>\
             </header><main id=\"main\"><h1>{title}</h1>{main}</main>{foot}</body></html>",
            tag = self.language.tag(),
            site = escaped(&self.language.text("landing", "title", &[])),
            icon = escaped(&self.base.to("/icon.svg")),
            style = escaped(&self.base.to("/sheet.css")),
            json = here("f", "json"),
            skip = self.say("skip", &[]),
            trail = self.trail(),
            other_page = here("lang", other.tag()),
            other_tag = other.tag(),
            other_name = escaped(&other.text("html", "own_name", &[])),
            foot = self.foot(),
        )
    }

    /// The address of this page with a parameter changed.
    pub fn here(&self, name: &str, value: &str) -> String {
        self.base.to(&with(self.request, name, value))
    }

    fn trail(&self) -> String {
        let mut items = String::new();
        let home = (self.path("/"), self.language.text("html", "map", &[]));
        for (path, name) in std::iter::once(&home).chain(&self.trail) {
            let (href, name) = (escaped(&self.base.to(path)), escaped(name));
            // Writing to a String does not fail.
            let _ = write!(items, "<li><a href=\"{href}\">{name}</a></li>");
        }
        let label = self.say("trail", &[]);
        format!("<nav aria-label=\"{label}\"><ol>{items}</ol></nav>")
    }

    fn foot(&self) -> String {
        let Some(view) = self.view else {
            return String::new();
        };
        let arguments = [
            ("revision", view.revision().0.to_string()),
            ("date", date(self.language, &view.date().to_string())),
        ];
        let synthetic = if view.is_synthetic() {
            format!("<p class=\"synthetic\">{}</p>", self.say("synthetic", &[]))
        } else {
            String::new()
        };
        format!(
            "<footer><p>{}</p>{synthetic}</footer>",
            self.say("state", &arguments)
        )
    }
}

/// The style of the pages.
pub async fn get_style() -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "text/css; charset=utf-8"))
        .insert_header((CACHE_CONTROL, "public, max-age=3600"))
        .body(include_str!("sheet.css"))
}
