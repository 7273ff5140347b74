//! Recall on names that neither a list nor the training documents have: what a learner can add to them.

use std::io::BufRead;

use rustc_hash::FxHashSet;

use super::{
    EvalError,
    gold::{self, Gold, GoldMention},
    layers,
    report::{Counted, Counts},
};
use crate::{
    engine::Answer,
    entities::Recognizer,
    text::{Buffers, Text, TokenKind},
};

/// The names of documents that something was made or learned from.
#[derive(Debug, Default)]
pub struct Seen {
    /// Folded words joined by one space, in each form that the name could take again.
    names: FxHashSet<String>,
}

impl Seen {
    /// Adds the mentions of the annotated documents of `data`, of every type.
    ///
    /// # Errors
    /// [`EvalError`] where the data cannot be read or is not annotated documents.
    pub fn add(&mut self, data: impl BufRead) -> Result<(), EvalError> {
        for sample in gold::read(data) {
            let sample = sample?;
            for mention in sample.gold.mentions {
                self.names.extend(forms(&sample.document.text[mention.span.range()]));
            }
        }
        Ok(())
    }

    /// The mentions of `gold`, a document of the words `text`, that nothing but their form and context can tell.
    ///
    /// A mention is known where a list has its whole surface (see [`Recognizer::lists`]) or where it is a mention of the
    /// training documents. Letters are folded, quotation marks left out, and an article is added or taken off, since the
    /// same name stands with it and without. Types are disregarded: whoever knows the name may well guess its type. A
    /// name of listed parts counts as unseen, as وزارة and its field do: the rule that joins them must still be right.
    pub(super) fn unseen<'g>(&self, lists: &Recognizer, text: &str, gold: &'g Gold) -> Vec<&'g GoldMention> {
        let known = |form: String| self.names.contains(&form) || lists.lists(&form);
        let unseen = |mention: &&GoldMention| !forms(&text[mention.span.range()]).any(known);
        gold.mentions.iter().filter(unseen).collect()
    }
}

/// The folded words of `surface`, joined by one space; with the article and without; and with what a ل before them
/// swallowed.
fn forms(surface: &str) -> impl Iterator<Item = String> {
    let text = Text::read(surface, Buffers::default());
    let said = |&token: &usize| text.tokens()[token].kind != TokenKind::Punctuation;
    let words: Vec<&str> = (0..text.tokens().len()).filter(said).map(|token| text.folded(token)).collect();
    let name = words.join(" ");
    let other = match name.strip_prefix("ال") {
        Some(bare) => bare.to_owned(),
        None => format!("ال{name}"),
    };
    let swallowed = name.starts_with('ل').then(|| format!("ا{name}"));
    [name, other].into_iter().chain(swallowed)
}

/// How many of the `unseen` mentions were found, with span and type: all and per type. There is no precision: what is
/// made up is neither seen nor unseen.
pub(super) fn recall(
    answer: &Answer<'_>,
    gold: &Gold,
    unseen: &[&GoldMention],
    errors: &mut dyn FnMut(&str),
) -> Counted {
    let predicted = layers::labelled(answer);
    let mut counted = Counted::from([("unseen".to_owned(), Counts::recalled(0, 0))]);
    for GoldMention { span, kind, .. } in unseen {
        let found = predicted.contains(&(*span, kind.as_str()));
        if !found {
            errors(&format!("{}\tmissed unseen\t{kind}\t{}", gold.id, answer.text.slice(*span)));
        }
        for measure in ["unseen".to_owned(), format!("unseen {kind}")] {
            counted.entry(measure).or_default().add(Counts::recalled(usize::from(found), 1));
        }
    }
    counted
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The surfaces of `names`, each a mention of its own, that are unseen after `training` (a line of data).
    fn unseen(training: &str, names: &[&str]) -> Vec<String> {
        let mut seen = Seen::default();
        seen.add(training.as_bytes()).unwrap();
        let lists = Recognizer::default();
        let unseen = |name: &&&str| {
            let span = crate::span::Span::new(0, name.len());
            let mention = GoldMention { span, kind: "ORG".to_owned(), entity: "e1".to_owned() };
            let gold = Gold { mentions: vec![mention], ..Gold::default() };
            !seen.unseen(&lists, name, &gold).is_empty()
        };
        names.iter().filter(unseen).map(|&name| name.to_owned()).collect()
    }

    #[test]
    fn what_lists_and_training_have_is_seen() {
        let training =
            r#"{"id": "1", "text": "شركة الورد الأزرق", "mentions": [{"begin": 0, "end": 17, "type": "ORG"}]}"#;
        let names = ["شركة الورد الأزرق", "شركة «الورد الازرق»", "الدوحة", "لدوحة", "وزيرة", "التونسيون"];
        assert_eq!(unseen(training, &names), [""; 0]);
        assert_eq!(unseen("", &["شركة الورد الأزرق", "الدوحة"]), ["شركة الورد الأزرق"]);
        assert_eq!(unseen(training, &["شركة الورد الأصفر", "الورد الأزرق"]), ["شركة الورد الأصفر", "الورد الأزرق"]);
    }

    #[test]
    fn articles_come_and_go() {
        let training = r#"{"id": "1", "text": "اللهيبورة", "mentions": [{"begin": 0, "end": 9, "type": "PER"}]}"#;
        assert_eq!(unseen(training, &["للهيبورة", "لهيبورة", "اللهيبورة", "هيبورة"]), ["هيبورة"]);
    }
}
