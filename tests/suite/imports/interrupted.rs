//! An import that is killed leaves the old register or the new one, never something between.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use diachinh::store::{Store, StoreOptions};
use rstest::rstest;

use super::desk::Desk;
use super::plan_desk::{Item, profile, unit};
use crate::databases::{Kind, Server};
use crate::harness::{Folder, diachinh};

/// Moments at which the program is killed.
const MOMENTS: u32 = 50;

/// Plan units in the file of the other test.
const UNITS: u32 = 400;

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
fn an_import_killed_at_fifty_moments_leaves_the_old_register_or_the_new_one(#[case] kind: Kind) {
    let commune =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/fr-cadastre/commune-25354.gpkg");
    let registers = Registers::new(kind, "commune", |_| (commune, PathBuf::from("fr-cadastre")));
    killed(&registers, MOMENTS, ("commune-25354", 511));
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
fn an_import_of_a_plan_killed_at_twenty_moments_leaves_the_old_register_or_the_new_one(
    #[case] kind: Kind,
) {
    let registers = Registers::new(kind, "plan", |desk| {
        let units: Vec<Item> = (0..UNITS)
            .map(|i| unit(&format!("U{i}"), f64::from(i), f64::from(i + 1)))
            .collect();
        let text = profile("zones", "zoning", "\"features\"");
        let profile = desk.folder.file("profile.toml", &text);
        (desk.items("plan.geojson", &units), profile)
    });
    killed(&registers, 20, ("plan", UNITS));
}

/// Imports into copies of a register and kills the program at this many moments.
fn killed(registers: &Registers, moments: u32, (dataset, count): (&str, u32)) {
    let whole = registers.another(&format!("{}_whole", registers.name));
    let begun = Instant::now();
    let status = registers.import(&whole).status();
    assert_eq!(status.expect("the program runs").code(), Some(0));
    let takes = begun.elapsed();
    let (mut old, mut new) = (0, 0);
    for moment in 0..moments {
        let name = format!("{}_{moment}", registers.name);
        let register = registers.another(&name);
        let mut child = registers
            .import(&register)
            .spawn()
            .expect("the program starts");
        // Later than it takes undisturbed, too, so that some are killed after the commit.
        std::thread::sleep(takes.mul_f64(f64::from(moment + 1) / f64::from(moments) * 1.1));
        child.kill().expect("the program can be killed");
        child.wait().expect("the program ends");
        registers.let_go(&name);
        match state(&register, dataset) {
            (1, 0, 0, false) => old += 1,
            (2, held, layers, true) if held == count && layers == u32::from(dataset == "plan") => {
                new += 1
            }
            other => unreachable!("killed at moment {moment}: {other:?}"),
        }
    }
    assert_eq!(old + new, moments);
    assert!(
        old > 0,
        "the moments were all too late: {new} of {moments} were through"
    );
}

/// Revision, number of parcels and features, of layers, and whether the import is remembered.
fn state(register: &str, dataset: &str) -> (u64, u32, u32, bool) {
    let store = Store::open(&StoreOptions::at(register)).expect("a store");
    let mut held = 0;
    let now = diachinh::cadastre::Instant(i64::MAX);
    store
        .parcels_known_at(now, &mut |_| held += 1)
        .expect("a register that can be read");
    let (_, layers) = store.layers().expect("a register that can be read");
    let codes: Vec<_> = layers.iter().map(|layer| layer.code.clone()).collect();
    store
        .features_of(&codes, &mut |_| held += 1)
        .expect("a register that can be read");
    let import = store.last_import(dataset);
    let import = import.expect("a register that can be read");
    let revision = store.revision().expect("a revision").0;
    assert_eq!(store.verify_audit().expect("an audit"), []);
    (revision, held, layers.len() as u32, import.is_some())
}

/// Copies of a register that holds wards and no parcels.
struct Registers {
    folder: Folder,
    kind: Kind,
    name: &'static str,
    file: PathBuf,
    profile: PathBuf,
}

impl Registers {
    /// `files` makes the file to import and its profile.
    fn new(
        kind: Kind,
        name: &'static str,
        files: impl FnOnce(&Desk) -> (PathBuf, PathBuf),
    ) -> Self {
        let folder = Folder::new();
        let own = match kind {
            Kind::Sqlite => folder.path().join("pristine").display().to_string(),
            Kind::Postgres => {
                let pristine = format!("{name}_pristine");
                Server::shared().psql("postgres", &format!("CREATE DATABASE {pristine}"));
                Server::shared().url(&pristine)
            }
        };
        // Closed at once: a database is copied only while nobody is connected to it.
        let desk = Desk::open_on(&StoreOptions::at(own), folder);
        let (file, profile) = files(&desk);
        let Desk { folder, .. } = desk;
        Self {
            folder,
            kind,
            name,
            file,
            profile,
        }
    }

    /// The address of a new copy.
    fn another(&self, name: &str) -> String {
        if self.kind == Kind::Postgres {
            let copy = format!("CREATE DATABASE {name} TEMPLATE {}_pristine", self.name);
            Server::shared().psql("postgres", &copy);
            return Server::shared().url(name);
        }
        let to = self.folder.path().join(format!("{name}.gpkg"));
        copy_register(&self.folder.path().join("pristine"), &to);
        to.display().to_string()
    }

    /// The program, about to import the file into a register.
    fn import(&self, register: &str) -> Command {
        let mut import = diachinh(&self.folder);
        import
            .arg("import")
            .arg(&self.file)
            .arg("--profile")
            .arg(&self.profile);
        import.args(["--store", register]);
        import.stdout(Stdio::null()).stderr(Stdio::null());
        import
    }

    /// Waits until the server has noticed that its client is no more.
    fn let_go(&self, name: &str) {
        if self.kind == Kind::Postgres {
            let wait = format!(
                "DO $$ BEGIN WHILE EXISTS \
                 (SELECT FROM pg_stat_activity WHERE datname = '{name}') LOOP \
                 PERFORM pg_sleep(0.01); PERFORM pg_stat_clear_snapshot(); END LOOP; END $$"
            );
            Server::shared().psql("postgres", &wait);
        }
    }
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
