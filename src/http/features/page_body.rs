//! The bytes of a page, chunk by chunk, so that a page of any length takes the memory of one chunk.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use actix_web::body::{BodySize, MessageBody};
use actix_web::error::BlockingError;
use actix_web::web::{self, Bytes};

use super::cursor;
use super::feature;
use super::items::WithoutDataView;
use super::links::{GEOJSON, Link};
use super::page_query::PageQuery;
use crate::app;
use crate::app::items::PageStart;
use crate::http::json::Json;
use crate::http::language::Language;
use crate::http::parcel_view::{FEATURE_BYTES, Wording};
use crate::http::positions::Positions;
use crate::http::server::Shared;
use crate::land::items::{Collection, Days, Found, Walk};

/// A chunk is sent when it has grown beyond this.
const CHUNK_BYTES: usize = 64 << 10;
/// Keys that may be passed without an item before others get their turn.
const KEYS_AT_A_TIME: usize = 50_000;
/// The same for the first chunk, which is written on the thread that answers.
const KEYS_AT_FIRST: usize = 2_000;

/// The same where each key may take long, because its item is compared with a filter.
const KEYS_COMPARED: usize = 200;
/// How long it is compared before others get their turn.
const TURN: Duration = Duration::from_millis(100);

/// A page that is being written.
pub struct Page {
    shared: web::Data<Shared>,
    query: PageQuery,
    walk: Walk,
    positions: Positions,
    language: Language,
    /// Address of the items, without parameters.
    address: String,
    links: Vec<Link>,
    /// Items still to be passed over.
    to_pass: usize,
    returned: usize,
    last: i64,
    /// How long it has compared items with a filter.
    compared: Duration,
    stage: Stage,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Head,
    Features,
    /// Whether there is more behind the page.
    Foot(bool),
    Done,
}

impl Page {
    /// A page of which nothing is written yet. `links` are those that are known beforehand.
    ///
    /// # Errors
    /// [`app::Error::Internal`] for a system that the city does not list.
    pub fn new(
        shared: web::Data<Shared>,
        collection: Collection,
        query: PageQuery,
        language: Language,
        address: String,
        links: Vec<Link>,
    ) -> Result<Self, app::Error> {
        let after = query.start.map(|start| start.after);
        let selection = query.selection.clone();
        Ok(Self {
            walk: query.view.walk(collection, selection, after),
            positions: query.system.positions(&query.view)?,
            to_pass: query.offset,
            shared,
            query,
            language,
            address,
            links,
            returned: 0,
            last: 0,
            compared: Duration::ZERO,
            stage: Stage::Head,
        })
    }

    /// The first chunk; the whole page when it is small.
    ///
    /// # Errors
    /// [`app::Error::Internal`] when an item cannot be written.
    pub fn first(&mut self) -> Result<Vec<u8>, app::Error> {
        let mut bytes = self.features(KEYS_AT_FIRST)?;
        if let Stage::Foot(more) = self.stage
            && (!self.counts_all(more) || self.query.view.has_counted_parcels())
        {
            self.write_foot(&mut bytes, more);
        }
        Ok(bytes)
    }

    /// Whether everything is written.
    pub fn is_done(&self) -> bool {
        self.stage == Stage::Done
    }

    /// All of it at once, for a page that is small.
    ///
    /// # Errors
    /// As [`Page::first`].
    pub fn whole(mut self) -> Result<(Self, Vec<u8>), app::Error> {
        let mut bytes = Vec::new();
        while !self.is_done() {
            bytes.append(&mut self.chunk()?);
        }
        Ok((self, bytes))
    }

    /// The collection.
    pub const fn collection(&self) -> Collection {
        self.walk.collection()
    }

    /// The language of its texts.
    pub const fn language(&self) -> Language {
        self.language
    }

    /// The land and day that answer.
    pub const fn view(&self) -> &app::View {
        &self.query.view
    }

