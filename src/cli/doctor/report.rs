//! The report: one line for each check, below it what is wrong and how to fix it; as text or JSON.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::check::Check;
use super::examination::Examination;
use super::instructions;
use super::outcome::{Code, Fault, Outcome, Severity};
use super::proxy::Proxy;

/// The findings so far.
pub(super) struct Report<'a> {
    examination: &'a Examination,
    findings: Vec<Finding>,
}

struct Finding {
    check: &'static str,
    about: &'static str,
    verdict: &'static str,
    seen: String,
    /// The kind of finding and the lines that fix it. `None` if the check is right or was not run.
    found: Option<(Code, String)>,
}

const RIGHT: &str = "right";
const WRONG: &str = "wrong";
const NOT_CHECKED: &str = "not checked";

impl<'a> Report<'a> {
    pub(super) const fn new(examination: &'a Examination) -> Self {
        Self { examination, findings: Vec::new() }
    }

    /// Adds what a check found; each fault is a finding of its own.
    pub(super) fn add(&mut self, check: &Check, outcome: Outcome) {
        let deployment = &self.examination.probe.deployment;
        let found = match outcome {
            Outcome::Right(seen) => vec![(RIGHT, seen, None)],
            Outcome::NotChecked(why) => vec![(NOT_CHECKED, why, None)],
            Outcome::Found(faults) => faults
                .into_iter()
                .map(|Fault { code, seen, fix }| {
                    debug_assert!(check.codes.contains(&code), "{} says what it can find", check.name);
                    let verdict = if code.severity == Severity::Note { RIGHT } else { WRONG };
                    (verdict, seen, Some((code, instructions::lines(fix, self.examination.proxy, deployment))))
                })
                .collect(),
        };
        for (verdict, seen, found) in found {
            let seen = self.without_session(&seen);
            self.findings.push(Finding { check: check.name, about: check.about, verdict, seen, found });
        }
    }

    /// An answer may contain the cookie that was sent; the report must not show it.
    fn without_session(&self, text: &str) -> String {
        // Nor control characters, which a remote party could use against the terminal.
        let text: String = text.chars().map(|letter| if letter.is_control() { '\u{b7}' } else { letter }).collect();
        match &self.examination.probe.session {
            Some(session) if text.contains(session.value()) => text.replace(session.value(), "…"),
            Some(_) | None => text,
        }
    }

    pub(super) fn is_all_right(&self) -> bool {
        self.findings.iter().all(|finding| finding.verdict != WRONG)
    }

    fn count(&self, verdict: &str) -> usize {
        self.findings.iter().filter(|finding| finding.verdict == verdict).count()
    }

    fn proxy(&self) -> &'static str {
        self.examination.proxy.map_or("unknown", Proxy::word)
    }

    /// For people.
    pub(super) fn text(&self) -> String {
        let deployment = &self.examination.probe.deployment;
        let mut text = format!("{deployment}, proxy: {}\n\n", self.proxy());
        let mut told: Vec<&str> = Vec::new();
        for Finding { check, about, verdict, seen, found } in &self.findings {
            let _ = writeln!(text, "{verdict:<11}  {check:<16}  {about}");
            let Some((code, fix)) = found else {
                let _ = writeln!(text, "{:31}{seen}", "");
                continue;
            };
            let _ = writeln!(text, "{:31}{} ({}): {seen}", "", code.id, code.severity.word());
            // The same lines fix several faults; they are printed once.
            if told.contains(&fix.as_str()) {
                let _ = writeln!(text, "{:31}fix: as above", "");
                continue;
            }
            told.push(fix);
            let _ = writeln!(text, "{:31}fix:", "");
            for line in fix.lines() {
                let _ = writeln!(text, "{:33}{line}", "");
            }
        }
        let [right, wrong, not] = [RIGHT, WRONG, NOT_CHECKED].map(|verdict| self.count(verdict));
        let _ = writeln!(text, "\n{right} right, {wrong} wrong, {not} not checked");
        let hint = match self.examination.proxy {
            None => "Name the proxy with --proxy for the lines of its own configuration.\n".to_owned(),
            Some(Proxy::None) => String::new(),
            Some(proxy) => {
                format!("Whole files for {0}, each line with its reason: config/{0}/ of the source.\n", proxy.word())
            }
        };
        if wrong > 0 {
            text.push_str(&hint);
        }
        text
    }

    /// For programs.
    pub(super) fn json(&self) -> String {
        let findings = self.findings.iter().map(|finding| {
            let Finding { check, about, verdict, seen, found } = finding;
            let code = found.as_ref().map(|(code, _)| code);
            json!({
                "check": check,
                "about": about,
                "verdict": verdict,
                "code": code.map(|code| code.id),
                "severity": code.map(|code| code.severity.word()),
                "seen": seen,
                "fix": found.as_ref().map(|(_, fix)| fix),
            })
        });
        let value = json!({
            "url": self.examination.probe.deployment.to_string(),
            "proxy": self.proxy(),
            "right": self.is_all_right(),
            "findings": findings.collect::<Vec<Value>>(),
        });
        format!("{value:#}\n")
    }
}
