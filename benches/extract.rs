//! What applies to a parcel: extracts of the demo city, as canonical JSON and as values alone.

use crate::city::{self, name, sizes, systems};
use criterion::Criterion;
use diachinh::app::{Reference, View};
use diachinh::cadastre::{Day, ParcelId};
use diachinh::http::extract::{Asked, canonical};
use diachinh::http::language::Language;
use diachinh::land::Land;
use std::hint::black_box;
use std::sync::Arc;

/// Parcels that are asked for in turn.
const QUESTIONS: i64 = 20_000;

pub fn define(criterion: &mut Criterion) {
    let reference = Arc::new(Reference::built_in().expect("the tables are in the program"));
    for parcels in sizes() {
        let land = Arc::new(city::land(parcels, &systems()));
        let layers = land.layers().map(|layer| layer.as_of);
        let today = layers.max().expect("the demo city has layers");
        let asked = sample(&land, parcels as i64, today);
        let view = View::of(Arc::clone(&reference), land, today);
        let size = name(parcels);
        let mut turn = 0;
        criterion.bench_function(&format!("extract/values/{size}"), |b| {
            b.iter(|| {
                turn = (turn + 1) % asked.len();
                let extract = view.extract(asked[turn]).expect("a parcel of today");
                assert!(extract.themes.len() > 10);
                black_box(extract);
            });
        });
        let how = Asked {
            language: Language::Vietnamese,
            system: None,
            since: None,
        };
        criterion.bench_function(&format!("extract/canonical/{size}"), |b| {
            b.iter(|| {
                turn = (turn + 1) % asked.len();
                let bytes = canonical(&view, asked[turn], how).expect("a parcel of today");
                assert!(bytes.starts_with(b"{\"areas\":{"));
                black_box(bytes);
            });
        });
    }
}

/// Parcels of a day from all over the city, in no order of place.
fn sample(land: &Land, parcels: i64, today: Day) -> Vec<ParcelId> {
    let step = (parcels / QUESTIONS).max(1);
    let ids = (1..=parcels).step_by(step as usize);
    let ids = ids.filter_map(|id| ParcelId::new(id).ok());
    let mut asked: Vec<ParcelId> = ids
        .filter(|id| land.entry_on(*id, today).is_some())
        .collect();
    assert!(asked.len() > 1000, "{} parcels to ask for", asked.len());
    asked.sort_by_key(|id| (id.get().wrapping_mul(7919)) % 10_007);
    asked
}
