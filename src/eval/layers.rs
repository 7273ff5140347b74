//! What counts as right in each layer.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use super::{
    gold::{Gold, GoldValue},
    report::{Counted, Counts},
};
use crate::{
    engine::Answer,
    entities::{EntityType, MentionType},
    quotations::{Quotation, QuotationKind},
    span::Span,
};

/// The annotators' name of a mention type.
pub(super) fn type_name(kind: MentionType) -> &'static str {
    match kind {
        MentionType::Entity(EntityType::Person) => "PER",
        MentionType::Entity(EntityType::Organization) => "ORG",
        MentionType::Entity(EntityType::Geopolitical) => "GPE",
        MentionType::Entity(EntityType::Location) => "LOC",
        MentionType::Entity(EntityType::Facility) => "FAC",
        MentionType::Entity(EntityType::Group) | MentionType::Nationality => "NORP",
        MentionType::Entity(EntityType::Event) => "EVENT",
        MentionType::Entity(EntityType::Product) => "PRODUCT",
        MentionType::Entity(EntityType::Work) => "WORK",
        MentionType::Entity(EntityType::Law) => "LAW",
        MentionType::Title => "TITLE",
    }
}

/// Strict span and type: all mentions (`nested`), those in no other (`outermost`), and each type.
pub(super) fn entities(answer: &Answer<'_>, gold: &Gold, errors: &mut dyn FnMut(&str)) -> Counted {
    let (predicted, annotated) = (labelled(answer), annotated(gold));
    wrong(answer, gold, &predicted, &annotated, errors);
    let mut counted = by_type("nested", &predicted, &annotated);
    let (predicted, annotated) = (outermost(&predicted), outermost(&annotated));
    counted.insert("outermost".to_owned(), compared(&predicted, &annotated));
    counted
}

/// Spans with their labels.
pub(super) type Labelled<'a> = BTreeSet<(Span, &'a str)>;

/// The mentions found. The annotators marked no pronouns and no nouns alone, so none are judged.
pub(super) fn labelled(answer: &Answer<'_>) -> Labelled<'static> {
    let judged = answer.entities.mentions.iter().filter(|m| !m.points_back());
    judged.map(|m| (m.span, type_name(m.kind))).collect()
}

/// The mentions that should be found.
pub(super) fn annotated(gold: &Gold) -> Labelled<'_> {
    gold.mentions.iter().map(|m| (m.span, m.kind.as_str())).collect()
}

/// The confidence of each mention that has one, and whether it is right in span and type.
pub(super) fn confidences(answer: &Answer<'_>, gold: &Gold) -> Vec<(f32, bool)> {
    let annotated = annotated(gold);
    let told = answer.entities.mentions.iter().filter(|m| !m.points_back());
    told.filter_map(|m| Some((m.confidence?, annotated.contains(&(m.span, type_name(m.kind)))))).collect()
}

pub(super) fn compared(predicted: &Labelled<'_>, annotated: &Labelled<'_>) -> Counts {
    Counts::of(predicted.intersection(annotated).count(), predicted.len(), annotated.len())
}

/// The counts over all labels, called `whole`, and of each label.
pub(super) fn by_type(whole: &str, predicted: &Labelled<'_>, annotated: &Labelled<'_>) -> Counted {
    let mut counted = Counted::from([(whole.to_owned(), compared(predicted, annotated))]);
    let labels: BTreeSet<&str> = predicted.iter().chain(annotated).map(|&(_, label)| label).collect();
    for label in labels {
        let of = |set: &Labelled<'_>| set.iter().filter(|m| m.1 == label).count();
        let right = predicted.intersection(annotated).filter(|m| m.1 == label).count();
        counted.insert(format!("type {label}"), Counts::of(right, of(predicted), of(annotated)));
    }
    counted
}

