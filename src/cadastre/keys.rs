//! Parcel keys and identifiers: surrogate, ward with sheet and number, national identifier.

/// The register's own, surrogate key of a parcel: positive and below 2^53, so that JSON keeps it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ParcelId(i64);

/// A value that cannot be a key, with what was expected.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{value}` is not a {what}, expected {expected}")]
pub struct InvalidKey {
    /// Which key.
    pub what: &'static str,
    /// As given.
    pub value: String,
    /// What it should look like.
    pub expected: &'static str,
}

fn invalid<T>(what: &'static str, value: &str, expected: &'static str) -> Result<T, InvalidKey> {
    Err(InvalidKey {
        what,
        value: value.to_owned(),
        expected,
    })
}

impl ParcelId {
    /// Checks the range.
    ///
    /// # Errors
    /// [`InvalidKey`] for zero, a negative number, or 2^53 and above.
    pub fn new(id: i64) -> Result<Self, InvalidKey> {
        if (1..1 << 53).contains(&id) {
            Ok(Self(id))
        } else {
            invalid(
                "parcel id",
                &id.to_string(),
                "a whole number from 1 to 9007199254740991",
            )
        }
    }

    /// The number.
    pub const fn get(self) -> i64 {
        self.0
    }
}

impl std::fmt::Display for ParcelId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// The five-digit code of a commune-level unit, of today or retired (also INSEE codes).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct WardCode(u32);

impl WardCode {
    /// Reads exactly five ASCII digits.
    ///
    /// # Errors
    /// [`InvalidKey`] for anything else.
    pub fn parse(text: &str) -> Result<Self, InvalidKey> {
        if text.len() == 5 && text.bytes().all(|b| b.is_ascii_digit()) {
            text.parse()
                .map(Self)
                .or_else(|_| invalid("ward code", text, "five digits such as 26743"))
        } else {
            invalid("ward code", text, "five digits such as 26743")
        }
    }

    /// From a number below 100 000.
    ///
    /// # Errors
    /// [`InvalidKey`] for a larger number.
    pub fn from_number(number: u32) -> Result<Self, InvalidKey> {
        if number < 100_000 {
            Ok(Self(number))
        } else {
            invalid(
                "ward code",
                &number.to_string(),
                "five digits such as 26743",
            )
        }
    }

    /// The code as a number.
    pub const fn number(self) -> u32 {
        self.0
    }
}

impl std::fmt::Display for WardCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:05}", self.0)
    }
}

/// A sheet of a cadastral map: 1 to 16 letters and digits, upper case, without leading zeros
/// when it is a number, since certificates and maps differ in them.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SheetNumber(Box<str>);

/// A parcel's number within its sheet; same form as [`SheetNumber`].
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ParcelNumber(Box<str>);

const NUMBER_FORM: &str = "1 to 16 letters, digits, hyphens or slashes such as 12, 12a or DC5";

fn number_form(what: &'static str, text: &str) -> Result<Box<str>, InvalidKey> {
    let trimmed = text.trim();
    let allowed = |c: char| c.is_alphanumeric() || c == '-' || c == '/';
    if trimmed.is_empty() || trimmed.chars().count() > 16 || !trimmed.chars().all(allowed) {
        return invalid(what, text, NUMBER_FORM);
    }
    let upper = trimmed.to_uppercase();
    let stripped = upper.trim_start_matches('0');
    let significant = stripped.starts_with(|c: char| c.is_ascii_digit());
    Ok(if significant {
        stripped.into()
    } else {
        upper.into()
    })
}

/// Writes a number at the end and says where it begins; nothing when it does not fit.
fn write_digits(mut number: u64, digits: &mut [u8]) -> Option<usize> {
    let mut first = digits.len();
    while number > 0 {
        first = first.checked_sub(1)?;
        digits[first] = b'0' + (number % 10) as u8;
        number /= 10;
    }
    Some(first)
}

fn ascii(digits: &[u8]) -> Box<str> {
    digits.iter().copied().map(char::from).collect()
}

impl SheetNumber {
    /// Reads and normalises.
    ///
    /// # Errors
    /// [`InvalidKey`] for an empty, too long or otherwise malformed text.
    pub fn parse(text: &str) -> Result<Self, InvalidKey> {
        number_form("sheet number", text).map(Self)
    }

    /// The normal form.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl ParcelNumber {
    /// A number that is written like one.
    pub fn plain(number: u32) -> Self {
        let mut digits = [b'0'; 10];
        // Ten digits hold every number of 32 bits, and zero is written as one.
        let first = write_digits(u64::from(number), &mut digits).unwrap_or(0);
        Self(ascii(&digits[first.min(9)..]))
    }

    /// Reads and normalises.
    ///
    /// # Errors
    /// [`InvalidKey`] for an empty, too long or otherwise malformed text.
    pub fn parse(text: &str) -> Result<Self, InvalidKey> {
        number_form("parcel number", text).map(Self)
    }

    /// The normal form.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The classic cadastral key. Unique per legacy commune, not per ward of today: after the merger
/// of 1 July 2025 several former communes of one ward each had a sheet 1.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ParcelKey {
    /// The commune in whose series the sheet is numbered: a retired code, as a rule.
    pub commune: WardCode,
    /// Map sheet.
    pub sheet: SheetNumber,
    /// Number within the sheet.
    pub number: ParcelNumber,
}

impl std::fmt::Display for ParcelKey {
    /// `MX.SB.ST` of Circular 24/2014.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "{}.{}.{}",
            self.commune,
            self.sheet.as_str(),
            self.number.as_str()
        )
    }
}

/// The national parcel identifier ("mã định danh thửa đất"): opaque text, not derived or parsed.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NationalParcelIdentifier(Box<str>);

impl NationalParcelIdentifier {
    /// Keeps any text of 1 to 64 visible characters.
    ///
    /// # Errors
    /// [`InvalidKey`] for an empty or longer text, or one with control characters.
    pub fn parse(text: &str) -> Result<Self, InvalidKey> {
        let trimmed = text.trim();
        if trimmed.is_empty()
            || trimmed.chars().count() > 64
            || trimmed.chars().any(char::is_control)
        {
            invalid("national parcel identifier", text, "12 digits, as a rule")
        } else {
            Ok(Self(trimmed.into()))
        }
    }

    /// The usual form: twelve digits, with zeros in front; nothing for a number of more digits.
    pub fn usual(number: u64) -> Option<Self> {
        let mut digits = [b'0'; 12];
        write_digits(number, &mut digits)?;
        Some(Self(ascii(&digits)))
    }

    /// Whether it has the usual form of twelve digits; others are kept, with a warning.
    pub fn is_usual(&self) -> bool {
        self.0.len() == 12 && self.0.bytes().all(|b| b.is_ascii_digit())
    }

    /// As given.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
