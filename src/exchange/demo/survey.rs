//! Keys, areas and land use of parcels.

use super::block::BlockKind;
use super::random::Random;
use super::site::{Sheet, Site};
use crate::cadastre::{
    LandUseCode, LandUseLine, MeasuredArea, NationalParcelIdentifier, Parcel, ParcelId, ParcelKey,
    ParcelNumber, ParcelStatus, RegisteredArea, SheetNumber, UseForm, area_tolerance_mm2,
};
use crate::geometry::MultiPolygon;

/// What a surveyor writes down for the parcels of one sheet.
pub(super) struct Survey<'a> {
    pub site: &'a Site,
    pub sheet: &'a Sheet,
}

impl Survey<'_> {
    /// The parcel as the register holds it today; its ward is that of today.
    pub fn parcel(
        &self,
        id: ParcelId,
        number: u32,
        kind: BlockKind,
        shape: MultiPolygon,
    ) -> Parcel {
        let mut random = Random::named(&[self.site.seed as i64, 8, id.get()]);
        let measured = MeasuredArea::from_twice_mm2(shape.twice_area());
        let as_map = self.key(self.sheet.number, number);
        let as_certificate = match random.between(0, 99) {
            0..=69 => Some(as_map.clone()),
            70..=84 => {
                let older = random.between(1, 40) as u32;
                Some(self.key(older, random.between(1, 900) as u32))
            }
            _ => None,
        };
        let registered_area = self.registered(measured, &mut random);
        Parcel {
            id,
            national_identifier: random.chance(300).then(|| identifier(&mut random)),
            ward: self.site.ward.code,
            as_map,
            as_certificate,
            plane: self.site.ward.plane,
            shape,
            registered_area,
            scale: self.sheet.scale,
            land_use: self.land_use(kind, registered_area, &mut random),
            status: match random.between(0, 999) {
                0..=3 => ParcelStatus::Disputed,
                4..=5 => ParcelStatus::Recovered,
                _ => ParcelStatus::InUse,
            },
        }
    }

    fn key(&self, sheet: u32, number: u32) -> ParcelKey {
        ParcelKey {
            commune: self.sheet.commune,
            sheet: SheetNumber::parse(&sheet.to_string()).expect("digits are a sheet number"),
            number: ParcelNumber::parse(&number.to_string()).expect("digits are a parcel number"),
        }
    }

    /// The measured area to 0.1 m², a little off within App. 04 for every fourth parcel, absent
    /// for every twenty-fifth.
    fn registered(&self, measured: MeasuredArea, random: &mut Random) -> Option<RegisteredArea> {
        let tenths = (measured.twice_mm2() + 100_000) / 200_000;
        let area = RegisteredArea::from_hundredths_m2(tenths * 10);
        let allowed = area_tolerance_mm2(self.sheet.scale, area) / 100_000 / 2;
        match random.between(0, 99) {
            0..=3 => None,
            4..=28 => {
                let off = random.between(-allowed, allowed);
                Some(RegisteredArea::from_hundredths_m2(
                    (tenths + off).max(1) * 10,
                ))
            }
            _ => Some(area),
        }
    }

    fn land_use(
        &self,
        kind: BlockKind,
        area: Option<RegisteredArea>,
        random: &mut Random,
    ) -> Vec<LandUseLine> {
        let home = if self.site.is_rural() { "ONT" } else { "ODT" };
        let code = match kind {
            BlockKind::Park => "DKV",
            BlockKind::Public => *random.pick(&["DGD", "DYT", "TSC", "DTT"]),
            BlockKind::Religion => *random.pick(&["TON", "TIN"]),
            BlockKind::Commerce => "TMD",
            BlockKind::Industry => "SKC",
            BlockKind::TubeHouses | BlockKind::Alleys | BlockKind::Villas | BlockKind::Gardens => {
                let mixed = if self.site.is_rural() { 350 } else { 60 };
                let whole = area
                    .map(RegisteredArea::hundredths_m2)
                    .filter(|a| *a > 6_000);
                if let Some(whole) = whole.filter(|_| random.chance(mixed)) {
                    let lived_on = whole * random.between(40, 70) / 1_000 * 10;
                    let part = RegisteredArea::from_hundredths_m2;
                    return vec![
                        line(home, Some(part(lived_on))),
                        line("CLN", Some(part(whole - lived_on))),
                    ];
                }
                home
            }
        };
        vec![line(code, area)]
    }
}

/// A line of land use in private, long-term use, recognised without fee.
pub(super) fn line(code: &str, area: Option<RegisteredArea>) -> LandUseLine {
    LandUseLine {
        code: LandUseCode::parse(code).expect("codes of the demo city are three letters"),
        area,
        origin: Some("CNQ-KTT".into()),
        form: Some(UseForm::Private),
        until: None,
    }
}

fn identifier(random: &mut Random) -> NationalParcelIdentifier {
    let number = random.between(0, 999_999_999_999);
    NationalParcelIdentifier::parse(&format!("{number:012}"))
        .expect("twelve digits are an identifier")
}
