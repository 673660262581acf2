//! From an expression to a condition: every operator with the operands it takes.

use cql2::Expr;

use crate::app;
use crate::app::View;
use crate::crs::AxisOrder;
use crate::http::features::system::System;
use crate::http::problem::Problem;
use crate::land::City;
use crate::land::filter::{
    Comparison, Condition, Figure, FigureError, Holds, Property, Relation, Sketch, SpanRelation,
};
use crate::land::items::Collection;

/// Most levels of a condition within another.
const DEEPEST: usize = 32;

/// Operators that take conditions or values, as they are listed to whoever uses another.
const OPERATORS: &str = "AND, OR, NOT, =, <>, <, <=, >, >=, LIKE, BETWEEN, IN, IS NULL, CASEI, \
    ACCENTI, S_CONTAINS, S_CROSSES, S_DISJOINT, S_EQUALS, S_INTERSECTS, S_OVERLAPS, S_TOUCHES, \
    S_WITHIN, T_AFTER, T_BEFORE, T_CONTAINS, T_DISJOINT, T_DURING, T_EQUALS, T_FINISHEDBY, \
    T_FINISHES, T_INTERSECTS, T_MEETS, T_METBY, T_OVERLAPPEDBY, T_OVERLAPS, T_STARTEDBY, T_STARTS";

/// Reads expressions for one collection.
pub(super) struct Reader<'a> {
    pub(super) collection: Collection,
    pub(super) axes: AxisOrder,
    /// Whether coordinates are degrees.
    pub(super) degrees: bool,
    system: System,
    city: &'a City,
}

impl<'a> Reader<'a> {
    /// For a collection, with geometries in a system.
    ///
    /// # Errors
    /// [`app::Error::Internal`] for a system that the city does not list.
    pub(super) fn new(
        collection: Collection,
        system: System,
        view: &'a View,
    ) -> Result<Self, app::Error> {
        let (axes, degrees) = system.axes(view)?;
        Ok(Self {
            collection,
            axes,
            degrees,
            system,
            city: view.city(),
        })
    }

    /// The condition that an expression states.
    pub(super) fn condition(&self, expression: &Expr) -> Result<Condition, Problem> {
        self.at(expression, DEEPEST)
    }

    fn at(&self, expression: &Expr, levels: usize) -> Result<Condition, Problem> {
        let Some(levels) = levels.checked_sub(1) else {
            return Err(told("filter_too_complex", expression, "filter_simple"));
        };
        match expression {
            Expr::Bool(truth) => Ok(Condition::Always(*truth)),
            Expr::Property { property } => {
                let property = self.property(property)?;
                if property.holds != Holds::Truth {
                    return Err(told(
                        "filter_not_a_condition",
                        expression,
                        "filter_condition",
                    ));
                }
                Ok(Condition::Says(property))
            }
            Expr::Operation { op, args } => self.operation(expression, op, args, levels),
            _ => Err(told(
                "filter_not_a_condition",
                expression,
                "filter_condition",
            )),
        }
    }

    fn operation(
        &self,
        whole: &Expr,
        op: &str,
        args: &[Box<Expr>],
        levels: usize,
    ) -> Result<Condition, Problem> {
        let all = || -> Result<Vec<Condition>, Problem> {
            args.iter().map(|arg| self.at(arg, levels)).collect()
        };
        match (op, args) {
            // CQL2 joins two at least; none at all is no condition.
            ("and" | "or", []) => Err(told("filter_not_a_condition", whole, "filter_condition")),
            ("and", _) => Ok(Condition::All(all()?)),
            ("or", _) => Ok(Condition::Any(all()?)),
            ("not", [one]) => Ok(Condition::Not(Box::new(self.at(one, levels)?))),
            ("like", [text, pattern]) => self.like(whole, text, pattern),
            ("between", [value, low, high]) => self.between(whole, [value, low, high]),
            ("in", [value, listed]) => self.one_of(whole, value, listed),
            ("isNull", [one]) => match one.as_ref() {
                Expr::Property { property } => Ok(Condition::IsNull(self.property(property)?)),
                other => Err(told("filter_operand", other, "filter_property")),
            },
            (_, [a, b]) => {
                if let Some(how) = comparison(op) {
                    self.compare(whole, how, a, b)
                } else if let Some(relation) = Relation::named(op) {
                    self.lies(whole, relation, a, b)
                } else if let Some(relation) = SpanRelation::named(op) {
                    self.when(relation, a, b)
                } else {
                    Err(unknown_operator(op))
                }
            }
            _ => Err(unknown_operator(op)),
        }
    }

