//! An import that is killed leaves the old register or the new one, never something between.

use std::path::Path;
use std::process::Stdio;
use std::time::Instant;

use diachinh::store::{Store, StoreOptions};

use super::desk::Desk;
use crate::harness::diachinh;

/// Moments at which the program is killed.
const MOMENTS: u32 = 50;

#[test]
fn an_import_killed_at_fifty_moments_leaves_the_old_register_or_the_new_one() {
    let desk = Desk::open();
    let pristine = desk.folder.path().join("register.gpkg");
    let commune =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/fr-cadastre/commune-25354.gpkg");
    let folder = desk.folder.path().to_owned();
    let attempt = |name: &str| {
        let register = folder.join(name);
        copy_register(&pristine, &register);
        let mut import = diachinh(&desk.folder);
        import
            .arg("import")
            .arg(&commune)
            .args(["--profile", "fr-cadastre", "--store"]);
        import
            .arg(&register)
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        (register, import)
    };
    let (_, mut whole) = attempt("whole.gpkg");
    let begun = Instant::now();
    assert_eq!(whole.status().expect("the program runs").code(), Some(3));
    let takes = begun.elapsed();
    let (mut old, mut new) = (0, 0);
    for moment in 0..MOMENTS {
        let (register, mut import) = attempt(&format!("killed-{moment}.gpkg"));
        let mut child = import.spawn().expect("the program starts");
        // Later than it takes undisturbed, too, so that some are killed after the commit.
        std::thread::sleep(takes.mul_f64(f64::from(moment + 1) / f64::from(MOMENTS) * 1.1));
        child.kill().expect("the program can be killed");
        child.wait().expect("the program ends");
        let store = Store::open(&StoreOptions::at(register.to_string_lossy())).expect("a store");
        let mut parcels = 0;
        let now = diachinh::cadastre::Instant(i64::MAX);
        store
            .parcels_known_at(now, &mut |_| parcels += 1)
            .expect("a register that can be read");
        let import = store
            .last_import("commune-25354")
            .expect("a register that can be read");
        let revision = store.revision().expect("a revision").0;
        match (revision, parcels, import.is_some()) {
            (1, 0, false) => old += 1,
            (2, 511, true) => new += 1,
            other => unreachable!("killed at moment {moment}: {other:?}"),
        }
    }
    assert_eq!(old + new, MOMENTS);
    assert!(
        old > 0,
        "the moments were all too late: {new} of {MOMENTS} were through"
    );
}

/// Copies a register that nobody writes, with its write-ahead log.
fn copy_register(from: &Path, to: &Path) {
    for suffix in ["", "-wal"] {
        let with = |path: &Path| {
            let mut name = path.as_os_str().to_owned();
            name.push(suffix);
            std::path::PathBuf::from(name)
        };
        if with(from).exists() {
            std::fs::copy(with(from), with(to)).expect("a copy of the register");
        }
    }
}
