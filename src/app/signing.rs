//! The key that signs what the program answers for, and the keys that it ever signed with.

use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::Error;
use crate::evidence::{PublicKey, SigningKey};

/// The key of today with all that are published.
#[derive(Debug)]
pub struct Signing {
    key: SigningKey,
    published: Vec<PublicKey>,
}

/// A set of public keys as JSON Web Keys (RFC 7517, RFC 8037).
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct KeySet {
    /// The keys.
    pub keys: Vec<WebKey>,
}

/// One public key.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct WebKey {
    /// What it signs with: `EdDSA`.
    #[serde(default)]
    pub alg: String,
    /// Its curve: `Ed25519`.
    pub crv: String,
    /// Its name, by which signed files name it.
    #[serde(default)]
    pub kid: String,
    /// Its type: `OKP`.
    pub kty: String,
    /// What it is for: `sig`.
    #[serde(default, rename = "use")]
    pub for_use: String,
    /// The key, as base64url.
    pub x: String,
}

/// A text that is no set of keys.
#[derive(Debug, thiserror::Error)]
pub enum NotAKeySet {
    /// Not JSON, or not the members of a set of keys.
    #[error("this is no set of public keys (JWK Set): {0}")]
    OtherForm(#[from] serde_json::Error),
    /// A key of another kind.
    #[error("key {0} is of type `{1}` and curve `{2}`, expected `OKP` and `Ed25519`")]
    OtherKind(usize, String, String),
    /// The key is not written as one.
    #[error("key {0}: {1}")]
    NoKey(usize, crate::evidence::NotAKey),
}

impl KeySet {
    /// Keys as a set.
    pub fn of(keys: &[PublicKey]) -> Self {
        let web = |key: &PublicKey| WebKey {
            alg: "EdDSA".to_owned(),
            crv: "Ed25519".to_owned(),
            kid: key.id(),
            kty: "OKP".to_owned(),
            for_use: "sig".to_owned(),
            x: key.text(),
        };
        Self {
            keys: keys.iter().map(web).collect(),
        }
    }

    /// Reads a set; a key's name is computed, and not believed.
    ///
    /// # Errors
    /// [`NotAKeySet`], with what is wrong.
    pub fn read(text: &str) -> Result<Vec<PublicKey>, NotAKeySet> {
        let set: Self = serde_json::from_str(text)?;
        let mut keys = Vec::with_capacity(set.keys.len());
        for (i, key) in set.keys.into_iter().enumerate() {
            if (key.kty.as_str(), key.crv.as_str()) != ("OKP", "Ed25519") {
                return Err(NotAKeySet::OtherKind(i + 1, key.kty, key.crv));
            }
            let read = PublicKey::parse(&key.x);
            keys.push(read.map_err(|error| NotAKeySet::NoKey(i + 1, error))?);
        }
        Ok(keys)
    }
}

impl Signing {
    /// Opens the folder of keys, and makes a key where there is none.
    ///
    /// # Errors
    /// [`Error::Refused`] when the folder or the key is open to others; [`Error::Internal`] when
    /// they cannot be read or made.
    pub fn open(folder: &Path) -> Result<Self, Error> {
        let mut made = std::fs::DirBuilder::new();
        let made = made.recursive(true).mode(0o700).create(folder);
        made.map_err(|error| unwritten(folder, error))?;
        let path = secret_path(folder);
        if !path.exists() {
            let key = new_key()?;
            publish(folder, &key.public())?;
            let new = write_secret(folder, &key)?;
            // Of two servers that begin at once, one makes the key and both take it.
            let linked = std::fs::hard_link(&new, &path);
            let removed = std::fs::remove_file(&new);
            match linked {
                Err(error) if error.kind() != ErrorKind::AlreadyExists => {
                    return Err(unwritten(&path, error));
                }
                _ => removed.map_err(|error| unwritten(&new, error))?,
            }
        }
        let key = read_secret(&path)?;
        let published = publish(folder, &key.public())?;
        Ok(Self { key, published })
    }

