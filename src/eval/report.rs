//! Counts added up over documents, and figures with bootstrap intervals drawn from them.

use std::{collections::BTreeMap, fmt};

use serde_json::{Value, json};

use super::Scored;

/// Right, predicted and annotated items of one measure in one document. For an accuracy, `predicted` and `annotated`
/// are both the number of items judged.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Counts {
    /// Items right. Fractions come from coreference measures; for those precision and recall have a share each.
    pub right: f64,
    /// Items right as recall counts them; equal to `right` but for coreference.
    pub recalled: f64,
    /// Items predicted.
    pub predicted: f64,
    /// Items annotated.
    pub annotated: f64,
}

impl Counts {
    /// `right` items of `predicted` and `annotated`.
    pub fn of(right: usize, predicted: usize, annotated: usize) -> Self {
        let right = right as f64;
        Self { right, recalled: right, predicted: predicted as f64, annotated: annotated as f64 }
    }

    /// Adds the counts of `other`.
    pub fn add(&mut self, other: Self) {
        self.right += other.right;
        self.recalled += other.recalled;
        self.predicted += other.predicted;
        self.annotated += other.annotated;
    }

    /// Precision, 0 where nothing was predicted.
    pub fn precision(self) -> f64 {
        if self.predicted == 0.0 { 0.0 } else { self.right / self.predicted }
    }

    /// Recall, 0 where nothing was annotated.
    pub fn recall(self) -> f64 {
        if self.annotated == 0.0 { 0.0 } else { self.recalled / self.annotated }
    }

    /// The harmonic mean of precision and recall.
    pub fn f1(self) -> f64 {
        let (p, r) = (self.precision(), self.recall());
        if p + r == 0.0 { 0.0 } else { 2.0 * p * r / (p + r) }
    }
}

/// The counts of one document by measure.
pub(super) type Counted = BTreeMap<String, Counts>;

/// How often documents are drawn anew for an interval.
const DRAWS: usize = 1000;

/// The figures of a layer.
#[derive(Debug)]
pub struct Report {
    scored: Scored,
    documents: Vec<Counted>,
}

impl Report {
    pub(super) fn new(scored: Scored) -> Self {
        Self { scored, documents: Vec::new() }
    }

    pub(super) fn add(&mut self, counted: Counted) {
        self.documents.push(counted);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.documents.is_empty()
    }

    /// The counts of `measure` over all documents.
    pub fn total(&self, measure: &str) -> Counts {
        let mut total = Counts::default();
        for counted in self.documents.iter().filter_map(|d| d.get(measure)) {
            total.add(*counted);
        }
        total
    }

    /// The measures in the order in which they are printed.
    pub fn measures(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.documents.iter().flat_map(|d| d.keys().map(String::as_str)).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// The 95 % interval of the F1 of `measure`, from documents drawn with replacement. Seeded: always the same.
    pub fn interval(&self, measure: &str) -> (f64, f64) {
        let counts: Vec<Counts> = self.documents.iter().map(|d| d.get(measure).copied().unwrap_or_default()).collect();
        let mut state = 0x9E37_79B9_7F4A_7C15_u64;
        let mut draws: Vec<f64> = (0..DRAWS)
            .map(|_| {
                let mut total = Counts::default();
                for _ in 0..counts.len() {
                    // xorshift64*: any even generator will do here
                    state ^= state >> 12;
                    state ^= state << 25;
                    state ^= state >> 27;
                    let drawn = state.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33;
                    total.add(counts[drawn as usize % counts.len()]);
                }
                total.f1()
            })
            .collect();
        draws.sort_unstable_by(f64::total_cmp);
        (draws[DRAWS / 40], draws[DRAWS - 1 - DRAWS / 40])
    }

    /// CoNLL F1: the mean F1 of MUC, B³ and CEAF-e, where coreference was scored.
    pub fn conll(&self) -> Option<f64> {
        let mean = ["MUC", "B3", "CEAF-e"].iter().map(|measure| self.total(measure).f1()).sum::<f64>() / 3.0;
        (self.scored == Scored::Coreference).then_some(mean)
    }

    /// The figures as JSON: for each measure precision, recall, f1, interval, and the counts.
    pub fn json(&self) -> Value {
        let figures: serde_json::Map<String, Value> = self
            .measures()
            .into_iter()
            .map(|name| {
                let (total, (low, high)) = (self.total(name), self.interval(name));
                let figure = json!({
                    "precision": total.precision(), "recall": total.recall(), "f1": total.f1(),
                    "interval": [low, high], "predicted": total.predicted, "annotated": total.annotated,
                });
                (name.to_owned(), figure)
            })
            .collect();
        json!({ "layer": format!("{:?}", self.scored).to_lowercase(), "documents": self.documents.len(), "conll": self.conll(),
                "measures": figures })
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:?}, {} documents", self.scored, self.documents.len())?;
        writeln!(
            f,
            "{:<34} {:>9} {:>7} {:>7}   {:<15} {:>9} {:>9}",
            "", "precision", "recall", "F1", "95 % interval", "predicted", "annotated"
        )?;
        for name in self.measures() {
            let (total, (low, high)) = (self.total(name), self.interval(name));
            writeln!(
                f,
                "{name:<34} {:>9.3} {:>7.3} {:>7.3}   {low:.3} to {high:.3}  {:>9} {:>9}",
                total.precision(),
                total.recall(),
                total.f1(),
                total.predicted,
                total.annotated
            )?;
        }
        if let Some(mean) = self.conll() {
            writeln!(f, "{:<34} {:>9} {:>7} {mean:>7.3}", "CoNLL F1 (mean of the three)", "", "")?;
        }
        Ok(())
    }
}
