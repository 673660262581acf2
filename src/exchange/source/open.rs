//! The parent's side of a source: looks at a file, starts the child, believes nothing unchecked.

use std::io::{BufReader, Read};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::MetadataExt;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::Arc;

use super::error::Error;
use super::feature::{Layer, RawFeature};
use super::format::{self, Content, Format};
use super::frame::{Answer, Confinement, FileToOpen, Order, WireFeature, receive, send};
use super::limits::Limits;
use super::patience::Patient;

/// How to read a file.
#[derive(Debug, Clone)]
pub struct ReadOptions {
    /// Limits.
    pub limits: Limits,
    /// The program whose `read-source` command is the child. Default: this very program, also
    /// after its file has been replaced; a test names the `diachinh` it was built with.
    pub program: PathBuf,
}

impl Default for ReadOptions {
    fn default() -> Self {
        Self {
            limits: Limits::default(),
            program: PathBuf::from("/proc/self/exe"),
        }
    }
}

/// An open file, held by a child process that ends with it.
#[derive(Debug)]
pub struct Source {
    path: PathBuf,
    format: Format,
    files: Vec<FileToOpen>,
    limits: Limits,
    layers: Vec<Layer>,
    confinement: Confinement,
    said: Vec<String>,
    child: Child,
    orders: Option<ChildStdin>,
    answers: BufReader<Patient>,
}

/// Opens a file from outside.
///
/// # Errors
/// [`Error`] when the file is not one that can be read; nothing is left running.
pub fn open(path: &Path, options: &ReadOptions) -> Result<Source, Error> {
    let format = look(path)?;
    let files = gather(path, format, &options.limits)?;
    let mut child = start(options)?;
    let (Some(orders), Some(answers)) = (child.stdin.take(), child.stdout.take()) else {
        return Err(Error::NotConfined("it has no pipes".to_owned()));
    };
    let mut source = Source {
        path: path.to_owned(),
        format,
        files,
        limits: options.limits.clone(),
        layers: Vec::new(),
        confinement: Confinement::default(),
        said: Vec::new(),
        child,
        orders: Some(orders),
        answers: BufReader::with_capacity(64 << 10, Patient::new(answers, options.limits.wait())),
    };
    let order = Order::Open {
        files: source.files.clone(),
        format,
        limits: options.limits.clone(),
    };
    source.order(&order)?;
    loop {
        match source.answer()? {
            Answer::Opened {
                layers,
                confinement,
            } => {
                (source.layers, source.confinement) = (layers, confinement);
                return Ok(source);
            }
            other => source.refuse_or_note(other)?,
        }
    }
}

impl Source {
    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Its format.
    pub const fn format(&self) -> Format {
        self.format
    }

    /// Its layers, in the order of the file.
    pub fn layers(&self) -> &[Layer] {
        &self.layers
    }

    /// What the child was found unable to do.
    pub const fn confinement(&self) -> Confinement {
        self.confinement
    }

    /// What the reading library remarked so far, without failing.
    pub fn remarks(&self) -> &[String] {
        &self.said
    }

    /// The layer of a name, or the only layer there is.
    ///
    /// # Errors
    /// [`Error::NoSuchLayer`], or [`Error::WhichLayer`] when several could be meant.
    pub fn layer(&self, name: Option<&str>) -> Result<Layer, Error> {
        let names = || {
            let all: Vec<_> = self
                .layers
                .iter()
                .map(|l| format!("`{}`", l.name))
                .collect();
            all.join(", ")
        };
        match (name, self.layers.as_slice()) {
            (Some(name), layers) => layers
                .iter()
                .find(|l| l.name == name)
                .or_else(|| layers.iter().find(|l| l.name.eq_ignore_ascii_case(name)))
                .cloned()
                .ok_or_else(|| Error::NoSuchLayer {
                    path: self.path.clone(),
                    layer: name.to_owned(),
                    layers: names(),
                }),
            (None, [only]) => Ok(only.clone()),
            (None, _) => Err(Error::WhichLayer {
                path: self.path.clone(),
                layers: names(),
            }),
        }
    }

