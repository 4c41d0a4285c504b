"""A coverage-guided fuzzer over saved pages: `python fuzz_pages.py CORPUS SEEDS [libFuzzer's options]`.

It ends with an error when a page raises, gives a lead over its budget, or one that the page does not hold.
"""

import sys
from pathlib import Path

import atheris

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

with atheris.instrument_imports(include=["digest.sources", "digest.summarizer", "digest.text"]):
    from test_pages_fuzz import check, read

WORDS = ("<h1>", "<main>", "<time datetime=", "By ", "class='author'", "itemprop=", "application/ld+json", '"@graph"')
"""What the parser looks for; the fuzzer puts them where it likes."""


def one(data: bytes) -> None:
    """Read one page and check what is made of it."""
    html = data.decode(errors="ignore")
    check(html, read(html), spliced=True)


def main() -> None:
    """Fuzz until the time is over."""
    words = Path(sys.argv[1]) / "words.dict"
    words.parent.mkdir(exist_ok=True)
    words.write_text("".join(f'"{word}"\n'.replace('""', '"') for word in (word.replace('"', "") for word in WORDS)))
    atheris.Setup([sys.argv[0], f"-dict={words}", "-max_len=20000", *sys.argv[1:]], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
