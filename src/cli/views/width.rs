//! Text of documents laid out in columns of a terminal.
//!
//! Each run of document text stands between U+2068 (first strong isolate) and U+2069, so that a terminal which orders
//! Arabic from right to left keeps the columns beside it where they are.

use terminal_size::{Width, terminal_size};
use unicode_width::UnicodeWidthChar as _;

/// Columns of the terminal; 100 where stdout is none.
pub fn of_terminal() -> usize {
    terminal_size().map_or(100, |(Width(columns), _)| usize::from(columns).max(40))
}

/// `text` on one line, without what would move the cursor or reorder the line.
pub fn clean(text: &str) -> String {
    let shown = |c: char| match c {
        '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => None,
        c if c.is_control() || c.is_whitespace() => Some(' '),
        c => Some(c),
    };
    let line: String = text.chars().filter_map(shown).collect();
    line.split(' ').filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Clean `text` in an isolate.
pub fn isolate(text: &str) -> String {
    format!("\u{2068}{text}\u{2069}")
}

/// The columns that `text` takes. Characters are summed one by one, as terminals do: most draw لا in two cells.
pub fn columns(text: &str) -> usize {
    text.chars().map(|c| c.width().unwrap_or(0)).sum()
}

/// Clean `text` cut to at most `width` columns, in an isolate, and filled up to them with blanks.
pub fn cell(text: &str, width: usize) -> String {
    let cut = clip(text, width);
    if cut.is_empty() {
        return " ".repeat(width);
    }
    let blanks = width.saturating_sub(columns(&cut));
    format!("{}{:blanks$}", isolate(&cut), "")
}

/// `text` cut to at most `width` columns.
pub fn clip(text: &str, width: usize) -> String {
    if columns(text) <= width {
        return text.to_owned();
    }
    let mut cut = String::new();
    let mut used = 0;
    for c in text.chars() {
        let columns = c.width().unwrap_or(0);
        if used + columns + 1 > width {
            break;
        }
        used += columns;
        cut.push(c);
    }
    cut.push('…');
    cut
}

/// Clean `text` in lines of at most `width` columns, broken at blanks; a longer word is cut.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let (mut line, mut used) = (String::new(), 0);
    for word in text.split(' ') {
        let mut needed = columns(word);
        if used > 0 && used + 1 + needed > width {
            lines.push(std::mem::take(&mut line));
            used = 0;
        } else if used > 0 {
            line.push(' ');
            used += 1;
        }
        if needed > width {
            needed = 0;
            for c in word.chars() {
                let columns = c.width().unwrap_or(0);
                if needed + columns > width {
                    lines.push(std::mem::take(&mut line));
                    needed = 0;
                }
                line.push(c);
                needed += columns;
            }
        } else {
            line.push_str(word);
        }
        used += needed;
    }
    lines.push(line);
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_have_their_width() {
        for text in ["", "الدوحة", "الدَّوْحَةُ", "لا إله", "Doha", "日本", "ماركو روبيو وزير الخارجية"]
        {
            let cell = cell(&clean(text), 12);
            assert_eq!(columns(&cell), 12, "{cell:?}");
            assert_eq!(cell.starts_with('\u{2068}') && cell.contains('\u{2069}'), !text.is_empty(), "{cell:?}");
        }
    }

    #[test]
    fn nothing_in_a_text_moves_the_cursor_or_reorders_the_line() {
        assert_eq!(clean("أ\u{1b}[31mب\r\nج\u{202E}د\u{2069}\t ه"), "أ [31mب جد ه");
    }

    #[test]
    fn lines_break_at_blanks_and_keep_every_word() {
        let text = "قال وزير الخارجية إن بلاده تتابع ما يجري عن كثب";
        let lines = wrap(text, 20);
        assert!(lines.iter().all(|line| columns(line) <= 20), "{lines:?}");
        assert_eq!(lines.join(" "), text);
    }

    #[test]
    fn a_word_longer_than_the_line_is_cut() {
        let lines = wrap(&"ا".repeat(50), 20);
        assert_eq!(lines.iter().map(|line| columns(line)).collect::<Vec<_>>(), [20, 20, 10]);
    }
}
