//! Parcels of a drawing: closed figures with the number, area and land use written inside them.

use std::collections::BTreeSet;

use super::drawing::{Drawing, DrawnText, TextRole, TitleBlock};
use super::figures::figures;
use super::label::Label;
use crate::cadastre::{
    LandUseCode, LandUseLine, MapScale, ParcelKey, ParcelNumber, RegisteredArea,
};
use crate::exchange::check::{Ground, metres, pairs_within, place};
use crate::exchange::stated_area::{NoArea, StatedArea, ambiguous};
use crate::exchange::{FeatureNumber, Finding, FindingCode, ParcelDraft, Severity};
use crate::geometry::{
    Envelope, Location, MultiPolygon, Point, Polygon, locate_polygon, point_on_surface,
};

/// A figure that is meant to be a parcel and cannot become one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// The number of the first text inside it.
    pub feature: FeatureNumber,
    /// The figure.
    pub shape: MultiPolygon,
    /// Everything written inside it.
    pub texts: Vec<String>,
}

/// A parcel number around which no boundary closes, and which stands in no other figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unplaced {
    /// The number of the text.
    pub feature: FeatureNumber,
    /// Where it stands.
    pub at: Point,
    /// What it says.
    pub text: String,
}

/// What was assembled.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Assembled {
    /// Figures with exactly one number; a parcel has the feature number of that text.
    pub drafts: Vec<ParcelDraft>,
    /// Figures with several numbers, or one that is no number of a parcel.
    pub rejected: Vec<Unreadable>,
    /// Parcels of which only the number is there.
    pub unplaced: Vec<Unplaced>,
    /// Figures without a number: roads, water, or forgotten.
    pub unnumbered: u64,
    /// Areas with two readings, of which the measured area bore out one.
    pub by_measure: u64,
    /// What was found.
    pub findings: Vec<Finding>,
}

/// Assembles the parcels of a drawing. Lines are noded where they cross or meet, never moved or
/// prolonged: what does not close is a finding.
pub fn assemble(drawing: &Drawing, title: &TitleBlock, ground: &Ground) -> Assembled {
    let (polygons, findings) = figures(&drawing.lines, title.plane, ground);
    let mut assembled = Assembled {
        findings,
        ..Assembled::default()
    };
    let inside = texts_inside(&polygons, &drawing.texts);
    let mut placed = vec![false; drawing.texts.len()];
    for (polygon, texts) in polygons.into_iter().zip(inside) {
        for &t in &texts {
            placed[t] = true;
        }
        let texts: Vec<&DrawnText> = texts.into_iter().map(|t| &drawing.texts[t]).collect();
        assembled.take(polygon, &texts, title, ground);
    }
    let strays = drawing.texts.iter().zip(placed);
    let strays: Vec<&DrawnText> = strays
        .filter(|(_, placed)| !placed)
        .map(|(t, _)| t)
        .collect();
    assembled.tell_strays(&strays, title, ground);
    assembled
}

impl Assembled {
    /// A text that lies in no figure. The number of a parcel that no figure has is a parcel that
    /// stays out, and that is not gone from the ground; any other text is only told.
    fn tell_strays(&mut self, strays: &[&DrawnText], title: &TitleBlock, ground: &Ground) {
        let mut seen: BTreeSet<ParcelNumber> = self
            .drafts
            .iter()
            .map(|draft| draft.as_map.number.clone())
            .collect();
        for text in strays {
            let code = FindingCode::StrayLabel;
            let number = number_alone(text).filter(|number| seen.insert(number.clone()));
            let finding = match number {
                None => Finding::warning(code, "", &[("text", &text.text)]),
                Some(number) => {
                    self.unplaced.push(Unplaced {
                        feature: text.feature,
                        at: text.at,
                        text: text.text.clone(),
                    });
                    let values = [("number", number.as_str())];
                    Finding::rejection(code, "number", &values).with_key(key(title, number.clone()))
                }
            };
            let at = (text.at.x().into(), text.at.y().into());
            let finding = finding.about(text.feature);
            self.findings.push(place(finding, ground, title.plane, at));
        }
    }

    /// Makes one figure a draft, a rejected figure, or a figure without a number.
    fn take(
        &mut self,
        polygon: Polygon,
        texts: &[&DrawnText],
        title: &TitleBlock,
        ground: &Ground,
    ) {
        let mut label = Label::default();
        for text in texts {
            label.add(text.role, &text.text, title.decimal);
        }
        let number = texts.iter().find(|t| t.role == TextRole::Number);
        let first = number.or(texts.first()).copied();
        let shape = MultiPolygon(vec![polygon]);
        let inside = || point_on_surface(&shape).unwrap_or(shape.0[0].exterior.0[0]);
        let spot = first.map_or_else(inside, |text| text.at);
        let found = |finding: Finding| {
            let at_mm = (f64::from(spot.x()), f64::from(spot.y()));
            let finding = place(finding, ground, title.plane, at_mm);
            match first {
                Some(text) => finding.about(text.feature),
                None => finding,
            }
        };
        let said = number_of(&label, &shape).and_then(|number| {
            let area = area_of(&label, &shape, title.scale);
            let area = area.map_err(|f| Box::new(f.with_key(key(title, number.clone()))))?;
            Ok((number, area))
        });
        match (first, said) {
            (Some(first), Ok((number, area))) => {
                let (land_use, unknown) = land_use_of(&label);
                self.findings.extend(unknown.into_iter().map(found));
                self.by_measure += u64::from(area.is_some_and(|area| area.by_measure));
                let area = area.map(|area| area.area);
                let draft = draft(first.feature, number, shape, (area, land_use), title);
                self.drafts.push(draft);
            }
            (Some(first), Err(finding)) if finding.severity == Severity::Rejection => {
                self.findings.push(found(*finding));
                self.rejected.push(unreadable(first.feature, shape, texts));
            }
            (_, number) => {
                self.findings.extend(number.err().map(|f| found(*f)));
                self.unnumbered += 1;
            }
        }
    }
}

