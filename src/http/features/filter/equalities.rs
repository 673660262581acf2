//! Properties as parameters of their own: `status=inUse` is `status = 'inUse'` (OGC 19-079r2, 7).

use super::spans;
use crate::cadastre::names;
use crate::http::problem::Problem;
use crate::http::query::Query;
use crate::land::filter::{Comparison, Condition, Holds, Property, Scalar, Value};
use crate::land::items::Collection;

/// The properties of a collection that are parameters: all but its shape.
pub fn equalities(collection: Collection) -> impl Iterator<Item = &'static Property> {
    let all = Property::all(collection).iter();
    all.filter(|property| property.holds != Holds::Shape)
}

/// What a request wants properties to be.
///
/// # Errors
/// `invalid_parameter` for a value of another kind.
pub fn read(query: &Query, collection: Collection) -> Result<Vec<Condition>, Problem> {
    let mut wanted = Vec::new();
    for property in equalities(collection) {
        if let Some(text) = query.text(property.name) {
            let value = Scalar::Is(value(property, text)?);
            let property = Scalar::Of(*property);
            wanted.push(Condition::Compare(property, Comparison::Equal, value));
        }
    }
    Ok(wanted)
}

fn value(property: &Property, text: &str) -> Result<Value<'static>, Problem> {
    let refused = |expected| Problem::parameter(property.name, "not_of_kind", text, expected);
    match property.holds {
        Holds::Number | Holds::Whole => {
            let number: Option<f64> = text.parse().ok();
            let number = number.filter(|number| number.is_finite());
            number.map(Value::Number).ok_or_else(|| refused("a_number"))
        }
        Holds::Truth => match text {
            "true" => Ok(Value::Truth(true)),
            "false" => Ok(Value::Truth(false)),
            _ => Err(refused("truth")),
        },
        Holds::Day => {
            let day = spans::day(text).map_err(|_| refused("filter_day"))?;
            Ok(Value::Day(day))
        }
        // An invalid value of a parameter is refused (OGC 17-069r4, 7.5.1); in a filter the same
        // comparison is a condition that holds nowhere.
        Holds::Text if !property.words.is_empty() && !property.words.contains(&text) => {
            let names = vec![("names", property.words.join(", "))];
            let refused = Problem::parameter(property.name, "not_a_choice", text, "choice");
            Err(refused.expecting("choice", names))
        }
        Holds::Text | Holds::Shape => Ok(Value::Text(names::nfc(text).into())),
    }
}
