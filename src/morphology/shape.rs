//! What the shape of a word tells: its part of speech where no lexicon knows it, and its features.

use super::{
    Source, Upos,
    features::{Feature, Features},
    lexicon::Lexicon,
    tagging::{Choice, Lemma},
};

/// Up to three guesses for `bare`, a form without article that no lexicon knows.
pub(super) fn choices(
    lexicon: &Lexicon,
    bare: &str,
    article: bool,
    pronoun: bool,
    prefix: &str,
) -> impl Iterator<Item = Choice> {
    use Upos::{Adj, Noun, Propn, Verb, X};
    let imperfect = bare.starts_with(['ي', 'ت', 'ن', 'أ']) && bare.chars().count() > 3;
    let guesses: [(Upos, u8); 3] = match bare {
        _ if bare.chars().nth(1).is_none() => [(X, 9); 3],
        _ if prefix.ends_with('س') => [(Verb, 9); 3],
        _ if pronoun && imperfect => [(Verb, 6), (Noun, 3), (Noun, 3)],
        _ if pronoun => [(Noun, 8), (Verb, 1), (Verb, 1)],
        _ if bare.chars().nth(3).is_none() => [(Propn, 6), (Noun, 3), (Noun, 3)],
        _ if ends(bare, &["ية", "يين", "يون"]) => [(Adj, 5), (Noun, 3), (Propn, 1)],
        _ if article && bare.ends_with('ي') => [(Adj, 6), (Propn, 2), (Noun, 1)],
        _ if article => [(Noun, 5), (Adj, 2), (Propn, 2)],
        _ if ends(bare, &["ة", "ات"]) => [(Noun, 6), (Adj, 2), (Propn, 1)],
        _ if bare.starts_with(['ي', 'ت']) && ends(bare, &["ون", "وا", "ان"]) => {
            [(Verb, 7), (Propn, 2), (Propn, 2)]
        }
        _ if ends(bare, &["ون", "ين"]) => [(Propn, 5), (Noun, 2), (Adj, 1)],
        _ if bare.starts_with('ي') => [(Verb, 4), (Propn, 4), (Propn, 4)],
        _ if imperfect => [(Propn, 5), (Verb, 2), (Noun, 2)],
        _ if bare.ends_with('ي') => [(Propn, 6), (Adj, 3), (Adj, 3)],
        _ => [(Propn, 7), (Noun, 1), (Adj, 1)],
    };
    let lemma = move |upos| lemma_as(lexicon, upos, bare, article);
    guesses.into_iter().map(move |(upos, share)| Choice::new(upos, share, lemma(upos), Source::Rule))
}

/// The lemma of `bare`, a form without article that no lexicon knows as `upos`.
pub(super) fn lemma_as(lexicon: &Lexicon, upos: Upos, bare: &str, article: bool) -> Lemma {
    match upos {
        Upos::Verb => Lemma::Perfect,
        Upos::X => Lemma::Unknown,
        Upos::Propn if article => Lemma::Alone,
        Upos::Propn => Lemma::Bare,
        // masculine singular: the endings of adjectives are regular
        Upos::Adj if bare.ends_with('ة') => Lemma::Shortened('ة'.len_utf8()),
        Upos::Adj if ends(bare, &["ات", "ون", "ين"]) => Lemma::Shortened("ات".len()),
        _ => lemma(lexicon, bare),
    }
}

/// The lemma of an unknown noun or adjective: the form, unless it seems to be a plural.
fn lemma(lexicon: &Lexicon, bare: &str) -> Lemma {
    for ending in ["ات", "ون", "ين", "ان"] {
        if let Some(stem) = bare.strip_suffix(ending) {
            // the lemma of the stem, where a lexicon knows it
            let known = lexicon.form(stem).and_then(|entry| entry.analyses.iter().next());
            return known.and_then(|analysis| analysis.lemma).map_or(Lemma::Unknown, Lemma::Is);
        }
    }
    Lemma::Bare
}

