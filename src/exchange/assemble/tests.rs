//! Tests of assembling parcels from lines and texts.

use super::*;
use crate::cadastre::{Day, LandUseTable, MapScale, ParcelStatus, SheetNumber, WardCode};
use crate::crs::{Epsg, Planes};
use crate::exchange::check::Ground;
use crate::exchange::text::DecimalSign;
use crate::exchange::{FeatureNumber, Finding, FindingCode, Severity};
use crate::geometry::{LineString, Point};

fn point(x: i32, y: i32) -> Point {
    Point::new(x, y).expect("on the grid")
}

fn assembled(lines: &[&[(i32, i32)]], texts: &[(i32, i32, &str)]) -> Assembled {
    assembled_with(None, lines, texts)
}

fn assembled_with(
    decimal: Option<DecimalSign>,
    lines: &[&[(i32, i32)]],
    texts: &[(i32, i32, &str)],
) -> Assembled {
    let mut features = 1..;
    let mut number = || FeatureNumber(features.next().expect("an endless range"));
    let drawing = Drawing {
        lines: lines
            .iter()
            .map(|points| DrawnLine {
                feature: number(),
                line: LineString(points.iter().map(|&(x, y)| point(x, y)).collect()),
            })
            .collect(),
        texts: texts
            .iter()
            .map(|&(x, y, text)| DrawnText {
                feature: number(),
                at: point(x, y),
                role: TextRole::Number,
                text: text.to_owned(),
            })
            .collect(),
    };
    let title = TitleBlock {
        commune: WardCode::from_number(26_743).expect("a ward code"),
        sheet: SheetNumber::parse("5").expect("a sheet number"),
        ward: None,
        plane: Epsg(9210),
        scale: MapScale::S500,
        status: ParcelStatus::InUse,
        decimal,
    };
    let planes = Planes::load(include_str!("../../../data/planes.toml")).expect("planes");
    let land_use = LandUseTable::load(include_str!("../../../data/land_use_codes.toml"));
    let ground = Ground {
        planes: &planes,
        transforms: None,
        wards: &[],
        successions: &[],
        land_use: &land_use.expect("land-use codes"),
        day: Day(20_000),
    };
    assemble(&drawing, &title, &ground)
}

fn codes(findings: &[Finding]) -> Vec<FindingCode> {
    findings.iter().map(|f| f.code).collect()
}

const BLOCK: &[(i32, i32)] = &[(0, 0), (10_000, 0), (10_000, 20_000), (0, 20_000), (0, 0)];
const WALL: &[(i32, i32)] = &[(5_000, 0), (5_000, 20_000)];

#[test]
fn a_block_with_a_wall_is_two_parcels_with_number_area_and_land_use() {
    let texts = [
        (2_000, 9_000, "12 / 100.0 / ODT"),
        (7_000, 9_000, "13 / 99.5 / ODT+CLN"),
    ];
    let Assembled {
        drafts, findings, ..
    } = assembled(&[BLOCK, WALL], &texts);
    assert_eq!(findings, []);
    let told: Vec<_> = drafts
        .iter()
        .map(|d| {
            let uses: Vec<&str> = d.land_use.iter().map(|l| l.code.as_str()).collect();
            let registered = d.registered_area.map(|a| a.m2());
            (
                d.feature.0,
                d.as_map.to_string(),
                d.shape.twice_area(),
                registered,
                uses,
            )
        })
        .collect();
    let expected = [
        (
            3,
            "26743.5.12".to_owned(),
            200_000_000,
            Some(100.0),
            vec!["ODT"],
        ),
        (
            4,
            "26743.5.13".to_owned(),
            200_000_000,
            Some(99.5),
            vec!["ODT", "CLN"],
        ),
    ];
    assert_eq!(told, expected);
}

