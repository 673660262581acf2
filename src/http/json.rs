//! JSON written straight into one buffer, for answers of many numbers; `view.rs` says what they are.

use super::digits;
use crate::cadastre::Day;

/// A buffer in which one JSON value grows. Commas come by themselves.
#[derive(Debug)]
pub struct Json {
    bytes: Vec<u8>,
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
    pub fn name(&mut self, name: &'static str) -> &mut Self {
        let opening: &[u8] = if self.is_first() { b"\"" } else { b",\"" };
        self.bytes.extend_from_slice(opening);
        self.bytes.extend_from_slice(name.as_bytes());
        self.bytes.extend_from_slice(b"\":");
        self
    }

    /// A text.
    pub fn text(&mut self, text: &str) {
        self.quoted(|json| json.escaped(text));
    }

    /// A text in pieces.
    pub fn texts<'t>(&mut self, pieces: impl IntoIterator<Item = &'t str>) {
        self.quoted(|json| pieces.into_iter().for_each(|piece| json.escaped(piece)));
    }

    /// A code of so many digits, as a text; the number has no more.
    pub fn code<const DIGITS: usize>(&mut self, number: u32) {
        self.quoted(|json| digits::push_padded::<DIGITS>(&mut json.bytes, u64::from(number)));
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
        let needs_escape = |byte: u8| byte < b' ' || byte == b'"' || byte == b'\\';
        // Without a way out in its midst, so that sixteen bytes are looked at at a time.
        let any = |any: bool, byte: u8| any | needs_escape(byte);
        if !text.bytes().fold(false, any) {
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
                o.name("e").texts(["x", "", "\"y"]);
                o.name("f").code::<5>(757);
                o.name("g").day(Day(20_270));
                o.name("h").view(&["i"]);
            });
        });
        let expected = concat!(
            r#"{"a":0,"b":[[],-0.05,0.3,true,{}],"c":null,"d":10,"e":"x\"y","#,
            r#""f":"00757","g":"2025-07-01","h":["i"]}"#
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
