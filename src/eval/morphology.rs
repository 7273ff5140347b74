//! Words against annotated ones: cuts of tokens, parts of speech, lemmas and features.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use super::{
    gold::{Gold, GoldWord},
    layers::{by_type, compared, context},
    report::{Counted, Counts},
};
use crate::{
    convert::labels,
    engine::Answer,
    morphology::{
        Word,
        analyser::{Analyser, Marks, compile, readings},
        lexicon::Lexicon,
    },
    span::Span,
    text::TokenKind,
};

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
    judge.counted.extend(analyser(answer, gold));
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

/// What the analyser knows of tokens in Arabic letters by itself, before context chooses and without guessing by shape:
/// whether it has a reading at all, and whether the annotated cut and lemma are among its readings, of which there are
/// `predicted` / `annotated` for a token.
fn analyser(answer: &Answer<'_>, gold: &Gold) -> Counted {
    let mut counted = Counted::new();
    let Some(analyser) = Analyser::embedded() else { return counted };
    let words: Vec<&GoldWord> = gold.tokens.iter().flatten().collect();
    let mut read = Vec::new();
    for (i, token) in answer.text.tokens().iter().enumerate().filter(|(_, token)| token.kind == TokenKind::Word) {
        let normalized = answer.text.normalized(i);
        let first = words.partition_point(|word| word.span.begin < token.span.begin);
        let own = words[first..].iter().take_while(|word| word.span.end <= token.span.end);
        let own: Vec<(usize, &GoldWord)> = own.map(|word| (letters(answer.text.slice(word.span)), *word)).collect();
        let arabic = normalized.chars().all(|c| matches!(c, 'ء'..='غ' | 'ف'..='ي'));
        // an annotator's word may go beyond our token
        if !arabic
            || normalized.chars().nth(1).is_none()
            || own.iter().map(|(n, _)| n).sum::<usize>() != normalized.len()
        {
            continue;
        }
        read.clear();
        readings(Lexicon::embedded(), analyser, normalized, &Marks::of(answer.text.slice(token.span)), &mut read);
        let begins: Vec<usize> =
            own.iter().scan(0, |at, (bytes, _)| Some(std::mem::replace(at, *at + bytes))).collect();
        let right = read.iter().any(|reading| {
            let Range { start, end } = reading.host;
            let proclitics = (0..start).step_by('و'.len_utf8());
            let cut = proclitics.chain([start]).chain(Some(end).filter(|&end| end < normalized.len()));
            let host = begins.iter().position(|&begin| begin == start).and_then(|host| own.get(host));
            let lemma = host.and_then(|(_, word)| word.lemma.as_deref());
            cut.eq(begins.iter().copied()) && lemma.is_none_or(|lemma| reading.lemma == lemma)
        });
        let mut add = |measure: &str, counts| counted.entry(measure.to_owned()).or_default().add(counts);
        add("analyser, known (accuracy)", Counts::of(usize::from(!read.is_empty()), 1, 1));
        add("analyser, right among readings", Counts::of(usize::from(right), read.len(), 1));
    }
    counted
}

/// Bytes of `written` without marks.
fn letters(written: &str) -> usize {
    written.chars().filter(|&c| !compile::mark(c)).map(char::len_utf8).sum()
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
        let question = Question { scored: Scored::Morphology, seen: None, zone: None };
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
                "analyser, known (accuracy) 6/6",
                "analyser, right among readings 6/6",
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
                "analyser, known (accuracy) 2/2",
                "analyser, right among readings 2/2",
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
                "analyser, known (accuracy) 2/2",
                "analyser, right among readings 2/2",
                "feature Aspect 1/1",
                "feature Gender 0/1",
                "feature Number 1/1",
                "segmentation (accuracy) 2/2",
            ],
            "{errors:?}"
        );
    }
}
