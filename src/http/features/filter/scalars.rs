//! Values and properties of expressions, and what compares them.

use cql2::Expr;

use super::conditions::{Reader, told};
use super::spans;
use crate::cadastre::names;
use crate::http::problem::Problem;
use crate::land::filter::{Comparison, Condition, Fold, Holds, Pattern, Scalar, Value};

impl Reader<'_> {
    pub(super) fn compare(
        &self,
        whole: &Expr,
        how: Comparison,
        a: &Expr,
        b: &Expr,
    ) -> Result<Condition, Problem> {
        let [a, b] = self.alike(whole, [a, b])?;
        let orders = !matches!(how, Comparison::Equal | Comparison::Unequal);
        if orders && a.holds() == Holds::Truth {
            return Err(told("filter_operand", whole, "filter_same_kind"));
        }
        Ok(Condition::Compare(a, how, b))
    }

    pub(super) fn between(&self, whole: &Expr, of: [&Expr; 3]) -> Result<Condition, Problem> {
        let [value, low, high] = self.alike(whole, of)?;
        if !matches!(value.holds(), Holds::Number | Holds::Whole | Holds::Day) {
            return Err(told("filter_operand", whole, "filter_between"));
        }
        Ok(Condition::Between(value, low, high))
    }

    pub(super) fn one_of(
        &self,
        whole: &Expr,
        value: &Expr,
        listed: &Expr,
    ) -> Result<Condition, Problem> {
        let Expr::Array(listed) = listed else {
            return Err(told("filter_operand", whole, "filter_list"));
        };
        let mut values = Vec::with_capacity(listed.len());
        for one in listed {
            let [_, one] = self.alike(whole, [value, one])?;
            values.push(one);
        }
        Ok(Condition::In(self.scalar(value)?, values))
    }

    pub(super) fn like(
        &self,
        whole: &Expr,
        text: &Expr,
        pattern: &Expr,
    ) -> Result<Condition, Problem> {
        let text = self.scalar(text)?;
        let (mut fold, mut pattern) = (Fold::default(), pattern);
        while let Some((outer, inner)) = folded(pattern) {
            fold = fold.and(outer);
            pattern = inner;
        }
        match pattern {
            Expr::Literal(pattern) if text.holds() == Holds::Text => {
                Ok(Condition::Like(text, Pattern::read(pattern, fold)))
            }
            _ => Err(told("filter_operand", whole, "filter_pattern")),
        }
    }

    /// Values that can be compared with each other; a text beside a day is read as a day.
    fn alike<const N: usize>(&self, whole: &Expr, of: [&Expr; N]) -> Result<[Scalar; N], Problem> {
        let mut scalars = Vec::with_capacity(N);
        for expression in of {
            scalars.push(self.scalar(expression)?);
        }
        let has_day = scalars.iter().any(|s| s.holds() == Holds::Day);
        for scalar in scalars.iter_mut().filter(|_| has_day) {
            if let Scalar::Is(Value::Text(text)) = scalar {
                *scalar = Scalar::Is(Value::Day(spans::day(text)?));
            }
        }
        let scalars: [Scalar; N] = scalars
            .try_into()
            .map_err(|_| told("filter_operand", whole, "filter_same_kind"))?;
        let [first, others @ ..] = scalars.as_slice() else {
            return Ok(scalars);
        };
        let kind = first.holds();
        if others.iter().all(|other| kind.compares_with(other.holds())) {
            return Ok(scalars);
        }
        Err(told("filter_operand", whole, "filter_same_kind"))
    }

    fn scalar(&self, expression: &Expr) -> Result<Scalar, Problem> {
        if let Some((fold, inner)) = folded(expression) {
            let inner = self.scalar(inner)?;
            if inner.holds() != Holds::Text {
                return Err(told("filter_operand", expression, "filter_text"));
            }
            return Ok(match inner {
                Scalar::Is(Value::Text(text)) => Scalar::Is(Value::Text(fold.apply(&text).into())),
                Scalar::Folded(other, inner) => Scalar::Folded(fold.and(other), inner),
                property => Scalar::Folded(fold, Box::new(property)),
            });
        }
        match expression {
            Expr::Property { property } => {
                let property = self.property(property)?;
                if property.holds == Holds::Shape {
                    return Err(told("filter_operand", expression, "filter_value"));
                }
                Ok(Scalar::Of(property))
            }
            Expr::Float(number) => Ok(Scalar::Is(Value::Number(*number))),
            Expr::Literal(text) => Ok(Scalar::Is(Value::Text(names::nfc(text).into()))),
            Expr::Bool(truth) => Ok(Scalar::Is(Value::Truth(*truth))),
            Expr::Date { .. } | Expr::Timestamp { .. } => {
                Ok(Scalar::Is(Value::Day(spans::day_of(expression)?)))
            }
            other => Err(told("filter_operand", other, "filter_value")),
        }
    }
}

/// What `CASEI` or `ACCENTI` is applied to.
fn folded(expression: &Expr) -> Option<(Fold, &Expr)> {
    let Expr::Operation { op, args } = expression else {
        return None;
    };
    let fold = Fold {
        case: op == "casei",
        accents: op == "accenti",
    };
    match args.as_slice() {
        [inner] if fold.case || fold.accents => Some((fold, inner)),
        _ => None,
    }
}
