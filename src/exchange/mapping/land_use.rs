//! Land-use lines as one text: `ODT+CLN` as certificates write it, with details where there are any.

use crate::cadastre::{Day, InvalidKey, LandUseCode, LandUseLine, RegisteredArea, UseForm};

/// What a text of land use looks like, for messages.
const EXPECTED: &str = "ODT, ODT+CLN, ODT:66.50:CNQ-CTT";

/// Reads `ODT`, `ODT+CLN`, `ODT, CLN`, or lines with details in the order code, area in m²,
/// origin, form (`private`, `common`), last day of the term: `ODT:66.50::common+CLN`.
///
/// # Errors
/// [`InvalidKey`] for a text that is none of these.
pub fn read(text: &str) -> Result<Vec<LandUseLine>, InvalidKey> {
    text.split(['+', ',', ';'])
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(|line| read_line(line).ok_or_else(|| refused(text)))
        .collect()
}

/// Writes lines so that [`read`] gives the same again.
pub fn write(lines: &[LandUseLine]) -> String {
    let lines: Vec<String> = lines.iter().map(write_line).collect();
    lines.join("+")
}

fn refused(text: &str) -> InvalidKey {
    InvalidKey {
        what: "land use",
        value: text.to_owned(),
        expected: EXPECTED,
    }
}

fn read_line(line: &str) -> Option<LandUseLine> {
    let mut parts = line.split(':').map(str::trim);
    let code = LandUseCode::parse(parts.next()?).ok()?;
    let mut next = || parts.next().filter(|part| !part.is_empty());
    let area = match next() {
        Some(m2) => Some(RegisteredArea::from_m2(m2.parse().ok()?).ok()?),
        None => None,
    };
    let origin = next().map(|origin| unescaped(origin).into_boxed_str());
    let form = match next() {
        Some("private") => Some(UseForm::Private),
        Some("common") => Some(UseForm::Common),
        Some(_) => return None,
        None => None,
    };
    let until = match next() {
        Some(day) => Some(Day::parse(day).ok()?),
        None => None,
    };
    parts.next().is_none().then_some(LandUseLine {
        code,
        area,
        origin,
        form,
        until,
    })
}

fn write_line(line: &LandUseLine) -> String {
    let area = line.area.map(|a| format!("{:.2}", a.m2()));
    let origin = line.origin.as_deref().map(escaped);
    let form = line.form.map(|form| match form {
        UseForm::Private => "private".to_owned(),
        UseForm::Common => "common".to_owned(),
    });
    let until = line.until.map(|day| day.to_string());
    let parts = [area, origin, form, until].map(Option::unwrap_or_default);
    let text = format!("{}:{}", line.code.as_str(), parts.join(":"));
    text.trim_end_matches(':').to_owned()
}

/// Characters that part lines and details, as `%` and two hexadecimal digits.
const PARTING: [char; 5] = ['%', ':', '+', ',', ';'];

fn escaped(text: &str) -> String {
    let one = |c: char| {
        if PARTING.contains(&c) {
            format!("%{:02X}", u32::from(c))
        } else {
            c.to_string()
        }
    };
    text.chars().map(one).collect()
}

fn unescaped(text: &str) -> String {
    // The percent sign itself comes last, or its digits would be read twice.
    PARTING.iter().rev().fold(text.to_owned(), |text, &c| {
        text.replace(&format!("%{:02X}", u32::from(c)), &c.to_string())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(code: &str) -> LandUseLine {
        LandUseLine {
            code: LandUseCode::parse(code).expect("a code"),
            area: None,
            origin: None,
            form: None,
            until: None,
        }
    }

    #[test]
    fn lines_with_every_detail_come_back_as_they_were() {
        let full = LandUseLine {
            area: RegisteredArea::from_m2(66.5).ok(),
            origin: Some("CNQ-CTT: 50%3A, còn lại".into()),
            form: Some(UseForm::Common),
            until: Day::parse("2070-01-01").ok(),
            ..line("ODT")
        };
        let lines = vec![full, line("CLN")];
        assert_eq!(read(&write(&lines)), Ok(lines));
    }

    #[test]
    fn codes_are_read_as_certificates_write_them() {
        assert_eq!(read("ODT+CLN"), Ok(vec![line("ODT"), line("CLN")]));
        assert_eq!(read("odt; HNK "), Ok(vec![line("ODT"), line("HNK")]));
        for wrong in [
            "Đất ở",
            "ODT:x",
            "ODT:1:a:b",
            "ODT:1:a:private:2025-01-01:z",
        ] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}
