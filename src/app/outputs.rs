//! Outputs of a command: none may replace the register, what the command reads, or another output.

use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

use crate::exchange::profile::Profile;
use crate::exchange::source::files_of;
use crate::store::{self, StoreOptions, is_of_a_register, register_files};

/// Why an output is refused. Nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum Clash {
    /// It is the same file as another one of the command.
    #[error(
        "`{path}` (`{option}`) is the same file as {what} `{other}`, expected a file of its own; \
         nothing was written"
    )]
    Same {
        /// The output.
        path: String,
        /// The option that names it.
        option: &'static str,
        /// What the other file is.
        what: &'static str,
        /// The other file.
        other: String,
    },
    /// It is there, and some register or a part of one.
    #[error(
        "`{path}` (`{option}`) is a register or belongs to one, which no output replaces, expected \
         another name; nothing was written"
    )]
    Register {
        /// The output.
        path: String,
        /// The option that names it.
        option: &'static str,
    },
    /// It is there, and no file that could be replaced.
    #[error(
        "`{path}` (`{option}`) is no plain file, expected the path of a file to be written; nothing \
         was written"
    )]
    NoFile {
        /// The output.
        path: String,
        /// The option that names it.
        option: &'static str,
    },
    /// It is there, and cannot be read.
    #[error(
        "`{path}` (`{option}`) is not replaced, since it cannot be seen whether it is a register, \
         expected another name: {source}"
    )]
    Unreadable {
        /// The output.
        path: String,
        /// The option that names it.
        option: &'static str,
        /// Why.
        source: store::Error,
    },
}

/// What a command reads and writes.
#[derive(Debug)]
pub struct Outputs {
    register: Vec<PathBuf>,
    /// Files that are read, with what each is.
    read: Vec<(&'static str, PathBuf)>,
    /// Files that are written, with the option that names each.
    written: Vec<(&'static str, PathBuf)>,
    /// Options of outputs that are put in the place of what is there.
    replacing: Vec<&'static str>,
}

impl Outputs {
    /// Of a command on this register; nothing is read and nothing written yet.
    pub fn beside(options: &StoreOptions) -> Self {
        Self {
            register: register_files(options),
            read: Vec::new(),
            written: Vec::new(),
            replacing: Vec::new(),
        }
    }

    /// The command also reads this configuration.
    #[must_use]
    pub fn configured_by(mut self, file: Option<&Path>) -> Self {
        let file = file.map(|file| ("the configuration", file.to_owned()));
        self.read.extend(file);
        self
    }

    /// The command also reads these files by this profile, into the register; with each file
    /// goes what belongs to it, such as the tables of a Shapefile.
    #[must_use]
    pub fn importing(mut self, files: &[PathBuf], profile: &str) -> Self {
        let inputs = files.iter().flat_map(|file| files_of(file));
        self.read.extend(inputs.map(|file| ("the input", file)));
        let mut named = Profile::files_read(profile).into_iter();
        let own = named.next().map(|file| ("the field profile", file));
        self.read.extend(own);
        let named = named.flat_map(|file| files_of(&file));
        let named = named.map(|file| ("a file that the field profile names,", file));
        self.read.extend(named);
        self
    }

    /// The command also writes this file, which this option names.
    #[must_use]
    pub fn writing(mut self, option: &'static str, file: Option<&Path>) -> Self {
        self.written
            .extend(file.map(|file| (option, file.to_owned())));
        self
    }

    /// The command also writes this file, which this option names, beside its place, and then puts
    /// it there when it is whole.
    #[must_use]
    pub fn replacing(mut self, option: &'static str, file: Option<&Path>) -> Self {
        self.replacing.push(option);
        self.writing(option, file)
    }

    /// Whether every output may be written. Two names are the same file also through links, and
    /// when there is no file of that name yet; what is no file, such as `/dev/stdout`, may be
    /// written to by all, but not replaced, and a folder is no output. A file that is read may be no part of the register either, since a
    /// register that is opened is written.
    ///
    /// # Errors
    /// [`Clash`] for the first output that may not be written.
    pub fn check(&self) -> Result<(), Clash> {
        let register = self.register.iter().enumerate().map(|(i, file)| {
            let what = ["the register", "a file of the register,"][usize::from(i > 0)];
            Named::new(what, file)
        });
        let register: Vec<Named> = register.flatten().collect();
        let read = self.read.iter();
        let read: Vec<Named> = read
            .filter_map(|(what, file)| Named::new(what, file))
            .collect();
        for own in &register {
            own.apart_from("--store", &read)?;
        }
        let mut earlier = Vec::new();
        for (option, file) in &self.written {
            self.no_file(option, file)?;
            let Some(output) = Named::new("another output,", file) else {
                continue;
            };
            output.apart_from(option, &register)?;
            output.apart_from(option, &read)?;
            output.apart_from(option, &earlier)?;
            output.no_register(option)?;
            earlier.push(output);
        }
        Ok(())
    }
    /// Whether what stands there is no file, and the output cannot be written into it.
    fn no_file(&self, option: &'static str, file: &Path) -> Result<(), Clash> {
        let Ok(found) = std::fs::metadata(file) else {
            return Ok(());
        };
        let replaced = self.replacing.contains(&option) && !found.is_file();
        if replaced || found.is_dir() {
            let path = file.display().to_string();
            return Err(Clash::NoFile { path, option });
        }
        Ok(())
    }
}

/// A file of a command, there or not.
struct Named {
    what: &'static str,
    given: String,
    /// Where it is, or would be when it were written.
    place: PathBuf,
    /// Device and number of what is there.
    identity: Option<(u64, u64)>,
}

impl Named {
    /// Nothing for what is there and is no file.
    fn new(what: &'static str, given: &Path) -> Option<Self> {
        let found = std::fs::metadata(given).ok();
        if found.as_ref().is_some_and(|found| !found.is_file()) {
            return None;
        }
        Some(Self {
            what,
            given: given.display().to_string(),
            place: place(given),
            identity: found.map(|found| (found.dev(), found.ino())),
        })
    }

    fn apart_from(&self, option: &'static str, others: &[Self]) -> Result<(), Clash> {
        let same = |other: &&Self| {
            self.place == other.place
                || (self.identity.is_some() && self.identity == other.identity)
        };
        match others.iter().find(same) {
            None => Ok(()),
            Some(other) => Err(Clash::Same {
                path: self.given.clone(),
                option,
                what: other.what,
                other: other.given.clone(),
            }),
        }
    }

    fn no_register(&self, option: &'static str) -> Result<(), Clash> {
        let path = self.given.clone();
        match is_of_a_register(&self.place) {
            Ok(false) => Ok(()),
            Ok(true) => Err(Clash::Register { path, option }),
            Err(source) => Err(Clash::Unreadable {
                path,
                option,
                source,
            }),
        }
    }
}

/// Links that are followed at most, as the system does.
const MOST_LINKS: u32 = 40;

/// Where a file is or would be made: all links followed, also one that leads to nothing yet.
fn place(path: &Path) -> PathBuf {
    let mut path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    for _ in 0..MOST_LINKS {
        if let Ok(place) = std::fs::canonicalize(&path) {
            return place;
        }
        let Ok(target) = std::fs::read_link(&path) else {
            break;
        };
        path = path.parent().unwrap_or(Path::new("/")).join(target);
    }
    match (path.parent(), path.file_name()) {
        (Some(folder), Some(name)) => place(folder).join(name),
        _ => path,
    }
}
