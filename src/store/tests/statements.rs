//! Checks every statement of the store against the current tables: its tables and columns exist, it binds as many
//! values as it has parameters (SQLite takes a missing one for NULL), and its result has a column for every field of
//! the row that is read.
//!
//! `sqlx::query!` would check the first at build time, but would require another tool, and its output in the
//! repository, for every change of a statement. Statements can only be literals here (`sqlx` takes only `&'static
//! str`), so all of them are in the source.

#![expect(clippy::wildcard_enum_match_arm, reason = "the grammar of Rust has dozens of expressions")]

use std::collections::BTreeMap;

use sqlx::sqlite::SqlitePool;
use sqlx::{AssertSqlSafe, Executor as _, Row as _, SqlSafeStr as _, Statement as _};
use syn::visit::{self, Visit};
use syn::{Expr, ExprCall, ExprMethodCall, ItemStruct, Lit, LitStr, Pat};

use super::fixture;

/// The statements and rows found in the source of a file.
#[derive(Default)]
struct Reader {
    /// Every statement of the file.
    statements: Vec<String>,
    /// Statements by the name of their constant or variable.
    named: BTreeMap<String, String>,
    queries: Vec<Query>,
    rows: BTreeMap<String, Vec<String>>,
}

/// One use of a statement.
struct Query {
    /// `None` if the statement is a parameter; it may then be any statement of the file that is not used by name.
    text: Option<String>,
    row: Option<String>,
    bound: usize,
}

impl<'ast> Visit<'ast> for Reader {
    fn visit_lit_str(&mut self, literal: &'ast LitStr) {
        let text = literal.value();
        let first = text.split_whitespace().next().unwrap_or_default();
        if ["SELECT", "INSERT", "UPDATE", "DELETE", "WITH"].contains(&first) {
            self.statements.push(text);
        }
    }

    fn visit_item_const(&mut self, item: &'ast syn::ItemConst) {
        if let Some(text) = literal(&item.expr) {
            self.named.insert(item.ident.to_string(), text);
        }
        visit::visit_item_const(self, item);
    }

    fn visit_local(&mut self, local: &'ast syn::Local) {
        if let (Pat::Ident(name), Some(text)) = (&local.pat, local.init.as_ref().and_then(|init| literal(&init.expr))) {
            self.named.insert(name.ident.to_string(), text);
        }
        visit::visit_local(self, local);
    }

    fn visit_expr_method_call(&mut self, call: &'ast ExprMethodCall) {
        let (bound, start) = binds(call);
        match start.and_then(|start| self.query(start, bound)) {
            // The chain is already read; only the bound values may contain further statements.
            Some(query) => {
                self.queries.push(query);
                visit::visit_expr_method_call(&mut Literals(self), call);
            }
            None => visit::visit_expr_method_call(self, call),
        }
    }

    fn visit_expr_call(&mut self, call: &'ast ExprCall) {
        if let Some(query) = self.query(call, 0) {
            self.queries.push(query);
        }
        visit::visit_expr_call(self, call);
    }

    fn visit_item_struct(&mut self, item: &'ast ItemStruct) {
        let mut columns = Vec::new();
        for field in &item.fields {
            let name = field.ident.as_ref().map(ToString::to_string).unwrap_or_default();
            let option = |wanted: &str| {
                let mut found = None;
                for attribute in field.attrs.iter().filter(|attribute| attribute.path().is_ident("sqlx")) {
                    let _ = attribute.parse_nested_meta(|meta| {
                        let value: Option<LitStr> = meta.value().and_then(syn::parse::ParseBuffer::parse).ok();
                        if meta.path.is_ident(wanted) {
                            found = Some(value.map(|value| value.value()).unwrap_or_default());
                        }
                        Ok(())
                    });
                }
                found
            };
            match (option("skip"), option("flatten"), option("try_from")) {
                (Some(_), ..) => {}
                (None, Some(_), Some(row)) => columns.push(format!("..{row}")),
                (None, Some(_), None) => columns.extend(named_type(&field.ty).map(|row| format!("..{row}"))),
                (None, ..) => columns.push(name),
            }
        }
        self.rows.insert(item.ident.to_string(), columns);
        visit::visit_item_struct(self, item);
    }
}

/// Reads the literals of a chain without counting its query again.
struct Literals<'r>(&'r mut Reader);

