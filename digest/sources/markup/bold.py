"""What bold says in a body: a heading that the paragraph runs on from, a question in an interview, or only emphasis."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from digest.model.article import Block
from digest.text.words import words

_BOLD: Final = frozenset(("b", "strong"))
ASKED: Final = ("?", "?”", "?’", '?"', "?)", "？", "؟")
_INTERVIEW: Final = 2
"""Questions: a single bold one may be a heading."""

_LONGEST_RUN_IN: Final = 8
"""Words: a bold opening with more is an emphasised sentence."""

_SHORTEST_RUN_IN: Final = 4
"""Letters and digits: what is shorter is an abbreviation or a number ("Dr.", "12.")."""

_STOPS: Final = (".", ":", "?", "。", "：", "？", "؟")
_NAME: Final = re.compile(r"[^\W\d_][\w.'’-]{0,39}(?: [^\W\d_][\w.'’-]{0,39}){0,3}:")


def is_bold(node: Any) -> bool:  # noqa: ANN401 - lxml has no types
    """Tell whether an element of HTML, or of trafilatura's tree, is bold."""
    return node.tag in _BOLD or (node.tag == "hi" and "b" in (node.get("rend") or ""))


def is_run_in(bold: str, rest: str) -> bool:
    """Tell whether the bold words that open a paragraph are a heading for the rest of it ("Silt. “May I answer?”").

    A name with a colon is that of a speaker, and words that the sentence goes on from are emphasis.
    """
    if not bold.endswith(_STOPS) or bold.endswith("..") or not rest or rest[0].islower() or rest[0] in ",;:.)":
        return False
    if sum(map(str.isalnum, bold)) < _SHORTEST_RUN_IN or len(words(bold)) > _LONGEST_RUN_IN:
        return False
    return not (_NAME.fullmatch(bold) and all(word[0].isupper() for word in bold.split()))


def interview(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return blocks of which bold ones are questions, and what follows them answers, where that is an interview.

    It is one where at least two bold paragraphs end in a question mark; in all else bold is only emphasis.
    """
    asked = [at for at, block in enumerate(blocks) if block.kind == "question" and block.text.endswith(ASKED)]
    first = asked[0] if len(asked) >= _INTERVIEW else len(blocks)
    told: list[Block] = []
    for at, block in enumerate(blocks):
        answers = bool(told) and told[-1].kind in {"question", "answer"}
        if block.kind == "question" and at < first:
            told.append(replace(block, kind="paragraph"))
        else:
            told.append(replace(block, kind="answer") if block.kind == "paragraph" and answers else block)
    return tuple(told)
