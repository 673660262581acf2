//! The files of an import, opened before a register is: the profile read, the layer of each found.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::import_file::{Import, ImportOrder, Progress, Writing, refused};
use super::laps::Laps;
use super::wards::begin_register;
use super::{Error, Reference};
use crate::cadastre::Instant;
use crate::crs::Epsg;
use crate::evidence::{ContentHash, canonical_bytes};
use crate::exchange::export::{Collection, is_of_wards};
use crate::exchange::intake::Read;
use crate::exchange::kept::holds_rejected;
use crate::exchange::mapping::{CertificateMapper, Mapper, Origin};
use crate::exchange::profile::{CoverageStatement, Profile, Target};
use crate::exchange::reconcile::Retiring;
use crate::exchange::report::{OneOfSeveral, Report, Subject};
use crate::exchange::several::{Files, MOST_FILES};
use crate::exchange::source::{self, Layer, Source};
use crate::land::City;
use crate::store::Store;

/// An import whose files and profile can be used, before anything is known of a register.
pub struct PreparedImport<'a> {
    reference: &'a Reference,
    order: &'a ImportOrder,
    opened: Opened,
    sources: Vec<Source>,
    laps: Laps,
}

/// Files that could be opened, and how they are read.
pub(super) struct Opened {
    /// The profile as it stands, without what names of files say.
    pub profile: Profile,
    /// The files, in the order of their sources.
    pub files: Vec<OpenedFile>,
}

/// A file that could be opened, and how it is read.
pub(super) struct OpenedFile {
    /// What reports call it.
    pub name: String,
    /// The profile, with what the file's name says.
    pub profile: Profile,
    pub layer: Layer,
    pub crs: Option<Epsg>,
    hash: ContentHash,
}

/// The children of more files than this do not stay in memory until they are asked for features.
const RUNNING: usize = 4;

/// Opens the files of an order and reads its profile. No register is looked at.
///
/// # Errors
/// [`Error::Refused`] for files, a layer or a profile that cannot be used, or that do not fit each
/// other.
pub fn prepare_import<'a>(
    reference: &'a Reference,
    order: &'a ImportOrder,
) -> Result<PreparedImport<'a>, Error> {
    let laps = Laps::start();
    if order.profile == Collection::Wards.as_str() {
        return Err(of_wards(&order.files));
    }
    let profile = Profile::load(&order.profile).map_err(refused)?;
    let mut opened = Opened {
        profile,
        files: Vec::new(),
    };
    let mut sources = Vec::new();
    let paths = in_order(order)?;
    for (place, (path, name)) in paths.iter().enumerate() {
        let (file, mut source) = open(order, &opened.profile, path, name)?;
        fits(&file, &source, order, reference)?;
        if paths.len() > 1 {
            source = source.among_several(place);
        }
        if paths.len() > RUNNING {
            source.rest();
        }
        opened.files.push(file);
        sources.push(source);
    }
    opened.supplements(order)?;
    Ok(PreparedImport {
        reference,
        order,
        opened,
        sources,
        laps,
    })
}

impl PreparedImport<'_> {
    /// Imports the files as one new revision, or finds that they are those imported last. A
    /// register that holds nothing gets the wards that come with the program first.
    ///
    /// # Errors
    /// As [`super::import_file()`].
    pub fn import(
        mut self,
        store: &Store,
        now: Instant,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Report, Error> {
        let subject = self.opened.subject(self.order, self.reference, now)?;
        if self.order.writing == Writing::Revision {
            begin_register(store, self.reference, now)?;
        }
        let import = Import {
            store,
            reference: self.reference,
            order: self.order,
            opened: &self.opened,
            now,
        };
        let sources = self.sources.as_mut_slice();
        match self.opened.profile.target {
            Target::Parcels => import.parcels(sources, subject, progress, self.laps),
            Target::Certificates => import.certificates(sources, subject, progress, self.laps),
            Target::Zones | Target::Roads | Target::Corridors | Target::Restrictions => {
                import.plan(sources, subject, progress, self.laps)
            }
        }
    }
}

