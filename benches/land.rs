//! The demo city in memory: bulk load, snapshot file, memory per parcel, lookups, an edit.

use crate::city::{self, name, once, resident, say, sizes, systems};
use criterion::Criterion;
use diachinh::cadastre::{Day, ParcelVersion, Revision};
use diachinh::crs::LonLat;
use diachinh::geometry::{Envelope, Point, point_on_surface};
use diachinh::land::{Changes, City, Land, LookupQuestion};
use std::fs::File;
use std::hint::black_box;
use std::io::{BufReader, BufWriter, Write};

/// Questions that are asked in turn; enough that no cache holds all their answers.
const QUESTIONS: i64 = 20_000;

pub fn define(criterion: &mut Criterion) {
    let systems = systems();
    for parcels in sizes() {
        let size = name(parcels);
        let land = city::land(parcels, &systems);
        let land = through_file(land, &systems, &size);
        let today = Day::parse("2026-11-23").expect("a date");
        let asked = sample(&land, parcels as i64, today);
        lookups(criterion, &land, &asked, today, &size);
        windows(criterion, &land, &asked, today, &size);
        edits(criterion, &land, &asked, today, &size);
    }
}

/// Writes the land to a file, lets go of it, reads it back; with times and memory.
fn through_file(land: Land, systems: &City, size: &str) -> Land {
    let path = std::env::temp_dir().join(format!("diachinh-bench-{}.land", std::process::id()));
    let versions = land.size().versions;
    once(&format!("land/write_snapshot/{size}"), || {
        let mut output = BufWriter::new(File::create(&path).expect("room for a file"));
        land.write_snapshot(&mut output).expect("room on the disk");
        output.flush().expect("room on the disk");
    });
    drop(land);
    let before = resident();
    let land = once(&format!("land/read_snapshot/{size}"), || {
        let mut input = BufReader::new(File::open(&path).expect("the file just written"));
        Land::read_snapshot(&mut input, systems.clone()).expect("a whole file")
    });
    assert_eq!(land.size().versions, versions);
    let more = resident().saturating_sub(before);
    let each = |bytes: u64| bytes as f64 / versions as f64;
    let base = land.size().base_bytes as u64;
    let file = std::fs::metadata(&path)
        .expect("the file just written")
        .len();
    say(&format!(
        "land/memory/{size}: {versions} versions, {:.0} bytes each in the base, {:.0} resident, {:.0} in the file",
        each(base),
        each(more),
        each(file)
    ));
    std::fs::remove_file(&path).expect("the file just read");
    land
}

/// Parcels of today from all over the city.
fn sample(land: &Land, parcels: i64, today: Day) -> Vec<(ParcelVersion, LonLat)> {
    let step = (parcels / QUESTIONS).max(1);
    let ids = (1..=parcels).step_by(step as usize);
    let ids = ids.filter_map(|id| diachinh::cadastre::ParcelId::new(id).ok());
    let versions = ids.filter_map(|id| land.parcel(id, today));
    let inside = |v: ParcelVersion| {
        let at = point_on_surface(&v.parcel.shape)?;
        let at = land.city().transforms.to_lonlat(v.parcel.plane, at).ok()?;
        Some((v, at))
    };
    let mut asked: Vec<_> = versions.filter_map(inside).collect();
    assert!(asked.len() > 1000, "{} parcels to ask for", asked.len());
    // Stride through the city instead of walking it.
    asked.sort_by_key(|(v, _)| (v.parcel.id.get().wrapping_mul(7919)) % 10_007);
    asked
}

fn lookups(
    criterion: &mut Criterion,
    land: &Land,
    asked: &[(ParcelVersion, LonLat)],
    today: Day,
    size: &str,
) {
    let by_position = |(_, at): &(ParcelVersion, LonLat)| LookupQuestion::Position {
        at: *at,
        accuracy_m: None,
    };
    let by_key = |(v, _): &(ParcelVersion, LonLat)| LookupQuestion::Key {
        ward: v.parcel.ward.to_string(),
        sheet: v.parcel.as_map.sheet.as_str().to_owned(),
        number: v.parcel.as_map.number.as_str().to_owned(),
    };
    let by_text = |(v, _): &(ParcelVersion, LonLat)| {
        let name = land.ward_name(v.parcel.ward, today).unwrap_or_default();
        let (sheet, number) = (
            v.parcel.as_map.sheet.as_str(),
            v.parcel.as_map.number.as_str(),
        );
        LookupQuestion::Text(format!("thua {number} to {sheet} {name}"))
    };
    let kinds: [(&str, Vec<LookupQuestion>); 3] = [
        ("position", asked.iter().map(by_position).collect()),
        ("key", asked.iter().map(by_key).collect()),
        ("text", asked.iter().map(by_text).collect()),
    ];
    for (kind, questions) in kinds {
        let mut turn = 0;
        criterion.bench_function(&format!("land/lookup_by_{kind}/{size}"), |b| {
            b.iter(|| {
                turn = (turn + 1) % questions.len();
                let answer = land
                    .lookup(&questions[turn], today)
                    .expect("a question of the city");
                let id = asked[turn].0.parcel.id;
                assert!(answer.matches.iter().any(|m| m.version.parcel.id == id));
            });
        });
    }
    let mut turn = 0;
    criterion.bench_function(&format!("land/parcel_by_id/{size}"), |b| {
        b.iter(|| {
            turn = (turn + 1) % asked.len();
            assert!(land.parcel(asked[turn].0.parcel.id, today).is_some());
        });
    });
}

fn windows(
    criterion: &mut Criterion,
    land: &Land,
    asked: &[(ParcelVersion, LonLat)],
    today: Day,
    size: &str,
) {
    let around = |v: &ParcelVersion| {
        let e = v.parcel.shape.envelope().expect("every parcel has a shape");
        let grown = |p: Point, by: i32| Point::new(p.x() + by, p.y() + by).expect("on the grid");
        Envelope {
            min: grown(e.min, -50_000),
            max: grown(e.max, 50_000),
        }
    };
    let mut turn = 0;
    criterion.bench_function(&format!("land/parcels_within_50_m/{size}"), |b| {
        b.iter(|| {
            turn = (turn + 1) % asked.len();
            let version = &asked[turn].0;
            let found = land.parcels_in(version.parcel.plane, &around(version), today);
            assert!(
                black_box(found)
                    .iter()
                    .any(|v| v.version == version.version)
            );
        });
    });
}

/// An edit of one parcel, until the changed land answers with it.
fn edits(
    criterion: &mut Criterion,
    land: &Land,
    asked: &[(ParcelVersion, LonLat)],
    today: Day,
    size: &str,
) {
    let mut turn = 0;
    criterion.bench_function(&format!("land/edit_one_parcel/{size}"), |b| {
        b.iter(|| {
            turn = (turn + 1) % asked.len();
            let mut version = asked[turn].0.clone();
            version.recorded_in = Revision(2);
            let changes = Changes {
                to: Revision(2),
                parcels: vec![version],
                ..Changes::default()
            };
            let edited = land.apply(&changes);
            let id = asked[turn].0.parcel.id;
            let found = edited.parcel(id, today).map(|v| v.recorded_in);
            assert_eq!(found, Some(Revision(2)));
        });
    });
    let edited = once(&format!("land/turn_of_a_day/{size}"), || {
        land.turning(today, Day(today.0 + 1))
    });
    black_box(edited);
    let compacted = once(&format!("land/compact/{size}"), || land.compact());
    assert_eq!(compacted.size().versions, land.size().versions);
}
