//! Intake: a layer of a file read, assembled where it is a drawing, and judged.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use super::assemble::{Assembled, Drawing, TitleBlock, assemble};
use super::check::{Contacts, Ground, Mending, judge};
use super::kept::KeptFeature;
use super::mapping::Mapper;
use super::reconcile::{Placed, Rejected};
use super::report::DrawnCounts;
use super::source::{self, Layer, RawFeature, RawGeometry, RawText, Source, Value};
use super::stated_area::decided_by_measure;
use super::{Draft, FeatureDraft, Finding, Note, ParcelDraft, Severity, Unstated};
use crate::crs::Epsg;
use crate::geometry::wkb::Geometry;
use crate::geometry::{MultiPolygon, Shape};

/// What the reading of a layer yields before it is judged.
#[derive(Debug, Default)]
pub struct Read {
    /// Features of the layer; for a drawing its elements.
    pub elements: u64,
    /// Drafts of parcels.
    pub parcels: Vec<ParcelDraft>,
    /// Drafts of planning features.
    pub features: Vec<FeatureDraft>,
    /// Boundary lines and label texts, for a drawing.
    pub drawing: Option<(Drawing, TitleBlock)>,
    /// What was found while reading.
    pub findings: Vec<Finding>,
    /// Features of which no draft could be made.
    pub unreadable: BTreeSet<i64>,
    /// How long the making of drafts took.
    pub mapping: Duration,
    /// Facts of parcels of which the layer says nothing.
    pub unstated: Unstated,
    /// What there is to know of the layer.
    pub notes: Vec<Note>,
}

/// Parcels of a file, judged.
#[derive(Debug, Default)]
pub struct Intake {
    /// Parcels the file states: features read, or closed figures with a number.
    pub read: u64,
    /// What the drawing held, for a drawing.
    pub drawn: Option<DrawnCounts>,
    /// Parcels that go in.
    pub accepted: Vec<Placed>,
    /// How many stay out.
    pub rejected: u64,
    /// Where those that could be drawn lie, each on its plane.
    pub rejected_places: Vec<(Epsg, MultiPolygon)>,
    /// How many go in with a repaired shape.
    pub repaired: u64,
    /// Everything that was found, by code, then by feature.
    pub findings: Vec<Finding>,
    /// Contacts between neighbours too small to be listed.
    pub contacts: Contacts,
    /// What to keep whole: of a drawing the assembled figures that stay out.
    pub kept: Vec<KeptFeature>,
    /// Numbers of the features to be kept whole, which are read once more; none of a drawing.
    pub to_keep: BTreeSet<i64>,
    /// How long the making of drafts took, and how long the checks of neighbours.
    pub took: Took,
    /// Facts of which the file says nothing.
    pub unstated: Unstated,
    /// What there is to know of the file.
    pub notes: Vec<Note>,
}

/// How long parts of an intake took.
#[derive(Debug, Clone, Copy, Default)]
pub struct Took {
    /// Making drafts of features.
    pub mapping: Duration,
    /// Checks of neighbours.
    pub neighbours: Duration,
}

/// Why a layer could not be read to its end.
#[derive(Debug, thiserror::Error)]
pub enum IntakeError {
    /// The file, or the child that reads it.
    #[error(transparent)]
    Source(#[from] source::Error),
    /// A drawing does not say which sheet of which commune it is.
    #[error("the profile of a drawing must say what it is: {0}")]
    NoTitle(String),
}

/// Reads a layer. `step` is told how many features were read.
///
/// # Errors
/// [`IntakeError`]; what was read before it is not the whole layer.
pub fn read_layer(
    source: &mut Source,
    layer: &Layer,
    mapper: &mut Mapper<'_>,
    is_drawing: bool,
    step: &mut dyn FnMut(u64),
) -> Result<Read, IntakeError> {
    let mut read = Read {
        unstated: mapper.unstated(),
        notes: mapper.notes(),
        ..Read::default()
    };
    if is_drawing {
        read.unstated = Unstated::LABELS;
        let title = mapper.title_block();
        let title = title.map_err(|finding| IntakeError::NoTitle(finding.reason.en))?;
        read.drawing = Some((Drawing::default(), title));
    }
    for feature in source.features(layer)? {
        let feature = feature?;
        read.elements += 1;
        if read.elements.is_multiple_of(256) {
            step(read.elements);
        }
        let began = Instant::now();
        read.take(&feature, mapper);
        read.mapping += began.elapsed();
    }
    step(read.elements);
    read.notes.extend(mapper.notes_at_end());
    Ok(read)
}

impl Read {
    /// What several files of planning features yield together.
    pub fn joined(reads: Vec<Self>) -> Self {
        let mut joined = Self::default();
        for read in reads {
            joined.elements += read.elements;
            joined.features.extend(read.features);
            joined.findings.extend(read.findings);
            joined.unreadable.extend(read.unreadable);
            joined.mapping += read.mapping;
            joined.notes.extend(read.notes);
        }
        joined
    }