#[test]
fn a_drawn_area_of_two_readings_is_told_by_the_ground_or_the_profile_or_stays_out() {
    let large: &[(i32, i32)] = &[(0, 0), (61_700, 0), (61_700, 20_000), (0, 20_000), (0, 0)];
    let label = [(2_000, 9_000, "12 / 1.234 / ODT")];
    let areas = |assembled: &Assembled| -> Vec<Option<f64>> {
        let drafts = assembled.drafts.iter();
        drafts.map(|d| d.registered_area.map(|a| a.m2())).collect()
    };
    let by_ground = assembled(&[large], &label);
    assert_eq!(
        (areas(&by_ground), by_ground.by_measure),
        (vec![Some(1234.0)], 1)
    );
    let undecided = assembled(&[BLOCK], &label);
    assert_eq!(codes(&undecided.findings), [FindingCode::UnreadableField]);
    assert_eq!(undecided.findings[0].key.as_deref(), Some("26743.5.12"));
    assert_eq!((undecided.drafts.len(), undecided.rejected.len()), (0, 1));
    let stated = assembled_with(Some(DecimalSign::Comma), &[BLOCK], &label);
    assert_eq!((areas(&stated), stated.by_measure), (vec![Some(1234.0)], 0));
}

#[test]
fn a_wall_that_ends_short_of_the_block_says_by_how_much_and_both_numbers_stay_out() {
    let short: &[(i32, i32)] = &[(5_000, 0), (5_000, 19_950)];
    let texts = [(2_000, 9_000, "12"), (7_000, 9_000, "13")];
    let assembled = assembled(&[BLOCK, short], &texts);
    assert!(assembled.drafts.is_empty());
    assert_eq!(assembled.rejected.len(), 1);
    assert_eq!(assembled.rejected[0].texts, ["12", "13"]);
    let expected = [FindingCode::UnclosedBoundary, FindingCode::AmbiguousLabel];
    assert_eq!(codes(&assembled.findings), expected);
    assert_eq!(assembled.findings[0].width_m, Some(0.05));
    assert_eq!(assembled.findings[1].severity, Severity::Rejection);
}

#[test]
fn a_line_that_ends_in_the_open_dangles_and_one_drawn_twice_is_told_once() {
    let stub: &[(i32, i32)] = &[(10_000, 5_000), (15_000, 5_000)];
    let assembled = assembled(
        &[BLOCK, WALL, WALL, stub],
        &[(2_000, 9_000, "12"), (7_000, 9_000, "13")],
    );
    assert_eq!(assembled.drafts.len(), 2);
    let mut found = codes(&assembled.findings);
    found.sort();
    assert_eq!(found, [FindingCode::Dangle, FindingCode::DoubleLine]);
}

#[test]
fn a_text_outside_every_figure_strays_and_a_figure_without_one_is_counted() {
    let assembled = assembled(&[BLOCK], &[(20_000, 9_000, "12")]);
    assert!(assembled.drafts.is_empty());
    assert_eq!(assembled.unnumbered, 1);
    let expected = [FindingCode::AmbiguousLabel, FindingCode::StrayLabel];
    assert_eq!(codes(&assembled.findings), expected);
    // The parcel stays out, under its key: it is not gone.
    let stray = &assembled.findings[1];
    assert_eq!(stray.severity, Severity::Rejection);
    assert_eq!(stray.key.as_deref(), Some("26743.5.12"));
    assert_eq!(assembled.unplaced.len(), 1);
}

#[test]
fn a_stray_text_that_names_no_parcel_or_one_that_has_a_figure_is_only_told() {
    let texts = [
        (2_000, 9_000, "12"),
        (20_000, 9_000, "12"),
        (30_000, 9_000, "hẻm"),
    ];
    let assembled = assembled(&[BLOCK], &texts);
    assert_eq!((assembled.drafts.len(), assembled.unplaced.len()), (1, 0));
    assert_eq!(codes(&assembled.findings), [FindingCode::StrayLabel; 2]);
    let warned = |f: &Finding| f.severity == Severity::Warning;
    assert!(assembled.findings.iter().all(warned));
}

#[test]
fn a_house_inside_a_parcel_leaves_a_parcel_with_a_hole_and_a_figure_of_its_own() {
    let yard: &[(i32, i32)] = &[
        (3_000, 3_000),
        (3_000, 6_000),
        (6_000, 6_000),
        (6_000, 3_000),
        (3_000, 3_000),
    ];
    let assembled = assembled(
        &[BLOCK, yard],
        &[(1_000, 1_000, "12"), (4_000, 4_000, "13")],
    );
    let holes: Vec<usize> = assembled
        .drafts
        .iter()
        .map(|d| d.shape.0[0].interiors.len())
        .collect();
    assert_eq!(assembled.drafts.len(), 2);
    assert_eq!(holes.iter().sum::<usize>(), 1);
}
