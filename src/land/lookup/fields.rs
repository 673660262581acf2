//! A key that came in three fields: what stands beside the ward in its field is told, not dropped.

use super::tokens::tokens;
use super::words::{KeyWords, Loose, Reader};
use crate::cadastre::{WardCode, names};
use crate::land::wards::WardWords;

impl KeyWords {
    /// A key that came in three fields. The ward is a code, or a name with or without its kind and
    /// district, such as `P. Bến Thành`, `phường 3, quận 5` or `26743`.
    pub(super) fn of_fields(ward: &str, sheet: &str, number: &str) -> Self {
        let beside = Self::of_ward(ward);
        Self {
            number: Some(number.to_owned()),
            sheet: Some(sheet.to_owned()),
            is_announced: true,
            is_address: false,
            ward: Some(beside.ward.unwrap_or_default()),
            ..beside
        }
    }

    /// The field of a ward. Numbers in it that are none of its name are set aside: those of the
    /// parcel and its sheet have fields of their own.
    fn of_ward(text: &str) -> Self {
        if let Ok(code) = WardCode::parse(text) {
            let name = code.to_string();
            let ward = WardWords {
                name,
                ..WardWords::default()
            };
            return Self {
                ward: Some(ward),
                ..Self::default()
            };
        }
        let mut reader = Reader::default();
        for piece in names::nfc(text).split([',', ';', '(', ')']) {
            reader.read_piece(&tokens(piece));
            reader.end_of_piece();
        }
        reader.take_district_number();
        let mut numbers = std::mem::take(&mut reader.numbers);
        if reader.ward.is_none() && reader.names.is_empty() && !numbers.is_empty() {
            // A bare number is the name of a ward here.
            reader.names.push(Loose::of_number(numbers.remove(0)));
        }
        let mut words = reader.finish();
        let number = words.number.take().map(|number| format!("thửa {number}"));
        let sheet = words.sheet.take().map(|sheet| format!("tờ {sheet}"));
        words.set_aside.extend(number.into_iter().chain(sheet));
        words.more_numbers.extend(numbers);
        words
    }

    /// A key in fields when its names are settled: numbers that stand beside the ward and are none
    /// of a house are set aside, since they are those of no second parcel.
    pub(super) fn of_one_key(mut self) -> Self {
        let more = std::mem::take(&mut self.more_numbers);
        self.set_aside.extend(more);
        self
    }
}
