//! JSON written straight into one buffer, for answers of many numbers; `view.rs` says what they are.

use super::digits;
use crate::cadastre::Day;

/// A buffer in which one JSON value grows. Commas come by themselves.
#[derive(Debug)]
pub struct Json {
    bytes: Vec<u8>,
}

/// A text that grows piece by piece.
pub struct Pieces<'j>(&'j mut Json);

impl Pieces<'_> {
    /// Adds a text.
    pub fn add(&mut self, text: &str) {
        self.0.escaped(text);
    }

    /// Adds a whole number.
    pub fn add_number(&mut self, number: u32) {
        digits::push_integer(&mut self.0.bytes, i64::from(number));
    }

    /// Adds a code of so many digits.
    pub fn add_code<const DIGITS: usize>(&mut self, number: u32) {
        digits::push_padded::<DIGITS>(&mut self.0.bytes, u64::from(number));
    }
}

impl Json {
    /// Nothing yet, with room for so many bytes.
    pub fn with_capacity(bytes: usize) -> Self {
        Self {
            bytes: Vec::with_capacity(bytes),
        }
    }

    /// What was written.
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    /// An object; the closure writes its members, each as a name and a value.
    pub fn object<R>(&mut self, members: impl FnOnce(&mut Self) -> R) -> R {
        self.enclosed(b'{', b'}', members)
    }

    /// An array; the closure writes its items.
    pub fn array<R>(&mut self, items: impl FnOnce(&mut Self) -> R) -> R {
        self.enclosed(b'[', b']', items)
    }

    /// The name of a member, whose value must follow. Names are our own and need no escapes.
    #[inline(always)]
    pub fn name(&mut self, name: &'static str) -> &mut Self {
        self.separate();
        // One piece of a length known when this is compiled, where the name is short.
        let mut room = [b'"'; 24];
        match room.get_mut(1..=name.len()).filter(|_| name.len() <= 21) {
            Some(place) => {
                place.copy_from_slice(name.as_bytes());
                room[name.len() + 2] = b':';
                self.bytes.extend_from_slice(&room[..name.len() + 3]);
            }
            None => {
                self.bytes.extend_from_slice(b"\"");
                self.bytes.extend_from_slice(name.as_bytes());
                self.bytes.extend_from_slice(b"\":");
            }
        }
        self
    }

    /// A text of our own that needs no escapes.
    #[inline(always)]
    pub fn word(&mut self, word: &'static str) {
        self.quoted(|json| json.bytes.extend_from_slice(word.as_bytes()));
    }

    /// A text.
    pub fn text(&mut self, text: &str) {
        self.quoted(|json| json.escaped(text));
    }

