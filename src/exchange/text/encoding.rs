//! The encodings in which Vietnamese texts come, and turning their bytes into text.

use std::borrow::Cow;

use super::{tcvn3, vni};
use crate::cadastre::names::nfc;

/// An encoding of a source, as its profile states it.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, Default, serde::Deserialize, serde::Serialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Encoding {
    /// Unicode as UTF-8, in any normal form.
    #[default]
    #[serde(rename = "utf-8")]
    Utf8,
    /// Windows-1258, with its combining tone marks.
    #[serde(rename = "windows-1258")]
    Windows1258,
    /// TCVN3, which people call ABC.
    Tcvn3,
    /// VNI for Windows.
    Vni,
}

/// Bytes that are not text in the stated encoding.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{shown}` has bytes that are not in the encoding `{encoding}`")]
pub struct NotInEncoding {
    /// The bytes as far as they can be shown.
    pub shown: String,
    /// The encoding.
    pub encoding: Encoding,
}

impl std::fmt::Display for Encoding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Utf8 => "utf-8",
            Self::Windows1258 => "windows-1258",
            Self::Tcvn3 => "tcvn3",
            Self::Vni => "vni",
        })
    }
}

impl Encoding {
    /// Every encoding.
    pub const ALL: [Self; 4] = [Self::Utf8, Self::Windows1258, Self::Tcvn3, Self::Vni];

    /// The text, composed (NFC).
    ///
    /// `in_unicode` says that the format itself is Unicode, as a GeoPackage is: an old encoding
    /// can then only have come in byte by byte as Windows-1252 ("Phêng BÕn Thµnh"), and is taken
    /// out of it again.
    ///
    /// # Errors
    /// [`NotInEncoding`] when a byte means nothing in the encoding; nothing is replaced.
    pub fn decode(self, bytes: &[u8], in_unicode: bool) -> Result<Cow<'_, str>, NotInEncoding> {
        let refused = || NotInEncoding {
            shown: String::from_utf8_lossy(bytes).chars().take(60).collect(),
            encoding: self,
        };
        if bytes.is_ascii() && (self != Self::Tcvn3 || !tcvn3::has_low_capitals(bytes)) {
            return std::str::from_utf8(bytes)
                .map(Cow::Borrowed)
                .map_err(|_| refused());
        }
        let unwrapped = if in_unicode && self != Self::Utf8 {
            Some(out_of_windows_1252(bytes).ok_or_else(refused)?)
        } else {
            None
        };
        let bytes = unwrapped.as_deref().unwrap_or(bytes);
        let text = match self {
            Self::Utf8 => std::str::from_utf8(bytes).ok().map(|t| {
                let without_mark = t.strip_prefix('\u{feff}').unwrap_or(t);
                without_mark.to_owned()
            }),
            Self::Windows1258 => encoding_rs::WINDOWS_1258
                .decode_without_bom_handling_and_without_replacement(bytes)
                .map(|t| t.into_owned()),
            Self::Tcvn3 => Some(tcvn3::decode(bytes)),
            Self::Vni => vni::decode(bytes),
        };
        text.map(|t| Cow::Owned(nfc(&t))).ok_or_else(refused)
    }
}

/// The bytes that somebody took for Windows-1252 when turning them into Unicode.
fn out_of_windows_1252(bytes: &[u8]) -> Option<Vec<u8>> {
    let text = std::str::from_utf8(bytes).ok()?;
    let (bytes, _, unmappable) = encoding_rs::WINDOWS_1252.encode(text);
    (!unmappable).then(|| bytes.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unicode_comes_out_composed_from_any_normal_form() {
        let decomposed = "Phu\u{31b}o\u{31b}\u{300}ng Be\u{302}\u{301}n Tha\u{300}nh, \u{110}a Kao";
        assert_eq!(
            Encoding::Utf8
                .decode(decomposed.as_bytes(), false)
                .as_deref(),
            Ok("Phường Bến Thành, Đa Kao")
        );
        let half = "Bê\u{301}n".as_bytes();
        assert_eq!(Encoding::Utf8.decode(half, true).as_deref(), Ok("Bến"));
    }

    #[test]
    fn windows_1258_is_composed_from_its_combining_marks() {
        let bytes = b"Ph\xfd\xf5\xccng B\xea\xecn Tha\xccnh \xd0\xf4\xccng";
        assert_eq!(
            Encoding::Windows1258.decode(bytes, false).as_deref(),
            Ok("Phường Bến Thành Đồng")
        );
    }

    #[test]
    fn an_old_encoding_inside_unicode_is_taken_out_of_windows_1252() {
        let stored = "Ph\u{ad}êng BÕn Thµnh";
        assert_eq!(
            Encoding::Tcvn3.decode(stored.as_bytes(), true).as_deref(),
            Ok("Phường Bến Thành")
        );
        let stored = "Phöôøng Beán Thaønh";
        assert_eq!(
            Encoding::Vni.decode(stored.as_bytes(), true).as_deref(),
            Ok("Phường Bến Thành")
        );
        let already = "Phường";
        assert!(Encoding::Tcvn3.decode(already.as_bytes(), true).is_err());
    }

    #[test]
    fn bytes_outside_the_encoding_are_refused_and_not_replaced() {
        let tcvn3 = b"Ph\xad\xeang";
        let refused = Encoding::Utf8.decode(tcvn3, false).expect_err("not UTF-8");
        assert_eq!(refused.encoding, Encoding::Utf8);
        assert!(Encoding::Vni.decode(b"\xb8x", false).is_err());
        assert!(Encoding::Windows1258.decode(b"a\xd2\xf2z", false).is_ok());
    }
}
