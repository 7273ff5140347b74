//! A text with marked ranges as HTML: a paragraph for each line, in which elements nest as HTML wants and the text between
//! the tags stays as it was.
//!
//! Ranges may overlap in any way. One that crosses the end of another, or of its line, is written as several elements:
//!
//! ```text
//! ranges    a [0, 6)  b [4, 9)
//! HTML      <p><a>....<b>..</b></a><b>...</b></p>
//! ```
//!
//! Links cannot nest, so the words of a mark that leads somewhere are links, not the mark: words in several marks lead
//! where the innermost of them does.

use std::{
    cmp::Reverse,
    collections::BinaryHeap,
    io::{self, Write},
};

use super::escape;

/// A marked range.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mark {
    /// First byte.
    pub begin: usize,
    /// One past the last byte. Before the other fields, so that of two marks that begin together the longer is outside.
    pub end: Reverse<usize>,
    /// Of two equal ranges, the lower one is outside.
    pub rank: u8,
    /// Where its words lead, escaped; empty for nowhere.
    pub link: String,
    /// The element's other attributes, escaped, each with a blank before it.
    pub attributes: String,
    /// What only its first piece has.
    pub once: Once,
}

/// What the first piece of a mark has.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Once {
    /// Attributes, as those of the mark.
    pub attributes: String,
    /// HTML without text of its own, before the text.
    pub before: String,
    /// Whether it was written: the keyboard stops at the first link of a mark alone.
    pub is_over: bool,
}

/// Writes `text` with `marks`. Ranges that are empty or no slice of the text are left out.
pub fn write(out: &mut dyn Write, text: &str, marks: Vec<Mark>) -> io::Result<()> {
    let mut waiting: BinaryHeap<Reverse<Mark>> = marks
        .into_iter()
        .filter(|mark| text.get(mark.begin..mark.end.0).is_some_and(|slice| !slice.is_empty()))
        .map(Reverse)
        .collect();
    let mut writer = Writer { out, text, at: 0, open: Vec::new(), links: Vec::new() };
    let mut line_end = 0;
    for line in text.split_inclusive('\n') {
        let class = match line {
            _ if line.trim().is_empty() => r#" class="blank""#,
            _ if line_end == 0 && is_headline(line, text) => r#" class="headline""#,
            _ => "",
        };
        line_end += line.len();
        write!(writer.out, "<p{class}>")?;
        writer.open.push((line_end, "</p>"));
        while waiting.peek().is_some_and(|Reverse(mark)| mark.begin < line_end) {
            let Some(Reverse(mut mark)) = waiting.pop() else { break };
            writer.close(mark.begin)?;
            writer.copy(mark.begin)?;
            let end = writer.open.last().map_or(line_end, |&(end, _)| end);
            if end < mark.end.0 {
                let once = Once { is_over: true, ..Default::default() };
                let Mark { end: until, rank, link, attributes, .. } = mark.clone();
                waiting.push(Reverse(Mark { begin: end, end: until, rank, link, attributes, once }));
                mark.end = Reverse(end);
            }
            writer.open(mark)?;
        }
        writer.close(line_end)?;
    }
    Ok(())
}

/// Whether the first `line` of `text` looks like a headline: short, unfinished by no sign, and followed by more.
fn is_headline(line: &str, text: &str) -> bool {
    const MOST_WORDS: usize = 20;
    line.len() < text.trim_end().len()
        && (1..=MOST_WORDS).contains(&line.split_whitespace().take(MOST_WORDS + 1).count())
        && !line.trim_end().ends_with(['.', ':', '،', ','])
}

struct Writer<'w> {
    out: &'w mut dyn Write,
    text: &'w str,
    /// How far the text is written.
    at: usize,
    /// The open elements: where each ends, and its end tag.
    open: Vec<(usize, &'static str)>,
    /// Of the open elements, those whose words lead somewhere: how many are outside, where to, and whether a link was
    /// written.
    links: Vec<(usize, String, bool)>,
}

