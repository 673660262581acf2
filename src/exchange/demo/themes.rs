//! The layers of the demo city that say little or nothing, so that a question can be answered.

use super::plans::{Drawing, Heading};
use super::site::Block;
use crate::planning::{FeatureKind, PlanIndices, PlanUnit};

/// A unit of a detailed plan in every ward.
const DETAILED: Heading = (
    "detailed_500",
    "detailed_plan",
    "Quy hoạch chi tiết 1/500",
    "Detailed plan 1:500",
    100,
);
/// Land to be recovered in every ward.
const LAND_USE: Heading = (
    "land_use_plan",
    "land_use_plan",
    "Kế hoạch sử dụng đất hằng năm",
    "Land-use plan of the year",
    300,
);
/// Layers that cover the zoned sheets.
pub(super) const OF_ZONED: [Heading; 2] = [
    DETAILED,
    (
        "local_adjustments",
        "local_adjustment",
        "Điều chỉnh cục bộ quy hoạch",
        "Local adjustments of plans",
        500,
    ),
];
/// Layers that cover the whole city.
pub(super) const OF_CITY: [Heading; 3] = [
    LAND_USE,
    (
        "architecture_areas",
        "architecture",
        "Khu vực có quy định riêng về kiến trúc",
        "Areas with rules of architecture of their own",
        300,
    ),
    (
        "road_corridors",
        "road_corridor",
        "Hành lang an toàn đường bộ",
        "Safety corridors of roads",
        300,
    ),
];
/// Layers that nobody has made yet for the wards of the other plane.
pub(super) const OF_FIRST_PLANE: [Heading; 2] = [
    (
        "rail_corridors",
        "rail_corridor",
        "Hành lang an toàn đường sắt",
        "Safety corridors of railways",
        300,
    ),
    (
        "aerodrome_surfaces",
        "aerodrome",
        "Bề mặt giới hạn chướng ngại vật hàng không",
        "Obstacle limitation surfaces",
        1_000,
    ),
];

/// A unit of a detailed plan over the first block of houses of a ward, and land to be recovered in
/// the second.
pub(super) fn draw(drawing: &mut Drawing<'_>) {
    let site = drawing.site;
    let sheets = site.sheets.iter().filter(|sheet| sheet.zoned);
    let mut blocks = sheets
        .flat_map(|sheet| site.cells(sheet))
        .map(|cell| site.block(cell))
        .filter(|block| block.layout.kind.is_residential());
    if let Some(block) = blocks.next() {
        let unit = FeatureKind::PlanUnit(detailed_unit(&block));
        drawing.add(DETAILED, unit, &block.ground.corners);
    }
    if let Some(block) = blocks.next() {
        let kind = FeatureKind::Restriction {
            kind: "land_to_be_recovered".to_owned(),
            legend_vi: "Đất thu hồi làm đường (dữ liệu giả lập)".to_owned(),
            legend_en: "Land to be recovered for a road (synthetic)".to_owned(),
        };
        let corner = |t, s| block.ground.place(t, s);
        let outline = [
            corner(0.0, 0.0),
            corner(0.2, 0.0),
            corner(0.2, 0.3),
            corner(0.0, 0.3),
        ];
        drawing.add(LAND_USE, kind, &outline);
    }
}

fn detailed_unit(block: &Block) -> PlanUnit {
    let (i, j) = block.cell;
    PlanUnit {
        code: format!("CT-{i}-{j}"),
        function: "Đất nhóm nhà ở liên kế (dữ liệu giả lập)".to_owned(),
        indices: PlanIndices {
            storeys_max: Some(4),
            height_max_mm: Some(16_000),
            coverage_max_permille: Some(850),
            floor_area_ratio_max_hundredths: Some(340),
            population: None,
        },
    }
}
