//! Every function of the store does the same on SQLite and on PostgreSQL.

use diachinh::cadastre::{
    Day, Instant, Lineage, Parcel, ParcelId, ParcelVersion, Revision, Ward, WardCode,
    WardSuccession,
};
use diachinh::land::{Changes, Edit, FeatureChange, ParcelChange, RegisterReader};
use diachinh::planning::{Layer, PlanFeature};
use diachinh::store::{Error, FileScope, Sequence, Store};
use rstest::rstest;

use crate::databases::{Kind, Nowhere, Place, display, planes};
use crate::fixture;

/// Everything a load streams, in its order.
#[derive(Debug, Default, PartialEq)]
pub struct Register {
    pub wards: Vec<Ward>,
    pub successions: Vec<WardSuccession>,
    pub layers: Vec<Layer>,
    pub features: Vec<PlanFeature>,
    pub lineage: Vec<Lineage>,
    pub parcels: Vec<ParcelVersion>,
}

impl RegisterReader for Register {
    fn ward(&mut self, ward: Ward) {
        self.wards.push(ward);
    }
    fn succession(&mut self, succession: WardSuccession) {
        self.successions.push(succession);
    }
    fn layer(&mut self, layer: Layer) {
        self.layers.push(layer);
    }
    fn feature(&mut self, feature: PlanFeature) {
        self.features.push(feature);
    }
    fn lineage(&mut self, lineage: Lineage) {
        self.lineage.push(lineage);
    }
    fn parcel(&mut self, parcel: ParcelVersion) {
        self.parcels.push(parcel);
    }
}

impl Register {
    /// Loads a store; the versions in the order of parcels and days.
    pub fn of(store: &Store) -> (Revision, Self) {
        let mut register = Self::default();
        let revision = store.load(&mut register).expect("the register loads");
        register
            .parcels
            .sort_by_key(|v| (v.parcel.id, v.lifespan.valid.from));
        (revision, register)
    }
}

/// A day by its date.
pub fn day(text: &str) -> Day {
    Day::parse(text).expect("a date")
}

/// A moment on 23 November 2026.
pub fn at(second: i64) -> Instant {
    Instant(1_795_392_000_000_000 + 1_000_000 * second)
}

/// The land `two_villages` as an edit.
pub fn villages() -> Edit {
    fixture::land("two_villages", &planes())
}

/// An edit of parcels only.
pub fn parcels(changes: Vec<ParcelChange>) -> Edit {
    Edit {
        dataset: "two_villages".to_owned(),
        summary: "a change".to_owned(),
        parcels: changes,
        ..Edit::default()
    }
}

/// The parcels an edit opens.
pub fn opened(edit: &Edit) -> Vec<Parcel> {
    let parcel = |change: &ParcelChange| match change {
        ParcelChange::Open { parcel, .. } | ParcelChange::Supersede { parcel, .. } => {
            Some(parcel.clone())
        }
        ParcelChange::Close { .. } => None,
    };
    edit.parcels.iter().filter_map(parcel).collect()
}

/// A version of a parcel that is current knowledge and whose valid interval is open.
fn current(store: &Store, id: ParcelId) -> ParcelVersion {
    let (_, register) = Register::of(store);
    let mut versions = register.parcels.into_iter();
    let found = versions.find(|v| v.parcel.id == id && v.lifespan.valid.to.is_none());
    found.expect("the parcel holds")
}