    /// Signs with a new key from now on; the earlier ones stay published, and the secret of the last
    /// is gone. A server takes the new key when it starts.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn rotate(folder: &Path) -> Result<Self, Error> {
        Self::open(folder)?;
        let key = new_key()?;
        let published = publish(folder, &key.public())?;
        let new = write_secret(folder, &key)?;
        let path = secret_path(folder);
        std::fs::rename(&new, &path).map_err(|error| unwritten(&path, error))?;
        Ok(Self { key, published })
    }

    /// The key that signs.
    pub const fn key(&self) -> &SigningKey {
        &self.key
    }

    /// The keys with which anything was ever signed here.
    pub fn published(&self) -> &[PublicKey] {
        &self.published
    }
}

fn secret_path(folder: &Path) -> PathBuf {
    folder.join("signing.key")
}

fn unread(path: &Path, error: impl std::error::Error + Send + Sync + 'static) -> Error {
    Error::internal(format!("cannot read `{}`", path.display()), error)
}

fn unwritten(path: &Path, error: impl std::error::Error + Send + Sync + 'static) -> Error {
    Error::internal(format!("cannot write `{}`", path.display()), error)
}

fn new_key() -> Result<SigningKey, Error> {
    let key = SigningKey::generate();
    key.map_err(|error| Error::internal("cannot make a key", error))
}

fn read_secret(path: &Path) -> Result<SigningKey, Error> {
    let failed = |error| unread(path, error);
    let mode = path.metadata().map_err(failed)?.permissions().mode();
    if mode & 0o077 != 0 {
        return Err(Error::Refused(format!(
            "`{}` can be read by others, expected permissions 600",
            path.display()
        )));
    }
    let text = std::fs::read_to_string(path).map_err(failed)?;
    SigningKey::parse(text.trim_end()).map_err(|error| unread(path, error))
}

/// Writes a secret into a file of its own, which only this user can read.
fn write_secret(folder: &Path, key: &SigningKey) -> Result<PathBuf, Error> {
    let path = folder.join(format!("new-{}.key", key.public().id()));
    let mut options = OpenOptions::new();
    let opened = options.write(true).create_new(true).mode(0o600).open(&path);
    let written = opened.and_then(|file| write_whole(file, &key.secret_text()));
    written.map_err(|error| unwritten(&path, error))?;
    Ok(path)
}

fn write_whole(mut file: File, line: &str) -> std::io::Result<()> {
    writeln!(file, "{line}")?;
    file.sync_all()
}

/// Adds a key to those that are published, and answers all.
fn publish(folder: &Path, key: &PublicKey) -> Result<Vec<PublicKey>, Error> {
    let path = folder.join("keys.json");
    let mut keys = match std::fs::read_to_string(&path) {
        Ok(text) => KeySet::read(&text).map_err(|error| unread(&path, error))?,
        Err(error) if error.kind() == ErrorKind::NotFound => Vec::new(),
        Err(error) => return Err(unread(&path, error)),
    };
    if !keys.contains(key) {
        keys.push(*key);
        let text = serde_json::to_string_pretty(&KeySet::of(&keys));
        let text = text.map_err(|error| unwritten(&path, error))?;
        let new = folder.join(format!("new-{}.json", key.id()));
        let written = File::create(&new).and_then(|file| write_whole(file, &text));
        let replaced = written.and_then(|()| std::fs::rename(&new, &path));
        replaced.map_err(|error| unwritten(&path, error))?;
    }
    Ok(keys)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_of_keys_is_read_by_its_keys_and_not_by_their_names() {
        let key = SigningKey::parse(&"A".repeat(43)).expect("a key").public();
        let text = serde_json::to_string(&KeySet::of(&[key])).expect("JSON");
        assert_eq!(KeySet::read(&text).expect("a set"), [key]);
        let renamed = text.replace(&key.id(), "other");
        assert_eq!(KeySet::read(&renamed).expect("a set")[0].id(), key.id());
        let other = text.replace("Ed25519", "Ed448");
        assert!(matches!(
            KeySet::read(&other),
            Err(NotAKeySet::OtherKind(1, ..))
        ));
        assert!(KeySet::read(r#"{"keys":1}"#).is_err());
    }
}
