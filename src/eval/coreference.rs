//! Coreference: MUC, B³ and CEAF-e over predicted mentions, their mean (CoNLL F1), and titles tied to persons.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    gold::Gold,
    report::{Counted, Counts},
};
use crate::{
    engine::Answer,
    entities::{MentionForm, MentionType},
    span::Span,
};

/// A cluster: the spans of one entity's mentions.
type Cluster = BTreeSet<Span>;

/// The counts of each measure for one document.
pub(super) fn score(answer: &Answer<'_>, gold: &Gold, errors: &mut dyn FnMut(&str)) -> Counted {
    let mut annotated: BTreeMap<&str, Cluster> = BTreeMap::new();
    for mention in &gold.mentions {
        annotated.entry(&mention.entity).or_default().insert(mention.span);
    }
    let mut predicted: BTreeMap<usize, Cluster> = BTreeMap::new();
    for mention in answer.entities.mentions.iter().filter(|m| !m.points_back()) {
        predicted.entry(mention.entity).or_default().insert(mention.span);
    }
    let annotated: Vec<Cluster> = annotated.into_values().collect();
    let predicted: Vec<Cluster> = predicted.into_values().collect();
    for cluster in &annotated {
        let parts: BTreeSet<usize> = cluster.iter().filter_map(|span| cluster_of(&predicted, *span)).collect();
        if parts.len() > 1 {
            let names: Vec<&str> = cluster.iter().map(|&s| answer.text.slice(s)).collect();
            errors(&format!("{}\tsplit in {}\t{}", gold.id, parts.len(), names.join(" | ")));
        }
    }
    for cluster in &predicted {
        let parts: BTreeSet<usize> = cluster.iter().filter_map(|span| cluster_of(&annotated, *span)).collect();
        if parts.len() > 1 {
            let names: Vec<&str> = cluster.iter().map(|&s| answer.text.slice(s)).collect();
            errors(&format!("{}\tmerged {}\t{}", gold.id, parts.len(), names.join(" | ")));
        }
    }
    Counted::from([
        ("MUC".to_owned(), both(&predicted, &annotated, muc)),
        ("B3".to_owned(), both(&predicted, &annotated, b_cubed)),
        ("CEAF-e".to_owned(), ceaf_e(&predicted, &annotated)),
        ("titles tied".to_owned(), titles(answer, gold)),
    ])
}

fn cluster_of(clusters: &[Cluster], span: Span) -> Option<usize> {
    clusters.iter().position(|c| c.contains(&span))
}

/// Precision's and recall's shares of a measure that is recall with the sides changed.
fn both(predicted: &[Cluster], annotated: &[Cluster], recall: fn(&[Cluster], &[Cluster]) -> (f64, f64)) -> Counts {
    let (recalled, annotated_size) = recall(annotated, predicted);
    let (right, predicted_size) = recall(predicted, annotated);
    Counts { right, recalled, predicted: Some(predicted_size), annotated: annotated_size }
}

/// MUC (Vilain et al. 1995): links of `key` that `other` keeps, and all its links.
fn muc(key: &[Cluster], other: &[Cluster]) -> (f64, f64) {
    let (mut kept, mut links) = (0.0, 0.0);
    for cluster in key {
        let mut parts = BTreeSet::new();
        let mut alone = 0;
        for span in cluster {
            match cluster_of(other, *span) {
                Some(part) => _ = parts.insert(part),
                None => alone += 1,
            }
        }
        kept += (cluster.len() - parts.len() - alone) as f64;
        links += (cluster.len() - 1) as f64;
    }
    (kept, links)
}

/// B³ (Bagga and Baldwin 1998): the share of each mention's cluster in `key` that `other` puts with it, and mentions.
fn b_cubed(key: &[Cluster], other: &[Cluster]) -> (f64, f64) {
    let (mut sum, mut count) = (0.0, 0.0);
    for cluster in key {
        for span in cluster {
            count += 1.0;
            if let Some(part) = cluster_of(other, *span) {
                sum += cluster.intersection(&other[part]).count() as f64 / cluster.len() as f64;
            }
        }
    }
    (sum, count)
}

/// CEAF-e (Luo 2005): the best one-to-one alignment of clusters by their Dice similarity.
fn ceaf_e(predicted: &[Cluster], annotated: &[Cluster]) -> Counts {
    let dice = |a: &Cluster, b: &Cluster| 2.0 * a.intersection(b).count() as f64 / (a.len() + b.len()) as f64;
    let similarity: Vec<Vec<f64>> = predicted.iter().map(|p| annotated.iter().map(|a| dice(p, a)).collect()).collect();
    let best = assignment(&similarity, annotated.len());
    Counts { right: best, recalled: best, predicted: Some(predicted.len() as f64), annotated: annotated.len() as f64 }
}

