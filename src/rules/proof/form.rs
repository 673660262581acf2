//! A proof as it is written: what was asked, of which ground, by which rules, and the answer.

use super::again::Flaw;
use super::part_form::{FloorsForm, PartForm};
use super::site_form::SiteForm;
use super::told::told;
use crate::cadastre::{Day, Revision};
use crate::evidence::ContentHash;
use crate::geometry::{PlainArea, area_of_plain, plain_area};
use crate::rules::check::{Building, Check, Proposal};
use crate::rules::facts::{Facts, Knowledge};
use crate::rules::kinds::KINDS;
use crate::rules::pack::Pack;
use crate::rules::site::{Site, version_of_words};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// The format that is written and read.
pub(super) const FORMAT: &str = "diachinh-check/1";

/// A proof.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ProofForm {
    pub format: String,
    /// Version of the program, for people.
    pub program: String,
    pub day: String,
    pub revision: u64,
    pub synthetic: bool,
    /// The version of every kind of rule, and of the words by which functions of plan units are read.
    pub kinds: BTreeMap<String, u32>,
    pub packs: Vec<PackForm>,
    pub proposal: ProposalForm,
    pub stated: BTreeMap<String, String>,
    pub site: SiteForm,
    pub check: Value,
}

/// A pack by value.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PackForm {
    pub file: String,
    pub hash: String,
    pub toml: String,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ProposalForm {
    /// The question as it came.
    pub given: String,
    pub footprint: PlainArea,
    pub off_by_mm: u32,
    pub building: BTreeMap<String, String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub floors: Option<FloorsForm>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<PartForm>,
}

/// What a check was asked.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// The question as it came, by value.
    pub given: &'a str,
    /// The proposal on the grid.
    pub proposal: &'a Proposal,
    /// What was stated beside the register.
    pub stated: &'a Facts,
    /// State of the register.
    pub revision: Revision,
    /// Whether the register is made up.
    pub synthetic: bool,
    /// The hash of all that the register holds of each layer, by code.
    pub contents: &'a BTreeMap<Box<str>, ContentHash>,
}

/// The proof of a check by packs on a site: JSON of whole numbers and texts.
///
/// # Errors
/// When a text cannot be written as JSON.
pub fn proof(
    packs: &[Pack],
    site: &Site,
    asked: &Asked<'_>,
    check: &Check<'_>,
) -> serde_json::Result<Value> {
    let pack = |pack: &Pack| PackForm {
        file: pack.file.clone(),
        hash: pack.hash.to_string(),
        toml: pack.toml.clone(),
    };
    let stated = asked.stated.iter();
    let stated = stated.filter_map(|(parameter, knowledge)| match knowledge {
        Knowledge::Known { fact, .. } => Some((parameter.name().to_owned(), fact.to_string())),
        Knowledge::Unknown { .. } => None,
    });
    let mut ground = SiteForm::of(site);
    for layer in &mut ground.layers {
        let content = asked.contents.get(&layer.code);
        layer.content = content.map(|hash| hash.to_string().into());
    }
    serde_json::to_value(ProofForm {
        format: FORMAT.to_owned(),
        program: env!("CARGO_PKG_VERSION").to_owned(),
        day: site.day.to_string(),
        revision: asked.revision.0,
        synthetic: asked.synthetic,
        kinds: kinds(),
        packs: packs.iter().map(pack).collect(),
        proposal: ProposalForm {
            given: asked.given.to_owned(),
            footprint: plain_area(&asked.proposal.footprint),
            off_by_mm: asked.proposal.off_by_mm,
            building: sizes(&asked.proposal.building),
            floors: asked.proposal.building.floors.as_ref().map(FloorsForm::of),
            parts: asked
                .proposal
                .building
                .parts
                .iter()
                .map(PartForm::of)
                .collect(),
        },
        stated: stated.collect(),
        site: ground,
        check: told(check),
    })
}

/// The version of every kind that this program knows, and of the words of plans beside them.
pub(super) fn kinds() -> BTreeMap<String, u32> {
    let each = KINDS.iter();
    let kinds = each.map(|kind| (kind.name.to_owned(), kind.version));
    let words = (PLAN_FUNCTIONS.to_owned(), version_of_words());
    kinds.chain([words]).collect()
}

/// The name under which the version of the words of plan units stands.
const PLAN_FUNCTIONS: &str = "plan_functions";

/// A size of a building by its name.
type Size = (&'static str, fn(&mut Building) -> &mut Option<Decimal>);

const SIZES: [Size; 6] = [
    ("storeys", |b| &mut b.storeys),
    ("basements", |b| &mut b.basements),
    ("floor_one_height_m", |b| &mut b.floor_one_height_m),
    ("height_at_building_line_m", |b| {
        &mut b.height_at_building_line_m
    }),
    ("ridge_height_m", |b| &mut b.ridge_height_m),
    ("floor_area_m2", |b| &mut b.floor_area_m2),
];

fn sizes(building: &Building) -> BTreeMap<String, String> {
    let mut building = building.clone();
    let each = SIZES.iter().filter_map(|(name, of)| {
        let size = (*of(&mut building))?;
        Some(((*name).to_owned(), size.to_string()))
    });
    each.collect()
}

impl ProposalForm {
    pub(super) fn read(&self) -> Result<Proposal, Flaw> {
        let mut building = Building::default();
        for (name, text) in &self.building {
            let place = format!("/proposal/building/{name}");
            let known = SIZES.iter().find(|(known, _)| known == name);
            let (_, of) = known.ok_or_else(|| Flaw::at(&place, &"no such size"))?;
            let size = Decimal::from_str_exact(text).map_err(|error| Flaw::at(&place, &error))?;
            *of(&mut building) = Some(size);
        }
        let floors = self.floors.as_ref().map(FloorsForm::read);
        building.floors = floors.transpose()?;
        let parts = self.parts.iter().enumerate();
        let parts = parts.map(|(i, part)| part.read(&format!("/proposal/parts/{i}")));
        building.parts = parts.collect::<Result<_, Flaw>>()?;
        let footprint = area_of_plain(&self.footprint);
        Ok(Proposal {
            footprint: footprint.map_err(|error| Flaw::at("/proposal/footprint", &error))?,
            off_by_mm: self.off_by_mm,
            building,
        })
    }
}

impl ProofForm {
    pub(super) fn day(&self) -> Result<Day, Flaw> {
        Day::parse(&self.day).map_err(|error| Flaw::at("/day", &error))
    }

    pub(super) fn stated(&self) -> Result<Facts, Flaw> {
        let mut facts = Facts::new();
        for (name, text) in &self.stated {
            let stated = facts.state(name, text);
            stated.map_err(|error| Flaw::at(&format!("/stated/{name}"), &error))?;
        }
        Ok(facts)
    }
}
