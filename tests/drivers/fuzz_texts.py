"""A coverage-guided fuzzer over the texts of stories: `python fuzz_texts.py CORPUS [libFuzzer's options]`.

A line is a block, its first character says of which kind; the first line is headline and dek. It ends with an error
when a text raises, is cleaned otherwise the second time, or has a lead that is not its own words within the budget.
"""

import sys
from pathlib import Path

import atheris

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

with atheris.instrument_imports(include=["digest.summarizer", "digest.text"]):
    from digest.summarizer import Budget
    from digest.text.clean import clean_text
    from test_lead_properties import KINDS, MODES, SENTENCES, check, story


def one(data: bytes) -> None:
    """Make every lead of one story."""
    first, *lines = [clean_text(line) for line in data.decode(errors="ignore").split("\n")[:40]]
    assert [clean_text(line) for line in (first, *lines)] == [first, *lines]
    article = story(first, [(KINDS[ord(line[0]) % len(KINDS)], line) for line in lines if line])
    for mode in MODES:
        check(article, Budget(at_least=1 + len(lines), at_most=20 + len(first) % 100), mode)


def main() -> None:
    """Fuzz until the time is over, beginning with sentences that leads are known to stumble over."""
    corpus = Path(sys.argv[1])
    corpus.mkdir(exist_ok=True)
    for at, sentence in enumerate(SENTENCES):
        (corpus / f"sentence-{at}").write_text(f"The gate\n{sentence} {sentence}\n{' '.join(SENTENCES)}\n")
    atheris.Setup([sys.argv[0], "-max_len=5000", *sys.argv[1:]], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
