//! The web page: one file, right to left, that asks nothing of a network and can be read without its script.
//!
//! ```text
//! article   the text as it was sent, with marks: #d1m1 a mention, #d1q1 a quotation, #d1t1 a time, #d1a1 an amount,
//!           #d1r1 the words of a relation
//! aside     what was extracted, in entries: #d1e1 an entity, #d1q1i, #d1t1i, #d1a1i of the same numbers
//! ```
//!
//! Every mark leads to its entry and every entry to its places. The script shows a copy of the entry beside a mark that is
//! pointed at or focused. Nothing of a document is more than text: everything is escaped, and a policy in the head lets no
//! other script run and nothing be loaded.

mod arabic;
mod marked;
mod marks;
mod panel;
mod timeline;
mod words;

use std::{
    borrow::Cow,
    io::{self, Write},
};

use base64::{Engine as _, prelude::BASE64_STANDARD};
use jiff::tz::TimeZone;
use sha2::{Digest as _, Sha256};

use super::{Show, labels};
use crate::pb;
use marks::Mark;

pub use words::analysis;

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// Begins the page.
pub fn begin(out: &mut dyn Write, title: &str) -> io::Result<()> {
    let digest = BASE64_STANDARD.encode(Sha256::digest(SCRIPT.as_bytes()));
    let policy = format!(
        "default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    );
    write!(
        out,
        r#"<!DOCTYPE html>
<html lang="ar" dir="rtl">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>{}</title>
<style>
{STYLE}</style>
</head>
<body>
<main>
"#,
        escape(title)
    )
}

/// Ends the page.
pub fn end(out: &mut dyn Write) -> io::Result<()> {
    write!(
        out,
        r#"</main>
<div id="card" role="tooltip" popover="manual"></div>
<script>{SCRIPT}</script>
</body>
</html>
"#
    )
}

/// A document with what was extracted from it; `number` tells documents of a page apart.
pub fn extraction(out: &mut dyn Write, number: usize, show: &Show<'_>, answer: &pb::ExtractResponse) -> io::Result<()> {
    let page = Page { id: format!("d{number}"), answer, show, zone: show.zone };
    head(out, show.name, &answer.warnings)?;
    page.facts(out)?;
    panel::legend(out)?;
    out.write_all(b"</header>\n<div class=\"columns\">\n")?;
    text(out, show.text, &answer.language, page.marks())?;
    page.panel(out)?;
    out.write_all(b"</div>\n</section>\n")
}

/// Begins the section of a document and its header.
fn head(out: &mut dyn Write, name: &str, warnings: &[pb::Warning]) -> io::Result<()> {
    writeln!(out, "<section class=\"document\">\n<header>\n<h1><bdi>{}</bdi></h1>", escape(name))?;
    for warning in warnings {
        match arabic::warning(&warning.code) {
            Some(told) => writeln!(out, r#"<p class="warning">{told}</p>"#)?,
            None => writeln!(out, r#"<p class="warning" lang="en" dir="ltr">{}</p>"#, escape(&warning.message))?,
        }
    }
    Ok(())
}

fn text(out: &mut dyn Write, text: &str, language: &str, marks: Vec<Mark>) -> io::Result<()> {
    // an Arabic text that begins with a word in Latin letters goes from right to left all the same
    let direction = if language.starts_with("ar") { "rtl" } else { "auto" };
    write!(out, r#"<article lang="{}" dir="{direction}">"#, escape(language))?;
    marks::write(out, text, marks)?;
    out.write_all(b"</article>\n")
}

/// What was extracted from one document of the page.
struct Page<'a> {
    /// Begins every id of the document.
    id: String,
    answer: &'a pb::ExtractResponse,
    show: &'a Show<'a>,
    /// Where days begin.
    zone: &'a TimeZone,
}

impl Page<'_> {
    /// When the document was published, and how much was found in it.
    fn facts(&self, out: &mut dyn Write) -> io::Result<()> {
        let answer = self.answer;
        let published = self.show.published.map(|date| format!("نُشر {}", arabic::day(date)));
        let counts = [
            (arabic::QUOTATIONS, answer.quotations.len()),
            (arabic::ENTITIES, answer.entities.len()),
            (arabic::TIMES, answer.times.len()),
            (arabic::AMOUNTS, answer.amounts.len()),
        ];
        let counts = counts.into_iter().filter(|(_, n)| *n > 0).map(|(counted, n)| counted.count(n));
        let facts: Vec<_> = published.into_iter().chain(counts).map(|fact| format!("<span>{fact}</span>")).collect();
        if facts.is_empty() { Ok(()) } else { writeln!(out, r#"<p class="facts">{}</p>"#, facts.join(" ")) }
    }

    /// What `speaker` is called.
    fn speaker<'s>(&'s self, speaker: &'s pb::Speaker) -> &'s str {
        labels::entity(self.answer, &speaker.entity_id).map_or(&speaker.text, |entity| &entity.name)
    }

    /// The colour of a quotation and its speaker, in degrees: one for each speaker, far from its neighbours'.
    fn hue(quotation: &pb::Quotation) -> String {
        let speaker = quotation.speakers.first();
        let index = speaker.and_then(|s| s.entity_id.strip_prefix('e')).and_then(|number| number.parse::<u32>().ok());
        // the golden angle
        index.map_or_else(|| "none".to_owned(), |index| (index.wrapping_mul(137) % 360).to_string())
    }
}

/// `text` as it stands between tags and in attributes.
fn escape(text: &str) -> Cow<'_, str> {
    if !text.contains(['&', '<', '>', '"', '\'', '\r', '\0']) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            // a bare one would be read as a line feed
            '\r' => escaped.push_str("&#13;"),
            // HTML has no way to write it
            '\0' => escaped.push('\u{FFFD}'),
            c => escaped.push(c),
        }
    }
    Cow::Owned(escaped)
}
