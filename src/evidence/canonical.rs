//! Canonical JSON (RFC 8785): one value, one sequence of bytes.

use std::cell::RefCell;
use std::io;
use std::rc::Rc;

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::Formatter;

/// A value that has no canonical form.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotCanonical {
    /// A whole number that a double cannot hold, so that readers would disagree about it.
    #[error("`{0}` is beyond ±9007199254740991, expected a number that every JSON reader keeps")]
    NumberTooLarge(String),
    /// Two members of one object have the same name, so that readers would disagree about it.
    #[error("the member {0} stands twice in an object")]
    MemberTwice(String),
    /// The value is not JSON, such as a map whose keys are not texts.
    #[error("the value is not JSON: {0}")]
    NotJson(String),
}

const LARGEST_WHOLE: u128 = (1 << 53) - 1;

/// The canonical bytes of anything that serialises to JSON: no white space, members sorted by the
/// UTF-16 code units of their names, texts with the fewest escapes, numbers as ECMAScript writes
/// them.
///
/// # Errors
/// [`NotCanonical`] for a whole number beyond ±(2^53 − 1), a member that stands twice, or a value
/// that is not JSON.
pub fn canonical_bytes<T: Serialize + ?Sized>(value: &T) -> Result<Vec<u8>, NotCanonical> {
    let page = Page::default();
    let canonical = Canonical {
        page: page.clone(),
        members: Vec::new(),
        objects: Vec::new(),
    };
    let written = value.serialize(&mut Serializer::with_formatter(page.clone(), canonical));
    written.map_err(|error| {
        let text = error.to_string();
        let refused = io::Error::from(error).into_inner();
        let own = refused.and_then(|refused| refused.downcast::<NotCanonical>().ok());
        own.map_or(NotCanonical::NotJson(text), |own| *own)
    })?;
    Ok(page.0.take())
}

/// What has been written so far, shared by those who write and those who sort.
#[derive(Default, Clone)]
struct Page(Rc<RefCell<Vec<u8>>>);

impl io::Write for Page {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Puts members into order where they do not come in it.
struct Canonical {
    page: Page,
    /// Of all objects that have been begun, outermost first.
    members: Vec<Member>,
    /// Number of the first member of each object that has been begun.
    objects: Vec<usize>,
}

/// Where a member stands on the page.
#[derive(Clone, Copy)]
struct Member {
    from: usize,
    name_to: usize,
    to: usize,
}

impl Canonical {
    fn here(&self) -> usize {
        self.page.0.borrow().len()
    }

    /// Sorts the members of the object that ends here.
    fn sort(&mut self) -> io::Result<()> {
        let first = self.objects.pop().unwrap_or_default();
        let own = &mut self.members[first..];
        let mut page = self.page.0.borrow_mut();
        if !own.is_sorted_by(|a, b| is_before(&page, a, b)) {
            let from = own[0].from;
            own.sort_by_cached_key(|member| name_of(&page, member));
            let mut pairs = own.windows(2);
            if let Some(twice) = pairs.find(|pair| !is_before(&page, &pair[0], &pair[1])) {
                let twice = &twice[0];
                let name = String::from_utf8_lossy(&page[twice.from..twice.name_to]);
                return Err(io::Error::other(NotCanonical::MemberTwice(
                    name.into_owned(),
                )));
            }
            let each: Vec<&[u8]> = own
                .iter()
                .map(|member| &page[member.from..member.to])
                .collect();
            let sorted = each.join(&b',');
            page[from..].copy_from_slice(&sorted);
        }
        self.members.truncate(first);
        Ok(())
    }
}

/// Code units of the name of a member.
fn name_of(page: &[u8], member: &Member) -> Vec<u16> {
    let name: String = serde_json::from_slice(&page[member.from..member.name_to])
        .expect("a name was written as a JSON text");
    name.encode_utf16().collect()
}

fn is_before(page: &[u8], a: &Member, b: &Member) -> bool {
    let [one, other] = [a, b].map(|member| &page[member.from + 1..member.name_to - 1]);
    // Plain ASCII sorts by bytes as by code units.
    let is_plain = |name: &[u8]| name.iter().all(|&byte| byte.is_ascii() && byte != b'\\');
    if is_plain(one) && is_plain(other) {
        one < other
    } else {
        name_of(page, a) < name_of(page, b)
    }
}

impl Formatter for Canonical {
    fn begin_object<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.objects.push(self.members.len());
        writer.write_all(b"{")
    }

