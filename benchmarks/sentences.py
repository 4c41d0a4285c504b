"""Compare sentence segmenters on the golden rules, the seeds and our news lines, in one table.

    pip install blingfire sentencex nupunkt syntok sentence-splitter pysbd
    python benchmarks/sentences.py

A text counts when all its sentences come out right, white space folded. `news` are our own lines, with which our rules
were made; `later` are thirty more, written when the rules stood (28 were right at the first try). `boundaries`: of the
places in both where one sentence ends and another begins, how many were found, and how many were found where there is
none. What is not installed is named and left out.
"""

import importlib
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from time import perf_counter
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from digest.summarizer.sentences import split
from sentence_samples import golden, lines, seed_lines

Segmenter = Callable[[str], Sequence[str]]
ROUNDS = 20


def _syntok(module: Any) -> Segmenter:  # noqa: ANN401 - a library without types
    def segment(text: str) -> list[str]:
        return [
            "".join(token.spacing + token.value for token in sentence).strip()
            for paragraph in module.process(text)
            for sentence in paragraph
        ]

    return segment


MAKERS: dict[str, tuple[str, Callable[[Any], Segmenter]]] = {
    "blingfire": ("blingfire", lambda module: lambda text: module.text_to_sentences(text).split("\n")),
    "sentencex": ("sentencex", lambda module: lambda text: list(module.segment("en", text))),
    "nupunkt": ("nupunkt", lambda module: lambda text: list(module.sent_tokenize(text))),
    "syntok": ("syntok.segmenter", _syntok),
    "sentence-splitter": (
        "sentence_splitter",
        lambda module: module.SentenceSplitter(language="en").split,
    ),
    "pysbd": ("pysbd", lambda module: module.Segmenter(language="en", clean=False).segment),
}


def segmenters() -> dict[str, Segmenter]:
    """Return ours and every other one that is installed; say which are not."""
    found: dict[str, Segmenter] = {"digest": split}
    for name, (module, make) in MAKERS.items():
        try:
            found[name] = make(importlib.import_module(module))
        except ImportError:
            print(f"not installed, left out: {name}")
    return found


def parts(segment: Segmenter, text: str) -> list[str]:
    """Return a text's sentences, white space folded and empty ones left out."""
    return [folded for sentence in segment(text) if (folded := " ".join(sentence.split()))]


def right(segment: Segmenter, texts: Iterable[list[str]]) -> int:
    """Return how many texts come out as they should."""
    return sum(parts(segment, " ".join(text)) == text for text in texts)


def places(sentences: Sequence[str]) -> set[int]:
    """Return where sentences end, in characters that are no white space; the end of the text is none of the places."""
    ends, count = set(), 0
    for sentence in sentences:
        count += len("".join(sentence.split()))
        ends.add(count)
    return ends - {count}


def boundaries(segment: Segmenter, texts: Iterable[list[str]]) -> tuple[int, int]:
    """Return how many boundaries were found, and how many that are none."""
    found = wrong = 0
    for text in texts:
        true, said = places(text), places(parts(segment, " ".join(text)))
        found, wrong = found + len(true & said), wrong + len(said - true)
    return found, wrong


def speed(segment: Segmenter, texts: Sequence[list[str]]) -> float:
    """Return sentences a second."""
    joined = [" ".join(text) for text in texts]
    began = perf_counter()
    for _ in range(ROUNDS):
        for text in joined:
            segment(text)
    return ROUNDS * sum(map(len, texts)) / (perf_counter() - began)


def main() -> None:
    """Print the table."""
    rules, news, later, seeds = golden(), lines("news"), lines("news_later"), seed_lines()
    every = sum(len(text) - 1 for text in news + later)
    sets = f"golden/{len(rules)} seeds/{len(seeds)} news/{len(news)} later/{len(later)}"
    print(f"{'segmenter':18} {sets}  boundaries/{every}  sentences/s")
    for name, segment in segmenters().items():
        found, wrong = boundaries(segment, news + later)
        row = [right(segment, texts) for texts in (rules, seeds, news, later)]
        print(
            f"{name:18} {row[0]:9} {row[1]:8} {row[2]:8} {row[3]:8}  {found:5} +{wrong:<3} wrong  "
            f"{speed(segment, news):11,.0f}"
        )


if __name__ == "__main__":
    main()
