//! The web page: one file without scripts that asks nothing of a network.
//!
//! The text stands as it was sent; who is named, who said what, when and how much is marked in it and listed beside it.

mod marks;

use std::{
    borrow::Cow,
    cmp::Reverse,
    collections::BTreeMap,
    io::{self, Write},
};

use super::{
    Show,
    labels::{self, GROUPS},
};
use crate::pb;
use marks::Mark;

const STYLE: &str = include_str!("page.css");

/// Begins the page.
pub fn begin(out: &mut dyn Write, title: &str) -> io::Result<()> {
    write!(
        out,
        r#"<!DOCTYPE html>
<html lang="ar" dir="rtl">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{}</title>
<style>
{STYLE}</style>
</head>
<body>
"#,
        escape(title)
    )
}

/// Ends the page.
pub fn end(out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b"</body>\n</html>\n")
}

/// A document with what was extracted from it; `number` tells documents of a page apart.
pub fn extraction(out: &mut dyn Write, number: usize, show: &Show<'_>, answer: &pb::ExtractResponse) -> io::Result<()> {
    let page = Extraction { id: format!("d{number}"), answer };
    page.highlights(out)?;
    head(out, show.name, &answer.warnings)?;
    out.write_all(br#"<div class="columns">"#)?;
    text(out, show.text, &answer.language, page.marks())?;
    out.write_all(b"<aside>\n")?;
    page.entities(out)?;
    page.quotations(out)?;
    let times = answer.times.iter().map(|time| (time.text.as_str(), time.value.as_str(), ""));
    table(out, "Times", "الأوقات", times.collect())?;
    let amounts = answer.amounts.iter().map(|amount| (amount.text.as_str(), amount.value.as_str(), &*amount.unit));
    table(out, "Amounts", "المقادير", amounts.collect())?;
    page.relations(out)?;
    out.write_all(b"</aside>\n</div>\n</section>\n")
}

/// A document with its words.
pub fn analysis(out: &mut dyn Write, _number: usize, show: &Show<'_>, answer: &pb::AnalyzeResponse) -> io::Result<()> {
    head(out, show.name, &answer.warnings)?;
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

fn head(out: &mut dyn Write, name: &str, warnings: &[pb::Warning]) -> io::Result<()> {
    writeln!(out, "<section>\n<h1><bdi>{}</bdi></h1>", escape(name))?;
    for warning in warnings {
        writeln!(out, r#"<p class="warning" dir="ltr">{}</p>"#, escape(&warning.message))?;
    }
    Ok(())
}

fn text(out: &mut dyn Write, text: &str, language: &str, marks: Vec<Mark>) -> io::Result<()> {
    write!(out, r#"<article lang="{}">"#, escape(language))?;
    marks::write(out, text, marks)?;
    out.write_all(b"</article>\n")
}

fn heading(out: &mut dyn Write, english: &str, arabic: &str) -> io::Result<()> {
    writeln!(out, r#"<h2>{arabic} <small lang="en" dir="ltr">{english}</small></h2>"#)
}

/// Rows of an expression, its value and its unit.
fn table(out: &mut dyn Write, english: &str, arabic: &str, rows: Vec<(&str, &str, &str)>) -> io::Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    heading(out, english, arabic)?;
    out.write_all(b"<table>\n")?;
    for (text, value, unit) in rows {
        let value = if value.is_empty() { "?" } else { value };
        let (text, value, unit) = (escape(text), escape(value), escape(unit));
        writeln!(out, r#"<tr><td>{text}</td><td dir="ltr">{value} {unit}</td></tr>"#)?;
    }
    out.write_all(b"</table>\n")
}

/// What was extracted from one document of the page.
struct Extraction<'a> {
    /// Begins every id and class of the document.
    id: String,
    answer: &'a pb::ExtractResponse,
}

impl Extraction<'_> {
    /// One rule for each entity: all its mentions show while one is pointed at or chosen.
    fn highlights(&self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(b"<style>\n")?;
        // a browser tries each of them when the pointer moves
        for entity in self.answer.entities.iter().take(500) {
            let class = escape(&entity.id);
            let id = &self.id;
            writeln!(out, ":root:has(.{id}{class}:is(:hover, :focus-visible, :target)) .{id}{class} {{ --on: 1 }}")?;
        }
        out.write_all(b"</style>\n")
    }

    fn marks(&self) -> Vec<Mark> {
        let id = &self.id;
        let mut marks = Vec::new();
        let mut speakers: BTreeMap<(i32, i32), Vec<usize>> = BTreeMap::new();
        for (number, quotation) in (1..).zip(&self.answer.quotations) {
            let who = escape(&self.speakers(quotation)).into_owned();
            let hue = self.hue(quotation);
            for (piece, content) in quotation.content.iter().enumerate() {
                let attributes = format!(r#" class="quotation" style="--hue: {hue}""#);
                let label = format!(r#" data-label="{number} {who}""#);
                let once = if piece == 0 { format!(r#" id="{id}q{number}"{label}"#) } else { label };
                marks.extend(mark(content.span, 0, attributes, once));
            }
            if let Some(cue) = &quotation.cue {
                let label = labels::words(cue.category().as_str_name(), "CUE_CATEGORY_");
                let attributes = format!(r#" class="cue" style="--hue: {hue}" tabindex="0" data-card="{label}""#);
                marks.extend(mark(cue.span, 4, attributes, String::new()));
            }
            for span in quotation.speakers.iter().filter_map(|speaker| speaker.span) {
                speakers.entry((span.begin, span.end)).or_default().push(number);
            }
        }
        for ((begin, end), numbers) in speakers {
            let hue = self.answer.quotations.get(numbers[0] - 1).map_or_else(String::new, |q| self.hue(q));
            let numbers = numbers.iter().map(usize::to_string).collect::<Vec<_>>().join(", ");
            let once = format!(r#" data-label="{numbers}""#);
            let attributes = format!(r#" class="speaker" style="--hue: {hue}""#);
            marks.extend(mark(Some(pb::Span { begin, end }), 1, attributes, once));
        }
        for entity in &self.answer.entities {
            let kind = labels::words(entity.r#type().as_str_name(), "ENTITY_TYPE_");
            let entity_id = escape(&entity.id);
            let titles: Vec<_> = labels::titles(entity).into_iter().take(3).collect();
            let mut card = vec![entity.name.clone(), entity.latin_name.clone(), titles.join("، ")];
            card.push(format!("{kind} · {}", labels::mentions(entity.mentions.len())));
            card.retain(|line| !line.is_empty());
            let card = escape(&card.join("\n")).into_owned();
            for mention in &entity.mentions {
                let role = match mention.r#type() {
                    pb::MentionType::Title => " title",
                    pb::MentionType::Nationality => " nationality",
                    _ => "",
                };
                let attributes = format!(r#" class="mention {kind}{role} {id}{entity_id}" data-card="{card}""#);
                let link = format!("#{id}{entity_id}");
                let mention = mark(mention.span, 3, attributes, String::new());
                marks.extend(mention.map(|mention| Mark { link, ..mention }));
            }
        }
        for time in &self.answer.times {
            let value = if time.value.is_empty() { "?" } else { &time.value };
            let attributes = format!(r#" class="time" tabindex="0" data-card="{}""#, escape(value));
            marks.extend(mark(time.span, 2, attributes, String::new()));
        }
        for amount in &self.answer.amounts {
            let card = format!("{} {}", amount.value, amount.unit);
            let attributes = format!(r#" class="amount" tabindex="0" data-card="{}""#, escape(card.trim()));
            marks.extend(mark(amount.span, 2, attributes, String::new()));
        }
        marks
    }

    fn entities(&self, out: &mut dyn Write) -> io::Result<()> {
        for group in GROUPS {
            let mut of_kind: Vec<_> =
                self.answer.entities.iter().filter(|entity| entity.r#type() == group.kind).collect();
            if of_kind.is_empty() {
                continue;
            }
            of_kind.sort_by_key(|entity| Reverse(entity.mentions.len()));
            heading(out, group.english, group.arabic)?;
            out.write_all(b"<ul>\n")?;
            let kind = labels::words(group.kind.as_str_name(), "ENTITY_TYPE_");
            for entity in of_kind {
                let id = format!("{}{}", self.id, escape(&entity.id));
                write!(
                    out,
                    r#"<li id="{id}" class="{id} entity {kind}" tabindex="0"><b>{}</b>"#,
                    escape(&entity.name)
                )?;
                if !entity.latin_name.is_empty() {
                    write!(out, r#" <bdi class="latin">{}</bdi>"#, escape(&entity.latin_name))?;
                }
                write!(out, r#" <span class="count">{}×</span>"#, entity.mentions.len())?;
                let titles = labels::titles(entity);
                if !titles.is_empty() {
                    write!(out, r#"<br><span class="titles">{}</span>"#, escape(&titles.join("، ")))?;
                }
                for register in &entity.ids {
                    let (authority, value) = (escape(&register.authority), escape(&register.value));
                    write!(out, r#" <code dir="ltr">{authority}:{value}</code>"#)?;
                }
                out.write_all(b"</li>\n")?;
            }
            out.write_all(b"</ul>\n")?;
        }
        Ok(())
    }

    fn quotations(&self, out: &mut dyn Write) -> io::Result<()> {
        if self.answer.quotations.is_empty() {
            return Ok(());
        }
        heading(out, "Quotations", "الاقتباسات")?;
        out.write_all(b"<ol>\n")?;
        for (number, quotation) in (1..).zip(&self.answer.quotations) {
            let hue = self.hue(quotation);
            write!(out, r#"<li style="--hue: {hue}"><b>{}</b>"#, escape(&self.speakers(quotation)))?;
            if let Some(cue) = &quotation.cue {
                write!(out, " ← {}", escape(&cue.text))?;
            }
            if let Some(relay) = labels::entity(self.answer, &quotation.relayed_by_entity_id) {
                write!(out, " (عبر {})", escape(&relay.name))?;
            }
            let how = labels::of_quotation(quotation);
            write!(out, r##" <small lang="en" dir="ltr">{how}</small><a href="#{}q{number}">"##, self.id)?;
            let pieces: Vec<_> = quotation.content.iter().map(|piece| piece.text.as_str()).collect();
            writeln!(out, "<blockquote>{}</blockquote></a></li>", escape(&pieces.join(" … ")))?;
        }
        out.write_all(b"</ol>\n")
    }

    fn relations(&self, out: &mut dyn Write) -> io::Result<()> {
        if self.answer.relations.is_empty() {
            return Ok(());
        }
        heading(out, "Relations", "العلاقات")?;
        out.write_all(b"<ul>\n")?;
        for relation in &self.answer.relations {
            let name = |id| labels::entity(self.answer, id).map_or("", |entity| &entity.name);
            let kind = labels::words(relation.r#type().as_str_name(), "RELATION_TYPE_");
            let (subject, object) =
                (escape(name(&relation.subject_entity_id)), escape(name(&relation.object_entity_id)));
            let evidence = relation.evidence.as_ref().map(|evidence| evidence.text.as_str()).unwrap_or_default();
            let evidence = escape(evidence);
            writeln!(
                out,
                r#"<li><b>{subject}</b> <small lang="en" dir="ltr">{kind}</small> <b>{object}</b><br><span class="titles">{evidence}</span></li>"#
            )?;
        }
        out.write_all(b"</ul>\n")
    }

    /// Who said `quotation`.
    fn speakers(&self, quotation: &pb::Quotation) -> String {
        let name = |speaker: &pb::Speaker| match labels::entity(self.answer, &speaker.entity_id) {
            Some(entity) => entity.name.clone(),
            None => speaker.text.clone(),
        };
        let names: Vec<_> = quotation.speakers.iter().map(name).collect();
        if names.is_empty() { "؟".to_owned() } else { names.join(" و") }
    }

    /// The colour of a quotation and its speaker, in degrees: one for each speaker, far from its neighbours'.
    fn hue(&self, quotation: &pb::Quotation) -> String {
        let speaker = quotation.speakers.first();
        let index = speaker.and_then(|s| s.entity_id.strip_prefix('e')).and_then(|number| number.parse::<u32>().ok());
        // the golden angle
        index.map_or_else(|| "none".to_owned(), |index| (index.wrapping_mul(137) % 360).to_string())
    }
}

/// The mark of `span`, which counts bytes.
fn mark(span: Option<pb::Span>, rank: u8, attributes: String, once: String) -> Option<Mark> {
    let pb::Span { begin, end } = span?;
    let (begin, end) = (usize::try_from(begin).ok()?, usize::try_from(end).ok()?);
    Some(Mark { begin, end: Reverse(end), rank, link: String::new(), attributes, once })
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
