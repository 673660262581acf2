//! Understanding a parcel's key as people write it, in Vietnamese or English, with abbreviations
//! and without diacritics.

use super::asides::{district_number, marker_in, without_everywhere};
use super::markers::{MARKERS, Marker, TRAILERS, marker_at};
use super::tokens::{Tokens, is_number, tokens};
use crate::cadastre::{WardKind, names};
use crate::land::wards::{OfBefore, WardWords, bare_name};

/// What a text says of a parcel's key.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::land) struct KeyWords {
    pub(in crate::land) number: Option<String>,
    pub(in crate::land) sheet: Option<String>,
    pub(in crate::land) ward: Option<WardWords>,
    /// Whether more numbers, or more wards, are announced than one key has: `thua 12, thua 13`.
    /// To answer for one of them would be to answer another question.
    pub(super) is_of_several: bool,
    /// Numbers beyond those of one key, which no word announces.
    pub(super) more_numbers: Vec<String>,
    /// A second name beside that of the ward, announced as it is.
    pub(super) second_ward: Option<WardWords>,
    /// Words that are not used, as they were written.
    pub(super) set_aside: Vec<String>,
    /// Whether a word says that a number is one of a sheet or parcel.
    pub(super) is_announced: bool,
    /// Whether the numbers are those of a house.
    pub(super) is_address: bool,
    /// Whether nothing announces the ward.
    pub(super) is_ward_loose: bool,
    /// Names that nothing announced, as far as ward and district were taken from them.
    pub(super) loose_ward: Option<Loose>,
    pub(super) loose_district: Option<Loose>,
    /// Further names that nothing announced.
    pub(super) loose: Vec<Loose>,
}

/// A name that nothing announced.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Loose {
    /// Folded.
    pub(super) name: String,
    pub(super) written: String,
}

impl KeyWords {
    /// Reads what it can; words it cannot place become the ward's name, numbers without a word
    /// before them become number and sheet in this order, as certificates have them.
    pub(in crate::land) fn read(text: &str) -> Self {
        let mut reader = Reader::default();
        for piece in names::nfc(text).split([',', ';', '(', ')', '\n']) {
            reader.read_piece(&tokens(piece));
            reader.end_of_piece();
        }
        reader.finish()
    }

    /// Whether the text names more than one key has, so that it asks for several.
    pub(super) fn is_of_several(&self) -> bool {
        self.is_of_several || !self.more_numbers.is_empty() || self.second_ward.is_some()
    }
}

impl Loose {
    pub(super) fn of_number(number: String) -> Self {
        Self {
            name: number.clone(),
            written: number,
        }
    }
}

#[derive(Debug, Default)]
pub(super) struct Reader {
    pub(super) key: KeyWords,
    pub(super) ward: Option<(String, Option<WardKind>)>,
    pub(super) district: Option<String>,
    of_before: OfBefore,
    /// Whether a word is English, so that `D3` is a district.
    pub(super) is_english: bool,
    /// Numbers without a word before them.
    pub(super) numbers: Vec<String>,
    /// How many of them there were before the piece that is being read.
    pub(super) numbers_before: usize,
    /// Words that nothing announced, as far as they stand together, and as they were written.
    pub(super) name: Vec<String>,
    pub(super) name_written: Vec<String>,
    pub(super) names: Vec<Loose>,
}

impl Reader {
    pub(super) fn read_piece(&mut self, tokens: &Tokens<'_>) {
        self.numbers_before = self.numbers.len();
        let folded = tokens.folded.as_slice();
        let mut i = 0;
        while i < folded.len() {
            if let Some((marker, length)) = marker_in(folded, i) {
                let rest = i + length;
                let taken = match marker {
                    Marker::Address => self.take_address(tokens, i, rest),
                    Marker::Now => self.take_other_name(tokens, i),
                    _ => self.take(marker, &folded[rest..]),
                };
                if let Some(taken) = taken {
                    i = rest + taken;
                    continue;
                }
            } else if let Some((marker, _)) = marker_at(&TRAILERS, &folded[i..]) {
                i += 1 + self.take_trailer(marker, &folded[i + 1..]);
                continue;
            }
            self.take_loose(tokens, i);
            i += 1;
        }
    }

