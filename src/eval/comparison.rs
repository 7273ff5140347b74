//! The figures of several engines on the same documents, side by side.

use std::fmt;

use serde_json::{Value, json};

use super::{Scored, report::Report};

/// What each engine reached.
#[derive(Debug)]
pub struct Comparison {
    scored: Scored,
    /// Of the main engine, which comes first.
    main: Named,
    others: Vec<Named>,
}

/// An engine's name and figures.
#[derive(Debug)]
struct Named {
    name: String,
    report: Report,
}

impl Named {
    fn new(name: &str) -> Self {
        Self { name: name.to_owned(), report: Report::default() }
    }
}

impl Comparison {
    pub(super) fn new<'n>(scored: Scored, main: &str, others: impl Iterator<Item = &'n str>) -> Self {
        Self { scored, main: Named::new(main), others: others.map(Named::new).collect() }
    }

    /// The figures of the main engine.
    pub fn main(&self) -> &Report {
        &self.main.report
    }

    /// The figures of every engine with its name, the main one first.
    pub fn reports(&self) -> impl Iterator<Item = (&str, &Report)> {
        std::iter::once(&self.main).chain(&self.others).map(|named| (named.name.as_str(), &named.report))
    }

    pub(super) fn reports_mut(&mut self) -> impl Iterator<Item = &mut Report> {
        std::iter::once(&mut self.main).chain(&mut self.others).map(|named| &mut named.report)
    }

    /// The measures of all engines in the order in which they are printed.
    fn measures(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.reports().flat_map(|(_, report)| report.measures()).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// The figures as JSON: the layer, the number of documents, and a list of `engines`, the main one first, each with
    /// its `name` and what [`Report::json`] says.
    pub fn json(&self) -> Value {
        let engine = |(name, report): (&str, &Report)| {
            let mut figures = report.json();
            figures["name"] = json!(name);
            figures
        };
        json!({
            "layer": format!("{:?}", self.scored).to_lowercase(),
            "documents": self.main().documents(),
            "engines": self.reports().map(engine).collect::<Vec<_>>(),
        })
    }
}

/// A row for each measure: the main engine's figures in full, then the score of each other.
impl fmt::Display for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:?}, {} documents", self.scored, self.main().documents())?;
        let others = self.others.iter().map(|other| &other.report);
        let widths: Vec<usize> = self.others.iter().map(|other| other.name.chars().count().max(7) + 2).collect();
        if !self.others.is_empty() {
            write!(f, "{:<34} {:<63}", "", self.main.name)?;
            for (other, &width) in self.others.iter().zip(&widths) {
                write!(f, "{:>width$}", other.name)?;
            }
            writeln!(f)?;
        }
        write!(
            f,
            "{:<34} {:>9} {:>7} {:>7}   {:<15} {:>9} {:>9}",
            "", "precision", "recall", "F1", "95 % interval", "predicted", "annotated"
        )?;
        for width in &widths {
            write!(f, "{:>width$}", "F1")?;
        }
        writeln!(f)?;
        for name in self.measures() {
            let (total, (low, high)) = (self.main().total(name), self.main().interval(name));
            write!(
                f,
                "{name:<34} {:>9} {:>7.3} {:>7}   {low:.3} to {high:.3}  {:>9} {:>9}",
                or_dash(total.precision().map(|p| format!("{p:.3}"))),
                total.recall(),
                or_dash(total.f1().map(|f1| format!("{f1:.3}"))),
                or_dash(total.predicted.map(|n| n.to_string())),
                total.annotated
            )?;
            for (report, width) in others.clone().zip(&widths) {
                write!(f, "{:>width$.3}", report.total(name).score())?;
            }
            writeln!(f)?;
        }
        if let Some(mean) = self.main().conll() {
            write!(f, "{:<34} {:>9} {:>7} {mean:>7.3}", "CoNLL F1 (mean of the three)", "", "")?;
            for (index, (report, width)) in others.zip(&widths).enumerate() {
                let width = if index == 0 { width + 38 } else { *width };
                write!(f, "{:>width$}", or_dash(report.conll().map(|mean| format!("{mean:.3}"))))?;
            }
            writeln!(f)?;
        }
        if self.measures().iter().any(|name| self.main().total(name).f1().is_none()) {
            writeln!(f, "Where there is no F1, recall has the interval and stands beside the other engines.")?;
        }
        match self.main().calibration() {
            Some(calibration) => write!(f, "{calibration}"),
            None => Ok(()),
        }
    }
}

fn or_dash(figure: Option<String>) -> String {
    figure.unwrap_or_else(|| "-".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::eval::report::{Counted, Counts};

    /// Two engines on one document.
    fn comparison(scored: Scored) -> Comparison {
        let mut comparison = Comparison::new(scored, "all", ["rules alone"].into_iter());
        for (report, right) in comparison.reports_mut().zip([3, 2]) {
            report.add(
                Counted::from([
                    ("nested".to_owned(), Counts::of(right, 4, 4)),
                    ("unseen".to_owned(), Counts::recalled(right, 8)),
                ]),
                Vec::new(),
            );
        }
        comparison
    }

    #[test]
    fn engines_stand_in_columns() {
        let table = comparison(Scored::Entities).to_string();
        let rows: Vec<Vec<&str>> = table.lines().map(|line| line.split_whitespace().collect()).collect();
        assert_eq!(rows[0], ["Entities,", "1", "documents"]);
        assert_eq!(rows[1], ["all", "rules", "alone"]);
        assert_eq!(rows[3], ["nested", "0.750", "0.750", "0.750", "0.750", "to", "0.750", "4", "4", "0.500"]);
        assert_eq!(rows[4], ["unseen", "-", "0.375", "-", "0.375", "to", "0.375", "-", "8", "0.250"]);
        let widths: Vec<usize> = table.lines().skip(1).take(4).map(|line| line.chars().count()).collect();
        assert!(widths.iter().all(|&width| width == widths[0]), "{table}");
    }

    #[test]
    fn one_engine_needs_no_name() {
        let mut comparison = Comparison::new(Scored::Times, "all", std::iter::empty());
        comparison
            .reports_mut()
            .for_each(|report| report.add(Counted::from([("span".to_owned(), Counts::of(1, 1, 2))]), Vec::new()));
        let table = comparison.to_string();
        assert_eq!(table.lines().count(), 3, "{table}");
        assert!(table.lines().nth(1).is_some_and(|heading| heading.contains("precision")), "{table}");
    }

    #[test]
    fn json_has_every_engine() {
        let json = comparison(Scored::Entities).json();
        assert_eq!((&json["layer"], &json["documents"]), (&json!("entities"), &json!(1)));
        assert_eq!(json["engines"][0]["name"], "all");
        assert_eq!(json["engines"][1]["measures"]["nested"]["f1"], 0.5);
        assert!(json["engines"][1]["measures"]["unseen"]["f1"].is_null());
        assert!(json["engines"][0]["conll"].is_null());
    }
}