pub fn with_villages(kind: Kind) -> (Place, Edit) {
    let place = Place::new(kind);
    let edit = villages();
    let revision = place.store.commit(&edit, at(0), display());
    assert_eq!(revision.expect("the edit fits"), Revision(1));
    (place, edit)
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
fn what_was_committed_is_loaded(#[case] kind: Kind) {
    let (place, edit) = with_villages(kind);
    let (revision, register) = Register::of(&place.store);
    assert_eq!(revision, Revision(1));
    let mut wards = edit.wards.clone();
    wards.sort_by_key(|ward| ward.code);
    assert_eq!(register.wards, wards);
    assert_eq!(register.successions, edit.successions);
    assert_eq!(register.layers, edit.layers);
    assert_eq!(register.lineage, edit.lineage);
    let loaded: Vec<&Parcel> = register.parcels.iter().map(|v| &v.parcel).collect();
    let mut expected = opened(&edit);
    expected.sort_by_key(|parcel| parcel.id);
    assert_eq!(loaded, expected.iter().collect::<Vec<_>>());
    let mut features: Vec<PlanFeature> = Vec::new();
    for change in &edit.features {
        if let FeatureChange::Open(feature) = change {
            let mut feature = feature.as_ref().clone();
            feature.lifespan.recorded.from = at(0);
            feature.recorded_in = Revision(1);
            features.push(feature);
        }
    }
    let by_id = |features: &mut Vec<PlanFeature>| features.sort_by_key(|f| f.id);
    let mut loaded = register.features;
    by_id(&mut loaded);
    by_id(&mut features);
    assert_eq!(loaded, features);
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
fn changes_since_a_revision_lead_from_its_state_to_the_newest(#[case] kind: Kind) {
    let (place, edit) = with_villages(kind);
    let (_, before) = Register::of(&place.store);
    let mut parcel = opened(&edit)[0].clone();
    let old = current(&place.store, parcel.id);
    parcel.status = diachinh::cadastre::ParcelStatus::Disputed;
    let from = day("2026-11-01");
    let change = ParcelChange::Supersede {
        version: old.version,
        parcel,
        from,
    };
    let revision = place.store.commit(&parcels(vec![change]), at(5), display());
    assert_eq!(revision.expect("the edit fits"), Revision(2));
    let changes = place.store.changes_since(Revision(1)).expect("changes");
    assert_eq!(
        (changes.to, changes.recorded_at),
        (Revision(2), Some(at(5)))
    );
    assert_eq!(changes.parcels.len(), 3, "one closed, two written");
    let closed = changes.parcels.iter().find(|v| v.version == old.version);
    let closed = closed.expect("the old version is among the changes");
    assert_eq!(closed.lifespan.recorded.to, Some(at(5)));
    assert_eq!(
        applied(before.parcels, &changes),
        Register::of(&place.store).1.parcels
    );
    let none = place.store.changes_since(Revision(2)).expect("changes");
    assert!(none.parcels.is_empty() && none.features.is_empty() && none.wards.is_empty());
}

/// What a server does with the difference.
fn applied(mut versions: Vec<ParcelVersion>, changes: &Changes) -> Vec<ParcelVersion> {
    for change in &changes.parcels {
        versions.retain(|v| v.version != change.version);
        if change.lifespan.recorded.to.is_none() {
            versions.push(change.clone());
        }
    }
    versions.sort_by_key(|v| (v.parcel.id, v.lifespan.valid.from));
    versions
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
fn nothing_is_overwritten_and_the_past_can_be_asked(#[case] kind: Kind) {
    let (place, edit) = with_villages(kind);
    let parcel = opened(&edit)[0].clone();
    let old = current(&place.store, parcel.id);
    let close = ParcelChange::Close {
        version: old.version,
        to: day("2026-10-01"),
    };
    let revision = place.store.commit(&parcels(vec![close]), at(9), display());
    assert!(revision.is_ok(), "{revision:?}");
    let (history, _) = place.store.history(parcel.id).expect("a history");
    let [first, second] = history.as_slice() else {
        unreachable!("one version closed, one written: {history:?}");
    };
    assert_eq!(
        (first.version, first.lifespan.recorded.to),
        (old.version, Some(at(9)))
    );
    assert_eq!(second.lifespan.valid.to, Some(day("2026-10-01")));
    let known = |moment| {
        let mut versions = Vec::new();
        place
            .store
            .parcels_known_at(moment, &mut |v| versions.push(v))
            .expect("the past is there");
        versions.retain(|v| v.parcel.id == parcel.id);
        versions.iter().map(|v| v.version).collect::<Vec<_>>()
    };
    assert_eq!(known(at(-1)), []);
    assert_eq!(known(at(8)), [first.version]);
    assert_eq!(known(at(9)), [second.version]);
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
fn an_edit_on_a_version_that_was_superseded_is_stale_and_writes_nothing(#[case] kind: Kind) {
    let (place, edit) = with_villages(kind);
    let parcel = opened(&edit)[0].clone();
    let old = current(&place.store, parcel.id);
    let supersede = || ParcelChange::Supersede {
        version: old.version,
        parcel: parcel.clone(),
        from: day("2026-09-01"),
    };
    let first = place
        .store
        .commit(&parcels(vec![supersede()]), at(1), display());
    assert!(first.is_ok(), "{first:?}");
    let (_, before) = Register::of(&place.store);
    let second = place
        .store
        .commit(&parcels(vec![supersede()]), at(2), display());
    assert!(matches!(second, Err(Error::Stale { .. })), "{second:?}");
    let nowhere = place.store.commit(&villages(), at(3), &Nowhere);
    assert!(matches!(nowhere, Err(Error::Refused { .. })), "{nowhere:?}");
    assert_eq!(Register::of(&place.store), (Revision(2), before));
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
fn a_parcel_cannot_be_opened_twice_on_one_day(#[case] kind: Kind) {
    let (place, edit) = with_villages(kind);
    let again = place.store.commit(&parcels(edit.parcels), at(1), display());
    assert!(matches!(again, Err(Error::Overlap { .. })), "{again:?}");
    assert_eq!(place.store.revision().expect("a revision"), Revision(1));
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
fn a_feature_ends_and_a_new_version_takes_its_days(#[case] kind: Kind) {
    let (place, edit) = with_villages(kind);
    let feature = edit.features.iter().find_map(|change| match change {
        FeatureChange::Open(feature) => Some(feature.as_ref().clone()),
        FeatureChange::Close { .. } => None,
    });
    let mut feature = feature.expect("the fixture has features");
    feature.lifespan.valid.from = day("2026-06-01");
    let mut change = parcels(Vec::new());
    change.features = vec![FeatureChange::Open(Box::new(feature.clone()))];
    let put = place.store.commit(&change, at(1), display());
    assert_eq!(put.expect("the edit fits"), Revision(2));
    let held = |store: &Store| -> Vec<_> {
        let (_, register) = Register::of(store);
        let own = register.features.into_iter().filter(|f| f.id == feature.id);
        let mut days: Vec<_> = own
            .map(|f| (f.lifespan.valid.from, f.lifespan.valid.to))
            .collect();
        days.sort();
        days
    };
    let days = held(&place.store);
    assert_eq!(days.len(), 2);
    assert_eq!(days[0].1, Some(day("2026-06-01")));
    assert_eq!(days[1], (day("2026-06-01"), None));
    change.features = vec![FeatureChange::Close {
        layer: feature.layer.clone(),
        id: feature.id,
        to: day("2026-07-01"),
    }];
    let closed = place.store.commit(&change, at(2), display());
    assert!(closed.is_ok(), "{closed:?}");
    assert_eq!(held(&place.store)[1].1, Some(day("2026-07-01")));
    let changes = place.store.changes_since(Revision(2)).expect("changes");
    assert_eq!(changes.features.len(), 2, "one closed, one written");
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
fn the_revisions_are_listed_and_their_audit_holds_until_somebody_changes_it(#[case] kind: Kind) {
    let (place, edit) = with_villages(kind);
    let entries = place.store.revisions(10).expect("revisions");
    assert_eq!(entries.len(), 1);
    assert_eq!(entries[0].parcels_written, edit.parcels.len() as u64);
    assert_eq!(
        (entries[0].recorded_at, entries[0].audit_hash.len()),
        (at(0), 64)
    );
    assert_eq!(place.store.verify_audit().expect("an audit"), []);
    place.sql("UPDATE audit SET entry = replace(entry, 'two_villages', 'one_village')");
    let broken = place.store.verify_audit().expect("an audit");
    assert_eq!(
        (broken[0].chain.as_str(), broken[0].number),
        ("two_villages", 1)
    );
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
fn keys_are_handed_out_once_and_past_those_an_edit_brought(#[case] kind: Kind) {
    let (place, edit) = with_villages(kind);
    let greatest = opened(&edit)
        .iter()
        .map(|p| p.id.get())
        .max()
        .expect("parcels");
    let first = place.store.reserve(Sequence::Parcels, 3).expect("keys");
    let second = place.store.reserve(Sequence::Parcels, 1).expect("keys");
    assert_eq!(
        (first, second),
        (greatest + 1..greatest + 4, greatest + 4..greatest + 5)
    );
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
fn a_file_is_about_its_dataset_its_communes_and_its_identifiers(#[case] kind: Kind) {
    let (place, edit) = with_villages(kind);
    let (wards, successions) = place.store.wards().expect("the store answers");
    assert_eq!((wards.len(), successions), (2, edit.successions));
    let concerned = |dataset: &str, communes: Option<(&str, &str)>, identified| {
        let code = |text| WardCode::parse(text).expect("a code");
        let scope = FileScope {
            dataset,
            communes: communes.map(|(first, last)| (code(first), code(last))),
            identified,
        };
        let mut ids = Vec::new();
        let mut visit = |v: ParcelVersion| ids.push(v.parcel.id.get());
        let read = place.store.parcels_in_scope(scope, &mut visit);
        assert!(read.is_ok(), "{read:?}");
        ids.sort_unstable();
        ids
    };
    assert_eq!(concerned("another", None, false), [0_i64; 0]);
    assert_eq!(concerned("another", None, true), [1]);
    assert_eq!(concerned("another", Some(("26689", "26689")), false), [11]);
    let range = Some(("26744", "26749"));
    assert_eq!(concerned("another", range, false), [7]);
    let all = [1, 2, 3, 4, 5, 6, 7, 11];
    assert_eq!(concerned(&edit.dataset, None, false), all);
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
fn recorded_time_never_runs_backwards_even_when_the_clock_does(#[case] kind: Kind) {
    let (place, _) = with_villages(kind);
    let later = place
        .store
        .commit(&parcels(Vec::new()), at(-3600), display());
    assert!(later.is_ok(), "{later:?}");
    let entries = place.store.revisions(1).expect("revisions");
    assert_eq!(entries[0].recorded_at, Instant(at(0).0 + 1));
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
fn migrations_go_up_down_and_up_again_with_data_in_them(#[case] kind: Kind) {
    let (place, edit) = with_villages(kind);
    let applied = place.store.migrate().expect("nothing is pending");
    assert_eq!(applied, [""; 0]);
    let reverted = place.store.unmigrate().expect("the way back");
    assert!(matches!(place.store.ping(), Err(Error::Schema { .. })));
    let again = place.store.migrate().expect("the way up again");
    assert_eq!(again.len(), reverted.len());
    assert!(place.store.ping().is_ok());
    let revision = place.store.commit(&edit, at(0), display());
    assert_eq!(revision.expect("the edit fits"), Revision(1));
}
