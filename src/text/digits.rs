//! Tokens that begin with a digit: numbers with their decimals and thousands, dates and times of day in digits.

use super::{
    TokenKind,
    class::{Class, class},
    tokens::{char_at, with_marks},
};

/// Kind and end of the token whose first digit stands at `at`.
pub(super) fn token(text: &str, at: usize) -> (TokenKind, usize) {
    if let Some(end) = date(text, at).or_else(|| time(text, at)) {
        return (TokenKind::Date, with_marks(text, end));
    }
    let end = number(text, at);
    match designation(text, end) {
        Some(end) => (TokenKind::Foreign, end),
        None => (TokenKind::Number, with_marks(text, end)),
    }
}

/// The end of the digits at `at`.
fn digits(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    at + rest.find(|c| class(c) != Class::Digit).unwrap_or(rest.len())
}

/// The end of a number: digits, and separators between digits. `1,250.5`, `١٬٢٥٠٫٥`, `121.500`, `1،5`, and the
/// agencies' `5ر10`, which is read 10.5.
fn number(text: &str, at: usize) -> usize {
    let mut end = digits(text, at);
    let mut comma = None;
    while let Some((c, next)) = separator(text, end) {
        let group = digits(text, next);
        let accepted = match c {
            '.' | '٫' | 'ر' => true,
            // Thousands, or one decimal comma; `1,2,3` is a list.
            ',' | '٬' | '،' => {
                let thousands = is_thousands(text, next, group);
                let decimal = comma.is_none() && !matches!(separator(text, group), Some((again, _)) if again == c);
                (thousands && comma.is_none_or(|before| before == c)) || decimal
            }
            _ => false,
        };
        if !accepted {
            break;
        }
        if matches!(c, ',' | '٬' | '،') {
            comma = Some(c);
        }
        end = group;
    }
    end
}

/// Whether the digits from `begin` to `end` are three.
fn is_thousands(text: &str, begin: usize, end: usize) -> bool {
    // No digit has more than 4 bytes.
    end - begin <= 12 && text[begin..end].chars().count() == 3
}

/// The character after `at` and the place of the digit that follows it; bidi marks may stand around it.
fn separator(text: &str, at: usize) -> Option<(char, usize)> {
    let at = visible(text, at);
    let c = char_at(text, at)?;
    let next = visible(text, at + c.len_utf8());
    (class(char_at(text, next)?) == Class::Digit).then_some((c, next))
}

/// `at`, or the place after one or two invisible characters there: dates are often written `16‏/9‏/2025`, with a mark
/// before each bar.
fn visible(text: &str, at: usize) -> usize {
    let invisible = text[at..].chars().take(2).take_while(|&c| class(c) == Class::Invisible);
    at + invisible.map(char::len_utf8).sum::<usize>()
}

/// A designation that begins with digits (3D, 4G, 45P): its end after the one capital letter.
fn designation(text: &str, at: usize) -> Option<usize> {
    let mut chars = text[at..].chars();
    let capital = chars.next().is_some_and(|c| c.is_ascii_uppercase());
    let alone = chars.next().is_none_or(|c| !matches!(class(c), Class::Foreign | Class::Digit | Class::Mark));
    (capital && alone).then_some(at + 1)
}

/// Up to `most` digits at `at`: their count, value and end.
fn field(text: &str, at: usize, most: usize) -> Option<(usize, u32, usize)> {
    let (mut count, mut value, mut end) = (0, 0, at);
    for c in text[at..].chars().take_while(|&c| class(c) == Class::Digit) {
        count += 1;
        if count > most {
            return None;
        }
        value = value * 10 + ascii_digit(c)?;
        end += c.len_utf8();
    }
    (count > 0).then_some((count, value, end))
}

/// The value of a digit of the scripts that dates are written in here.
fn ascii_digit(c: char) -> Option<u32> {
    match c {
        '٠'..='٩' => Some(u32::from(c) - u32::from('٠')),
        '۰'..='۹' => Some(u32::from(c) - u32::from('۰')),
        _ => c.to_digit(10),
    }
}

/// The end of a date of three fields at `at`, day and year first or last: `16/9/2025`, `2025-09-16`, `16.9.2025`, with
/// the time after T if it has one.
fn date(text: &str, at: usize) -> Option<usize> {
    let (first_count, first, end) = field(text, at, 4)?;
    let (mark, next) = separator(text, end)?;
    if !matches!(mark, '/' | '-' | '.') {
        return None;
    }
    let (second_count, second, end) = field(text, next, 2)?;
    let (again, next) = separator(text, end)?;
    let (third_count, third, end) = field(text, next, 4)?;
    let day_month = |a: u32, b: u32| (1..=31).contains(&a) && (1..=31).contains(&b) && a.min(b) <= 12;
    let plausible = match (first_count, third_count) {
        (4, 1 | 2) => day_month(second, third),
        (1 | 2, 4) => day_month(first, second),
        // Years of two digits with bars only: 3-2-10 may be a score.
        (1 | 2, 2) => mark == '/' && day_month(first, second),
        _ => false,
    };
    if again != mark || second_count > 2 || !plausible || continues(text, end, mark) {
        return None;
    }
    if let Some(clock) = text[end..].strip_prefix('T').and_then(|_| time(text, end + 1)) {
        return Some(zone(text, clock));
    }
    Some(end)
}

/// The end of a time of day at `at`: `14:30`, `14:30:05`.
fn time(text: &str, at: usize) -> Option<usize> {
    let (_, hour, end) = field(text, at, 2)?;
    let (':', next) = separator(text, end)? else { return None };
    let (2, minute, mut end) = field(text, next, 2)? else { return None };
    if let Some((':', next)) = separator(text, end) {
        let (2, 0..=60, second) = field(text, next, 2)? else { return None };
        end = second;
    }
    (hour <= 24 && minute < 60 && !continues(text, end, ':')).then_some(end)
}

/// The end of `Z` or `+03:00` after a time, or `at`.
fn zone(text: &str, at: usize) -> usize {
    match char_at(text, at) {
        Some('Z') => at + 1,
        Some('+' | '-') => time(text, at + 1).unwrap_or(at),
        _ => at,
    }
}

/// Whether more fields follow, so that what was read is no date: 192.168.10.2010.1.
fn continues(text: &str, at: usize, mark: char) -> bool {
    matches!(separator(text, at), Some((c, _)) if c == mark)
}
