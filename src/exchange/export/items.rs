//! What is written under the names by which items are known over HTTP: paths into their properties,
//! as filters write them, with the words that items use.

use super::record::{Cell, Collection, Record};
use crate::exchange::profile::Target;

/// Under which names cells are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Names {
    /// Those that the built-in profiles read, for import into another register.
    Profile,
    /// Those of the properties of items, for who knows the items. What items have as lists
    /// (`landUse`, `provisions`) is one text, as the profiles read it.
    Items,
}

/// What is written into one file, and under which names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Table {
    /// What is written.
    pub collection: Collection,
    /// Under which names.
    pub names: Names,
}

impl From<Collection> for Table {
    fn from(collection: Collection) -> Self {
        Self {
            collection,
            names: Names::Profile,
        }
    }
}

impl From<Target> for Table {
    fn from(target: Target) -> Self {
        Collection::from(target).into()
    }
}

const PARCELS: &[&str] = &[
    "asMap.commune.code",
    "asMap.sheet",
    "asMap.number",
    "asCertificate.commune.code",
    "asCertificate.sheet",
    "asCertificate.number",
    "ward.code",
    "nationalIdentifier",
    "registeredArea",
    "measuredArea",
    "scale",
    "landUse",
    "status",
    "validFrom",
    "validTo",
    "plane.epsg",
];
const STATUS: usize = 12;
const ZONES: &[&str] = &[
    "key",
    "layer",
    "code",
    "function",
    "storeysMax",
    "heightMax",
    "coverageMaxPercent",
    "floorAreaRatioMax",
    "population",
    "provisions",
    "validFrom",
    "validTo",
    "plane.epsg",
];
const ROADS: &[&str] = &[
    "key",
    "layer",
    "street",
    "width",
    "alley",
    "decision.act",
    "decision.article",
    "decision.dated",
    "decision.link",
    "provisions",
    "validFrom",
    "validTo",
    "plane.epsg",
];
const ALLEY: usize = 4;
const RESTRICTIONS: &[&str] = &[
    "key",
    "layer",
    "kind",
    "width",
    "voltage",
    "legend",
    "legendEn",
    "provisions",
    "validFrom",
    "validTo",
    "plane.epsg",
];
const WARDS: &[&str] = &["code", "name", "kind", "validFrom", "validTo", "plane.epsg"];

impl Table {
    /// The names of its cells.
    pub const fn columns(self) -> &'static [&'static str] {
        match (self.names, self.collection) {
            (Names::Items, Collection::Of(Target::Parcels)) => PARCELS,
            (Names::Items, Collection::Of(Target::Zones)) => ZONES,
            (Names::Items, Collection::Of(Target::Roads)) => ROADS,
            (Names::Items, Collection::AllRestrictions) => RESTRICTIONS,
            (Names::Items, Collection::Wards) => WARDS,
            // Corridors and restrictions apart are no collections of items.
            _ => self.collection.columns(),
        }
    }

    /// A record as it is written here.
    pub(super) fn told(self, mut record: Record) -> Record {
        if self.names == Names::Profile {
            return record;
        }
        match self.collection {
            Collection::Of(Target::Parcels) => {
                if let Some(Cell::Text(Some(status))) = record.cells.get_mut(STATUS)
                    && status == "in_use"
                {
                    "inUse".clone_into(status);
                }
            }
            Collection::Of(Target::Roads) => {
                if let Some(cell) = record.cells.get_mut(ALLEY) {
                    let alley = *cell == Cell::Text(Some("true".to_owned()));
                    *cell = Cell::Truth(Some(alley));
                }
            }
            Collection::AllRestrictions => name_is_legend(&mut record.cells),
            Collection::Of(_) | Collection::Wards => {}
        }
        record
    }
}

/// A corridor is known by its name, as other restrictions by their legend, and its kind is named
/// beside theirs.
fn name_is_legend(cells: &mut Vec<Cell>) {
    let [_, _, kind, name, _, _, legend, legend_en, ..] = cells.as_mut_slice() else {
        return;
    };
    let name = std::mem::replace(name, Cell::Text(None));
    if let Cell::Text(Some(_)) = &name {
        if let Cell::Text(Some(kind)) = kind {
            kind.insert_str(0, "corridor_");
        }
        (*legend, *legend_en) = (name.clone(), name);
    }
    cells.remove(3);
}
