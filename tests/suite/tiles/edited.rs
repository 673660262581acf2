//! Tiles after edits: what is made of what was there is what would be made anew.

use diachinh::cadastre::{Day, Instant, Interval, ParcelVersion, Revision};
use diachinh::crs::LonLat;
use diachinh::geometry::{MultiPolygon, Polygon, Ring};
use diachinh::land::{Changes, Land};
use diachinh::tile::{Atlas, Since, TileCoord, TileMatrixSet, TileSet, Touched};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

use super::decoded::tile_at;
use crate::village::{WEST, day, key, land_of, point, version};

/// Streets in each direction.
const STREETS: i64 = 11;
/// Houses between two streets, in two rows.
const HOUSES: i64 = 8;

/// A house from its corner, width and depth in metres, in a village that lies askew.
fn house(number: i64, id: i64, east_m: f64, north_m: f64, w: f64, d: f64) -> ParcelVersion {
    let corners = [(0.0, 0.0), (w, 0.0), (w, d), (0.0, d)];
    let corner = |(x, y): (f64, f64)| {
        let (x, y) = (east_m + x, north_m + y);
        point(WEST, 603_000.0 + x - 0.3 * y, 1_191_000.0 + y + 0.3 * x)
    };
    let shape = MultiPolygon(vec![Polygon {
        exterior: Ring(corners.map(corner).to_vec()),
        interiors: Vec::new(),
    }]);
    let as_map = key("26743", "5", &id.to_string());
    let mut version = version(id, "26743", as_map, WEST, shape);
    version.version.0 = number;
    version
}

/// Where a house stands: its corner.
fn place(id: i64) -> (f64, f64) {
    let (block, house) = (id / HOUSES, id % HOUSES);
    let (column, row) = (block % STREETS, block / STREETS);
    let (x, y) = (house % (HOUSES / 2), house / (HOUSES / 2));
    ((column * 28 + x * 5) as f64, (row * 40 + y * 16) as f64)
}

fn village() -> BTreeMap<i64, ParcelVersion> {
    let ids = 1..=STREETS * STREETS * HOUSES;
    let standing = ids.map(|id| {
        let (x, y) = place(id);
        (id, house(id, id, x, y, 5.0, 16.0))
    });
    standing.collect()
}

/// One thing that happens to a house.
#[derive(Debug, Clone, Copy)]
enum Event {
    /// It is no longer held.
    Drop,
    /// It becomes so many decimetres wider and longer, perhaps over the street or a neighbour.
    Grow(i32, i32),
    /// It becomes two, so deep the first.
    Split(i32),
    /// It ends on a later day.
    End,
}

fn events() -> impl Strategy<Value = Vec<(i64, Event)>> {
    let event = prop_oneof![
        Just(Event::Drop),
        (-20..40_i32, -60..100_i32).prop_map(|(w, d)| Event::Grow(w, d)),
        (20..140_i32).prop_map(Event::Split),
        Just(Event::End),
    ];
    prop::collection::vec((1..=STREETS * STREETS * HOUSES, event), 1..8)
}

/// What an event writes; the house's version goes.
fn written(id: i64, event: Event, number: i64, later: Day) -> Vec<ParcelVersion> {
    let (x, y) = place(id);
    let metres = |decimetres: i32| f64::from(decimetres) / 10.0;
    match event {
        Event::Drop => Vec::new(),
        Event::Grow(w, d) => vec![house(number, id, x, y, 5.0 + metres(w), 16.0 + metres(d))],
        Event::Split(d) => {
            let front = house(number, id, x, y, 5.0, metres(d));
            let behind = house(
                number + 1,
                100_000 + id,
                x,
                y + metres(d),
                5.0,
                16.0 - metres(d),
            );
            vec![front, behind]
        }
        Event::End => {
            let mut version = house(number, id, x, y, 5.0, 16.0);
            version.lifespan.valid = Interval {
                from: version.lifespan.valid.from,
                to: Some(later),
            };
            vec![version]
        }
    }
}

