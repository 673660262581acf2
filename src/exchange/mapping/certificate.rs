//! A line of a file read as a right in a certificate; no finding holds a value of the file.

use super::MappingError;
use super::columns::Columns;
use super::reading::{Read, Reading};
use super::sample::Sample;
use crate::cadastre::names::fold;
use crate::cadastre::{
    CertificateForm, Day, ParcelKey, ParcelNumber, PartyKind, PersonalValues, RrrType, Share,
    SheetNumber, WardCode,
};
use crate::exchange::certificates::{CertificateRow, PaperKey, UnreadRow};
use crate::exchange::profile::Profile;
use crate::exchange::source::{Format, Layer, RawFeature};
use crate::exchange::{Finding, FindingCode, Note};

/// Reads lines of one layer as a profile of certificates says.
pub struct CertificateMapper<'a> {
    profile: &'a Profile,
    columns: Columns,
    texts: Sample,
}

impl<'a> CertificateMapper<'a> {
    /// Fits a profile to a layer.
    ///
    /// # Errors
    /// [`MappingError::NoSuchField`] when the layer lacks a field that it must have; the fields it
    /// has are counted, not named, since the first line of a file without a head is a person.
    pub fn new(profile: &'a Profile, layer: &Layer, format: Format) -> Result<Self, MappingError> {
        let columns = Columns::new(profile, layer, format);
        let columns = columns.map_err(|error| match error {
            MappingError::NoSuchField {
                field,
                target,
                layer: name,
                ..
            } => MappingError::NoSuchField {
                field,
                target,
                layer: name,
                has: format!("{} others", layer.fields.len()),
            },
            other => other,
        })?;
        Ok(Self {
            profile,
            columns,
            texts: Sample::default(),
        })
    }

    /// How many fields of the layer the profile does not read; they are counted and not named, since
    /// the first line of a file without a head is a person. And the encoding that the lines read so
    /// far look like, when it is another one than was stated.
    pub fn notes(&self) -> Vec<Note> {
        let count = self.columns.unread().len();
        let note = || Note::new("unread_columns", &[("count", &count.to_string())]);
        let unread = (count > 0).then(note);
        unread
            .into_iter()
            .chain(self.texts.note(&self.columns))
            .collect()
    }

    /// Reads one line.
    ///
    /// # Errors
    /// The finding that keeps it out, with its certificate as far as that could be read.
    pub fn map(&mut self, feature: &RawFeature) -> Result<CertificateRow, UnreadRow> {
        self.texts.take(feature, self.columns.read());
        let line = Line {
            reading: Reading {
                columns: &self.columns,
                feature,
                dates: &self.profile.dates,
                decimal: self.profile.decimal,
            },
        };
        line.row().map_err(|finding| UnreadRow {
            feature: feature.feature_number(),
            paper: line.paper(),
            finding: Box::new(finding.about(feature.feature_number())),
        })
    }
}

struct Line<'a> {
    reading: Reading<'a>,
}

const SERIAL: &str = "letters and digits of at most 32 characters, such as CU 123456";
const NUMBER: &str = "letters and digits of at most 32 characters, such as CH 01234";

