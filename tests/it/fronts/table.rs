//! What the cases found, held against the tables of docs/proxies.md: one for each place of the portal and two for
//! traffic, one column for each proxy. With `PORTCULLIS_WRITE_DOCS=1` in the environment the column is written instead.

use std::fs;
use std::path::PathBuf;
use std::sync::Mutex;

use super::Finding;
use super::deployment::Portal;
use super::program::{PROXIES, Proxy};

/// Tests of one process write the same file.
static FILE: Mutex<()> = Mutex::new(());

fn path() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("docs/proxies.md")
}

/// Which table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Table {
    Portal(Portal),
    Traffic,
    Lasting,
}

/// The lines around the table.
fn marks(table: Table) -> (&'static str, &'static str) {
    let from = match table {
        Table::Portal(Portal::OnTheSite) => "<!-- table: portal on the site -->\n",
        Table::Portal(Portal::OwnHost) => "<!-- table: portal on a host of its own -->\n",
        Table::Traffic => "<!-- table: traffic -->\n",
        Table::Lasting => "<!-- table: what lasts -->\n",
    };
    (from, "<!-- end -->")
}

/// Prints the column, fails with everything that went wrong, and fails where the document says something else.
pub fn report(proxy: Proxy, which: Table, found: &[(&str, Finding)]) {
    let cell = |finding: &Finding| finding.clone().unwrap_or_else(|error| format!("**FAILED**: {error}"));
    let column: Vec<_> = found.iter().map(|(title, finding)| (*title, cell(finding))).collect();
    println!("| {which:?} | {} |", proxy.name());
    for (title, cell) in &column {
        println!("| {title} | {cell} |");
    }
    let failed: Vec<_> = column.iter().filter(|(_, cell)| cell.starts_with("**")).collect();
    assert!(failed.is_empty(), "{} ({which:?}): {failed:#?}", proxy.name());
    let guard = FILE.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let text = fs::read_to_string(path()).expect("docs/proxies.md");
    let (from, to) = marks(which);
    let (before, rest) = text.split_once(from).expect("the mark of the table");
    let (table, after) = rest.split_once(to).expect("the end of the table");
    let mut columns = columns(table);
    if std::env::vars_os().any(|(name, _)| name == "PORTCULLIS_WRITE_DOCS") {
        columns.retain(|(name, _)| name != proxy.name());
        columns.push((
            proxy.name().to_owned(),
            column.into_iter().map(|(title, cell)| (title.to_owned(), cell)).collect(),
        ));
        fs::write(path(), format!("{before}{from}{}{to}{after}", written(columns, found))).expect("docs/proxies.md");
        drop(guard);
        return;
    }
    drop(guard);
    let documented =
        columns.into_iter().find(|(name, _)| name == proxy.name()).map(|(_, cells)| cells).unwrap_or_default();
    let measured: Vec<_> = column.into_iter().map(|(title, cell)| (title.to_owned(), cell)).collect();
    assert_eq!(documented, measured, "docs/proxies.md is stale: run this test with PORTCULLIS_WRITE_DOCS=1");
}

type Column = (String, Vec<(String, String)>);

fn cells(line: &str) -> Vec<String> {
    line.trim().trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect()
}

fn columns(table: &str) -> Vec<Column> {
    let mut lines = table.lines();
    let names = lines.next().map(cells).unwrap_or_default();
    let rows: Vec<_> = lines.skip(1).map(cells).collect();
    let column = |at: usize| rows.iter().map(|row| (row[0].clone(), row[at].clone())).collect();
    names.into_iter().enumerate().skip(1).map(|(at, name)| (name, column(at))).collect()
}

/// The columns in the order of [`PROXIES`], the rows in the order of the cases.
fn written(columns: Vec<Column>, found: &[(&str, Finding)]) -> String {
    let place = |name: &str| PROXIES.iter().position(|proxy| proxy.name() == name);
    let mut columns: Vec<_> = columns.into_iter().filter(|(name, _)| place(name).is_some()).collect();
    columns.sort_by_key(|(name, _)| place(name));
    let line =
        |first: &str, cells: Vec<String>| format!("| {} |\n", [vec![first.to_owned()], cells].concat().join(" | "));
    let names = columns.iter().map(|(name, _)| name.clone()).collect();
    let mut table = line("", names).replacen("|  |", "| |", 1) + &format!("|---|{}\n", "---|".repeat(columns.len()));
    for (title, _) in found {
        let of = |cells: &[(String, String)]| cells.iter().find(|(row, _)| row == title).map(|(_, cell)| cell.clone());
        table += &line(title, columns.iter().map(|(_, cells)| of(cells).unwrap_or_default()).collect());
    }
    table
}

#[test]
fn a_table_is_read_as_it_was_written() {
    let found = [("A", Ok("yes".to_owned())), ("B", Ok("401, 403".to_owned()))];
    let column = |name: &str, cells: [&str; 2]| {
        (name.to_owned(), vec![("A".to_owned(), cells[0].to_owned()), ("B".to_owned(), cells[1].to_owned())])
    };
    let both = vec![column("Caddy", ["yes", "404"]), column("nginx", ["no", "401, 403"])];
    let table = written(both.clone(), &found);
    assert_eq!(table, "| | nginx | Caddy |\n|---|---|---|\n| A | no | yes |\n| B | 401, 403 | 404 |\n");
    assert_eq!(columns(&table), [both[1].clone(), both[0].clone()]);
}