    /// The next chunk; it may be empty while nothing is found.
    fn chunk(&mut self) -> Result<Vec<u8>, app::Error> {
        let mut bytes = self.features(KEYS_AT_A_TIME)?;
        if let Stage::Foot(more) = self.stage {
            self.write_foot(&mut bytes, more);
        }
        Ok(bytes)
    }

    /// The head when it is not yet written, and features. When comparing with a filter has taken
    /// too long, the page ends with what it has, and the next one goes on from there.
    fn features(&mut self, keys: usize) -> Result<Vec<u8>, app::Error> {
        if self.query.selection.condition.is_none() {
            return self.items(keys);
        }
        let longest = self.shared.options.filter_time();
        let begun = Instant::now();
        let mut bytes = self.items(KEYS_COMPARED)?;
        while self.stage == Stage::Features
            && bytes.len() < CHUNK_BYTES
            && begun.elapsed() < TURN.min(longest)
        {
            bytes.append(&mut self.items(KEYS_COMPARED)?);
        }
        self.compared += begun.elapsed();
        if self.stage == Stage::Features && self.compared >= longest {
            self.last = self.walk.passed();
            self.stage = Stage::Foot(true);
        }
        Ok(bytes)
    }

    fn items(&mut self, mut keys: usize) -> Result<Vec<u8>, app::Error> {
        let mut bytes = Vec::with_capacity(CHUNK_BYTES + (CHUNK_BYTES >> 2));
        if self.stage == Stage::Head {
            self.write_head(&mut bytes);
        }
        if !self.walk.pass_within(&mut self.to_pass, &mut keys) {
            self.stage = Stage::Foot(false);
        }
        if self.to_pass > 0 {
            return Ok(bytes);
        }
        while self.stage == Stage::Features && bytes.len() < CHUNK_BYTES {
            let item = match self.walk.next_within(&mut keys) {
                Found::Item(item) => item,
                Found::NotYet => break,
                Found::End => {
                    self.stage = Stage::Foot(false);
                    break;
                }
            };
            if self.returned == self.query.limit {
                self.stage = Stage::Foot(true);
                break;
            }
            if self.returned > 0 {
                bytes.push(b',');
            }
            let wording = Wording::new(&self.query.view, self.language).at(&self.positions);
            let mut json = Json::with_capacity(FEATURE_BYTES);
            feature::write(&mut json, &wording, &item)?;
            bytes.extend_from_slice(&json.into_bytes());
            self.returned += 1;
            self.last = item.id();
        }
        Ok(bytes)
    }

    /// Whether the number of all items comes from counting the parcels of the day.
    fn counts_all(&self, more: bool) -> bool {
        let partial = more || self.query.start.is_some();
        partial && self.wants_all() && self.walk.collection() == Collection::Parcels
    }

    /// Whether all items of one day are wanted, wherever they lie.
    fn wants_all(&self) -> bool {
        let selection = &self.query.selection;
        selection.region.is_none()
            && selection.condition.is_none()
            && selection.during == Days::on(self.query.view.date())
    }

    /// How many items there are on all pages, where that is known without passing them.
    fn matched(&self, more: bool) -> Option<usize> {
        if !more && self.query.start.is_none() {
            return Some(self.query.offset - self.to_pass + self.returned);
        }
        let held = || self.query.view.items_held(self.walk.collection());
        self.wants_all().then(held)
    }

    /// What is told when the collection has nothing on the days asked for.
    fn without_data(&self) -> Option<WithoutDataView> {
        let held = self.query.view.days(self.walk.collection());
        let during = self.query.selection.during;
        let without = !held.is_some_and(|held| during.meet(held));
        without.then(|| WithoutDataView::of(held, self.language))
    }

    fn write_head(&mut self, bytes: &mut Vec<u8>) {
        let revision = self.query.view.revision().0;
        let (date, synthetic) = (self.query.view.date(), self.query.view.is_synthetic());
        let head = format!(
            "{{\"type\":\"FeatureCollection\",\"revision\":{revision},\"date\":\"{date}\",\
             \"synthetic\":{synthetic},\"features\":["
        );
        bytes.extend_from_slice(head.as_bytes());
        self.stage = Stage::Features;
    }

