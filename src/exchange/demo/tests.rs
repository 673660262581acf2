//! Laws of the demo city: the same every time, a coverage but for the defects, exact on the globe.

use super::*;
use crate::cadastre::{Day, Parcel, ParcelId, Ward, WardSuccession, ward_successions};
use crate::crs::{Epsg, Planes, Transforms};
use crate::exchange::read_wards;
use crate::geometry::{Shape, interiors_intersect, validity};
use crate::land::{Edit, ParcelChange};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::OnceLock;

struct Ground {
    planes: Planes,
    transforms: Transforms,
    wards: Vec<Ward>,
    successions: Vec<WardSuccession>,
}

/// Read once: the borders of 168 wards are many vertices.
fn ground() -> &'static Ground {
    static GROUND: OnceLock<Ground> = OnceLock::new();
    GROUND.get_or_init(read_ground)
}

fn read_ground() -> Ground {
    let planes = Planes::load(include_str!("../../../data/planes.toml")).expect("the planes");
    let transforms = Transforms::new(&planes).expect("PROJ knows them");
    let geopackage = include_bytes!("../../../data/wards/wards.gpkg");
    let file = include_str!("../../../data/wards/wards.toml");
    let wards = read_wards(geopackage, file, &planes, &transforms).expect("the wards");
    let csv = include_str!("../../../data/wards/ward-crosswalk-2025.csv");
    let merger = Day::parse("2025-07-01").expect("a day");
    let successions = ward_successions(csv, merger).expect("the crosswalk");
    Ground {
        planes,
        transforms,
        wards,
        successions,
    }
}

fn city(ground: &Ground, parcels: u64) -> DemoCity {
    let options = DemoOptions {
        parcels,
        seed: 7,
        batch: 2_000,
    };
    let file = include_str!("../../../data/demo/city.toml");
    DemoCity::new(
        options,
        file,
        &ground.wards,
        &ground.successions,
        &ground.planes,
    )
    .expect("there is room")
}

/// Every version of every parcel with its days.
fn versions(edits: &[Edit]) -> impl Iterator<Item = (&Parcel, Day, Option<Day>)> {
    edits
        .iter()
        .flat_map(|e| &e.parcels)
        .filter_map(|change| match change {
            ParcelChange::Open { parcel, from, to } => Some((parcel, *from, *to)),
            ParcelChange::Supersede { .. } | ParcelChange::Close { .. } => None,
        })
}

fn today(edits: &[Edit]) -> Vec<&Parcel> {
    let open = versions(edits).filter(|(_, _, to)| to.is_none());
    open.map(|(parcel, ..)| parcel).collect()
}

#[test]
fn the_same_seed_gives_the_same_city_and_another_seed_another() {
    let ground = ground();
    let whole = |parcels| format!("{:?}", city(ground, parcels).collect::<Vec<_>>());
    assert_eq!(whole(1_200), whole(1_200));
    let file = include_str!("../../../data/demo/city.toml");
    let options = DemoOptions {
        parcels: 1_200,
        seed: 8,
        batch: 2_000,
    };
    let other = DemoCity::new(
        options,
        file,
        &ground.wards,
        &ground.successions,
        &ground.planes,
    );
    let other = format!("{:?}", other.expect("there is room").collect::<Vec<_>>());
    assert_ne!(other, whole(1_200));
}

#[test]
fn as_many_parcels_exist_today_as_were_asked_for_in_both_zones() {
    let ground = ground();
    let edits: Vec<Edit> = city(ground, 12_000).collect();
    let today = today(&edits);
    assert_eq!(today.len(), 12_000);
    let mut by_zone: BTreeMap<u32, usize> = BTreeMap::new();
    for parcel in &today {
        *by_zone.entry(parcel.plane.0).or_default() += 1;
    }
    assert_eq!(by_zone, BTreeMap::from([(5899, 3_000), (9210, 9_000)]));
    assert!(edits.len() > 5, "batches of about 2 000 changes");
    assert!(
        edits[1..]
            .iter()
            .all(|e| e.layers.is_empty() && e.features.is_empty())
    );
    assert!(
        edits[0]
            .layers
            .iter()
            .all(|l| l.synthetic && l.title_vi.contains("giả lập"))
    );
    assert_eq!(
        (edits[0].wards.len(), edits[0].successions.len()),
        (168, 492)
    );
}

