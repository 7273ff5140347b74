//! A document with its words: each shows what it is made of while it is pointed at.

use std::io::{self, Write};

use super::{Show, escape, head, labels, marked::mark, text};
use crate::pb;

/// A document with its words.
pub fn analysis(out: &mut dyn Write, _number: usize, show: &Show<'_>, answer: &pb::AnalyzeResponse) -> io::Result<()> {
    head(out, show.name, &answer.warnings)?;
    out.write_all(b"</header>\n")?;
    let mut marks = Vec::new();
    for (number, sentence) in (1..).zip(&answer.sentences) {
        let once = format!(r#" data-n="{number}""#);
        marks.extend(mark(sentence.span, 0, r#" class="sentence""#.to_owned(), once));
        for token in &sentence.tokens {
            let words: Vec<_> = token
                .words
                .iter()
                .map(|word| [word.underlying.as_str(), &word.upos, &word.lemma].join(" ").trim().to_owned())
                .collect();
            let host =
                token.words.iter().map(|word| word.upos.to_lowercase()).find(|upos| upos != "adp" && upos != "cconj");
            let kind = labels::words(token.kind().as_str_name(), "TOKEN_KIND_");
            let card = if words.is_empty() { kind } else { words.join("\n") };
            let class = host.unwrap_or_default();
            let attributes = format!(r#" class="token {}" tabindex="0" data-card="{}""#, escape(&class), escape(&card));
            marks.extend(mark(token.span, 1, attributes, String::new()));
        }
    }
    text(out, show.text, &answer.language, marks)?;
    out.write_all(b"</section>\n")
}
