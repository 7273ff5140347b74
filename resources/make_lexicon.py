#!/usr/bin/env python3
"""Makes lexicon/lexemes.tsv and lexicon/paradigms.tsv from morphological lexicons.

    python3 resources/make_lexicon.py ../shared/data

Camel Morph says of each stem which conditions it sets and needs, and of each affix the same. `Grammar` follows these to
the endings that a kind of stem can have; stems with the same endings form a class. Nouns of the other sources get their
conditions by their shape (`nominal`). Nothing here runs when the program is built: build/lexicon.rs reads the tables.
"""

import collections
import csv
import functools
import re
import sys

import wordform_sources

LETTERS = dict(zip("'|>&<}AbptvjHxd*rzs$SDTZEgfqklmnhwYy{", "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيا"))
MARKS = dict(zip("FNKaui~`", "\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0670"))
ANY_MARK = re.compile("[\u064b-\u0652\u0670\u0640]")
WORD = re.compile("[\u0621-\u064a]{2,}")
# the parts of speech of Camel Morph in Universal Dependencies; the closed classes are in closed_words.tsv
UPOS = {
    "noun": "NOUN", "noun_quant": "NOUN", "noun_num": "NUM", "noun_prop": "PROPN", "adj": "ADJ", "adj_comp": "ADJ",
    "adj_num": "ADJ", "verb": "VERB", "adv": "ADV", "interj": "INTJ",
}
FEATURES = {
    "asp:p": "Aspect=Perf", "asp:i": "Aspect=Imp", "asp:c": "Mood=Imp", "mod:i": "Mood=Ind", "mod:s": "Mood=Sub",
    "mod:j": "Mood=Jus", "per:1": "Person=1", "per:2": "Person=2", "per:3": "Person=3", "gen:m": "Gender=Masc",
    "gen:f": "Gender=Fem", "num:s": "Number=Sing", "num:d": "Number=Dual", "num:p": "Number=Plur", "cas:n": "Case=Nom",
    "cas:a": "Case=Acc", "cas:g": "Case=Gen", "stt:i": "Definite=Ind", "stt:d": "Definite=Def", "stt:c": "Definite=Cons",
    "vox:a": "Voice=Act", "vox:p": "Voice=Pass",
}


def vocalized(buckwalter):
    """Arabic script with the vowel marks that Camel Morph writes; no sukun."""
    out = "".join(LETTERS.get(c) or MARKS.get(c, "") for c in re.sub(r"[-_].*$", "", buckwalter))
    return out.replace("أَا", "آ")


def bare(form):
    """`form` without its marks."""
    return ANY_MARK.sub("", form)


def pattern(abstract):
    """A pattern of Camel Morph, `1a2o3`, as grammars write it: فَعل."""
    if not re.search("[123]", abstract or ""):
        return ""
    digits = dict(zip("1234", "fEll"))
    plain = re.sub(r"_.*$", "", abstract).replace("+", "").replace("A", "aA").replace("aaA", "aA")
    return vocalized("".join(digits.get(c, c) for c in plain))