/// The items that lie in no other. Sorted by begin, so one pass over ends is enough.
fn outermost<'a>(items: &Labelled<'a>) -> Labelled<'a> {
    let mut sorted: Vec<_> = items.iter().copied().collect();
    sorted.sort_by_key(|&(span, _)| (span.begin, std::cmp::Reverse(span.end)));
    let mut reach = 0;
    let mut last = None;
    sorted.retain(|&(span, _)| {
        let outer = span.end > reach || last == Some(span);
        if span.end > reach {
            (reach, last) = (span.end, Some(span));
        }
        outer
    });
    sorted.into_iter().collect()
}

/// Tells each mention made up and missed.
pub(super) fn wrong(
    answer: &Answer<'_>,
    gold: &Gold,
    predicted: &Labelled<'_>,
    annotated: &Labelled<'_>,
    errors: &mut dyn FnMut(&str),
) {
    for (sign, (span, label)) in predicted
        .difference(annotated)
        .map(|item| ("made up", item))
        .chain(annotated.difference(predicted).map(|item| ("missed", item)))
    {
        errors(&format!("{}\t{sign}\t{label}\t{}\t{}", gold.id, answer.text.slice(*span), context(answer, *span)));
    }
}

/// The sentence around `span`, on one line.
pub(super) fn context(answer: &Answer<'_>, span: Span) -> String {
    let token = answer.text.token_at(span.begin).min(answer.text.tokens().len().saturating_sub(1));
    answer.text.slice(answer.text.sentence_of(token).span).replace('\n', " ")
}

/// Span, and the value over matched spans.
pub(super) fn times(answer: &Answer<'_>, gold: &Gold, errors: &mut dyn FnMut(&str)) -> Counted {
    let predicted: Vec<_> = answer.times.iter().map(|t| (t.span, "TIME", t.value.clone())).collect();
    valued(answer, gold, &predicted, &gold.times, false, errors)
}

/// Span and type, and the value over matched spans.
pub(super) fn amounts(answer: &Answer<'_>, gold: &Gold, errors: &mut dyn FnMut(&str)) -> Counted {
    use crate::numbers::AmountType::{Money, Percent, Quantity};
    let predicted: Vec<_> = answer
        .amounts
        .iter()
        .map(|a| match a.kind {
            Money => (a.span, "MONEY", format!("{} {}", a.value, a.unit)),
            Percent => (a.span, "PERCENT", a.value.clone()),
            Quantity => (a.span, "QUANTITY", format!("{} {}", a.value, a.unit)),
        })
        .collect();
    let mut counted = valued(answer, gold, &predicted, &gold.amounts, true, errors);
    for ending in ["", " value (accuracy)"] {
        let mut both = Counts::default();
        for kind in ["MONEY", "PERCENT"] {
            if let Some(one) = counted.get(&format!("{kind}{ending}")) {
                both.add(*one);
            }
        }
        counted.insert(format!("MONEY and PERCENT{ending}"), both);
    }
    counted
}

/// Whether two amounts are one: numbers by their worth, so that 21.30 is 21.3; either mark between the ends of a range; and
/// the annotators' short names of units. Where they gave no value, no number may be told.
fn is_same_amount(told: &str, annotated: &str) -> bool {
    if annotated.is_empty() {
        return !told.starts_with(|c: char| c.is_ascii_digit() || c == '-');
    }
    let unit = |unit: &str| match unit {
        "C" => "Cel".to_owned(),
        "in" => "[in_i]".to_owned(),
        other => other.to_owned(),
    };
    let parts = |amount: &str| {
        let (number, name) = amount.trim().split_once(' ').unwrap_or((amount.trim(), ""));
        let (sign, number) = number.strip_prefix('-').map_or(("", number), |rest| ("-", rest));
        let trimmed = |n: &str| {
            if n.contains('.') { n.trim_end_matches('0').trim_end_matches('.').to_owned() } else { n.to_owned() }
        };
        let ends: Vec<String> = number.split(['-', '/']).map(trimmed).collect();
        (sign.to_owned(), ends, unit(name))
    };
    parts(told) == parts(annotated)
}

