"""Stories that are told twice, and others that only look so, with the truth about them.

Copies and look-alikes are made from different stories, so that no look-alike is a copy by chance.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from _invented import Language, size

LOOK_ALIKES = ("series", "form", "subject")
_BOX = 140
"""Words that “What happened so far” has at most, about."""
_PIECE = 100
"""Words that a look-alike has of its own, at least."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A story as a site published it; `family` names the story that it tells, `kind` how it came about."""

    family: str
    kind: str
    site: str
    title: str
    paragraphs: tuple[str, ...]
    series: str = ""


class Press:
    """Sites, each with furniture of its own, and all that they publish."""

    def __init__(self, seed: str) -> None:
        self.language = Language(seed)
        self.rng = self.language.rng
        self.sites = tuple(f"{self.language.name().lower()}-{number}.example" for number in range(24))
        self._heads = {site: self._lines(self.rng.randrange(3), 12) for site in self.sites}
        self._feet = {site: self._lines(self.rng.randrange(1, 5), 25) for site in self.sites}

    def story(self, family: str, paragraphs: tuple[str, ...], kind: str = "story") -> Made:
        """Return a story as some site has it, the first ones far more often than the last."""
        site = self.sites[min(int(self.rng.expovariate(0.25)), len(self.sites) - 1)]
        return Made(family=family, kind=kind, site=site, title=self.language.title(), paragraphs=paragraphs)

    def framed(self, made: Made) -> Made:
        """Return a story inside the furniture of its site."""
        around = (*self._heads[made.site], *made.paragraphs, *self._feet[made.site])
        return replace(made, paragraphs=around)

    def _lines(self, count: int, words: int) -> tuple[str, ...]:
        return tuple(" ".join(self.language.words(self.rng.randrange(4, 2 * words))).capitalize() for _ in range(count))


def copies(press: Press, stories: Sequence[Made], count: int) -> Iterator[Made]:
    """Yield copies of stories, as many of each kind; one of four was changed in a second way."""
    changes = tuple(CHANGES)
    for number in range(count):
        kind = changes[number % len(changes)]
        made = CHANGES[kind](press, press.rng.choice(stories))
        if press.rng.randrange(4) == 0:
            made = CHANGES[press.rng.choice(("edited", "headline"))](press, made)
        yield replace(made, kind=kind)


def _edited(press: Press, made: Made) -> Made:
    """Change two to seven words of a hundred: another word, none, or one more."""
    rng, rate = press.rng, press.rng.uniform(0.02, 0.07)

    def edited(word: str) -> str:
        if rng.random() >= rate:
            return word
        (other,) = press.language.common(1)
        return rng.choice((other, other, "", f"{word} {other}"))

    return replace(made, paragraphs=tuple(" ".join(map(edited, text.split())) for text in made.paragraphs))


def _headline(press: Press, made: Made) -> Made:
    return replace(made, title=press.language.title())


def _corrected(press: Press, made: Made) -> Made:
    """Put a correction above or below, and another word in the place of one in the text."""
    note = f"Correction: {press.language.paragraph()}"
    texts = list(made.paragraphs)
    at = press.rng.randrange(len(texts))
    said = texts[at].split()
    said[press.rng.randrange(len(said))] = press.language.figure()
    texts[at] = " ".join(said)
    return replace(made, paragraphs=press.rng.choice(((note, *texts), (*texts, note))))


