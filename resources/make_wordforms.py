#!/usr/bin/env python3
"""Makes wordforms.tsv (how common each Arabic word form is without its clitics, and what it can be) and tag_pairs.tsv.

    python3 resources/make_wordforms.py ../shared/data
    python3 resources/make_wordforms.py ../shared/data --folds FOLDER

The second writes, for each quarter of the annotated texts, the quarter and the table of word forms that knows nothing of
it: a model that learns from what the table says must not see it better informed than it will be of other texts.

1. Lexicons are unfolded into word forms with part of speech and lemma (`Forms`).
2. Tokens of raw text are counted, and expectation maximization shares each token's count among the ways to cut it,
   the annotated tokens weighing more (`Expectation`). What is left is how often each host stands without its clitics.
3. Annotated words give the share of each part of speech; for other words the lexicons do (`shares`).
4. Annotated news lines give how likely each part of speech is after another (`tag_pairs`).

The weights at the top are the ones of src/morphology/scoring.rs. Needs zstd; a few minutes.
"""

import collections
import math
import re
import sys

import wordform_sources as sources
from wordform_sources import letters

# Natural logarithms, as in src/morphology/scoring.rs (there in tenths).
KNOWN = 4.0  # for a host that a lexicon knows
# for a cut that leaves a known host of a token that no lexicon knows: that the token is common as a whole is no evidence
CUT = 5.0
UNKNOWN, UNKNOWN_LETTER = -13.0, -1.6  # a host never seen, and each of its letters
# for a cut that leaves an unsure host, by what is cut off: foreign names often begin with ب ك ف
UNSURE = {"و": 2.0, "ف": -3.0, "ب": -2.5, "ك": -2.5, "ل": 2.8, "س": 4.0}
UNSURE_NAME = -1.0  # instead, for ل before a vowel: لورو
UNSURE_REGULAR = 1.5  # for ه after the ending of a plural
UNSURE_ARTICLE = 6.0  # of a token that is not a sure word
UNSURE_PRONOUN = {"ه": -2.5, "ها": 2.5, "هم": 1.0, "هن": -3.0, "هما": 0.0, "ك": -4.0, "كم": -3.0, "نا": -4.0, "ي": -6.0, "ني": -4.0}

CONJUNCTIONS = ["", "و", "ف"]
PREFIXES = ["", "ب", "ك", "ل", "س"]
PRONOUNS = ["", "ه", "ها", "هم", "هن", "هما", "ك", "كم", "نا", "ي", "ني"]
GOLD = 30  # occurrences that one annotated token counts for
ARABIC = re.compile("[\u0621-\u064a]+")


def alone(host, pronoun):
    """The forms that the letters of a host before `pronoun` may have alone."""
    yield host
    if not pronoun or len(host) < 3:
        return
    last = host[-1]
    if last == "ت":
        yield host[:-1] + "ة"
    elif last == "ا":
        yield host[:-1] + "ى"
    elif last in "ئؤ":
        yield host[:-1] + "ء"
    elif last == "و":
        yield host + "ا"
    if host in ("علي", "إلي", "لدي", "الي"):
        yield host[:-1] + "ى"


def cuts(token):
    """Every cut: conjunction, prefix, host as it is alone and without article, whether it had one, pronoun."""
    out = []
    for conjunction in CONJUNCTIONS:
        if not token.startswith(conjunction):
            continue
        for prefix in PREFIXES:
            begin = len(conjunction) + len(prefix)
            if not token.startswith(prefix, len(conjunction)) or len(token) <= begin:
                continue
            if prefix == "س" and (token[begin] not in "يتنأ" or len(token) - begin < 3):
                continue
            for pronoun in PRONOUNS:
                if not token.endswith(pronoun):
                    continue
                host = token[begin : len(token) - len(pronoun)]
                if len(host) < 2:
                    if host and host in "بلك" and not prefix and pronoun:
                        out.append((conjunction, prefix, host, 0, pronoun))
                    continue
                article = host.startswith("ال") and len(host) > 3
                if article and not pronoun and prefix not in ("ل", "س"):
                    out.append((conjunction, prefix, host[2:], 1, pronoun))
                if article and (prefix in ("ل", "س") or pronoun and (not host.startswith("الت") or len(host) < 5)):
                    continue
                if prefix == "ل" and host[0] == "ل" and not pronoun:
                    if len(host) > 2:
                        out.append((conjunction, prefix, host[1:], 1, pronoun))
                    out.append((conjunction, prefix, host, 1, pronoun))
                for form in alone(host, pronoun):
                    out.append((conjunction, prefix, form, 0, pronoun))
    return out


