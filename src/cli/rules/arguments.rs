//! Values as they are written on the command line, each with what was expected.

use crate::rules::{AreaName, Decimal};

/// A number that rules can be asked with.
pub(super) fn number(text: &str) -> Result<Decimal, String> {
    let number = Decimal::from_str_exact(text).ok();
    let number = number.filter(|n| n.abs() < Decimal::from(1_000_000_000) && n.scale() <= 6);
    number.ok_or_else(|| "expected a number with at most 6 decimals".to_owned())
}

/// A quantity with what was found of it.
pub(super) fn found(text: &str) -> Result<(String, Decimal), String> {
    let expected = "expected a quantity and a number, such as `coverage=87.9`";
    let (quantity, value) = text.split_once('=').ok_or(expected)?;
    Ok((quantity.to_owned(), number(value)?))
}

/// A planning area.
pub(super) fn area(text: &str) -> Result<AreaName, String> {
    let expected = "expected a theme and a kind, such as `architecture/core_930`";
    let (theme, kind) = text.split_once('/').ok_or(expected)?;
    Ok(AreaName {
        theme: theme.into(),
        kind: kind.into(),
    })
}
