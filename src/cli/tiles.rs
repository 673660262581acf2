//! `diachinh tiles`: tiles of the map, rendered ahead.

use std::process::ExitCode;
use std::sync::Arc;

use indicatif::{ProgressBar, ProgressStyle};

use super::error::Error;
use super::serve::now;
use super::wording::answer;
use crate::app::seed::{SeedOrder, Seeded, seed};
use crate::app::{Clock, Reference, open_existing_register};
use crate::config::{Loaded, Override};
use crate::exchange::Language;
use crate::tile::{Coding, TileMatrixSet, TileSet};

/// Tiles of the map, rendered ahead.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  diachinh tiles seed                                  zooms 0 to 14 of the whole city
  diachinh tiles seed --zooms 15-17 --bbox 106.68,10.76,106.71,10.79
  diachinh tiles seed --coding gzip                    for a proxy that wants no other
  diachinh tiles seed --tile-matrix-set VN2000TM3Quad  those in VN-2000

They lie in the folder `app.tile_folder` of the configuration, tile-cache unless set. A server takes
them from there for as long as no edit has met them; the folder may be emptied at any time.")]
pub struct Tiles {
    #[command(subcommand)]
    order: Order,
    /// The register: a GeoPackage file, or postgres://… [default: store.url, diachinh.gpkg].
    #[arg(long, global = true, value_name = "FILE-OR-URL")]
    store: Option<String>,
}

#[derive(Debug, clap::Subcommand)]
enum Order {
    /// Renders the tiles of today into the folder of tiles, on all cores.
    Seed {
        /// Degrees west, south, east and north [default: all that there is].
        #[arg(long, value_name = "W,S,E,N", value_parser = bbox, allow_hyphen_values = true)]
        bbox: Option<Box4>,
        /// First and last zoom, 0 to 20, or tile matrix, 0 to 14 [default: 0-14, or 0-8].
        #[arg(long, value_name = "FIRST-LAST", value_parser = zooms)]
        zooms: Option<Zooms>,
        /// The tile matrix set: WebMercatorQuad, or VN2000TM3Quad for the tiles in VN-2000.
        #[arg(long, value_name = "SET", default_value = "WebMercatorQuad", value_parser = matrix_set)]
        tile_matrix_set: TileMatrixSet,
        /// The set of layers: the whole map, or one layer by its name.
        #[arg(long, value_name = "SET", default_value = "city", value_parser = set)]
        set: TileSet,
        /// Codings in which they are kept: gzip, br, zstd, identity [default: gzip, br and zstd].
        #[arg(long = "coding", value_name = "CODING", value_delimiter = ',', value_parser = coding)]
        codings: Vec<Coding>,
    },
}

type Box4 = [f64; 4];
type Zooms = (u8, u8);

/// First and last zoom when none are asked for: above them a city has too many tiles to be drawn
/// ahead without being told to.
const ZOOMS: Zooms = (0, 14);

impl Tiles {
    /// The options given on the command line.
    pub fn overrides(&self) -> Vec<Override> {
        Override::of("store.url", self.store.as_ref())
    }

    /// Renders.
    ///
    /// # Errors
    /// [`Error`] when no folder is set, or the register cannot be read.
    pub fn run(&self, loaded: &Loaded, language: Language) -> Result<ExitCode, Error> {
        let Order::Seed {
            bbox,
            zooms,
            tile_matrix_set,
            set,
            codings,
        } = &self.order;
        let matrices = zooms.unwrap_or_else(|| tile_matrix_set.matrices(ZOOMS));
        if matrices.1 > tile_matrix_set.finest() {
            let (set, finest) = (tile_matrix_set.id(), tile_matrix_set.finest());
            let text = format!(
                "{set} has no tile matrix {}, expected 0 to {finest}",
                matrices.1
            );
            return Err(Error::Usage(text));
        }
        let options = loaded.config.app.clone();
        if options.tile_folder.as_os_str().is_empty() {
            let text = "`app.tile_folder` is empty, expected a folder".to_owned();
            return Err(Error::Usage(text));
        }
        let folder = options.tile_folder.display().to_string();
        let store = open_existing_register(&loaded.config.store)?;
        let clock: Clock = Arc::new(now);
        let order = SeedOrder {
            set: *set,
            bbox: *bbox,
            of: *tile_matrix_set,
            matrices,
            codings: if codings.is_empty() {
                vec![Coding::Gzip, Coding::Brotli, Coding::Zstd]
            } else {
                codings.clone()
            },
        };
        let bar = bar();
        let each = |done: u64, all: u64| {
            bar.set_length(all);
            bar.set_position(done);
        };
        let with = (options, Arc::new(Reference::built_in()?), clock);
        let Seeded {
            tiles,
            files,
            revision,
        } = seed(with, &store, &order, &each)?;
        bar.finish_and_clear();
        let text = format!("{folder}: {tiles} tiles, {files} files written, revision {revision}");
        answer(&text, language)?;
        Ok(ExitCode::SUCCESS)
    }
}

/// A bar on standard error, silent where that is no terminal.
fn bar() -> ProgressBar {
    let bar = ProgressBar::new(0);
    match ProgressStyle::with_template("{bar:32} {human_pos} of {human_len} tiles, {eta} left") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

fn bbox(text: &str) -> Result<Box4, String> {
    let numbers: Result<Vec<f64>, _> = text.split(',').map(|part| part.trim().parse()).collect();
    let four: Option<Box4> = numbers.ok().and_then(|numbers| numbers.try_into().ok());
    let on_earth = |[west, south, east, north]: &Box4| {
        (-180.0..=180.0).contains(west)
            && (-180.0..=180.0).contains(east)
            && (-90.0..=90.0).contains(south)
            && (-90.0..=90.0).contains(north)
            && west <= east
            && south <= north
    };
    let expected = "expected west,south,east,north in degrees, as in 106.68,10.76,106.71,10.79";
    four.filter(on_earth).ok_or_else(|| expected.to_owned())
}

fn zooms(text: &str) -> Result<Zooms, String> {
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    let zoom = |text: &str| text.trim().parse::<u8>().ok().filter(|zoom| *zoom <= 20);
    let zooms = zoom(first)
        .zip(zoom(last))
        .filter(|(first, last)| first <= last);
    zooms.ok_or_else(|| "expected first and last zoom of 0 to 20, as in 0-14".to_owned())
}

fn set(text: &str) -> Result<TileSet, String> {
    TileSet::from_name(text).ok_or_else(|| {
        let names: Vec<&str> = TileSet::ALL.iter().map(|set| set.name()).collect();
        format!("expected one of {}", names.join(", "))
    })
}

fn matrix_set(text: &str) -> Result<TileMatrixSet, String> {
    TileMatrixSet::from_id(text).ok_or_else(|| {
        let names = TileMatrixSet::ALL.map(TileMatrixSet::id);
        format!("expected one of {}", names.join(", "))
    })
}

fn coding(text: &str) -> Result<Coding, String> {
    match text {
        "gzip" => Ok(Coding::Gzip),
        "br" => Ok(Coding::Brotli),
        "zstd" => Ok(Coding::Zstd),
        "identity" => Ok(Coding::Identity),
        _ => Err("expected gzip, br, zstd or identity".to_owned()),
    }
}
