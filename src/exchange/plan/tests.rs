//! Tests of matching stated features with held ones.

use super::{HeldFeatures, ReconciledPlan, StatedFeature, reconcile_features};
use crate::cadastre::{Day, Instant, Interval, Lifespan, Revision};
use crate::crs::Epsg;
use crate::exchange::FeatureNumber;
use crate::geometry::{Point, Shape};
use crate::land::FeatureChange;
use crate::planning::{FeatureId, FeatureKind, LayerCode, PlanFeature};

/// The day of the layer.
const TODAY: Day = Day(100);

fn layer() -> LayerCode {
    LayerCode("heritage".into())
}

fn kind(legend: &str) -> FeatureKind {
    FeatureKind::Restriction {
        kind: "zone_1".to_owned(),
        legend_vi: legend.to_owned(),
        legend_en: String::new(),
    }
}

fn shapes() -> Vec<(Epsg, Shape)> {
    let point = Point::new(1, 2).expect("on the grid");
    vec![
        (Epsg(9210), Shape::Points(vec![point])),
        (Epsg(5899), Shape::Points(vec![point])),
    ]
}

fn stated(key: &str, legend: &str, from: Option<i32>, to: Option<i32>) -> StatedFeature {
    StatedFeature {
        numbers: vec![FeatureNumber(0)],
        layer: layer(),
        key: key.to_owned(),
        kind: kind(legend),
        provisions: Vec::new(),
        shapes: shapes(),
        states_planes: true,
        valid_from: from.map(Day),
        valid_to: to.map(Day),
    }
}

fn held(key: &str, legend: &str, from: i32, to: Option<i32>) -> PlanFeature {
    let mut shapes = shapes();
    shapes.reverse();
    PlanFeature {
        id: FeatureId(7),
        layer: layer(),
        key: key.to_owned(),
        kind: kind(legend),
        shapes,
        provisions: Vec::new(),
        lifespan: Lifespan {
            valid: Interval {
                from: Day(from),
                to: to.map(Day),
            },
            recorded: Interval::open(Instant(0)),
        },
        recorded_in: Revision(1),
    }
}

fn reconciled(stated: Vec<StatedFeature>, versions: Vec<PlanFeature>) -> ReconciledPlan {
    let held = HeldFeatures {
        versions,
        ..HeldFeatures::default()
    };
    let mut next = 1000;
    reconcile_features(
        stated,
        held,
        |_| TODAY,
        || {
            next += 1;
            FeatureId(next)
        },
    )
}

/// What is written: `7 a 100-` opens, `7 -100` closes.
fn told(plan: &ReconciledPlan) -> Vec<String> {
    let told = |change: &FeatureChange| match change {
        FeatureChange::Open(feature) => {
            let FeatureKind::Restriction { legend_vi, .. } = &feature.kind else {
                unreachable!("{feature:?}");
            };
            let valid = feature.lifespan.valid;
            let to = valid.to.map(|day| day.0.to_string()).unwrap_or_default();
            format!("{} {legend_vi} {}-{to}", feature.id.0, valid.from.0)
        }
        FeatureChange::Close { id, to, .. } => format!("{} -{}", id.0, to.0),
    };
    plan.changes.iter().map(told).collect()
}

fn counts(plan: &ReconciledPlan) -> [u64; 5] {
    let c = plan.counts;
    [c.new, c.changed, c.unchanged, c.retired, c.in_doubt]
}

#[test]
fn planes_in_another_order_are_the_same_feature() {
    let plan = reconciled(
        vec![stated("1", "a", None, None)],
        vec![held("1", "a", 5, None)],
    );
    assert_eq!((told(&plan), counts(&plan)), (vec![], [0, 0, 1, 0, 0]));
}

#[test]
fn a_feature_without_days_holds_from_the_day_of_its_layer() {
    let plan = reconciled(
        vec![stated("new", "a", None, None), stated("1", "b", None, None)],
        vec![held("1", "a", 5, None)],
    );
    assert_eq!(told(&plan), ["1001 a 100-", "7 b 100-"]);
    assert_eq!(counts(&plan), [1, 1, 0, 0, 0]);
}

#[test]
fn a_feature_that_ended_and_is_there_again_begins_again() {
    let plan = reconciled(
        vec![stated("1", "a", None, None)],
        vec![held("1", "a", 5, Some(50))],
    );
    assert_eq!(
        (told(&plan), counts(&plan)),
        (vec!["7 a 100-".to_owned()], [0, 1, 0, 0, 0])
    );
}

#[test]
fn a_history_that_is_held_is_unchanged_and_one_day_more_is_a_change() {
    let history = |end| {
        vec![
            stated("1", "a", Some(5), Some(50)),
            stated("1", "b", Some(50), end),
        ]
    };
    let versions = || vec![held("1", "b", 50, None), held("1", "a", 5, Some(50))];
    let plan = reconciled(history(None), versions());
    assert_eq!((told(&plan), counts(&plan)), (vec![], [0, 0, 2, 0, 0]));
    let plan = reconciled(history(Some(90)), versions());
    assert_eq!(
        (told(&plan), counts(&plan)),
        (vec!["7 -90".to_owned()], [0, 1, 1, 0, 0])
    );
}

#[test]
fn versions_cut_in_two_that_say_the_same_are_held_throughout() {
    let versions = vec![held("1", "a", 5, Some(50)), held("1", "a", 50, None)];
    let plan = reconciled(vec![stated("1", "a", Some(5), None)], versions);
    assert_eq!(counts(&plan), [0, 0, 1, 0, 0]);
    let gap = vec![held("1", "a", 5, Some(40)), held("1", "a", 50, None)];
    let plan = reconciled(vec![stated("1", "a", Some(5), None)], gap);
    assert_eq!(told(&plan), ["7 a 5-"]);
}

#[test]
fn days_that_the_file_leaves_out_are_taken_away_and_the_later_ones_written_again() {
    let claims = vec![
        stated("1", "a", Some(5), Some(50)),
        stated("1", "a", Some(60), None),
    ];
    let plan = reconciled(claims, vec![held("1", "a", 5, None)]);
    assert_eq!(told(&plan), ["7 -50", "7 a 60-"]);
    assert_eq!(counts(&plan), [0, 2, 0, 0, 0]);
}

#[test]
fn a_feature_that_is_gone_ends_unless_another_dataset_brought_it_or_it_may_be_a_rejected_one() {
    let gone = |change: &dyn Fn(&mut HeldFeatures)| {
        let mut held_features = HeldFeatures {
            versions: vec![held("1", "a", 5, None)],
            ..HeldFeatures::default()
        };
        change(&mut held_features);
        reconcile_features(Vec::new(), held_features, |_| TODAY, || FeatureId(1))
    };
    let plan = gone(&|_| ());
    assert_eq!(
        (told(&plan), counts(&plan)),
        (vec!["7 -100".to_owned()], [0, 0, 0, 1, 0])
    );
    let others = gone(&|held| _ = held.of_others.insert(FeatureId(7)));
    assert_eq!((told(&others), counts(&others)), (vec![], [0; 5]));
    let rejected = gone(&|held| _ = held.rejected_keys.insert("heritage/1".to_owned()));
    assert_eq!(counts(&rejected), [0, 0, 0, 0, 1]);
    let keyless = gone(&|held| held.rejected_without_key = true);
    assert_eq!(counts(&keyless), [0, 0, 0, 0, 1]);
    let ended = gone(&|held| held.versions[0].lifespan.valid.to = Some(Day(90)));
    assert_eq!(counts(&ended), [0; 5], "it had ended before");
}
