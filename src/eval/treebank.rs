//! Texts whose words are annotated, in one of two forms, told by their lines:
//!
//! - CoNLL-U (<https://universaldependencies.org/format.html>), in which every word's form is a piece of the text. Each
//!   sentence is a document. Tags are made to agree with the other form's by `resources/treebank_tags.tsv`; lemmas follow
//!   conventions of their own and are left out.
//! - Lines `N: ` and tokens of `form/UPOS[/lemma]`, the words of a token joined by `+`. A lemma stands where it is not the
//!   form without article and diacritics. A line `# ID` begins a document.

use std::{
    io::{self, BufRead},
    sync::LazyLock,
};

use rustc_hash::FxHashMap;

use super::{
    EvalError,
    gold::{self, Gold, GoldWord, Sample},
};
use crate::{convert::labels, morphology::Upos, span::Span};

/// The documents of `data`.
pub(crate) fn read(data: impl BufRead) -> Result<Vec<Sample>, EvalError> {
    let content = io::read_to_string(data)?;
    let first = content.lines().find(|line| !line.trim().is_empty() && !line.starts_with('#'));
    if first.is_some_and(|line| line.contains('\t')) { conllu(&content) } else { lines(&content) }
}

/// A document under way.
#[derive(Default)]
struct Builder {
    text: String,
    gold: Gold,
}

impl Builder {
    /// Begins a token after `space`, or the text.
    fn begin(&mut self, space: char) {
        if !self.text.is_empty() {
            self.text.push(space);
        }
        self.gold.tokens.push(Vec::new());
    }

    /// Adds `form` to the last token; `word` has its annotation.
    fn push(&mut self, form: &str, word: GoldWord) {
        let begin = self.text.len();
        self.text.push_str(form);
        if let Some(token) = self.gold.tokens.last_mut() {
            token.push(GoldWord { span: Span::new(begin, self.text.len()), ..word });
        }
    }

    /// Ends the document, appends it to `samples` where it has words, and begins another.
    fn finish(&mut self, samples: &mut Vec<Sample>) {
        let Self { text, gold } = std::mem::take(self);
        if !gold.tokens.is_empty() {
            samples.push(Sample { document: gold::document(gold.id.clone(), text, None), gold });
        }
    }
}

/// Reads lines of `form/UPOS[/lemma]`.
fn lines(content: &str) -> Result<Vec<Sample>, EvalError> {
    let mut samples = Vec::new();
    let mut builder = Builder::default();
    for (line, number) in content.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty()) {
        if let Some(id) = line.strip_prefix("# ") {
            builder.finish(&mut samples);
            id.trim().clone_into(&mut builder.gold.id);
            continue;
        }
        let bad = || EvalError::Words { line: number, wanted: "N: and tokens of form/UPOS[/lemma] joined by +" };
        let (_, tokens) = line.split_once(": ").filter(|(n, _)| n.parse::<u32>().is_ok()).ok_or_else(bad)?;
        let mut space = '\n';
        for token in tokens.split(' ').filter(|token| !token.is_empty()) {
            builder.begin(std::mem::replace(&mut space, ' '));
            // a + may be a letter of the text: then what stands before it has no tag yet
            let mut begin = 0;
            for end in token.match_indices('+').map(|(at, _)| at).chain([token.len()]) {
                if let Some((form, word)) = token.get(begin..end).and_then(tagged) {
                    builder.push(form, word);
                    begin = end + 1;
                }
            }
            if begin <= token.len() {
                return Err(bad());
            }
        }
    }
    builder.finish(&mut samples);
    Ok(samples)
}

/// The form of `form/UPOS[/lemma]`, and what is annotated.
fn tagged(word: &str) -> Option<(&str, GoldWord)> {
    let parted = |word: &'_ str| word.rsplit_once('/').and_then(|(form, tag)| Some((form.len(), upos(tag)?)));
    let (end, upos, lemma) = match (parted(word), word.rsplit_once('/')) {
        (Some((end, upos)), _) => (end, upos, None),
        (None, Some((before, lemma))) => parted(before).map(|(end, upos)| (end, upos, Some(lemma)))?,
        (None, None) => return None,
    };
    let form = word.get(..end).filter(|form| !form.is_empty())?;
    let lemma = matches!(upos, Upos::Noun | Upos::Verb | Upos::Adj).then(|| match lemma {
        Some(lemma) => bare(lemma),
        None => {
            let form = bare(form);
            form.strip_prefix("ال").map_or_else(|| form.clone(), str::to_owned)
        }
    });
    Some((form, GoldWord { lemma, ..GoldWord::new(upos) }))
}

/// Reads CoNLL-U.
fn conllu(content: &str) -> Result<Vec<Sample>, EvalError> {
    let mut samples = Vec::new();
    let mut builder = Builder::default();
    // whether white space stands before the next word
    let mut spaced = true;
    for (line, number) in content.lines().zip(1..) {
        if line.trim().is_empty() {
            builder.finish(&mut samples);
            spaced = true;
            continue;
        }
        if let Some(comment) = line.strip_prefix('#') {
            if let Some(id) = comment.trim().strip_prefix("sent_id = ") {
                id.clone_into(&mut builder.gold.id);
            }
            continue;
        }
        let bad = || EvalError::Words {
            line: number,
            wanted: "a word in the ten columns of CoNLL-U, its form a piece of the text",
        };
        let columns: Vec<&str> = line.split('\t').collect();
        let [id, form, _, tag, _, features, _, _, _, rest] = columns[..] else { return Err(bad()) };
        let tag = upos(tag).filter(|_| id.parse::<u32>().is_ok()).ok_or_else(bad)?;
        if spaced {
            builder.begin(' ');
        }
        spaced = !rest.split('|').any(|item| item == "SpaceAfter=No");
        let word = GoldWord {
            tagged: Some(tag),
            features: (features != "_").then(|| features.to_owned()),
            ..GoldWord::new(harmonized(form, tag))
        };
        builder.push(form, word);
    }
    builder.finish(&mut samples);
    Ok(samples)
}

