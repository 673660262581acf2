//! Collections, item by item, and pages that stay of one state of the register.

use std::collections::BTreeSet;

use super::{App, Error, Missing, View};
use crate::cadastre::{Day, Instant, Interval, Revision};
use crate::crs::Epsg;
use crate::land::items::{Collection, Days, Item, Selection, Walk};
use crate::planning::{Layer, LayerCode};

/// A place in a collection where the next page begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageStart {
    /// The state of the register that is being paged through.
    pub revision: Revision,
    /// The day of its view.
    pub date: Day,
    /// The last key of the page before.
    pub after: i64,
}

/// Why a view does not show what the register knew at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotShown {
    /// It is before the first moment whose knowledge memory holds.
    Past {
        /// That moment.
        since: Instant,
    },
    /// It has not come.
    Future {
        /// Now.
        now: Instant,
    },
}

impl App {
    /// The land from which an earlier page came, on its day.
    ///
    /// # Errors
    /// [`Error::NotFound`] when that state of the register is no longer kept,
    /// [`Error::Unavailable`] while the register is being loaded.
    pub fn view_of_page(&self, start: &PageStart) -> Result<View, Error> {
        let now = self.now();
        let view = self.view(Some(start.date))?;
        if view.revision() == start.revision {
            return Ok(view);
        }
        let land = self.paged.find(start.revision, now);
        let land = land.ok_or(Error::NotFound(Missing::Snapshot(start.revision)))?;
        Ok(self.view_of(land, start.date))
    }

    /// Whether a view shows what the register knew at a moment.
    ///
    /// # Errors
    /// Why it does not.
    pub fn shows_known_at(&self, view: &View, at: Instant) -> Result<(), NotShown> {
        let now = self.now();
        match view.land.recorded_at() {
            _ if at > now => Err(NotShown::Future { now }),
            Some(since) if at < since => Err(NotShown::Past { since }),
            _ => Ok(()),
        }
    }

    /// Keeps the land of a view for a while, because a next page of it has been offered.
    pub fn keep_for_paging(&self, view: &View) {
        let now = self.now();
        self.paged.keep(&view.land, now);
        if let Some(current) = self.land() {
            self.paged.let_go(&current, now, self.options());
        }
    }
}

impl View {
    /// The items of a collection that a selection wants, by growing key, with keys above `after`.
    pub fn walk(&self, collection: Collection, selection: Selection, after: Option<i64>) -> Walk {
        self.land.walk(collection, selection, after)
    }

    /// The head of a planning layer.
    pub fn layer(&self, code: &LayerCode) -> Option<&Layer> {
        self.land.layer(code)
    }

    /// A box around all items of a collection on any day: west, south, east, north in degrees.
    ///
    /// # Errors
    /// [`Error::Internal`] when a plane is none of the city's, which the import refuses.
    pub fn extent(&self, collection: Collection) -> Result<Option<[f64; 4]>, Error> {
        let extent = self.land.extent(collection);
        extent.map_err(|error| Error::internal("cannot draw a box around a collection", error))
    }

    /// The planes on which items of a collection are held.
    pub fn planes_of(&self, collection: Collection) -> BTreeSet<Epsg> {
        self.land.planes_of(collection)
    }

    /// How many items of a collection hold on the day; see [`crate::land::Land::count_on`].
    pub fn items_held(&self, collection: Collection) -> usize {
        self.land.count_on(collection, self.date)
    }

    /// Whether the parcels of the day have been counted, so that asking again costs little.
    pub fn has_counted_parcels(&self) -> bool {
        self.land.has_counted(self.date)
    }

    /// The days on which a collection has items.
    pub fn days(&self, collection: Collection) -> Option<Interval<Day>> {
        self.land.days(collection)
    }

    /// An item by its key, as it was last within the days.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is none.
    pub fn item(&self, collection: Collection, id: i64, during: Days) -> Result<Item, Error> {
        let selection = Selection::during(during);
        let missing = || Missing::Item {
            collection: collection.name(),
            id,
            held: self.land.days_of_item(collection, id),
        };
        let item = self.land.item(collection, id, &selection);
        item.ok_or_else(|| Error::NotFound(missing()))
    }
}