/// Every tile of the village at the zooms of blocks.
fn tiles(land: &Land) -> BTreeSet<TileCoord> {
    let transforms = &land.city().transforms;
    let mut tiles = BTreeSet::new();
    for (x, y) in [(0.0, 0.0), (330.0, 0.0), (0.0, 480.0), (330.0, 480.0)] {
        let corner = point(WEST, 603_000.0 + x - 0.3 * y, 1_191_000.0 + y + 0.3 * x);
        let LonLat { lon, lat } = transforms.to_lonlat(WEST, corner).expect("in the city");
        for zoom in 11..=14 {
            let (x, y) = tile_at(lon, lat, zoom);
            tiles.insert(TileCoord::new(u64::from(zoom), x, y).expect("a tile"));
        }
    }
    tiles
}

fn drawn(atlas: &Atlas, land: &Land, date: Day) -> Vec<Vec<u8>> {
    let blocks = TileSet::from_name("blocks").expect("a set");
    let tiles = tiles(land).into_iter();
    tiles
        .map(|tile| atlas.render(land, date, blocks, tile))
        .collect()
}

/// Every tile of both sets of the village and around it, from zoom 0 to 20.
fn all_tiles(land: &Land) -> BTreeSet<TileCoord> {
    let transforms = &land.city().transforms;
    let corner = |x: f64, y: f64| {
        let at = transforms.to_lonlat(WEST, point(WEST, 603_000.0 + x, 1_191_000.0 + y));
        at.expect("in the city")
    };
    let (low, high) = (corner(-180.0, -20.0), corner(350.0, 620.0));
    let mut tiles = BTreeSet::new();
    for zoom in 0..=20 {
        let (west, south) = tile_at(low.lon, low.lat, zoom);
        let (east, north) = tile_at(high.lon, high.lat, zoom);
        for x in west..=east {
            for y in north..=south {
                tiles.insert(TileCoord::new(u64::from(zoom), x, y).expect("a tile"));
            }
        }
    }
    let corner = |x: f64, y: f64, matrix: u32| {
        let side = 536_870.912 / f64::from(1_u32 << matrix);
        let of = |metres: f64| (metres / side) as u64;
        (
            of(603_000.0 + x - 500_000.0),
            of(1_300_000.0 - 1_191_000.0 - y),
        )
    };
    for matrix in 0..=14 {
        let (west, south) = corner(-180.0, -20.0, matrix);
        let (east, north) = corner(350.0, 620.0, matrix);
        for (x, y) in (west..=east).flat_map(|x| (north..=south).map(move |y| (x, y))) {
            let tile = TileCoord::on(TileMatrixSet::Vn2000, u64::from(matrix), x, y);
            tiles.insert(tile.expect("a tile"));
        }
    }
    tiles
}

/// Whether a layer of the whole map may differ on a tile, by the list that clients get too.
fn is_named(touched: &Touched, tile: TileCoord, land: &Land) -> bool {
    let transforms = &land.city().transforms;
    let shown = tile.on_world(transforms);
    let city = TileSet::from_name("city").expect("a set");
    city.layers().iter().any(|layer| {
        let ranges = touched.tiles(*layer, tile.of(), transforms);
        let named = ranges.iter().any(|range| {
            range.matrix == tile.matrix()
                && (range.columns[0]..=range.columns[1]).contains(&tile.col())
                && (range.rows[0]..=range.rows[1]).contains(&tile.row())
        });
        // What is kept of a tile of the other set is asked by a box around it on the world grid,
        // which may meet a little more.
        let met = touched.meets(*layer, tile, &shown);
        let alike = tile.of() == TileMatrixSet::WebMercatorQuad;
        assert!(named == met || !alike, "{tile:?}");
        named
    })
}