fn valued(
    answer: &Answer<'_>,
    gold: &Gold,
    predicted: &[(Span, &str, String)],
    annotated: &[GoldValue],
    by_type: bool,
    errors: &mut dyn FnMut(&str),
) -> Counted {
    let kind_of = |kind: &str| if by_type { kind.to_owned() } else { "span".to_owned() };
    let values: FxHashMap<(Span, String), &str> =
        predicted.iter().map(|(span, kind, value)| ((*span, kind_of(kind)), value.trim())).collect();
    let mut counted = Counted::new();
    for (_, kind, _) in predicted {
        counted.entry(kind_of(kind)).or_default().add(Counts::of(0, 1, 0));
    }
    let mut found = BTreeSet::new();
    for item in annotated {
        let key = (item.span, kind_of(&item.kind));
        let span = counted.entry(key.1.clone()).or_default();
        span.add(Counts::of(0, 0, 1));
        let Some(&value) = values.get(&key) else {
            errors(&format!(
                "{}\tmissed\t{}\t{}\t{}\t{}",
                gold.id,
                item.kind,
                answer.text.slice(item.span),
                item.value.as_deref().unwrap_or("-"),
                context(answer, item.span)
            ));
            continue;
        };
        span.add(Counts::of(1, 0, 0));
        let wanted = item.value.as_deref().unwrap_or_default();
        let right = if by_type { is_same_amount(value, wanted) } else { value == wanted };
        if !right {
            errors(&format!(
                "{}\tvalue\t{}\t{}\tgot {value}\tgold {}\t{}",
                gold.id,
                item.kind,
                answer.text.slice(item.span),
                item.value.as_deref().unwrap_or("-"),
                context(answer, item.span)
            ));
        }
        let judged = counted.entry(format!("{} value (accuracy)", key.1)).or_default();
        judged.add(Counts::of(usize::from(right), 1, 1));
        found.insert(key);
    }
    for (span, kind, value) in predicted {
        if !found.contains(&(*span, kind_of(kind))) {
            let (text, around) = (answer.text.slice(*span), context(answer, *span));
            errors(&format!("{}\tmade up\t{kind}\t{text}\t{value}\t{around}", gold.id));
        }
    }
    counted
}

/// How much of both contents must be shared for two quotations to be one.
const OVERLAP: f64 = 0.8;

/// Content by kind (overlap of at least 0.8 of both), and the speaker over matched quotations.
pub(super) fn quotations(answer: &Answer<'_>, gold: &Gold, errors: &mut dyn FnMut(&str)) -> Counted {
    let indirect = |q: &Quotation| q.kind == QuotationKind::Indirect;
    let mut counted = Counted::new();
    for (name, wanted) in [("direct and mixed", Some(false)), ("indirect", Some(true)), ("any kind", None)] {
        let predicted: Vec<&Quotation> =
            answer.quotations.iter().filter(|q| wanted.is_none_or(|w| indirect(q) == w)).collect();
        let annotated: Vec<_> = gold.quotations.iter().filter(|q| wanted.is_none_or(|w| q.indirect == w)).collect();
        let spans: Vec<Span> = annotated.iter().map(|q| q.span).collect();
        let pairs = matches(&predicted, &spans);
        counted.insert(name.to_owned(), Counts::of(pairs.len(), predicted.len(), annotated.len()));
        if wanted.is_some() {
            continue;
        }
        let owners = owners(answer, gold);
        let mut right = 0;
        for &(p, a) in &pairs {
            let said: Vec<Option<&str>> =
                predicted[p].speakers.iter().map(|s| s.entity.and_then(|e| owners.get(&e).copied())).collect();
            let correct = match annotated[a].speaker.as_deref() {
                // The annotators gave no id to words that name nobody in particular.
                None => predicted[p].speakers.iter().all(|s| s.entity.is_none()),
                Some(speaker) => said.contains(&Some(speaker)),
            };
            right += usize::from(correct);
            if !correct {
                let names: Vec<&str> = predicted[p].speakers.iter().map(|s| answer.text.slice(s.span)).collect();
                let wanted = gold.mentions.iter().find(|m| Some(&m.entity) == annotated[a].speaker.as_ref());
                errors(&format!(
                    "{}\tspeaker\tgot {}\tgold {}\t{}",
                    gold.id,
                    names.join(" + "),
                    wanted.map_or("-", |m| answer.text.slice(m.span)),
                    answer.text.slice(annotated[a].span).replace('\n', " ")
                ));
            }
        }
        counted.insert("speaker (accuracy)".to_owned(), Counts::of(right, pairs.len(), pairs.len()));
        for (i, q) in predicted.iter().enumerate().filter(|(i, _)| pairs.iter().all(|p| p.0 != *i)) {
            let pieces: Vec<&str> = q.content.iter().map(|&s| answer.text.slice(s)).collect();
            let around = context(answer, q.content[0]);
            errors(&format!(
                "{}\tmade up\t{:?}\t{}\t{around}",
                gold.id,
                predicted[i].kind,
                pieces.join(" [...] ").replace('\n', " ")
            ));
        }
        for (_, q) in annotated.iter().enumerate().filter(|(i, _)| pairs.iter().all(|p| p.1 != *i)) {
            let kind = if q.indirect { "Indirect" } else { "Direct" };
            let quoted = answer.text.slice(q.span).replace('\n', " ");
            errors(&format!("{}\tmissed\t{kind}\t{quoted}\t{}", gold.id, context(answer, q.span)));
        }
    }
    counted
}