#[test]
fn neighbours_share_their_vertices_and_overlap_only_where_a_defect_was_planted() {
    let ground = ground();
    let mut city = city(ground, 9_000);
    let edits: Vec<Edit> = city.by_ref().collect();
    let spoiled = |kind| -> HashSet<ParcelId> {
        let planted = city.planted().iter().filter(|d| d.kind == kind);
        planted.map(|d| d.parcel).collect()
    };
    let overlapping = spoiled(DefectKind::Overlap);
    let today = today(&edits);
    let mut cells: HashMap<(u32, i32, i32), Vec<usize>> = HashMap::new();
    let boxes: Vec<_> = today
        .iter()
        .map(|p| p.shape.envelope().expect("not empty"))
        .collect();
    for (k, (parcel, b)) in today.iter().zip(&boxes).enumerate() {
        assert!(validity::is_valid(&parcel.shape), "{}", parcel.as_map);
        for x in b.min.x() / 50_000..=b.max.x() / 50_000 {
            for y in b.min.y() / 50_000..=b.max.y() / 50_000 {
                cells.entry((parcel.plane.0, x, y)).or_default().push(k);
            }
        }
    }
    let mut met: HashSet<(usize, usize)> = HashSet::new();
    let mut found: HashSet<ParcelId> = HashSet::new();
    for near in cells.values() {
        for (n, &a) in near.iter().enumerate() {
            for &b in &near[n + 1..] {
                if !boxes[a].intersects(&boxes[b]) || !met.insert((a.min(b), a.max(b))) {
                    continue;
                }
                let area = |k: usize| Shape::Areas(today[k].shape.clone());
                if interiors_intersect(&area(a), &area(b)) {
                    let ids = [today[a].id, today[b].id];
                    let spoiled = ids.into_iter().find(|id| overlapping.contains(id));
                    found.insert(spoiled.unwrap_or_else(|| unreachable!("{ids:?} overlap")));
                }
            }
        }
    }
    assert_eq!(found, overlapping);
    for kind in [
        DefectKind::Overlap,
        DefectKind::Gap,
        DefectKind::AreaMismatch,
        DefectKind::UnknownLandUse,
    ] {
        assert!(spoiled(kind).len() >= 5, "{kind:?}");
    }
}

#[test]
fn every_vertex_comes_back_to_its_grid_point_from_nine_decimals() {
    let ground = ground();
    let edits: Vec<Edit> = city(ground, 6_000).collect();
    for (parcel, ..) in versions(&edits) {
        let plane = ground.planes.get(parcel.plane).expect("one of the city's");
        for &point in parcel.shape.rings().flat_map(|ring| &ring.0) {
            let at = ground
                .transforms
                .to_lonlat(plane.epsg, point)
                .expect("on the globe");
            let back = ground.transforms.to_plane(plane, at.to_nine_decimals());
            assert_eq!(back, Ok(point), "{}", parcel.as_map);
            let mut answered = None;
            let answer = ground
                .transforms
                .to_lonlat_fast(plane.epsg, [point], |at| answered = Some(at));
            assert_eq!(answer, Ok(()));
            let answered = answered.expect("handed over").to_nine_decimals();
            let back = ground.transforms.to_plane(plane, answered);
            assert_eq!(back, Ok(point), "{}", parcel.as_map);
        }
    }
}

