//! Options of the application.

use std::path::PathBuf;
use std::time::Duration;

use documented::DocumentedFields;

/// Options of the application.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize, DocumentedFields)]
#[serde(deny_unknown_fields, default)]
pub struct AppOptions {
    /// Folder for snapshot files, which make a restart quick; made when absent. A file that does
    /// not fit the store is rebuilt, so the folder may be emptied at any time. Empty: no files.
    pub snapshot_dir: PathBuf,
    /// How often the store is asked for a new revision, in milliseconds.
    pub follow_interval_ms: u64,
    /// From how many changed parcels on the overlay of edits is merged into the snapshot's base,
    /// in the background.
    pub compact_after_parcels: usize,
    /// How many states of the register are kept for clients that page through a collection, so
    /// that edits neither lose nor repeat an item for them. Each costs the memory of the edits
    /// since the snapshot's base; one base beside the newest is kept at most.
    pub paged_states_max: usize,
    /// How long such a state is kept after a client last took a page of it, in seconds.
    pub paged_state_s: u64,
    /// Folder for whole collections as files, made when somebody asks for one; made when absent. It
    /// holds one file for each collection and format and may be emptied at any time. Empty: none
    /// are offered.
    pub download_folder: PathBuf,
    /// Folder for the key that signs evidence and the public ones of all that ever did; made when
    /// absent, with a key. Keep a copy of it, and show `signing.key` to nobody. Servers on one
    /// register share it. Empty: nothing is signed.
    pub signing_folder: PathBuf,
    /// Folder for tiles as files, with which a restart renders nothing twice; made when absent. It
    /// may be emptied at any time. Empty: no files.
    pub tile_folder: PathBuf,
    /// How many bytes of files that folder may hold; what was written longest ago goes first.
    pub tile_folder_bytes: u64,
    /// How many bytes of tiles are kept in memory as they are sent; 0 keeps none. A tile that no
    /// edit met is sent again without being rendered or compressed.
    pub tile_cache_bytes: u64,
}

impl Default for AppOptions {
    fn default() -> Self {
        Self {
            snapshot_dir: PathBuf::from("var/snapshots"),
            follow_interval_ms: 15,
            compact_after_parcels: 20_000,
            paged_states_max: 16,
            paged_state_s: 600,
            download_folder: PathBuf::from("var/downloads"),
            signing_folder: PathBuf::from("var/signing"),
            tile_folder: PathBuf::from("tile-cache"),
            tile_folder_bytes: 1 << 30,
            tile_cache_bytes: 128 << 20,
        }
    }
}

impl AppOptions {
    /// How often the store is asked for a new revision; at least every millisecond.
    pub fn follow_interval(&self) -> Duration {
        Duration::from_millis(self.follow_interval_ms.max(1))
    }
}
