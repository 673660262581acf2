//! `GET /v1/changes`: which tiles differ since a revision; a client may wait for the next change,
//! or be told of each.

use std::sync::Arc;
use std::time::Duration;

use actix_web::http::header::{CACHE_CONTROL, HeaderName, HeaderValue, VARY};
use actix_web::{HttpRequest, HttpResponse, rt, web};

use super::change_events;
use super::problem::{Kind, Problem, ProblemView};
use super::query::Query;
use super::server::Shared;
use crate::app::{App, MapChanges};
use crate::cadastre::{Day, Revision};
use crate::crs::Transforms;
use crate::tile::{MapState, TileLayer, TileMatrixSet, TileRange};

/// How long a revision to which this server has not come is waited for: of several servers on one
/// register some follow it a moment later than others.
const LAG: Duration = Duration::from_secs(2);

/// Longest wait, in seconds: less than proxies wait for an answer.
const WAIT_MAX_S: f64 = 20.0;

/// What changed on the map.
#[derive(Debug, serde::Serialize, utoipa::ToSchema)]
#[schema(as = Changes)]
pub struct ChangesView {
    /// Revision up to which this tells; to be asked from on next.
    revision: u64,
    /// Day that is drawn now.
    date: String,
    /// Tile matrix set of the tiles.
    #[serde(rename = "tileMatrixSet")]
    tile_matrix_set: &'static str,
    /// Tiles that may differ: all that do are among them. Empty when nothing changed.
    tiles: Vec<ChangedTilesView>,
}

/// Tiles of one layer and zoom, or tile matrix, that lie side by side.
#[derive(Debug, serde::Serialize, utoipa::ToSchema)]
#[schema(as = ChangedTiles)]
pub struct ChangedTilesView {
    /// Layer, as in `/tiles/{layer}`; it is a part of `city` too.
    layer: &'static str,
    /// Zoom; in another set than WebMercatorQuad the number of the tile matrix.
    zoom: u8,
    /// First and last column, from the west.
    columns: [u32; 2],
    /// First and last row, from the north.
    rows: [u32; 2],
}

impl ChangesView {
    /// Nothing changed.
    pub fn same((revision, date): MapState, set: TileMatrixSet) -> Self {
        Self {
            revision: revision.0,
            date: date.to_string(),
            tile_matrix_set: set.id(),
            tiles: Vec::new(),
        }
    }

    /// What changed, in tiles of a set.
    pub fn of(changes: &MapChanges, set: TileMatrixSet, transforms: &Transforms) -> Self {
        let of_layer = |layer: TileLayer| {
            let ranges = changes.touched.tiles(layer, set, transforms).into_iter();
            ranges.map(move |range: TileRange| ChangedTilesView {
                layer: layer.name(),
                zoom: range.matrix,
                columns: range.columns,
                rows: range.rows,
            })
        };
        Self {
            tiles: TileLayer::ALL.into_iter().flat_map(of_layer).collect(),
            ..Self::same((changes.revision, changes.date), set)
        }
    }
}

/// What is asked.
struct Asked {
    since: Revision,
    date: Option<Day>,
    set: TileMatrixSet,
    wait: Duration,
}

impl Asked {
    fn of(request: &HttpRequest) -> Result<Self, Problem> {
        let query = Query::of(request, &["since", "date", "wait", SET])?;
        let since = since_of(&query)?
            .ok_or_else(|| Problem::parameter("since", "missing_parameter", "", "revision"))?;
        let wait = query.number("wait", (0.0, WAIT_MAX_S), "wait")?;
        Ok(Self {
            since,
            date: query.date()?,
            set: set_of(&query)?,
            wait: Duration::from_secs_f64(wait.unwrap_or(0.0)),
        })
    }
}

/// The revision that a client has, when it says so.
pub(super) fn since_of(query: &Query) -> Result<Option<Revision>, Problem> {
    let Some(text) = query.text("since") else {
        return Ok(None);
    };
    let complain = |detail| Problem::parameter("since", detail, text, "revision");
    let digits = text.strip_prefix('-').unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return Err(complain("not_whole"));
    }
    // No database counts further than this type.
    let number = text.parse::<i64>().ok();
    let number = number.and_then(|number| u64::try_from(number).ok());
    Ok(Some(Revision(
        number.ok_or_else(|| complain("out_of_range"))?,
    )))
}

/// The parameter by which a client says of which set its tiles are.
pub(super) const SET: &str = "tileMatrixSet";

/// The tile matrix set of which tiles are named.
pub(super) fn set_of(query: &Query) -> Result<TileMatrixSet, Problem> {
    let Some(text) = query.text(SET) else {
        return Ok(TileMatrixSet::WebMercatorQuad);
    };
    TileMatrixSet::from_id(text).ok_or_else(|| {
        let names = TileMatrixSet::ALL.map(TileMatrixSet::id).join(", ");
        Problem::parameter(SET, "not_a_choice", text, "choice")
            .expecting("choice", vec![("names", names)])
    })
}