def gold_cut(words):
    """The cut of an annotated token, or None where it has another shape."""
    forms = [form for form, _, _ in words]
    conjunction = prefix = pronoun = ""
    if len(forms) > 1 and forms[0] in ("و", "ف"):
        conjunction = forms.pop(0)
    alone_with_pronoun = len(forms) == 2 and words[-1][1] == "PRON" and forms[0] in "بلك"
    if len(forms) > 1 and forms[0] in PREFIXES and not alone_with_pronoun:
        prefix = forms.pop(0)
    if len(forms) == 2 and forms[1] in PRONOUNS:
        pronoun = forms.pop()
    return (conjunction, prefix, forms[0], pronoun) if len(forms) == 1 else None


class Expectation:
    """Shares the counts of tokens among their cuts."""

    def __init__(self, counts, gold, known):
        self.known = known
        self.items = [(cuts(token), min(n, 3000)) for token, n in counts.items() if len(token) > 1]
        proclitics, pronouns = collections.Counter(), collections.Counter()
        for words in gold:
            cut = gold_cut(words)
            token = "".join(form for form, _, _ in words)
            right = [c for c in cuts(token) if cut and (c[0], c[1], c[4]) == (cut[0], cut[1], cut[3])]
            if right:
                self.items.append((right, GOLD))
                article = max(c[3] for c in right)
                proclitics[right[0][:2] + (article,)] += 1
                pronouns[right[0][4]] += 1
        annotated = sum(proclitics.values())
        self.proclitics = collections.defaultdict(lambda: math.log(0.3 / annotated))
        self.proclitics.update({k: math.log((v + 0.3) / annotated) for k, v in proclitics.items()})
        self.pronouns = {p: math.log((pronouns[p] + 0.3) / annotated) for p in PRONOUNS}
        # a cut of ي is rarely right: the ending of relation is the same letter
        self.pronouns["ي"] = -20.0
        self.pronouns["نا"] -= 1
        self.hosts = {}
        total = sum(counts.values())
        for token, n in counts.items():
            for _, _, host, article, _ in cuts(token)[:1]:
                self.hosts[host, article] = math.log(n / total)

    def knows(self, cut):
        return self.known.get(cut[2]) or cut[3] and self.known.get("ال" + cut[2]) or 0

    def score(self, cut, whole):
        """The log probability of a cut, where `whole` is how sure it is that the token is one word."""
        conjunction, prefix, host, article, pronoun = cut
        sure = self.knows(cut)
        score = self.proclitics[conjunction, prefix, article] + self.pronouns[pronoun] + KNOWN * sure
        score += self.hosts.get((host, article), UNKNOWN + UNKNOWN_LETTER * len(host))
        if pronoun == "ي" and host[-1] == "ة":
            score += 6
        if conjunction or prefix or pronoun:
            unsure = UNSURE.get(conjunction or prefix, 0)
            if not conjunction and prefix == "ل" and not article and host[0] in "اوي":
                unsure = UNSURE_NAME
            if not conjunction and prefix == "س" and host[0] != "ي":
                unsure = 0
            # these are no names' endings
            regular = pronoun == "ه" and host.endswith(("ات", "ون", "ين", "ائ", "ت"))
            unsure += UNSURE_REGULAR if regular else UNSURE_PRONOUN.get(pronoun, 0)
            unsure += UNSURE_ARTICLE * (1 - whole) * article
            score += CUT * sure * (1 - whole) + unsure * (1 - sure)
        return score

    def round(self):
        """One round; returns the expected count of each host."""
        counts = collections.Counter()
        for choices, n in self.items:
            whole = self.knows(choices[0])
            weights = [math.exp(self.score(c, whole)) for c in choices]
            total = sum(weights)
            for cut, weight in zip(choices, weights):
                if weight * n > total * 0.01:
                    counts[cut[2], cut[3]] += weight / total * n
        total = sum(counts.values())
        self.hosts = {host: math.log(n / total) for host, n in counts.items() if n > 0.3}
        self.total = total
        return counts