impl Writer<'_> {
    fn open(&mut self, mark: Mark) -> io::Result<()> {
        write!(self.out, "<span{}{}>{}", mark.attributes, mark.once.attributes, mark.once.before)?;
        if !mark.link.is_empty() {
            self.links.push((self.open.len(), mark.link, mark.once.is_over));
        }
        self.open.push((mark.end.0, "</span>"));
        Ok(())
    }

    /// Closes the elements that end at or before `until`.
    fn close(&mut self, until: usize) -> io::Result<()> {
        while let Some((end, tag)) = self.open.pop_if(|(end, _)| *end <= until) {
            self.copy(end)?;
            self.links.pop_if(|(outside, ..)| *outside == self.open.len());
            self.out.write_all(tag.as_bytes())?;
        }
        Ok(())
    }

    /// Writes the text until `until`.
    fn copy(&mut self, until: usize) -> io::Result<()> {
        let slice = escape(self.text.get(self.at..until).unwrap_or_default());
        self.at = until;
        match self.links.last_mut() {
            Some((_, link, written)) if !slice.trim().is_empty() => {
                let skipped = if *written { r#" tabindex="-1""# } else { "" };
                *written = true;
                write!(self.out, r#"<a href="{link}"{skipped}>{slice}</a>"#)
            }
            _ => self.out.write_all(slice.as_bytes()),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn mark(begin: usize, end: usize, name: &str) -> Mark {
        let link = if name == "a" { "#".to_owned() } else { String::new() };
        Mark { begin, end: Reverse(end), link, attributes: format!(" {name}"), ..Default::default() }
    }

    fn html(text: &str, marks: Vec<Mark>) -> String {
        let mut out = Vec::new();
        write(&mut out, text, marks).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn marks_nest_as_html_wants() {
        let cases = [
            (vec![], "0123456789"),
            (vec![mark(2, 4, "i")], "01<span i>23</span>456789"),
            (vec![mark(2, 4, "i"), mark(0, 10, "b")], "<span b>01<span i>23</span>456789</span>"),
            (vec![mark(0, 6, "b"), mark(4, 9, "i")], "<span b>0123<span i>45</span></span><span i>678</span>9"),
            (vec![mark(0, 2, "b"), mark(2, 4, "i")], "<span b>01</span><span i>23</span>456789"),
            (vec![mark(3, 3, "b"), mark(8, 99, "b")], "0123456789"),
        ];
        for (marks, expected) in cases {
            let told = format!("{marks:?}");
            assert_eq!(html("0123456789", marks), format!("<p>{expected}</p>"), "{told}");
        }
    }

    #[test]
    fn words_lead_where_the_innermost_mark_does_and_the_keyboard_stops_once() {
        let outer = Mark { link: "#o".to_owned(), ..mark(0, 9, "o") };
        let inner = Mark { link: "#i".to_owned(), ..mark(3, 6, "i") };
        let after = r##"<span i><a href="#i">345</a></span><a href="#o" tabindex="-1">678</a></span>9</p>"##;
        let expected = format!(r##"<p><span o><a href="#o">012</a>{after}"##);
        assert_eq!(html("0123456789", vec![outer, inner]), expected);
    }

    #[test]
    fn a_line_is_a_paragraph_and_cuts_what_crosses_its_end() {
        let crossing = mark(2, 6, "a");
        let expected = "<p class=\"headline\">عنوان\n</p><p>نص.\n</p><p class=\"blank\">\n</p><p>آخر</p>";
        assert_eq!(html("عنوان\nنص.\n\nآخر", vec![]), expected);
        let expected = "<p class=\"headline\">ab<span a><a href=\"#\">c\n</a></span></p>\
            <p><span a><a href=\"#\" tabindex=\"-1\">de</a></span>f</p>";
        assert_eq!(html("abc\ndef", vec![crossing]), expected);
    }

    proptest! {
        #[test]
        fn the_text_between_the_tags_is_the_text(
            text in "[ا-ي<>&\" \n]{0,40}",
            ranges in prop::collection::vec((0usize..90, 0usize..90, 0usize..3), 0..12),
        ) {
            let marks = ranges.iter().map(|&(begin, length, tag)| mark(begin, begin + length, ["a", "b", "i"][tag]));
            let html = html(&text, marks.collect());
            let mut open = Vec::new();
            let mut between = String::new();
            let mut rest = html.as_str();
            while let Some(at) = rest.find('<') {
                between += &rest[..at];
                let end = rest.find('>').unwrap();
                let tag = &rest[at + 1..end];
                match tag.strip_prefix('/') {
                    Some(name) => prop_assert_eq!(open.pop(), Some(name)),
                    None => open.extend(tag.split(' ').next()),
                }
                prop_assert!(open.iter().filter(|&&name| name == "a").count() < 2, "links do not nest");
                rest = &rest[end + 1..];
            }
            between += rest;
            prop_assert!(open.is_empty());
            prop_assert_eq!(between, escape(&text));
        }
    }
}
