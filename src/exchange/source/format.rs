//! The formats that are read: their drivers, what lies beside a file, and what a file really is.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

/// A format on the allow list. No virtual format, no archive, nothing over a network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum Format {
    /// OGC GeoPackage.
    GeoPackage,
    /// ESRI Shapefile with its `.shx` and `.dbf`.
    Shapefile,
    /// GeoJSON.
    GeoJson,
    /// FlatGeobuf.
    FlatGeobuf,
    /// OGC GML.
    Gml,
    /// AutoCAD DXF.
    Dxf,
    /// MicroStation DGN, version 7.
    Dgn,
    /// Comma separated values with a column of WKT.
    Csv,
}

/// Every format with its file extensions, for messages and look-ups.
const EXTENSIONS: [(&str, Format); 10] = [
    ("gpkg", Format::GeoPackage),
    ("shp", Format::Shapefile),
    ("geojson", Format::GeoJson),
    ("json", Format::GeoJson),
    ("fgb", Format::FlatGeobuf),
    ("gml", Format::Gml),
    ("xml", Format::Gml),
    ("dxf", Format::Dxf),
    ("dgn", Format::Dgn),
    ("csv", Format::Csv),
];

impl Format {
    /// The format that a file's extension names, whatever its case.
    pub fn of_extension(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        EXTENSIONS
            .iter()
            .find(|(e, _)| *e == extension)
            .map(|&(_, format)| format)
    }

    /// What people call it.
    pub const fn title(self) -> &'static str {
        match self {
            Self::GeoPackage => "GeoPackage",
            Self::Shapefile => "Shapefile",
            Self::GeoJson => "GeoJSON",
            Self::FlatGeobuf => "FlatGeobuf",
            Self::Gml => "GML",
            Self::Dxf => "DXF",
            Self::Dgn => "DGN v7",
            Self::Csv => "CSV",
        }
    }

    /// The extension by which it is known.
    pub(super) fn extension(self) -> &'static str {
        let known = EXTENSIONS.iter().find(|(_, format)| *format == self);
        known.map_or("", |(extension, _)| extension)
    }

    /// Whether a file of the format may begin so; those with a mark of their own never do.
    pub(super) const fn may_begin_with(self, beginning: Beginning) -> bool {
        match self {
            Self::GeoPackage | Self::Shapefile | Self::FlatGeobuf | Self::Dgn => false,
            Self::Gml => !matches!(beginning, Beginning::Bytes),
            Self::GeoJson | Self::Dxf | Self::Csv => {
                matches!(beginning, Beginning::Text | Beginning::Nothing)
            }
        }
    }

    /// GDAL's name of the only driver that may open it.
    pub(super) const fn driver(self) -> &'static str {
        match self {
            Self::GeoPackage => "GPKG",
            Self::Shapefile => "ESRI Shapefile",
            Self::GeoJson => "GeoJSON",
            Self::FlatGeobuf => "FlatGeobuf",
            Self::Gml => "GML",
            Self::Dxf => "DXF",
            Self::Dgn => "DGN",
            Self::Csv => "CSV",
        }
    }

    /// GDAL's open options: texts stay as they are in the file, types are not guessed.
    pub(super) const fn open_options(self) -> &'static [&'static str] {
        match self {
            Self::GeoPackage => &["IMMUTABLE=YES", "LIST_ALL_TABLES=NO"],
            Self::Shapefile => &["ENCODING=", "ADJUST_TYPE=NO"],
            Self::Csv => &[
                "AUTODETECT_TYPE=NO",
                "EMPTY_STRING_AS_NULL=YES",
                "GEOM_POSSIBLE_NAMES=WKT,wkt,geom_wkt,the_geom",
                "KEEP_GEOM_COLUMNS=NO",
            ],
            _ => &[],
        }
    }

    /// Whether the format itself promises UTF-8, so that an old Vietnamese encoding can only have
    /// come in through Windows-1252.
    pub const fn is_unicode(self) -> bool {
        matches!(
            self,
            Self::GeoPackage | Self::GeoJson | Self::FlatGeobuf | Self::Gml
        )
    }

    /// Extensions of the files that belong to one of this format; the first `required` must exist.
    const fn sidecars(self) -> (&'static [&'static str], usize) {
        match self {
            Self::Shapefile => (&["shx", "dbf", "prj", "cpg"], 2),
            Self::Csv => (&["csvt", "prj"], 0),
            Self::Gml => (&["xsd", "gfs"], 0),
            _ => (&[], 0),
        }
    }
}

/// The extensions that are read, for messages.
pub(super) fn known_extensions() -> String {
    EXTENSIONS.map(|(e, _)| format!(".{e}")).join(", ")
}

/// The files that lie beside `path` and belong to it, and the first required one that does not.
pub(super) fn beside(path: &Path, format: Format) -> (Vec<PathBuf>, Option<&'static str>) {
    let (extensions, required) = format.sidecars();
    let stem = path.file_stem().unwrap_or_default();
    let folder = match path.parent() {
        Some(parent) if parent != Path::new("") => parent,
        _ => Path::new("."),
    };
    let found: Vec<PathBuf> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .filter(|p| p.file_stem() == Some(stem))
        .collect();
    let is = |p: &Path, e: &str| {
        p.extension()
            .is_some_and(|x| x.eq_ignore_ascii_case(OsStr::new(e)))
    };
    let mut files = Vec::new();
    let mut missing = None;
    for (i, extension) in extensions.iter().enumerate() {
        match found.iter().find(|p| is(p, extension)) {
            Some(file) => files.push(file.clone()),
            None if i < required && missing.is_none() => missing = Some(*extension),
            None => {}
        }
    }
    (files, missing)
}

