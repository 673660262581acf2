//! Wards and features of planning layers as features, with words in the language of the answer.

use super::json::Json;
use super::language::Language;
use super::parcel_view::{Aside, Wording};
use super::shape_view::{Wound, areas_of_planes, geometry, plane_name, shape};
use crate::app;
use crate::cadastre::{Day, Interval, Ward};
use crate::crs::Epsg;
use crate::geometry::{Envelope, Point, Shape};
use crate::planning::{
    Corridor, FeatureKind, Layer, LegalProvision, PlanFeature, PlanUnit, RightOfWay,
};

impl Wording<'_> {
    /// A ward.
    ///
    /// # Errors
    /// [`app::Error::Internal`] when its plane is none of the city's.
    pub fn ward(&self, json: &mut Json, ward: &Ward, aside: Aside<'_>) -> Result<(), app::Error> {
        let border = |json: &mut Json| {
            if ward.border.0.is_empty() {
                json.option(None::<i64>, Json::integer);
                return Ok(());
            }
            let transforms = &self.view.city().transforms;
            let wound = Wound::of_shape(&ward.border);
            geometry(json, transforms, self.positions, ward.plane, &wound)
        };
        let id = i64::from(ward.code.number());
        self.framed(json, id, aside, border, |json| {
            let day = self.view.naming_day(ward.valid);
            let full_name = self.view.ward_name(ward.code, day);
            json.name("code").code::<5>(u64::from(ward.code.number()));
            json.name("name").text(&ward.name);
            json.name("fullName").option(full_name, Json::text);
            json.name("kind").word(ward.kind.word());
            self.held(json, ward.valid, ward.plane)
        })
    }

    /// A feature of a planning layer. One that reaches into two zones is held whole on both planes,
    /// and shown once; or in parts, which are shown together.
    ///
    /// # Errors
    /// [`app::Error::Internal`] when a plane is none of the city's.
    pub fn planned(
        &self,
        json: &mut Json,
        feature: &PlanFeature,
        aside: Aside<'_>,
    ) -> Result<(), app::Error> {
        let first = feature.shapes.first();
        let transforms = &self.view.city().transforms;
        let parts = self.parts(feature)?;
        let place = |json: &mut Json| match parts.as_slice() {
            [(plane, held)] => shape(json, transforms, self.positions, *plane, held),
            [_, ..] => areas_of_planes(json, transforms, self.positions, &parts),
            [] => {
                json.option(None::<i64>, Json::integer);
                Ok(())
            }
        };
        self.framed(json, feature.id.0, aside, place, |json| {
            match &feature.kind {
                FeatureKind::PlanUnit(unit) => write_unit(json, unit),
                FeatureKind::RightOfWay(way) => write_way(json, way),
                FeatureKind::Corridor(corridor) => write_corridor(json, corridor),
                FeatureKind::Restriction {
                    kind,
                    legend_vi,
                    legend_en,
                } => {
                    json.name("kind").text(kind);
                    let legend = self.choose(legend_vi, legend_en);
                    json.name("legend").text(legend);
                }
            }
            json.name("layer").text(&feature.layer.0);
            if let Some(layer) = self.view.layer(&feature.layer) {
                self.head_of_layer(json, layer);
            }
            json.name("provisions").array(|provisions| {
                let all = feature.provisions.iter();
                all.for_each(|provision| write_provision(provisions, provision));
            });
            json.name("recordedIn")
                .integer(feature.recorded_in.0 as i64);
            let valid = feature.lifespan.valid;
            match first {
                Some((plane, _)) => self.held(json, valid, *plane),
                None => {
                    self.days(json, valid);
                    Ok(())
                }
            }
        })
    }

    /// The shapes of a feature without those that are another drawn on a second plane.
    fn parts<'f>(&self, feature: &'f PlanFeature) -> Result<Vec<(Epsg, &'f Shape)>, app::Error> {
        let mut parts: Vec<(Epsg, &Shape)> = Vec::with_capacity(1);
        for (plane, held) in &feature.shapes {
            let mut again = false;
            for (other, kept) in &parts {
                again |= self.are_the_same((*other, kept), (*plane, held))?;
            }
            if !again {
                parts.push((*plane, held));
            }
        }
        Ok(parts)
    }

    /// Whether two shapes are one on two planes: areas that differ by less than a hundredth, with
    /// the middles of their boxes as near to each other as boxes of turned axes have them. What is
    /// no area is held whole on each plane.
    fn are_the_same(&self, a: (Epsg, &Shape), b: (Epsg, &Shape)) -> Result<bool, app::Error> {
        let (Shape::Areas(first), Shape::Areas(second)) = (a.1, b.1) else {
            return Ok(true);
        };
        let (small, large) = (first.twice_area(), second.twice_area());
        let (small, large) = (small.min(large), small.max(large));
        let (Some(own), Some(other)) = (first.envelope(), second.envelope()) else {
            return Ok(true);
        };
        if small * 100 < large * 99 {
            return Ok(false);
        }
        let middle = |plane, envelope: Envelope| {
            let half = |a: i32, b: i32| ((i64::from(a) + i64::from(b)) / 2) as i32;
            let (min, max) = (envelope.min, envelope.max);
            let middle = Point::new(half(min.x(), max.x()), half(min.y(), max.y()));
            let middle = middle.unwrap_or(min);
            let at = self.view.city().transforms.to_lonlat(plane, middle);
            at.map_err(|error| app::Error::internal("cannot compare two shapes", error))
        };
        let (at, beside) = (middle(a.0, own)?, middle(b.0, other)?);
        let wide = i64::from(own.max.x()) - i64::from(own.min.x());
        let high = i64::from(own.max.y()) - i64::from(own.min.y());
        // A fiftieth of the size, and 10 m for the smallest; a degree is 111 km.
        let near_m = (wide.max(high) as f64 / 1000.0) / 50.0 + 10.0;
        let apart = (at.lon - beside.lon).abs().max((at.lat - beside.lat).abs());
        Ok(apart * 111_195.0 <= near_m)
    }

    fn head_of_layer(&self, json: &mut Json, layer: &Layer) {
        let title = self.choose(&layer.title_vi, &layer.title_en);
        json.name("layerTitle").text(title);
        json.name("theme").text(&layer.theme.0);
        json.name("lawStatus").word(layer.law_status.as_str());
        json.name("asOf").day(layer.as_of);
        json.name("accuracy")
            .fixed::<3>(i64::from(layer.accuracy_mm));
    }

    fn choose<'t>(&self, vietnamese: &'t str, english: &'t str) -> &'t str {
        match self.language {
            Language::Vietnamese => vietnamese,
            Language::English => english,
        }
    }

    fn days(&self, json: &mut Json, valid: Interval<Day>) {
        json.name("validFrom").day(valid.from);
        json.name("validTo").option(valid.to, Json::day);
    }

    /// When it holds and on which plane it is held.
    fn held(&self, json: &mut Json, valid: Interval<Day>, plane: Epsg) -> Result<(), app::Error> {
        self.days(json, valid);
        let working_plane = self.view.plane(plane)?;
        let transforms = &self.view.city().transforms;
        plane_name(json.name("plane"), transforms, working_plane);
        Ok(())
    }
}