def _cut(press: Press, made: Made) -> Made:
    """Take a third away: from the end, from the middle, or paragraphs here and there."""
    texts, rng = list(made.paragraphs), press.rng
    how, target = rng.choice(("end", "end", "middle", "scattered")), size(texts) * 2 / 3
    while len(texts) > 1 and size(texts) > target:
        texts.pop({"end": len(texts) - 1, "middle": len(texts) // 2, "scattered": rng.randrange(len(texts))}[how])
    over = size(texts) - int(target)
    if over > 0 and over < len(texts[-1].split()):
        texts[-1] = " ".join(texts[-1].split()[:-over])
    return replace(made, paragraphs=tuple(texts))


def _syndicated(press: Press, made: Made) -> Made:
    """Put it on another site, with a line that says where it comes from."""
    site = press.rng.choice([each for each in press.sites if each != made.site])
    credit = f"{' '.join(press.language.words(press.rng.randrange(5, 20)))} {made.site}"
    return replace(
        made, site=site, paragraphs=press.rng.choice(((credit, *made.paragraphs), (*made.paragraphs, credit)))
    )


CHANGES = {
    "edited": _edited,
    "headline": _headline,
    "corrected": _corrected,
    "cut": _cut,
    "syndicated": _syndicated,
}


class LookAlikes:
    """Stories that share much and are not one; made from pieces of real ones while there are any."""

    def __init__(self, press: Press, bodies: Sequence[tuple[str, ...]]) -> None:
        self.press, self.language, self.rng = press, press.language, press.rng
        self._pieces = [piece for body in bodies for piece in _pieces(body)]
        self.rng.shuffle(self._pieces)

    def make(self, count: int) -> Iterator[Made]:
        """Yield so many: two of five are parts of series, two are forms, one is on another's subject."""
        made: list[Made] = []
        for group in range(count):
            if len(made) >= count:
                break
            maker = (self._series, self._form, self._series, self._form, self._subject)[group % 5]
            made.extend(maker(f"{maker.__name__}-{group}"))
        yield from made[:count]

    def _series(self, name: str) -> Iterator[Made]:
        """Yield the parts of a series: a preamble, a box with what happened so far, something new, a foot."""
        rng, language = self.rng, self.language
        preamble, foot = language.text(rng.randrange(15, 50)), language.text(rng.randrange(10, 40))
        box: tuple[str, ...] = language.text(rng.randrange(20, 70))
        site, title, is_numbered, says_so = self.press.story("", ()), language.title(), *rng.choices((True, False), k=2)
        for part in range(1, rng.randrange(3, 6)):
            own = tuple(text for _ in range(rng.choice((1, 1, 2, 3))) for text in self._piece())
            yield replace(
                site,
                family=f"{name}-{part}",
                kind="series",
                title=f"{title}, part {part}" if is_numbered else language.title(),
                series=title if says_so else "",
                paragraphs=(*preamble, *box, *own, *foot),
            )
            box = (*box, language.sentence(), language.sentence()) if size(box) < _BOX else box

    def _form(self, name: str) -> Iterator[Made]:
        """Yield a form that is filled in anew each week, with a figure or a name in 6 to 14 words."""
        rng, language = self.rng, self.language
        every = rng.uniform(6, 14)
        text = " ".join(self._piece()) if rng.choice((True, False)) else " ".join(language.text(rng.randrange(80, 300)))
        form, at = text.split(), 0.0
        while (at := at + rng.uniform(0.5, 1.5) * every) < len(form):
            form[int(at)] = rng.choice(("{}", "{}", "[]"))
        site, title, is_numbered = self.press.story("", ()), language.title(), rng.choice((True, False))
        for week in range(1, rng.randrange(3, 7)):
            said = [language.figure() if word == "{}" else language.name() if word == "[]" else word for word in form]
            yield replace(
                site,
                family=f"{name}-{week}",
                kind="form",
                title=f"{title} {week}" if is_numbered else title,
                paragraphs=(" ".join(said),),
            )

    def _subject(self, name: str) -> Iterator[Made]:
        """Yield stories on one subject: the same statement quoted, the same words in another order."""
        statement, text = self.language.paragraph(), " ".join(self._piece()).split()
        for number in range(2):
            told = self.rng.sample(text, len(text))
            halves = " ".join(told[: len(told) // 2]), " ".join(told[len(told) // 2 :])
            yield self.press.story(f"{name}-{number}", (halves[0], f"“{statement}”", halves[1]), "subject")

    def _piece(self) -> tuple[str, ...]:
        return self._pieces.pop() if self._pieces else self.language.text(self.rng.randrange(100, 250))


def _pieces(body: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Cut a story into pieces of 100 words and more."""
    piece: list[str] = []
    for text in body:
        piece.append(text)
        if size(piece) >= _PIECE:
            yield tuple(piece)
            piece = []
