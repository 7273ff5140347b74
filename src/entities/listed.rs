//! Whether a name stands in a list as it is: what a test of names never seen must leave out.

use super::{
    Recognizer,
    lexicon::{self, Listed},
};
use crate::{
    morphology::clitics,
    text::{Buffers, Text},
};

impl Recognizer {
    /// Whether a list has the whole of `surface`, in its folded letters, with or without proclitics: the gazetteer as a
    /// name or part of a name of any class, be it in one of its ambiguous forms; or the words of titles and of the heads
    /// of names, which disregard articles. A name that rules would build of listed parts is not listed.
    pub fn lists(&self, surface: &str) -> bool {
        let text = Text::read(surface, Buffers::default());
        let count = text.tokens().len();
        if count == 0 {
            return false;
        }
        let mut hits = Vec::new();
        self.gazetteer.hits_at(&text, 0, &mut hits);
        if hits.iter().any(|hit| hit.tokens.end == count) {
            return true;
        }
        let rest: String = (1..count).map(|token| format!(" {}", text.folded(token))).collect();
        clitics::cuts(text.normalized(0)).iter().any(|cut| {
            let (restored, host) = cut.host_form(text.folded(0));
            let Listed { title, head, .. } = self.lexicon.get(&lexicon::key(&format!("{restored}{host}{rest}")));
            title.is_some() || head.is_some()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_names_and_words_of_titles_are_listed() {
        let lists = Recognizer::default();
        for surface in ["تونس", "لدوحة", "وبقطر", "محمد", "التونسيين", "حركة «حماس»", "وزير", "الوزراء", "رجل الأعمال"]
        {
            assert!(lists.lists(surface), "{surface}");
        }
        for surface in ["", "وزير الخارجية التونسي", "قطر تونس", "محمد القرطلاوي", "شركة الورد الأزرق"]
        {
            assert!(!lists.lists(surface), "{surface}");
        }
    }
}