impl Line<'_> {
    fn row(&self) -> Read<CertificateRow> {
        let serial = self.value("serial", SERIAL, serial)?;
        let registry_number = self.value("registry_number", NUMBER, paper_number)?;
        if serial.is_none() && registry_number.is_none() {
            return Err(self.reading.missing("serial"));
        }
        let as_map = self.key(["commune", "sheet", "number"])?;
        let names = [
            "certificate_commune",
            "certificate_sheet",
            "certificate_number",
        ];
        let as_certificate = self.key(names)?;
        if as_map.is_none() && as_certificate.is_none() {
            return Err(self.reading.missing("number"));
        }
        let holder = self.holder(serial.as_deref(), registry_number.as_deref())?;
        let kind = self.required("party_kind", KINDS, kind)?;
        if holder.name.is_none() && kind != PartyKind::State {
            return Err(self.reading.missing("holder_name"));
        }
        let what = self.required("right", RIGHTS, right)?;
        let share = self.value(
            "share",
            "more than 0 and at most 1, such as 1/2 or 50%",
            share,
        )?;
        let (valid_from, valid_to) = (self.day("valid_from")?, self.day("valid_to")?);
        if let (Some(from), Some(to)) = (valid_from, valid_to)
            && to <= from
        {
            return Err(withheld("valid_to", "a day after `valid_from`"));
        }
        Ok(CertificateRow {
            feature: self.reading.feature.feature_number(),
            as_map,
            as_certificate,
            serial,
            registry_number,
            kind,
            holder,
            what,
            share,
            valid_from,
            valid_to,
        })
    }

    /// Name and number; what stands in another's column is noticed where it can be.
    fn holder(&self, serial: Option<&str>, registry: Option<&str>) -> Read<PersonalValues> {
        let at_most = |length: usize| {
            move |text: &str| (text.chars().count() <= length).then(|| text.to_owned())
        };
        let expected = "a name of at most 400 characters";
        let name = self.value("holder_name", expected, at_most(400))?;
        let name = name.map(|name| name.split_whitespace().collect::<Vec<_>>().join(" "));
        let expected = "an identity number of at most 40 characters";
        let number = self.value("identity_number", expected, at_most(40))?;
        let holder = PersonalValues {
            name,
            identity_number: number,
        };
        let number = holder.number_form();
        let is_serial = holder
            .identity_number
            .as_deref()
            .is_some_and(|number| CertificateForm::of(number) != CertificateForm::Unusual);
        let solid = |text: &str| {
            text.chars()
                .filter(|c| c.is_alphanumeric())
                .collect::<String>()
        };
        let doubled = [serial, registry]
            .into_iter()
            .flatten()
            .any(|paper| number.as_deref() == Some(&solid(paper)));
        if is_serial || doubled {
            let expected = "the number of a person or organisation, not of a certificate";
            return Err(withheld("identity_number", expected));
        }
        Ok(holder)
    }

    /// A key of a parcel, when any part of it is stated; then all parts must be.
    fn key(&self, [commune, sheet, number]: [&str; 3]) -> Read<Option<ParcelKey>> {
        let of_five = |text: &str| WardCode::parse(&format!("{text:0>5}")).ok();
        let parts = (
            self.value(commune, "five digits such as 26743", of_five)?,
            self.value(sheet, "a sheet number", |text| {
                SheetNumber::parse(text).ok()
            })?,
            self.value(number, "a parcel number", |text| {
                ParcelNumber::parse(text).ok()
            })?,
        );
        match parts {
            (Some(commune), Some(sheet), Some(number)) => Ok(Some(ParcelKey {
                commune,
                sheet,
                number,
            })),
            (_, None, None) => Ok(None),
            (None, ..) => Err(self.reading.missing(commune)),
            (_, None, _) => Err(self.reading.missing(sheet)),
            (_, _, None) => Err(self.reading.missing(number)),
        }
    }

    /// The certificate of a line that cannot be read as a whole.
    fn paper(&self) -> Option<PaperKey> {
        if let Ok(Some(serial)) = self.value("serial", SERIAL, serial) {
            return Some(PaperKey::Serial(serial));
        }
        let registry = self.value("registry_number", NUMBER, paper_number);
        let names = [
            "certificate_commune",
            "certificate_sheet",
            "certificate_number",
        ];
        let key = self.key(["commune", "sheet", "number"]).ok().flatten();
        let key = key.or_else(|| self.key(names).ok().flatten());
        let registry = registry.ok().flatten()?;
        Some(PaperKey::Registry(registry, key.map(|key| key.commune)))
    }

    fn value<T>(
        &self,
        target: &str,
        expected: &str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Read<Option<T>> {
        let Some(found) = self.reading.found(target)? else {
            return Ok(None);
        };
        let read = parse(&found.text);
        read.map(Some).ok_or_else(|| withheld(target, expected))
    }

    fn required<T>(
        &self,
        target: &str,
        expected: &str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Read<T> {
        self.value(target, expected, parse)?
            .ok_or_else(|| self.reading.missing(target))
    }

    fn day(&self, target: &str) -> Read<Option<Day>> {
        self.reading
            .day(target)
            .map_err(|finding| match finding.code {
                FindingCode::UnreadableField => withheld(target, &self.reading.dates.join(", ")),
                _ => finding,
            })
    }
}

/// A finding about a value that is not what its field wants, without the value.
fn withheld(field: &str, expected: &str) -> Box<Finding> {
    let values = [("field", field), ("expected", expected)];
    let code = FindingCode::UnreadableField;
    Box::new(Finding::rejection(code, "withheld", &values))
}

/// A number of a paper: without a digit it is something else, such as a name.
fn paper_number(text: &str) -> Option<String> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let holds_digit = text.chars().any(|c| c.is_ascii_digit());
    (holds_digit && text.chars().count() <= 32).then_some(text)
}

fn serial(text: &str) -> Option<String> {
    paper_number(text).map(|text| CertificateForm::normal(&text))
}