    /// One operand is the item's shape, the other a shape of the filter.
    fn lies(
        &self,
        whole: &Expr,
        relation: Relation,
        a: &Expr,
        b: &Expr,
    ) -> Result<Condition, Problem> {
        let (property, shape, relation) = match (a, b) {
            (Expr::Property { property }, shape) => (property, shape, relation),
            (shape, Expr::Property { property }) => (property, shape, relation.turned()),
            _ => return Err(told("filter_operand", whole, "filter_shapes")),
        };
        if self.property(property)?.holds != Holds::Shape {
            return Err(told("filter_operand", whole, "filter_shapes"));
        }
        let sketches = self.sketches(shape)?;
        let each = sketches.iter().map(|sketch| self.figure(shape, sketch));
        let figures: Vec<Figure> = each.collect::<Result<_, _>>()?;
        if let [figure] = figures.as_slice() {
            return Ok(Condition::Lies(relation, figure.clone()));
        }
        // Of a collection only what its members answer each for itself.
        let intersects = || {
            let lies = |figure| Condition::Lies(Relation::Intersects, figure);
            Condition::Any(figures.into_iter().map(lies).collect())
        };
        match relation {
            Relation::Intersects => Ok(intersects()),
            Relation::Disjoint => Ok(Condition::Not(Box::new(intersects()))),
            _ => Err(told("filter_operand", whole, "filter_geometry")),
        }
    }

    /// A sketch on the planes of the city.
    fn figure(&self, shape: &Expr, sketch: &Sketch) -> Result<Figure, Problem> {
        let figure = Figure::draw(self.city, self.system.epsg(), sketch);
        figure.map_err(|error| match error {
            FigureError::NotValid(defect) => {
                let arguments = vec![
                    ("defect", defect.kind.code().to_owned()),
                    ("vertex", (defect.place.vertex + 1).to_string()),
                ];
                told("filter_shape_not_valid", shape, "filter_valid_shape")
                    .expecting("filter_valid_shape", arguments)
            }
            FigureError::TooDetailed => told("filter_too_complex", shape, "filter_simple"),
            FigureError::UnknownSystem { asked, known } => {
                app::Error::Invalid(app::Invalid::Crs { asked, known }).into()
            }
        })
    }

    /// The property of the collection with a name.
    pub(super) fn property(&self, name: &str) -> Result<Property, Problem> {
        Property::named(self.collection, name).ok_or_else(|| {
            let all = Property::all(self.collection).iter();
            let names: Vec<&str> = all.map(|property| property.name).collect();
            Problem::parameter("filter", "filter_unknown_property", name, "choice")
                .expecting("choice", vec![("names", names.join(", "))])
        })
    }
}

/// The comparison of an operator.
fn comparison(op: &str) -> Option<Comparison> {
    Some(match op {
        "=" => Comparison::Equal,
        "<>" => Comparison::Unequal,
        "<" => Comparison::Less,
        "<=" => Comparison::LessOrEqual,
        ">" => Comparison::Greater,
        ">=" => Comparison::GreaterOrEqual,
        _ => return None,
    })
}

fn unknown_operator(op: &str) -> Problem {
    let names = vec![("names", OPERATORS.to_owned())];
    Problem::parameter("filter", "filter_unknown_operator", op, "choice").expecting("choice", names)
}

/// A refusal that shows the part of the filter it is about.
pub(super) fn told(detail: &'static str, part: &Expr, expected: &'static str) -> Problem {
    let shown = part.to_text().unwrap_or_default();
    Problem::parameter("filter", detail, &shown, expected)
}
