//! How far a stated confidence can be believed: of what is said with 0.9, nine in ten should be right.

use std::fmt;

use serde_json::{Value, json};

/// Bins of about as many answers each.
const BINS: usize = 10;

/// Answers of about the same confidence.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bin {
    /// Number of answers.
    pub count: usize,
    /// Their mean confidence, 0 to 1.
    pub confidence: f64,
    /// The share of them that is right, 0 to 1.
    pub right: f64,
}

/// The reliability of confidences.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Calibration {
    bins: Vec<Bin>,
}

impl Calibration {
    /// From each answer's confidence and whether it was right. At most ten bins of about as many answers each, the least
    /// confident first. Equal confidences share a bin, so the order of the answers does not matter.
    pub fn of(answers: impl IntoIterator<Item = (f32, bool)>) -> Self {
        let mut answers: Vec<(f32, bool)> = answers.into_iter().collect();
        answers.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let mut bins = Vec::new();
        let mut begin = 0;
        for bin in 1..=BINS {
            let mut end = bin * answers.len() / BINS;
            while end > begin && end < answers.len() && answers[end].0 == answers[end - 1].0 {
                end += 1;
            }
            if end > begin {
                bins.push(Bin::of(&answers[begin..end]));
                begin = end;
            }
        }
        Self { bins }
    }

    /// The bins, the least confident first.
    pub fn bins(&self) -> &[Bin] {
        &self.bins
    }

    /// Expected calibration error (Naeini et al. 2015): the mean distance of confidence from the share that is right,
    /// weighted by bins' sizes. 0 is perfect, and the value where there are no answers.
    pub fn error(&self) -> f64 {
        let count: usize = self.bins.iter().map(|bin| bin.count).sum();
        let distance = |bin: &Bin| bin.count as f64 * (bin.confidence - bin.right).abs();
        self.bins.iter().map(distance).sum::<f64>() / count.max(1) as f64
    }

    /// The error, and the bins with `count`, `confidence` and `right`.
    pub fn json(&self) -> Value {
        let bin = |bin: &Bin| json!({ "count": bin.count, "confidence": bin.confidence, "right": bin.right });
        json!({ "error": self.error(), "bins": self.bins.iter().map(bin).collect::<Vec<_>>() })
    }
}

impl Bin {
    fn of(answers: &[(f32, bool)]) -> Self {
        let count = answers.len();
        let confidence = answers.iter().map(|answer| f64::from(answer.0)).sum::<f64>() / count as f64;
        let right = answers.iter().filter(|answer| answer.1).count() as f64 / count as f64;
        Self { count, confidence, right }
    }
}

impl fmt::Display for Calibration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "expected calibration error {:.3}", self.error())?;
        writeln!(f, "{:>10} {:>7} {:>9}", "confidence", "right", "answers")?;
        for bin in &self.bins {
            writeln!(f, "{:>10.3} {:>7.3} {:>9}", bin.confidence, bin.right, bin.count)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_error_is_the_weighted_distance() {
        // a hundred answers of 0.8 to 0.899, of which every second is right: the bins' means are 0.8045, 0.8145, …
        let answers = (0..100).map(|n| (0.8 + n as f32 / 1000.0, n % 2 == 0));
        let calibration = Calibration::of(answers);
        assert_eq!(calibration.bins().len(), 10);
        assert!(calibration.bins().iter().all(|bin| bin.count == 10 && bin.right == 0.5));
        assert!((calibration.error() - 0.3495).abs() < 1e-6, "{}", calibration.error());
    }

    #[test]
    fn distances_of_opposite_sign_do_not_cancel() {
        // confidences 0.2 of which 0.4 are right, 0.9 of which 0.7 are right
        let low = (0..10).map(|n| (0.2, n < 4));
        let high = (0..10).map(|n| (0.9, n < 7));
        let calibration = Calibration::of(low.chain(high));
        assert_eq!(calibration.bins().iter().map(|bin| bin.count).collect::<Vec<_>>(), [10, 10]);
        assert!((calibration.error() - 0.2).abs() < 1e-6, "{}", calibration.error());
        assert_eq!(calibration.to_string().lines().count(), 4);
    }

    #[test]
    fn the_order_of_answers_does_not_matter() {
        let mut answers: Vec<(f32, bool)> = (0..57).map(|n| ((n % 7) as f32 / 7.0, n % 3 == 0)).collect();
        let one = Calibration::of(answers.clone());
        answers.reverse();
        assert_eq!(one, Calibration::of(answers));
        assert_eq!(one.bins().iter().map(|bin| bin.count).sum::<usize>(), 57);
    }

    #[test]
    fn few_and_no_answers_are_no_trouble() {
        assert_eq!(Calibration::of([]).error(), 0.0);
        let one = Calibration::of([(0.75, true)]);
        assert_eq!(one.bins(), [Bin { count: 1, confidence: 0.75, right: 1.0 }]);
        assert_eq!(one.json()["error"], 0.25);
    }
}