/// What the first bytes of a file show, where they show it beyond doubt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Content {
    /// A format that is read.
    Known(Format),
    /// Something else, with what to do about it.
    Foreign(&'static str, &'static str),
    /// Several formats begin so.
    Unclear(Beginning),
}

/// How a file begins that shows no format beyond doubt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Beginning {
    /// With no byte at all.
    Nothing,
    /// With a text in bytes.
    Text,
    /// With a text in UTF-16.
    WideText,
    /// With bytes of no text.
    Bytes,
}

impl Beginning {
    /// What people call it.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Nothing => "empty",
            Self::Text => "a plain text",
            Self::WideText => "a text in UTF-16",
            Self::Bytes => "binary data of another kind",
        }
    }

    fn of(head: &[u8]) -> Self {
        match head {
            [] => Self::Nothing,
            [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => Self::WideText,
            _ if head.contains(&0) => Self::Bytes,
            _ => Self::Text,
        }
    }
}

const FOREIGN: [(&[u8], &str, &str); 17] = [
    (
        b"PK\x03\x04",
        "a ZIP archive",
        "unpack it and import the file inside",
    ),
    (
        b"\x1f\x8b",
        "a gzip archive",
        "unpack it and import the file inside",
    ),
    (
        b"7z\xbc\xaf",
        "a 7-Zip archive",
        "unpack it and import the file inside",
    ),
    (
        b"Rar!",
        "a RAR archive",
        "unpack it and import the file inside",
    ),
    (
        b"\xd0\xcf\x11\xe0",
        "a DGN v8 or Office file",
        "save it as DGN V7 in MicroStation",
    ),
    (b"AC10", "a DWG drawing", "save it as DXF"),
    (
        b"%PDF",
        "a PDF document",
        "ask for the data the map was made from",
    ),
    (b"<OGRVRT", "a virtual file", "import the file it points to"),
    (
        b"AutoCAD Binary DXF",
        "a binary DXF",
        "save it as ASCII DXF",
    ),
    (
        b"\x89PNG",
        "a picture (PNG)",
        "ask for the data the map was made from",
    ),
    (
        b"\xff\xd8\xff",
        "a picture (JPEG)",
        "ask for the data the map was made from",
    ),
    (
        b"II*\0",
        "a picture (TIFF)",
        "ask for the data the map was made from",
    ),
    (
        b"MM\0*",
        "a picture (TIFF)",
        "ask for the data the map was made from",
    ),
    (b"<!DOCTYPE html", "a web page", "download the file itself"),
    (b"<html", "a web page", "download the file itself"),
    (
        b"!table",
        "a MapInfo table",
        "save it as GeoPackage or Shapefile",
    ),
    (
        b"\0\x01\0\0Standard",
        "an Access database",
        "save its layer as GeoPackage",
    ),
];

/// Looks at the first bytes (512 are enough).
pub(super) fn content(head: &[u8]) -> Content {
    let text = head
        .strip_prefix(b"\xef\xbb\xbf")
        .unwrap_or(head)
        .trim_ascii_start();
    if let Some(&(_, what, hint)) = FOREIGN
        .iter()
        .find(|(magic, ..)| head.starts_with(magic) || text.starts_with(magic))
    {
        return Content::Foreign(what, hint);
    }
    let has = |needle: &[u8]| head.windows(needle.len()).any(|w| w == needle);
    match head {
        _ if head.starts_with(b"SQLite format 3\0") => Content::Known(Format::GeoPackage),
        _ if head.starts_with(b"\0\0\x27\x0a") => Content::Known(Format::Shapefile),
        _ if head.starts_with(b"fgb\x03") => Content::Known(Format::FlatGeobuf),
        [0x08 | 0xc8, 0x09, 0xfe, 0x02, ..] => Content::Known(Format::Dgn),
        _ if text.starts_with(b"{") => Content::Known(Format::GeoJson),
        _ if text.starts_with(b"<") && (has(b"gml") || has(b"FeatureCollection")) => {
            Content::Known(Format::Gml)
        }
        _ if text.starts_with(b"0") && has(b"SECTION") => Content::Known(Format::Dxf),
        _ => Content::Unclear(Beginning::of(head)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_extension_names_its_format_in_any_case() {
        assert_eq!(
            Format::of_extension(Path::new("/a/THUADAT.SHP")),
            Some(Format::Shapefile)
        );
        for refused in ["a.vrt", "a.zip", "a", "a.gpkg.zip", "a.tif"] {
            assert_eq!(Format::of_extension(Path::new(refused)), None, "{refused}");
        }
    }

    #[test]
    fn content_tells_what_an_extension_may_lie_about() {
        assert_eq!(
            content(b"SQLite format 3\0..."),
            Content::Known(Format::GeoPackage)
        );
        assert_eq!(
            content(b"  0\r\nSECTION\r\n  2\r\nHEADER"),
            Content::Known(Format::Dxf)
        );
        assert!(matches!(content(b"PK\x03\x04...."), Content::Foreign(..)));
        assert!(matches!(
            content(b"\xef\xbb\xbf <OGRVRTDataSource>"),
            Content::Foreign(..)
        ));
        let text = Content::Unclear(Beginning::Text);
        assert_eq!(content(b"WKT,so_to\n"), text);
        assert!(Format::Csv.may_begin_with(Beginning::Text));
        assert!(!Format::Csv.may_begin_with(Beginning::Bytes));
        assert!(!Format::Shapefile.may_begin_with(Beginning::Text));
    }
}
