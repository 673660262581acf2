//! Days and intervals of expressions: moments are taken to the civil day in Vietnam.

use cql2::Expr;

use super::conditions::{Reader, told};
use crate::cadastre::{Day, Instant};
use crate::http::problem::Problem;
use crate::land::filter::{Condition, Holds, Span, SpanEnd, SpanRelation};

impl Reader<'_> {
    pub(super) fn when(
        &self,
        relation: SpanRelation,
        a: &Expr,
        b: &Expr,
    ) -> Result<Condition, Problem> {
        Ok(Condition::When(relation, self.span(a)?, self.span(b)?))
    }

    fn span(&self, expression: &Expr) -> Result<Span, Problem> {
        let Expr::Interval { interval } = expression else {
            return match self.end(expression)? {
                SpanEnd::Open => Err(told("filter_operand", expression, "filter_span")),
                day => Ok(Span::On(day)),
            };
        };
        let [from, to] = interval.as_slice() else {
            return Err(told("filter_operand", expression, "filter_span"));
        };
        let span = (self.end(from)?, self.end(to)?);
        if matches!(span, (SpanEnd::Day(from), SpanEnd::Day(to)) if from > to) {
            return Err(told("filter_operand", expression, "filter_span"));
        }
        Ok(Span::Between(span.0, span.1))
    }

    fn end(&self, expression: &Expr) -> Result<SpanEnd, Problem> {
        match expression {
            Expr::Property { property } => {
                let property = self.property(property)?;
                if property.holds != Holds::Day {
                    return Err(told("filter_operand", expression, "filter_span"));
                }
                Ok(SpanEnd::Of(property))
            }
            Expr::Literal(text) if text == ".." => Ok(SpanEnd::Open),
            other => Ok(SpanEnd::Day(day_of(other)?)),
        }
    }
}

/// The day of a date, a moment, or the text of either.
pub(super) fn day_of(expression: &Expr) -> Result<Day, Problem> {
    let inner = match expression {
        Expr::Date { date } => date.as_ref(),
        Expr::Timestamp { timestamp } => timestamp.as_ref(),
        other => other,
    };
    match inner {
        Expr::Literal(text) => day(text),
        _ => Err(told("filter_operand", expression, "filter_span")),
    }
}

/// The day of a date or a moment.
pub(super) fn day(text: &str) -> Result<Day, Problem> {
    let day = Day::parse(text).ok();
    let day = day.or_else(|| Instant::parse(text).ok().map(Instant::day_in_vietnam));
    day.ok_or_else(|| Problem::parameter("filter", "filter_not_a_day", text, "filter_day"))
}
