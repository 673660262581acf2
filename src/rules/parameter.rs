//! The closed catalogue of what a rule may ask for about a site, a building, a project.
//!
//! A parameter has one meaning, one unit and one name; packs, the command line and evidence use the
//! name. Titles for people stand in `data/messages/rules.toml`. A new parameter needs a way to be
//! derived or stated, so the catalogue grows here and not in packs.

use super::unit::Unit;

/// What sort of value a parameter has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// A decimal that is not negative, in a unit.
    Number(Unit),
    /// True or false.
    Truth,
    /// One of some words.
    Word(&'static [&'static str]),
    /// A code of an open list, such as a ward's or one of land use.
    Code,
}

macro_rules! catalogue {
    ($($(#[doc = $meaning:literal])+ $variant:ident = $name:literal, $sort:expr;)*) => {
        /// What a rule may ask for.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Parameter {
            $($(#[doc = $meaning])+ $variant,)*
        }

        impl Parameter {
            /// The whole catalogue.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// Its name in packs, on the command line and in evidence; units stand in names.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// What sort of value it has.
            pub const fn sort(self) -> Sort {
                match self { $(Self::$variant => $sort,)* }
            }
        }
    };
}

const METRES: Sort = Sort::Number(Unit::Metre);
const SQUARE_METRES: Sort = Sort::Number(Unit::SquareMetre);
const STOREYS: Sort = Sort::Number(Unit::Storeys);
const TRUTH: Sort = Sort::Truth;

/// Kinds of buildings that packs tell apart.
const BUILDINGS: &[&str] = &[
    "row_house",
    "villa",
    "detached_house",
    "apartments",
    "commercial",
    "mixed_use",
    "education",
    "health",
    "culture",
    "sport",
    "market",
    "factory",
    "warehouse",
    "other",
];

catalogue! {
    // The lot.
    /// Area of the lot that conforms to the plan: without road widening, corridors and land that is
    /// not residential (Decision 56/2021, App. 18, 2.1 and 5).
    LotArea = "lot_area_m2", SQUARE_METRES;
    /// Width of the lot at the red line.
    Frontage = "frontage_m", METRES;
    /// Depth of the lot from the red line.
    Depth = "depth_m", METRES;
    /// Depth of the lot from the building line.
    DepthFromBuildingLine = "depth_from_building_line_m", METRES;
    /// Whether the lot lies between two roads that meet.
    CornerLot = "corner_lot", TRUTH;
    /// Whether the lot reaches from one road to another.
    ThroughLot = "through_lot", TRUTH;
    /// Width of a corner or through lot at its wider road.
    FrontageOnWiderRoad = "frontage_on_wider_road_m", METRES;
    /// Length over which adjoining houses stand back from the red line.
    SetBackRowLength = "set_back_row_length_m", METRES;
    /// Mean setback of those adjoining houses.
    RowSetback = "row_setback_m", METRES;
    /// Whether more than half of the block stands back.
    MostOfBlockSetBack = "most_of_block_set_back", TRUTH;
    /// Code of the land use on which the building stands.
    LandUse = "land_use", Sort::Code;
    /// Code of the ward, five digits.
    Ward = "ward", Sort::Code;
    /// Region of the city in which a lot is divided (Decision 100/2024).
    DivisionRegion = "division_region", Sort::Word(&["1", "2", "3"]);
    /// Inner or outer district of before 1 July 2025.
    CityPart = "city_part", Sort::Word(&["inner", "outer"]);

    // The road in front of it.
    /// Planned right of way (lộ giới) between the red lines; of a corner or through lot the wider.
    RightOfWay = "right_of_way_m", METRES;
    /// Right of way of the other road of a corner or through lot.
    NarrowerRightOfWay = "narrower_right_of_way_m", METRES;
    /// Width of the sidewalk.
    Sidewalk = "sidewalk_m", METRES;
    /// Whether the road is of regional level or above (QCVN 01:2021, 2.6).
    RegionalRoad = "regional_road", TRUTH;
    /// Whether the street is one of the list of commercial streets (Decision 56/2021, App. 2).
    CommercialStreet = "commercial_street", TRUTH;
    /// Whether the lot lies on a commercial axis with a recess of the ground floor (App. 4).
    CommercialAxis = "commercial_axis", TRUTH;
    /// Whether the building line of the street lies on the red line.
    BuildingLineOnRedLine = "building_line_on_red_line", TRUTH;
    /// Whether an urban design or detailed plan sets one setback for the whole street.
    StreetSetbackUniform = "street_setback_uniform", TRUTH;

    // The place in plans.
    /// Existing built-up area, or an area newly developed.
    Development = "development", Sort::Word(&["existing", "new"]);
    /// Central district, or centre of a district.
    CentralDistrict = "central_district", TRUTH;
    /// Whether the area is urban.
    UrbanArea = "urban_area", TRUTH;
    /// Whether an existing area is short of land (QCVN 01:2021, 2.6).
    ShortOfLand = "short_of_land", TRUTH;
    /// Greatest storeys that the zoning plan states for the lot; absent when it states none.
    ZoningStoreys = "zoning_storeys_max", STOREYS;
    /// Greatest height that the zoning plan states for the lot; absent when it states none.
    ZoningHeight = "zoning_height_max_m", METRES;
    /// Greatest floor-area ratio that the zoning plan states for the lot; absent when none.
    ZoningFloorAreaRatio = "zoning_floor_area_ratio_max", Sort::Number(Unit::Times);
    /// Whether the plan controls the floor-area ratio instead of coverage and storeys.
    PlanControlsFloorAreaRatio = "plan_controls_floor_area_ratio", TRUTH;
    /// What a unit of a plan is, for its gross coverage; absent when the question is of a lot.
    PlanUnitUse = "plan_unit_use",
        Sort::Word(&["residential", "resort", "park", "theme_park", "special_green"]);
    /// Greatest coverage of a detailed plan or urban design; absent when there is none.
    DetailedCoverage = "detailed_coverage_max_percent", Sort::Number(Unit::Percent);
    /// Greatest storeys of a detailed plan or urban design; absent when there is none.
    DetailedStoreys = "detailed_storeys_max", STOREYS;
    /// Greatest height of a detailed plan or urban design; absent when there is none.
    DetailedHeight = "detailed_height_max_m", METRES;
    /// Greatest floor-area ratio of a detailed plan or urban design; absent when there is none.
    DetailedFloorAreaRatio = "detailed_floor_area_ratio_max", Sort::Number(Unit::Times);
    /// Front setback of a detailed plan or urban design; absent when there is none.
    DetailedFrontSetback = "detailed_front_setback_m", METRES;
    /// Announced plan against which the land is to be used, and that is not carried out.
    PlanNotCarriedOut = "plan_not_carried_out", Sort::Word(&["none", "zoning_2000", "detailed_500"]);
    /// Whether the land has been ordered to be recovered.
    RecoveryDecided = "recovery_decided", TRUTH;
    /// Whether the commune's land-use plan has the land, and fewer than two years have passed.
    InCommuneLandUsePlan = "in_commune_land_use_plan", TRUTH;
    /// Whether the owner has undertaken to remove the building.
    RemovalUndertaken = "removal_undertaken", TRUTH;
    /// Functional zone, or urban-development area of the city's master plan.
    InDevelopmentArea = "in_development_area", TRUTH;
    /// Construction area of the commune's plan.
    InCommuneConstructionArea = "in_commune_construction_area", TRUTH;
    /// Area with a regulation of architecture.
    InArchitectureArea = "in_architecture_area", TRUTH;
    /// Area of a zone's management board.
    InBoardArea = "in_board_area", TRUTH;
    /// Whether the project reaches over several communes.
    SeveralCommunes = "several_communes", TRUTH;

    // The building and the project.
    /// Kind of building.
    BuildingKind = "building_kind", Sort::Word(BUILDINGS);
    /// What is to be done.
    Work = "work", Sort::Word(&["new", "repair", "relocation", "interior_repair"]);
    /// Who asks.
    Applicant = "applicant", Sort::Word(&["household", "organisation"]);
    /// Grade of the works.
    Grade = "grade", Sort::Word(&["special", "1", "2", "3", "4"]);
    /// Width of the building at the front.
    BuildingFrontage = "building_frontage_m", METRES;
    /// Width of the gate.
    GateWidth = "gate_width_m", METRES;
    /// Storeys, counted as the law counts.
    Storeys = "storeys", STOREYS;
    /// Basements.
    Basements = "basements", STOREYS;
    /// Floor area of all storeys.
    FloorArea = "floor_area_m2", SQUARE_METRES;
    /// Height from the planned ground to the highest point (QCVN 01:2021, 1.4).
    BuildingHeight = "building_height_m", METRES;
    /// Height of the taller of two buildings beside each other.
    TallerHeight = "taller_height_m", METRES;
    /// Whether the building has the storey that may be added (Decision 56/2021, App. 18, Table 2).
    AddedStorey = "added_storey", TRUTH;
    /// Floors in which goods are produced.
    ProductionFloors = "production_floors", STOREYS;
    /// Works exempt whoever builds: state secret, emergency, temporary, defence and their kin.
    ListedExemptWorks = "listed_exempt_works", TRUTH;
    /// Whether the repair touches a façade on a street with requirements of architecture.
    RegulatedFacade = "regulated_facade", TRUTH;
    /// Whether the repair changes use, structure, fire safety, environment or connections.
    ChangesEssentials = "changes_essentials", TRUTH;

    /// How far a balcony or canopy reaches over the right of way; absent when there is none.
    Balcony = "balcony_m", METRES;
    /// Height of its underside above the sidewalk; absent when there is none.
    BalconyUnderside = "balcony_underside_m", METRES;
    /// Share of the façade that decoration takes over the right of way; absent when there is none.
    Decoration = "decoration_percent", Sort::Number(Unit::Percent);
    /// How far parts below 3.5 m reach over the red line; absent when none does.
    LowParts = "low_parts_m", METRES;
    /// Height of a pergola on the roof; absent when there is none.
    PergolaHeight = "pergola_height_m", METRES;
    /// Open share of the pergola; absent when there is none.
    PergolaOpen = "pergola_open_percent", Sort::Number(Unit::Percent);
    /// Distance of a ramp to the basement from the red line; absent when there is none.
    RampSetback = "ramp_setback_m", METRES;
    /// Whether the case divides the lot.
    DividesLot = "divides_lot", TRUTH;
    /// Whether structural safety, neighbours, environment, fire safety and a proper design are shown
    /// with the dossier (Decree 217/2026, 50).
    OtherConditionsShown = "other_conditions_shown", TRUTH;

    // What lies beside.
    /// Class of the waterway; absent when there is none.
    WaterwayClass = "waterway_class",
        Sort::Word(&["special", "1", "2", "3", "4", "5", "6", "unclassified"]);
    /// Nominal voltage of the overhead line; absent when there is none.
    LineVoltage = "line_voltage_kv", Sort::Number(Unit::Kilovolt);
    /// Whether the conductors of the overhead line are insulated.
    LineInsulated = "line_insulated", TRUTH;
    /// Ground of the underground cable; absent when there is none.
    CableGround = "cable_ground", Sort::Word(&["stable", "soft", "duct"]);
    /// Kind of railway; absent when there is none.
    Railway = "railway", Sort::Word(&["conventional", "urban", "high_speed"]);
    /// What a distance from a railway is measured from.
    RailwayEdge = "railway_edge", Sort::Word(&["embankment", "ditch"]);
    /// Grade of a road with a safety corridor; absent when there is none.
    RoadGrade = "road_grade", Sort::Word(&["expressway", "1", "2", "3", "4", "5", "6"]);
}

impl Parameter {
    /// The parameter of a name, if it is one.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|p| p.name() == name)
    }
}

impl std::fmt::Display for Parameter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_parameter_and_ends_with_its_unit() {
        for &parameter in Parameter::ALL {
            let name = parameter.name();
            assert_eq!(Parameter::of_name(name), Some(parameter));
            let ending = match parameter.sort() {
                Sort::Number(Unit::Metre) => "_m",
                Sort::Number(Unit::SquareMetre) => "_m2",
                Sort::Number(Unit::Percent) => "_percent",
                Sort::Number(Unit::Kilovolt) => "_kv",
                _ => "",
            };
            assert!(name.ends_with(ending), "{name}");
        }
        assert_eq!(Parameter::of_name("lot_area"), None);
    }
}
