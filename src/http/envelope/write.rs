//! From outlines and limits to what is said of them.

use serde_json::Value;

use super::added::{assumed, facts_with};
use super::view::{
    EnvelopeView, FaceView, GreatestView, LevelView, LimitView, MissingView, NeedView, TopView,
};
use crate::app::{self, View};
use crate::geometry::{LineString, MultiPolygon, Shape};
use crate::http::checks::ground::{ground, plane_of};
use crate::http::checks::permit::{contradicted, permit};
use crate::http::checks::view::OpenView;
use crate::http::checks::write::{bound, rule, told};
use crate::http::features::system::System;
use crate::http::json::Json;
use crate::http::language::Language;
use crate::http::positions::Positions;
use crate::http::rule_words;
use crate::http::shape_view;
use crate::rules::envelope::{
    Cause, Envelope, Extent, Face, Greatest, Kept, KeptFrom, Lacking, Level, Need,
};
use crate::rules::site::{Facing, Site, square_metres};
use crate::rules::{Bound, Decimal, Limit, Quantity};

/// What is said of an envelope.
///
/// # Errors
/// [`app::Error::Internal`] for a plane that is none of the city's.
pub(super) fn written(
    view: &View,
    site: &Site,
    envelope: &Envelope<'_>,
    (language, system): (Language, System),
) -> Result<EnvelopeView, app::Error> {
    let writer = Writer {
        view,
        site,
        language,
        positions: system.positions(view)?,
    };
    let check = &envelope.check;
    let limits = limits_of(envelope);
    let greatest = |found: &Option<Greatest>| found.as_ref().map(|g| writer.greatest(g, &limits));
    let none: &[Quantity] = &[];
    let (extent, against) = match &envelope.extent {
        Extent::Known => ("known", none),
        Extent::Nothing(against) => ("nothing", against.as_slice()),
        Extent::Unknown { .. } => ("unknown", none),
    };
    Ok(EnvelopeView {
        added: envelope.added.as_ref().map(|own| writer.added(own)),
        against: against.iter().map(ToString::to_string).collect(),
        assumed: envelope
            .assumed
            .iter()
            .map(|a| assumed(a, language))
            .collect(),
        crs: system.uri(),
        date: view.date().to_string(),
        extent: extent.to_owned(),
        extent_text: language.text("envelope", &format!("extent_{extent}"), &[]),
        facts: facts_with(envelope, language),
        floors: greatest(&envelope.floors),
        footprint: greatest(&envelope.footprint),
        language: language.tag().to_owned(),
        levels: writer.levels(&envelope.levels)?,
        limits: limits.iter().map(|limit| writer.limit(limit)).collect(),
        missing: writer.missing(&envelope.extent, &limits),
        needs: envelope.needs.iter().map(|n| writer.need(n)).collect(),
        open: writer.open(envelope),
        permit: permit(&check.permit, language),
        reach: match &envelope.reach {
            Some(reach) if !reach.0.is_empty() => Some(writer.area(reach)?),
            _ => None,
        },
        revision: view.revision().0,
        site: ground(site, plane_of(view, site.plane)?),
        storeys: greatest(&envelope.storeys),
        synthetic: view.is_synthetic(),
        total: envelope.total.as_str().to_owned(),
        total_text: language.text("check", envelope.total.as_str(), &[]),
    })
}

/// The limits of the highest level, or of the greatest building where none is told.
fn limits_of<'l, 'p>(envelope: &'l Envelope<'p>) -> Vec<&'l Limit<'p>> {
    match envelope.levels.last() {
        Some(top) => top.limits.iter().collect(),
        None => {
            let verdicts = envelope.check.verdicts.iter();
            verdicts.map(|verdict| &verdict.limit).collect()
        }
    }
}

pub(super) struct Writer<'v> {
    view: &'v View,
    site: &'v Site,
    pub(super) language: Language,
    positions: Positions,
}

