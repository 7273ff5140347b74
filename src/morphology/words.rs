//! Words with part of speech, lemma and features.

use super::{
    Form, Source, Upos, Word, Words,
    analyser::{Analyser, Around, Found, Possible, Spelling},
    clitics::LETTER,
    context,
    features::{self, Feature, Features},
    lexicon::{self, Analyses, Lexicon, Pronouns},
    shape,
    split::{self, Ending, Host, Split},
    tagging::{Choice, Column, Lemma, Path},
};
use crate::text::{Text, TokenKind};

/// Fills `words` with the words of `text`, in linear time.
pub fn analyse(text: &Text<'_>, words: &mut Words) {
    fill(text, None, words);
}

/// The same where it is known at which bytes of the text its words begin: `begins`, ascending. A token that has no
/// analysis with such words is cut as [`analyse`] cuts it.
pub(crate) fn analyse_segmented(text: &Text<'_>, begins: &[u32], words: &mut Words) {
    fill(text, Some(begins), words);
}

fn fill(text: &Text<'_>, begins: Option<&[u32]>, words: &mut Words) {
    words.words.clear();
    words.first.clear();
    words.arena.clear();
    // the path and the form at hand are lent to the analysis, which writes to `words` beside them
    let mut scratch = std::mem::take(&mut words.scratch);
    let mut analysis = Analysis { lexicon: words.lexicon, text, begins, words, path: &mut scratch.path };
    analysis.path.clear();
    let mut sentence = None;
    for (i, token) in text.tokens().iter().enumerate() {
        if sentence.replace(token.sentence).is_some_and(|before| before != token.sentence) {
            analysis.decide();
            analysis.path.restart();
        }
        analysis.words.first.push(analysis.words.words.len() as u32);
        match token.kind {
            TokenKind::Word => analysis.word(i, &mut scratch.form),
            TokenKind::Number | TokenKind::Date => analysis.whole(i, Upos::Num, Form::Same),
            TokenKind::Punctuation => analysis.whole(i, Upos::Punct, Form::Same),
            TokenKind::Symbol | TokenKind::Emoji => analysis.whole(i, Upos::Sym, Form::Same),
            _ => analysis.whole(i, Upos::X, Form::Unknown),
        }
    }
    analysis.decide();
    words.first.push(words.words.len() as u32);
    words.scratch = scratch;
    context::decide(text, words);
}

/// Memory that is used again for the next text.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    /// What each word can be.
    pub(super) path: Path,
    form: String,
}

struct Analysis<'a, 'd> {
    lexicon: &'static Lexicon,
    text: &'a Text<'d>,
    /// Where words begin, if that is known.
    begins: Option<&'a [u32]>,
    words: &'a mut Words,
    path: &'a mut Path,
}

impl Analysis<'_, '_> {
    /// A token that is one word and no puzzle.
    fn whole(&mut self, token: usize, upos: Upos, lemma: Form) {
        let end = self.text.normalized(token).len();
        self.push(token, 0..end, Form::Same, true);
        let lemma = if lemma == Form::Same { Lemma::Bare } else { Lemma::Unknown };
        self.choose(Form::Same, false, [Choice::new(upos, 9, lemma, Source::Rule)]);
    }

    /// A token in Arabic letters.
    fn word(&mut self, token: usize, form: &mut String) {
        let text = self.text;
        let normalized = text.normalized(token);
        // nunation ends a word: متوجهاً has no pronoun
        let nunation = text.slice(text.tokens()[token].span).contains(['\u{64B}', '\u{64C}', '\u{64D}']);
        let Split { range, host } = match self.begins {
            None => split::split(self.lexicon, normalized, !nunation, form),
            Some(begins) => {
                let inner = normalized.char_indices().map(|(at, _)| at).skip(1);
                let known = |at: &usize| {
                    let begin = text.span_within(token, *at..normalized.len()).begin;
                    begins.binary_search(&begin).is_ok()
                };
                let cuts: Vec<usize> = inner.filter(known).collect();
                split::along(self.lexicon, normalized, &cuts, !nunation, form)
            }
        };
        let mut at = 0;
        while at < range.start {
            let letter = &normalized[at..at + LETTER];
            self.push(token, at..at + LETTER, Form::Same, false);
            self.proclitic(letter, &host);
            at += LETTER;
        }
        let (prefix, pronoun) = (&normalized[..range.start], &normalized[range.end..]);
        let letters = &normalized[range.clone()];
        match host {
            Host::Fixed(fixed) => self.fixed(token, at, fixed),
            Host::Closed(closed) => {
                let underlying = match closed.lemma {
                    Some(lemma) if closed.pronouns == Pronouns::Always => write(&mut self.words.arena, lemma),
                    _ => Form::Same,
                };
                self.push(token, range.clone(), underlying, true);
                self.note(features::of_closed(letters));
                let lemma = closed.lemma.map_or(Lemma::Bare, Lemma::Is);
                let choices = closed.analyses.iter().map(|analysis| {
                    let lemma = analysis.lemma.map_or(lemma, Lemma::Is);
                    Choice::new(analysis.upos, analysis.share, lemma, Source::Lexicon)
                });
                self.choose(Form::Same, false, choices);
            }
            Host::Open { article, restored, ending } => {
                let underlying = if restored.is_empty() && ending == Ending::Same {
                    Form::Same
                } else {
                    form.clear();
                    form.push_str(restored);
                    ending.write(letters, form);
                    write(&mut self.words.arena, form)
                };
                self.push(token, range.clone(), underlying, true);
                let place = Place { prefix, article, pronoun, ending };
                self.open(underlying, letters, place);
            }
        }
        if !pronoun.is_empty() && !matches!(host, Host::Fixed(_)) {
            self.push(token, range.end..normalized.len(), Form::Same, false);
            self.note(features::of_suffix(pronoun));
            self.choose(Form::Same, false, [Choice::new(Upos::Pron, 9, Lemma::Bare, Source::Rule)]);
        }
    }