    fn begin_object_key<W: ?Sized + io::Write>(
        &mut self,
        writer: &mut W,
        first: bool,
    ) -> io::Result<()> {
        if !first {
            writer.write_all(b",")?;
        }
        let from = self.here();
        let (name_to, to) = (from, from);
        self.members.push(Member { from, name_to, to });
        Ok(())
    }

    fn end_object_key<W: ?Sized + io::Write>(&mut self, _: &mut W) -> io::Result<()> {
        let here = self.here();
        if let Some(member) = self.members.last_mut() {
            member.name_to = here;
        }
        Ok(())
    }

    fn end_object_value<W: ?Sized + io::Write>(&mut self, _: &mut W) -> io::Result<()> {
        let here = self.here();
        if let Some(member) = self.members.last_mut() {
            member.to = here;
        }
        Ok(())
    }

    fn end_object<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.sort()?;
        writer.write_all(b"}")
    }

    fn write_u64<W: ?Sized + io::Write>(&mut self, writer: &mut W, value: u64) -> io::Result<()> {
        self.write_u128(writer, value.into())
    }

    fn write_i64<W: ?Sized + io::Write>(&mut self, writer: &mut W, value: i64) -> io::Result<()> {
        self.write_i128(writer, value.into())
    }

    fn write_u128<W: ?Sized + io::Write>(&mut self, writer: &mut W, value: u128) -> io::Result<()> {
        whole(value, &value)?;
        write!(writer, "{value}")
    }

    fn write_i128<W: ?Sized + io::Write>(&mut self, writer: &mut W, value: i128) -> io::Result<()> {
        whole(value.unsigned_abs(), &value)?;
        write!(writer, "{value}")
    }

    fn write_f32<W: ?Sized + io::Write>(&mut self, writer: &mut W, value: f32) -> io::Result<()> {
        self.write_f64(writer, value.into())
    }

    fn write_f64<W: ?Sized + io::Write>(&mut self, writer: &mut W, value: f64) -> io::Result<()> {
        let mut text = String::new();
        write_double(&mut text, value);
        writer.write_all(text.as_bytes())
    }
}

/// Holds that a whole number is one that a double can hold.
fn whole(size: u128, value: &dyn ToString) -> io::Result<()> {
    if size <= LARGEST_WHOLE {
        return Ok(());
    }
    Err(io::Error::other(NotCanonical::NumberTooLarge(
        value.to_string(),
    )))
}

