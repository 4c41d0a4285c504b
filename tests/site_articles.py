"""Articles of an invented magazine, Lock & Weir: what its publisher knows of each, and as many more as a test wants."""

import random
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

LATEST = datetime(2024, 10, 25, 9, 30, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One article as its publisher has it. `status` is what its page answers: 200, or 404 and 410 where it is gone."""

    number: int
    slug: str
    title: str
    text: tuple[str, ...]
    published: datetime
    updated: datetime | None = None
    guid: str = ""
    dek: str = ""
    author: str = "Ada Sluice"
    section: str = "Reports"
    picture: str = ""
    caption: str = ""
    credit: str = ""
    status: int = 200

    @property
    def changed(self) -> datetime:
        return self.updated or self.published


def written() -> list[Piece]:
    """Return five articles written by hand, the newest first."""
    return [
        Piece(
            number=105,
            slug="the-gate-that-would-not-close",
            title="The gate that would not close & what it cost",
            dek="A winter of repairs at Bramble Lock ended where it had begun.",
            text=(
                "The upper gate at Bramble Lock stood open for eleven weeks, and the water went where it liked.",
                "Engineers had promised a week. They found that the hinge, cast in 1907, had no drawing and no twin.",
                "“We measured it with string,” said Oona Peck, who keeps the lock. A new hinge was poured in May.",
                "By then three mills downstream had stood still, and two of them will not open again this year.",
            ),
            published=LATEST,
            author="Oona Marl",
            picture="/pictures/gate.png",
            caption="The upper gate in March.",
            credit="Tam Reedy",
        ),
        Piece(
            number=104,
            slug="eels-in-the-culvert",
            title="Eels in the culvert",
            dek="They came back before anyone had asked them to.",
            text=(
                "Children saw them first, under the tram bridge, a rope of eels as thick as an arm.",
                "The culvert had been dry since the brewery closed, and nobody had counted on guests.",
                "A night watch now counts them. It has reached four hundred and is tired of the number.",
            ),
            published=LATEST - timedelta(days=1, hours=2),
            author="Pell Harrow",
            section="Notes",
        ),
        Piece(
            number=103,
            slug="a-toll-for-swans",
            title="A toll for swans?",
            dek="The parish council wants to be paid for every wing that passes.",
            text=(
                "The council of Lower Withy voted nine to two for a toll that no swan has agreed to.",
                "Its clerk says that boats pay, and that swans are larger than some boats.",
                "A hearing is set for the spring. The swans have been told to expect a letter.",
            ),
            published=LATEST - timedelta(days=2),
            updated=LATEST - timedelta(days=1),
        ),
        Piece(
            number=102,
            slug="dredging-by-moonlight",
            title="Dredging by moonlight",
            text=(
                "The dredger Patience works from ten at night, when the ferries sleep and the mud is cold.",
                "Her crew of four has lifted two bicycles, a font and the door of a bank.",
                "The door is for sale. The bank, asked about it, did not want to say when it was lost.",
            ),
            published=LATEST - timedelta(days=4),
            author="Pell Harrow",
        ),
        Piece(
            number=101,
            slug="why-the-ferry-waits",
            title="Why the ferry waits",
            dek="Seven minutes, every morning, for one passenger.",
            text=(
                "At ten to eight the ferry at Tarn Steps has a full deck and does not leave.",
                "It waits for Mr Quill, who has crossed each day since 1961 and walks slowly now.",
                "Nobody has complained. The timetable was changed last week to say what everyone knew.",
            ),
            published=LATEST - timedelta(days=9),
            section="Notes",
        ),
    ]


_WORDS = re.findall(
    r"\w+",
    "anchor bank barge basin beacon bell berth boat bollard bow bridge brook buoy cable canal capstan channel chart "
    "coal crane crew current dam deck ditch dock drift eel estuary ferry flood ford fog gate gauge gravel harbour haul "
    "heron hull island jetty keel landing ledger lighter lock mast meadow mill mist moor mud net oar otter paddle pier "
    "pilot pond port pump quay rain rapid reed ridge river rope rudder sail sand shoal signal silt slip sluice spring "
    "steam stone storm stream tide toll tow trade tunnel valley voyage wake ware warden water weir wharf wheel willow "
    "wind winter yard",
)
_DONE = re.findall(
    r"\w+",
    "carried closed counted crossed dragged drained emptied feared followed forgot found guarded held kept left lifted "
    "lost measured mended missed moved named opened painted passed praised raised reached refused sank saw sold struck "
    "took traded turned warned watched weighed wanted",
)
_HOW = re.findall(
    r"\w+",
    "bitter bright broad cold crooked dark deep early grey heavy late narrow new old pale quiet rough slow tall wet",
)
_NAMES = ("Ada Sluice", "Oona Marl", "Pell Harrow", "Tam Reedy", "Wyn Carrick")


def generated(count: int, *, seed: int = 1, first: int = 1_000, newest: datetime = LATEST) -> list[Piece]:
    """Return so many articles, one every three hours back from `newest`; no two share five words in a row by design.

    The same seed gives the same articles; each has a title, a slug and a number of its own.
    """
    dice = random.Random(seed)  # noqa: S311 - stories, not secrets
    return [_made(dice, first + count - place, newest - timedelta(hours=3 * place)) for place in range(count)]


def _made(dice: random.Random, number: int, published: datetime) -> Piece:
    subject, thing = dice.sample(_WORDS, 2)
    title = f"How the {dice.choice(_HOW)} {subject} {dice.choice(_DONE)} {thing} number {number}"
    return Piece(
        number=number,
        slug=title.lower().replace(" ", "-"),
        title=title,
        dek=sentence(dice),
        text=tuple(paragraph(dice) for _ in range(dice.randint(3, 7))),
        published=published,
        author=dice.choice(_NAMES),
        section=dice.choice(("Reports", "Notes", "Letters")),
    )


def paragraph(dice: random.Random) -> str:
    """Return three to five sentences that mean nothing and that no other paragraph has."""
    return " ".join(sentence(dice) for _ in range(dice.randint(3, 5)))


def sentence(dice: random.Random) -> str:
    """Return a sentence of six to sixteen words, drawn so that its word order repeats and its words do not."""
    kinds = (_HOW, _WORDS, _DONE, _WORDS, _WORDS)
    clauses = [f"the {' '.join(map(dice.choice, kinds))}" for _ in range(dice.randint(1, 2))]
    text = f" {dice.choice(('and', 'while', 'before', 'because', 'until'))} ".join(clauses)
    return f"{text[0].upper()}{text[1:]}."
