//! Changes of the map as server-sent events, one answer that goes on (HTML Standard, 9.2).

use std::convert::Infallible;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use actix_web::body::{BodySize, MessageBody};
use actix_web::http::header::{ACCEPT, CACHE_CONTROL, ContentEncoding};
use actix_web::rt::time::{Instant, Sleep, sleep};
use actix_web::web::{self, Bytes};
use actix_web::{HttpRequest, HttpResponse};

use super::changes::{BY_FORM, ChangesView, SET, full, set_of, since_of, wait_for};
use super::problem::{Kind, Problem};
use super::query::Query;
use super::server::Shared;
use crate::app::{App, Error, Listener, MapChanges};
use crate::cadastre::{Day, Revision};
use crate::tile::{MapState, TileMatrixSet};

/// Its media type.
const EVENTS: &str = "text/event-stream";
/// Header with the id of the last event that was read.
const LAST: &str = "last-event-id";
/// How long there may be silence: proxies and we ourselves close what is silent for longer.
const BEAT_MAX: Duration = Duration::from_secs(15);
/// What is sent then; nobody sees it.
const BEAT: &[u8] = b":\n\n";

/// Whether a request is for events.
pub fn are_wanted(request: &HttpRequest) -> bool {
    let mut accepted = request.headers().get_all(ACCEPT);
    accepted.any(|value| value.to_str().is_ok_and(|text| text.contains(EVENTS)))
}

/// Answers with what changed since then, and with every change from now on; while the map is not
/// drawn yet, with nothing until it is.
///
/// # Errors
/// A parameter that cannot be used, a state so old that what changed since is not known, one to
/// which the register has not come, and too many that wait.
pub async fn respond(
    request: &HttpRequest,
    shared: &web::Data<Shared>,
) -> Result<HttpResponse, Problem> {
    let app = &shared.app;
    let (asked, set) = asked(request)?;
    if let (Some(since), _) = asked {
        wait_for(app, since).await?;
    }
    let mut events = Events {
        app: Arc::clone(app),
        asked,
        set,
        at: None,
        first: None,
        beat: BEAT_MAX.min(shared.options.keep_alive() / 2),
        silence: Box::pin(sleep(Duration::ZERO)),
        _place: app.listen().ok_or_else(full)?,
    };
    // While the register is being loaded or drawn the client waits: browsers do not come back
    // after an answer that is none.
    if app.newest_drawn().is_ok() {
        events.begin()?;
    }
    Ok(HttpResponse::Ok()
        .content_type(EVENTS)
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header(BY_FORM)
        // A coding would keep events back until there are enough of them, and so would nginx.
        .insert_header(ContentEncoding::Identity)
        .insert_header(("x-accel-buffering", "no"))
        .body(events))
}

/// The state that a client has, as far as it says so.
type Asked = (Option<Revision>, Option<Day>);

/// What the client has, by the last event that it read or by its parameters, and of which set its
/// tiles are.
fn asked(request: &HttpRequest) -> Result<(Asked, TileMatrixSet), Problem> {
    let query = Query::of(request, &["since", "date", SET])?;
    let set = set_of(&query)?;
    let Some(last) = request.headers().get(LAST) else {
        return Ok(((since_of(&query)?, query.date()?), set));
    };
    let text = last.to_str().unwrap_or_default();
    let parsed = text.split_once('@').and_then(|(revision, day)| {
        let revision = revision.parse::<i64>().ok()?;
        Some((u64::try_from(revision).ok()?, Day::parse(day).ok()?))
    });
    let complain = || {
        let arguments = vec![("value", text.to_owned())];
        Problem::new(Kind::InvalidParameter, "not_an_event", arguments)
            .at(LAST)
            .expecting("event", Vec::new())
    };
    let (revision, day) = parsed.ok_or_else(complain)?;
    Ok(((Some(Revision(revision)), Some(day)), set))
}

/// An event as it is sent.
fn event((revision, day): MapState, view: &ChangesView) -> Bytes {
    let data = serde_json::to_string(view).expect("a view becomes JSON");
    let id = format!("{}@{day}", revision.0);
    format!("id: {id}\nevent: changes\ndata: {data}\n\n").into()
}

/// The events of one client, until it leaves or the server ends.
struct Events {
    app: Arc<App>,
    asked: Asked,
    set: TileMatrixSet,
    /// What has been told; nothing before the first event.
    at: Option<MapState>,
    first: Option<Bytes>,
    beat: Duration,
    silence: Pin<Box<Sleep>>,
    _place: Listener,
}

impl Events {
    /// Makes the first event: what changed since the state that the client has, or no tiles.
    fn begin(&mut self) -> Result<(), Error> {
        let newest = self.app.newest_drawn()?;
        let (since, day) = self.asked;
        let (since, day) = (since.unwrap_or(newest.0), day.unwrap_or(newest.1));
        let (at, view) = match self.app.changes(since, Some(day))? {
            Some(changes) => ((changes.revision, changes.date), self.told(&changes)),
            None => ((since, day), ChangesView::same((since, day), self.set)),
        };
        self.at = Some(at);
        self.first = Some(event(at, &view));
        Ok(())
    }

    /// The next event, or nothing when there are no more.
    fn poll_event(&mut self, context: &mut Context<'_>) -> Poll<Option<Bytes>> {
        if self.at.is_none() {
            ready!(self.app.poll_drawn(context));
            // A client that comes back is told what is wrong with its state.
            if self.begin().is_err() {
                return Poll::Ready(None);
            }
        }
        if let Some(first) = self.first.take() {
            return Poll::Ready(Some(first));
        }
        let Some((revision, day)) = self.at else {
            return Poll::Ready(None);
        };
        // The server ends, or what was missed is not known any more.
        let Ok(Some(changes)) = ready!(self.app.poll_changes(revision, Some(day), context)) else {
            return Poll::Ready(None);
        };
        let at = (changes.revision, changes.date);
        self.at = Some(at);
        Poll::Ready(Some(event(at, &self.told(&changes))))
    }

    fn told(&self, changes: &MapChanges) -> ChangesView {
        let transforms = &self.app.reference().city.transforms;
        ChangesView::of(changes, self.set, transforms)
    }
}

impl MessageBody for Events {
    type Error = Infallible;

    fn size(&self) -> BodySize {
        BodySize::Stream
    }

    fn poll_next(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, Infallible>>> {
        let bytes = match self.poll_event(context) {
            Poll::Ready(None) => return Poll::Ready(None),
            Poll::Ready(Some(event)) => event,
            Poll::Pending => {
                ready!(self.silence.as_mut().poll(context));
                Bytes::from_static(BEAT)
            }
        };
        let until = Instant::now() + self.beat;
        self.silence.as_mut().reset(until);
        Poll::Ready(Some(Ok(bytes)))
    }
}