def canonical(lemma, counts):
    """`lemma` with the hamza on its first alef that most texts write."""
    if lemma[0] != "ا":
        return lemma
    count = lambda form: counts.get(form, 0) + counts.get("ال" + form, 0)
    best = max((first + lemma[1:] for first in "اأإ"), key=count)
    return best if count(best) > 2 * count(lemma) else lemma


def shares(form, forms, gold, counts):
    """Parts of speech of `form` with their lemma and share in ninths, the most common first."""
    weights = collections.Counter()
    lemmas = collections.defaultdict(collections.Counter)
    # a name that is known with its article is also what it is without
    for key in [form] + [form[2:]] * (form[:2] == "ال"):
        for (upos, lemma), weight in forms.get(key, {}).items():
            if key == form or upos in ("NOUN", "ADJ", "NUM"):
                weights[upos] = max(weights[upos], weight)
                lemmas[upos][lemma] += weight
        for (upos, lemma), n in gold.get(key, {}).items():
            if key == form or upos in ("NOUN", "ADJ", "NUM"):
                weights[upos] += 2 * n
                lemmas[upos][lemma] += 5 * n
    total = sum(weights.values())
    out = []
    for upos, weight in sorted(weights.items(), key=lambda w: (-round(w[1], 6), w[0]))[:3]:
        ninths = round(9 * weight / total)
        if ninths:
            lemma = max(lemmas[upos], key=lambda l: (round(lemmas[upos][l], 6), l == form, l))
            lemma = lemma if upos == "PROPN" else canonical(lemma, counts)
            out.append(f"{upos}:{ninths}" + (f":{lemma}" if lemma != form else ""))
    return out


def strength(form, forms, gold):
    """How sure it is that `form` is a word, 0 to 1."""
    lexicon = max(forms.get(form, {}).values(), default=0)
    return min(1.0, lexicon + 0.5 * sum(gold.get(form, {}).values()))


def closed_tokens(closed):
    """Tokens that the closed classes cut by themselves, as src/morphology does."""
    out = {form for form, _, _, pronouns, _ in closed if pronouns != "only"}
    out |= {prefix + form for form, _, _, pronouns, _ in closed if pronouns in ("p", "b") for prefix in "بلك"}
    for form, _, _, pronouns, _ in closed:
        if pronouns not in ("-", "b"):
            out |= {p + form + e for e in PRONOUNS[1:] for p in (["", "ب", "ل", "ك"] if pronouns == "p" else [""])}
    out |= {p + e for p in "بل" for e in PRONOUNS[1:]}
    return out | {c + token for c in "وف" for token in out}


def tag_pairs(news):
    """10 ln P(tag | tag before) / P(tag) of annotated news; + marks nouns and adjectives with the article."""
    pairs, tags = collections.Counter(), collections.Counter()
    for sentence in sources.news_sentences(news):
        before = "START"
        for words in sentence:
            for form, upos, _ in words:
                article = form.startswith(("ال", "لل")) and upos in ("NOUN", "ADJ")
                tag = upos + "+" if article or form[:1] == "ل" and before == "ADP" and upos == "NOUN" else upos
                pairs[before, tag] += 1
                tags[tag] += 1
                before = tag
    total = sum(tags.values())
    first = collections.Counter()
    for (before, _), n in pairs.items():
        first[before] += n
    # five observations at the chance of the tag alone
    score = lambda b, t: 10 * math.log((pairs[b, t] + 5 * tags[t] / total) / (first[b] + 5) / (tags[t] / total))
    return sorted(tags), sorted(first), lambda b, t: round(score(b, t))