    /// Whether a ward is named already.
    pub(super) fn has_ward(&self) -> bool {
        self.ward.is_some() || !self.names.is_empty() || !self.name.is_empty()
    }

    /// Takes what a word announces; answers how many tokens that was, or nothing when the word
    /// announces nothing here and is itself a part of a name.
    fn take(&mut self, marker: Marker, rest: &[String]) -> Option<usize> {
        match marker {
            Marker::Filler | Marker::Today | Marker::Address | Marker::Now => Some(0),
            Marker::Former => {
                self.of_before = if self.district.is_some() {
                    OfBefore::District
                } else {
                    OfBefore::Ward
                };
                Some(0)
            }
            Marker::AnyNumber => {
                let number = rest.first().filter(|t| is_number(t))?;
                self.numbers.push(number.clone());
                Some(1)
            }
            Marker::Number | Marker::Sheet => {
                let Some(number) = rest.first().filter(|t| is_number(t)) else {
                    return self.awaits_number(marker, rest).then_some(0);
                };
                if let (Marker::Number, Some((parcel, sheet))) = (marker, number.split_once('/'))
                    && self.key.sheet.is_none()
                {
                    self.take_number(parcel);
                    self.take_sheet(sheet);
                } else if marker == Marker::Number {
                    self.take_number(number);
                } else {
                    self.take_sheet(number);
                }
                Some(1)
            }
            Marker::Ward(_) | Marker::District | Marker::Province => {
                let name = name_at(rest);
                if name.is_empty() || !announces_here(marker, rest) {
                    return None;
                }
                self.end_of_piece();
                self.set(marker, name.join(" "));
                Some(name.len())
            }
        }
    }

    fn take_number(&mut self, number: &str) {
        let before = self.key.number.replace(number.to_owned());
        self.key.is_of_several |= before.is_some_and(|before| before != number);
    }

    fn take_sheet(&mut self, sheet: &str) {
        let before = self.key.sheet.replace(sheet.to_owned());
        self.key.is_of_several |= before.is_some_and(|before| before != sheet);
    }

    /// Whether the number of a sheet or parcel is only missing here: `thua 12 to `, or
    /// `thua 12 to p ben thanh`, and not `toc tien` while it is typed.
    fn awaits_number(&self, marker: Marker, rest: &[String]) -> bool {
        let begun = self.key.number.is_some() || self.key.sheet.is_some();
        let ends = rest.is_empty()
            || marker_at(&MARKERS, rest).is_some_and(|(next, length)| {
                next != marker && announces_here(next, &rest[length..])
            });
        begun && ends && self.name.is_empty()
    }

    /// `Ben Thanh Ward` or `Ward 3`; answers how many tokens after the word were taken.
    fn take_trailer(&mut self, marker: Marker, rest: &[String]) -> usize {
        self.is_english = true;
        if marker == Marker::Address {
            self.take_street_before();
            return 0;
        }
        // `Ben Thanh Ward D1`: that number is a district's.
        let own = |t: &&String| is_number(t) && district_number(t).is_none();
        if let Some(number) = rest.first().filter(own) {
            self.set(marker, number.clone());
            return 1;
        }
        if marker == Marker::District {
            // `An Phu Thu Duc City`: where the ward ends only the list of districts can tell.
        } else if !self.name.is_empty() {
            let name = std::mem::take(&mut self.name).join(" ");
            self.name_written.clear();
            self.set(marker, name);
        } else if let Some(number) = self.numbers.pop() {
            self.set(marker, number);
        }
        0
    }

    fn set(&mut self, marker: Marker, name: String) {
        let name = without_everywhere(name);
        match marker {
            Marker::Ward(kind) => match &self.ward {
                None => self.ward = Some((name, Some(kind))),
                Some((before, _)) if *before == name => {}
                Some(_) if self.key.second_ward.is_none() => {
                    self.key.second_ward = Some(WardWords {
                        name: bare_name(&name),
                        kind: Some(kind),
                        ..WardWords::default()
                    });
                }
                Some(_) => self.key.is_of_several = true,
            },
            Marker::District if self.district.is_none() && !name.is_empty() => {
                self.district = Some(name);
            }
            _ => {}
        }
    }

