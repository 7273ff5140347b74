//! Counts added up over documents, and figures with bootstrap intervals drawn from them.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::calibration::Calibration;

/// Right, predicted and annotated items of one measure in one document. For an accuracy, `predicted` and `annotated`
/// are both the number of items judged.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Counts {
    /// Items right. Fractions come from coreference measures; for those precision and recall have a share each.
    pub right: f64,
    /// Items right as recall counts them; equal to `right` but for coreference.
    pub recalled: f64,
    /// Items predicted; `None` where that says nothing, as of a recall.
    pub predicted: Option<f64>,
    /// Items annotated.
    pub annotated: f64,
}

impl Counts {
    /// `right` items of `predicted` and `annotated`.
    pub fn of(right: usize, predicted: usize, annotated: usize) -> Self {
        let right = right as f64;
        Self { right, recalled: right, predicted: Some(predicted as f64), annotated: annotated as f64 }
    }

    /// `right` items of `annotated`, of a measure that has a recall alone.
    pub fn recalled(right: usize, annotated: usize) -> Self {
        Self { predicted: None, ..Self::of(right, 0, annotated) }
    }

    /// Adds the counts of `other`.
    pub fn add(&mut self, other: Self) {
        self.right += other.right;
        self.recalled += other.recalled;
        self.predicted = self.predicted.map_or(other.predicted, |own| Some(own + other.predicted.unwrap_or_default()));
        self.annotated += other.annotated;
    }

    /// Precision, 0 where nothing was predicted; `None` of a recall.
    pub fn precision(self) -> Option<f64> {
        self.predicted.map(|predicted| if predicted == 0.0 { 0.0 } else { self.right / predicted })
    }

    /// Recall, 0 where nothing was annotated.
    pub fn recall(self) -> f64 {
        if self.annotated == 0.0 { 0.0 } else { self.recalled / self.annotated }
    }

    /// The harmonic mean of precision and recall; `None` of a recall.
    pub fn f1(self) -> Option<f64> {
        let r = self.recall();
        self.precision().map(|p| if p + r == 0.0 { 0.0 } else { 2.0 * p * r / (p + r) })
    }

    /// The one figure to compare by: F1, or the recall where that is all there is.
    pub fn score(self) -> f64 {
        self.f1().unwrap_or_else(|| self.recall())
    }
}

/// The counts of one document by measure.
pub(super) type Counted = BTreeMap<String, Counts>;

/// How often documents are drawn anew for an interval.
const DRAWS: usize = 1000;

/// The figures of one engine.
#[derive(Debug, Default)]
pub struct Report {
    documents: Vec<Counted>,
    /// The confidence of each answer that has one, and whether it is right.
    confidences: Vec<(f32, bool)>,
}

impl Report {
    pub(super) fn add(&mut self, counted: Counted, confidences: Vec<(f32, bool)>) {
        self.documents.push(counted);
        self.confidences.extend(confidences);
    }

    /// How far its confidences can be believed, where it has any.
    pub fn calibration(&self) -> Option<Calibration> {
        (!self.confidences.is_empty()).then(|| Calibration::of(self.confidences.iter().copied()))
    }

    /// How many documents were scored.
    pub fn documents(&self) -> usize {
        self.documents.len()
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

    /// The 95 % interval of the score of `measure`, from documents drawn with replacement. Seeded: always the same.
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
                total.score()
            })
            .collect();
        draws.sort_unstable_by(f64::total_cmp);
        (draws[DRAWS / 40], draws[DRAWS - 1 - DRAWS / 40])
    }

    /// CoNLL F1: the mean F1 of MUC, B³ and CEAF-e, where coreference was scored.
    pub fn conll(&self) -> Option<f64> {
        let each = ["MUC", "B3", "CEAF-e"].map(|measure| self.total(measure).f1());
        each.into_iter().sum::<Option<f64>>().map(|sum| sum / 3.0)
    }

    /// The figures as JSON: the CoNLL F1, and for each measure precision, recall, f1, interval, and the counts.
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
        json!({
            "conll": self.conll(),
            "calibration": self.calibration().map(|calibration| calibration.json()),
            "measures": figures,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recall_has_no_precision() {
        let mut total = Counts::default();
        for counts in [Counts::recalled(1, 4), Counts::default(), Counts::recalled(2, 2)] {
            total.add(counts);
        }
        assert_eq!((total.precision(), total.recall(), total.f1(), total.score()), (None, 0.5, None, 0.5));
    }

    #[test]
    fn counts_of_documents_add_up() {
        let mut total = Counts::default();
        for counts in [Counts::of(1, 2, 4), Counts::default(), Counts::of(2, 2, 2)] {
            total.add(counts);
        }
        assert_eq!((total.precision(), total.recall()), (Some(0.75), 0.5));
        assert_eq!(total.f1(), Some(total.score()));
        assert!((total.score() - 0.6).abs() < 1e-9, "{total:?}");
    }

    #[test]
    fn the_interval_of_a_recall_is_over_recall() {
        let mut report = Report::default();
        for right in [0, 2] {
            report.add(Counted::from([("unseen".to_owned(), Counts::recalled(right, 2))]), Vec::new());
        }
        assert_eq!(report.interval("unseen"), (0.0, 1.0));
        assert_eq!(report.conll(), None);
    }
}
