//! ANERcorp (Benajiba et al. 2007): a word, a tab and a tag a line, a blank line after each sentence. The tags are O and
//! PERS, LOC, ORG and MISC with B- or I- before them; words keep their clitics, and no mention lies in another.

use std::io::BufRead;

use super::{
    EvalError,
    gold::{self, Gold, GoldMention, Sample},
    layers::{self, Labelled},
    report::Counted,
};
use crate::{
    engine::Answer,
    entities::{EntityType, MentionType},
    span::Span,
};

/// Sentences that are read as one document: the files have no bounds of articles, which are about as long.
const SENTENCES: usize = 15;

/// ANERcorp's label of a mention type, and `None` where most of its mentions have none there: the words of nationality,
/// titles, buildings, agreements and events are mostly unmarked, and a place, body or person inside them is marked.
fn label(kind: MentionType) -> Option<&'static str> {
    use EntityType::{Event, Facility, Geopolitical, Group, Law, Location, Organization, Person, Product, Work};
    match kind {
        MentionType::Entity(Person) => Some("PERS"),
        MentionType::Entity(Geopolitical | Location) => Some("LOC"),
        MentionType::Entity(Organization) => Some("ORG"),
        MentionType::Entity(Product | Work) => Some("MISC"),
        MentionType::Entity(Facility | Group | Event | Law) | MentionType::Title | MentionType::Nationality => None,
    }
}

/// Strict F1 of labelled runs of words, `micro` over the four labels and of each.
pub(super) fn score(answer: &Answer<'_>, gold: &Gold, errors: &mut dyn FnMut(&str)) -> Counted {
    let (predicted, annotated) = (runs(answer, &gold.words), layers::annotated(gold));
    layers::wrong(answer, gold, &predicted, &annotated, errors);
    layers::by_type("micro", &predicted, &annotated)
}