impl Writer<'_> {
    fn open(&self, envelope: &Envelope<'_>) -> Vec<OpenView> {
        let of_site = self
            .site
            .open
            .iter()
            .map(|open| told(open, self.view, self.language));
        let otherwise = envelope.check.contradicted.iter();
        let otherwise = otherwise.map(|own| contradicted(*own, self.language));
        of_site.chain(otherwise).collect()
    }

    pub(super) fn text(&self, key: &str, arguments: &[(&str, String)]) -> String {
        self.language.text("envelope", key, arguments)
    }

    fn levels(&self, levels: &[Level<'_>]) -> Result<Vec<LevelView>, app::Error> {
        let highest = levels.len().saturating_sub(1);
        let each = levels.iter().enumerate();
        each.map(|(i, level)| self.level(level, i == highest))
            .collect()
    }

    fn level(&self, level: &Level<'_>, is_highest: bool) -> Result<LevelView, app::Error> {
        let faces = level.faces.iter();
        let limits: Vec<&Limit<'_>> = level.limits.iter().collect();
        let height = find(&limits, |quantity| quantity.kind.name == "ridge_height");
        let height = height.filter(|limit| is_highest && ends(level, &limit.bound));
        Ok(LevelView {
            area_m2: area_text(square_metres(&level.area)),
            faces: faces
                .map(|face| self.face(face, level))
                .collect::<Result<_, _>>()?,
            footprint: level.footprint.as_ref().map(|g| self.greatest(g, &limits)),
            from_m: metres(level.from_mm),
            geometry: self.area(&level.area)?,
            to_m: level.to_mm.map(metres),
            top: height.map(|limit| TopView {
                quantity: limit.quantity.to_string(),
                required: bound(&limit.bound),
                rules: limit.binding().map(|c| rule(c, self.language)).collect(),
                text: self.by_rules(limit),
            }),
        })
    }

    fn face(&self, face: &Face, level: &Level<'_>) -> Result<FaceView, app::Error> {
        let (cause, road, text) = match &face.cause {
            Cause::Limit(kept) => ("limit", self.street_of(kept), None),
            Cause::Lot(Facing::Road(road)) => ("red_line", Some(*road), Some("face_red_line")),
            Cause::Lot(_) => ("boundary", None, Some("face_boundary")),
            Cause::Corridor => ("corridor", None, Some("face_corridor")),
        };
        let road = road.and_then(|road| self.site.roads.get(road));
        let street = road.map(|road| road.way.street.clone());
        let kept = match &face.cause {
            Cause::Limit(kept) => Some(kept),
            Cause::Lot(_) | Cause::Corridor => None,
        };
        let limit = kept.and_then(|kept| level.limit_of(kept));
        let binding = limit.iter().flat_map(|limit| limit.binding());
        let line = Shape::Lines(vec![LineString(face.corners.clone())]);
        let mut geometry = self.shape(&line)?;
        // One line in a list of lines.
        let coordinates = geometry["coordinates"][0].take();
        let name = street.clone().unwrap_or_default();
        Ok(FaceView {
            cause: cause.to_owned(),
            distance_m: kept.map(|kept| metres(kept.distance_mm)),
            geometry: serde_json::json!({ "type": "LineString", "coordinates": coordinates }),
            quantity: kept.map(|kept| kept.quantity.to_string()),
            required: limit.map(|limit| bound(&limit.bound)),
            rules: binding.map(|c| rule(c, self.language)).collect(),
            text: match (text, limit) {
                (Some(key), _) => self.text(key, &[("street", name)]),
                (None, Some(limit)) if street.is_some() => {
                    let by_rules = self.by_rules(limit);
                    self.text("face_street", &[("name", by_rules), ("street", name)])
                }
                (None, Some(limit)) => self.by_rules(limit),
                (None, None) => String::new(),
            },
            street,
        })
    }

    /// The street from which a distance is kept, where the lot lies on several.
    fn street_of(&self, kept: &Kept) -> Option<usize> {
        match kept.from {
            KeptFrom::Front(road) | KeptFrom::Road(road) => {
                (self.site.lot.fronts.len() > 1).then_some(road)
            }
            KeptFrom::Rear | KeptFrom::Side | KeptFrom::Corridor(_) => None,
        }
    }

    fn greatest(&self, greatest: &Greatest, limits: &[&Limit<'_>]) -> GreatestView {
        let quantity = greatest.quantity.as_ref();
        let limit = quantity.and_then(|own| find(limits, |quantity| quantity == own));
        let by_shape = || self.text("by_shape", &[]);
        GreatestView {
            quantity: quantity.map(ToString::to_string),
            text: limit.map_or_else(by_shape, |limit| self.by_rules(limit)),
            value: rounded_down(greatest.value),
        }
    }

    fn need(&self, need: &Need) -> NeedView {
        let value = need.at_least.normalize().to_string();
        let name = rule_words::parameter(need.parameter, self.language);
        let arguments = [("name", name), ("value", value.clone())];
        NeedView {
            at_least_m: value,
            parameter: need.parameter.name().to_owned(),
            text: self.text("need", &arguments),
        }
    }

    /// A limit with the acts and articles that bind.
    fn by_rules(&self, limit: &Limit<'_>) -> String {
        let name = rule_words::limited(limit, self.language);
        let rules = limit.binding().map(|considered| {
            let told = rule(considered, self.language);
            match told.article {
                Some(article) => format!("{}, {article}", told.act),
                None => told.act,
            }
        });
        let rules: Vec<String> = rules.collect();
        let arguments = [("name", name), ("rules", rules.join("; "))];
        self.text("by_rules", &arguments)
    }

    fn limit(&self, limit: &Limit<'_>) -> LimitView {
        LimitView {
            missing: missing(limit),
            quantity: limit.quantity.to_string(),
            required: bound(&limit.bound),
            rests_on_unconfirmed: limit.rests_on_unconfirmed(),
            rules: limit
                .considered
                .iter()
                .map(|c| rule(c, self.language))
                .collect(),
            text: rule_words::limited(limit, self.language),
        }
    }

    fn missing(&self, extent: &Extent, limits: &[&Limit<'_>]) -> Vec<MissingView> {
        let Extent::Unknown { site, lacking } = extent else {
            return Vec::new();
        };
        let of_site = site.iter().map(|reason| MissingView {
            parameters: Vec::new(),
            quantity: None,
            reason: (*reason).to_owned(),
            text: self
                .language
                .text("check", &format!("unknown_{reason}"), &[]),
        });
        let of_limits = lacking.iter().map(|lacking| self.lacking(lacking, limits));
        of_site.chain(of_limits).collect()
    }

    fn lacking(&self, lacking: &Lacking, limits: &[&Limit<'_>]) -> MissingView {
        let limit = find(limits, |quantity| *quantity == lacking.quantity);
        let reason = lacking.reason.as_str();
        let name = rule_words::quantity(&lacking.quantity, self.language);
        MissingView {
            parameters: limit.map(missing).unwrap_or_default(),
            quantity: Some(lacking.quantity.to_string()),
            reason: reason.to_owned(),
            text: self.text(&format!("missing_{reason}"), &[("name", name)]),
        }
    }

    fn area(&self, area: &MultiPolygon) -> Result<Value, app::Error> {
        self.shape(&Shape::Areas(area.clone()))
    }

    fn shape(&self, shape: &Shape) -> Result<Value, app::Error> {
        let mut json = Json::with_capacity(512);
        let transforms = &self.view.city().transforms;
        shape_view::shape(
            &mut json,
            transforms,
            &self.positions,
            self.site.plane,
            shape,
        )?;
        let failed = |error| app::Error::internal("cannot write an envelope", error);
        serde_json::from_slice(&json.into_bytes()).map_err(failed)
    }
}

/// Whether a level ends where a height does, and not since nothing higher has room.
fn ends(level: &Level<'_>, bound: &Bound) -> bool {
    let metres = |mm: u32| Decimal::new(i64::from(mm), 3);
    match (bound, level.to_mm) {
        (Bound::Number(number), Some(mm)) => {
            number.holds(metres(mm)) && !number.holds(metres(mm + 1))
        }
        _ => false,
    }
}

fn find<'l, 'p>(limits: &[&'l Limit<'p>], is: impl Fn(&Quantity) -> bool) -> Option<&'l Limit<'p>> {
    limits.iter().copied().find(|limit| is(&limit.quantity))
}

fn missing(limit: &Limit<'_>) -> Vec<String> {
    match &limit.bound {
        Bound::Unknown(lacks) => lacks.iter().map(ToString::to_string).collect(),
        _ => Vec::new(),
    }
}

pub(super) fn metres(mm: u32) -> String {
    Decimal::new(i64::from(mm), 3).normalize().to_string()
}

/// With as many decimals as a check takes, so that it can be asked of one.
fn rounded_down(greatest: Decimal) -> String {
    greatest.trunc_with_scale(3).normalize().to_string()
}

fn area_text(area: Decimal) -> String {
    area.round_dp(4).normalize().to_string()
}