/// The files by name, so that the order in which they were given decides nothing; each with what
/// reports call it.
fn in_order(order: &ImportOrder) -> Result<Vec<(PathBuf, String)>, Error> {
    let refuse = |text: String| Err(Error::Refused(text));
    let mut paths = order.files.clone();
    paths.sort_by(|a, b| (a.file_name(), a).cmp(&(b.file_name(), b)));
    let there = |path: &PathBuf| std::fs::canonicalize(path).unwrap_or_else(|_| path.clone());
    let mut seen = BTreeSet::new();
    if let Some(twice) = paths.iter().find(|path| !seen.insert(there(path))) {
        return refuse(format!("`{}` is given twice", twice.display()));
    }
    match paths.len() {
        0 => return refuse("no file is given, expected at least one".to_owned()),
        2.. if order.dataset.is_none() => {
            return refuse(
                "several files are one state of one dataset, name it with `--dataset`".to_owned(),
            );
        }
        MOST_FILES.. => {
            return refuse(format!("at most `{MOST_FILES}` files are one import"));
        }
        _ => {}
    }
    let name = |path: &PathBuf| {
        let alike = paths.iter().filter(|p| p.file_name() == path.file_name());
        match path.file_name().filter(|_| alike.count() == 1) {
            Some(name) => name.to_string_lossy().into_owned(),
            None => path.display().to_string(),
        }
    };
    Ok(paths
        .iter()
        .map(|path| (path.clone(), name(path)))
        .collect())
}

/// Wards are the city's, and not of any dataset that an office keeps.
fn of_wards(files: &[PathBuf]) -> Error {
    let names: Vec<String> = files.iter().map(|f| format!("`{}`", f.display())).collect();
    Error::Refused(format!(
        "{}: wards are not imported, the register has those that come with the program (the city's \
         168 and the crosswalk of 1 July 2025); nothing was changed",
        names.join(", ")
    ))
}

fn open(
    order: &ImportOrder,
    profile: &Profile,
    path: &Path,
    name: &str,
) -> Result<(OpenedFile, Source), Error> {
    let profile = profile.for_file(path).map_err(refused)?;
    let source = source::open(path, &order.reading).map_err(refused)?;
    let layer = order.layer.as_deref().or(profile.layer.as_deref());
    let layer = source.layer(layer).map_err(refused)?;
    if is_of_wards(&layer.fields) {
        return Err(of_wards(&[path.to_owned()]));
    }
    let file = OpenedFile {
        name: name.to_owned(),
        hash: source.content_hash().map_err(refused)?,
        crs: order.crs.or(profile.crs).or(layer.epsg()),
        profile,
        layer,
    };
    Ok((file, source))
}

/// Whether profile and layer fit each other, as far as that is known without a register.
fn fits(
    file: &OpenedFile,
    source: &Source,
    order: &ImportOrder,
    reference: &Reference,
) -> Result<(), Error> {
    let format = source.format();
    let target = file.profile.target;
    if target == Target::Certificates {
        let mapper = CertificateMapper::new(&file.profile, &file.layer, format);
        return mapper.map(|_| ()).map_err(refused);
    }
    let origin = Origin {
        format,
        layer: &file.layer,
        crs: order.crs,
        plane_of_ward: None,
        plane_at: None,
    };
    let City {
        planes, transforms, ..
    } = &reference.city;
    let mapper = Mapper::new(&file.profile, origin, planes, transforms).map_err(refused)?;
    let names_layer = !file.profile.planning_layers.is_empty() || mapper.states("layer");
    if target != Target::Parcels && !names_layer {
        return Err(Error::Refused(format!(
            "profile `{}` states no `[[planning_layer]]`, and `{}` has no field that names one; \
             copy the profile and state of which layer the features are (docs/import.md)",
            order.profile, file.layer.name
        )));
    }
    Ok(())
}

impl Opened {
    /// The names of the files, when there are several.
    pub fn several(&self) -> Option<Vec<String>> {
        let names = self.files.iter().map(|file| file.name.clone());
        (self.files.len() > 1).then(|| names.collect())
    }

    /// Whether one of the files is of rejected features, as this program writes them.
    pub fn hold_rejected(&self) -> bool {
        self.files.iter().any(|f| holds_rejected(&f.layer.fields))
    }

    /// Whether the files can be a supplement, if they are meant or known to be one: that of a
    /// dataset which somebody names, and over ground that does not shrink to theirs.
    fn supplements(&self, order: &ImportOrder) -> Result<(), Error> {
        if order.retiring != Retiring::Nothing && !self.hold_rejected() {
            return Ok(());
        }
        if order.dataset.is_none() {
            return Err(Error::Refused(format!(
                "`{}` is a supplement, expected the dataset that it supplements, by `--dataset`",
                self.together()
            )));
        }
        let layers = self.profile.planning_layers.iter();
        let mut by_features = layers.filter(|l| l.coverage == CoverageStatement::Features);
        match by_features.next() {
            None => Ok(()),
            Some(layer) => Err(Error::Refused(format!(
                "a supplement cannot say where planning layer `{}` speaks by \
                 `coverage = \"features\"`, expected no statement of the layer, or its whole \
                 coverage",
                layer.code
            ))),
        }
    }

