//! Links, and the address under which this server is known to the outside.

use actix_web::HttpRequest;
use actix_web::http::header::HOST;
use serde::Serialize;
use utoipa::ToSchema;

use crate::http::language::Language;
use crate::http::server::Shared;

/// A link (RFC 8288).
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Link)]
pub struct Link {
    /// Address.
    pub href: String,
    /// How it relates to what it stands in.
    pub rel: &'static str,
    /// Media type behind it.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// What it is, in the language of the answer.
    pub title: String,
}

/// GeoJSON.
pub const GEOJSON: &str = "application/geo+json";
/// JSON.
pub const JSON: &str = "application/json";
/// JSON Schema.
pub const SCHEMA_JSON: &str = "application/schema+json";
/// How what a filter can ask for relates to what it filters (OGC 19-079r2, 6.1).
pub const QUERYABLES: &str = "http://www.opengis.net/def/rel/ogc/1.0/queryables";
/// How what features say relates to their collection (OGC 23-058r2, 10).
pub const SCHEMA: &str = "http://www.opengis.net/def/rel/ogc/1.0/schema";
/// HTML.
pub const HTML: &str = "text/html";
/// The relation of data to sets of vector tiles (OGC 20-057).
pub const TILESETS: &str = "http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector";
/// OpenAPI 3.0.
pub const OPENAPI_30: &str = "application/vnd.oai.openapi+json;version=3.0";
/// OpenAPI 3.1.
pub const OPENAPI_31: &str = "application/vnd.oai.openapi+json;version=3.1";

/// The links of an answer to itself, as it was asked for, and to the same as a page or as JSON.
pub fn own_links(
    request: &HttpRequest,
    base: &PublicAddress,
    language: Language,
    kind: &'static str,
) -> Vec<Link> {
    let path = request.uri().path_and_query();
    let own = path.map_or(request.path(), |path| path.as_str());
    vec![
        Link {
            href: base.to(own),
            rel: "self",
            kind,
            title: language.text("link", "self", &[]),
        },
        Link {
            href: base.to(&with(request, "f", "html")),
            rel: "alternate",
            kind: HTML,
            title: language.text("link", "as_page", &[]),
        },
    ]
}

/// The path and query of a request, with a parameter changed.
pub fn with(request: &HttpRequest, name: &str, value: &str) -> String {
    let mut query = String::new();
    let others = request.query_string().split('&');
    let is_it = |part: &str| part.split('=').next() == Some(name);
    for part in others.filter(|part| !part.is_empty() && !is_it(part)) {
        query.push_str(part);
        query.push('&');
    }
    format!("{}?{query}{name}={value}", request.path())
}

/// The address of this server as clients know it, without a slash at its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicAddress(String);

impl PublicAddress {
    /// As it is configured, else as the client called it.
    pub fn of(request: &HttpRequest, shared: &Shared) -> Self {
        let configured = shared.options.public_base.trim_end_matches('/');
        if !configured.is_empty() {
            return Self(configured.to_owned());
        }
        let named = request.headers().get(HOST);
        let named = named.and_then(|host| host.to_str().ok());
        let host = named.filter(|host| is_host(host)).map(str::to_owned);
        let host = host.unwrap_or_else(|| request.app_config().local_addr().to_string());
        Self(format!("http://{host}"))
    }

    /// The address of a path of this server.
    pub fn to(&self, path: &str) -> String {
        format!("{}{path}", self.0)
    }

    /// Its text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A name or address with or without a port: nothing that could end an address or an attribute.
fn is_host(text: &str) -> bool {
    let allowed = |b: u8| b.is_ascii_alphanumeric() || b"-._:[]".contains(&b);
    (1..=255).contains(&text.len()) && text.bytes().all(allowed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_that_could_break_out_of_a_link_is_not_taken_over() {
        for (text, good) in [
            ("land.example:8080", true),
            ("[::1]:80", true),
            ("a/b", false),
            ("a\"b", false),
            ("a b", false),
            ("", false),
        ] {
            assert_eq!(is_host(text), good, "{text}");
        }
    }
}
