//! Site columns as bytes, for a file that makes a restart quick.
//!
//! First the number of parcels and their rows, numbers little end first; then the facts that they
//! share, as JSON: a fact as people write it, with its origin, or the reason why it is unknown.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::columns::{SiteColumns, SiteRow};
use crate::cadastre::{ParcelId, WardCode};
use crate::rules::condition::AreaName;
use crate::rules::facts::{Fact, Facts, InvalidFact, Knowledge, Origin};
use crate::rules::parameter::Parameter;

/// Bytes of a row.
const ROW_BYTES: usize = 40;

/// What is known of a parameter or an area.
#[derive(Serialize, Deserialize)]
enum Known<'f> {
    Derived(Cow<'f, str>),
    Stated(Cow<'f, str>),
    Unknown(Cow<'f, str>),
}

/// The facts of a pattern.
#[derive(Serialize, Deserialize)]
struct Shared<'f> {
    #[serde(borrow)]
    values: Vec<(Cow<'f, str>, Known<'f>)>,
    #[serde(borrow)]
    areas: Vec<(Cow<'f, str>, Cow<'f, str>, Known<'f>)>,
    #[serde(borrow)]
    told_themes: Vec<Cow<'f, str>>,
}

impl SiteColumns {
    /// All of them as bytes.
    ///
    /// # Errors
    /// What the output fails with.
    pub fn write(&self, output: &mut impl std::io::Write) -> std::io::Result<()> {
        output.write_all(&(self.rows.len() as u64).to_le_bytes())?;
        for row in &self.rows {
            let mut bytes = [0; ROW_BYTES];
            let [area, front, depth] = row.sizes();
            let longs = [row.id.get() as u64, area, front, depth];
            for (place, long) in bytes.chunks_exact_mut(8).zip(longs) {
                place.copy_from_slice(&long.to_le_bytes());
            }
            bytes[32..36].copy_from_slice(&row.ward.number().to_le_bytes());
            bytes[36..].copy_from_slice(&row.pattern.to_le_bytes());
            output.write_all(&bytes)?;
        }
        let shared: Vec<Shared<'_>> = self.all_facts().map(shared).collect();
        serde_json::to_writer(output, &shared).map_err(std::io::Error::from)
    }

    /// Columns out of bytes that [`Self::write`] wrote; nothing for any others.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let (count, rest) = bytes.split_first_chunk::<8>()?;
        let count = usize::try_from(u64::from_le_bytes(*count)).ok()?;
        let (rows, facts) = rest.split_at_checked(count.checked_mul(ROW_BYTES)?)?;
        let facts: Vec<Shared<'_>> = serde_json::from_slice(facts).ok()?;
        let patterns = facts.len();
        let mut columns = Self::default();
        for facts in facts {
            columns.add_pattern(facts.read().ok()?);
        }
        let rows = rows.chunks_exact(ROW_BYTES);
        let rows = rows.map(|bytes| row(bytes).filter(|row| (row.pattern as usize) < patterns));
        columns.rows = rows.collect::<Option<_>>()?;
        let grows = columns.rows.is_sorted_by(|one, next| one.id < next.id);
        grows.then_some(columns)
    }
}

fn row(bytes: &[u8]) -> Option<SiteRow> {
    let long = |place: usize| {
        let own = bytes.get(8 * place..)?.first_chunk::<8>()?;
        Some(u64::from_le_bytes(*own))
    };
    let short = |place: usize| {
        let own = bytes.get(4 * place..)?.first_chunk::<4>()?;
        Some(u32::from_le_bytes(*own))
    };
    let id = ParcelId::new(i64::try_from(long(0)?).ok()?).ok()?;
    let ward = WardCode::from_number(short(8)?).ok()?;
    let sizes = [long(1)?, long(2)?, long(3)?];
    Some(SiteRow::new(id, sizes, ward, short(9)?))
}

fn shared(facts: &Facts) -> Shared<'_> {
    let values = facts.iter();
    let areas = facts.areas();
    Shared {
        values: values
            .map(|(parameter, knowledge)| (parameter.name().into(), known(knowledge)))
            .collect(),
        areas: areas
            .map(|(area, knowledge)| {
                let (theme, kind) = ((&*area.theme).into(), (&*area.kind).into());
                (theme, kind, known(knowledge))
            })
            .collect(),
        told_themes: facts.told_themes().map(Cow::from).collect(),
    }
}

fn known(knowledge: &Knowledge) -> Known<'_> {
    match knowledge {
        Knowledge::Known { fact, origin } => {
            let text = match fact {
                Fact::Word(word) => Cow::from(&**word),
                other => Cow::from(other.to_string()),
            };
            match origin {
                Origin::Derived => Known::Derived(text),
                Origin::Stated => Known::Stated(text),
            }
        }
        Knowledge::Unknown { reason } => Known::Unknown((&**reason).into()),
    }
}

impl Known<'_> {
    /// The fact's text with its origin, or the reason why there is none.
    fn said(&self) -> Result<(&str, Origin), &str> {
        match self {
            Self::Derived(text) => Ok((text, Origin::Derived)),
            Self::Stated(text) => Ok((text, Origin::Stated)),
            Self::Unknown(reason) => Err(reason),
        }
    }
}

impl Shared<'_> {
    fn read(&self) -> Result<Facts, InvalidFact> {
        let mut facts = Facts::new();
        for (name, known) in &self.values {
            let parameter = Parameter::of_name(name);
            let parameter =
                parameter.ok_or_else(|| InvalidFact::NoParameter((**name).to_owned()))?;
            match known.said() {
                Ok((text, origin)) => facts.set_text(parameter, text, origin)?,
                Err(reason) => facts.set_unknown(parameter, reason),
            }
        }
        for (theme, kind, known) in &self.areas {
            let area = AreaName {
                theme: (&**theme).into(),
                kind: (&**kind).into(),
            };
            match known.said() {
                Ok((text, origin)) => facts.set_inside(area, text == "true", origin),
                Err(reason) => facts.set_inside_unknown(area, reason),
            }
        }
        for theme in &self.told_themes {
            facts.set_outside_others(theme);
        }
        Ok(facts)
    }
}