def word_forms(gold, all_counts, forms, out):
    """Writes the table of word forms of what is annotated (`gold`), counted and in lexicons to `out`."""
    closed = [(line.rstrip("\n") + "\t\t").split("\t")[:5] for line in open(f"{sys.path[0]}/closed_words.tsv") if line[0] != "#"]
    closed_forms = closed_tokens(closed)
    counts = {token: n for token, n in all_counts.items() if token not in closed_forms}
    analyses = collections.defaultdict(collections.Counter)
    for words in gold:
        for form, upos, lemma in words:
            # a pronoun is no host; src/morphology knows them all
            if upos not in (None, "PRON") and ARABIC.fullmatch(form):
                article = form.startswith("ال") and len(form) > 3 and upos in ("NOUN", "ADJ", "PROPN", "NUM")
                bare = form[2:] if article and upos != "PROPN" else form
                analyses[bare][upos, lemma or bare] += 1
    for form in list(analyses):
        for upos, lemma in list(analyses[form]):
            # a clitic that an annotator has overlooked
            if form[0] in "وفبكل" and form[1:] in (lemma, "ال" + lemma, "ل" + lemma):
                del analyses[form][upos, lemma]
    known = {form: strength(form, forms, analyses) for form in forms.keys() | analyses.keys()}
    tokens = [[w for w in words if w[1] not in ("PUNCT", "SYM")] for words in gold]
    tokens = [words for words in tokens if words and all(ARABIC.fullmatch(form) for form, _, _ in words)]
    expectation = Expectation(counts, tokens, known)
    for _ in range(8):
        hosts = expectation.round()
    band = lambda host, article: max(0, round(10 * math.log(hosts[host, article]))) if hosts[host, article] >= 1 else 0

    print("# Word forms without clitics: form, 10 ln(count) without and with the article, how sure it is a word in ninths,", file=out)
    print("# then part of speech, share in ninths and lemma where it differs. Made by make_wordforms.py from sources that", file=out)
    print("# README.md names. Licence: CC BY-SA 4.0", file=out)
    names = {"ال" + form for form, article in hosts if article and "ال" + form in forms}
    for form in sorted({form for form, _ in hosts} | names):
        bare, definite = band(form, 0), band(form, 1)
        if form in names:
            # a name with its article is counted there; here stands what it is
            bare = max(bare, band(form[2:], 1))
        found = shares(form, forms, analyses, all_counts)
        top = max(bare, definite)
        if len(form) > 1 and top >= (16 if found else 28):
            print(form, bare, definite, round(9 * known.get(form, 0)), *found, sep="\t", file=out)
    return expectation


def main():
    data, *folder = [argument for argument in sys.argv[1:] if argument != "--folds"]
    create = lambda path: open(path, "w", encoding="utf8")
    all_counts = sources.raw_counts(data)
    forms = sources.Forms(data, all_counts).table
    if folder:
        news, pud = sources.treebanks(data)
        for k in range(sources.FOLDS):
            create(f"{folder[0]}/news.{k}.txt").write(news[k])
            create(f"{folder[0]}/pud.{k}.conllu").write(pud[k])
            word_forms(sources.annotated(data, k), all_counts, forms, create(f"{folder[0]}/wordforms.{k}.tsv"))
        return
    expectation = word_forms(sources.annotated(data), all_counts, forms, create(f"{sys.path[0]}/wordforms.tsv"))
    news, _ = sources.treebanks(data)
    tags, first, score = tag_pairs("".join(news))
    out = create(f"{sys.path[0]}/tag_pairs.tsv")
    print("# 10 ln of P(part of speech | the one before) / P(part of speech) in annotated news; + marks the article, START", file=out)
    print("# the begin of a sentence. Made by make_wordforms.py; annotation: this project. Licence: Apache-2.0", file=out)
    print("before", *tags, sep="\t", file=out)
    for before in first:
        print(before, *(score(before, tag) for tag in tags), sep="\t", file=out)
    # the figures of src/morphology/scoring.rs
    for key, value in sorted(expectation.proclitics.items()):
        print(key, round(10 * value), file=sys.stderr)
    for key, value in expectation.pronouns.items():
        print(key, round(10 * value), file=sys.stderr)
    print("total", round(10 * math.log(expectation.total)), file=sys.stderr)


if __name__ == "__main__":
    main()
