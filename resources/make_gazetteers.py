#!/usr/bin/env python3
"""Makes tables of names under resources/gazetteer from the project's data and CLDR.

    npm pack cldr-localenames-full@48.2.0 && tar xzf cldr-localenames-full-48.2.0.tgz   # anywhere
    python3 resources/make_gazetteers.py --data ../shared/data --cldr PATH/package

Standard library only, and the `zstd` program to read the raw texts; the same inputs give the same bytes. Tables that it
does not write are kept by hand. Every table has the columns

    name  class  variants (|)  Latin name  country (ISO 3166-1)  ids (register:identifier, by spaces)

where empty columns at the end are left out, a class may be two joined by +, and a form that begins with ? is an
everyday word too, or shared by several, so that it counts in context only. `Evidence` decides which those are.
"""

import argparse
import functools
import json
import re
import subprocess
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path

OUT = Path(__file__).resolve().parent / "gazetteer"
PROJECT = "Source: this project, from general knowledge.\nLicence: Apache-2.0"
ARAB = "AE BH DJ DZ EG EH IQ JO KM KW LB LY MA MR OM PS QA SA SD SO SY TN YE".split()
# Towns of these are in the news of Arab papers well below the size that others need.
NEAR = "AF CY DE ES ET FR GB GR IL IR IT MT NE NG PK TD TR UA US".split()

# Names whose letters are oftener another word.
NAMES = {"علي": "علي", "مني": "منى", "هدي": "هدى", "ليلي": "ليلى", "سلوي": "سلوى", "عيسي": "عيسى", "يسري": "يسرى"}

# Short names that bodies of several countries have.
SHARED_BODIES = {"مجلس الشعب", "جبهة الإنقاذ"}

FOLDED = {ord(c): "ا" for c in "أإآٱ"} | {ord("ى"): "ي"}
TITLE = re.compile(
    "(الملك|الملكة|الشيخ|الشيخة|الأمير|الأميرة|الرئيس|العميد|المشير|السلطان|البابا|الإمام|آية الله|الدكتور|اللواء|الفريق"
    "|الجنرال|السيد|السيدة|القديس|الحاج|المفتي|العقيد|المهندس|الداعية|الكاردينال|البطريرك|المطران|الزعيم|النبي|الخليفة"
    "|القاضي|الفنان|الفنانة|السير|اللورد|الملا|المرشد|الإمبراطور|القيصر|الرائد|المقدم|النقيب|القائد|الدالاي لاما) (?=.)"
)
ARABIC = re.compile(r"[\u0621-\u064A]+(?:[ -][\u0621-\u064A]+)*")
WORD = re.compile(r"[\u0621-\u0652\u0670\u0640]+")


def plain(name):
    """`name` as the service normalizes it: no diacritics, tatweel or marks, single spaces."""
    kept = (c for c in name if unicodedata.category(c) not in ("Mn", "Cf") and c != "\u0640")
    return " ".join("".join(kept).split())


@functools.cache
def fold(name):
    return plain(name).translate(FOLDED)


def bare(word):
    """The key of the person lists: folded, ة as ه."""
    return fold(word).replace("ة", "ه")