    /// A letter before the host.
    fn proclitic(&mut self, letter: &str, host: &Host) {
        let one = |upos, share| Choice::new(upos, share, Lemma::Bare, Source::Rule);
        let choices = match letter {
            "و" | "ف" => [one(Upos::Cconj, 9); 2],
            "س" => [one(Upos::Part, 9); 2],
            // before an imperfect it is a conjunction
            "ل" if matches!(host, Host::Open { article: false, .. }) => [one(Upos::Adp, 6), one(Upos::Sconj, 3)],
            _ => [one(Upos::Adp, 9); 2],
        };
        self.note(features::of_closed(letter));
        self.choose(Form::Same, false, choices);
    }

    /// The words that `fixed` lists as `form/UPOS/form alone`, from byte `at` of the token.
    fn fixed(&mut self, token: usize, mut at: usize, fixed: &'static str) {
        let count = fixed.split('+').count();
        for (i, word) in fixed.split('+').enumerate() {
            let mut fields = word.split('/');
            let letters = fields.next().unwrap_or_default();
            let upos = fields.next().and_then(lexicon::upos).unwrap_or(Upos::X);
            let alone = fields.next();
            let underlying = alone.map_or(Form::Same, |alone| write(&mut self.words.arena, alone));
            self.push(token, at..at + letters.len(), underlying, i + 1 == count);
            let lemma = match self.lexicon.closed(alone.unwrap_or(letters)).and_then(|closed| closed.lemma) {
                Some(lemma) => Lemma::Is(lemma),
                None => Lemma::Alone,
            };
            if upos == Upos::Pron && i + 1 == count {
                self.note(features::of_suffix(letters));
            }
            self.note(features::of_closed(alone.unwrap_or(letters)));
            self.choose(Form::Same, false, [Choice::new(upos, 9, lemma, Source::Lexicon)]);
            at += letters.len();
        }
    }

    /// What a host outside the closed classes can be; `underlying` is its form alone.
    fn open(&mut self, underlying: Form, letters: &str, place: Place<'_>) {
        let alone = self.words.form(underlying, letters);
        let bare = if place.article { alone.strip_prefix("ال").unwrap_or(alone) } else { alone };
        // a name that is known with its article has its other readings there as well
        let named = self.lexicon.form(alone).map(|entry| entry.analyses).filter(|analyses| !analyses.is_empty());
        let analyses = named.or_else(|| self.lexicon.form(bare).map(|entry| entry.analyses)).unwrap_or_default();
        // many rare adjectives of relation are family names as well
        let family = place.article
            && bare.ends_with('ي')
            && self.lexicon.form(bare).and_then(|entry| entry.band(true)).is_none_or(|band| band < 50);
        let bare_form = match underlying {
            Form::Same if !place.article => Form::Same,
            Form::Written(_, end) => Form::Written(end - bare.len() as u32, end),
            _ => {
                let bare = &letters[letters.len() - bare.len()..];
                write(&mut self.words.arena, bare)
            }
        };
        let mut column = Column::new(self.words.words.len() - 1, bare_form, place.article);
        let lemma = if place.article && named.is_some() { Lemma::Alone } else { Lemma::Bare };
        offer(&mut column, analyses, place, lemma);
        if family && !column.choices().is_empty() {
            column.offer(Choice::new(Upos::Propn, 1, Lemma::Alone, Source::Rule));
        }
        column.around = Some(place.around());
        if column.choices().is_empty() {
            let host = if place.article { self.words.form(bare_form, letters) } else { letters };
            self.known(host, place, &mut column);
        }
        if column.choices().is_empty() {
            let bare = self.words.form(bare_form, letters);
            let pronoun = !place.pronoun.is_empty();
            for choice in shape::choices(self.lexicon, bare, place.article, pronoun, place.prefix) {
                column.offer(choice);
            }
        }
        self.extend(column);
    }