#[test]
fn history_crosses_the_merger_without_a_hole_and_lineage_meets_on_its_day() {
    let ground = ground();
    let edits: Vec<Edit> = city(ground, 9_000).collect();
    let merger = ground.successions[0].day;
    let mut days: HashMap<ParcelId, Vec<(Day, Option<Day>)>> = HashMap::new();
    for (parcel, from, to) in versions(&edits) {
        days.entry(parcel.id).or_default().push((from, to));
        let in_former = parcel.ward == parcel.as_map.commune;
        let new_code = parcel.ward.number();
        assert!(from >= merger || in_former, "{new_code} on {from}");
    }
    for lifetimes in days.values_mut() {
        lifetimes.sort();
        let joined = lifetimes
            .windows(2)
            .all(|pair| pair[0].1 == Some(pair[1].0));
        assert!(joined, "{lifetimes:?}");
    }
    let lineage: Vec<_> = edits.iter().flat_map(|e| &e.lineage).collect();
    for edge in &lineage {
        assert_eq!(
            days[&edge.predecessor].last().expect("held").1,
            Some(edge.day)
        );
        assert_eq!(days[&edge.successor][0].0, edge.day);
    }
    let before = lineage.iter().filter(|edge| edge.day < merger).count();
    assert!(before > 0 && before < lineage.len());
}

#[test]
fn a_key_is_unique_in_its_former_commune_and_ambiguous_in_wards_of_today() {
    let ground = ground();
    let edits: Vec<Edit> = city(ground, 12_000).collect();
    let mut keys: HashMap<_, ParcelId> = HashMap::new();
    let mut in_ward: HashMap<_, HashSet<ParcelId>> = HashMap::new();
    for (parcel, ..) in versions(&edits) {
        let other = keys.insert(parcel.as_map.clone(), parcel.id);
        assert!(other.is_none_or(|id| id == parcel.id), "{}", parcel.as_map);
        let key = (parcel.ward, &parcel.as_map.sheet, &parcel.as_map.number);
        in_ward.entry(key).or_default().insert(parcel.id);
    }
    assert!(in_ward.values().any(|parcels| parcels.len() > 1));
}

#[test]
fn a_city_larger_than_its_wards_is_refused_with_the_room_there_is() {
    let ground = ground();
    let ben_thanh: Vec<Ward> = ground
        .wards
        .iter()
        .filter(|w| w.name == "Bến Thành")
        .cloned()
        .collect();
    let file = include_str!("../../../data/demo/city.toml");
    let options = DemoOptions {
        parcels: 1_000_000,
        ..DemoOptions::default()
    };
    let refused = DemoCity::new(
        options,
        file,
        &ben_thanh,
        &ground.successions,
        &ground.planes,
    );
    assert!(matches!(refused, Err(DemoError::NoRoom { room, .. }) if room > 1_000));
    let refused = DemoCity::new(options, file, &[], &ground.successions, &ground.planes);
    assert!(matches!(refused, Err(DemoError::NoWards(_))));
}

/// Layers that cover their ground and hold nothing there.
const SILENT: [&str; 6] = [
    "parcel_coverage",
    "local_adjustments",
    "architecture_areas",
    "road_corridors",
    "rail_corridors",
    "aerodrome_surfaces",
];

#[test]
fn features_are_valid_and_every_layer_has_some_but_those_whose_silence_is_known() {
    let ground = ground();
    let first = city(ground, 30_000).next().expect("the first edit");
    let mut of_layer: BTreeMap<String, usize> = BTreeMap::new();
    for change in &first.features {
        if let crate::land::FeatureChange::Open(feature) = change {
            *of_layer.entry(feature.layer.0.to_string()).or_default() += 1;
            for (plane, shape) in &feature.shapes {
                assert!([Epsg(9210), Epsg(5899)].contains(plane));
                let area = matches!(shape, Shape::Areas(area) if validity::is_valid(area));
                assert!(area, "{feature:?}");
            }
        }
    }
    for layer in &first.layers {
        let held = of_layer.contains_key(&*layer.code.0);
        assert_eq!(held, !SILENT.contains(&&*layer.code.0), "{}", layer.code.0);
        assert!(layer.coverage.iter().all(|(_, area)| !area.0.is_empty()));
    }
}

/// Laws of its certificates.
mod certificates;
