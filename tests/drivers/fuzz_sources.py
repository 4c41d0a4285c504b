"""A coverage-guided fuzzer over one parser: `python fuzz_sources.py KIND CORPUS [libFuzzer's options]`.

It ends with an error when a document raises, or when what is read of it is not clean, sealed and aware.
"""

import sys
from pathlib import Path

import atheris

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

with atheris.instrument_imports(include=["digest.sources", "digest.text"]):
    from source_pieces import KINDS, PIECES, WHOLE
    from test_source_fuzz import check, check_date, check_opml


def main() -> None:
    """Fuzz until the time is over: from a whole document, and with the pieces of which one is made."""
    kind, corpus = sys.argv[1], Path(sys.argv[2])
    corpus.mkdir(exist_ok=True)
    (corpus / "whole").write_text(WHOLE.get(kind, ""), encoding="utf-8")
    (corpus / "pieces").write_text("".join(PIECES[kind]), encoding="utf-8")
    words = corpus.parent / f"{corpus.name}.dict"
    words.write_text("".join(f'"{escaped(piece)}"\n' for piece in PIECES[kind] if len(piece) < 60), encoding="ascii")

    def one(data: bytes) -> None:
        checks = {"opml": check_opml, "date": check_date}
        checks[kind](data) if kind in checks else check(KINDS[kind], data)

    atheris.Setup([sys.argv[0], f"-dict={words}", "-max_len=8000", *sys.argv[2:]], one)
    atheris.Fuzz()


def escaped(piece: str) -> str:
    """Return a piece as libFuzzer's dictionaries have it."""
    return "".join(f"\\x{byte:02x}" for byte in piece.encode())


if __name__ == "__main__":
    main()
