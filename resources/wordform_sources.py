"""Reads the lexicons and annotated texts that make_wordforms.py works from."""

import collections
import csv
import math
import re
import subprocess
import sys

DROPPED = re.compile("[\u0640\u0610-\u061a\u061c\u064b-\u065f\u0670\u06d6-\u06ed\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
PLAIN = str.maketrans({"ک": "ك", "ی": "ي", "ہ": "ه", "ھ": "ه", "ٱ": "ا"})
BUCKWALTER = dict(zip("'|>&<}AbptvjHxd*rzs$SDTZEgfqklmnhwYy{@#", "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىياأأ"))
ARABIC = re.compile("[\u0621-\u064a]+")
UPOS = "NOUN PROPN VERB AUX ADJ ADV ADP CCONJ SCONJ PRON DET PART NUM PUNCT SYM X INTJ"
SEGMENT = re.compile(r"^(.+?)/(" + UPOS.replace(" ", "|") + r")(?:/([^/+]+))?$")
# PUD tags these otherwise than the guide: taken from the news lines alone
CLOSED = {"ADP", "SCONJ", "PART", "CCONJ", "ADV", "PRON", "DET"}
# verbs of two letters that are common; the others are homographs of commoner words
SHORT_VERBS = set(
    "تم مر ظل حل رد عد شن ضم قل حث دل شك هم بث سن جر هز لف صد كف مد سد فر خص حط شد صب ضخ شق هب دق حد ود زج مس جف خف فض صح نص ظن غض سر قص قر صف".split()
)
NUMBERS = (
    "اثنان اثنين اثنا اثني اثنتان اثنتين ثلاثة ثلاث أربعة أربع خمسة خمس ستة ست سبعة سبع ثمانية ثماني ثمان تسعة تسع عشرة عشر عشرون عشرين "
    "ثلاثون ثلاثين أربعون أربعين خمسون خمسين ستون ستين سبعون سبعين ثمانون ثمانين تسعون تسعين مئة مائة مئتان مئتين مائتان مائتين مئتي مئات "
    "ألف ألفان ألفين ألفي آلاف مليون مليونان مليونين مليوني ملايين مليار ملياران مليارين ملياري مليارات بليون تريليون ثلاثمئة أربعمئة "
    "خمسمئة ستمئة سبعمئة ثمانمئة تسعمئة ثلاثمائة أربعمائة خمسمائة ستمائة سبعمائة ثمانمائة تسعمائة"
).split()
MONTHS = (
    "يناير فبراير مارس أبريل إبريل مايو يونيو يونيه يوليو يوليه أغسطس سبتمبر أكتوبر نوفمبر ديسمبر شباط آذار نيسان أيار حزيران تموز آب أيلول "
    "جانفي فيفري أفريل ماي جوان جويلية أوت محرم صفر رجب شعبان رمضان شوال"
).split()


def letters(text):
    """`text` as src/text normalizes it."""
    return DROPPED.sub("", text).translate(PLAIN)


def news_sentences(text):
    """Sentences of annotated news lines: lists of tokens, which are lists of (form, upos, lemma or None)."""
    for line in text.split("\n"):
        numbered = re.match(r"\d+: (.*)", line)
        sentence = []
        for token in numbered.group(1).split(" ") if numbered else []:
            words, open_part = [], ""
            for part in re.split(r"(?<=[A-Z\u0621-\u064a])\+(?=.)", token):
                open_part = f"{open_part}+{part}" if open_part else part
                if match := SEGMENT.match(open_part):
                    words.append((letters(match[1]), match[2], match[3]))
                    open_part = ""
            if not open_part:
                sentence.append(words)
        if sentence:
            yield sentence


def news(text):
    """The tokens of annotated news lines."""
    return [token for sentence in news_sentences(text) for token in sentence]


def pud(text):
    """The tokens of sentences of PUD."""
    for sentence in text.strip().split("\n\n"):
        words = []
        for line in sentence.split("\n"):
            fields = line.split("\t")
            if not fields[0].isdigit():
                continue
            form, upos, lemma = letters(fields[1]), fields[3], letters(fields[2])
            if upos in CLOSED and not (upos == "ADV" and form.endswith("ا")):
                upos, lemma = None, None
            elif upos == "ADV":
                lemma = None
            elif upos in ("NOUN", "ADJ") and form.endswith("ة") and not lemma.endswith("ة"):
                lemma = (form.removeprefix("ال")) if upos == "NOUN" else lemma
            words.append((form, upos, lemma))
            if "SpaceAfter=No" not in fields[9]:
                yield words
                words = []


FOLDS = 4


def treebanks(data):
    """The annotated texts to learn from, each as the texts of its folds: the news lines, and PUD but its last 200
    sentences, which are kept for evaluation. The folds have articles of the news, and runs of 20 sentences of PUD.
    """
    articles = re.split("(?m)^(?=# )", open(f"{data}/morphology/news.train.txt", encoding="utf8").read())
    sentences = open(f"{data}/morphology/pud.conllu", encoding="utf8").read().strip().split("\n\n")[:-200]
    articles = [article for article in articles if article.strip()]
    news = ["".join(articles[k::FOLDS]) for k in range(FOLDS)]
    runs = ["".join(f"{sentence}\n\n" for sentence in sentences[i : i + 20]) for i in range(0, len(sentences), 20)]
    return news, ["".join(runs[k::FOLDS]) for k in range(FOLDS)]


def annotated(data, without=None):
    """All annotated tokens but those of a fold; a word whose tag does not follow the guide has none."""
    of = lambda read, folds: [token for k, text in enumerate(folds) if k != without for token in read(text)]
    lines, universal = treebanks(data)
    return of(news, lines) + of(pud, universal)


def arabic(buckwalter):
    """Undiacritized Arabic letters of a Camel Morph form or lemma."""
    stem = re.sub(r"-[aiu]+$", "", buckwalter)
    out = "".join(BUCKWALTER.get(c, "") for c in stem if c not in "aiuoFNK~`_")
    return out.replace("أا", "آ").replace("ءا", "آ")


def raw_counts(data):
    """Tokens of raw text with their counts; those of the news count three times."""
    counts = collections.Counter()
    for name, weight in (("ant", 3), ("wikipedia", 1)):
        text = subprocess.Popen(["zstd", "-dc", f"{data}/raw/{name}.txt.zst"], stdout=subprocess.PIPE, encoding="utf8")
        for line in text.stdout:
            for token in ARABIC.findall(letters(line)):
                counts[token] += weight
    return {token: n for token, n in counts.items() if n >= 3 and len(token) < 25}


class Forms:
    """`table`: form without article → {(upos, lemma): weight}; only forms that `counts` has somewhere."""

    def __init__(self, data, counts):
        self.table = collections.defaultdict(dict)
        self.counts = counts
        self.camel(f"{data}/lexicon/camel_morph_msa/MSA-")
        self.own_nouns(f"{data}/lexicon/own_nouns.tsv")
        self.chainbank(f"{data}/lexicon/chainbank/lemmas.csv")
        self.names(f"{data}/gazetteer/")
        for month in MONTHS:
            self.add(month, "NOUN", month, 3.0)
        for number in NUMBERS:
            self.add(number, "NUM", number, 3.0)
        self.misspellings()

    def add(self, form, upos, lemma, weight):
        if len(form) > 1 and weight > self.table[form].get((upos, lemma), 0):
            self.table[form][upos, lemma] = weight

    def nominal(self, lemma, upos, weight, plurals=()):
        """The forms of a noun or adjective; a guessed ending weighs by how common its lemma is."""
        if upos == "ADJ" and lemma.endswith("ة"):
            lemma = lemma[:-1]
        add = lambda form, w: self.add(form, upos, lemma, w)
        add(lemma, weight)
        if len(lemma) < 3:
            return
        for plural in plurals:
            add(plural, weight)
            add(plural + "ا", weight * 0.3)
        # between لجنة and a rare لجن the ending -ات goes to the common one
        common = min(1.0, 0.5 + 0.1 * len(str(self.counts.get(lemma, 0) + self.counts.get("ال" + lemma, 0)))) * weight
        if lemma.endswith("ة"):
            stem = lemma[:-1]
            for ending in ("ات", "تان", "تين", "تا", "تي"):
                add(stem + ending, common * (0.4 if plurals else 1.0))
            return
        if lemma.endswith("ى"):
            for ending in ("يات", "يين", "يان", "ا"):
                add(lemma[:-1] + ending, common * (0.2 if plurals else 0.8))
            return
        if lemma.endswith("اء") and len(lemma) > 3:
            add(lemma[:-1] + "ات", common * 0.5)
            add(lemma[:-1] + "وات", common * 0.5)
        if upos == "ADJ":
            for ending in ("ة", "تين", "تان"):
                add(lemma + ending, weight)
        for ending in ("ات", "ون", "ين", "ان"):
            # وجهات is of وجهة, not of وجه with its plural وجوه
            rare = upos == "NOUN" and plurals and ending != "ان" or upos == "ADJ" and ending == "ات"
            add(lemma + ending, common * (0.3 if rare else 0.8))
        for ending in ("ا", "ي", "و"):
            add(lemma + ending, common * (0.9 if ending == "ا" else 0.15))
        if re.fullmatch("[^ا]ا..?ي", lemma) or lemma.endswith("ي") and lemma[:1] == "م":
            add(lemma[:-1], common * 0.2)

    def camel(self, path):
        rows = lambda name: csv.DictReader(open(f"{path}{name}.csv", encoding="utf8"))
        lemmas = collections.defaultdict(set)
        for row in rows("Adj-LEX"):
            lemma, form = arabic(row["LEMMA"]), arabic(row["FORM"])
            if row["NUM"] == "p":
                lemmas[lemma].add(form + ("ء" if "#A'" in row["COND-S"] else "ى" if "#aY" in row["COND-S"] else ""))
            else:
                lemmas[lemma]
        for lemma, plurals in lemmas.items():
            self.nominal(lemma, "ADJ", 0.5, plurals)
        for row in rows("Adj-Comp-LEX"):
            self.nominal(arabic(row["LEMMA"]), "ADJ", 0.7)
        for name in ("PV", "IV"):
            for row in rows(f"Verb-LEX-{name}"):
                if "_" not in row["FORM"]:
                    self.verb(name, row)
        for row in rows("Noun-Prop-LEX"):
            form = arabic(row["FORM"])
            if len(form) > 2:
                self.add(form, "PROPN", form, 0.4)

    def verb(self, name, row):
        """Perfect (PV) or imperfect (IV) forms of a stem; Header-v2 and MSA-Verb-MORPH say how endings attach."""
        stem, lemma, conditions = arabic(row["FORM"]), arabic(row["LEMMA"]), row["COND-S"].split()
        consonant, vowel = row["COND-T"] != "v-suff", row["COND-T"] != "c-suff"
        weight = 0.5 if name == "PV" else 1.5
        # rare homographs yield to the common verb
        weight *= min(1.0, 0.15 + 0.1 * math.log(1 + self.counts.get(lemma, 0)))
        if len(lemma) < 3 and lemma not in SHORT_VERBS:
            weight *= 0.3
        forms = set()
        kind = next((c for c in conditions if c.startswith("#-")), "")
        if name == "PV":
            third, masculine_plural = {
                "#-ay": ("ى", "وا"), "#-aw": ("ا", "وا"), "#-iy": ("ي", "وا"), "#-a>": ("أ", "أوا"),
                "#-A'": ("اء", "اؤوا"), "#->ay": ("أى", "أوا"), "#-aA": ("ا", "وا"),
            }.get(kind, ("", "وا"))
            feminine = {"#-iy": "يت", "#-a>": "أت", "#-A'": "اءت", "#->ay": "أت"}.get(kind, "ت")
            link = {"#-ay": "ي", "#-aw": "و", "#-iy": "ي", "#-a>": "أ", "#->ay": "أي"}.get(kind, "")
            if vowel:
                forms |= {stem + e for e in (third, feminine, masculine_plural, feminine + "ا", link + "ا")}
                if kind == "#-ay":
                    forms.add(stem + "ي")  # passive أعطي
                if len(stem) > 2 and stem[-2] == "ا" and row["COND-T"]:
                    passive = stem[:-2] + "ي" + stem[-1]  # قيل, أصيب
                    forms |= {passive, passive + "ت", passive + "وا"}
                if re.fullmatch("ت?.ا..", stem) and not kind:
                    passive = stem[:-3] + "و" + stem[-2:]  # شوهد
                    forms |= {passive, passive + "ت", passive + "وا"}
            if consonant:
                endings = ("ت", "نا", "ن", "تم", "تما")
                if "#t" in conditions:
                    endings = ("", "نا", "ن", "م", "ما")
                elif "#n" in conditions:
                    endings = ("ت", "ا", "", "تم", "تما")
                forms |= {stem + link + e for e in endings}
        else:
            hamza = "" if ">-#" not in conditions else "ؤ" if "u-#" in conditions else "أ"
            end, passive = {
                "#-iy": ("ي", "ى"), "#-aY": ("ى", ""), "#-uw": ("و", "ى"), "#-a>": ("أ", ""), "#-A'": ("اء", ""),
                "#-iy'": ("يء", ""), "#-uw'": ("وء", ""), "#->ay": ("أى", ""), "#-u&": ("ؤ", ""), "#-}iy": ("ئي", ""),
            }.get(kind, ("", ""))
            glide = {"#-iy": "ي", "#-aY": "ي", "#-uw": "و"}.get(kind, end)
            base = set()
            if vowel:
                base |= {stem + end, stem + "ون", stem + "وا", stem + glide + "ان", stem + glide + "ا", stem + "ين"}
                if end in ("أ", "يء", "وء", "اء"):
                    lead = {"أ": "ؤ", "يء": "يئ", "وء": "وؤ", "اء": "اؤ"}[end]
                    base = {stem + end, stem + lead + "ون", stem + lead + "وا", stem + lead + "ن"}
                if passive:
                    base.add(stem + passive)
                if row["COND-T"] and len(stem) > 1 and stem[-2] in "يو":
                    base |= {stem[:-2] + "ا" + stem[-1]}  # passive يقال
            if consonant:
                base |= {stem + glide + "ن" if kind else stem + "ن", stem}
            first = "آ" if hamza == "أ" else "أو" if hamza else "أ"
            if row["COND-T"] == "c-suff":
                weight *= 0.25  # the jussive
            forms = {p + hamza + b for p in "يت" for b in base}
            for form in {"ن" + hamza + b for b in base} | {first + b for b in base}:
                self.add(form, "VERB", lemma, weight * (0.4 if form[0] == "ن" else 0.15))
            if kind:  # the jussive of defective verbs is rare
                for form in {p + hamza + stem for p in "يتن"} | {first + stem}:
                    self.add(form, "VERB", lemma, weight * 0.15)
                    forms.discard(form)
        for form in forms:
            # تمكن is oftener itself than an imperfect of مكن
            self.add(form, "VERB", lemma, weight * 4 if form == lemma and form[0] == "ت" else weight)

    def own_nouns(self, path):
        for line in open(path, encoding="utf8"):
            lemma, upos, _, broken, _ = line.rstrip("\n").split("\t")
            self.nominal(lemma, upos, 1.0, [] if broken == "-" else broken.split("|"))

    def chainbank(self, path):
        for row in csv.DictReader(open(path, encoding="utf8")):
            lemma = letters(row["LEMMA_ARA"].split("-")[0])
            if row["POS"] in ("NOUN", "ADJ") and re.fullmatch("[\u0621-\u064a]{2,}", lemma):
                self.nominal(lemma, row["POS"], 0.5)

    def names(self, path):
        """Single words of names; keys with folded alef find the spelling that is most common in text."""
        spelled = {}
        for token in self.counts:
            folded = re.sub("[أإآ]", "ا", token)
            if self.counts[token] > self.counts.get(spelled.get(folded), 0):
                spelled[folded] = token
        def add(name, weight):
            word = name if name in self.counts else spelled.get(re.sub("[أإآ]", "ا", name))
            if word and len(word) > 2:
                # الشيخ is a noun before it is a town
                noun = word[:2] == "ال" and max(self.table.get(word[2:], {}).values(), default=0) >= 0.9
                self.add(word, "PROPN", word, weight * 0.2 if noun and weight < 1 else weight)
        for row in csv.DictReader(open(path + "person_units.tsv", encoding="utf8"), delimiter="\t"):
            if int(row["count"]) > 2:
                add(row["arabic_key"], 0.15)
        for row in csv.DictReader(open(path + "geonames_arabic.tsv", encoding="utf8"), delimiter="\t"):
            for name in re.split("[,|;]", row["arabic_names"]):
                population = int(row["population"] or 0)
                if population > 20000:
                    add(name, 0.5 if population < 200000 else 0.7 if population < 1000000 else 1.2)
        for row in csv.DictReader(open(path + "nationalities.tsv", encoding="utf8"), delimiter="\t"):
            add(row["ar"], 3.0)
            if " " not in row["male"]:
                self.nominal(row["male"], "ADJ", 1.0, [row["males"]] if " " not in row["males"] else [])
        for line in open(f"{sys.path[0]}/gazetteer/countries.tsv", encoding="utf8"):
            for name in re.split(r"[\t|]", line.rstrip("\n")):
                if line[0] != "#" and re.fullmatch("[\u0621-\u064a]+", name):
                    add(name, 3.0)
        for line in open(path + "own_persons.tsv", encoding="utf8"):
            for word in line.split("\t")[0].split():
                add(word, 0.4)

    def misspellings(self):
        """Common spellings with another hamza, or with ى for ي or the reverse, take the analyses of the right one."""
        wrong = []
        for token in self.counts:
            form = token.removeprefix("ال") if len(token) > 4 else token
            if form in self.table:
                continue
            variants = []
            if form[0] == "ا":
                variants += ["أ" + form[1:], "إ" + form[1:], "آ" + form[1:]]
            if form[0] in "أإ":
                variants.append("ا" + form[1:])
            if form[-1] == "ى":
                variants.append(form[:-1] + "ي")
            if form[-1] == "ي":
                variants.append(form[:-1] + "ى")
            for variant in variants:
                if variant in self.table and self.counts.get(variant, 0) + self.counts.get("ال" + variant, 0) > 10:
                    wrong.append((form, variant))
                    break
        for form, variant in wrong:
            for (upos, lemma), weight in self.table[variant].items():
                self.add(form, upos, lemma, weight * 0.5)