    /// What the analyser knows `host` to be; of lexemes with one part of speech, the one whose lemma is most common.
    fn known(&self, host: &str, place: Place<'_>, column: &mut Column) {
        let Some(analyser) = Analyser::embedded() else { return };
        let mut found = Vec::new();
        analyser.analyse(host, place.around(), &mut found);
        let mut ranked: Vec<_> = found
            .iter()
            .map(|f| {
                let lexeme = analyser.lexeme(f.lexeme);
                let lemma: String = lexeme.letters().collect();
                let common = self.lexicon.form(&lemma).and_then(|entry| entry.band(false).max(entry.band(true)));
                ((f.spelling, f.rare, std::cmp::Reverse(common)), lexeme.upos, f)
            })
            .collect();
        ranked.sort_by_key(|&(rank, ..)| rank);
        for (_, upos, f) in ranked {
            if allowed(upos, place) && (place.prefix.is_empty() || upos != Upos::Verb || imperfect(f)) {
                // most adjectives can stand as nouns, and seldom do
                let share = if upos == Upos::Adj { 6 } else { 4 };
                column.offer(Choice::new(upos, share, Lemma::Of(f.lexeme), Source::Lexicon));
            }
        }
        if place.pronoun.is_empty() && !place.article && analyser.names(host) {
            column.offer(Choice::new(Upos::Propn, 4, Lemma::Bare, Source::Lexicon));
        }
    }

    fn push(&mut self, token: usize, range: std::ops::Range<usize>, underlying: Form, host: bool) {
        self.words.words.push(Word {
            token: token as u32,
            begin: range.start as u32,
            end: range.end as u32,
            underlying,
            lemma: Form::Unknown,
            upos: Upos::X,
            features: Features::default(),
            told: Features::default(),
            possible: Possible::default(),
            lexeme: None,
            source: Source::Rule,
            host,
        });
    }

    /// Adds features to the last word.
    fn note(&mut self, features: Features) {
        if let Some(word) = self.words.words.last_mut() {
            word.told = word.told.with(features);
        }
    }

    /// Gives the last word its choices.
    fn choose(&mut self, bare: Form, article: bool, choices: impl IntoIterator<Item = Choice>) {
        let mut column = Column::new(self.words.words.len() - 1, bare, article);
        choices.into_iter().for_each(|choice| column.offer(choice));
        self.extend(column);
    }

    fn extend(&mut self, mut column: Column) {
        column.noted = self.words.words.last().map(|word| word.told).unwrap_or_default();
        let (words, text) = (&mut *self.words, self.text);
        self.path.push(self.lexicon, column, &mut |column, choice| settle(words, text, column, choice));
    }

    fn decide(&mut self) {
        let (words, text) = (&mut *self.words, self.text);
        self.path.decide(&mut |column, choice| settle(words, text, column, choice));
    }
}

fn write(arena: &mut String, form: &str) -> Form {
    let begin = arena.len() as u32;
    arena.push_str(form);
    Form::Written(begin, arena.len() as u32)
}

/// What stands around a host.
#[derive(Clone, Copy)]
struct Place<'a> {
    prefix: &'a str,
    article: bool,
    pronoun: &'a str,
    ending: Ending,
}

impl Place<'_> {
    fn around(self) -> Around {
        match self.pronoun {
            _ if self.article => Around::Article,
            "" => Around::Nothing,
            "ي" => Around::Mine,
            _ => Around::Pronoun,
        }
    }
}

/// Offers those of `analyses` that the place allows.
fn offer(column: &mut Column, analyses: Analyses, place: Place<'_>, lemma: Lemma) {
    for analysis in analyses.iter().filter(|analysis| allowed(analysis.upos, place)) {
        let lemma = match analysis.lemma {
            Some(lemma) => Lemma::Is(lemma),
            // the name of a place keeps its article
            None if place.article && analysis.upos == Upos::Propn => Lemma::Alone,
            None => lemma,
        };
        column.offer(Choice::new(analysis.upos, analysis.share, lemma, Source::Lexicon));
    }
}

