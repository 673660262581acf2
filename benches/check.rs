//! May a house stand here: one on each of many parcels of the demo city, judged by every rule.

use crate::city::{self, name, say, sizes, systems};
use criterion::Criterion;
use diachinh::app::{Reference, View};
use diachinh::cadastre::ParcelId;
use diachinh::crs::{Planes, WorkingPlane};
use diachinh::geometry::Point;
use diachinh::http::checks::{CheckRequest, canonical};
use diachinh::http::language::Language;
use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant;

/// Houses that are asked for in turn.
const HOUSES: u64 = 4_000;

pub fn define(criterion: &mut Criterion) {
    let reference = Arc::new(Reference::built_in().expect("the tables are in the program"));
    for parcels in sizes() {
        let systems = systems();
        let land = Arc::new(city::land(parcels, &systems));
        let layers = land.layers().map(|layer| layer.as_of);
        let today = layers.max().expect("the demo city has layers");
        let view = View::of(Arc::clone(&reference), land, today);
        let houses = houses(&view, &systems.planes, parcels);
        let size = name(parcels);
        let mut turn = 0;
        criterion.bench_function(&format!("check/canonical/{size}"), |b| {
            b.iter(|| {
                turn = (turn + 1) % houses.len();
                black_box(judged(&view, &houses[turn]));
            });
        });
        let mut each: Vec<u128> = houses.iter().map(|house| timed(&view, house)).collect();
        each.sort_unstable();
        let of = |share: f64| each[((each.len() - 1) as f64 * share) as usize] as f64 / 1e6;
        say(&format!(
            "  check/canonical/{size}: {} houses, p50 {:.2} ms, p99 {:.2} ms, greatest {:.2} ms",
            each.len(),
            of(0.5),
            of(0.99),
            of(1.0)
        ));
    }
}

/// The answer, which holds a total and tells of every rule.
fn judged(view: &View, house: &str) -> Vec<u8> {
    let asked = CheckRequest::read(house.as_bytes()).expect("a question");
    let bytes = canonical(view, &asked, Language::Vietnamese).expect("a house that can be judged");
    assert!(bytes.len() > 30_000 && bytes.starts_with(b"{\"asks\":["));
    bytes
}

fn timed(view: &View, house: &str) -> u128 {
    let begun = Instant::now();
    black_box(judged(view, house));
    begun.elapsed().as_nanos()
}

/// Questions about a house on two thirds of a parcel, on parcels from all over the city.
fn houses(view: &View, planes: &Planes, parcels: u64) -> Vec<String> {
    let step = (parcels / HOUSES).max(1);
    let ids = (1..=parcels as i64).step_by(step as usize);
    let ids = ids.filter_map(|id| ParcelId::new(id).ok());
    let mut houses: Vec<(i64, String)> = ids
        .filter_map(|id| {
            let extract = view.extract(id).ok()?;
            let plane = planes.get(extract.parcel.plane)?;
            let ring = &extract.shape.0.first()?.exterior.0;
            let order = (id.get().wrapping_mul(7919)) % 10_007;
            Some((order, question(id, plane, ring)))
        })
        .collect();
    houses.sort_unstable();
    assert!(houses.len() > 1_000, "{} houses", houses.len());
    houses.into_iter().map(|(_, house)| house).collect()
}

fn question(id: ParcelId, plane: &WorkingPlane, ring: &[Point]) -> String {
    let metres: Vec<(f64, f64)> = ring.iter().map(|&corner| plane.metres(corner)).collect();
    let count = metres.len() as f64;
    let (east, north) = metres
        .iter()
        .fold((0.0, 0.0), |(e, n), own| (e + own.0, n + own.1));
    let inward = |at: f64, sum: f64| {
        let middle = sum / count;
        ((middle + (at - middle) * 0.8) * 1e3).round() / 1e3
    };
    let corner = |&(e, n): &(f64, f64)| [inward(e, east), inward(n, north)];
    let mut corners: Vec<[f64; 2]> = metres.iter().map(corner).collect();
    corners.extend(corners.first().copied());
    serde_json::json!({
        "parcels": [id.get()],
        "crs": format!("http://www.opengis.net/def/crs/EPSG/0/{}", plane.epsg.0),
        "footprint": { "type": "Polygon", "coordinates": [corners] },
        "building": {
            "storeys": 4, "basements": 0, "floorOneHeightM": "3.8",
            "heightAtBuildingLineM": "13.6", "ridgeHeightM": "15", "floorAreaM2": "180",
        },
        "stated": { "building_kind": "row_house", "development": "existing", "work": "new" },
    })
    .to_string()
}
