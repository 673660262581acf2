//! Enumerations as the words, and lists as the JSON, in which the tables hold them.

use super::error::Error;
use crate::cadastre::{
    Day, LandUseCode, LandUseLine, LineageKind, ParcelStatus, PartyKind, RegisteredArea, RrrKind,
    RrrType, UseForm, WardCode, WardKind,
};
use crate::planning::{CorridorKind, LawStatus, LayerCondition, LegalProvision};
use serde::{Deserialize, Serialize};

/// Gives an enumeration its words: `word` to write, `read` to read.
macro_rules! words {
    ($($kind:ty: $expected:literal { $($variant:ident = $word:literal),+ $(,)? })+) => {
        $(impl Words for $kind {
            fn word(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)+
                }
            }

            fn read(word: &str) -> Result<Self, Error> {
                match word {
                    $($word => Ok(Self::$variant),)+
                    _ => Err(Error::corrupt(&word, $expected)),
                }
            }
        })+
    };
}

/// An enumeration stored as a word.
pub(super) trait Words: Sized {
    /// The word of a value.
    fn word(self) -> &'static str;
    /// The value of a word.
    fn read(word: &str) -> Result<Self, Error>;
}

words! {
    ParcelStatus: "a parcel status" { InUse = "in_use", Recovered = "recovered", Disputed = "disputed" }
    WardKind: "a kind of ward" {
        Ward = "ward", Commune = "commune", SpecialZone = "special_zone", Township = "township"
    }
    LineageKind: "a kind of lineage" { Split = "split", Merge = "merge", Adjustment = "adjustment" }
    CorridorKind: "a kind of corridor" { Canal = "canal", Power = "power", Rail = "rail" }
    UseForm: "a form of use" { Private = "private", Common = "common" }
    RrrKind: "a kind of right" {
        Right = "right", Restriction = "restriction", Responsibility = "responsibility"
    }
    RrrType: "a right, restriction or responsibility" {
        LandUse = "land_use", BuildingOwnership = "building_ownership", Lease = "lease",
        Mortgage = "mortgage", Easement = "easement", Maintenance = "maintenance"
    }
    PartyKind: "a kind of party" {
        NaturalPerson = "natural_person", Organisation = "organisation",
        Household = "household", State = "state"
    }
}

impl Words for LawStatus {
    fn word(self) -> &'static str {
        self.as_str()
    }

    fn read(word: &str) -> Result<Self, Error> {
        Self::of_word(word).ok_or_else(|| Error::corrupt(&word, "a law status"))
    }
}

impl Words for LayerCondition {
    fn word(self) -> &'static str {
        self.as_str()
    }

    fn read(word: &str) -> Result<Self, Error> {
        Self::of_word(word).ok_or_else(|| Error::corrupt(&word, "a condition of a layer"))
    }
}

/// A stored five-digit code.
pub(super) fn ward_code(text: &str) -> Result<WardCode, Error> {
    Ok(WardCode::parse(text)?)
}

/// A stored day, when there is one.
pub(super) fn optional_day(text: Option<&str>) -> Result<Option<Day>, Error> {
    Ok(text.map(Day::parse).transpose()?)
}

/// A number that is stored as i64 and narrower in the domain.
pub(super) fn narrow<T: TryFrom<i64>>(value: i64, expected: &'static str) -> Result<T, Error> {
    T::try_from(value).map_err(|_| Error::corrupt(&value, expected))
}

/// [`narrow`] for a column that may be empty.
pub(super) fn narrow_some<T: TryFrom<i64>>(
    value: Option<i64>,
    expected: &'static str,
) -> Result<Option<T>, Error> {
    value.map(|v| narrow(v, expected)).transpose()
}

#[derive(Serialize, Deserialize)]
struct LineJson<'a> {
    code: &'a str,
    /// Hundredths of a square metre.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    area: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    origin: Option<Box<str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    form: Option<&'a str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    until: Option<String>,
}