    /// Takes what a feature states; of a drawing its lines and texts.
    fn take(&mut self, feature: &RawFeature, mapper: &mut Mapper<'_>) {
        mapper.look_at_texts(feature);
        if let Some((drawing, _)) = &mut self.drawing {
            if let Err(finding) = mapper.draw(feature, drawing) {
                // An element that cannot be read leaves a gap that assembling tells of; the
                // element itself is no parcel and cannot be rejected.
                self.findings.push(Finding {
                    severity: Severity::Warning,
                    ..*finding
                });
            }
            return;
        }
        let mapped = mapper.map(feature);
        self.findings.extend(mapped.findings);
        match mapped.draft {
            Some(Draft::Parcel(parcel)) => self.parcels.push(*parcel),
            Some(Draft::Feature(draft)) => self.features.push(*draft),
            None => {
                self.unreadable.insert(feature.number);
            }
        }
    }
}

/// Assembles and judges what was read, of one file or of several that are one state of a dataset:
/// then parcels of all of them are neighbours, and a fact of which one file says nothing stays for
/// all parcels that state none.
pub fn judge_read(reads: Vec<Read>, ground: &Ground, mending: Mending) -> Intake {
    let mut intake = Intake::default();
    let mut drafts = Vec::new();
    let mut drawn = BTreeMap::new();
    for read in reads {
        intake.assemble(read, ground, (&mut drafts, &mut drawn));
    }
    let judgement = judge(drafts, ground, mending);
    intake.rejected += judgement.rejected.len() as u64;
    intake.repaired = judgement.repaired.len() as u64;
    intake.add(judgement.findings);
    intake.notes.extend(judgement.notes);
    intake.accepted = judgement.accepted;
    intake.contacts = judgement.contacts;
    intake.took.neighbours = judgement.neighbours;
    let places = judgement.rejected.iter();
    let places = places.map(|draft| (draft.plane, draft.shape.clone()));
    intake.rejected_places = places.collect();
    let rejected = judgement.rejected.iter().map(|d| d.feature.0);
    let to_keep = rejected.chain(judgement.repaired.iter().map(|f| f.0));
    for number in to_keep {
        match drawn.get(&number) {
            Some(draft) => {
                let raw = draft_as_feature(draft, ground);
                intake.kept.push(kept(&raw, draft.plane, &intake.findings));
            }
            None => {
                intake.to_keep.insert(number);
            }
        }
    }
    intake.kept.sort_by_key(|kept| kept.feature);
    intake
}

impl Intake {
    /// Takes the drafts of one file, assembled where it is a drawing; those also go to `drawn` as
    /// they are before anything is repaired.
    fn assemble(
        &mut self,
        read: Read,
        ground: &Ground,
        (drafts, drawn): (&mut Vec<ParcelDraft>, &mut BTreeMap<i64, ParcelDraft>),
    ) {
        self.findings.extend(read.findings);
        self.notes.extend(read.notes);
        self.took.mapping += read.mapping;
        self.unstated = self.unstated.or(read.unstated);
        self.rejected += read.unreadable.len() as u64;
        self.to_keep.extend(read.unreadable);
        drafts.extend(read.parcels);
        let Some((drawing, title)) = read.drawing else {
            self.read += read.elements;
            return;
        };
        let mut assembled = assemble(&drawing, &title, ground);
        let counts = drawn_counts(read.elements, &drawing, &assembled);
        self.drawn.get_or_insert_default().add(counts);
        let rejected = (assembled.rejected.len() + assembled.unplaced.len()) as u64;
        self.rejected += rejected;
        self.read += assembled.drafts.len() as u64 + rejected;
        self.notes.extend(decided_by_measure(assembled.by_measure));
        self.findings.append(&mut assembled.findings);
        keep_figures(self, &assembled, &title, ground);
        drawn.extend(assembled.drafts.iter().map(|d| (d.feature.0, d.clone())));
        drafts.append(&mut assembled.drafts);
    }
}

/// Keeps whole what is drawn of parcels that cannot be assembled.
fn keep_figures(intake: &mut Intake, assembled: &Assembled, title: &TitleBlock, ground: &Ground) {
    let figures = assembled.rejected.iter().map(|figure| {
        let shape = Shape::Areas(figure.shape.clone());
        (figure.feature, shape, figure.texts.join(" / "))
    });
    let numbers = assembled.unplaced.iter().map(|number| {
        let shape = Shape::Points(vec![number.at]);
        (number.feature, shape, number.text.clone())
    });
    for (feature, shape, texts) in figures.chain(numbers) {
        let fields = vec![("texts", texts)];
        let raw = figure_as_feature(feature.0, &shape, title.plane, ground, fields);
        intake.kept.push(kept(&raw, title.plane, &intake.findings));
    }
}

/// The features of these numbers, read once more, each with the findings about it.
///
/// # Errors
/// As [`read_layer`].
pub fn whole_features(
    numbers: &BTreeSet<i64>,
    findings: &[Finding],
    source: &mut Source,
    layer: &Layer,
    crs: Option<Epsg>,
) -> Result<Vec<KeptFeature>, IntakeError> {
    let mut whole = Vec::with_capacity(numbers.len());
    if numbers.is_empty() {
        return Ok(whole);
    }
    for feature in source.features(layer)? {
        let feature = feature?;
        if numbers.contains(&feature.number) {
            let about = about(feature.number, findings);
            let crs = crs.map(|epsg| epsg.0);
            whole.push(KeptFeature::of(&feature, &layer.name, crs, &about));
        }
    }
    Ok(whole)
}

impl Intake {
    /// Takes in what was found when the register was looked at.
    pub fn add(&mut self, found: Vec<Finding>) {
        self.findings.extend(found);
        self.findings
            .sort_by_key(|f| (f.code, f.feature, f.other_feature));
    }