/// The largest total of a one-to-one assignment of rows to `columns` columns (Kuhn and Munkres, with potentials).
fn assignment(values: &[Vec<f64>], columns: usize) -> f64 {
    let size = values.len().max(columns);
    let cost = |row: usize, column: usize| -> f64 { values.get(row).and_then(|r| r.get(column)).map_or(0.0, |v| -v) };
    let (mut u, mut v) = (vec![0.0; size + 1], vec![0.0; size + 1]);
    let mut row_of = vec![0_usize; size + 1];
    for row in 1..=size {
        row_of[0] = row;
        let mut column = 0;
        let mut least = vec![f64::INFINITY; size + 1];
        let mut from = vec![0_usize; size + 1];
        let mut seen = vec![false; size + 1];
        while row_of[column] != 0 {
            seen[column] = true;
            let (mut delta, mut next) = (f64::INFINITY, 0);
            for candidate in 1..=size {
                if seen[candidate] {
                    continue;
                }
                let reduced = cost(row_of[column] - 1, candidate - 1) - u[row_of[column]] - v[candidate];
                if reduced < least[candidate] {
                    (least[candidate], from[candidate]) = (reduced, column);
                }
                if least[candidate] < delta {
                    (delta, next) = (least[candidate], candidate);
                }
            }
            for candidate in 0..=size {
                if seen[candidate] {
                    u[row_of[candidate]] += delta;
                    v[candidate] -= delta;
                } else {
                    least[candidate] -= delta;
                }
            }
            column = next;
        }
        while column != 0 {
            row_of[column] = row_of[from[column]];
            column = from[column];
        }
    }
    (1..=size).map(|column| -cost(row_of[column] - 1, column - 1)).sum()
}

/// Pairs of a title and a name of the person that holds it.
fn titles(answer: &Answer<'_>, gold: &Gold) -> Counts {
    let mut predicted = BTreeSet::new();
    let mentions = &answer.entities.mentions;
    for title in mentions.iter().filter(|m| m.kind == MentionType::Title) {
        let names = answer.entities.entities[title.entity].mentions.iter().map(|&m| &mentions[m]);
        let names = names.filter(|m| matches!(m.kind, MentionType::Entity(_)) && m.form == MentionForm::Name);
        predicted.extend(names.map(|name| (title.span, name.span)));
    }
    let mut annotated = BTreeSet::new();
    for title in gold.mentions.iter().filter(|m| m.kind == "TITLE") {
        let names = gold.mentions.iter().filter(|m| m.kind == "PER" && m.entity == title.entity);
        annotated.extend(names.map(|name| (title.span, name.span)));
    }
    Counts::of(predicted.intersection(&annotated).count(), predicted.len(), annotated.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clusters(list: &[&[u32]]) -> Vec<Cluster> {
        list.iter().map(|c| c.iter().map(|&n| Span { begin: n, end: n + 1 }).collect()).collect()
    }

    /// The worked example of Pradhan et al. 2014: key {a b c} {d e f g}, response {a b} {c d} {f g h i}.
    #[test]
    fn measures_agree_with_the_published_example() {
        let key = clusters(&[&[1, 2, 3], &[4, 5, 6, 7]]);
        let response = clusters(&[&[1, 2], &[3, 4], &[6, 7, 8, 9]]);
        let precision = |counts: Counts| counts.precision().unwrap();
        let muc = both(&response, &key, muc);
        assert!((muc.recall() - 0.4).abs() < 1e-9, "MUC recall {}", muc.recall());
        assert!((precision(muc) - 0.4).abs() < 1e-9, "MUC precision {}", precision(muc));
        let cubed = both(&response, &key, b_cubed);
        assert!((cubed.recall() - 0.4167).abs() < 1e-3, "B3 recall {}", cubed.recall());
        assert!((precision(cubed) - 0.5).abs() < 1e-9, "B3 precision {}", precision(cubed));
        let ceaf = ceaf_e(&response, &key);
        assert!((ceaf.recall() - 0.65).abs() < 1e-3, "CEAF-e recall {}", ceaf.recall());
        assert!((precision(ceaf) - 0.4333).abs() < 1e-3, "CEAF-e precision {}", precision(ceaf));
    }
}