    /// All features of a layer, in the order of the file; may be asked for again.
    ///
    /// # Errors
    /// [`Error`] when the child is gone. An error among the features ends them: what came before
    /// it is not the whole layer.
    pub fn features(&mut self, layer: &Layer) -> Result<Features<'_>, Error> {
        let index = self.layers.iter().position(|l| l.name == layer.name);
        let number = index
            .and_then(|i| u32::try_from(i).ok())
            .unwrap_or(u32::MAX);
        self.order(&Order::Read { layer: number })?;
        Ok(Features {
            fields: Arc::clone(&layer.fields),
            ready: Vec::new().into_iter(),
            seen: 0,
            ended: false,
            source: self,
        })
    }

    fn order(&mut self, order: &Order) -> Result<(), Error> {
        let sent = match &mut self.orders {
            Some(orders) => send(orders, order),
            None => return Err(self.stopped()),
        };
        sent.map_err(|_| self.stopped())
    }

    fn answer(&mut self) -> Result<Answer, Error> {
        match receive(&mut self.answers, self.limits.frame_bytes) {
            Ok(Some(answer)) => Ok(answer),
            Ok(None) => Err(self.stopped()),
            Err(e) if e.kind() == std::io::ErrorKind::TimedOut => Err(Error::TooSlow {
                path: self.path.clone(),
                limit_s: self.limits.wait_s,
            }),
            Err(e) => Err(Error::Nonsense {
                path: self.path.clone(),
                cause: e.to_string(),
            }),
        }
    }

    /// Keeps a remark; turns any other answer that is not expected into an error.
    fn refuse_or_note(&mut self, answer: Answer) -> Result<(), Error> {
        let path = self.path.clone();
        match answer {
            Answer::Said(text) => {
                if self.said.len() < 100 {
                    self.said.push(text);
                }
                Ok(())
            }
            Answer::Failed(said) => Err(Error::Damaged {
                path,
                format: self.format.title(),
                said,
            }),
            Answer::Changed => Err(Error::Changed(path)),
            Answer::NotConfined(why) => Err(Error::NotConfined(why)),
            Answer::Opened { .. } | Answer::Features(_) | Answer::End { .. } => {
                Err(Error::Nonsense {
                    path,
                    cause: "an answer that was not asked for".to_owned(),
                })
            }
        }
    }

    /// Ends the child and says how it had ended by itself.
    fn stopped(&mut self) -> Error {
        self.orders = None;
        let cause = match self.child.wait().map(|s| (s.signal(), s.code())) {
            Ok((Some(libc::SIGXCPU | libc::SIGKILL), _)) => {
                format!(
                    "it needed more than `{}` s of processor time",
                    self.limits.cpu_s
                )
            }
            Ok((Some(signal), _)) => format!(
                "it ended with signal `{signal}`; the file is damaged, or needs more memory than \
                 `{}` MiB",
                self.limits.memory_bytes >> 20
            ),
            Ok((None, code)) => format!("it ended early with code `{}`", code.unwrap_or(0)),
            Err(e) => format!("it cannot be waited for: {e}"),
        };
        Error::Stopped {
            path: self.path.clone(),
            cause,
        }
    }

    /// Whether the files on disk are still the ones that were opened.
    fn unchanged(&self) -> bool {
        self.files.iter().all(|file| {
            let path = Path::new(std::ffi::OsStr::from_bytes(&file.path));
            std::fs::metadata(path).is_ok_and(|m| {
                m.len() == file.length
                    && m.mtime_nsec() == file.modified.1
                    && m.mtime() == file.modified.0
            })
        })
    }
}

impl Drop for Source {
    fn drop(&mut self) {
        self.orders = None;
        let _already_gone = self.child.kill();
        let _reaped = self.child.wait();
    }
}

/// The features of one layer.
pub struct Features<'a> {
    source: &'a mut Source,
    fields: Arc<[String]>,
    ready: std::vec::IntoIter<WireFeature>,
    seen: u64,
    ended: bool,
}

impl Features<'_> {
    /// Fetches the next frame; false at the end of the layer.
    fn fetch(&mut self) -> Result<bool, Error> {
        match self.source.answer()? {
            Answer::Features(features) => {
                self.seen += features.len() as u64;
                if self.seen > self.source.limits.features {
                    return Err(self.nonsense("more features than are allowed"));
                }
                if features.iter().any(|f| f.values.len() != self.fields.len()) {
                    return Err(self.nonsense("a feature with other fields than its layer"));
                }
                self.ready = features.into_iter();
                Ok(true)
            }
            Answer::End { features } if features == self.seen => {
                if self.source.unchanged() {
                    Ok(false)
                } else {
                    Err(Error::Changed(self.source.path.clone()))
                }
            }
            Answer::End { .. } => Err(self.nonsense("a wrong count of features")),
            other => self.source.refuse_or_note(other).map(|()| true),
        }
    }

    fn nonsense(&self, cause: &str) -> Error {
        Error::Nonsense {
            path: self.source.path.clone(),
            cause: cause.to_owned(),
        }
    }
}