    /// What was rejected, as far as it could be read.
    pub fn rejected(&self) -> Rejected {
        let (keys, without_key) = rejected_keys(&self.findings);
        Rejected {
            keys,
            without_key,
            places: self.rejected_places.clone(),
        }
    }
}

/// Keys of what was rejected, and whether something without a key was.
pub(super) fn rejected_keys(findings: &[Finding]) -> (BTreeSet<String>, bool) {
    let rejections = || {
        findings
            .iter()
            .filter(|f| f.severity == Severity::Rejection)
    };
    let keys = rejections().filter_map(|f| f.key.clone()).collect();
    (keys, rejections().any(|f| f.key.is_none()))
}

fn drawn_counts(elements: u64, drawing: &Drawing, assembled: &Assembled) -> DrawnCounts {
    let mut ours: BTreeSet<i64> = drawing.lines.iter().map(|l| l.feature.0).collect();
    let lines = ours.len() as u64;
    ours.extend(drawing.texts.iter().map(|t| t.feature.0));
    let numbered = assembled.drafts.len() + assembled.rejected.len();
    DrawnCounts {
        elements,
        lines,
        texts: ours.len() as u64 - lines,
        other: elements - ours.len() as u64,
        figures: numbered as u64 + assembled.unnumbered,
    }
}

fn about(number: i64, findings: &[Finding]) -> Vec<&Finding> {
    findings
        .iter()
        .filter(|f| f.feature == Some(number))
        .collect()
}

fn kept(raw: &RawFeature, plane: Epsg, findings: &[Finding]) -> KeptFeature {
    let about = about(raw.number, findings);
    KeptFeature::of(raw, "assembled", Some(plane.0), &about)
}

/// A drawn parcel as a feature that the profile `parcels` reads.
fn draft_as_feature(draft: &ParcelDraft, ground: &Ground) -> RawFeature {
    let codes: Vec<&str> = draft
        .land_use
        .iter()
        .map(|line| line.code.as_str())
        .collect();
    let area = draft
        .registered_area
        .map_or_else(String::new, |area| area.m2().to_string());
    let fields = vec![
        ("commune", draft.as_map.commune.to_string()),
        ("sheet", draft.as_map.sheet.as_str().to_owned()),
        ("number", draft.as_map.number.as_str().to_owned()),
        ("registered_area_m2", area),
        ("scale", draft.scale.denominator().to_string()),
        ("land_use", codes.join("+")),
    ];
    let shape = Shape::Areas(draft.shape.clone());
    figure_as_feature(draft.feature.0, &shape, draft.plane, ground, fields)
}

/// A shape in metres of its plane, with texts as fields.
fn figure_as_feature(
    number: i64,
    shape: &Shape,
    epsg: Epsg,
    ground: &Ground,
    fields: Vec<(&str, String)>,
) -> RawFeature {
    let geometry = ground.planes.get(epsg).map(|plane| {
        let in_metres = |point| <[f64; 2]>::from(plane.metres(point));
        let mut raw = RawGeometry::default();
        match Geometry::of_shape(shape, in_metres) {
            Geometry::MultiPolygon(areas) => raw.areas = areas,
            Geometry::MultiLineString(lines) => raw.lines = lines,
            Geometry::MultiPoint(points) => raw.points = points,
        }
        raw
    });
    let (names, values): (Vec<String>, Vec<Value>) = fields
        .into_iter()
        .map(|(name, text)| (name.to_owned(), Value::Text(RawText(text.into_bytes()))))
        .unzip();
    RawFeature {
        number,
        fields: names.into(),
        values,
        geometry,
    }
}