    fn write_foot(&mut self, bytes: &mut Vec<u8>, more: bool) {
        if more {
            self.shared.app.keep_for_paging(&self.query.view);
            self.links.push(self.next());
        }
        bytes.extend_from_slice(b"]");
        if let Some(without) = self.without_data() {
            bytes.extend_from_slice(b",\"withoutData\":");
            write(bytes, &without);
        }
        if let Some(matched) = self.matched(more) {
            bytes.extend_from_slice(b",\"numberMatched\":");
            write(bytes, &matched);
        }
        bytes.extend_from_slice(b",\"numberReturned\":");
        write(bytes, &self.returned);
        bytes.extend_from_slice(b",\"links\":");
        write(bytes, &self.links);
        bytes.push(b'}');
        self.stage = Stage::Done;
    }

    fn next(&self) -> Link {
        let start = PageStart {
            revision: self.query.view.revision(),
            date: self.query.view.date(),
            after: self.last,
        };
        let cursor = cursor::write(&start, &self.query.question);
        // Only a page that ended early leaves items to be passed over.
        let offset = match self.to_pass {
            0 => String::new(),
            left => format!("offset={left}&"),
        };
        Link {
            href: format!(
                "{}?{}{offset}cursor={cursor}",
                self.address, self.query.kept
            ),
            rel: "next",
            kind: GEOJSON,
            title: self.language.text("link", "next", &[]),
        }
    }
}

fn write(bytes: &mut Vec<u8>, value: &impl serde::Serialize) {
    serde_json::to_writer(bytes, value).expect("a view becomes JSON");
}

type Written = Result<(Page, Vec<u8>), app::Error>;
type Writing = Pin<Box<dyn Future<Output = Result<Written, BlockingError>>>>;

/// A page as the body of an answer. Chunks are written in the blocking pool, one after the other
/// and only while the client reads; when it leaves, writing ends with the chunk under way.
pub struct PageBody {
    first: Option<Bytes>,
    page: Option<Page>,
    writing: Option<Writing>,
}

impl PageBody {
    /// What follows a first chunk.
    pub fn after(first: Vec<u8>, page: Page) -> Self {
        Self {
            first: Some(Bytes::from(first)).filter(|bytes| !bytes.is_empty()),
            page: Some(page),
            writing: None,
        }
    }
}

impl MessageBody for PageBody {
    type Error = actix_web::Error;

    fn size(&self) -> BodySize {
        BodySize::Stream
    }

    fn poll_next(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, actix_web::Error>>> {
        if let Some(first) = self.first.take() {
            return Poll::Ready(Some(Ok(first)));
        }
        loop {
            if let Some(mut page) = self.page.take() {
                if page.is_done() {
                    return Poll::Ready(None);
                }
                self.writing = Some(Box::pin(web::block(move || {
                    let bytes = page.chunk()?;
                    Ok((page, bytes))
                })));
            }
            let Some(writing) = &mut self.writing else {
                return Poll::Ready(None);
            };
            let written = std::task::ready!(writing.as_mut().poll(context));
            self.writing = None;
            match written {
                Ok(Ok((page, bytes))) => {
                    self.page = Some(page);
                    if !bytes.is_empty() {
                        return Poll::Ready(Some(Ok(Bytes::from(bytes))));
                    }
                }
                Ok(Err(error)) => {
                    tracing::error!("a page broke off: {}", error.with_causes());
                    return Poll::Ready(Some(Err(broken_off())));
                }
                Err(error) => {
                    tracing::error!("a page broke off: {error}");
                    return Poll::Ready(Some(Err(broken_off())));
                }
            }
        }
    }
}

/// Status and head are gone already: the connection is closed, so that no client takes the page
/// for whole.
fn broken_off() -> actix_web::Error {
    actix_web::error::ErrorInternalServerError("the page broke off")
}