/// ECMAScript's Number::toString: the shortest digits that read back to the same double, plain
/// from 1e-6 to below 1e21, with an exponent outside.
fn write_double(out: &mut String, double: f64) {
    if double == 0.0 {
        out.push('0');
        return;
    }
    if double < 0.0 {
        out.push('-');
    }
    let scientific = format!("{:e}", double.abs());
    let (mantissa, exponent) = scientific
        .split_once('e')
        .expect("`{:e}` of a finite number has an exponent");
    let digits: String = mantissa.chars().filter(|&c| c != '.').collect();
    let exponent: i32 = exponent.parse().expect("`{:e}` writes a whole exponent");
    // The value is 0.digits × 10^point.
    let (count, point) = (digits.len() as i32, exponent + 1);
    if count <= point && point <= 21 {
        out.push_str(&digits);
        out.extend(std::iter::repeat_n('0', (point - count) as usize));
    } else if 0 < point && point <= 21 {
        let (whole, fraction) = digits.split_at(point as usize);
        out.push_str(whole);
        out.push('.');
        out.push_str(fraction);
    } else if -6 < point && point <= 0 {
        out.push_str("0.");
        out.extend(std::iter::repeat_n('0', (-point) as usize));
        out.push_str(&digits);
    } else {
        let (first, rest) = digits.split_at(1);
        out.push_str(first);
        if !rest.is_empty() {
            out.push('.');
            out.push_str(rest);
        }
        out.push_str(&format!("e{exponent:+}"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    fn canonical(text: &str) -> String {
        let value: Value = serde_json::from_str(text).expect("JSON");
        String::from_utf8(canonical_bytes(&value).expect("canonical")).expect("UTF-8")
    }

    #[test]
    fn the_examples_of_rfc_8785_come_out_as_it_prints_them() {
        let example = serde_json::json!({
            "numbers": [333_333_333.333_333_3, 1e30, 4.50, 2e-3, 1e-27],
            "string": "\u{20ac}$\u{f}\nA'\u{42}\u{22}\u{5c}\\\"/",
            "literals": [null, true, false],
        });
        let expected = concat!(
            r#"{"literals":[null,true,false],"#,
            r#""numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"#,
            r#""string":"€$\u000f\nA'B\"\\\\\"/"}"#
        );
        let bytes = canonical_bytes(&example).expect("canonical");
        assert_eq!(String::from_utf8_lossy(&bytes), expected);
        let sorted = r#"{"€":1,"\r":2,"\ufb33":3,"1":4,"😀":5,"\u0080":6,"ö":7}"#;
        let expected = "{\"\\r\":2,\"1\":4,\"\u{80}\":6,\"ö\":7,\"€\":1,\"😀\":5,\"\u{fb33}\":3}";
        assert_eq!(canonical(sorted), expected);
    }

    #[test]
    fn numbers_are_written_as_ecmascript_writes_them() {
        for (bits, text) in [
            (0x0000_0000_0000_0001_u64, "5e-324"),
            (0x7fef_ffff_ffff_ffff, "1.7976931348623157e+308"),
            (0x4340_0000_0000_0000, "9007199254740992"),
            (0x4430_0000_0000_0000, "295147905179352830000"),
            (0x44b5_2d02_c7e1_4af5, "9.999999999999997e+22"),
            (0x444b_1ae4_d6e2_ef50, "1e+21"),
            (0x3eb0_c6f7_a0b5_ed8d, "0.000001"),
            (0xbecb_f647_612f_3696, "-0.0000033333333333333333"),
            (0x8000_0000_0000_0000, "0"),
        ] {
            let mut out = String::new();
            write_double(&mut out, f64::from_bits(bits));
            assert_eq!(out, text);
        }
        assert_eq!(
            canonical("[106.698000001, 1.0, -5, 1e-7]"),
            "[106.698000001,1,-5,1e-7]"
        );
    }

    #[test]
    fn a_whole_number_that_a_double_cannot_hold_is_refused() {
        assert_eq!(
            canonical("[9007199254740991,-9007199254740991]"),
            "[9007199254740991,-9007199254740991]"
        );
        let value: Value = serde_json::from_str("9007199254740992").expect("JSON");
        assert!(matches!(
            canonical_bytes(&value),
            Err(NotCanonical::NumberTooLarge(_))
        ));
    }

    #[test]
    fn the_order_of_members_and_white_space_does_not_change_the_bytes() {
        assert_eq!(
            canonical(r#"{ "b": [1, {"y":2,"x":1}], "a": "Bến Thành" }"#),
            r#"{"a":"Bến Thành","b":[1,{"x":1,"y":2}]}"#
        );
    }

    #[test]
    fn members_that_come_out_of_order_are_sorted_at_every_depth() {
        #[derive(Serialize)]
        struct Inner {
            b: u8,
            a: Vec<Option<bool>>,
        }
        #[derive(Serialize)]
        struct Outer {
            z: Inner,
            #[serde(rename = "é")]
            after: f32,
            y: &'static str,
            x: std::collections::BTreeMap<u8, i64>,
        }
        let value = Outer {
            z: Inner {
                b: 1,
                a: vec![None, Some(true)],
            },
            after: 0.5,
            y: "\u{7f}\u{1f}",
            x: [(10, -1), (9, 2)].into(),
        };
        let bytes = canonical_bytes(&value).expect("canonical");
        assert_eq!(
            String::from_utf8(bytes).expect("UTF-8"),
            "{\"x\":{\"10\":-1,\"9\":2},\"y\":\"\u{7f}\\u001f\",\"z\":{\"a\":[null,true],\"b\":1},\"é\":0.5}"
        );
    }

    #[test]
    fn a_member_that_stands_twice_is_refused() {
        struct Twice;
        impl Serialize for Twice {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_map([("b", 1), ("a", 2), ("b", 3)])
            }
        }
        let twice = NotCanonical::MemberTwice("\"b\"".to_owned());
        assert_eq!(canonical_bytes(&Twice), Err(twice));
        assert!(matches!(
            canonical_bytes(&std::collections::BTreeMap::from([((1, 2), 3)])),
            Err(NotCanonical::NotJson(_))
        ));
    }
}
