//! Ways through an expression: every call of a function, every part that is to be changed.

use super::tree::{Expr, Function, Test};

impl Expr {
    /// Whose columns have other names.
    pub(super) fn renamed(&self, name: &dyn Fn(&str) -> String) -> Self {
        let mut renamed = self.clone();
        renamed.change(&mut |expr| {
            if let Self::Column(own) = expr {
                *own = name(own);
            }
        });
        renamed
    }

    /// Visits every call of a function.
    pub(super) fn each_call(&self, visit: &mut dyn FnMut(Function, &Self)) {
        match self {
            Self::Column(_) | Self::Number(_) | Self::Whole(_) | Self::Text(_) | Self::Null => {}
            Self::Sum(parts) => {
                for part in parts {
                    part.each_call(visit);
                }
            }
            Self::Minus(a, b) | Self::Times(a, b) | Self::Over(a, b) => {
                a.each_call(visit);
                b.each_call(visit);
            }
            Self::Call(function, x) => {
                visit(*function, x);
                x.each_call(visit);
            }
            Self::Case(cases, otherwise) => {
                for (test, then) in cases {
                    test.each_expr(&mut |expr| expr.each_call(visit));
                    then.each_call(visit);
                }
                otherwise.each_call(visit);
            }
            Self::Real(x)
            | Self::Words(x)
            | Self::Folded(x)
            | Self::DaysBefore(x, _)
            | Self::Fixed(x, _) => x.each_call(visit),
        }
    }

    /// Changes every part of it, and then itself.
    pub(super) fn change(&mut self, of: &mut dyn FnMut(&mut Self)) {
        match self {
            Self::Column(_) | Self::Number(_) | Self::Whole(_) | Self::Text(_) | Self::Null => {}
            Self::Sum(parts) => {
                for part in parts {
                    part.change(of);
                }
            }
            Self::Minus(a, b) | Self::Times(a, b) | Self::Over(a, b) => {
                a.change(of);
                b.change(of);
            }
            Self::Case(cases, otherwise) => {
                for (test, then) in cases {
                    test.each_expr_mut(&mut |expr| expr.change(of));
                    then.change(of);
                }
                otherwise.change(of);
            }
            Self::Call(_, x)
            | Self::Real(x)
            | Self::Words(x)
            | Self::Folded(x)
            | Self::DaysBefore(x, _)
            | Self::Fixed(x, _) => x.change(of),
        }
        of(self);
    }
}

impl Test {
    fn each_expr(&self, visit: &mut dyn FnMut(&Expr)) {
        match self {
            Self::Missing(x) | Self::There(x) | Self::Begins(x, ..) => visit(x),
            Self::Is(a, _, b) => {
                visit(a);
                visit(b);
            }
            Self::In(x, list) => {
                visit(x);
                list.iter().for_each(visit);
            }
            Self::All(parts) | Self::Any(parts) => {
                for part in parts {
                    part.each_expr(visit);
                }
            }
        }
    }

    fn each_expr_mut(&mut self, visit: &mut dyn FnMut(&mut Expr)) {
        match self {
            Self::Missing(x) | Self::There(x) | Self::Begins(x, ..) => visit(x),
            Self::Is(a, _, b) => {
                visit(a);
                visit(b);
            }
            Self::In(x, list) => {
                visit(x);
                list.iter_mut().for_each(visit);
            }
            Self::All(parts) | Self::Any(parts) => {
                for part in parts {
                    part.each_expr_mut(visit);
                }
            }
        }
    }
}
