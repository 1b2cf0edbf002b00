//! Who is in which arm, as it is kept: `assignment.csv`.

use crate::export::sheet::{Cells, Sheet, records};

/// One customer's place in an experiment.
#[derive(Debug, Clone, PartialEq)]
pub struct Assigned {
    /// The id.
    pub id: String,
    /// What was assigned: the customer, or its account or household.
    pub unit: String,
    /// The segment, from 1, as it was then.
    pub segment_id: u32,
    /// The arm.
    pub arm: String,
    /// The covariate as it was then.
    pub covariate: Option<f64>,
}

/// Everybody's place.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Assignment {
    /// The name of the id column.
    pub id: String,
    /// One entry per customer, in the order of the file.
    pub rows: Vec<Assigned>,
}

impl Assignment {
    /// The assignment as a sheet.
    #[must_use]
    pub fn sheet(&self) -> Sheet {
        let mut sheet = Sheet::new();
        let text = |of: &dyn Fn(&Assigned) -> String| {
            Cells::Text(self.rows.iter().map(|row| Some(of(row))).collect())
        };
        sheet.push(self.id.clone(), text(&|row| row.id.clone()));
        sheet.push("unit", text(&|row| row.unit.clone()));
        let ids = self.rows.iter().map(|row| Some(i64::from(row.segment_id))).collect();
        sheet.push("segment_id", Cells::Whole(ids));
        sheet.push("arm", text(&|row| row.arm.clone()));
        let covariates = self.rows.iter().map(|row| row.covariate).collect();
        sheet.push("covariate", Cells::Decimal(covariates, None));
        sheet
    }

    /// The assignment in a text that [`Assignment::sheet`] gave; `None` for any other.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut lines = records(text).into_iter();
        let header = lines.next()?;
        let [id, rest @ ..] = header.as_slice() else { return None };
        if rest != ["unit", "segment_id", "arm", "covariate"] {
            return None;
        }
        let row = |line: Vec<String>| -> Option<Assigned> {
            let [id, unit, segment, arm, covariate]: [String; 5] = line.try_into().ok()?;
            let covariate = match covariate.as_str() {
                "" => None,
                text => Some(text.parse().ok().filter(|x: &f64| x.is_finite())?),
            };
            Some(Assigned { id, unit, segment_id: segment.parse().ok()?, arm, covariate })
        };
        let rows = lines.map(row).collect::<Option<Vec<Assigned>>>()?;
        Some(Self { id: id.clone(), rows })
    }
}
