//! Bodies of requests, read whole before anything is done for them.

use std::time::Duration;

use actix_web::HttpMessage;
use actix_web::body::{BodyLimitExceeded, BodyStream, to_bytes_limited};
use actix_web::dev::{Payload, ServiceRequest};
use actix_web::http::header::{CONTENT_LENGTH, HeaderMap, TRANSFER_ENCODING};
use actix_web::rt::time::timeout;

use super::HttpOptions;
use super::problem::{Kind, Problem};

/// Whether a request announces a body.
pub fn is_announced(headers: &HeaderMap) -> bool {
    let length = headers.get(CONTENT_LENGTH);
    length.is_some_and(|length| length.as_bytes() != b"0")
        || headers.contains_key(TRANSFER_ENCODING)
}

/// Reads the body of a request, which has it at hand from then on.
///
/// # Errors
/// `body_too_large` beyond the limit, whether that was announced or not; `request_timeout` when it
/// is not there in time; `invalid_parameter` when it breaks off or is not framed as HTTP says.
pub async fn read(request: &mut ServiceRequest, options: &HttpOptions) -> Result<(), Problem> {
    let length = request.headers().get(CONTENT_LENGTH);
    let length = length.and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    if let Some(bytes) = length.filter(|bytes| *bytes > options.body_max_bytes) {
        let arguments = vec![("bytes", bytes.to_string())];
        return Err(too_large("body_too_large", arguments, options));
    }
    let within = Duration::from_millis(options.body_timeout_ms);
    let most = usize::try_from(options.body_max_bytes).unwrap_or(usize::MAX);
    let stream = BodyStream::new(request.take_payload());
    match timeout(within, to_bytes_limited(stream, most)).await {
        Ok(Ok(Ok(body))) => {
            request.set_payload(Payload::from(body));
            Ok(())
        }
        Ok(Ok(Err(_))) => Err(
            Problem::new(Kind::InvalidParameter, "body_broken", Vec::new())
                .at("body")
                .expecting("whole_body", Vec::new()),
        ),
        Ok(Err(BodyLimitExceeded { .. })) => Err(too_large("body_goes_on", Vec::new(), options)),
        Err(_) => {
            let arguments = vec![("milliseconds", options.body_timeout_ms.to_string())];
            Err(
                Problem::new(Kind::RequestTimeout, "body_too_slow", arguments)
                    .expecting("whole_body", Vec::new()),
            )
        }
    }
}

fn too_large(
    detail: &'static str,
    arguments: Vec<(&'static str, String)>,
    options: &HttpOptions,
) -> Problem {
    let expected = vec![("max", options.body_max_bytes.to_string())];
    Problem::new(Kind::BodyTooLarge, detail, arguments).expecting("body", expected)
}
