//! The form of an answer: JSON for programs, HTML for people.

use actix_web::HttpRequest;
use actix_web::http::header::ACCEPT;

use crate::http::problem::Problem;

/// The form of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Form {
    /// JSON, or a kind of it.
    Json,
    /// HTML.
    Html,
}

impl Form {
    /// Its name as a parameter.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Html => "html",
        }
    }

    /// The parameter `f`, else what `Accept` likes better; JSON when it likes both as much.
    ///
    /// # Errors
    /// `invalid_parameter` for another form.
    pub fn of(request: &HttpRequest, f: Option<&str>) -> Result<Self, Problem> {
        match f {
            None => Ok(Self::accepted(request)),
            Some("json") => Ok(Self::Json),
            Some("html") => Ok(Self::Html),
            Some(other) => Err(Problem::parameter("f", "not_a_choice", other, "choice")
                .expecting("choice", vec![("names", "json, html".to_owned())])),
        }
    }

    /// As [`Form::of`], for a request that may have anything wrong.
    pub fn of_refused(request: &HttpRequest) -> Self {
        let mut said = request.query_string().split('&').rev();
        match said.find_map(|part| part.strip_prefix("f=")) {
            Some("json") => Self::Json,
            Some("html") => Self::Html,
            _ => Self::accepted(request),
        }
    }

    fn accepted(request: &HttpRequest) -> Self {
        let accept = request.headers().get(ACCEPT);
        let accept = accept.and_then(|value| value.to_str().ok()).unwrap_or("");
        Self::preferred(accept)
    }

    fn preferred(accept: &str) -> Self {
        let json = weight(accept, |range| {
            range == "application/json" || range == "application/*" || range.ends_with("+json")
        });
        let html = weight(accept, |range| range == "text/html" || range == "text/*");
        let any = weight(accept, |range| range == "*/*").unwrap_or(0.0);
        if html.unwrap_or(any) > json.unwrap_or(any) {
            Self::Html
        } else {
            Self::Json
        }
    }
}

/// The greatest weight of the ranges that are meant.
fn weight(accept: &str, meant: impl Fn(&str) -> bool) -> Option<f64> {
    let weights = accept.split(',').filter_map(|part| {
        let mut pieces = part.split(';').map(str::trim);
        let range = pieces.next().unwrap_or_default().to_ascii_lowercase();
        let q = pieces.find_map(|piece| piece.strip_prefix("q="));
        let q = q.map_or(Some(1.0), |q| q.parse::<f64>().ok().filter(|q| *q >= 0.0));
        meant(&range).then(|| q.unwrap_or(0.0))
    });
    weights.reduce(f64::max)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_gets_html_and_everything_that_names_json_or_nothing_gets_json() {
        for (accept, form) in [
            ("", Form::Json),
            ("*/*", Form::Json),
            ("application/json", Form::Json),
            ("application/geo+json, application/json", Form::Json),
            (
                "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
                Form::Html,
            ),
            ("text/html", Form::Html),
            ("text/html;q=0.5, application/json", Form::Json),
            ("application/json;q=0.5, text/html;q=x", Form::Json),
        ] {
            assert_eq!(Form::preferred(accept), form, "{accept}");
        }
    }
}