/// The part of speech of `form` here, where a treebank in CoNLL-U has `tag`.
fn harmonized(form: &str, tag: Upos) -> Upos {
    static TAGS: LazyLock<FxHashMap<(&str, Upos), Upos>> = LazyLock::new(|| {
        let rows = include_str!("../../resources/treebank_tags.tsv").lines().filter(|row| !row.starts_with('#'));
        let fields = rows.filter_map(|row| {
            let mut fields = row.split('\t');
            Some((fields.next()?, fields.next()?, upos(fields.next()?)?))
        });
        fields
            .flat_map(|(form, tags, own)| tags.split(' ').filter_map(move |tag| Some(((form, upos(tag)?), own))))
            .collect()
    });
    TAGS.get(&(bare(form).as_str(), tag)).copied().unwrap_or(tag)
}

/// The part of speech that Universal Dependencies call `name`.
fn upos(name: &str) -> Option<Upos> {
    labels::UPOS.into_iter().find(|&upos| labels::upos(upos).0 == name)
}

/// `form` without diacritics and tatweel.
fn bare(form: &str) -> String {
    form.chars().filter(|c| !matches!(c, '\u{0640}' | '\u{064B}'..='\u{0652}' | '\u{0670}')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text, and the words of each token: `form/UPOS/lemma`, with the treebank's own tag where it is another.
    fn shown(data: &str) -> Vec<String> {
        let samples = read(data.as_bytes()).unwrap();
        let word = |text: &str, word: &GoldWord| {
            let tag = |upos| labels::upos(upos).0;
            let raw = word.tagged.map_or_else(String::new, |upos| format!("({})", tag(upos)));
            let lemma = word.lemma.as_ref().map_or_else(String::new, |lemma| format!("/{lemma}"));
            let features = word.features.as_ref().map_or_else(String::new, |features| format!(" {features}"));
            format!("{}/{}{raw}{lemma}{features}", &text[word.span.range()], tag(word.upos))
        };
        let shown = samples.iter().map(|Sample { document, gold }| {
            let token =
                |token: &Vec<GoldWord>| token.iter().map(|w| word(&document.text, w)).collect::<Vec<_>>().join("+");
            format!("{}: {} = {}", gold.id, document.text, gold.tokens.iter().map(token).collect::<Vec<_>>().join(" "))
        });
        shown.collect()
    }

    #[test]
    fn lines_become_articles() {
        let data = "# a-1\n1: وَصل/VERB الوفد/NOUN\n2: و/CCONJ+قالت/VERB/قال ل/ADP+لجنة/NOUN/لجنة+./PUNCT\n\n# b\n3: +/SYM 1/2/NUM أ+ب/X\n";
        assert_eq!(
            shown(data),
            [
                "a-1: وَصل الوفد\nوقالت للجنة. = وَصل/VERB/وصل الوفد/NOUN/وفد و/CCONJ+قالت/VERB/قال ل/ADP+لجنة/NOUN/لجنة+./PUNCT",
                "b: + 1/2 أ+ب = +/SYM 1/2/NUM أ+ب/X",
            ]
        );
    }

    #[test]
    fn sentences_of_conllu_become_documents() {
        let row = |id: &str, form: &str, tag: &str, features: &str, rest: &str| {
            format!("{id}\t{form}\tlemma\t{tag}\t_\t{features}\t0\troot\t_\t{rest}\n")
        };
        let data = [
            "# newdoc\n# sent_id = s1\n".to_owned(),
            row("1", "قال", "VERB", "Aspect=Perf|Number=Sing", "_"),
            row("2", "أنَّ", "ADP", "_", "Gloss=x|SpaceAfter=No"),
            row("3", "ه", "PRON", "_", "_"),
            "\n# sent_id = s2\n".to_owned(),
            row("1", "نعم", "INTJ", "_", "_"),
        ];
        assert_eq!(
            shown(&data.concat()),
            [
                "s1: قال أنَّه = قال/VERB(VERB) Aspect=Perf|Number=Sing أنَّ/SCONJ(ADP)+ه/PRON(PRON)",
                "s2: نعم = نعم/INTJ(INTJ)"
            ]
        );
    }

    #[test]
    fn what_is_no_annotated_word_is_told_by_its_line() {
        let range = "1\tقال\t_\tVERB\t_\t_\t0\troot\t_\t_\n2-3\tبه\t_\t_\t_\t_\t_\t_\t_\t_\n";
        for (data, line) in
            [("1: قال/VERB\n2: قال", 2), ("قال/VERB", 1), ("1: قال/VERBE", 1), ("1: /VERB", 1), (range, 2)]
        {
            let error = read(data.as_bytes()).unwrap_err().to_string();
            assert!(error.starts_with(&format!("line {line} is not")), "{data}: {error}");
        }
        assert!(read("".as_bytes()).unwrap().is_empty());
    }

    #[test]
    fn every_row_of_the_table_says_something() {
        let rows = include_str!("../../resources/treebank_tags.tsv").lines().filter(|row| !row.starts_with('#'));
        for row in rows {
            let [form, tags, own, why] = row.split('\t').collect::<Vec<_>>()[..] else { panic!("{row}") };
            assert!(bare(form) == form && !why.is_empty(), "{row}");
            let own = upos(own).expect(row);
            for tag in tags.split(' ').map(|tag| upos(tag).expect(row)) {
                assert!(tag != own && harmonized(form, tag) == own, "{row}");
            }
        }
    }
}
