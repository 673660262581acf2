//! A writer killed at any moment leaves the old or the new revision, never a part.

use std::io::Read;
use std::process::{Command, Stdio};
use std::time::Duration;

use diachinh::cadastre::ParcelId;
use diachinh::land::{Edit, ParcelChange};
use diachinh::store::{Store, StoreOptions};
use rstest::rstest;

use crate::databases::{Kind, Place, display};
use crate::store_parity::{Register, at, day, opened, parcels, villages};

/// How many parcels each commit of the child opens.
pub const PARCELS: i64 = 200;
/// The variable that tells the child its store.
const CHILD: &str = "SUITE_KILLED_STORE";

/// The commit that makes this revision: always the same number of new parcels.
pub fn edit(revision: i64) -> Edit {
    let template = opened(&villages())[0].clone();
    let open = |n| {
        let mut parcel = template.clone();
        parcel.id = ParcelId::new(revision * PARCELS + n).expect("a parcel id");
        let from = day("2026-01-01");
        ParcelChange::Open {
            parcel,
            from,
            to: None,
        }
    };
    parcels((1..=PARCELS).map(open).collect())
}

/// Not a test of its own: the child that commits until it is killed.
#[test]
fn the_child_commits_until_it_is_killed() {
    let Ok(url) = std::env::var(CHILD) else {
        return;
    };
    let store = Store::open(&StoreOptions::at(url)).expect("the store is there");
    loop {
        let next = store.revision().expect("a revision").0 as i64 + 1;
        let committed = store.commit(&edit(next), at(next), display());
        assert!(committed.is_ok(), "{committed:?}");
        eprint!(".");
    }
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
fn fifty_kills_at_random_moments_leave_whole_revisions(#[case] kind: Kind) {
    let place = Place::new(kind);
    let mut random: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut torn = 0;
    for _ in 0..50 {
        let mut child = Command::new(std::env::current_exe().expect("this program"))
            .args([
                "--exact",
                "store_killed::the_child_commits_until_it_is_killed",
            ])
            .arg("--nocapture")
            .env(CHILD, &place.options.url)
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("this program runs");
        let mut first = [0];
        let mut said = child.stderr.take().expect("a pipe");
        said.read_exact(&mut first).expect("the child commits");
        random = random
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        std::thread::sleep(Duration::from_micros((random >> 33) % 40_000));
        child.kill().expect("the child can be killed");
        assert!(!child.wait().expect("the child ended").success());
        let (revision, parcels) = settled(&place);
        torn += u64::from(parcels != revision * PARCELS as u64);
    }
    assert_eq!(torn, 0);
    let (revision, register) = Register::of(&place.store);
    assert!(revision.0 >= 50);
    assert_eq!(register.parcels.len() as u64, revision.0 * PARCELS as u64);
    assert_eq!(place.store.verify_audit().expect("an audit"), []);
}

/// Revision and number of parcels of one state: a database server may still finish the commit of
/// a client that is gone, so the two are read until nothing came between them.
fn settled(place: &Place) -> (u64, u64) {
    let revision = || place.store.revision().expect("a revision").0;
    loop {
        let (before, parcels, after) = (revision(), count(place), revision());
        if before == after {
            return (before, parcels);
        }
    }
}

fn count(place: &Place) -> u64 {
    let count = place.sql("SELECT count(*) FROM parcels");
    count.trim().parse().expect("a number")
}
