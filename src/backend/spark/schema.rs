//! What the columns of a relation hold, from the engine's types.

use spark_connect_proto::DataType;
use spark_connect_proto::data_type::Kind;

use crate::backend::{Holds, RelationColumn};

/// The columns of a struct; `None` where it is none.
pub(super) fn columns(schema: &DataType) -> Option<Vec<RelationColumn>> {
    let Some(Kind::Struct(fields)) = &schema.kind else { return None };
    let column = |field: &spark_connect_proto::data_type::StructField| RelationColumn {
        name: field.name.clone(),
        holds: field.data_type.as_ref().map_or(Holds::Other, holds),
    };
    Some(fields.fields.iter().map(column).collect())
}

fn holds(kind: &DataType) -> Holds {
    match &kind.kind {
        Some(Kind::Byte(_) | Kind::Short(_) | Kind::Integer(_) | Kind::Long(_)) => Holds::Whole,
        Some(Kind::Decimal(decimal)) if decimal.scale == Some(0) => Holds::Whole,
        Some(Kind::Float(_) | Kind::Double(_) | Kind::Decimal(_)) => Holds::Real,
        Some(Kind::String(_) | Kind::Char(_) | Kind::VarChar(_)) => Holds::Text,
        Some(Kind::Date(_) | Kind::Timestamp(_) | Kind::TimestampNtz(_)) => Holds::Day,
        Some(Kind::Boolean(_)) => Holds::Flag,
        _ => Holds::Other,
    }
}