impl Iterator for Features<'_> {
    type Item = Result<RawFeature, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.ended {
            if let Some(wire) = self.ready.next() {
                return Some(Ok(RawFeature {
                    number: wire.number,
                    fields: Arc::clone(&self.fields),
                    values: wire.values,
                    geometry: wire.geometry,
                }));
            }
            match self.fetch() {
                Ok(more) => self.ended = !more,
                Err(e) => {
                    self.ended = true;
                    return Some(Err(e));
                }
            }
        }
        None
    }
}

/// Checks path, kind and first bytes without parsing anything.
fn look(path: &Path) -> Result<Format, Error> {
    let text = path.to_string_lossy();
    if text.starts_with("/vsi") || text.contains("://") {
        return Err(Error::NotAFile(path.to_owned()));
    }
    let unreadable = |cause| Error::Unreadable {
        path: path.to_owned(),
        cause,
    };
    if !std::fs::metadata(path).map_err(unreadable)?.is_file() {
        return Err(Error::NotAFile(path.to_owned()));
    }
    let mut head = Vec::new();
    let file = std::fs::File::open(path).map_err(unreadable)?;
    file.take(512).read_to_end(&mut head).map_err(unreadable)?;
    let named = Format::of_extension(path);
    let not_that = |found: &str, hint: String| Error::NotThatFormat {
        path: path.to_owned(),
        named: named.map_or("nothing we read", Format::title),
        found: found.to_owned(),
        hint,
    };
    match (format::content(&head), named) {
        (Content::Foreign(found, hint), _) => Err(not_that(found, hint.to_owned())),
        (_, None) => Err(Error::UnknownFormat {
            path: path.to_owned(),
            expected: format::known_extensions(),
        }),
        (Content::Known(found), Some(named)) if found != named => Err(not_that(
            found.title(),
            "give it the extension of its content".to_owned(),
        )),
        (_, Some(named)) => Ok(named),
    }
}

/// The file and its companions, as they are now.
fn gather(path: &Path, format: Format, limits: &Limits) -> Result<Vec<FileToOpen>, Error> {
    let (beside, missing) = format::beside(path, format);
    if let Some(missing) = missing {
        return Err(Error::MissingCompanion {
            path: path.to_owned(),
            missing,
        });
    }
    let mut wal = path.as_os_str().to_owned();
    wal.push("-wal");
    if format == Format::GeoPackage && std::fs::metadata(&wal).is_ok_and(|m| m.len() > 0) {
        return Err(Error::UnsavedChanges(path.to_owned()));
    }
    let files = std::iter::once(path.to_owned())
        .chain(beside)
        .map(|p| identify(&p))
        .collect::<Result<Vec<_>, _>>()?;
    let bytes = files.iter().map(|f| f.length).sum();
    if bytes > limits.file_bytes {
        return Err(Error::TooLarge {
            path: path.to_owned(),
            bytes,
            limit: limits.file_bytes,
        });
    }
    Ok(files)
}

fn identify(path: &Path) -> Result<FileToOpen, Error> {
    let found = std::fs::metadata(path).map_err(|cause| Error::Unreadable {
        path: path.to_owned(),
        cause,
    })?;
    if !found.is_file() {
        return Err(Error::NotAFile(path.to_owned()));
    }
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let extension = path.extension().unwrap_or_default().to_string_lossy();
    Ok(FileToOpen {
        path: path.as_os_str().as_bytes().to_vec(),
        name: format!("{stem}.{}", extension.to_lowercase()),
        identity: (found.dev(), found.ino()),
        length: found.len(),
        modified: (found.mtime(), found.mtime_nsec()),
    })
}

/// Starts the child with nothing but its pipes: no environment, no terminal.
fn start(options: &ReadOptions) -> Result<Child, Error> {
    Command::new(&options.program)
        .arg("read-source")
        .env_clear()
        .env("PROJ_NETWORK", "OFF")
        .env("GDAL_DRIVER_PATH", "disable")
        .env("LC_ALL", "C")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|e| Error::NotConfined(format!("`{}`: {e}", options.program.display())))
}
