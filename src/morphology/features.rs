//! Universal features (<https://universaldependencies.org/u/feat/>).

use super::analyser::Possible;

/// Name and meaning of every value that is told, sorted by name; a [`Feature`] is an index.
const ALL: [(&str, &str, &str); 28] = [
    ("Aspect", "Imp", "Imperfective verb: يكتب."),
    ("Aspect", "Perf", "Perfective verb: كتب."),
    ("Case", "Acc", "Accusative: كتابا."),
    ("Case", "Gen", "Genitive: أصدقائه."),
    ("Case", "Nom", "Nominative: مسؤولون."),
    ("Definite", "Cons", "In construct, with what it belongs to behind it: مسؤولو, وزارت before a pronoun."),
    ("Definite", "Def", "With the article."),
    ("Definite", "Ind", "Indefinite: كتابا."),
    ("Gender", "Fem", "Feminine."),
    ("Gender", "Masc", "Masculine."),
    ("Mood", "Imp", "Imperative: اكتب."),
    ("Mood", "Ind", "Indicative: يكتبون."),
    ("Mood", "Jus", "Jussive: لم يقل."),
    ("Mood", "Sub", "Subjunctive: أن يقول."),
    ("Number", "Dual", "Two."),
    ("Number", "Plur", "More than two."),
    ("Number", "Sing", "One."),
    ("Person", "1", "The speaker."),
    ("Person", "2", "The one spoken to."),
    ("Person", "3", "Another."),
    ("Polarity", "Neg", "Negation."),
    ("PronType", "Dem", "Demonstrative: هذا."),
    ("PronType", "Int", "Interrogative: من."),
    ("PronType", "Prs", "Personal pronoun, attached ones included."),
    ("PronType", "Rel", "Relative: الذي."),
    ("Tense", "Fut", "Future: س, سوف."),
    ("Voice", "Act", "Active: يقول."),
    ("Voice", "Pass", "Passive: يقال."),
];

/// One value of a feature; the order is that of `ALL`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Feature {
    Imperfective,
    Perfective,
    Accusative,
    Genitive,
    Nominative,
    Construct,
    Definite,
    Indefinite,
    Feminine,
    Masculine,
    Imperative,
    Indicative,
    Jussive,
    Subjunctive,
    Dual,
    Plural,
    Singular,
    First,
    Second,
    Third,
    Negative,
    Demonstrative,
    Interrogative,
    Personal,
    Relative,
    Future,
    Active,
    Passive,
}

/// Universal features that the writing decides; at most one value of each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Features(u32);

impl Features {
    /// A set of `features`.
    pub const fn of(features: &[Feature]) -> Self {
        let (mut bits, mut i) = (0, 0);
        while i < features.len() {
            bits |= 1 << features[i] as u32;
            i += 1;
        }
        Self(bits)
    }

    /// These and `others`.
    #[must_use]
    pub const fn and(self, others: &[Feature]) -> Self {
        self.with(Self::of(others))
    }

    /// These and those.
    #[must_use]
    pub const fn with(self, those: Self) -> Self {
        Self(self.0 | those.0)
    }

    /// These and the values that `possible` leaves no choice of, where no value is told yet.
    #[must_use]
    pub(super) fn with_decided(self, possible: Possible) -> Self {
        possible.decided().fold(self, |told, (name, value)| {
            let open = told.iter().all(|(other, _)| other != name);
            let bit = ALL.iter().position(|&(n, v, _)| (n, v) == (name, value)).filter(|_| open);
            Self(told.0 | bit.map_or(0, |bit| 1 << bit))
        })
    }

    /// Whether `feature` is among them.
    pub fn has(self, feature: Feature) -> bool {
        self.0 & (1 << feature as u32) != 0
    }

    /// Name, value and meaning of everything that is told, sorted by name.
    pub fn inventory() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
        ALL.into_iter()
    }

    /// Name and value of each feature, sorted by name.
    pub fn iter(self) -> impl Iterator<Item = (&'static str, &'static str)> {
        ALL.into_iter()
            .enumerate()
            .filter(move |(i, _)| self.0 & (1 << i) != 0)
            .map(|(_, (name, value, _))| (name, value))
    }
}

use Feature::*;

/// What a pronoun suffix tells of person, number and gender.
pub(super) fn of_suffix(pronoun: &str) -> Features {
    let told: &[Feature] = match pronoun {
        "ه" => &[Third, Singular, Masculine],
        "ها" => &[Third, Singular, Feminine],
        "هم" => &[Third, Plural, Masculine],
        "هن" => &[Third, Plural, Feminine],
        "هما" => &[Third, Dual],
        "ك" => &[Second, Singular],
        "كم" => &[Second, Plural, Masculine],
        "نا" => &[First, Plural],
        "ي" | "ني" => &[First, Singular],
        _ => return Features::default(),
    };
    Features::of(told).and(&[Personal])
}

/// What a word of a closed class tells.
pub(super) fn of_closed(form: &str) -> Features {
    Features::of(match form {
        "هو" => &[Personal, Third, Singular, Masculine],
        "هي" => &[Personal, Third, Singular, Feminine],
        "هم" => &[Personal, Third, Plural, Masculine],
        "هن" => &[Personal, Third, Plural, Feminine],
        "هما" => &[Personal, Third, Dual],
        "أنا" => &[Personal, First, Singular],
        "نحن" => &[Personal, First, Plural],
        "أنت" => &[Personal, Second, Singular],
        "أنتم" => &[Personal, Second, Plural, Masculine],
        "هذا" | "ذلك" | "ذاك" => &[Demonstrative, Singular, Masculine],
        "هذه" | "تلك" => &[Demonstrative, Singular, Feminine],
        "هذان" | "هذين" => &[Demonstrative, Dual, Masculine],
        "هاتان" | "هاتين" => &[Demonstrative, Dual, Feminine],
        "هؤلاء" | "أولئك" => &[Demonstrative, Plural],
        "الذي" => &[Relative, Singular, Masculine],
        "التي" => &[Relative, Singular, Feminine],
        "الذين" => &[Relative, Plural, Masculine],
        "اللذان" | "اللذين" => &[Relative, Dual, Masculine],
        "اللتان" | "اللتين" => &[Relative, Dual, Feminine],
        "اللواتي" | "اللاتي" => &[Relative, Plural, Feminine],
        "ماذا" => &[Interrogative],
        "لا" | "لم" | "لن" | "ليس" => &[Negative],
        "سوف" | "س" => &[Future],
        _ => &[],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn features_come_sorted_with_their_own_names() {
        assert!(ALL.is_sorted(), "ALL is not sorted");
        assert_eq!(ALL.len(), Passive as usize + 1, "ALL and Feature differ");
        let told: Vec<_> = of_suffix("ها").iter().collect();
        assert_eq!(told, [("Gender", "Fem"), ("Number", "Sing"), ("Person", "3"), ("PronType", "Prs")]);
        assert_eq!(Features::of(&[Definite, Imperfective]).iter().next(), Some(("Aspect", "Imp")));
        for (name, values) in super::super::analyser::compile::FEATURES {
            for value in values {
                assert!(ALL.iter().any(|&(n, v, _)| (n, v) == (name, *value)), "{name}={value} of the lexicon");
            }
        }
    }
}