/// Which tiles differ from those of an earlier revision, by layer and zoom; with `wait` the answer
/// comes when something changes, or after that time with no tiles in it.
///
/// Ask first with the `revision` of `/tiles/{layer}.json`, then with that of each answer. All tiles
/// that differ are named, and few others: those that show a part of the box around a shape that
/// came, went or changed. When very many shapes changed, boxes are put together. What is named can
/// be seen already, in tiles, look-ups and features alike. Tiles are those of WebMercatorQuad, or of
/// the set that `tileMatrixSet` names. A revision to which the register has not come is waited for
/// two seconds, since one of several servers may be behind; then it is `revision_unknown`, as after
/// a backup was restored: load everything anew.
///
/// With `Accept: text/event-stream` the answer does not end: every change comes as an event
/// `changes` (HTML Standard, Server-sent events), the turn of a day too, and the first at once: what
/// changed since `since`, or no tiles. Its id is what a client comes back with (`Last-Event-ID`,
/// which browsers send by themselves).
#[utoipa::path(
    get, path = "/v1/changes", tag = "tiles",
    params(
        ("since" = i64, Query, minimum = 0, description = "Revision of the tiles that the client has"),
        ("date" = Option<String>, Query, format = Date,
            description = "Day that these tiles show, YYYY-MM-DD; when absent, the turn of a day is not told"),
        ("wait" = Option<f64>, Query, minimum = 0, maximum = 20,
            description = "Seconds to wait for a change; 0 when absent, not for events"),
        ("tileMatrixSet" = Option<String>, Query, pattern = "^(WebMercatorQuad|VN2000TM3Quad)$",
            description = "Set of the tiles that are named; WebMercatorQuad when absent"),
        ("Last-Event-ID" = Option<String>, Header,
            description = "Of events, the last that was read, instead of `since` and `date`"),
    ),
    responses(
        (status = 200, description = "The tiles", content(
            (ChangesView = "application/json"),
            (String = "text/event-stream"),
        )),
        (status = 400, description = "A parameter cannot be used", body = ProblemView,
            content_type = "application/problem+json"),
        (status = 410, description = "What changed since then is not known any more, or the register has no such revision: load everything anew",
            body = ProblemView, content_type = "application/problem+json"),
        (status = 429, description = "Too many requests, or too many that wait", body = ProblemView,
            content_type = "application/problem+json"),
        (status = 503, description = "The register is being loaded", body = ProblemView,
            content_type = "application/problem+json"),
    )
)]
pub async fn get_changes(
    request: HttpRequest,
    shared: web::Data<Shared>,
) -> Result<HttpResponse, Problem> {
    if change_events::are_wanted(&request) {
        return change_events::respond(&request, &shared).await;
    }
    let Asked {
        since,
        date,
        set,
        wait,
    } = Asked::of(&request)?;
    let app = &shared.app;
    wait_for(app, since).await?;
    let mut changes = app.changes(since, date)?;
    if changes.is_none() && !wait.is_zero() {
        let _place = app.listen().ok_or_else(full)?;
        let next = std::future::poll_fn(|context| app.poll_changes(since, date, context));
        changes = match rt::time::timeout(wait, next).await {
            Ok(changes) => changes?,
            Err(_) => None,
        };
    }
    let view = match &changes {
        Some(changes) => ChangesView::of(changes, set, &app.reference().city.transforms),
        None => {
            let (revision, day) = app.newest_drawn()?;
            ChangesView::same((revision.max(since), date.unwrap_or(day)), set)
        }
    };
    Ok(HttpResponse::Ok()
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header(BY_FORM)
        .json(view))
}

/// Waits a moment for a revision that this server may be about to come to; one that it does not
/// come to is refused by what is asked then.
pub(super) async fn wait_for(app: &Arc<App>, since: Revision) -> Result<(), Problem> {
    if app.newest_drawn().is_ok() && !app.has_reached(since) {
        let _place = app.listen().ok_or_else(full)?;
        let reached = std::future::poll_fn(|context| app.poll_reached(since, context));
        // Whether it came or not is seen by who asks next.
        let _ = rt::time::timeout(LAG, reached).await;
    }
    Ok(())
}

/// What an answer depends on beside its address.
pub(super) const BY_FORM: (HeaderName, HeaderValue) = (VARY, HeaderValue::from_static("accept"));

/// Too many wait already.
pub(super) fn full() -> Problem {
    let seconds = WAIT_MAX_S as u64;
    let arguments = vec![("seconds", seconds.to_string())];
    Problem::new(Kind::TooManyRequests, "listeners_full", arguments).retry_after(seconds)
}