def rows_of(path, columns):
    """The rows of a tab-separated file, padded to `columns`, without comments."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            cells = line.split("\t")
            yield cells + [""] * (columns - len(cells))


def is_name(name, most=6):
    """Whether `name` is one to `most` words in Arabic letters."""
    return bool(ARABIC.fullmatch(name)) and len(name.split()) <= most and len(name) > 1


def is_form(form):
    """Whether `form` can be found in a text: words in Arabic letters and numbers, apart."""
    return is_name(re.sub(r"(?<= )\d+\b", "ا", form), 12)


def titled(latin):
    """A Latin name of a list in small letters, in capitals where they belong."""
    small, capitals = "of the bin ibn al de la van von der and".split(), "fc sc ac cf sd afc bk sk fk nk bc rc us as cd ii iii iv vi vii viii".split()
    words = latin.split()
    for i, word in enumerate(words):
        if word in capitals or re.fullmatch(r"(\w\.)+", word):
            words[i] = word.upper()
        elif i == 0 or word not in small:
            words[i] = re.sub(r"(^|[-.])(\w)", lambda m: m[1] + m[2].upper(), word)
    return " ".join(words)


def hosts(word):
    """The hosts of a folded word, as the service cuts them: without و ف, then ب ك ل."""
    found = [word]
    if word[:1] in ("و", "ف") and len(word) > 2:
        word = word[1:]
        found.append(word)
    if word[:1] in ("ب", "ك", "ل") and len(word) > 2:
        found.append(word[1:])
        if word.startswith("لل"):
            found += ["ا" + word[1:], "ال" + word[1:]]
    return found


class Evidence:
    """What the texts say of words: how they are spelled, whether they are everyday words, how often they are names."""

    # The types of mention that show a class, and those inside which a place is neither right nor wrong.
    TYPES = {
        "person": {"PER"}, "given_name": {"PER"}, "family_name": {"PER"}, "organization": {"ORG"},
        "country": {"GPE", "LOC"}, "place": {"GPE", "LOC"}, "location": {"LOC", "GPE"}, "facility": {"FAC"},
        "event": {"EVENT"}, "product": {"PRODUCT", "ORG"}, "work": {"WORK"}, "law": {"LAW"}, "nationality": {"NORP"},
    }  # fmt: skip

    def __init__(self, data):
        self.surfaces = defaultdict(Counter)
        for source in ("wikipedia", "ant"):
            for word, count in self.words(data, source).items():
                self.surfaces[bare(word)][word] += count
        self.common = {fold(row[0]) for row in rows_of(data / "lexicon" / "own_nouns.tsv", 5)}
        for row in rows_of(data / "lexicon" / "own_nouns.tsv", 5):
            self.common |= {fold(plural) for plural in row[3].split("|") if plural != "-"}
        for line in (data / "lexicon" / "chainbank" / "lemmas.csv").read_text(encoding="utf-8").splitlines()[1:]:
            self.common.add(fold(line.split(",")[2]))
        self.particles = {fold(row[0]) for row in rows_of(OUT.parent / "closed_words.tsv", 4)}
        # Laws name few people: what they use often is an everyday word.
        laws = self.words(data, "saudi_laws_gazette")
        self.common |= {fold(word) for word, count in laws.items() if count >= 60}
        self.texts = [
            json.loads(line)
            for file in ("train", "newswire", "encyclopaedia")
            for line in (data / "news" / f"{file}.jsonl").read_text(encoding="utf-8").splitlines()
        ]

    @staticmethod
    def words(data, source):
        command = ["zstd", "-dc", str(data / "raw" / f"{source}.txt.zst")]
        counts = Counter()
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8") as process:
            for line in process.stdout:
                counts.update(WORD.findall(line))
        merged = Counter()
        for word, count in counts.items():
            merged[plain(word)] += count
        return merged

    def spelled(self, name, latin=""):
        """`name` of a list with folded letters, in the spelling that is usual in the texts."""
        sounds = latin.split()
        words = []
        for i, word in enumerate(name.split()):
            known = self.surfaces.get(bare(word))
            if word in NAMES:
                word = NAMES[word]
            elif known:
                word = min(known, key=lambda w: (-known[w], w))
            elif word.endswith("ه") and (sounds[i : i + 1] or ["a"])[0].lower().endswith(("a", "ah", "eh", "e", "é")):
                word = word[:-1] + "ة"
            words.append(word)
        return " ".join(words)

    def seen(self, name):
        """How often the rarest word of `name` stands in the texts."""
        return min(sum(self.surfaces.get(bare(word), Counter()).values()) for word in name.split())

    def everyday(self, form):
        """Whether the one word `form` is an everyday word, with its article or without, or reads as one with a clitic:
        بركة, يان (of بيان)."""
        word = fold(form)
        if " " in word or word == "علي":
            return False
        stem = word.removeprefix("ال") if len(word) > 4 else word
        stems = {word, stem, stem.removesuffix("ة"), stem.removesuffix("ه") + "ة", stem.removesuffix("ي")}
        if any(s in self.common for s in stems if len(s) > 1):
            return True
        alone = self.count(word)
        cut = word[1:] if word[0] in "وفبكل" else ""
        if len(cut) > 2 and cut in self.common and self.count(cut) > 5 * alone:
            return True
        return len(word) <= 4 and any(self.count(clitic + word) > 3 * alone + 3 for clitic in "وفبكل")

    def count(self, word):
        """How often the folded `word` stands in the texts."""
        return sum(count for surface, count in self.surfaces.get(bare(word), {}).items() if fold(surface) == word)

    def judge(self, tables):
        """For each (folded form, class) of `tables` that the annotated texts hold: occurrences, and those that are it."""
        classes = defaultdict(set)
        for table in tables:
            for name, kind, variants, *_ in table.rows:
                for form in [name, *filter(None, variants.split("|"))]:
                    classes[fold(form.lstrip("?"))] |= set(kind.split("+"))
        longest = max(len(form.split()) for form in classes)
        counts = defaultdict(lambda: [0, 0])
        for text in self.texts:
            self._judge_text(text, classes, longest, counts)
        return counts

    def _judge_text(self, text, classes, longest, counts):
        # The service tells على from علي; so does this.
        key = {"على": "", "وعلى": "", "فعلى": ""}
        tokens = [(m.start(), m.end(), key.get(m.group(), fold(m.group()))) for m in WORD.finditer(text["text"])]
        mentions = [(m["begin"], m["end"], m["type"]) for m in text["mentions"]]
        covered = 0
        for i, (begin, _, word) in enumerate(tokens):
            if i < covered:
                continue
            for host in hosts(word):
                rest, last = host, i
                found = []
                while True:
                    if rest in classes:
                        found.append((rest, last))
                    last += 1
                    if last >= len(tokens) or last - i >= longest or text["text"][tokens[last - 1][1] : tokens[last][0]] != " ":
                        break
                    rest += " " + tokens[last][2]
                if not found:
                    continue
                form, last = found[-1]
                end = tokens[last][1]
                for kind in classes[form]:
                    self._count(counts[form, kind], kind, begin, end, " " in form, mentions)
                covered = max(covered, last + 1)
                break

    def _count(self, count, kind, begin, end, several, mentions):
        """Counts one occurrence of a form in the text from about `begin` (up to three clitic letters off) to `end`."""
        right = neutral = False
        for first, stop, mention in mentions:
            if first > begin + 3 or stop < end:
                continue
            exact = begin <= first and stop == end
            if mention in self.TYPES[kind]:
                # Part of a longer name of its type is right for a phrase, for part of a person's name, and after an
                # organisation's head (تنظيم داعش).
                right |= exact or several or mention == "PER" or mention == "ORG" and stop == end
            elif kind in ("country", "place", "location"):
                neutral |= mention in ("ORG", "FAC", "EVENT", "PER", "PRODUCT", "WORK")
        if right or not neutral:
            count[0] += 1
            count[1] += right


class Table:
    """The rows of one table."""

    def __init__(self, file, about):
        self.file, self.about, self.rows = file, about, []

    def add(self, name, kind, variants=(), latin="", country="", ids=""):
        """Adds a name; of equal forms the first wins. A form that is no name in Arabic letters is dropped."""
        seen, forms = set(), []
        for form in (name, *variants):
            mark, form = ("?", form[1:]) if form.startswith("?") else ("", form)
            form = plain(form)
            if is_form(form) and fold(form) not in seen:
                seen.add(fold(form))
                forms.append(mark + form)
        if forms:
            latin = " ".join(unicodedata.normalize("NFC", latin.replace("’", "'")).split())
            self.rows.append([forms[0], kind, "|".join(forms[1:]), latin, country, ids])

    @classmethod
    def read(cls, file):
        """A table that is kept by hand."""
        table = cls(file, "")
        table.rows = list(rows_of(OUT / file, 6))
        return table

    def merge(self, name, kind, variants, latin, country):
        """Adds a name, or its forms to the row that has its name among its forms or the other way about."""
        forms = [form for form in map(plain, [name, *variants]) if is_form(form)]
        given = {fold(form) for form in forms}
        for row in self.rows:
            own = [row[0], *filter(None, row[2].split("|"))]
            folded = [fold(form.lstrip("?")) for form in own]
            if fold(name) in folded or folded[0] in given:
                row[2] = "|".join(own[1:] + [form for form in forms if fold(form) not in folded])
                return
        self.add(name, kind, variants, latin, country)

    def mark(self, ambiguous):
        """Marks the forms for which `ambiguous(form, class)` holds for every class."""
        for row in self.rows:
            kinds = row[1].split("+")
            forms = [row[0], *filter(None, row[2].split("|"))]
            forms = [f if f.startswith("?") or not all(ambiguous(f, k) for k in kinds) else "?" + f for f in forms]
            row[0], row[2] = forms[0], "|".join(forms[1:])

    def write(self):
        lines = [f"# {line}".rstrip() for line in self.about.strip().splitlines()]
        lines += ["\t".join(row).rstrip("\t") for row in self.rows]
        (OUT / self.file).write_text("\n".join(lines) + "\n", encoding="utf-8")


def countries(cldr):
    table = Table(
        "countries.tsv",
        "Countries and territories with their ISO 3166-1 codes.\n"
        "Source: Unicode CLDR (npm cldr-localenames-full 48.2.0), Arabic and English names; made_from/country_variants.tsv\n"
        "Licence: Unicode-3.0 (names of CLDR), Apache-2.0 (variants)\n"
        "Attribution: Copyright © 1991-2025 Unicode, Inc.",
    )

    def names(language):
        path = cldr / "main" / language / "territories.json"
        return json.loads(path.read_text(encoding="utf-8"))["main"][language]["localeDisplayNames"]["territories"]

    arabic, english = names("ar"), names("en")
    english |= {"CD": "Democratic Republic of the Congo", "CG": "Republic of the Congo", "HK": "Hong Kong", "MO": "Macao",
                "MM": "Myanmar", "PS": "Palestine", "TR": "Turkey"}  # fmt: skip
    variants = {row[0]: row for row in rows_of(OUT / "made_from" / "country_variants.tsv", 3)}
    # Codes that CLDR adds to ISO 3166-1, and islands where nobody lives.
    skipped = "AC BV CC CP CQ CX DG EA EU EZ HM IC IO NF PN QO TA TF TK UM UN XA XB ZZ".split()
    for code in sorted(c for c in arabic if len(c) == 2 and c not in skipped):
        _, first, others = variants.get(code, ("", "", ""))
        forms = [form for form in [first, *([] if "?" + arabic[code] in others else [arabic[code]]), *others.split("|")] if form]
        table.add(forms[0], "country", forms[1:], english[code].replace("’", "'"), code, f"iso3166-1:{code}")
    return table


def inflected(stem):
    """Every form of an adjective: gender, number, case, article, and the construct plural."""
    words = stem.split()
    adjectives = [word for word in words if word.endswith("ي")] if len(words) > 1 else words
    for ending in ("", "ة", "ون", "ين", "ات", "ان", "تان", "تين"):
        form = [word + ending if word in adjectives else word for word in words]
        yield " ".join(form)
        # الكوري الشمالي, but الجنوب أفريقي
        articles = range(len(words)) if len(adjectives) == len(words) else [0]
        yield " ".join("ال" + word if i in articles else word for i, word in enumerate(form))
    if len(words) == 1:
        yield from (stem + "ا", stem + "و")


def nationalities(places):
    table = Table(
        "nationalities.tsv",
        "Nationalities and ethnic, religious and political groups in all their forms, from made_from/nationality_stems.tsv.\n"
        + PROJECT,
    )
    for code, stems, plurals, english in rows_of(OUT / "made_from" / "nationality_stems.tsv", 4):
        stems = stems.split("|")
        forms = [form for stem in stems for form in inflected(stem)]
        for plural in filter(None, plurals.split("|")):
            forms += [plural, "ال" + plural.removeprefix("ال")]
        # ليبيا is the country, not the adjective's accusative.
        forms = [form for form in forms if form in stems or fold(form) not in places]
        table.add(forms[0], "nationality", forms[1:], english, code.strip("-"))
    return table


def organizations(data):
    table = Table("organizations.tsv", f"Organisations of the news with their variants; made_from/institutions.tsv.\n{PROJECT}")
    table.rows = list(rows_of(OUT / "made_from" / "institutions.tsv", 6))
    for name, variants, latin, _, country in rows_of(data / "gazetteer" / "own_organizations.tsv", 5):
        own = [form for form in variants.split("|") if form not in SHARED_BODIES]
        table.merge(name, "organization", own, latin, country.strip("-"))
    return table


def clubs(data, known):
    table = Table(
        "clubs.tsv",
        "Sports clubs and leagues.\n"
        "Source: ArWikiCats, clubs in English and Arabic\nLicence: MIT\nAttribution: the authors of ArWikiCats",
    )
    for latin, name in rows_of(data / "gazetteer" / "clubs_en_ar.tsv", 2):
        name = re.sub(r"\(.*?\)", "", name).strip()
        if not is_name(name) or fold(name) in known or len(name.split()) < 2:
            continue
        known.add(fold(name))
        kind = "event" if re.match("دوري|كأس|بطولة|الدوري", name) else "organization"
        short = [m[1]] if (m := re.fullmatch(r"(نادي .+?)(?: لكرة القدم| لكرة السلة| الرياضي| لكرة اليد)+", name)) else []
        table.add(name, kind, short, titled(re.sub(r"\(.*?\)", "", latin)))
    return table


def persons(data):
    table = Table("persons.tsv", f"Public persons with their variants; made_from/public_persons.tsv.\n{PROJECT}")
    table.rows = list(rows_of(OUT / "made_from" / "public_persons.tsv", 6))
    for name, variants, latin, _, country in rows_of(data / "gazetteer" / "own_persons.tsv", 5):
        # A title is no part of a name.
        variants = [form for form in variants.split("|") if not TITLE.match(form)]
        table.merge(TITLE.sub("", name), "person", variants, latin, country.strip("-"))
    return table


def figures(data, known):
    table = Table(
        "figures.tsv",
        "Writers, artists, statesmen, figures of history and fiction.\n"
        "Source: ArWikiCats, people in English and Arabic\nLicence: MIT\nAttribution: the authors of ArWikiCats",
    )
    for latin, name in rows_of(data / "gazetteer" / "people_en_ar.tsv", 2):
        latin = re.sub(r"\(.*?\)", "", latin).strip()
        if not TITLE.match(name) and is_name(name, 5) and len(name.split()) > 1 and len(latin.split()) > 1 and fold(name) not in known:
            known.add(fold(name))
            table.add(name, "person", latin=titled(latin))
    return table


def people(data, evidence, known):
    table = Table(
        "people.tsv",
        "Persons of Arab countries by their full names.\n"
        "Source: Wikidata, by way of the package arabic-name-romanizer; spelling restored from texts\n"
        "Licence: CC0-1.0 (Wikidata), MIT (package)",
    )
    latins = defaultdict(Counter)
    countries_of = defaultdict(Counter)
    for key, latin, country, count, source in list(rows_of(data / "gazetteer" / "person_full.tsv", 5))[1:]:
        if source == "wikidata" and 2 <= len(key.split()) <= 5 and is_name(key) and all(len(w) > 1 for w in key.split()):
            latins[key][latin] += int(count)
            countries_of[key][country] += 1
    for key in sorted(latins):
        latin = min(latins[key], key=lambda n: (-latins[key][n], len(n), n))
        name = evidence.spelled(key, latin)
        # Names of words that no text has are misspelled or too rare to matter.
        if fold(name) not in known and evidence.seen(name) >= 3 and re.fullmatch(r"[A-Za-zÀ-ɏḀ-ỿ'’ʿʾ. -]+", latin):
            country = min(countries_of[key], key=lambda c: (-countries_of[key][c], c))
            table.add(name, "person", latin=latin.replace("’", "'"), country=country if len(countries_of[key]) == 1 else "")
    return table


def arabic_names(data, evidence, countries):
    table = Table(
        "arabic_names.tsv",
        "Given and family names of Arab countries.\n"
        "Source: Wikidata and dzirinames, by way of the package arabic-name-romanizer; spelling restored from texts\n"
        "Licence: CC0-1.0 (Wikidata), MIT (package)",
    )
    latins, roles = defaultdict(Counter), defaultdict(Counter)
    for key, latin, _, role, count, _ in list(rows_of(data / "gazetteer" / "person_units.tsv", 6))[1:]:
        if is_name(key, 3) and len(key) > 2:
            latins[key][latin] += int(count)
            roles[key][role] += int(count)
    for key in sorted(latins):
        latin = min(latins[key], key=lambda n: (-latins[key][n], len(n), n))
        name = evidence.spelled(key, latin)
        # Few are called Lebanon or Until; to misread the country or the particle would cost more than it gains.
        bearers = sum(roles[key].values())
        if fold(name) in countries or (fold(name) in evidence.particles and bearers < 20) or evidence.seen(name) < 2 and bearers < 2:
            continue
        given, family = roles[key]["given"], roles[key]["surname"] + roles[key]["unknown"]
        kinds = [kind for kind, part in (("given_name", given), ("family_name", family)) if part * 10 >= given + family]
        table.add(name, "+".join(kinds), latin=latin.replace("’", "'"))
    return table


def foreign_names(data, evidence, known, persons_tables):
    table = Table(
        "foreign_names.tsv",
        "Names of persons in other languages, as Arabic writes them.\n"
        "Source: arabnamer, given names in English and Arabic; the words of the full names in persons.tsv and figures.tsv\n"
        "Licence: CC BY 4.0 (arabnamer)\nAttribution: the authors of arabnamer",
    )
    latins, roles = defaultdict(Counter), defaultdict(Counter)
    for persons_table in persons_tables:
        for name, _, _, latin, _, _ in persons_table.rows:
            words, sounds = name.lstrip("?").split(), latin.split()
            if len(words) == len(sounds) and 2 <= len(words) <= 3 and not set(words) & {"بن", "أبو", "آل"}:
                for word, sound, kind in ((words[0], sounds[0], "given_name"), (words[-1], sounds[-1], "family_name")):
                    latins[word][sound] += 5
                    roles[word][kind] += 5
    for latin, name in rows_of(data / "gazetteer" / "given_names_en_ar.tsv", 2):
        joined = " " not in name or name.split()[0] in ("بن", "ابن", "أبو", "دي", "دو", "فان", "فون", "سان", "لا", "لو", "ال", "آل", "ماك")
        if joined and is_name(name, 2) and len(name) > 2 and re.fullmatch(r"[a-zà-ɏ' -]{3,}", latin):
            latins[name][latin.title()] += 1
            roles[name]["given_name"] += 1
            roles[name]["family_name"] += 1
    for name in sorted(latins):
        if bare(name) in known or fold(name) in evidence.particles or (evidence.seen(name) < 3 and sum(roles[name].values()) < 5) or re.search("[IVX]$", max(latins[name])):
            continue
        known.add(bare(name))
        latin = min(latins[name], key=lambda n: (-latins[name][n], len(n), n))
        table.add(name, "+".join(sorted(roles[name], reverse=True)), latin=latin)
    return table


def bare_latin(name):
    """Lower case, without accents and punctuation."""
    letters = unicodedata.normalize("NFD", name.lower())
    return "".join(c for c in letters if c.isalnum() or c == " ").strip()


def places(data, evidence, known):
    table = Table(
        "places.tsv",
        "Capitals, provinces and towns, most with their GeoNames identifiers.\n"
        "Source: GeoNames (https://www.geonames.org), names in Arabic letters; made_from/towns.tsv\n"
        "Licence: CC BY 4.0 (GeoNames), Apache-2.0 (towns.tsv)\nAttribution: GeoNames",
    )
    table.rows = [row[:6] for row in rows_of(OUT / "made_from" / "towns.tsv", 6)]
    by_form = {}
    for row in table.rows:
        for form in [row[0], *filter(None, row[2].split("|"))]:
            by_form.setdefault((fold(form.lstrip("?")), row[4]), row)
    known |= {form for form, _ in by_form}
    rows = list(rows_of(data / "gazetteer" / "geonames_arabic.tsv", 6))[1:]
    for identifier, country, _, population, latin, names in sorted(rows, key=lambda row: (-int(row[3]), int(row[0]))):
        forms = [plain(name) for name in names.split("|") if is_name(plain(name), 4)]
        # The town that is written most often keeps the name; alternates that no text has are misspelled.
        forms.sort(key=lambda form: -evidence.seen(form))
        kept = [row for form in forms if (row := by_form.get((fold(form), country)))]
        if kept:
            kept[0][5] = kept[0][5] or f"geonames:{identifier}"
            continue
        least = 0 if country in ARAB else 40_000 if country in NEAR else 120_000
        forms = forms[:1] + [form for form in forms[1:] if evidence.seen(form) >= 5]
        forms = [form for form in forms if fold(form) not in known]
        if int(population) < least or not forms or len(forms[0]) < 3:
            continue
        known |= {fold(form) for form in forms}
        table.add(forms[0], "place", forms[1:], latin, country, f"geonames:{identifier}")
    # towns that GeoNames spells otherwise in Arabic, by a Latin name that no other place there has
    by_latin = defaultdict(list)
    for identifier, country, _, _, latin, _ in rows:
        by_latin[bare_latin(latin), country].append(identifier)
    for row in table.rows:
        if not row[5] and len(same := by_latin[bare_latin(row[3]), row[4]]) == 1:
            row[5] = f"geonames:{same[0]}"
    return table


def forms_of(*tables):
    """The folded forms of `tables`."""
    return {fold(form.lstrip("?")) for table in tables for row in table.rows for form in [row[0], *row[2].split("|")] if form}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="the folder of the project's data")
    parser.add_argument("--cldr", type=Path, required=True, help="the unpacked npm package cldr-localenames-full")
    args = parser.parse_args()
    evidence = Evidence(args.data)

    nations = countries(args.cldr)
    by_hand = [Table.read(f) for f in ("locations.tsv", "facilities.tsv", "events.tsv", "products.tsv", "laws.tsv", "works.tsv")]
    groups = nationalities(forms_of(nations) | {"كوريا"})
    bodies = organizations(args.data)
    sports = clubs(args.data, forms_of(bodies, *by_hand))
    public = persons(args.data)
    known_people = forms_of(public)
    famous = figures(args.data, known_people)
    others = people(args.data, evidence, known_people | forms_of(bodies))
    arabic = arabic_names(args.data, evidence, forms_of(nations))
    towns = places(args.data, evidence, forms_of(nations, by_hand[0]))
    known_names = {bare(row[0]) for row in arabic.rows} | {form.replace("ة", "ه") for form in forms_of(nations, towns, groups)}
    foreign = foreign_names(args.data, evidence, known_names, [public, famous])

    made = [nations, groups, bodies, sports, public, famous, others, arabic, foreign, towns]
    counts = evidence.judge([*made, *by_hand])
    trusted = forms_of(*(Table.read(f"made_from/{file}.tsv") for file in ("towns", "institutions", "public_persons")))
    given_names = {bare(row[0]) for row in arabic.rows if "given_name" in row[1]}
    families = Counter(fold(row[0].split()[-1]) for table in (public, famous, others) for row in table.rows)

    def ambiguous(form, kind):
        """Whether `form` needs context to be a `kind`: what the texts show, else what the lexicons say of one word."""
        total, right = counts[fold(form), kind]
        if total >= 2:
            return right < 0.8 * total
        # Tables that are kept by hand carry their own marks.
        if " " in form or fold(form) in trusted:
            return False
        if kind == "person" and families[fold(form)] > 2 or kind == "place" and bare(form) in given_names:
            return True
        return evidence.everyday(form) or (kind not in ("given_name", "family_name", "country", "nationality") and len(form) < 4)

    for table in made:
        table.mark(ambiguous)
        table.write()
    for table in by_hand:
        for name, kind, variants, *_ in table.rows:
            for form in [name, *filter(None, variants.split("|"))]:
                total, right = counts[fold(form.lstrip("?")), kind]
                if not form.startswith("?") and total >= 2 and right < 0.7 * total:
                    print(f"{table.file}: {form} is {kind} in {right} of {total} places: mark it?")


if __name__ == "__main__":
    main()