#[test]
fn the_tiles_that_differ_after_an_edit_are_among_those_named_and_these_are_few() {
    let date = day("2026-03-01");
    let city = TileSet::from_name("city").expect("a set");
    let mut land = land_of(village().into_values());
    let atlas = Atlas::default();
    atlas.advance(&land, date);
    let tiles = all_tiles(&land);
    let rendered = |land: &Land| -> Vec<(Vec<u8>, u64)> {
        let tiles = tiles.iter();
        tiles
            .map(|tile| atlas.render_tagged(land, date, city, *tile))
            .collect()
    };
    let mut before = rendered(&land);
    let middle = STREETS * STREETS * HOUSES / 2;
    let events = [
        Event::Grow(0, 80),
        Event::Split(50),
        Event::Drop,
        Event::Grow(-10, -30),
    ];
    for (i, event) in (0..).zip(events) {
        let (id, step) = (middle + 17 * i, 2 + i as u64);
        let (x, y) = place(id);
        let mut gone = house(id, id, x, y, 5.0, 16.0);
        gone.lifespan.recorded.to = Some(Instant(1));
        let mut parcels = vec![gone];
        parcels.extend(written(id, event, 10_000 * step as i64, date.next()));
        let changes = Changes {
            to: Revision(step),
            parcels,
            ..Changes::default()
        };
        atlas.note(&land, &changes);
        land = land.apply(&changes);
        atlas.advance(&land, date);
        let after = rendered(&land);
        let Since::Changed(newest, touched) = atlas.since((Revision(step - 1), date)) else {
            unreachable!("{event:?} is a change");
        };
        assert_eq!(newest, (Revision(step), date));
        let mut named_at_finest = [0; 2];
        for ((tile, was), is) in tiles.iter().zip(&before).zip(&after) {
            let named = is_named(&touched, *tile, &land);
            assert!(named || was.0 == is.0, "{event:?} {tile:?}");
            assert_eq!(was.0 == is.0, was.1 == is.1, "a tag is that of the bytes");
            let here = &mut named_at_finest[usize::from(tile.of() == TileMatrixSet::Vn2000)];
            *here += usize::from(named && tile.matrix() == tile.of().finest());
        }
        // A house of 5 by 16 m, or 24, on tiles of 38 and of 33 m.
        let few = |named: &usize| (1..=6).contains(named);
        assert!(
            named_at_finest.iter().all(few),
            "{event:?}: {named_at_finest:?}"
        );
        before = after;
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn blocks_after_edits_and_on_another_day_are_those_dissolved_anew(events in events()) {
        let (today, later) = (day("2026-03-01"), day("2026-03-05"));
        let mut held = village();
        let mut land = land_of(held.values().cloned());
        let atlas = Atlas::default();
        let first = drawn(&atlas, &land, today);
        prop_assert!(first.iter().all(|tile| !tile.is_empty()));
        for (step, (id, event)) in (2..).zip(events) {
            let mut changes = Changes { to: Revision(step), ..Changes::default() };
            if let Some(mut before) = held.remove(&id) {
                before.lifespan.recorded.to = Some(Instant(1));
                changes.parcels.push(before);
            }
            let written = written(id, event, 10_000 * step as i64, later);
            changes.parcels.extend(written.iter().cloned());
            held.extend(written.into_iter().map(|v| (v.parcel.id.get(), v)));
            atlas.note(&land, &changes);
            land = land.apply(&changes);
            if step == 4 {
                land = land.compact();
            }
            let anew = Atlas::default();
            prop_assert_eq!(drawn(&atlas, &land, today), drawn(&anew, &land, today));
        }
        let anew = Atlas::default();
        prop_assert_eq!(drawn(&atlas, &land, later), drawn(&anew, &land, later));
        let from_store = land_of(held.values().cloned());
        prop_assert_eq!(drawn(&atlas, &land, later), drawn(&anew, &from_store, later));
    }
}

#[test]
fn many_edits_at_once_are_seen_as_well_as_one() {
    let date = day("2026-03-01");
    let held = village();
    let land = land_of(held.values().cloned());
    let atlas = Atlas::default();
    let before = drawn(&atlas, &land, date);
    let mut changes = Changes {
        to: Revision(2),
        ..Changes::default()
    };
    for mut version in held.into_values().step_by(3) {
        version.lifespan.recorded.to = Some(Instant(1));
        changes.parcels.push(version);
    }
    atlas.note(&land, &changes);
    let after = land.apply(&changes);
    assert_ne!(drawn(&atlas, &after, date), before);
    assert_eq!(
        drawn(&atlas, &after, date),
        drawn(&Atlas::default(), &after, date)
    );
    // Who still holds the land before sees what was there.
    assert_eq!(drawn(&atlas, &land, date), before);
}