    /// What was read of one of the files; of several, its notes name it.
    pub fn about(&self, mut read: Read, file: &OpenedFile) -> Read {
        if self.files.len() > 1 {
            for note in &mut read.notes {
                note.file = Some(file.name.clone());
            }
        }
        read
    }

    /// Ends the child of a file that has been read, where there are many.
    pub fn rest(&self, source: &mut Source) {
        if self.files.len() > RUNNING {
            source.rest();
        }
    }

    /// How many features the files say they have, when all say so.
    pub fn feature_count(&self) -> Option<u64> {
        self.files.iter().map(|f| f.layer.feature_count).sum()
    }

    /// Names the files in a report and in what is kept, where there are several: features are told
    /// by the numbers they have in their own file.
    pub fn name_files(&self, report: &mut Report, kept: &mut [crate::exchange::kept::KeptFeature]) {
        let Some(names) = self.several() else { return };
        let files = Files(&names);
        report.findings.iter_mut().for_each(|f| files.name_in(f));
        kept.iter_mut().for_each(|k| files.name_in_kept(k));
    }

    /// What is imported, with the hash of all that decides the outcome besides the register.
    fn subject(
        &self,
        order: &ImportOrder,
        reference: &Reference,
        now: Instant,
    ) -> Result<Subject, Error> {
        let decisive: Vec<_> = self.files.iter().map(OpenedFile::decisive).collect();
        let mending = format!("{:?}", order.mending);
        let mending = match order.retiring {
            Retiring::Nothing => format!("{mending} supplement"),
            Retiring::Little | Retiring::All => mending,
        };
        let decisive = canonical_bytes(&(decisive, mending, order.as_of))
            .map_err(|e| Error::internal("cannot hash the order of an import", e))?;
        let crs: BTreeSet<Option<Epsg>> = self.files.iter().map(|f| f.crs).collect();
        let operations = crs.iter().flatten();
        let operations: BTreeSet<String> = operations
            .filter_map(|crs| operation(*crs, reference))
            .collect();
        let operations: Vec<String> = operations.into_iter().collect();
        let hashes = self.files.iter().map(|file| file.hash.to_string());
        let hashes: Vec<String> = hashes.collect();
        let dataset = order.dataset.clone().or_else(|| {
            let only = order.files.first()?.file_stem()?;
            Some(only.to_string_lossy().into_owned())
        });
        Ok(Subject {
            dataset: dataset.unwrap_or_default(),
            file: self.together(),
            content_hash: match hashes.as_slice() {
                [only] => only.clone(),
                all => ContentHash::of(all.concat().as_bytes()).to_string(),
            },
            layer: self.layers(),
            profile: order.profile.clone(),
            crs: crs
                .iter()
                .next()
                .filter(|_| crs.len() == 1)
                .copied()
                .flatten(),
            operation: (!operations.is_empty()).then(|| operations.join("; ")),
            order_hash: ContentHash::of(&decisive).to_string(),
            day: order.as_of.unwrap_or(now.day_in_vietnam()),
            files: match self.files.as_slice() {
                [_] => Vec::new(),
                all => all.iter().map(OpenedFile::one_of_several).collect(),
            },
        })
    }

    /// All files as one name: up to three, or how many there are from which to which.
    fn together(&self) -> String {
        let names: Vec<&str> = self.files.iter().map(|file| file.name.as_str()).collect();
        match names.as_slice() {
            [first, .., last] if names.len() > 3 => format!("{first} … {last} ({})", names.len()),
            _ => names.join(", "),
        }
    }

    fn layers(&self) -> String {
        let names: BTreeSet<&str> = self.files.iter().map(|f| f.layer.name.as_str()).collect();
        let names: Vec<&str> = names.into_iter().collect();
        names.join(", ")
    }
}

impl OpenedFile {
    /// What of the file decides the outcome of its import.
    fn decisive(&self) -> (String, String, String, Option<Epsg>) {
        let profile = format!("{:?}", self.profile);
        let hash = self.hash.to_string();
        (hash, self.layer.name.clone(), profile, self.crs)
    }

    fn one_of_several(&self) -> OneOfSeveral {
        OneOfSeveral {
            file: self.name.clone(),
            content_hash: self.hash.to_string(),
            layer: self.layer.name.clone(),
            crs: self.crs,
        }
    }
}

/// The datum operation between the system of a file and the planes of the city; nothing for a file
/// in one of them.
fn operation(crs: Epsg, reference: &Reference) -> Option<String> {
    let City {
        planes, transforms, ..
    } = &reference.city;
    let plane = planes.iter().next().filter(|_| planes.get(crs).is_none())?;
    let between = transforms.between(crs, plane.epsg).ok()?;
    Some(between.operation_name().to_owned())
}
