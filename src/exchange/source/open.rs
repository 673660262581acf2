//! The parent's side of a source: looks at a file, starts the child, believes nothing unchecked.

use std::io::{BufReader, Read};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::MetadataExt;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};

use super::error::Error;
use super::feature::Layer;
use super::features::Features;
use super::format::Format;
use super::frame::{Answer, Confinement, FileToOpen, Order, receive, send};
use super::limits::Limits;
use super::look::{gather, look};
use super::patience::Patient;
use crate::evidence::{ContentHash, ContentHasher};

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
    pub(super) path: PathBuf,
    format: Format,
    files: Vec<FileToOpen>,
    pub(super) limits: Limits,
    layers: Vec<Layer>,
    confinement: Confinement,
    said: Vec<String>,
    program: PathBuf,
    running: Option<Running>,
    /// Which of several files this is.
    pub(super) place: Option<usize>,
}

/// The child, and the pipes to and from it.
#[derive(Debug)]
struct Running {
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
    let mut source = Source {
        path: path.to_owned(),
        format,
        files,
        limits: options.limits.clone(),
        layers: Vec::new(),
        confinement: Confinement::default(),
        said: Vec::new(),
        program: options.program.clone(),
        running: None,
        place: None,
    };
    (source.layers, source.confinement) = source.begin()?;
    Ok(source)
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

    /// The hash of the file and its companions: of each the extension, the length, the bytes.
    ///
    /// # Errors
    /// [`Error::Unreadable`] when a file is gone, [`Error::Changed`] when it is another by now.
    pub fn content_hash(&self) -> Result<ContentHash, Error> {
        let mut hasher = ContentHasher::new();
        for file in &self.files {
            let path = Path::new(std::ffi::OsStr::from_bytes(&file.path));
            let unreadable = |cause| Error::Unreadable {
                path: path.to_owned(),
                cause,
            };
            let extension = file.name.rsplit('.').next().unwrap_or_default();
            hasher.update(extension.as_bytes());
            hasher.update(&file.length.to_le_bytes());
            let mut from = std::fs::File::open(path).map_err(unreadable)?;
            let mut bytes = vec![0; 1 << 20];
            loop {
                let got = from.read(&mut bytes).map_err(unreadable)?;
                if got == 0 {
                    break;
                }
                hasher.update(&bytes[..got]);
            }
        }
        if self.unchanged() {
            Ok(hasher.finish())
        } else {
            Err(Error::Changed(self.path.clone()))
        }
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
        if self.running.is_none() && self.begin()?.0 != self.layers {
            return Err(Error::Changed(self.path.clone()));
        }
        let number = index
            .and_then(|i| u32::try_from(i).ok())
            .unwrap_or(u32::MAX);
        self.order(&Order::Read { layer: number })?;
        Ok(Features::new(self, layer))
    }

    /// The same as one of several files, at a place from 0: its features are numbered so that they
    /// are told apart from those of the others.
    #[must_use]
    pub fn among_several(mut self, place: usize) -> Self {
        self.place = Some(place);
        self
    }

    /// Ends the child. Another one is started when features are asked for; it opens the very bytes
    /// that were looked at, or says that they changed.
    pub fn rest(&mut self) {
        self.running = None;
    }

    /// Starts a child and lets it open the file.
    fn begin(&mut self) -> Result<(Vec<Layer>, Confinement), Error> {
        let mut child = start(&self.program)?;
        let (Some(orders), Some(answers)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(Error::NotConfined("it has no pipes".to_owned()));
        };
        let answers = Patient::new(answers, self.limits.wait());
        self.running = Some(Running {
            child,
            orders: Some(orders),
            answers: BufReader::with_capacity(64 << 10, answers),
        });
        self.order(&Order::Open {
            files: self.files.clone(),
            format: self.format,
            limits: self.limits.clone(),
        })?;
        loop {
            match self.answer()? {
                Answer::Opened {
                    layers,
                    confinement,
                } => return Ok((layers, confinement)),
                other => self.refuse_or_note(other)?,
            }
        }
    }

    fn order(&mut self, order: &Order) -> Result<(), Error> {
        let orders = self.running.as_mut().and_then(|r| r.orders.as_mut());
        let sent = match orders {
            Some(orders) => send(orders, order),
            None => return Err(self.stopped()),
        };
        sent.map_err(|_| self.stopped())
    }

    pub(super) fn answer(&mut self) -> Result<Answer, Error> {
        let limit = self.limits.frame_bytes;
        let answers = self.running.as_mut().map(|r| &mut r.answers);
        match answers.map_or(Ok(None), |answers| receive(answers, limit)) {
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
    pub(super) fn refuse_or_note(&mut self, answer: Answer) -> Result<(), Error> {
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
        let ended = self.running.as_mut().map(|running| {
            running.orders = None;
            running.child.wait().map(|s| (s.signal(), s.code()))
        });
        let cause = match ended.unwrap_or(Ok((None, None))) {
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
    pub(super) fn unchanged(&self) -> bool {
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

impl Drop for Running {
    fn drop(&mut self) {
        self.orders = None;
        let _already_gone = self.child.kill();
        let _reaped = self.child.wait();
    }
}

/// Starts the child with nothing but its pipes: no environment, no terminal.
fn start(program: &Path) -> Result<Child, Error> {
    Command::new(program)
        .arg("read-source")
        .env_clear()
        .env("PROJ_NETWORK", "OFF")
        .env("GDAL_DRIVER_PATH", "disable")
        .env("LC_ALL", "C")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|e| Error::NotConfined(format!("`{}`: {e}", program.display())))
}