class Grammar:
    """The endings of every kind of stem, from Header-v2, the ORDER and the MORPH tables."""

    def __init__(self, folder):
        self.morphemes = collections.defaultdict(list)  # class → [(function, form, features, needs, sets)]
        self.orders = []  # (scope, classes)
        for kind in ("Verb", "Nom"):
            for row in csv.DictReader(open(f"{folder}/MSA-{kind}-MORPH.csv", encoding="utf8")):
                if row["DEFINE"] == "MORPH" and "correctness:n" not in row["FEAT"]:
                    form = "" if row["FORM"] == "_" else row["FORM"].strip()
                    needs, sets = self.conditions(row)
                    self.morphemes[kind, row["CLASS"]].append((row["FUNC"], form, row["FEAT"], needs, sets))
            for row in csv.DictReader(open(f"{folder}/MSA-{kind}-ORDER.csv", encoding="utf8")):
                name = " ".join((row["PREFIX"], row["STEM"], row["SUFFIX"]))
                # energetic moods, readings without case and adjectives in false construct add nothing that is written
                left_out = re.search(r"Suff\.(E|X)\b|XX.U\]|EMPH|CONJ-ACC|PRON-OTHER", name)
                if row["DEFINE"] == "ORDER" and not left_out and not row["EXCLUDE"].startswith("RED-MORPH"):
                    self.orders.append((kind, row["SCOPE"], name.split()))

    @staticmethod
    def conditions(row):
        """What a stem or an affix needs and what it sets; `_` is nothing."""
        return [[term for term in (row[column] or "").split() if term != "_"] for column in ("COND-T", "COND-S")]

    def holds(self, kind, name, morpheme, given):
        """Whether the conditions that `morpheme` of class `name` needs hold; `else` is where its siblings' do not."""
        function, _, _, needs, _ = morpheme
        for i, term in enumerate(needs):
            if term == "else":
                siblings = [m[3] for m in self.morphemes[kind, name] if m[0] == function and m[3][:i] == needs[:i] and len(m[3]) > i]
                if any(self.true(other[i], given) for other in siblings if other[i] != "else" and other[i][0] != "!"):
                    return False
            elif not self.true(term, given):
                return False
        return True

    @staticmethod
    def true(term, given):
        return any((one[1:] not in given) if one[0] == "!" else one in given for one in term.split("||"))

    @functools.cache
    def cells(self, stem_class, scope, needs, sets):
        """What a stem can have around it: (prefix, ending, context, features) in letters without marks.

        The context of a noun is i, d or c for its state, c+ before a pronoun and c1 before ي; of a verb it is nothing, or
        + before a pronoun.
        """
        kind = "Verb" if scope == "verb" else "Nom"
        found = set()
        for order_kind, order_scope, names in self.orders:
            if order_kind != kind or stem_class not in names or order_scope not in (f"pos:{scope}", "pos:*"):
                continue
            state = next((name[9].lower() for name in names if name.startswith("[NSuff.XX")), "")
            contexts = {"": ("", "+"), "c": ("c", "c+", "c1")}.get(state, (state,))
            wanted = [name for name in dict.fromkeys(names) if re.match(r"\[(IVPref|IVPreBuff|NBuff|PVBuff|IVBuff|CVBuff|NSuff|PVSuff|IVSuff|CVSuff)", name)]
            for context in contexts:
                if context == "+" and not ({"trans", "ditrans"} & set(sets)):
                    continue
                given = {"": [], "+": ["enc0"], "c+": ["enc0", "poss"], "c1": ["enc0", "1s_poss", "i-suff"]}.get(context, [])
                self.combine(kind, wanted, 0, [], set(sets) | set(given), needs, context, found)
        return frozenset(found)

    def combine(self, kind, names, i, chosen, given, needs, context, found):
        if i < len(names):
            for morpheme in self.morphemes[kind, names[i]]:
                self.combine(kind, names, i + 1, chosen + [(names[i], morpheme)], given | set(morpheme[4]), needs, context, found)
            return
        if not all(self.true(term, given) for term in needs):
            return
        if not all(self.holds(kind, name, morpheme, given) for name, morpheme in chosen):
            return
        prefix = "".join(m[1] for name, m in chosen if name.startswith("[IVPre"))
        ending = "".join(m[1] for name, m in chosen if not name.startswith("[IVPre"))
        told = " ".join(m[2] for _, m in chosen).replace("form_", "").split()
        perfect = "asp:p" in told or "asp:c" in told
        told = tuple(f for f in told if f in FEATURES and not (perfect and f.startswith("mod:")))
        found.add((bare(vocalized(prefix)), bare(vocalized(ending)), context, told))