/// Land-use lines as a JSON array.
pub(super) fn write_land_use(lines: &[LandUseLine]) -> String {
    let lines: Vec<LineJson<'_>> = lines
        .iter()
        .map(|line| LineJson {
            code: line.code.as_str(),
            area: line.area.map(RegisteredArea::hundredths_m2),
            origin: line.origin.clone(),
            form: line.form.map(Words::word),
            until: line.until.map(|day| day.to_string()),
        })
        .collect();
    serde_json::to_string(&lines).expect("texts and numbers are always JSON")
}

/// Land-use lines from a JSON array.
pub(super) fn read_land_use(text: &str) -> Result<Vec<LandUseLine>, Error> {
    let lines: Vec<LineJson<'_>> =
        serde_json::from_str(text).map_err(|_| Error::corrupt(&text, "land-use lines"))?;
    lines
        .into_iter()
        .map(|line| {
            Ok(LandUseLine {
                code: LandUseCode::parse(line.code)?,
                area: line.area.map(RegisteredArea::from_hundredths_m2),
                origin: line.origin,
                form: line.form.map(Words::read).transpose()?,
                until: optional_day(line.until.as_deref())?,
            })
        })
        .collect()
}

#[derive(Serialize, Deserialize)]
struct ProvisionJson {
    act: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    article: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    dated: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    link: Option<String>,
}

impl From<&LegalProvision> for ProvisionJson {
    fn from(provision: &LegalProvision) -> Self {
        Self {
            act: provision.act.clone(),
            article: provision.article.clone(),
            dated: provision.dated.map(|day| day.to_string()),
            link: provision.link.clone(),
        }
    }
}

impl ProvisionJson {
    fn into_provision(self) -> Result<LegalProvision, Error> {
        Ok(LegalProvision {
            act: self.act,
            article: self.article,
            dated: optional_day(self.dated.as_deref())?,
            link: self.link,
        })
    }
}

/// Legal provisions as a JSON array.
pub(super) fn write_provisions(provisions: &[LegalProvision]) -> String {
    let provisions: Vec<ProvisionJson> = provisions.iter().map(Into::into).collect();
    serde_json::to_string(&provisions).expect("texts are always JSON")
}

/// Legal provisions from a JSON array.
pub(super) fn read_provisions(text: &str) -> Result<Vec<LegalProvision>, Error> {
    let provisions: Vec<ProvisionJson> =
        serde_json::from_str(text).map_err(|_| Error::corrupt(&text, "legal provisions"))?;
    provisions
        .into_iter()
        .map(ProvisionJson::into_provision)
        .collect()
}

/// One legal provision as a JSON object.
pub(super) fn write_provision(provision: &LegalProvision) -> String {
    serde_json::to_string(&ProvisionJson::from(provision)).expect("texts are always JSON")
}

/// One legal provision from a JSON object.
pub(super) fn read_provision(text: &str) -> Result<LegalProvision, Error> {
    serde_json::from_str::<ProvisionJson>(text)
        .map_err(|_| Error::corrupt(&text, "a legal provision"))?
        .into_provision()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn land_use_lines_come_back_from_their_json_and_absent_fields_are_not_written() {
        let full = LandUseLine {
            code: LandUseCode::parse("ODT").expect("a code"),
            area: Some(RegisteredArea::from_hundredths_m2(12_345)),
            origin: Some("CNQ-CTT \"1\"".into()),
            form: Some(UseForm::Private),
            until: Day::from_ymd(2050, 12, 31),
        };
        let bare = LandUseLine {
            code: LandUseCode::parse("CLN").expect("a code"),
            area: None,
            origin: None,
            form: None,
            until: None,
        };
        let text = write_land_use(&[full.clone(), bare.clone()]);
        assert!(text.ends_with(r#"{"code":"CLN"}]"#), "{text}");
        assert_eq!(read_land_use(&text).expect("lines"), [full, bare]);
        assert!(read_land_use("[{\"code\":\"1\"}]").is_err());
    }

    #[test]
    fn an_unknown_word_is_corrupt_and_not_a_default() {
        assert!(LawStatus::read("in_force").is_ok());
        assert!(LawStatus::read("In_force").is_err());
    }
}
