//! Lists for people: the names of the columns, then one line each; and the same list as JSON for programs.

use std::fmt;

use serde_json::Value;

/// The output format, from `--json`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// Aligned text.
    Text,
    Json,
}

/// Rows under the names of their columns, aligned, without blanks at the end of a line.
pub(super) struct Table<const N: usize> {
    rows: Vec<[String; N]>,
}

/// The option of every list.
#[derive(Debug, Clone, Copy, clap::Args)]
pub(super) struct FormArguments {
    /// Print JSON
    #[arg(long)]
    json: bool,
}

impl FormArguments {
    /// What it selects.
    pub(super) const fn form(self) -> Form {
        if self.json { Form::Json } else { Form::Text }
    }
}

impl<const N: usize> Table<N> {
    pub(super) fn new(head: [&str; N], rows: impl IntoIterator<Item = [String; N]>) -> Self {
        Self { rows: std::iter::once(head.map(str::to_owned)).chain(rows).collect() }
    }
}

/// The cell of a value that is not there.
pub(super) fn none() -> String {
    "-".to_owned()
}

/// A value as indented JSON with a line ending.
pub(super) fn json(value: &Value) -> String {
    format!("{value:#}\n")
}

impl<const N: usize> fmt::Display for Table<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut widths = [0; N];
        for row in &self.rows {
            for (width, cell) in widths.iter_mut().zip(row) {
                *width = (*width).max(cell.chars().count());
            }
        }
        for row in &self.rows {
            let cells: Vec<String> = row.iter().zip(widths).map(|(cell, width)| format!("{cell:<width$}")).collect();
            writeln!(f, "{}", cells.join("  ").trim_end())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_as_wide_as_their_widest_cell_and_lines_end_without_blanks() {
        let rows = [["1", "grü"], ["22222", ""]].map(|row| row.map(str::to_owned));
        assert_eq!(Table::new(["ID", "NAME"], rows).to_string(), "ID     NAME\n1      grü\n22222\n");
    }
}