/// Pairs of predicted and annotated quotations that share enough, each used once.
fn matches(predicted: &[&Quotation], annotated: &[Span]) -> Vec<(usize, usize)> {
    let mut used = vec![false; annotated.len()];
    let mut pairs = Vec::new();
    for (p, quotation) in predicted.iter().enumerate() {
        let length: usize = quotation.content.iter().map(|s| s.len()).sum();
        let found = annotated.iter().enumerate().find(|&(a, gold)| {
            let shared: usize = quotation
                .content
                .iter()
                .map(|s| (s.end.min(gold.end).saturating_sub(s.begin.max(gold.begin))) as usize)
                .sum();
            let shared = shared as f64;
            !used[a] && shared >= OVERLAP * gold.len() as f64 && shared >= OVERLAP * length as f64
        });
        if let Some((a, _)) = found {
            used[a] = true;
            pairs.push((p, a));
        }
    }
    pairs
}

/// For each predicted entity, the annotated entity that it shares most mentions with. A mention is shared where the
/// spans are equal, or one holds the other and both are named or both are titles.
fn owners<'g>(answer: &Answer<'_>, gold: &'g Gold) -> FxHashMap<usize, &'g str> {
    let mut votes: FxHashMap<usize, FxHashMap<&str, usize>> = FxHashMap::default();
    for mention in &answer.entities.mentions {
        for other in &gold.mentions {
            let equal = other.span == mention.span;
            let alike = type_name(mention.kind) == other.kind
                && (other.span.contains(mention.span) || mention.span.contains(other.span));
            if equal || alike {
                *votes.entry(mention.entity).or_default().entry(&other.entity).or_default() +=
                    if equal { 2 } else { 1 };
            }
        }
    }
    let best = |v: FxHashMap<&'g str, usize>| v.into_iter().max_by_key(|&(id, n)| (n, std::cmp::Reverse(id)));
    votes.into_iter().filter_map(|(entity, v)| Some((entity, best(v)?.0))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_compared_by_their_worth() {
        let same = [
            ("21.30", "21.3"),
            ("200-300 USD", "200/300 USD"),
            ("-30 Cel", "-30 C"),
            ("USD", ""),
            ("1.65 TND", "1.650 TND"),
        ];
        for (told, annotated) in same {
            assert!(is_same_amount(told, annotated), "{told} {annotated}");
        }
        for (told, annotated) in [("500", "500 TND"), ("30 Cel", "-30 C"), ("100 USD", "1 USD"), ("5 USD", "")] {
            assert!(!is_same_amount(told, annotated), "{told} {annotated}");
        }
    }
}
