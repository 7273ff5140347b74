//! A text with marked ranges as HTML: elements nest as HTML wants, and the text between the tags stays as it was.
//!
//! Ranges may overlap in any way. One that crosses the end of another is written as two elements:
//!
//! ```text
//! ranges    a [0, 6)  b [4, 9)
//! HTML      <a>....<b>..</b></a><b>...</b>
//! ```

use std::{
    cmp::Reverse,
    collections::BinaryHeap,
    io::{self, Write},
};

use super::escape;

/// A marked range.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mark {
    /// First byte.
    pub begin: usize,
    /// One past the last byte. Before the other fields, so that of two marks that begin together the longer is outside.
    pub end: Reverse<usize>,
    /// Of two equal ranges, the lower one is outside.
    pub rank: u8,
    /// Where it leads, escaped; empty for no link. Inside of another link it does not lead, since HTML nests no links.
    pub link: String,
    /// The element's other attributes, escaped, each with a blank before it.
    pub attributes: String,
    /// Attributes of its first piece only.
    pub once: String,
}

/// Writes `text` with `marks`. Ranges that are empty or no slice of the text are left out.
pub fn write(out: &mut dyn Write, text: &str, marks: Vec<Mark>) -> io::Result<()> {
    let mut waiting: BinaryHeap<Reverse<Mark>> = marks
        .into_iter()
        .filter(|mark| text.get(mark.begin..mark.end.0).is_some_and(|slice| !slice.is_empty()))
        .map(Reverse)
        .collect();
    let mut open = Vec::new();
    let mut links = 0;
    let mut at = 0;
    while let Some(Reverse(mut mark)) = waiting.pop() {
        at = close(out, text, at, mark.begin, &mut open, &mut links)?;
        at = copy(out, text, at, mark.begin)?;
        if let Some(&(end, _)) = open.last()
            && end < mark.end.0
        {
            let (link, attributes) = (mark.link.clone(), mark.attributes.clone());
            waiting.push(Reverse(Mark { begin: end, link, attributes, once: String::new(), ..mark }));
            mark.end = Reverse(end);
        }
        let tag = if mark.link.is_empty() || links > 0 { "span" } else { "a" };
        links += usize::from(tag == "a");
        write!(out, "<{tag}{}{}", mark.attributes, mark.once)?;
        match (tag, mark.link.as_str()) {
            (_, "") => {}
            ("a", link) => write!(out, r#" href="{link}""#)?,
            _ => write!(out, r#" tabindex="0""#)?,
        }
        out.write_all(b">")?;
        open.push((mark.end.0, tag));
    }
    at = close(out, text, at, text.len(), &mut open, &mut links)?;
    copy(out, text, at, text.len()).map(|_| ())
}

/// Closes the elements that end at or before `until`; returns how far the text is written.
fn close(
    out: &mut dyn Write,
    text: &str,
    mut at: usize,
    until: usize,
    open: &mut Vec<(usize, &'static str)>,
    links: &mut usize,
) -> io::Result<usize> {
    while let Some((end, tag)) = open.pop_if(|(end, _)| *end <= until) {
        at = copy(out, text, at, end)?;
        *links -= usize::from(tag == "a");
        write!(out, "</{tag}>")?;
    }
    Ok(at)
}

/// Writes the text from `at` to `until`; returns `until`.
fn copy(out: &mut dyn Write, text: &str, at: usize, until: usize) -> io::Result<usize> {
    out.write_all(escape(text.get(at..until).unwrap_or_default()).as_bytes())?;
    Ok(until)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn mark(begin: usize, end: usize, name: &str) -> Mark {
        let link = if name == "a" { "#".to_owned() } else { String::new() };
        let attributes = format!(" {name}");
        Mark { begin, end: Reverse(end), rank: 0, link, attributes, once: String::new() }
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
            (vec![mark(0, 4, "a"), mark(1, 2, "a")], r##"<a a href="#">0<span a tabindex="0">1</span>23</a>456789"##),
            (vec![mark(3, 3, "b"), mark(8, 99, "b")], "0123456789"),
        ];
        for (marks, expected) in cases {
            let told = format!("{marks:?}");
            assert_eq!(html("0123456789", marks), expected, "{told}");
        }
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
                rest = &rest[end + 1..];
            }
            between += rest;
            prop_assert!(open.is_empty());
            prop_assert_eq!(between, escape(&text));
        }
    }
}
