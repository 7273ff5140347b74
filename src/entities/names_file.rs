//! A deployment's own names: the file given with `--names`.
//!
//! Tab-separated text in UTF-8. The first line that is no comment is the header; `#` begins a comment line:
//!
//! | name | type | aliases | latin | ids |
//! |---|---|---|---|---|
//! | سد النهضة | facility | السد الإثيوبي\|سد النهضة الكبير | Grand Ethiopian Renaissance Dam | wikidata:Q1541918 |
//!
//! Only name and type are needed. Aliases are separated by `|`, ids (`register:identifier`) by spaces. Types are those
//! of the contract in lower case. A name holds words and hyphens; diacritics do not matter.

use std::fmt;

use super::gazetteer::{
    Class,
    compile::{Form, MAX_STRING, Name},
};
use crate::text::{Buffers, Text, TokenKind};

/// A file may have at most so many bytes.
pub const MAX_BYTES: usize = 16 << 20;
/// A file may have at most so many names.
pub const MAX_NAMES: usize = 100_000;
/// A name may have at most so many aliases.
pub const MAX_ALIASES: usize = 64;
/// A name may have at most so many words, so that looking for it takes bounded time.
pub const MAX_WORDS: usize = 16;

/// The columns, in order.
const HEADER: [&str; 5] = ["name", "type", "aliases", "latin", "ids"];

/// The types that a name may have, and what each is to the gazetteer.
const TYPES: [(&str, Class); 10] = [
    ("person", Class::Person),
    ("organization", Class::Organization),
    ("geopolitical", Class::Place),
    ("location", Class::Location),
    ("facility", Class::Facility),
    ("group", Class::Nationality),
    ("event", Class::Event),
    ("product", Class::Product),
    ("work", Class::Work),
    ("law", Class::Law),
];

/// Why a line was refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LineError {
    /// The first line is not the header.
    #[error("the first line must be the header: name, type, aliases, latin, ids, separated by tabs")]
    Header,
    /// Too few or too many columns.
    #[error("{0} columns; a name has 2 to 5, separated by tabs")]
    Columns(usize),
    /// A type that is none.
    #[error("unknown type '{0}'; it must be one of {types}", types = TYPES.map(|(name, _)| name).join(", "))]
    Type(String),
    /// A name or alias without words, or with other marks than hyphens.
    #[error("'{0}' is no name: it must be words and hyphens, and begin with a letter")]
    NotAName(String),
    /// A name or alias with too many words.
    #[error("'{0}' has more than {MAX_WORDS} words")]
    TooManyWords(String),
    /// A column that is too long.
    #[error("{column} has {bytes} bytes, at most {MAX_STRING}")]
    TooLong {
        /// The column.
        column: &'static str,
        /// Its length.
        bytes: usize,
    },
    /// Too many aliases.
    #[error("{0} aliases, at most {MAX_ALIASES}")]
    TooManyAliases(usize),
    /// An identifier without its register.
    #[error("'{0}' is no identifier; it must be register:identifier")]
    Id(String),
}

/// Why a file was refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NamesFileError {
    /// Longer than [`MAX_BYTES`].
    #[error("the file has {0} bytes, at most {MAX_BYTES}")]
    TooLarge(usize),
    /// More names than [`MAX_NAMES`].
    #[error("the file has more than {MAX_NAMES} names")]
    TooManyNames,
    /// The lines that were refused, by their number from 1, all together.
    #[error("{}", Lines(.0))]
    Lines(Vec<(usize, LineError)>),
}

/// Shows one refused line a line.
struct Lines<'a>(&'a [(usize, LineError)]);

impl fmt::Display for Lines<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, (line, error)) in self.0.iter().enumerate() {
            let gap = if i == 0 { "" } else { "\n" };
            write!(f, "{gap}line {line}: {error}")?;
        }
        Ok(())
    }
}

/// The names of a file, valid.
#[derive(Clone, Debug)]
pub struct NamesFile {
    names: Vec<Name>,
    digest: u64,
}

impl NamesFile {
    /// Reads a file's text.
    ///
    /// # Errors
    /// What is wrong, for every line that is.
    pub fn parse(text: &str) -> Result<Self, NamesFileError> {
        if text.len() > MAX_BYTES {
            return Err(NamesFileError::TooLarge(text.len()));
        }
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
        let mut lines = (1..).zip(text.lines()).filter(|(_, line)| !line.starts_with('#') && !line.trim().is_empty());
        let (number, header) = lines.next().unwrap_or((1, ""));
        if header.split('\t').map(str::trim).ne(HEADER) {
            return Err(NamesFileError::Lines(vec![(number, LineError::Header)]));
        }
        let (mut names, mut errors) = (Vec::new(), Vec::new());
        for (number, line) in lines {
            match read_line(line) {
                Ok(name) => names.push(name),
                Err(error) => errors.push((number, error)),
            }
            if names.len() > MAX_NAMES {
                return Err(NamesFileError::TooManyNames);
            }
        }
        if errors.is_empty() { Ok(Self { names, digest: fnv1a(text) }) } else { Err(NamesFileError::Lines(errors)) }
    }

    /// The names, for [`super::gazetteer::Gazetteer::with_names`].
    pub(super) fn names(&self) -> &[Name] {
        &self.names
    }

    /// Changes with the content of the file: a part of the pipeline's fingerprint.
    pub fn digest(&self) -> u64 {
        self.digest
    }
}