/// The mentions that have a label and hold none that has one (غرب أفريقيا is marked as أفريقيا alone), each widened to the
/// words that it touches.
fn runs(answer: &Answer<'_>, words: &[Span]) -> Labelled<'static> {
    let named = answer.entities.mentions.iter().filter(|m| !m.points_back());
    let labelled: Labelled<'_> = named.filter_map(|m| Some((m.span, label(m.kind)?))).collect();
    let holds = |outer: Span| labelled.iter().any(|&(inner, _)| inner != outer && outer.contains(inner));
    let innermost = labelled.iter().filter(|&&(span, _)| !holds(span));
    innermost.filter_map(|&(span, label)| Some((touched(words, span)?, label))).collect()
}

/// From the first to the last of `words` that share a byte with `span`.
fn touched(words: &[Span], span: Span) -> Option<Span> {
    let first = words.partition_point(|word| word.end <= span.begin);
    let last = words.partition_point(|word| word.begin < span.end).checked_sub(1)?;
    (first <= last).then(|| words[first].cover(words[last]))
}

/// The documents of `data`, [`SENTENCES`] sentences each.
pub(super) fn read(data: impl BufRead) -> impl Iterator<Item = Result<Sample, EvalError>> {
    let mut lines = data.lines().zip(1..);
    std::iter::from_fn(move || {
        let mut block = Block::default();
        while block.sentences < SENTENCES {
            let Some((line, number)) = lines.next() else { break };
            let pushed = line.map_err(EvalError::from).and_then(|line| block.push(&line, number));
            if let Err(error) = pushed {
                return Some(Err(error));
            }
        }
        (!block.gold.words.is_empty()).then(|| Ok(block.finish()))
    })
}

/// Sentences that become a document.
#[derive(Default)]
struct Block {
    text: String,
    gold: Gold,
    sentences: usize,
    /// Whether the last word is of the sentence that is being read.
    inside: bool,
    /// The label of the last word in this sentence.
    last: Option<String>,
}

impl Block {
    /// Reads line `number`. Words of a sentence are joined by a blank, sentences by a line feed.
    fn push(&mut self, line: &str, number: usize) -> Result<(), EvalError> {
        if line.trim().is_empty() {
            self.sentences += usize::from(self.inside);
            (self.inside, self.last) = (false, None);
            return Ok(());
        }
        let bad = || EvalError::Tag { line: number };
        let (word, tag) = line.split_once('\t').filter(|(word, _)| !word.is_empty()).ok_or_else(bad)?;
        let (place, label) = match tag.trim_end() {
            "O" => ("O", None),
            tag => tag.split_once('-').map(|(place, label)| (place, Some(label))).ok_or_else(bad)?,
        };
        if !matches!((place, label), ("O", None) | ("B" | "I", Some("PERS" | "LOC" | "ORG" | "MISC"))) {
            return Err(bad());
        }
        if !self.text.is_empty() {
            self.text.push(if self.inside { ' ' } else { '\n' });
        } else {
            self.gold.id = format!("line {number}");
        }
        let begin = self.text.len();
        self.text.push_str(word);
        let span = Span::new(begin, self.text.len());
        self.gold.words.push(span);
        // an I- that continues nothing begins a mention, as others score it
        let continued = place == "I" && self.last.as_deref() == label;
        match (self.gold.mentions.last_mut().filter(|_| continued), label) {
            (Some(mention), _) => mention.span = mention.span.cover(span),
            (None, Some(label)) => {
                let entity = format!("own-{number}");
                self.gold.mentions.push(GoldMention { span, kind: label.to_owned(), entity });
            }
            (None, None) => {}
        }
        (self.inside, self.last) = (true, label.map(str::to_owned));
        Ok(())
    }

    fn finish(self) -> Sample {
        Sample { document: gold::document(self.gold.id.clone(), self.text, None), gold: self.gold }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::{
        document::{Layer, Layers},
        engine::{Engine, Stop, Worker},
    };

    fn samples(tsv: &str) -> Vec<Sample> {
        read(tsv.as_bytes()).collect::<Result<_, _>>().unwrap()
    }

    /// `label surface` of each annotated mention.
    fn annotated(sample: &Sample) -> Vec<String> {
        let surface = |m: &GoldMention| format!("{} {}", m.kind, &sample.document.text[m.span.range()]);
        sample.gold.mentions.iter().map(surface).collect()
    }

    #[test]
    fn words_and_tags_become_a_text_and_mentions() {
        let tsv = "وصل\tO\nوسمير\tB-PERS\nالكناني\tI-PERS\nسمير\tB-PERS\n\n\nفي\tO\nقطر‏\tI-LOC\nشركة\tI-ORG\n.\tO\n";
        let [sample] = &samples(tsv)[..] else { panic!("one document") };
        assert_eq!(sample.document.text, "وصل وسمير الكناني سمير\nفي قطر‏ شركة .");
        assert_eq!(annotated(sample), ["PERS وسمير الكناني", "PERS سمير", "LOC قطر‏", "ORG شركة"]);
        let words: Vec<&str> = sample.gold.words.iter().map(|word| &sample.document.text[word.range()]).collect();
        assert_eq!(words, ["وصل", "وسمير", "الكناني", "سمير", "في", "قطر‏", "شركة", "."]);
        assert_eq!(samples(&"قطر\tB-LOC\n\n".repeat(SENTENCES + 1)).len(), 2);
        assert!(samples("\n\n").is_empty());
        for wrong in ["قطر", "\tO", "قطر\tLOC", "قطر\tB-GPE", "قطر\tB-"] {
            let error = read(wrong.as_bytes()).next().unwrap().unwrap_err();
            assert!(matches!(error, EvalError::Tag { line: 1 }), "{wrong}: {error}");
        }
    }

    #[test]
    fn mentions_are_widened_to_words_and_titles_left_out() {
        let words = "قال وزير الخارجية القطري إنه سيسافر للدوحة وبغداد ثم غرب أفريقيا‏ ,‏";
        let tsv: String = words.split(' ').map(|word| format!("{word}\tO\n")).collect();
        let [sample] = &samples(&tsv)[..] else { panic!("one document") };
        let mut worker = Worker::new(Arc::new(Engine::default()));
        let layers = Layers::of(&[Layer::Entities]);
        let found = worker.run(&sample.document, layers, &Stop::default(), |answer| {
            let runs = runs(answer, &sample.gold.words);
            runs.iter().map(|(span, label)| format!("{label} {}", answer.text.slice(*span))).collect::<Vec<_>>()
        });
        assert_eq!(found.unwrap(), ["LOC للدوحة", "LOC وبغداد", "LOC أفريقيا‏"]);
    }
}
