import email
import email.policy
import quopri
from base64 import b64decode
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from digest.text.transfer import Encoding, Transfer, encode, shares

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
AWKWARD = st.lists(st.sampled_from(["a" * 75, "=", " ", "\t", ".", "From ", "é", "港", "\r", "\n", "\r\n", "\u2028"]))


def as_lines(text: str) -> str:
    """Return the text as it must arrive: CRLF, the last line too."""
    return "".join(f"{line}\r\n" for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))


def arrived(text: str) -> str:
    return as_lines(text.removesuffix("\n").removesuffix("\r") if text.endswith(("\n", "\r")) else text)


def in_a_mail(sent: Transfer, kind: str = "plain") -> bytes:
    head = f'MIME-Version: 1.0\r\nContent-Type: text/{kind}; charset="utf-8"\r\n'
    return f"{head}Content-Transfer-Encoding: {sent.encoding}\r\n\r\n".encode() + sent.content


def read_by_both_parsers(data: bytes) -> set[str]:
    new: Any = email.message_from_bytes(data, policy=email.policy.default)
    old: Any = email.message_from_bytes(data)
    assert not new.defects
    return {part.get_payload(decode=True).decode() for part in (new, old)}


@given(TEXT | AWKWARD.map("".join))
@example("")
@example("\n")
@example("a" * 75 + " \nb\t\n.\n..\nFrom me")
def test_a_text_arrives_as_it_was(text: str) -> None:
    sent = encode(text)
    assert read_by_both_parsers(in_a_mail(sent)) == {arrived(text)}


@given(TEXT | AWKWARD.map("".join))
def test_lines_are_seven_bit_and_short_and_hold_no_bare_line_end(text: str) -> None:
    content = encode(text).content
    lines = content.split(b"\r\n")
    assert content.isascii()
    assert content.endswith(b"\r\n")
    assert max(map(len, lines)) <= 76
    assert not any(end in line for line in lines for end in (b"\r", b"\n"))
    assert not any(line.endswith((b" ", b"\t")) for line in lines)


@given(TEXT)
def test_no_text_is_longer_than_in_either_encoding(text: str) -> None:
    sent = encode(text)
    data = arrived(text).encode()
    packed = (len(data) + 2) // 3 * 4
    packed += -(-packed // 76) * 2
    assert len(sent.content) <= packed
    assert sent.encoding == "quoted-printable" or len(sent.content) == packed
    decoded = quopri.decodestring(sent.content) if sent.encoding == "quoted-printable" else b64decode(sent.content)
    assert decoded == data


def test_the_script_decides() -> None:
    chosen: dict[str, Encoding] = {
        "Die Fähre fährt wieder. ": "quoted-printable",
        "港の時計": "base64",
        "Гавань": "base64",
    }
    assert {text: encode(text * 40).encoding for text in chosen} == chosen
    assert encode("tide") == Transfer(encoding="quoted-printable", content=b"tide\r\n")


@given(st.lists(TEXT | AWKWARD.map("".join), max_size=9))
@example(["a ", "b", "", "=" * 80])
def test_the_shares_of_pieces_are_the_whole_and_none_is_less_than_nothing(pieces: list[str]) -> None:
    found = shares(pieces)
    assert len(found) == len(pieces)
    assert min(found, default=0) >= 0
    assert sum(found) == (len(encode("".join(pieces)).content) if pieces else 0)


def test_a_share_is_what_a_piece_weighs_where_it_stands() -> None:
    assert shares(["tide", "=", "line\r\n"]) == (4, 3, 6)
    assert shares(["港" * 30, "の" * 30]) == (124, 128)
