"""Which quotation marks and brackets are still open behind a sentence.

A paragraph of a quotation that goes on repeats the opening mark, so quotation marks are either open or not, and never
open twice. A single mark is an apostrophe unless it stands where one cannot.
"""

import re
from typing import Final, NamedTuple

_MARK: Final = re.compile(
    # All marks first: most characters are none, and need not be asked what they are.
    r"(?=[\"“”„«»'‘’()\[\]（）「」『』])(?:"
    # "‘90s", "'em" and "rock 'n' roll" open nothing; nor does "2019's".
    r"(?P<single_in>(?<!\w)['‘](?=[^\W\d_])(?!(?:em|til|tis|twas|cause|n)\b))|(?P<single_out>['’](?!\w))|"
    r"(?P<inch>(?<=\d)\"(?=\W|$))|(?P<double>[\"“”„«»])|(?P<bracket>[^'‘’]))",
)
# What closes a quotation, by what opened it. “ closes what „ opened; careless typing mixes " and ”.
_CLOSES: Final = {'"': '"”', "“": '”"', "„": '“”"', "«": "»", "»": "«", "”": "”"}
_OPENS: Final = '"“„«»”'
_BRACKETS: Final = "([（「『"


class Marks(NamedTuple):
    """The marks that are open: the double one that opened, whether a single one did, and how many brackets."""

    double: str = ""
    single: bool = False
    brackets: int = 0

    @property
    def closed(self) -> bool:
        """Tell whether nothing is open."""
        return self == _CLOSED


_CLOSED: Final = Marks()


def after(text: str, before: Marks = _CLOSED, *, paragraph: bool = False) -> Marks:
    """Return what is open behind `text`, given what was open before it and whether it begins a paragraph."""
    repeats = paragraph and before.double and text.startswith(tuple(_OPENS))
    marks = before
    for found in _MARK.finditer(text, 1 if repeats else 0):
        marks = _step(marks, str(found.lastgroup), found[0])
    return marks


def _step(marks: Marks, kind: str, mark: str) -> Marks:
    if kind == "double" or (kind == "inch" and marks.double):
        return _double(marks, mark)
    if kind.startswith("single"):
        return marks._replace(single=kind == "single_in")
    if kind == "bracket":
        return marks._replace(brackets=max(0, marks.brackets + (1 if mark in _BRACKETS else -1)))
    return marks


def _double(marks: Marks, mark: str) -> Marks:
    if not marks.double:
        return marks._replace(double=mark)
    # A quotation that ends takes down a single mark that was an apostrophe after all.
    return Marks(brackets=marks.brackets) if mark in _CLOSES[marks.double] else marks
