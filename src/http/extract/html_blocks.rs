//! What stands on the page of an extract beside the three lists: the parcel's facts and the portal's
//! answer.

use std::fmt::Write;

use super::html::{ExtractSheet, list};
use super::view::{AreasView, KeyView, NamedView, UnitView};

impl ExtractSheet<'_> {
    pub(super) fn facts(&self) -> String {
        let parcel = &self.view.parcel;
        let mut rows = String::new();
        let mut row = |key: &str, value: String| {
            let name = self.say(key, &[]);
            // Writing to a String does not fail.
            let _ = write!(rows, "<div><dt>{name}</dt><dd>{value}</dd></div>");
        };
        row("fact_ward", self.named(&parcel.ward));
        row("fact_map", self.key(&parcel.as_map));
        if let Some(certificate) = &parcel.as_certificate {
            row("fact_certificate", self.key(certificate));
        }
        if let Some(identifier) = &parcel.national_identifier {
            row("fact_identifier", self.sheet.escaped(identifier));
        }
        let uses = parcel.land_use.iter().map(|line| {
            let name = line.name.as_deref().unwrap_or_default();
            self.sheet.escaped(&format!("{} {name}", line.code))
        });
        row("fact_use", uses.collect::<Vec<_>>().join("; "));
        row("fact_area", self.areas(&self.view.areas));
        format!("<dl>{rows}</dl>")
    }

    fn areas(&self, areas: &AreasView) -> String {
        let measured = self.m2(&areas.measured_m2);
        let Some(registered) = &areas.registered_m2 else {
            return self.say("area_measured", &[("measured", measured)]);
        };
        let arguments = [
            ("measured", measured),
            ("registered", self.m2(registered)),
            (
                "tolerance",
                self.m2(areas.tolerance_m2.as_deref().unwrap_or_default()),
            ),
        ];
        let key = if areas.differ == Some(true) {
            "areas_differ"
        } else {
            "areas_agree"
        };
        self.say(key, &arguments)
    }

    pub(super) fn key(&self, key: &KeyView) -> String {
        let (sheet, number) = (key.sheet.clone(), key.number.clone());
        let commune = key.commune.name.clone().unwrap_or_default();
        let arguments = [("sheet", sheet), ("number", number), ("commune", commune)];
        self.say("key", &arguments)
    }

    pub(super) fn named(&self, named: &NamedView) -> String {
        self.sheet
            .escaped(named.name.as_ref().unwrap_or(&named.code))
    }

    /// The portal's answer: units with their indices, streets, what is left.
    pub(super) fn planning(&self) -> String {
        let planning = &self.view.planning;
        let mut html = format!("<section><h2>{}</h2>", self.say("planning", &[]));
        let all = [
            ("zoning", &planning.zoning),
            ("detailed_plan", &planning.detailed_plan),
            ("local_adjustment", &planning.local_adjustments),
        ];
        for (key, units) in all {
            let _ = write!(html, "<h3>{}</h3>", self.say(&format!("block_{key}"), &[]));
            html.push_str(&match &units.units {
                None => format!("<p class=\"gap\">{}</p>", self.say("block_unknown", &[])),
                Some(units) if units.is_empty() => {
                    format!("<p>{}</p>", self.say("block_none", &[]))
                }
                Some(units) => units
                    .iter()
                    .map(|unit| self.unit(unit, key == "zoning"))
                    .collect(),
            });
        }
        html.push_str(&self.roads());
        html.push_str("</section>");
        html
    }

    /// A plan unit; a zoning plan tells the coverage of its unit and bounds that of no lot in it.
    fn unit(&self, unit: &UnitView, is_zoning: bool) -> String {
        let unknown = || self.say("index_unstated", &[]);
        let mut rows = String::new();
        let mut row = |key: &str, value: Option<String>| {
            let name = match key {
                "coverageMaxPercent" if is_zoning => self.say("coverage_of_unit", &[]),
                key => {
                    let name = self.sheet.language.text("property", key, &[]);
                    self.sheet.escaped(&name)
                }
            };
            let value = value.unwrap_or_else(unknown);
            let _ = write!(rows, "<div><dt>{name}</dt><dd>{value}</dd></div>");
        };
        let title = format!("{}: {}", unit.code, unit.function);
        row("storeysMax", unit.storeys_max.map(|n| n.to_string()));
        row(
            "heightMax",
            unit.height_max_mm.map(|mm| self.said.length(i64::from(mm))),
        );
        row(
            "coverageMaxPercent",
            unit.coverage_max_percent
                .as_ref()
                .map(|text| self.said.shown(text, 1)),
        );
        row(
            "floorAreaRatioMax",
            unit.floor_area_ratio_max
                .as_ref()
                .map(|text| self.said.shown(text, 2)),
        );
        row("population", unit.population.map(|n| n.to_string()));
        let share = unit
            .share
            .as_ref()
            .map_or_else(String::new, |s| self.share(s));
        format!(
            "<div class=\"item\"><p><b>{}</b><br>{share}</p><dl>{rows}</dl></div>",
            self.sheet.escaped(&title)
        )
    }

    fn roads(&self) -> String {
        let roads = &self.view.planning.right_of_way;
        let mut html = format!("<h3>{}</h3>", self.say("block_right_of_way", &[]));
        let told = roads.roads.iter().flatten().map(|road| {
            let width = road.width_mm.map(|mm| self.said.length(i64::from(mm)));
            let side = road
                .side
                .as_ref()
                .map(|s| self.said.text(&format!("side_{s}"), &[]));
            let key = if road.takes { "road_takes" } else { "road" };
            let arguments = [
                ("street", self.said.street(road.alley, &road.street)),
                (
                    "width",
                    width.unwrap_or_else(|| self.said.text("width_unstated", &[])),
                ),
                ("side", side.unwrap_or_default()),
                ("front", self.said.length(road.front_mm)),
            ];
            format!("<li>{}</li>", self.say(key, &arguments))
        });
        html.push_str(&list(told));
        match &roads.left_m2 {
            Some(left) => {
                let _ = write!(
                    html,
                    "<p>{}</p>",
                    self.say("left", &[("m2", self.m2(left))])
                );
            }
            None => {
                let _ = write!(
                    html,
                    "<p class=\"gap\">{}</p>",
                    self.say("left_unknown", &[])
                );
            }
        }
        html
    }
}