    fn take_loose(&mut self, tokens: &Tokens<'_>, at: usize) {
        let token = &tokens.folded[at];
        if is_number(token) {
            self.numbers.push(token.to_owned());
        } else {
            self.name.push(token.to_owned());
            self.name_written.push(tokens.written(at..at + 1));
        }
    }

    pub(super) fn end_of_piece(&mut self) {
        let name = without_everywhere(std::mem::take(&mut self.name).join(" "));
        let written = std::mem::take(&mut self.name_written);
        if !name.is_empty() {
            let written = written.join(" ");
            self.names.push(Loose { name, written });
        }
    }

    pub(super) fn finish(mut self) -> KeyWords {
        self.end_of_piece();
        self.take_district_number();
        self.key.is_announced = self.key.number.is_some() || self.key.sheet.is_some();
        if self.key.is_address {
            self.numbers_of_address();
        }
        self.place_numbers();
        let mut names = self.names.into_iter();
        let (name, kind) = match self.ward {
            Some(ward) => ward,
            None => {
                self.key.is_ward_loose = true;
                self.key.loose_ward = names.next();
                let loose = self.key.loose_ward.as_ref();
                (loose.map(|l| l.name.clone()).unwrap_or_default(), None)
            }
        };
        if self.district.is_none() {
            self.key.loose_district = names.next();
        }
        let loose = self.key.loose_district.as_ref();
        let district = self.district.or_else(|| loose.map(|l| l.name.clone()));
        self.key.loose = names.collect();
        if !name.is_empty() || district.is_some() {
            self.key.ward = Some(WardWords {
                name: bare_name(&name),
                kind,
                district: district.map(|d| bare_name(&d)),
                of_before: self.of_before,
            });
        }
        self.key
    }

    /// Numbers that no word announced: `12 5`, `12/5`, `26743 5 12`.
    fn place_numbers(&mut self) {
        let mut numbers = self.numbers_apart();
        let is_code = |n: &String| n.len() == 5 && n.bytes().all(|b| b.is_ascii_digit());
        let unnamed = self.ward.is_none() && self.names.is_empty();
        if unnamed && numbers.len() == 3 && is_code(&numbers[0]) {
            // The printed form MX.SB.ST: commune, sheet, number.
            let code = numbers.remove(0);
            self.names.push(Loose::of_number(code));
            self.key.number = numbers.pop();
            self.key.sheet = numbers.pop();
            return;
        }
        for written in std::mem::take(&mut self.numbers) {
            for number in written.split('/').filter(|n| !n.is_empty()) {
                if self.key.number.is_none() {
                    self.key.number = Some(number.to_owned());
                } else if self.key.sheet.is_none() {
                    self.key.sheet = Some(number.to_owned());
                } else if !self.has_ward() {
                    self.names.push(Loose::of_number(number.to_owned()));
                } else {
                    // What was written together is told together.
                    self.leave_over(&written);
                    break;
                }
            }
        }
    }
}

/// The name after a marker: one number, or the words up to the next marker or number.
fn name_at(tokens: &[String]) -> &[String] {
    if tokens.first().is_some_and(|t| is_number(t)) {
        return &tokens[..1];
    }
    let ends = |i: &usize| {
        let announced = marker_in(tokens, *i);
        let announced = announced.filter(|(m, length)| announces_here(*m, &tokens[*i + length..]));
        announced.is_some()
            || marker_at(&TRAILERS, &tokens[*i..]).is_some()
            || is_number(&tokens[*i])
    };
    // A marker right after a marker begins the name: `xã Xà Bang`.
    let end = (1..tokens.len()).find(ends).unwrap_or(tokens.len());
    &tokens[..end]
}

/// Whether a marker has something to announce, and is not a part of a name.
pub(super) fn announces_here(marker: Marker, rest: &[String]) -> bool {
    match marker {
        Marker::Number | Marker::Sheet | Marker::AnyNumber => {
            rest.first().is_some_and(|t| is_number(t))
        }
        // `xã Phước Tỉnh huyện Long Đất`.
        Marker::Province => !rest.is_empty() && marker_at(&MARKERS, rest).is_none(),
        Marker::Former | Marker::Today => true,
        _ => !rest.is_empty(),
    }
}
