//! Tiles of the demo city: dense ones at zoom 16 and 13, blocks anew and after an edit.

use crate::city::{self, name, once, say, sizes, systems};
use criterion::Criterion;
use diachinh::cadastre::{Day, Instant, ParcelId, ParcelVersion, Revision};
use diachinh::crs::world::mercator;
use diachinh::geometry::point_on_surface;
use diachinh::land::{Changes, Land};
use diachinh::tile::{Atlas, TileCoord, TileSet};

/// Parcels among whose tiles the fullest is looked for.
const SAMPLE: usize = 400;

pub fn define(criterion: &mut Criterion) {
    let systems = systems();
    for parcels in sizes() {
        let size = name(parcels);
        let land = city::land(parcels, &systems);
        let today = Day::parse("2026-11-23").expect("a date");
        let asked = sample(&land, parcels as i64, today);
        let atlas = Atlas::default();
        once(&format!("tile/prepare/{size}"), || {
            atlas.advance(&land, today);
        });
        renders(criterion, &atlas, &land, &asked, today, &size);
        turn(&atlas, &land, today, &size);
        edits(criterion, &atlas, &land, &asked, today, &size);
    }
}

fn set(name: &str) -> TileSet {
    TileSet::from_name(name).expect("a set")
}

/// Parcels from all over the city.
fn sample(land: &Land, parcels: i64, today: Day) -> Vec<ParcelVersion> {
    let step = (parcels as usize / SAMPLE).max(1);
    let ids = (1..=parcels).step_by(step);
    let ids = ids.filter_map(|id| ParcelId::new(id).ok());
    ids.filter_map(|id| land.parcel(id, today)).collect()
}

/// The tile that shows a parcel.
fn tile_of(land: &Land, version: &ParcelVersion, zoom: u32) -> TileCoord {
    let parcel = &version.parcel;
    let inside = point_on_surface(&parcel.shape).expect("a parcel has an inside");
    let transforms = &land.city().transforms;
    let at = transforms
        .to_lonlat(parcel.plane, inside)
        .expect("in the city");
    let (x, y) = mercator(at);
    let number = |v: f64| v as u64 >> (32 - zoom);
    TileCoord::new(u64::from(zoom), number(x), number(y)).expect("a tile")
}

/// The fullest tile of a few at two zooms, by layers and as the whole map.
fn renders(
    criterion: &mut Criterion,
    atlas: &Atlas,
    land: &Land,
    asked: &[ParcelVersion],
    today: Day,
    size: &str,
) {
    for (zoom, names) in [(16, ["parcels", "city"]), (13, ["blocks", "city"])] {
        let tiles = asked.iter().map(|version| tile_of(land, version, zoom));
        let length = |tile: &TileCoord| atlas.render(land, today, set("city"), *tile).len();
        let tile = tiles.max_by_key(length).expect("a tile");
        for name in names {
            let expected = atlas.render(land, today, set(name), tile);
            assert!(expected.len() > 1000, "a full tile");
            say(&format!(
                "tile/{name}/z{zoom}/{size}: {} bytes",
                expected.len()
            ));
            criterion.bench_function(&format!("tile/{name}/z{zoom}/{size}"), |b| {
                b.iter(|| {
                    let bytes = atlas.render(land, today, set(name), tile);
                    assert!(bytes == expected);
                });
            });
        }
    }
}

/// Blocks of the next day, made of those of today.
fn turn(atlas: &Atlas, land: &Land, today: Day, size: &str) {
    once(&format!("tile/turn_of_a_day/{size}"), || {
        atlas.advance(land, Day(today.0 + 1));
    });
    atlas.advance(land, today);
}

/// A parcel goes and comes again; each time until look-up and tiles of both zooms show it.
fn edits(
    criterion: &mut Criterion,
    atlas: &Atlas,
    land: &Land,
    asked: &[ParcelVersion],
    today: Day,
    size: &str,
) {
    let mut land = land.clone();
    let mut turn = 0_usize;
    let mut next = |atlas: &Atlas, tiles: &[(&str, u32)]| {
        let mut version = asked[turn / 2 % asked.len()].clone();
        let shown = turn % 2 == 1;
        turn += 1;
        if !shown {
            version.lifespan.recorded.to = Some(Instant(1));
        }
        let changes = Changes {
            to: Revision(land.revision().0 + 1),
            parcels: vec![version.clone()],
            ..Changes::default()
        };
        atlas.note(&land, &changes);
        let edited = land.apply(&changes);
        let id = version.parcel.id;
        assert_eq!(edited.parcel(id, today).is_some(), shown);
        for (name, zoom) in tiles {
            let tile = tile_of(&edited, &version, *zoom);
            let bytes = atlas.render(&edited, today, set(name), tile);
            assert!(!bytes.is_empty());
        }
        land = edited;
    };
    criterion.bench_function(&format!("tile/edit_seen_at_z16/{size}"), |b| {
        b.iter(|| next(atlas, &[("city", 16)]));
    });
    criterion.bench_function(&format!("tile/edit_seen_at_z16_and_z13/{size}"), |b| {
        b.iter(|| next(atlas, &[("city", 16), ("city", 13)]));
    });
    let anew = Atlas::default();
    once(
        &format!("tile/first_z13_without_what_was_there/{size}"),
        || {
            next(&anew, &[("city", 13)]);
        },
    );
}
