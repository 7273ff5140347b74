//! Words against annotated ones: cuts of tokens, parts of speech, lemmas and features.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    gold::{Gold, GoldWord},
    layers::{by_type, compared, context},
    report::{Counted, Counts},
};
use crate::{convert::labels, engine::Answer, morphology::Word, span::Span};

/// Features that are judged where a treebank has some.
const FEATURES: [&str; 9] = ["Aspect", "Case", "Definite", "Gender", "Mood", "Number", "Person", "Polarity", "Voice"];

/// The words found, by where they stand.
type Found<'w> = BTreeMap<Span, &'w Word>;

fn found<'w>(answer: &'w Answer<'_>) -> Found<'w> {
    let words = |token| answer.words.of(token).iter().map(move |word| (token, word));
    let all = (0..answer.text.tokens().len()).flat_map(words);
    all.map(|(token, word)| (answer.text.span_within(token, word.range()), word)).collect()
}

fn name(word: &Word) -> &'static str {
    labels::upos(word.upos).0
}

/// End to end: whole tokens between white space cut right; annotated words found with the right part of speech, by this
/// project's conventions and by the treebank's; lemmas of annotated nouns, verbs and adjectives; F1 of each part of
/// speech and feature.
pub(super) fn score(answer: &Answer<'_>, gold: &Gold, errors: &mut dyn FnMut(&str)) -> Counted {
    let found = found(answer);
    let mut judge = Judge { answer, gold, counted: tags(&found, gold), errors };
    judge.counted.extend(features(&found, gold));
    for token in &gold.tokens {
        judge.segmentation(&found, token);
        for word in token {
            judge.upos("UPOS", &found, word);
            if let Some(lemma) = &word.lemma {
                let told = found.get(&word.span).map_or("-", |found| answer.words.lemma(found, &answer.text));
                judge.add("lemma (accuracy)", word.span, told, lemma);
            }
        }
    }
    judge.counted
}

/// Parts of speech where the cuts were given.
pub(super) fn score_segmented(answer: &Answer<'_>, gold: &Gold, errors: &mut dyn FnMut(&str)) -> Counted {
    let found = found(answer);
    let mut judge = Judge { answer, gold, counted: Counted::new(), errors };
    gold.tokens.iter().flatten().for_each(|word| judge.upos("UPOS, gold cuts", &found, word));
    judge.counted
}

struct Judge<'j, 'a> {
    answer: &'j Answer<'a>,
    gold: &'j Gold,
    counted: Counted,
    errors: &'j mut dyn FnMut(&str),
}

impl Judge<'_, '_> {
    /// Counts what was `told` of `span`, of which `wanted` is right.
    fn add(&mut self, measure: &str, span: Span, told: &str, wanted: &str) {
        let right = told == wanted;
        self.counted.entry(measure.to_owned()).or_default().add(Counts::of(usize::from(right), 1, 1));
        if !right {
            let (id, text, around) = (&self.gold.id, self.answer.text.slice(span), context(self.answer, span));
            (self.errors)(&format!("{id}\t{measure}\t{text}\tgot {told}\tgold {wanted}\t{around}"));
        }
    }

    fn segmentation(&mut self, found: &Found<'_>, token: &[GoldWord]) {
        let Some(whole) = token.first().zip(token.last()).map(|(first, last)| first.span.cover(last.span)) else {
            return;
        };
        let within = Span { end: whole.begin, ..whole }..Span { begin: whole.end, ..whole };
        let text = &self.answer.text;
        let written =
            |spans: &mut dyn Iterator<Item = Span>| spans.map(|s| text.slice(s)).collect::<Vec<_>>().join("+");
        let told = written(&mut found.range(within).map(|(span, _)| *span));
        let wanted = written(&mut token.iter().map(|word| word.span));
        self.add("segmentation (accuracy)", whole, &told, &wanted);
    }

    /// Counts the part of speech of `word`, also as its treebank has it where the treebank has conventions of its own.
    fn upos(&mut self, measure: &str, found: &Found<'_>, word: &GoldWord) {
        let told = found.get(&word.span).map_or("-", |found| name(found));
        let wanted = labels::upos(word.upos).0;
        self.add(&format!("{measure} (accuracy)"), word.span, told, wanted);
        if let Some(raw) = word.tagged.map(|upos| labels::upos(upos).0) {
            let counts = Counts::of(usize::from(told == raw), 1, 1);
            self.counted.entry(format!("{measure}, raw (accuracy)")).or_default().add(counts);
        }
    }
}