fn read_line(line: &str) -> Result<Name, LineError> {
    let columns: Vec<&str> = line.split('\t').map(str::trim).collect();
    let (&[name, kind], rest) = columns.split_first_chunk().ok_or(LineError::Columns(columns.len()))?;
    if columns.len() > HEADER.len() {
        return Err(LineError::Columns(columns.len()));
    }
    let column = |i: usize| rest.get(i).copied().unwrap_or_default();
    let (_, class) =
        TYPES.into_iter().find(|(known, _)| *known == kind).ok_or_else(|| LineError::Type(kind.to_owned()))?;
    let aliases: Vec<&str> = column(0).split('|').map(str::trim).filter(|alias| !alias.is_empty()).collect();
    if aliases.len() > MAX_ALIASES {
        return Err(LineError::TooManyAliases(aliases.len()));
    }
    let forms = std::iter::once(name).chain(aliases).map(form).collect::<Result<_, _>>()?;
    for (name, value) in [("latin", column(1)), ("ids", column(2))] {
        if value.len() > MAX_STRING {
            return Err(LineError::TooLong { column: name, bytes: value.len() });
        }
    }
    let is_id = |id: &&str| id.split_once(':').is_some_and(|(register, id)| !register.is_empty() && !id.is_empty());
    if let Some(id) = column(2).split_whitespace().find(|id| !is_id(id)) {
        return Err(LineError::Id(id.to_owned()));
    }
    let ids = column(2).split_whitespace().collect::<Vec<_>>().join(" ");
    Ok(Name { class: class as u8, forms, latin: column(1).to_owned(), country: String::new(), ids })
}

/// `name` in its normalized form.
fn form(name: &str) -> Result<Form, LineError> {
    if name.len() > MAX_STRING {
        return Err(LineError::TooLong { column: "a name", bytes: name.len() });
    }
    let text = Text::read(name, Buffers::default());
    let mut words = String::new();
    let mut count = 0;
    for (i, token) in text.tokens().iter().enumerate() {
        let hyphen = text.normalized(i) == "-";
        match token.kind {
            TokenKind::Word | TokenKind::Foreign => {}
            TokenKind::Number if i > 0 => {}
            TokenKind::Punctuation if hyphen && i > 0 => {}
            _ => return Err(LineError::NotAName(name.to_owned())),
        }
        count += usize::from(text.normalized(i).contains(char::is_alphanumeric));
        words.push_str(if token.space_before && i > 0 { " " } else { "" });
        words.push_str(text.normalized(i));
    }
    match count {
        0 => Err(LineError::NotAName(name.to_owned())),
        1..=MAX_WORDS => Ok(Form { text: words, ambiguous: false }),
        _ => Err(LineError::TooManyWords(name.to_owned())),
    }
}

/// The 64-bit FNV-1a digest: equal on every machine, which is all that a fingerprint needs.
fn fnv1a(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "name\ttype\taliases\tlatin\tids\n";

    fn errors(lines: &str) -> String {
        NamesFile::parse(&format!("{HEAD}{lines}")).unwrap_err().to_string()
    }

    #[test]
    fn every_bad_line_is_reported_with_its_number() {
        let told =
            errors("نادي الورد\tclub\n# a comment\n\nشارع النخيل\tfacility\nسوق الورد\tfacility\t\t\tabc\nواحد\n");
        let lines: Vec<&str> = told.lines().collect();
        assert_eq!(lines.len(), 3, "{told}");
        assert!(lines[0].starts_with("line 2: unknown type 'club'; it must be one of person, organization,"), "{told}");
        assert_eq!(lines[1], "line 6: 'abc' is no identifier; it must be register:identifier");
        assert_eq!(lines[2], "line 7: 1 columns; a name has 2 to 5, separated by tabs");
    }

    #[test]
    fn what_is_no_name_is_refused() {
        let long = "ب".repeat(128);
        let many = "كلمة ".repeat(17);
        for (name, told) in [
            ("", "'' is no name"),
            ("\u{064E}", "is no name"),
            ("سوق (الورد)", "'سوق (الورد)' is no name"),
            (long.as_str(), "a name has 256 bytes, at most 255"),
            (many.trim(), "more than 16 words"),
        ] {
            let message = errors(&format!("{name}\tfacility\n"));
            assert!(message.contains(told), "{name}: {message}");
        }
        let aliases = vec!["اسم"; 65].join("|");
        assert!(errors(&format!("سوق الورد\tfacility\t{aliases}\n")).contains("65 aliases, at most 64"));
    }

    #[test]
    fn a_file_needs_its_header() {
        for text in ["", "سوق الورد\tfacility\n", "name,type\n"] {
            let told = NamesFile::parse(text).unwrap_err().to_string();
            assert!(told.starts_with("line 1: the first line must be the header"), "{text}: {told}");
        }
        assert_eq!(NamesFile::parse(&" ".repeat(MAX_BYTES + 1)).unwrap_err(), NamesFileError::TooLarge(MAX_BYTES + 1));
    }

    #[test]
    fn the_digest_changes_with_the_names() {
        let parse = |name: &str| NamesFile::parse(&format!("\u{FEFF}{HEAD}{name}\tfacility\r\n")).unwrap();
        assert_eq!(parse("سوق الورد").digest(), parse("سوق الورد").digest());
        assert_ne!(parse("سوق الورد").digest(), parse("سوق الزهر").digest());
        assert_eq!(parse("سُوقُ  الوَرد").names()[0].forms[0].text, "سوق الورد");
    }
}
