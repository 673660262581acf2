//! Names that nothing announces: which is the ward, which the district, and which is neither.

use super::words::{KeyWords, Loose};
use crate::land::snapshot::Land;
use crate::land::wards::{OfBefore, WardWords, bare_name};

impl Land {
    /// The words of a text, with names that are no ward and no district set aside. Where numbers
    /// without a word stand beside such a name they are those of a house (`12/5 Lê Lợi`), and not
    /// a sheet and a parcel.
    pub(super) fn settled(&self, mut words: KeyWords) -> KeyWords {
        self.settle_second(&mut words);
        if words.loose_district.is_none() && words.loose.is_empty() {
            return words;
        }
        let mut unused: Vec<Loose> = Vec::new();
        self.settle_ward(&mut words, &mut unused);
        self.settle_district(&mut words, &mut unused);
        let loose = std::mem::take(&mut words.loose);
        unused.extend(
            loose
                .into_iter()
                .filter(|loose| !self.is_place(&loose.name)),
        );
        let named = words.ward.as_ref().map(|ward| ward.name.as_str());
        unused.retain(|loose| Some(loose.name.as_str()) != named);
        let numbered = words.number.is_some() || words.sheet.is_some();
        if !unused.is_empty() && numbered {
            words.is_address |= !words.is_announced;
            // `45/7 Lê Lợi` is told as it was written.
            let mut of_house = std::mem::take(&mut words.more_numbers).join(", ");
            if let Some(street) = unused.first_mut().filter(|_| !of_house.is_empty()) {
                of_house.push(' ');
                street.written.insert_str(0, &of_house);
            }
        }
        let unused = unused.into_iter().map(|loose| loose.written);
        words.set_aside.extend(unused);
        words
    }

    /// `P. Bàn Cờ (P. 4, Q. 3 cũ)`: of two names, a ward of today and one that went into it, the
    /// one of before says more.
    fn settle_second(&self, words: &mut KeyWords) {
        let (Some(first), Some(second)) = (&words.ward, &words.second_ward) else {
            return;
        };
        let named = |ward: &WardWords| WardWords {
            district: first.district.clone(),
            ..ward.clone()
        };
        let today = |ward: &WardWords| {
            let units = self.wards.find(&WardWords {
                district: None,
                of_before: OfBefore::Unsaid,
                ..ward.clone()
            });
            units
                .into_iter()
                .filter_map(|u| u.code.filter(|_| u.became.is_empty()))
        };
        let went_into = |former: &WardWords, ward: &WardWords| {
            let codes: Vec<_> = today(ward).collect();
            let former = self.wards.find(&named(former));
            let mut into = former.iter().flat_map(|unit| &unit.became);
            into.any(|code| codes.contains(code))
        };
        let before = if went_into(second, first) {
            named(second)
        } else if went_into(first, second) {
            named(first)
        } else {
            return;
        };
        words.ward = Some(WardWords {
            of_before: OfBefore::Ward,
            ..before
        });
        words.second_ward = None;
    }

    /// A first name that is no ward gives its place to the first that is: `12 Lê Lợi, Bến Thành`.
    fn settle_ward(&self, words: &mut KeyWords, unused: &mut Vec<Loose>) {
        let Some(first) = words.loose_ward.take() else {
            return;
        };
        let is_ward = |name: &str| {
            let words = WardWords {
                name: bare_name(name),
                ..WardWords::default()
            };
            !self.wards.find(&words).is_empty()
        };
        if is_ward(&first.name) {
            return;
        }
        let Some(ward) = &mut words.ward else { return };
        let mut later: Vec<Loose> = Vec::new();
        if let Some(district) = words.loose_district.take() {
            ward.district = None;
            later.push(district);
        }
        later.append(&mut words.loose);
        if let Some(place) = later.iter().position(|loose| is_ward(&loose.name)) {
            ward.name = bare_name(&later.remove(place).name);
            unused.push(first);
        }
        let mut later = later.into_iter();
        // A district that was announced stands in `ward` already.
        if ward.district.is_none() {
            words.loose_district = later.next();
            let district = words.loose_district.as_ref();
            ward.district = district.map(|loose| bare_name(&loose.name));
        }
        words.loose = later.collect();
    }

    /// A name in the place of a district that is none.
    fn settle_district(&self, words: &mut KeyWords, unused: &mut Vec<Loose>) {
        let Some(district) = words.loose_district.take() else {
            return;
        };
        if self.is_place(&district.name) {
            return;
        }
        let ward = words.ward.as_ref();
        if ward.is_some_and(|ward| self.wards.near_district(ward).is_some()) {
            // A district with an error of typing is asked for.
            return;
        }
        if let Some(ward) = &mut words.ward {
            ward.district = None;
        }
        unused.push(district);
    }

    /// Whether a name is a district or a province, or ends with one.
    fn is_place(&self, name: &str) -> bool {
        let name = bare_name(name);
        let mut ends = name.match_indices(' ').map(|(at, _)| &name[at + 1..]);
        self.wards.districts().is_place(&name)
            || ends.any(|end| self.wards.districts().is_place(end))
    }
}
