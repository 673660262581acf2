//! The names of files for download: each says its state, its day, and the last change of what it
//! holds, by which it is known as the newest for as long as nothing else of that changed.

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::downloads::{Download, DownloadFile};
use crate::cadastre::{Day, Instant, Revision};
use crate::store::LastChange;

/// How long a file is sent as what it is after something of it has changed, so that a city that is
/// edited each minute has files too.
const SENT_FOR: Duration = Duration::from_secs(3600);

/// A file that lies in the folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Lying {
    pub(super) file: DownloadFile,
    change: String,
}

/// What a name says of the last change; a file of which that is not known is never the newest.
fn mark(change: Option<LastChange>) -> String {
    change.map_or_else(
        || "none".to_owned(),
        |change| format!("{}at{}", change.revision.0, change.recorded_at.0),
    )
}

/// Where a file is when it is made.
pub(super) fn made(
    folder: &Path,
    download: Download,
    (revision, date): (Revision, Day),
    change: Option<LastChange>,
) -> PathBuf {
    let (name, extension) = (download.name(), download.extension());
    let mark = mark(change);
    folder.join(format!("{name}-r{}-{date}-{mark}.{extension}", revision.0))
}

/// The files of a download, those that were made last first.
fn lying(folder: &Path, download: Download) -> Vec<(SystemTime, Lying)> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let files = entries.filter_map(|entry| {
        let name = entry.file_name().into_string().ok()?;
        let (revision, date, change) = read(&name, download)?;
        let about = entry.metadata().ok()?;
        let file = DownloadFile {
            path: entry.path(),
            bytes: about.len(),
            revision,
            date,
        };
        let change = change.to_owned();
        Some((about.modified().ok()?, Lying { file, change }))
    });
    let mut files: Vec<(SystemTime, Lying)> = files.collect();
    files.sort_by_key(|(at, lying)| std::cmp::Reverse((*at, lying.file.revision)));
    files
}

/// State, day and last change in the name of a file of a download.
fn read(name: &str, download: Download) -> Option<(Revision, Day, &str)> {
    let rest = name.strip_prefix(download.name())?.strip_prefix("-r")?;
    said_of(rest.strip_suffix(download.extension())?.strip_suffix('.')?)
}

/// What stands in a name between the name of what it is of and its extension.
fn said_of(rest: &str) -> Option<(Revision, Day, &str)> {
    let (rest, change) = rest.rsplit_once('-')?;
    let (revision, date) = rest.split_once('-')?;
    let date = Day::parse(date).ok()?;
    Some((Revision(revision.parse().ok()?), date, change))
}

/// The file of the newest state: it is of the day, and nothing of it changed since.
pub(super) fn newest(
    folder: &Path,
    download: Download,
    date: Day,
    change: Option<LastChange>,
) -> Option<DownloadFile> {
    let mark = mark(change);
    let mut files = lying(folder, download).into_iter().map(|(_, lying)| lying);
    let newest = files.find(|lying| lying.change == mark && lying.file.date == date);
    newest.map(|lying| lying.file)
}

/// A file of an earlier state that may still be sent as what it is, because it was made not long
/// ago; `known` are those of this register.
pub(super) fn earlier(
    folder: &Path,
    download: Download,
    known: impl Fn(&Path) -> bool,
) -> Option<DownloadFile> {
    let is_recent = |at: &SystemTime| at.elapsed().is_ok_and(|since| since < SENT_FOR);
    let mut files = lying(folder, download).into_iter();
    let earlier = files.find(|(at, lying)| is_recent(at) && known(&lying.file.path));
    earlier.map(|(_, lying)| lying.file)
}

/// The files in a folder, of whatever they are, with the last change that each names.
pub(super) fn all(folder: &Path) -> Vec<(DownloadFile, LastChange)> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let named = entries.filter_map(|entry| {
        let name = entry.file_name().into_string().ok()?;
        let (head, _) = name.rsplit_once('.')?;
        let (_, said) = head.split_once("-r")?;
        let (revision, date, change) = said_of(said)?;
        let (number, at) = change.split_once("at")?;
        let change = LastChange {
            revision: Revision(number.parse().ok()?),
            recorded_at: Instant(at.parse().ok()?),
        };
        let file = DownloadFile {
            path: entry.path(),
            bytes: entry.metadata().ok()?.len(),
            revision,
            date,
        };
        Some((file, change))
    });
    named.collect()
}

/// Removes the other files of a download, those of former names too; who is reading one keeps it
/// to its end.
pub(super) fn remove_others(path: &Path, download: Download) {
    let head = format!("{}-r", download.name());
    let end = format!(".{}", download.extension());
    let Some(Ok(entries)) = path.parent().map(std::fs::read_dir) else {
        return;
    };
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with(&head) && name.ends_with(&end) && entry.path() != path {
            // One that stays takes room until the next is made.
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::export::{Collection, ExportFormat};

    #[test]
    fn a_name_says_what_the_file_is_of_and_other_names_say_nothing() {
        let wards = Download::Collection(Collection::Wards, ExportFormat::Csv);
        let date = Day::parse("2026-11-23").expect("a day");
        let change = LastChange {
            revision: Revision(7),
            recorded_at: Instant(1_234_567),
        };
        let path = made(Path::new("/d"), wards, (Revision(12), date), Some(change));
        let name = path.file_name().and_then(|name| name.to_str());
        let name = name.expect("a name");
        assert_eq!(name, "wards-r12-2026-11-23-7at1234567.csv");
        let said = (Revision(12), date, "7at1234567");
        assert_eq!(read(name, wards), Some(said));
        for other in [
            "wards-r12-2026-11-23.csv",
            "wards-r12-2026-11-23-7at1.gpkg",
            "making-4-wards.csv",
            "parcels-r12-2026-11-23-7at1.csv",
        ] {
            assert_eq!(read(other, wards), None, "{other}");
        }
    }
}