/// The third person of the perfect of `imperfect`, in two parts, where its pattern leaves no choice: `يتخوف` تخوف,
/// `يستنكر` استنكر, `ينتفض` انتفض.
pub(super) fn perfect(imperfect: &str) -> Option<(&'static str, &str)> {
    let rest = imperfect.strip_prefix(['ي', 'ت', 'ن', 'أ'])?;
    let mut letters = rest.chars();
    let (first, second) = (letters.next()?, letters.next()?);
    let more = letters.count();
    // endings of plurals and vowels of weak roots make the pattern unsure
    let plain = !ends(rest, &["ون", "وا", "ان", "ين", "ا", "ي", "ى", "و", "ن", "ء"]);
    match (first, second, more) {
        ('س', 'ت', 3) if plain => Some(("ا", rest)),
        ('ت', _, 2..=3) if plain => Some(("", rest)),
        (_, 'ت', 2) if plain => Some(("ا", rest)),
        _ => None,
    }
}

/// What the letters of `bare` tell of a word whose lemma is `lemma`, empty where it is not known.
pub(super) fn features(upos: Upos, bare: &str, lemma: &str) -> Features {
    use Feature::*;
    let told: &[Feature] = match upos {
        Upos::Noun if bare.ends_with('ة') && bare == lemma => &[Feminine, Singular],
        Upos::Adj if bare.ends_with('ة') => &[Feminine, Singular],
        Upos::Noun | Upos::Adj if lemma.is_empty() || lemma == bare => &[],
        Upos::Noun | Upos::Adj if bare.ends_with("ات") => &[Feminine, Plural],
        Upos::Noun | Upos::Adj if ends(bare, &["تان", "تين"]) && !lemma.contains("ت") => &[Feminine, Dual],
        Upos::Noun | Upos::Adj if bare.ends_with("ون") => &[Masculine, Plural],
        // a dual or a plural
        Upos::Noun | Upos::Adj if bare.ends_with("ين") && !bare.ends_with("تين") => &[Masculine],
        Upos::Noun | Upos::Adj if bare.strip_suffix("ان") == Some(lemma) => &[Masculine, Dual],
        Upos::Verb | Upos::Aux if !lemma.is_empty() => return verb(bare, lemma),
        _ => &[],
    };
    Features::of(told)
}

/// What the letters of a verb tell; `lemma` is its third person masculine singular of the perfect.
fn verb(form: &str, lemma: &str) -> Features {
    use Feature::*;
    // these begin imperfects, and stems as well
    let prefix = form.chars().next().filter(|c| matches!(c, 'ي' | 'ت' | 'ن' | 'أ'));
    let told: &[Feature] = match prefix {
        Some('ي') if !lemma.starts_with('ي') => {
            // stems that end in ن have the ending of a plural without being one: يكون
            if form.ends_with("ون") && !lemma.ends_with('ن') {
                &[Imperfective, Third, Plural, Masculine]
            } else if form.ends_with('ن') || ends(form, &["وا", "ا"]) {
                &[Imperfective, Third]
            } else {
                &[Imperfective, Third, Singular, Masculine]
            }
        }
        Some('ن') if !lemma.starts_with('ن') => &[Imperfective, First, Plural],
        Some('ت') if !lemma.starts_with('ت') => &[Imperfective],
        Some(_) => &[],
        None if form == lemma => &[Perfective, Third, Singular, Masculine],
        None if form.ends_with("وا") => &[Perfective, Third, Plural, Masculine],
        None if form.ends_with('ت') && !lemma.ends_with('ت') => &[Perfective],
        None => &[],
    };
    Features::of(told)
}

fn ends(form: &str, endings: &[&str]) -> bool {
    endings.iter().any(|ending| form.ends_with(ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn imperfects_have_the_perfect_that_their_pattern_tells() {
        let table = [
            ("يتخوف", "تخوف"),
            ("تتخوف", "تخوف"),
            ("يتراشق", "تراشق"),
            ("يستنكر", "استنكر"),
            ("ينتفض", "انتفض"),
            ("يقتطع", "اقتطع"),
            // these have more than one
            ("يصهر", ""),
            ("يتصل", ""),
            ("يستعين", ""),
            ("يتخوفون", ""),
        ];
        for (imperfect, expected) in table {
            let found = perfect(imperfect).map(|(begin, rest)| format!("{begin}{rest}")).unwrap_or_default();
            assert_eq!(found, expected, "perfect of {imperfect}");
        }
    }
}
