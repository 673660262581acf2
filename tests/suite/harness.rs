//! What the tests of capabilities share: the program as a command, folders that clean up.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::atomic::{AtomicU32, Ordering};

/// A folder of one test's own, removed at its end.
pub struct Folder(PathBuf);

impl Folder {
    /// Makes an empty folder under the system's folder for temporary files.
    pub fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let path =
            std::env::temp_dir().join(format!("diachinh-test-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&path).expect("the temporary folder takes files");
        Self(path)
    }

    /// Its path.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// A file in it with this text.
    pub fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.0.join(name);
        std::fs::write(&path, text).expect("the temporary folder takes files");
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // A folder left behind in /tmp is no failure of the test.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// The program, in a folder of its own and without inherited options.
pub fn diachinh(folder: &Folder) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_diachinh"));
    command.current_dir(folder.path());
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("DIACHINH_") {
            command.env_remove(name);
        }
    }
    command
}

/// Standard output as text.
pub fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("the program prints UTF-8")
}

/// Standard error as text.
pub fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("the program prints UTF-8")
}
