//! Tokens of the web: addresses, hashtags, user names.

use super::{
    TokenKind,
    class::{Class, class},
    tokens::char_at,
};

/// Last labels that make a host of words joined by stops; other hosts are known by `http://` or `www.` alone.
const TOP_LEVEL: [&str; 60] = [
    "ae", "ai", "app", "au", "bh", "ca", "ch", "cn", "co", "com", "de", "dj", "dz", "edu", "eg", "es", "eu", "fr",
    "gov", "il", "in", "info", "int", "io", "iq", "ir", "it", "jo", "jp", "km", "kw", "lb", "ly", "ma", "me", "mil",
    "mr", "net", "news", "om", "org", "ps", "qa", "ru", "sa", "sd", "so", "sy", "tn", "tr", "tv", "uk", "us", "ye",
    "online", "site", "media", "agency", "press", "live",
];

/// Kind and end of the web token that begins at `at` with `c`, if one does.
pub(super) fn token(text: &str, at: usize, c: char) -> Option<(TokenKind, usize)> {
    let before = text[..at].chars().next_back();
    match c {
        '#' | '＃' => Some((TokenKind::Hashtag, hashtag(text, at + c.len_utf8(), before)?)),
        '@' => Some((TokenKind::Handle, handle(text, at + 1, before)?)),
        _ if c.is_ascii_alphanumeric() && !before.is_some_and(|b| is_local(b) || b == '@') => email(text, at)
            .map(|end| (TokenKind::Email, end))
            .or_else(|| address(text, at).map(|end| (TokenKind::Url, end))),
        _ => None,
    }
}

/// The end of the hashtag after `#`: letters, marks, digits and underscores, a letter among them.
fn hashtag(text: &str, at: usize, before: Option<char>) -> Option<usize> {
    if before.is_some_and(char::is_alphanumeric) {
        return None;
    }
    let (mut end, mut next, mut letter) = (at, at, false);
    for c in text[at..].chars() {
        next += c.len_utf8();
        match class(c) {
            Class::Arabic | Class::Foreign => letter = true,
            Class::Mark | Class::Tatweel | Class::Digit => {}
            Class::Invisible => continue,
            _ if c == '_' => {}
            _ => break,
        }
        end = next;
    }
    letter.then_some(end)
}

/// The end of the user name after `@`.
fn handle(text: &str, at: usize, before: Option<char>) -> Option<usize> {
    let rest = &text[at..];
    let length = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
    (length > 0 && !before.is_some_and(char::is_alphanumeric)).then_some(at + length)
}

/// Whether `c` may stand before the `@` of an e-mail address.
fn is_local(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-')
}

/// The end of the e-mail address at `at`.
fn email(text: &str, at: usize) -> Option<usize> {
    /// The longest local part that mail servers take.
    const LOCAL: usize = 64;
    let local: usize = text.as_bytes()[at..].iter().take(LOCAL + 1).take_while(|&&b| is_local(char::from(b))).count();
    let domain = at + local + 1;
    if local > LOCAL || text.as_bytes().get(domain - 1) != Some(&b'@') {
        return None;
    }
    let (end, last) = host(text, domain)?;
    (last.len() > 1 && last.bytes().all(|b| b.is_ascii_alphabetic())).then_some(end)
}

/// The end of the host name at `at`, which has two labels or more, and its last label.
fn host(text: &str, at: usize) -> Option<(usize, &str)> {
    /// The longest name that the domain name system knows.
    const HOST: usize = 253;
    let is_host = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-');
    let length = text.as_bytes()[at..].iter().take(HOST).take_while(|b| is_host(b)).count();
    let name = text[at..at + length].trim_end_matches(['.', '-']);
    let (labels, last) = name.rsplit_once('.')?;
    (!labels.is_empty() && labels.split('.').all(|label| !label.is_empty())).then_some((at + name.len(), last))
}

/// The end of the web address at `at`: with a scheme, with `www.`, or a host with a known top-level domain.
fn address(text: &str, at: usize) -> Option<usize> {
    let starts = |prefix: &str| text.get(at..at + prefix.len()).is_some_and(|head| head.eq_ignore_ascii_case(prefix));
    if let Some(prefix) = ["http://", "https://", "ftp://", "www."].into_iter().find(|prefix| starts(prefix)) {
        return path(text, at, at + prefix.len()).filter(|&end| end > at + prefix.len());
    }
    let (end, last) = host(text, at)?;
    let known = TOP_LEVEL.iter().any(|label| label.eq_ignore_ascii_case(last));
    let followed = char_at(text, end).is_some_and(|c| matches!(class(c), Class::Foreign | Class::Mark) || c == '@');
    if !known || followed {
        return None;
    }
    if text[end..].starts_with('/') { path(text, at, end) } else { Some(end) }
}

/// The end of an address that began at `begin` and is read as far as `at`: up to white space or a mark that addresses
/// do not hold, less the marks that close the sentence around it.
fn path(text: &str, begin: usize, at: usize) -> Option<usize> {
    let ends = |c: char| {
        matches!(class(c), Class::Space | Class::Invisible)
            || matches!(c, '<' | '>' | '"' | '«' | '»' | '“' | '”' | '‘' | '’' | '،' | '؛' | '؟' | '`')
    };
    let rest = &text[at..];
    let url = &text[begin..at + rest.find(ends).unwrap_or(rest.len())];
    let count = |mark: char| url.chars().filter(|&c| c == mark).count();
    let (opened, mut closed) = (count('('), count(')'));
    let mut end = url.len();
    while let Some(c) = url[..end].chars().next_back() {
        match c {
            ')' if closed > opened => closed -= 1,
            '.' | ',' | ':' | ';' | '!' | '?' | '\'' | '*' | ']' | '}' | '…' => {}
            _ => break,
        }
        end -= c.len_utf8();
    }
    Some(begin + end)
}