const KINDS: &str = "natural_person, household, organisation, community or state";

/// A kind in the words of this program or of Land Law 2024, article 4. A community of residents
/// and a religious body are organisations here: they hold land as one party with a name.
fn kind(text: &str) -> Option<PartyKind> {
    Some(match fold(text).as_str() {
        "natural person"
        | "person"
        | "ca nhan"
        | "cn"
        | "ca nhan trong nuoc"
        | "ca nhan nuoc ngoai"
        | "nguoi nuoc ngoai"
        | "nguoi viet nam dinh cu o nuoc ngoai"
        | "nguoi goc viet nam dinh cu o nuoc ngoai" => PartyKind::NaturalPerson,
        "household" | "ho gia dinh" | "hgd" | "ho" => PartyKind::Household,
        "organisation"
        | "organization"
        | "community"
        | "to chuc"
        | "tc"
        | "to chuc trong nuoc"
        | "to chuc kinh te"
        | "to chuc nuoc ngoai"
        | "doanh nghiep"
        | "co quan nha nuoc"
        | "don vi su nghiep"
        | "to chuc ton giao"
        | "co so ton giao"
        | "to chuc ton giao truc thuoc"
        | "cong dong dan cu"
        | "cong dong" => PartyKind::Organisation,
        "state" | "nha nuoc" | "nn" => PartyKind::State,
        _ => return None,
    })
}

const RIGHTS: &str = "land_use, building_ownership, lease, mortgage, easement or maintenance";

fn right(text: &str) -> Option<RrrType> {
    Some(match fold(text).as_str() {
        "land use" | "quyen su dung dat" | "su dung dat" | "qsdd" => RrrType::LandUse,
        "building ownership" | "quyen so huu nha o" | "so huu nha" | "so huu tai san" => {
            RrrType::BuildingOwnership
        }
        "lease" | "thue" | "thue dat" => RrrType::Lease,
        "mortgage" | "the chap" => RrrType::Mortgage,
        "easement" | "quyen doi voi bat dong san lien ke" | "loi di" => RrrType::Easement,
        "maintenance" | "bao tri" => RrrType::Maintenance,
        _ => return None,
    })
}

/// `1/2`, `50%`, `50 %`, `0.5`, `0,5` or `1`; up to four decimals.
fn share(text: &str) -> Option<Share> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    if let Some((numerator, denominator)) = text.split_once('/') {
        return Share::new(numerator.parse().ok()?, denominator.parse().ok()?);
    }
    let (number, whole) = match text.strip_suffix('%') {
        Some(percent) => (percent, 100),
        None => (text.as_str(), 1),
    };
    let number = number.replace(',', ".");
    let (before, after) = number.split_once('.').unwrap_or((&number, ""));
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if before.is_empty() || after.len() > 4 || !digits(before) || !digits(after) {
        return None;
    }
    let scale = 10_u32.pow(u32::try_from(after.len()).ok()?);
    let numerator: u32 = format!("{before}{after}").parse().ok()?;
    Share::new(numerator, whole * scale)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_read_as_they_are_written() {
        let read = |text| share(text).map(|s| (s.numerator(), s.denominator()));
        assert_eq!(read("1/2"), Some((1, 2)));
        assert_eq!(read("1 / 2"), Some((1, 2)));
        assert_eq!(read("50%"), Some((50, 100)));
        assert_eq!(read("33,33 %"), Some((3333, 10_000)));
        assert_eq!(read("0.5"), Some((5, 10)));
        assert_eq!(read("1"), Some((1, 1)));
        for wrong in [
            "3/2", "0", "101%", "1/0", "-1/2", "nửa", "0.33333", "/", ".5", "1e0",
        ] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn words_are_known_in_vietnamese_and_english() {
        assert_eq!(kind("Hộ gia đình"), Some(PartyKind::Household));
        assert_eq!(kind("natural_person"), Some(PartyKind::NaturalPerson));
        assert_eq!(kind("Nguyễn"), None);
        assert_eq!(right("Thế chấp"), Some(RrrType::Mortgage));
        assert_eq!(right("land_use"), Some(RrrType::LandUse));
        assert_eq!(right(""), None);
    }

    #[test]
    fn what_has_no_digit_is_no_number_of_a_paper() {
        assert_eq!(serial("cu123456").as_deref(), Some("CU 123456"));
        assert_eq!(paper_number("Nguyễn Văn A"), None);
        assert_eq!(paper_number(&"1".repeat(33)), None);
    }
}