/// Whether a word of the part of speech `upos` can stand at `place`.
fn allowed(upos: Upos, place: Place<'_>) -> bool {
    use Upos::{Adj, Aux, Noun, Num, Propn, Verb};
    let verbal = matches!(upos, Verb | Aux);
    let behind = match place.prefix.chars().next_back() {
        Some('س') => verbal,
        Some('ب' | 'ك') => !verbal,
        _ => !place.article || matches!(upos, Noun | Adj | Propn | Num),
    };
    behind
        && match place.ending {
            _ if place.pronoun.is_empty() => true,
            Ending::Lost => verbal,
            Ending::Instead("ة" | "ء") => !verbal && upos != Propn,
            _ => upos != Propn,
        }
}

/// Whether a verb is an imperfect, as it is behind س and ل.
fn imperfect(found: &Found) -> bool {
    found.possible.may("Aspect", "Imp")
}

/// Writes the decision on a word.
pub(super) fn settle(words: &mut Words, text: &Text<'_>, column: &Column, choice: &Choice) {
    let Some(word) = words.words.get(column.word).copied() else { return };
    let letters = &text.normalized(word.token as usize)[word.range()];
    let lemma = match choice.lemma {
        Lemma::Alone => word.underlying,
        Lemma::Bare => column.bare,
        Lemma::Unknown => Form::Unknown,
        Lemma::Is(lemma) => write(&mut words.arena, lemma),
        Lemma::Of(lexeme) => match Analyser::embedded() {
            Some(analyser) => write_lemma(&mut words.arena, analyser, lexeme),
            None => Form::Unknown,
        },
        Lemma::Perfect => match shape::perfect(letters) {
            Some((begin, rest)) => {
                let at = words.arena.len() as u32;
                words.arena.push_str(begin);
                words.arena.push_str(rest);
                Form::Written(at, words.arena.len() as u32)
            }
            None => Form::Unknown,
        },
        Lemma::Shortened(bytes) => match column.bare {
            Form::Written(begin, end) => Form::Written(begin, end - bytes as u32),
            _ => write(&mut words.arena, &letters[..letters.len() - bytes]),
        },
    };
    let host = if column.article { words.form(column.bare, letters) } else { letters };
    let grammar = column.around.and_then(|around| grammar(host, around, choice.upos, words.form(lemma, letters)));
    let (possible, lexeme) = grammar.unwrap_or_default();
    let lemma = match lexeme.zip(Analyser::embedded()) {
        Some((lexeme, analyser)) if !analyser.has_lemma(lexeme, words.form(lemma, letters)) => {
            write_lemma(&mut words.arena, analyser, lexeme)
        }
        _ => lemma,
    };
    let told = match grammar {
        Some(_) => Features::default(),
        None => shape::features(choice.upos, words.form(column.bare, letters), words.form(lemma, letters)),
    };
    let article = column.article && matches!(choice.upos, Upos::Noun | Upos::Adj);
    let told = if article { told.and(&[Feature::Definite]) } else { told };
    if let Some(word) = words.words.get_mut(column.word) {
        word.upos = choice.upos;
        word.lemma = lemma;
        word.source = choice.source;
        word.told = column.noted.with(told);
        word.possible = possible;
        word.lexeme = lexeme;
    }
}

fn write_lemma(arena: &mut String, analyser: &Analyser, lexeme: u32) -> Form {
    let begin = arena.len() as u32;
    arena.extend(analyser.lexeme(lexeme).letters());
    Form::Written(begin, arena.len() as u32)
}

/// What the analyser says of a host that has been decided: the features that its readings with this lemma allow, and the
/// likeliest one's lexeme. Where none has the lemma, the readings of another tell the features, and the lexeme only if
/// the lemma cannot be right.
fn grammar(host: &str, around: Around, upos: Upos, lemma: &str) -> Option<(Possible, Option<u32>)> {
    let analyser = Analyser::embedded()?;
    let upos = if upos == Upos::Aux { Upos::Verb } else { upos };
    if !matches!(upos, Upos::Noun | Upos::Adj | Upos::Verb) {
        return None;
    }
    let mut found = Vec::new();
    analyser.analyse_as(host, around, Some(upos), &mut found);
    if found.iter().any(|f| analyser.has_lemma(f.lexeme, lemma)) {
        found.retain(|f| analyser.has_lemma(f.lexeme, lemma));
    }
    let rank = |f: &Found| (f.spelling, f.rare);
    let best = found.iter().map(rank).min()?;
    found.retain(|f| rank(f) == best);
    let first = found.first()?.lexeme;
    let letters: String = analyser.lexeme(first).letters().collect();
    // nouns keep their ة, adjectives do not have it
    let gender = match upos {
        Upos::Noun => host.ends_with('ة') && !lemma.ends_with('ة'),
        Upos::Adj => lemma.ends_with('ة'),
        _ => false,
    };
    let lexeme = (letters == lemma || gender && best.0 == Spelling::Exact).then_some(first);
    Some((found.iter().map(|f| f.possible).fold(Possible::default(), Possible::or), lexeme))
}
