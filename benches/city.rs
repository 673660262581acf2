//! The demo city as a land, at the sizes that `DIACHINH_BENCH_PARCELS` names; and plain clocks for
//! what is too large to be repeated.

use diachinh::cadastre::{
    Day, Instant, Interval, Lifespan, ParcelVersion, Revision, VersionId, ward_successions,
};
use diachinh::crs::{Planes, Transforms};
use diachinh::exchange::demo::{DemoCity, DemoOptions};
use diachinh::exchange::read_wards;
use diachinh::land::{City, FeatureChange, Land, LandBuilder, ParcelChange, RegisterReader};
use std::io::Write;
use std::sync::Arc;
use std::time::{Duration, Instant as Clock};

/// Parcels that exist today in each city: `43000` unless `DIACHINH_BENCH_PARCELS` says otherwise,
/// such as `43000,1000000,4300000`.
pub fn sizes() -> Vec<u64> {
    let asked = std::env::var("DIACHINH_BENCH_PARCELS").unwrap_or_else(|_| "43000".to_owned());
    let sizes = asked.split(',').map(|n| n.trim().parse());
    sizes
        .collect::<Result<_, _>>()
        .expect("numbers with commas between them")
}

/// `43k`, `1M`, `4.3M`.
pub fn name(parcels: u64) -> String {
    match parcels {
        1_000_000.. => format!("{}M", parcels as f64 / 1e6),
        1_000.. => format!("{}k", parcels / 1000),
        _ => parcels.to_string(),
    }
}

/// Does something once and says how long it took.
pub fn once<T>(id: &str, work: impl FnOnce() -> T) -> T {
    let start = Clock::now();
    let done = work();
    report(id, start.elapsed());
    done
}

pub fn report(id: &str, took: Duration) {
    say(&format!("{id:<40} {:>10.3} s, once", took.as_secs_f64()));
}

/// A line beside those of criterion.
pub fn say(line: &str) {
    writeln!(std::io::stdout(), "{line}").expect("somebody reads");
}

/// Memory of this process that is resident, in bytes.
pub fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux has it");
    let line = status.lines().find(|l| l.starts_with("VmRSS:"));
    let kilobytes = line.and_then(|l| l.split_whitespace().nth(1)?.parse::<u64>().ok());
    1024 * kilobytes.expect("a number of kilobytes")
}

/// Planes and transforms.
pub fn systems() -> City {
    let planes = Planes::load(include_str!("../data/planes.toml")).expect("the city's planes");
    let transforms = Transforms::new(&planes).expect("PROJ's database");
    City {
        planes: Arc::new(planes),
        transforms: Arc::new(transforms),
    }
}

/// The demo city with as many parcels, every version received as the store streams it. What the
/// generator takes is not counted.
pub fn land(parcels: u64, systems: &City) -> Land {
    let csv = include_str!("../data/wards/ward-crosswalk-2025.csv");
    let merger = Day::parse("2025-07-01").expect("a date");
    let successions = ward_successions(csv, merger).expect("the city's crosswalk");
    let wards = read_wards(
        include_bytes!("../data/wards/wards.gpkg"),
        include_str!("../data/wards/wards.toml"),
        &systems.planes,
        &systems.transforms,
    );
    let wards = wards.expect("the city's wards");
    let options = DemoOptions {
        parcels,
        ..DemoOptions::default()
    };
    let file = include_str!("../data/demo/city.toml");
    let edits =
        DemoCity::new(options, file, &wards, &successions, &systems.planes).expect("room for all");
    let mut builder = LandBuilder::default();
    let mut receiving = Duration::ZERO;
    let mut number = 0;
    for edit in edits {
        edit.wards.into_iter().for_each(|w| builder.ward(w));
        edit.successions
            .into_iter()
            .for_each(|s| builder.succession(s));
        edit.layers.into_iter().for_each(|l| builder.layer(l));
        for change in edit.features {
            if let FeatureChange::Open(feature) = change {
                builder.feature(*feature);
            }
        }
        edit.lineage.into_iter().for_each(|l| builder.lineage(l));
        let versions: Vec<ParcelVersion> = edit
            .parcels
            .into_iter()
            .filter_map(|change| {
                number += 1;
                version(change, number)
            })
            .collect();
        let start = Clock::now();
        versions.into_iter().for_each(|v| builder.parcel(v));
        receiving += start.elapsed();
    }
    report(&format!("land/receive/{}", name(parcels)), receiving);
    once(&format!("land/build/{}", name(parcels)), || {
        builder.build(Revision(1), Some(Instant(0)), systems.clone())
    })
}

fn version(change: ParcelChange, number: i64) -> Option<ParcelVersion> {
    let ParcelChange::Open { parcel, from, to } = change else {
        return None;
    };
    Some(ParcelVersion {
        version: VersionId(number),
        parcel,
        lifespan: Lifespan {
            valid: Interval { from, to },
            recorded: Interval::open(Instant(0)),
        },
        recorded_in: Revision(1),
    })
}
