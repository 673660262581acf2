//! Which web pages of other origins may read the answers (CORS).

use actix_web::HttpResponse;
use actix_web::http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, ACCESS_CONTROL_REQUEST_METHOD,
    HeaderMap, HeaderName, HeaderValue, ORIGIN, VARY,
};

use super::HttpOptions;

const ALL: HeaderValue = HeaderValue::from_static("*");
const EXPOSED: HeaderValue = HeaderValue::from_static(
    "etag, link, location, content-crs, content-language, content-disposition, content-range, \
     accept-ranges, content-length, retry-after, allow, vary, x-request-id",
);
const BY_ORIGIN: HeaderValue = HeaderValue::from_static("origin");

/// The headers that let a page of the request's origin read the answer; none without an origin.
pub fn headers(
    request: &HeaderMap,
    options: &HttpOptions,
) -> [Option<(HeaderName, HeaderValue)>; 3] {
    let all = options.allowed_origins.iter().any(|allowed| allowed == "*");
    let Some(origin) = request.get(ORIGIN) else {
        return [(!all).then_some((VARY, BY_ORIGIN)), None, None];
    };
    let exposed = Some((ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED));
    if all {
        return [Some((ACCESS_CONTROL_ALLOW_ORIGIN, ALL)), exposed, None];
    }
    let mut allowed = options.allowed_origins.iter();
    if allowed.any(|allowed| allowed.as_bytes() == origin.as_bytes()) {
        let own = Some((ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone()));
        [own, exposed, Some((VARY, BY_ORIGIN))]
    } else {
        [Some((VARY, BY_ORIGIN)), None, None]
    }
}

/// The answer to a preflight; nothing when the request is not one, or comes from a page that may
/// not read answers.
pub fn preflight(request: &HeaderMap, options: &HttpOptions) -> Option<HttpResponse> {
    request.get(ACCESS_CONTROL_REQUEST_METHOD)?;
    let allowed = headers(request, options);
    let mut allowed = allowed.iter().flatten();
    allowed.find(|(name, _)| name == ACCESS_CONTROL_ALLOW_ORIGIN)?;
    let response = HttpResponse::NoContent()
        .insert_header((ACCESS_CONTROL_ALLOW_METHODS, "GET, HEAD, POST, OPTIONS"))
        .insert_header((
            ACCESS_CONTROL_ALLOW_HEADERS,
            "accept, accept-language, content-type, if-match, if-none-match, range, x-request-id",
        ))
        .insert_header((ACCESS_CONTROL_MAX_AGE, "86400"))
        .finish();
    Some(response)
}
