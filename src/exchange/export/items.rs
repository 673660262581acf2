//! What is written under the names by which items are known over HTTP: paths into their properties,
//! as filters write them, with the words that items use.

use super::record::{Cell, Collection, Record};
use crate::cadastre::{AreaCheck, Day, ParcelVersion, Revision};
use crate::crs::Transforms;
use crate::exchange::profile::Target;
use crate::planning::Layer;

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
    "ward.name",
    "areaTolerance",
    "areaDiffers",
    "recordedIn",
    "plane.operation",
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
    "layerTitle",
    "layerTitleEn",
    "theme",
    "lawStatus",
    "asOf",
    "accuracy",
    "recordedIn",
    "plane.operation",
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
    "layerTitle",
    "layerTitleEn",
    "theme",
    "lawStatus",
    "asOf",
    "accuracy",
    "recordedIn",
    "plane.operation",
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
    "layerTitle",
    "layerTitleEn",
    "theme",
    "lawStatus",
    "asOf",
    "accuracy",
    "recordedIn",
    "plane.operation",
];
const WARDS: &[&str] = &[
    "code",
    "name",
    "kind",
    "validFrom",
    "validTo",
    "plane.epsg",
    "fullName",
    "plane.operation",
];
const MEASURED: usize = 9;
/// What is a day, and no text, in files that know days.
const DAYS: [&str; 4] = ["validFrom", "validTo", "asOf", "decision.dated"];

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

    /// Whether the cell of a place is a day.
    pub(super) fn is_day(self, place: usize) -> bool {
        let name = self.columns().get(place);
        self.names == Names::Items && name.is_some_and(|name| DAYS.contains(name))
    }

    /// A record as it is written here; its last cell is the operation from its plane to WGS 84.
    pub(super) fn told(self, mut record: Record, transforms: &Transforms) -> Record {
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
                // As items show it.
                if let Some(Cell::Real(Some(m2))) = record.cells.get_mut(MEASURED) {
                    *m2 = (*m2 * 1e4).round() / 1e4;
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
        for (place, cell) in record.cells.iter_mut().enumerate() {
            if let (true, Cell::Text(text)) = (self.is_day(place), &*cell) {
                let day = text.as_deref().and_then(|text| Day::parse(text).ok());
                *cell = Cell::Day(day);
            }
        }
        let operation = transforms.operation_name(record.plane);
        record.cells.push(Cell::Text(Some(operation.to_owned())));
        record
    }
}

/// What the item of a parcel says beside its record.
pub fn of_item_of_parcel(
    mut record: Record,
    version: &ParcelVersion,
    ward: Option<&str>,
) -> Record {
    let parcel = &version.parcel;
    let check = parcel
        .registered_area
        .map(|area| AreaCheck::compare(parcel.scale, area, parcel.measured_area()));
    let tolerance = check.map(|check| (check.tolerance_mm2 as f64 / 1e4).round() / 100.0);
    record.cells.extend([
        Cell::Text(ward.map(str::to_owned)),
        Cell::Real(tolerance),
        Cell::Truth(check.map(|check| !check.is_within())),
        Cell::Integer(i64::try_from(version.recorded_in.0).ok()),
    ]);
    record
}

/// What the item of a ward says beside its record.
pub fn of_item_of_ward(mut record: Record, full_name: String) -> Record {
    record.cells.push(Cell::Text(Some(full_name)));
    record
}

/// What the item of a planning feature says beside its record: the head of its layer, whose title
/// files have in both languages, and the revision.
pub fn of_item_of_feature(mut record: Record, layer: Option<&Layer>, at: Revision) -> Record {
    let text = |part: fn(&Layer) -> &str| Cell::Text(layer.map(|own| part(own).to_owned()));
    record.cells.extend([
        text(|layer| &layer.title_vi),
        text(|layer| &layer.title_en),
        text(|layer| &layer.theme.0),
        text(|layer| layer.law_status.as_str()),
        Cell::Day(layer.map(|layer| layer.as_of)),
        Cell::Real(layer.map(|layer| f64::from(layer.accuracy_mm) / 1000.0)),
        Cell::Integer(i64::try_from(at.0).ok()),
    ]);
    record
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