impl<'ast> Visit<'ast> for Literals<'_> {
    fn visit_lit_str(&mut self, literal: &'ast LitStr) {
        self.0.visit_lit_str(literal);
    }
}

/// The number of values that a chain of methods binds, and the call that it starts with.
fn binds(call: &ExprMethodCall) -> (usize, Option<&ExprCall>) {
    let (bound, start) = match &*call.receiver {
        Expr::MethodCall(before) => binds(before),
        Expr::Call(start) => (0, Some(start)),
        _ => (0, None),
    };
    (bound + usize::from(call.method == "bind"), start)
}

fn literal(expression: &Expr) -> Option<String> {
    match expression {
        Expr::Lit(found) => match &found.lit {
            Lit::Str(text) => Some(text.value()),
            _ => None,
        },
        _ => None,
    }
}

fn named_type(found: &syn::Type) -> Option<String> {
    match found {
        syn::Type::Path(path) => path.path.segments.last().map(|last| last.ident.to_string()),
        _ => None,
    }
}

impl Reader {
    fn read(source: &str) -> Self {
        let file = syn::parse_file(source).unwrap();
        let mut reader = Self::default();
        reader.visit_file(&file);
        reader
    }

    /// The query in a call of `sqlx::query…("…")`.
    fn query(&self, call: &ExprCall, bound: usize) -> Option<Query> {
        let Expr::Path(function) = &*call.func else { return None };
        let [library, name] = function.path.segments.iter().collect::<Vec<_>>()[..] else { return None };
        if library.ident != "sqlx" || !name.ident.to_string().starts_with("query") {
            return None;
        }
        let row = match &name.arguments {
            syn::PathArguments::AngleBracketed(given) if name.ident == "query_as" => match given.args.last() {
                Some(syn::GenericArgument::Type(row)) => named_type(row),
                _ => None,
            },
            _ => None,
        };
        let text = match &call.args[0] {
            Expr::Path(name) => self.named.get(&name.path.segments[0].ident.to_string()).cloned(),
            other => literal(other),
        };
        Some(Query { text, row, bound })
    }
}

/// Returns what is wrong with the statements of these files.
async fn findings(sources: &[String], tables: &SqlitePool) -> Vec<String> {
    let readers: Vec<Reader> = sources.iter().map(|source| Reader::read(source)).collect();
    let rows: BTreeMap<&str, &[String]> = readers
        .iter()
        .flat_map(|reader| &reader.rows)
        .map(|(name, columns)| (name.as_str(), columns.as_slice()))
        .collect();
    let mut found = Vec::new();
    for reader in &readers {
        for text in &reader.statements {
            let statement = match tables.prepare(AssertSqlSafe(text.clone()).into_sql_str()).await {
                Ok(statement) => statement,
                Err(error) => {
                    found.push(format!("{text}: {error}"));
                    continue;
                }
            };
            let there: Vec<&str> = statement.columns().iter().map(sqlx::Column::name).collect();
            let parameters = statement.parameters().and_then(sqlx::Either::right).unwrap();
            let named = |query: &&Query| query.text.as_ref() == Some(text);
            let mut uses: Vec<&Query> = reader.queries.iter().filter(named).collect();
            if uses.is_empty() {
                uses = reader.queries.iter().filter(|query| query.text.is_none()).collect();
            }
            if uses.is_empty() {
                found.push(format!("{text}: nothing uses it"));
            }
            for query in uses {
                if query.bound != parameters {
                    found.push(format!("{text}: {parameters} parameters, {} bound", query.bound));
                }
                let asked = query.row.iter().flat_map(|row| columns(row, &rows));
                found.extend(
                    asked.filter(|column| !there.contains(column)).map(|column| format!("{text}: no `{column}`")),
                );
            }
        }
    }
    found
}

/// The columns that a row is read from.
fn columns<'r>(row: &str, rows: &BTreeMap<&str, &'r [String]>) -> Vec<&'r str> {
    let mut all = Vec::new();
    for column in rows[row] {
        match column.strip_prefix("..") {
            Some(inner) => all.extend(columns(inner, rows)),
            None => all.push(column.as_str()),
        }
    }
    all
}

/// The store's own source, without its tests.
fn sources() -> Vec<String> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/store");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files
        .filter(|file| file.extension().is_some_and(|ending| ending == "rs"))
        .map(|file| std::fs::read_to_string(file).unwrap())
        .collect()
}