/// The parcel number that a text says.
fn number_alone(text: &DrawnText) -> Option<ParcelNumber> {
    let mut label = Label::default();
    label.add(text.role, &text.text, None);
    let number = label.numbers.first()?;
    let has_digit = number.bytes().any(|b| b.is_ascii_digit());
    ParcelNumber::parse(number).ok().filter(|_| has_digit)
}

fn key(title: &TitleBlock, number: ParcelNumber) -> ParcelKey {
    ParcelKey {
        commune: title.commune,
        sheet: title.sheet.clone(),
        number,
    }
}

/// The one number of a figure, or what is wrong with its numbers.
fn number_of(label: &Label, shape: &MultiPolygon) -> Result<ParcelNumber, Box<Finding>> {
    let code = FindingCode::AmbiguousLabel;
    match &label.numbers[..] {
        [] => {
            let area = metres(shape.area_m2());
            Err(Box::new(Finding::warning(code, "none", &[("area", &area)])))
        }
        [number] => {
            let refused = || Finding::rejection(code, "not_a_number", &[("text", number)]);
            ParcelNumber::parse(number).map_err(|_| Box::new(refused()))
        }
        several => {
            let numbers = several.join(", ");
            {
                let finding = Finding::rejection(code, "several", &[("numbers", &numbers)]);
                Err(Box::new(finding))
            }
        }
    }
}

/// The area of a label; one that is none says nothing, as a label that is not there.
fn area_of(
    label: &Label,
    shape: &MultiPolygon,
    scale: MapScale,
) -> Result<Option<StatedArea>, Box<Finding>> {
    let Some((text, written)) = &label.area_m2 else {
        return Ok(None);
    };
    match StatedArea::of(*written, 1.0, (shape, scale)) {
        Ok(area) => Ok(Some(area)),
        Err(NoArea::OutOfRange) => Ok(None),
        Err(NoArea::Ambiguous(decimal, grouped)) => {
            let finding = ambiguous("registered_area", text, decimal, grouped);
            Err(Box::new(finding))
        }
    }
}

/// Land-use lines of a label, and a warning for every text that is no code.
fn land_use_of(label: &Label) -> (Vec<LandUseLine>, Vec<Finding>) {
    let (mut lines, mut unknown) = (Vec::new(), Vec::new());
    for text in &label.land_use {
        match LandUseCode::parse(text) {
            Ok(code) => lines.push(line(code)),
            Err(_) => {
                let code = FindingCode::UnknownLandUse;
                unknown.push(Finding::warning(code, "not_a_code", &[("value", text)]));
            }
        }
    }
    (lines, unknown)
}

fn draft(
    feature: FeatureNumber,
    number: ParcelNumber,
    shape: MultiPolygon,
    (registered_area, land_use): (Option<RegisteredArea>, Vec<LandUseLine>),
    title: &TitleBlock,
) -> ParcelDraft {
    ParcelDraft {
        feature,
        as_map: key(title, number),
        as_certificate: None,
        ward: title.ward,
        national_identifier: None,
        plane: title.plane,
        shape,
        registered_area,
        scale: title.scale,
        land_use,
        status: title.status,
        valid_from: None,
        valid_to: None,
    }
}

fn line(code: LandUseCode) -> LandUseLine {
    LandUseLine {
        code,
        area: None,
        origin: None,
        form: None,
        until: None,
    }
}

fn unreadable(feature: FeatureNumber, shape: MultiPolygon, texts: &[&DrawnText]) -> Unreadable {
    Unreadable {
        feature,
        shape,
        texts: texts.iter().map(|text| text.text.clone()).collect(),
    }
}

/// For every figure the texts placed in its interior, in the order of the file. A text placed on
/// a boundary lies in none.
fn texts_inside(polygons: &[Polygon], texts: &[DrawnText]) -> Vec<Vec<usize>> {
    let around = |polygon: &Polygon| Envelope::around(polygon.exterior.0.iter().copied());
    let mut envelopes: Vec<Envelope> = polygons.iter().filter_map(around).collect();
    envelopes.extend(texts.iter().map(|t| Envelope {
        min: t.at,
        max: t.at,
    }));
    let mut inside = vec![Vec::new(); polygons.len()];
    for (figure, other) in pairs_within(&envelopes, 0) {
        let Some(text) = other
            .checked_sub(polygons.len())
            .filter(|_| figure < polygons.len())
        else {
            continue;
        };
        if locate_polygon(texts[text].at, &polygons[figure]) == Location::Interior {
            inside[figure].push(text);
        }
    }
    for texts in &mut inside {
        texts.sort_unstable();
    }
    inside
}