fn write_unit(json: &mut Json, unit: &PlanUnit) {
    let indices = &unit.indices;
    json.name("code").text(&unit.code);
    json.name("function").text(&unit.function);
    let storeys = indices.storeys_max.map(i64::from);
    json.name("storeysMax").option(storeys, Json::integer);
    let height_mm = indices.height_max_mm.map(i64::from);
    json.name("heightMax").option(height_mm, Json::fixed::<3>);
    let coverage = indices.coverage_max_permille.map(i64::from);
    json.name("coverageMaxPercent")
        .option(coverage, Json::fixed::<1>);
    let ratio = indices.floor_area_ratio_max_hundredths.map(i64::from);
    json.name("floorAreaRatioMax")
        .option(ratio, Json::fixed::<2>);
    let population = indices.population.map(i64::from);
    json.name("population").option(population, Json::integer);
}

fn write_way(json: &mut Json, way: &RightOfWay) {
    json.name("street").text(&way.street);
    let width_mm = way.width_mm.map(i64::from);
    json.name("width").option(width_mm, Json::fixed::<3>);
    json.name("alley").truth(way.alley);
    json.name("decision")
        .option(way.decision.as_ref(), write_provision);
}

fn write_corridor(json: &mut Json, corridor: &Corridor) {
    json.name("kind").word(corridor.kind.as_restriction());
    json.name("legend").text(&corridor.name);
    let width_mm = corridor.width_mm.map(i64::from);
    json.name("width").option(width_mm, Json::fixed::<3>);
    let voltage = corridor.voltage_v.map(i64::from);
    json.name("voltage").option(voltage, Json::integer);
}

fn write_provision(json: &mut Json, provision: &LegalProvision) {
    json.object(|members| {
        members.name("act").text(&provision.act);
        let article = provision.article.as_deref();
        members.name("article").option(article, Json::text);
        members.name("dated").option(provision.dated, Json::day);
        let link = provision.link.as_deref();
        members.name("link").option(link, Json::text);
    });
}