class Lexicon:
    """Lexemes with their stems, and the classes of the stems."""

    def __init__(self, data):
        self.data = data
        self.grammar = Grammar(f"{data}/lexicon/camel_morph_msa")
        self.lexemes = {}  # (lemma, upos, root) → [pattern, gloss, {stem: set of classes}]
        self.classes = {}  # table of endings → number
        self.known = collections.defaultdict(set)  # bare lemma → keys
        self.verbs = collections.defaultdict(dict)  # key of a verb → {kind of stem: form without marks, conditions}
        self.seen = collections.Counter()  # how often raw text has a form, clitics aside
        for token, n in wordform_sources.raw_counts(data).items():
            rest = re.sub("^[وف]?(?:[بك]?ال|لل)?", "", token)
            for form in {token, rest, re.sub("^[وف]?[بكل]?", "", token)}:
                self.seen[form] += n

    def lexeme(self, lemma, upos, root="", abstract="", gloss=""):
        key = (lemma, upos, root)
        if key not in self.lexemes:
            self.lexemes[key] = [abstract, gloss, {}]
            self.known[bare(lemma)].add(key)
        entry = self.lexemes[key]
        entry[0], entry[1] = entry[0] or abstract, entry[1] or gloss
        return entry[2]

    def stem(self, stems, form, stem_class, scope, needs, sets, told=()):
        """Adds a stem with the features `told`, which prevail over those of its endings."""
        cells = self.grammar.cells(stem_class, scope, tuple(needs), tuple(sets))
        table = collections.defaultdict(set)
        for prefix, ending, context, features in cells:
            values = dict(f.split(":") for f in features)
            # صديق is masculine; صديقات is feminine all the same
            plural = values.get("num") == "p" and "num:p" not in told
            values.update(f.split(":") for f in told if not (plural and f[:3] == "gen"))
            rare = "?" if self.rare(values) else ""
            table[prefix, ending, context, rare].add(tuple(sorted(f"{k}:{v}" for k, v in values.items() if f"{k}:{v}" in FEATURES)))
        if not table:
            return
        rows = []
        for (prefix, ending, context, rare), bundles in sorted(table.items()):
            names = sorted({FEATURES[f].split("=")[0] for bundle in bundles for f in bundle})
            values = lambda name: sorted({next((FEATURES[f].split("=")[1] for f in b if FEATURES[f].startswith(name + "=")), "-") for b in bundles})
            rows.append((prefix, ending, context, rare + "|".join(f"{name}={','.join(values(name))}" for name in names)))
        number = self.classes.setdefault(tuple(rows), len(self.classes))
        stems.setdefault(form, set()).add(number)

    @staticmethod
    def rare(values):
        """Whether news hardly has a form with these features where its letters are another form's as well."""
        spoken = values.get("asp") == "c" or values.get("per") == "2" or (values.get("per"), values.get("num")) == ("1", "s")
        women = values.get("per") and (values.get("gen"), values.get("num")) == ("f", "p")
        dual = (values.get("stt"), values.get("num"), values.get("cas")) == ("c", "d", "n")
        return bool(spoken or women or dual)

    def camel(self):
        rows = lambda name: csv.DictReader(open(f"{self.data}/lexicon/camel_morph_msa/MSA-{name}.csv", encoding="utf8"))
        for name in ("Verb-LEX-PV", "Verb-LEX-IV", "Verb-LEX-CV", "Adj-LEX", "Adj-Comp-LEX", "Adj-Num-LEX", "Noun-Num-LEX", "Noun-Quant-LEX", "Noun-Prop-LEX", "Other-LEX"):
            for row in rows(name):
                pos = re.search(r"pos:(\w+)", row["FEAT"] or "")
                if row["DEFINE"] != "LEXICON" or not pos or pos[1] not in UPOS or re.search(r"[_ ]", row["FORM"]) or "Frozen" in row["COND-S"]:
                    continue
                root = re.sub(r"[^\u0621-\u064a]", "", vocalized(row["ROOT"].replace(".", "").replace("#", "A"))) if row["ROOT"] != "NTWS" else ""
                gloss = ";".join((row["GLOSS"] or "").replace("_", " ").split(";")[:2])
                stems = self.lexeme(vocalized(row["LEMMA"]), UPOS[pos[1]], root, "" if "num:p" in row["FEAT"] else pattern(row["PATTERN_ABSTRACT"]), gloss)
                needs, sets = Grammar.conditions(row)
                told = [f for f in row["FEAT"].split() if f[:3] in ("gen", "num", "vox") and f[-1] not in "-u"]
                if pos[1] == "verb":
                    self.verb(stems, row, needs, sets)
                elif row["CLASS"] in ("[STEM-ADJ]", "[STEM-NOM]", "[STEM-NOMINATIVE]", "[STEM-ACCUSATIVE]", "[STEM-GENITIVE]", "[STEM-CONST]"):
                    scope = "adj" if row["CLASS"] == "[STEM-ADJ]" else "noun"
                    self.stem(stems, vocalized(row["FORM"]), row["CLASS"], scope, needs, sets, told)
                else:
                    self.alone(stems, vocalized(row["FORM"]))

    def alone(self, stems, form):
        """A word without endings."""
        number = self.classes.setdefault((("", "", "", ""),), len(self.classes))
        stems.setdefault(form, set()).add(number)

    def verb(self, stems, row, needs, sets):
        """A stem of a verb and its passive."""
        form, name, imperative = row["FORM"], row["CLASS"], row["CLASS"] == "[STEM-CV]"
        passive = None if imperative else self.passive(form, name, row["ROOT"], sets)
        self.verbs[vocalized(row["LEMMA"]), vocalized(row["ROOT"].replace(".", ""))].setdefault((name, row["COND-T"]), (bare(vocalized(form)), sets))
        active = ["vox:a"] if passive else []
        if passive and bare(vocalized(passive[0])) == bare(vocalized(form)) and passive[1] == sets:
            active, passive = [], None
        self.stem(stems, vocalized(form), name, "verb", needs, sets, [] if imperative else active)
        if passive:
            self.stem(stems, vocalized(passive[0]), name, "verb", needs, passive[1], ["vox:p"])

    @staticmethod
    def passive(form, name, root, sets):
        """The passive of a stem, which Camel Morph does not list: its form and the conditions it sets."""
        ending = next((c for c in sets if c.startswith("#-")), "")
        others = [c for c in sets if not c.startswith("#-") and c not in ("a-#", "u-#")]
        if ending in ("#-a>", "#-A'", "#->ay", "#->~ay", "#-u&", "#-iy'", "#-uw'", "#-}iy"):
            return None
        syllables = re.split(r"(aA|uw|iy|[aui])", form)
        vowels = range(1, len(syllables), 2)
        if name == "[STEM-PV]":
            for i in vowels:
                last = i == vowels[-1] and not ending
                long = syllables[i] == "aA"
                syllables[i] = ("iy" if long else "i") if last and (long or i > 1 or "c" not in name) else ("uw" if long else "u")
            if len(vowels) == 1 and not ending:
                syllables[1] = "iy" if "aA" in form else "u" if form.endswith("~") else "i"
            passive = "".join(syllables)
            return passive, others + (["#-iy"] if ending else [])
        for i in vowels:
            last = i == vowels[-1] and not ending
            syllables[i] = ("aA" if syllables[i] in ("uw", "iy", "aA") else "a") if last else ("aA" if syllables[i] == "aA" else "a")
        passive = "".join(syllables)
        if root.startswith("w.") and not form.startswith("w") and len(re.sub("[aiuo~]", "", form)) == len(root.split(".")) - 1 - bool(ending):
            passive = "w" + passive
        return passive, ["u-#"] + others + (["#-aY"] if ending else [])

    def nominal(self, stems, lemma, upos, told=(), feminine=True, sound="", diptote=False, plural=False):
        """The stem of a noun or adjective of another source, with its conditions by its shape.

        `lemma` is in Arabic letters, with marks or without. `sound` names the plurals it has: MP, FP.
        """
        scope, name = ("adj", "[STEM-ADJ]") if upos == "ADJ" else ("noun", "[STEM-NOM]")
        letters = bare(lemma)
        strip = lambda count: re.sub(f"(?:[\u0621-\u064a][\u064b-\u0652\u0670]*){{{count}}}$", "", lemma) if count else lemma
        dual = "MS" if plural else "MS||MD"
        forms = "||".join([dual] + ([] if plural else sound.split()) + (["FS", "FD"] if upos == "ADJ" and feminine else []))
        sets = ["#dip"] if diptote else []
        def add(stem, needs, conditions, more=()):
            stem = re.sub("[\u064e\u064f\u0650]+$", "", stem)
            if len(bare(stem)) > (0 if conditions else 1):
                self.stem(stems, stem, name, scope, [needs], list(conditions) + sets, tuple(told) + tuple(more))
        if letters.endswith("اة") and len(letters) > 3:
            last = "#aA-Ap-w" if len(letters) == 4 else "#aA-Ap-y"
            add(strip(2), "FS" if plural else "FS||FD||FP", [last])
        elif letters.endswith("ة"):
            add(strip(1), "FS" if plural else "FS||FD||FP", [])
        elif letters.endswith("ى"):
            forms = "MS||MD||FP" + ("||MP" if "MP" in sound else "") + ("||FS||FD" if upos == "ADJ" and feminine else "")
            add(strip(1), "MS" if plural else forms, ["#aY-Ap-y"])
        elif letters.endswith("اء") and len(letters) > 2:
            feminine_ending = "gen:f" in told or diptote and not plural
            add(strip(1), forms if plural or "FP" not in sound else forms, ["#A'-w" if feminine_ending else "#A'"])
        elif letters.endswith("وء"):
            add(strip(1), forms, ["#w'"])
        elif letters.endswith("يء"):
            add(strip(1), forms, ["#o'-con"])
        elif letters.endswith("ء"):
            add(strip(1), dual, ["#o'-dis"])
        elif letters.endswith("أ"):
            add(strip(1), forms, ["#a>"])
        elif letters.endswith("ا") and len(letters) > 2:
            add(strip(1), "MS" if plural else "MS||FP" if "FP" in sound else "MS", ["#aA"])
        elif letters.endswith("ي") and not re.search("ي\u0651", lemma) and self.defective(letters, plural, upos):
            add(strip(1), forms, ["#iy"])
        else:
            add(lemma, forms, [])

    @staticmethod
    def defective(letters, plural, upos):
        """Whether the ي of a word goes where it is indefinite: قاضي, تشظي, معاني, مستوي; not where it is of relation."""
        if plural:
            return bool(re.fullmatch("..?اني|.[وا]ا?.ي|...?ا.ي", letters))
        if upos == "NOUN" and re.fullmatch("ت.ا?[^اي]ي", letters):
            return True
        return bool(re.fullmatch("(?:.ا|م.|م.ا|مت.ا|مت.|من.|م.ت|مست)[^اوي]ي", letters))

    def own_nouns(self):
        vocalizations = collections.defaultdict(set)
        for row in csv.DictReader(open(f"{self.data}/lexicon/chainbank/lemmas.csv", encoding="utf8")):
            # what has no part of speech are nouns
            row["POS"] = row["POS"] or "NOUN" * (row["FUNCTION"] == "-")
            if row["POS"] in ("NOUN", "ADJ"):
                lemma = vocalized(row["LEMMA"])
                root = re.sub(r"[^\u0621-\u064a]", "", vocalized(row["ROOT"].replace(".", "")))
                gloss = ";".join(row["GLOSS"].replace("_", " ").split(";")[:2])
                vocalizations[bare(lemma), row["POS"]].add((lemma, root, pattern(row["PATTERN_ABSTRACT"]), gloss))
        plurals = collections.defaultdict(set)  # of Arabic WordNet
        lemma = None
        for line in open(f"{self.data}/lexicon/arabic_wordnet/wn-data-arb.tab", encoding="utf8"):
            fields = line.rstrip("\n").split("\t")
            if fields[1:2] == ["arb:lemma"]:
                lemma = bare(fields[2]) if fields[0].endswith("-n") else None
            elif fields[1:2] == ["arb:lemma:brokenplural"] and lemma and WORD.fullmatch(bare(fields[2])):
                plurals[lemma].add(bare(fields[2]))
        done = set()
        here = sys.path[0]
        for path in (f"{self.data}/lexicon/own_nouns.tsv", f"{here}/lexicon/more_nouns.tsv"):
            for line in open(path, encoding="utf8"):
                if line[0] == "#" or not line.strip():
                    continue
                lemma, upos, gender, broken, sound = line.rstrip("\n").split("\t")
                if upos == "PROPN":
                    self.alone(self.lexeme(lemma, upos), lemma)
                    continue
                if (lemma + "ي", upos) in vocalizations and (lemma, upos) not in vocalizations:
                    lemma += "ي"  # قاض stands for قاضي
                done.add((lemma, upos))
                broken = set() if broken == "-" else {self.whole(plural) for plural in broken.split("|")}
                known = vocalizations.get((lemma, upos), set())
                entry = self.vowels(lemma, known)
                self.noun(entry, upos, gender, broken | (plurals[lemma] if not broken else set()), sound)
        for (lemma, upos), known in vocalizations.items():
            for entry in sorted(known):
                if (lemma, upos) in done and entry == self.vowels(lemma, known):
                    continue
                self.noun(entry, upos, "", plurals[lemma] if upos == "NOUN" and (lemma, upos) not in done else set(), "")
        for lemma, broken in plurals.items():
            if WORD.fullmatch(lemma) and (lemma, "NOUN") not in done and (lemma, "NOUN") not in vocalizations and len(lemma) > 2:
                self.noun((lemma, "", "", ""), "NOUN", "", broken, "")

    @staticmethod
    def vowels(lemma, known):
        """The vowels, root, pattern and gloss of a lemma written without: of several words the one without a shadda."""
        plain = sorted(entry for entry in known if "\u0651" not in entry[0]) or sorted(known)
        if not plain or len({entry[1] for entry in plain}) > 1:
            return lemma, "", "", ""
        return plain[0] if len(plain) == 1 else (lemma, plain[0][1], "", plain[0][3])

    def whole(self, plural):
        """A plural with the ي that it has when definite: أراض stands for أراضي, رجال for itself."""
        defective = re.fullmatch("..?ا.", plural) and self.seen[plural + "ي"] > self.seen[plural]
        return plural + "ي" if defective else plural

    def noun(self, entry, upos, gender, broken, sound):
        lemma, root, shape, gloss = entry
        letters = bare(lemma)
        if not WORD.fullmatch(letters) or upos == "ADJ" and letters.endswith("ة"):
            return
        if upos == "ADJ" and any(key[1] == "ADJ" for key in self.known[letters]):
            # Camel Morph has it, with its plurals
            lemma, root = next((k[0], k[2]) for k in sorted(self.known[letters]) if k[1] == "ADJ")
            stems = self.lexeme(lemma, upos, root)
            self.broken(stems, broken - {bare(stem) for stem in stems}, upos)
            return
        stems = self.lexeme(lemma, upos, root, shape, gloss)
        told = {"m": ["gen:m"], "f": ["gen:f"]}.get(gender, []) if upos == "NOUN" else []
        feminine = letters.endswith("ة")
        if upos == "NOUN" and not gender and not feminine:
            told = ["gen:-"]
        participle = bool(re.match("م", letters)) or shape in ("فَاعِل", "فَعّال") or letters.endswith("ي")
        # a noun with a broken plural seldom has a sound one
        plurals = {"ات": "FP", "ون": "MP", "both": "MP FP"}.get(sound) or ("" if broken else "FP MP" if participle or upos == "ADJ" else "FP")
        if upos == "ADJ" and "FP" not in plurals:
            plurals += " FP"
        diptote = bool(re.search("[^ا]اء$", letters)) and upos == "ADJ" or bool(re.fullmatch("أ..[^اوية]", letters)) and upos == "ADJ"
        self.nominal(stems, lemma, upos, told if not feminine else told or ["gen:f"], sound=plurals, diptote=diptote)
        self.broken(stems, broken, upos)

    def broken(self, stems, plurals, upos):
        """Adds broken plurals."""
        for plural in sorted(plurals):
            if WORD.fullmatch(plural):
                heavy = bool(re.fullmatch("[^ا].ا.ي?[^ي]|أ.ا.ي?[^ي]|.وا.ي?[^ي]|.*[^ا]اء", plural)) and len(plural) > 4
                self.nominal(stems, plural, upos, ["gen:-", "num:p"], feminine=False, diptote=heavy, plural=True)

    def derive(self):
        """Participles and verbal nouns of the verbs, and adjectives that stand as nouns, where raw text has them."""
        for (lemma, root), stems in sorted(self.verbs.items()):
            root = re.sub("[^\u0621-\u064a]", "", root)
            get = lambda kind: next((stems[k] for k in ((kind, ""), (kind, "v-suff"), (kind, "c-suff")) if k in stems), None)
            perfect, imperfect = get("[STEM-PV]"), get("[STEM-IV]")
            if not perfect or not imperfect:
                continue
            (past, _), (present, sets) = perfect, imperfect
            weak = any(c.startswith(("#-ay", "#-aw", "#-iy", "#-aY", "#-uw")) for c in perfect[1] + sets)
            full = stems.get(("[STEM-PV]", "c-suff"), perfect)[0]
            doubled = re.search("^.[^\u0621-\u064a]*.\u0651[^\u0621-\u064a]*[\u0621-\u064a]", lemma)
            for upos, form in self.derived(bare(lemma), past, full, present, weak, doubled):
                if len(form) < 4 or not WORD.fullmatch(form) or any(k[1] == upos for k in self.known[form]):
                    continue
                feminine = form if form.endswith("ة") else form + "ة"
                if self.seen[form] + self.seen[feminine] + self.seen[form + "ين"] + self.seen[form + "ات"] + self.seen[form + "ا"] >= 3:
                    stems_of = self.lexeme(form, upos, root)
                    self.nominal(stems_of, form, upos, ["gen:f"] if form.endswith("ة") else ["gen:m"] if upos == "NOUN" else [], sound="FP" if upos == "NOUN" else "MP FP")
        for lemma, upos, root in sorted(self.lexemes):
            letters = bare(lemma)
            stem = re.sub("(?:ة|ا|ى|يا)$", "", letters)
            if upos in ("NOUN", "PROPN") and len(stem) > 2:
                # adjectives of relation, which any noun may have: تحسيسي
                relation = stem + "ي"
                count = self.seen[relation + "ة"] + self.seen[relation + "ين"] + self.seen[relation + "ا"]
                if count >= 3 and not any(k[1] == "ADJ" for k in self.known[relation]) and not letters.endswith("ي"):
                    self.nominal(self.lexeme(relation, "ADJ", root), relation, "ADJ", sound="MP FP")
            if upos == "NOUN" and letters[-1:] not in "ةى" and self.seen[letters + "ات"] >= 3 and not self.known[letters + "ة"]:
                self.nominal(self.lexemes[lemma, upos, root][2], lemma, "NOUN", sound="FP")
        for key in sorted(self.lexemes):
            lemma, upos, root = key
            letters = bare(lemma)
            shape, _, stems = self.lexemes[key]
            if upos not in ("ADJ", "NOUN") or letters.endswith("ة") or len(letters) < 3 or shape in ("أَفعَل", "أَفعَلُ"):
                continue
            person = upos == "ADJ" or letters[0] == "م" or shape in ("فَاعِل", "فَعِيل", "فَعَّال", "فَعّال") or letters.endswith("ي")
            last = re.sub("[\u064e\u064f\u0650]+$", "", lemma)
            if upos == "ADJ" and not any(k[1] == "NOUN" for k in self.known[letters]) and self.seen[letters + "ون"] + self.seen[letters + "ين"] >= 3:
                self.nominal(self.lexeme(lemma, "NOUN", root), lemma, "NOUN", ["gen:m"], sound="MP")
            feminine = last + "\u064e" * (last != letters) + "ة" if not letters.endswith(("ى", "اء", "ا")) else ""
            if person and feminine and not any(k[1] == "NOUN" for k in self.known[bare(feminine)]) and self.seen[bare(feminine)] + self.seen[letters + "ات"] >= 3:
                self.nominal(self.lexeme(feminine, "NOUN", root), feminine, "NOUN", ["gen:f"])

    @staticmethod
    def derived(lemma, past, full, present, weak, doubled):
        """Parts of speech and lemmas, without marks, of what is regularly derived from a verb."""
        hollow = len(past) != len(full) or full[:-1] + "ا" + full[-1:] == past
        if not doubled and len(lemma) <= 3:
            # the first form: كاتب, مكتوب; of weak roots the lexicons have them
            if len(full) == 3 and not weak and not hollow and "ا" not in past:
                yield "ADJ", full[0].replace("أ", "آ") + ("" if full[0] == "أ" else "ا") + full[1:]
                yield "ADJ", "م" + full[:2] + "و" + full[2]
            return
        # مستقبل, منادي: as the imperfect
        yield "ADJ", "م" + present + ("ي" if weak else "")
        if weak:
            yield "ADJ", "م" + present + "ى"
        if lemma.startswith("است") and hollow:
            yield "NOUN", past + "ة"
        elif lemma[0] == "ا" and len(full) > 3:
            yield "NOUN", full + "اء" if weak else past[:-2] + "يا" + past[-1] if hollow else full[:-1] + "ا" + full[-1]
        elif lemma[0] == "أ" and len(lemma) == 4:
            yield "NOUN", "إ" + (past[1:] + "ة" if hollow else full[1:] + "اء" if weak else full[1:-1] + "ا" + full[-1])
        elif lemma[0] == "ت" and len(lemma) > 3:
            yield "NOUN", full + ("ي" if weak else "")
        elif len(lemma) == 4 and lemma[1] == "ا":
            yield "NOUN", "م" + full + ("اة" if weak else "ة")
        elif len(lemma) == 3:
            yield "NOUN", "ت" + full + "ية" if weak else "ت" + full[:2] + "ي" + full[2:]

    def write(self, folder):
        order = collections.Counter(n for _, _, stems in self.lexemes.values() for ns in stems.values() for n in ns)
        renumbered = {n: i for i, (n, _) in enumerate(sorted(order.items(), key=lambda x: (-x[1], x[0])))}
        with open(f"{folder}/paradigms.tsv", "w", encoding="utf8") as out:
            print("# What stands around the stems of a class: class, prefix, ending, context, features; ? where it is rare. Made by", file=out)
            print("# make_lexicon.py from Camel Morph MSA. Licence: CC BY 4.0; attribution in README.md", file=out)
            for table, n in sorted(self.classes.items(), key=lambda x: renumbered.get(x[1], -1)):
                for row in table if n in renumbered else ():
                    print(renumbered[n], *row, sep="\t", file=out)
        with open(f"{folder}/lexemes.tsv", "w", encoding="utf8") as out:
            print("# Words: lemma, part of speech, root, pattern, gloss, stems with their classes. Made by make_lexicon.py", file=out)
            print("# from sources that README.md names. Licence: CC BY-SA 4.0", file=out)
            for (lemma, upos, root), (shape, gloss, stems) in sorted(self.lexemes.items()):
                if stems:
                    forms = " ".join(f"{stem}:{','.join(map(str, sorted(renumbered[n] for n in ns)))}" for stem, ns in sorted(stems.items()))
                    print(lemma, upos, root, shape, gloss, forms, sep="\t", file=out)


def main():
    lexicon = Lexicon(sys.argv[1])
    lexicon.camel()
    lexicon.own_nouns()
    lexicon.derive()
    lexicon.write(f"{sys.path[0]}/lexicon")


main()