#[tokio::test]
async fn every_statement_fits_the_tables_its_values_and_its_row() {
    let fixture = fixture().await;
    let found = findings(&sources(), &fixture.beside().await).await;
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[tokio::test]
async fn a_statement_that_does_not_fit_is_found() {
    let fixture = fixture().await;
    let beside = fixture.beside().await;
    for (source, expected) in [
        (r#"fn f() { sqlx::query("SELECT spent_at FROM challenges"); }"#, "no such column: spent_at"),
        (
            r#"fn f() { sqlx::query("DELETE FROM sends WHERE key = ?1 AND span = ?2").bind(1).execute(); }"#,
            "2 parameters, 1 bound",
        ),
        (r#"const A: &str = "SELECT 1"; fn f() { sqlx::query(A).bind(1); }"#, "0 parameters, 1 bound"),
        (r#"fn f() { g("SELECT 1"); } fn g(s: &str) { sqlx::query(s).bind(1); }"#, "0 parameters, 1 bound"),
        (r#"const A: &str = "SELECT 1";"#, "nothing uses it"),
        (r#"struct R { key: String, of: i64 } fn f() { sqlx::query_as::<_, R>("SELECT key FROM sends"); }"#, "no `of`"),
        (
            r#"struct R { #[sqlx(flatten, try_from = "S")] a: A } struct S { b: i64 }
               fn f() { sqlx::query_as::<_, R>("SELECT key FROM sends"); }"#,
            "no `b`",
        ),
        (
            r#"struct R { #[sqlx(flatten)] a: A } struct A { b: i64 }
               fn f() { sqlx::query_as::<_, R>("SELECT key FROM sends"); }"#,
            "no `b`",
        ),
    ] {
        let found = findings(&[source.to_owned()], &beside).await;
        assert_eq!(found.len(), 1, "{source}: {found:?}");
        assert!(found[0].contains(expected), "{source}: {found:?}");
    }
}

/// Plan steps that may scan a whole table or index, and why that is cheap enough.
const SCANS: [(&str, &str); 10] = [
    ("SCAN factors USING COVERING INDEX factors_credential", "the number of passkeys, once at the start"),
    ("SCAN CONSTANT ROW", "no table at all"),
    ("SCAN sqlite_master", "the names of the tables, once at the start"),
    ("SCAN accounts", "the operator's list of all"),
    ("SCAN events", "backwards from the newest, as many as were asked for"),
    ("SCAN chain_start", "one row"),
    ("SCAN sinks", "one row for each receiver of events"),
    ("SCAN sqlite_sequence", "one row for each table that counts"),
    ("SCAN kept", "one row that was counted before"),
    ("SCAN past", "one row that was counted before"),
];

#[tokio::test]
async fn every_statement_uses_an_index() {
    let fixture = fixture().await;
    let beside = fixture.beside().await;
    for text in sources().iter().flat_map(|source| Reader::read(source).statements) {
        let plan = sqlx::query(AssertSqlSafe(format!("EXPLAIN QUERY PLAN {text}")));
        for step in plan.fetch_all(&beside).await.unwrap() {
            let step: String = step.get("detail");
            let allowed = SCANS.iter().any(|(scan, _)| step.starts_with(scan));
            assert!(!step.starts_with("SCAN") || allowed, "{text}: {step}");
        }
    }
}

#[tokio::test]
async fn a_page_of_the_trail_goes_along_its_numbers_without_a_sort() {
    use crate::store::event::{NEWEST_FIRST, OLDEST_FIRST};
    let fixture = fixture().await;
    for text in [NEWEST_FIRST, OLDEST_FIRST] {
        let plan = sqlx::query(AssertSqlSafe(format!("EXPLAIN QUERY PLAN {text}")));
        let plan = plan.fetch_all(&fixture.beside().await).await.unwrap();
        let steps: Vec<String> = plan.iter().map(|step| step.get("detail")).collect();
        assert_eq!(steps.len(), 2, "{steps:?}");
        assert!(steps[0].starts_with("SEARCH events USING INTEGER PRIMARY KEY (rowid"), "{steps:?}");
        assert!(steps[1].starts_with("SEARCH accounts USING"), "{steps:?}");
    }
}