    /// A text in pieces, which the closure adds.
    pub fn pieces(&mut self, add: impl FnOnce(&mut Pieces<'_>)) {
        self.quoted(|json| add(&mut Pieces(json)));
    }

    /// A whole number as a text.
    pub fn number_as_text(&mut self, number: u32) {
        self.quoted(|json| digits::push_integer(&mut json.bytes, i64::from(number)));
    }

    /// A code of so many digits, as a text; the number has no more.
    pub fn code<const DIGITS: usize>(&mut self, number: u64) {
        self.quoted(|json| digits::push_padded::<DIGITS>(&mut json.bytes, number));
    }

    /// A day, as a text of the form YYYY-MM-DD.
    pub fn day(&mut self, day: Day) {
        self.quoted(|json| digits::push_day(&mut json.bytes, day));
    }

    /// A whole number.
    pub fn integer(&mut self, number: i64) {
        self.separate();
        digits::push_integer(&mut self.bytes, number);
    }

    /// A number counted in its last decimal: `fixed::<1>(15)` is 1.5, `fixed::<3>(1500)` is 1.5
    /// too, `fixed::<3>(2000)` is 2.0. At most nine decimals.
    pub fn fixed<const DECIMALS: usize>(&mut self, count: i64) {
        self.separate();
        digits::push_fixed::<DECIMALS>(&mut self.bytes, count);
    }

    /// A number rounded to so many decimals.
    pub fn rounded<const DECIMALS: usize>(&mut self, number: f64) {
        let per_one = const { 10_u64.pow(DECIMALS as u32) as f64 };
        self.fixed::<DECIMALS>((number * per_one).round() as i64);
    }

    /// An array of two numbers, each counted in its last decimal.
    pub fn pair<const DECIMALS: usize>(&mut self, first: i64, second: i64) {
        self.separate();
        self.bytes.push(b'[');
        digits::push_fixed::<DECIMALS>(&mut self.bytes, first);
        self.bytes.push(b',');
        digits::push_fixed::<DECIMALS>(&mut self.bytes, second);
        self.bytes.push(b']');
    }

    /// True or false.
    pub fn truth(&mut self, truth: bool) {
        self.separate();
        let text: &[u8] = if truth { b"true" } else { b"false" };
        self.bytes.extend_from_slice(text);
    }

    /// A value when there is one, else null.
    pub fn option<T>(&mut self, value: Option<T>, write: impl FnOnce(&mut Self, T)) {
        match value {
            Some(value) => write(self, value),
            None => {
                self.separate();
                self.bytes.extend_from_slice(b"null");
            }
        }
    }

    /// What a view becomes.
    pub fn view(&mut self, view: &impl serde::Serialize) {
        self.separate();
        serde_json::to_writer(&mut self.bytes, view).expect("a view becomes JSON");
    }

    fn enclosed<R>(&mut self, open: u8, close: u8, inside: impl FnOnce(&mut Self) -> R) -> R {
        self.separate();
        self.bytes.push(open);
        let result = inside(self);
        self.bytes.push(close);
        result
    }

    fn quoted(&mut self, inside: impl FnOnce(&mut Self)) {
        self.enclosed(b'"', b'"', inside);
    }

    fn separate(&mut self) {
        if !self.is_first() {
            self.bytes.push(b',');
        }
    }

    /// Whether this is the first inside something, or the value of a name. What stands before it
    /// is whole: a text ends with its quote.
    fn is_first(&self) -> bool {
        matches!(self.bytes.last(), None | Some(b'{' | b'[' | b':'))
    }

    fn escaped(&mut self, text: &str) {
        if !needs_escapes(text.as_bytes()) {
            self.bytes.extend_from_slice(text.as_bytes());
            return;
        }
        for byte in text.bytes() {
            let escape = match byte {
                b'"' | b'\\' => byte,
                b'\n' => b'n',
                b'\r' => b'r',
                b'\t' => b't',
                0x08 => b'b',
                0x0c => b'f',
                control if control < b' ' => {
                    let code = format!("\\u{control:04x}");
                    self.bytes.extend_from_slice(code.as_bytes());
                    continue;
                }
                plain => {
                    self.bytes.push(plain);
                    continue;
                }
            };
            self.bytes.extend_from_slice(&[b'\\', escape]);
        }
    }
}

/// Whether a text has a byte that JSON does not take as it is; eight are looked at at a time.
fn needs_escapes(text: &[u8]) -> bool {
    let word = |bytes: &[u8; 8]| u64::from_le_bytes(*bytes);
    let (words, rest) = text.as_chunks::<8>();
    let any = words.iter().fold(0, |any, w| any | marks(word(w)));
    // The rest is looked at with what stands before it, or filled up with spaces.
    let last = match text.last_chunk::<8>() {
        Some(last) => word(last),
        None => rest
            .iter()
            .fold(SPACES, |w, byte| w << 8 | u64::from(*byte)),
    };
    (any | marks(last)) & HIGHS != 0
}

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGHS: u64 = ONES << 7;
const SPACES: u64 = ONES * b' ' as u64;

/// Sets the high bit in some byte when any byte is below a space, a quote or a backslash; the high
/// bits of other words stay clear.
fn marks(word: u64) -> u64 {
    let zeros = |word: u64| word.wrapping_sub(ONES) & !word;
    let low = word.wrapping_sub(SPACES) & !word;
    low | zeros(word ^ (ONES * u64::from(b'"'))) | zeros(word ^ (ONES * u64::from(b'\\')))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn written(write: impl FnOnce(&mut Json)) -> String {
        let mut json = Json::with_capacity(0);
        write(&mut json);
        String::from_utf8(json.into_bytes()).expect("texts are UTF-8")
    }

    #[test]
    fn members_and_items_are_separated_at_every_depth() {
        let text = written(|json| {
            json.object(|o| {
                o.name("a").integer(0);
                o.name("b").array(|items| {
                    items.array(|_| ());
                    items.fixed::<2>(-5);
                    items.rounded::<1>(0.25);
                    items.truth(true);
                    items.object(|_| ());
                });
                o.name("c").option(None::<i64>, Json::integer);
                o.name("d").option(Some(10), Json::integer);
                o.name("e").pieces(|text| {
                    text.add("x");
                    text.add("\"y");
                    text.add_number(0);
                    text.add_code::<5>(757);
                });
                o.name("f").code::<5>(757);
                o.name("u").word("own");
                o.name("a name of 26 letters in all").word("long");
                o.name("v").number_as_text(40);
                o.name("w").pair::<3>(1500, -2);
                o.name("g").day(Day(20_270));
                o.name("h").view(&["i"]);
            });
        });
        let expected = concat!(
            r#"{"a":0,"b":[[],-0.05,0.3,true,{}],"c":null,"d":10,"e":"x\"y000757","#,
            r#""f":"00757","u":"own","a name of 26 letters in all":"long","v":"40","w":[1.5,-0.002],"g":"2025-07-01","h":["i"]}"#
        );
        assert_eq!(text, expected);
    }

    proptest! {
        #[test]
        fn texts_are_written_as_serde_writes_them(text in any::<String>()) {
            let expected = serde_json::to_string(&text).expect("JSON");
            prop_assert_eq!(written(|json| json.text(&text)), expected);
        }
    }

    #[test]
    fn every_control_character_is_escaped_as_serde_does() {
        let text: String = (0..0x80_u8).map(char::from).collect();
        let expected = serde_json::to_string(&text).expect("JSON");
        assert_eq!(written(|json| json.text(&text)), expected);
    }
}
