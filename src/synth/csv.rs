//! A generated table as CSV text.

use std::fmt::{Result, Write};

use super::{SynthTable, SynthValues};
use crate::day::Day;

/// Writes a table as CSV: comma, a header line, line feeds, quotes only where a text
/// holds a comma, a quote or a line break. The same table gives the same bytes.
///
/// # Errors
///
/// Only those of `out`.
///
/// # References
///
/// Shafranovich Y. (2005), RFC 4180, section 2; lines end with LF instead of CRLF.
pub fn to_csv(table: &SynthTable, out: &mut dyn Write) -> Result {
    for (j, column) in table.columns.iter().enumerate() {
        separate(j, out)?;
        text(&column.name, out)?;
    }
    out.write_char('\n')?;
    rows_to_csv(table, out)
}

/// As [`to_csv`], without the header line.
///
/// # Errors
///
/// Only those of `out`.
pub fn rows_to_csv(table: &SynthTable, out: &mut dyn Write) -> Result {
    for row in 0..table.n_rows() {
        for (j, column) in table.columns.iter().enumerate() {
            separate(j, out)?;
            cell(&column.values, row, out)?;
        }
        out.write_char('\n')?;
    }
    Ok(())
}

fn separate(j: usize, out: &mut dyn Write) -> Result {
    if j > 0 { out.write_char(',') } else { Ok(()) }
}

fn cell(values: &SynthValues, row: usize, out: &mut dyn Write) -> Result {
    match values {
        SynthValues::Text(values) => text(&values[row], out),
        SynthValues::Whole(values) => match values[row] {
            Some(value) => write!(out, "{value}"),
            None => Ok(()),
        },
        SynthValues::Decimal(values, decimals) => match values[row] {
            Some(value) => write!(out, "{value:.*}", usize::from(*decimals)),
            None => Ok(()),
        },
        SynthValues::Day(values) => match values[row] {
            Some(value) => Day::from_epoch(value).map_or(Ok(()), |day| write!(out, "{day}")),
            None => Ok(()),
        },
        SynthValues::Level(values, levels) => {
            match values[row].and_then(|level| levels.get(level as usize)) {
                Some(level) => text(level, out),
                None => Ok(()),
            }
        }
    }
}

fn text(value: &str, out: &mut dyn Write) -> Result {
    if !value.contains([',', '"', '\n', '\r']) {
        return out.write_str(value);
    }
    out.write_char('"')?;
    for part in value.split_inclusive('"') {
        out.write_str(part)?;
        if part.ends_with('"') {
            out.write_char('"')?;
        }
    }
    out.write_char('"')
}

#[cfg(test)]
mod tests {
    use super::super::SynthColumn;
    use super::*;

    #[test]
    fn every_kind_of_cell() {
        let column = |name: &str, values| SynthColumn { name: name.to_owned(), values };
        let table = SynthTable {
            name: "t".to_owned(),
            columns: vec![
                column("a,b", SynthValues::Text(vec!["x".into(), "say \"y\"\n".into()])),
                column("n", SynthValues::Whole(vec![Some(-3), None])),
                column("m", SynthValues::Decimal(vec![Some(1.5), None], 2)),
                column("d", SynthValues::Day(vec![Some(0), None])),
                column("l", SynthValues::Level(vec![Some(1), None], vec!["p".into(), "q".into()])),
            ],
        };
        let mut out = String::new();
        to_csv(&table, &mut out).unwrap();
        assert_eq!(out, "\"a,b\",n,m,d,l\nx,-3,1.50,1970-01-01,q\n\"say \"\"y\"\"\n\",,,,\n");
    }
}