/// F1 of each part of speech.
fn tags(found: &Found<'_>, gold: &Gold) -> Counted {
    let predicted = found.iter().map(|(span, word)| (*span, name(word))).collect();
    let annotated = gold.tokens.iter().flatten().map(|word| (word.span, labels::upos(word.upos).0)).collect();
    let mut counted = by_type("all", &predicted, &annotated);
    counted.remove("all");
    counted
}

/// F1 of each feature, where any are annotated.
fn features(found: &Found<'_>, gold: &Gold) -> Counted {
    let mut annotated: BTreeMap<&str, BTreeSet<(Span, &str)>> = BTreeMap::new();
    for word in gold.tokens.iter().flatten() {
        for (name, value) in word.features.iter().flat_map(|all| all.split('|')).filter_map(|f| f.split_once('=')) {
            annotated.entry(name).or_default().insert((word.span, value));
        }
    }
    if annotated.is_empty() {
        return Counted::new();
    }
    let judged = FEATURES.iter().map(|&judged| {
        let told = found.iter().flat_map(|(span, word)| word.features.iter().map(move |feature| (*span, feature)));
        let predicted = told.filter(|(_, (name, _))| *name == judged).map(|(span, (_, value))| (span, value)).collect();
        let annotated = annotated.remove(judged).unwrap_or_default();
        (format!("feature {judged}"), compared(&predicted, &annotated))
    });
    judged.collect()
}

#[cfg(test)]
mod tests {
    use crate::eval::{Entrant, Question, Scored, evaluate};

    /// `measure right/of` of every measure but those of single parts of speech, and the errors.
    fn scored(data: &str) -> (Vec<String>, Vec<String>) {
        let main = Entrant { name: "all".to_owned(), engine: std::sync::Arc::default() };
        let question = Question { scored: Scored::Morphology, seen: None };
        let mut errors = Vec::new();
        let mut tell = |error: &str| errors.push(error.to_owned());
        let compared = evaluate(&main, &[], question, data.as_bytes(), &mut tell).unwrap();
        let report = compared.main();
        let measures = report.measures().into_iter().filter(|measure| !measure.starts_with("type"));
        let shown = measures.map(|measure| {
            let total = report.total(measure);
            format!("{measure} {}/{}", total.right, total.annotated)
        });
        (shown.collect(), errors)
    }

    #[test]
    fn words_are_judged_end_to_end_and_with_the_cuts_given() {
        let data = "# 1\n1: وصل/VERB الوزير/NOUN إلى/ADP الدوحة/PROPN\n2: و/CCONJ+قال/VERB ل/ADP+صحيفة/NOUN+./PUNCT\n";
        let (shown, errors) = scored(data);
        assert_eq!(
            shown,
            [
                "UPOS (accuracy) 9/9",
                "UPOS, gold cuts (accuracy) 9/9",
                "lemma (accuracy) 4/4",
                "segmentation (accuracy) 6/6",
            ],
            "{errors:?}"
        );
        // an annotator who cuts وزير and takes its end for a cry, and a verb for a noun
        let (shown, errors) = scored("1: وصل/NOUN و/CCONJ+زير/INTJ\n");
        assert_eq!(
            shown,
            [
                "UPOS (accuracy) 0/3",
                "UPOS, gold cuts (accuracy) 1/3",
                "lemma (accuracy) 1/1",
                "segmentation (accuracy) 1/2",
            ],
            "{errors:?}"
        );
        let cut = "segmentation (accuracy)\tوزير\tgot وزير\tgold و+زير\tوصل وزير";
        assert!(errors.iter().any(|error| error.ends_with(cut)), "{errors:?}");
    }

    #[test]
    fn treebanks_with_conventions_of_their_own_are_judged_by_both() {
        let row = |form: &str, tag: &str, features: &str, rest: &str| {
            format!("1\t{form}\t_\t{tag}\t_\t{features}\t0\troot\t_\t{rest}\n")
        };
        let data = [
            row("قالت", "VERB", "Aspect=Perf", "_"),
            row("أن", "ADP", "_", "SpaceAfter=No"),
            row("ها", "PRON", "Gender=Masc|Number=Sing", "_"),
        ];
        let (shown, errors) = scored(&data.concat());
        assert_eq!(
            shown.iter().map(String::as_str).filter(|line| !line.ends_with("/0")).collect::<Vec<_>>(),
            [
                "UPOS (accuracy) 3/3",
                "UPOS, gold cuts (accuracy) 3/3",
                "UPOS, gold cuts, raw (accuracy) 2/3",
                "UPOS, raw (accuracy) 2/3",
                "feature Aspect 1/1",
                "feature Gender 0/1",
                "feature Number 1/1",
                "segmentation (accuracy) 2/2",
            ],
            "{errors:?}"
        );
    }
}
