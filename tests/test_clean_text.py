"""digest.text.clean: whatever comes in, clean text comes out."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.text.clean import clean_text, decode, plain_text, readable

HARD = st.text(alphabet="ÂÃÄÅâðïé©€™”’»ƒ\x85\x93\x9d\u00a0\u200b\u200d\ud800A b\u0302<>&;#x1", max_size=40)
TEXTS = st.text() | HARD


def mangled(text: str) -> str:
    """Return what UTF-8 becomes when it is read as cp1252, the bytes that it lacks as latin-1 has them."""
    return "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in text.encode())


@given(TEXTS)
def test_clean_text_is_one_line_without_controls_and_stays_so(raw: str) -> None:
    text = clean_text(raw)
    assert clean_text(text) == text
    assert not any(unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp"} for char in text)
    assert text == " ".join(text.split())
    assert unicodedata.is_normalized("NFC", text)


@given(TEXTS)
def test_plain_text_is_clean(markup: str) -> None:
    text = plain_text(markup)
    assert clean_text(text) == text


@given(
    st.binary(), st.sampled_from(["", "utf-8", "latin-1", "utf-16", "koi8-r", "hex", "utf-7", "\x00", "é", "no-such"])
)
def test_decode_takes_any_bytes_and_any_charset(body: bytes, declared: str) -> None:
    decode(body, declared).encode()


@pytest.mark.parametrize(
    "text",
    [
        "“It’s late,” she said — twice…",
        "Señor Núñez’s café in Łódź",
        "ÜBER ÖL UND ÄRA",
        "Привет, море",
        "村上 美咲 😀",
        "Miloš Đorđević",
        "© 2024 ½ §",
        "voilà « oui »",
    ],
)
@pytest.mark.parametrize("times", [1, 2])
def test_mojibake_is_repaired_however_often_it_was_mangled(text: str, times: int) -> None:
    spoilt = text
    for _ in range(times):
        spoilt = mangled(spoilt)
    assert clean_text(spoilt) == text


@pytest.mark.parametrize(
    "text",
    [
        "« Liberté\u00a0», a-t-il dit",
        "une pâte sucrée\u00a0»",
        "»MENÜ« und »CAFÉ«",
        "“MANHÔ and “MANHÔ” and MANHÃ”",
        "O IRMÃO DA MANHÃ… FOI",
        "Båt och BÅ” på Å”",
        "ÇA ÉTÉ — À «",
        "Ω≈ç√∫ ± ÷",
    ],
)
def test_real_text_is_not_repaired(text: str) -> None:
    assert clean_text(text) == text.replace("\u00a0", " ")


def test_a_run_that_ends_in_stray_bytes_or_is_no_utf8_stays() -> None:
    assert clean_text("Ã©©") == "Ã©©"
    assert clean_text("à€à€€à€€") == "à€à€€à€€"
    assert clean_text("í\u00a0€í\u00a0€") == "í €í €"  # a surrogate, which UTF-8 does not hold


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("\x93Hi\x94 it\x92s \x96 so\x85", "“Hi” it’s – so…"),
        ("a\x81b\x00c\x07d\x7f", "abcd"),
        ("one\u2028two\u2029three\x0bfour\tfive\r\nsix", "one two three four five six"),
        ("\ufeffzero\u200bwidth\u00adsoft\u2060", "zerowidthsoft"),
        ("cafe\u0301", "café"),
        ("x\u200dy \u200cz\u200d", "xy z"),
        ("\u0915\u094d\u200d\u0937 \u0646\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", None),
        ("👩\u200d💻 🏳\ufe0f\u200d🌈", None),
        ("🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f", None),
        ("hi\U000e0041\U000e0042dden", "hidden"),
        ("\u202eevil\u202c \u2066x\u2069", "evil x"),
        ("שלום\u200f!", None),
        ("\ud83d broken \ude00", "broken"),
    ],
)
def test_what_is_invisible_goes_unless_a_script_or_an_emoji_needs_it(raw: str, text: str | None) -> None:
    assert clean_text(raw) == (raw if text is None else text)


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("5 < 6 & 7", "5 < 6 & 7"),
        ("Fish &amp;amp; Chips", "Fish & Chips"),
        ("It&amp;#8217;s &amp;ldquo;late&amp;rdquo;", "It’s “late”"),
        ("Q&A on R&D; AT&T", "Q&A on R&D; AT&T"),
        ("<p>One</p><p>T<b>w</b>o<br>three</p>", "One Two three"),
        ("How to use &lt;b&gt;", "How to use <b>"),
        ("<![CDATA[Inside]]> out", "Inside out"),
        ("a<!-- b > c -->d<!-- e", "ad"),
        ("<SCRIPT>if (a<b) { x('</p>') }</SCRIPT>Text<style>p{}", "Text"),
        ("<img alt=\"a > b\" src='x'>after", "after"),
        ("<!doctype html><?php x ?>Text", "Text"),
        ("<![x[ stays", "<![x[ stays"),
        ("Salt &amp; Silt: <em>The Parish</em>", "Salt & Silt: The Parish"),
        ("", ""),
    ],
)
def test_markup_becomes_text(markup: str, text: str) -> None:
    assert plain_text(markup) == text


@pytest.mark.parametrize(
    ("body", "declared", "text"),
    [
        ("\ufeffmarée".encode(), "latin-1", "marée"),
        ("marée".encode("utf-16"), "", "marée"),
        ("marée".encode("utf-32"), "", "marée"),
        ("<p>marée".encode("utf-16-be"), "", "<p>marée"),
        ("<p>marée".encode("utf-16-le"), "utf-8", "<p>marée"),
        (b"\xfe\xff" + "marée".encode("utf-16-be"), "utf-8", "marée"),
        ("море".encode("koi8-r"), "KOI8-R", "море"),
        ("marée".encode(), "iso-8859-1", "marée"),
        ("marée".encode("cp1252"), "utf-8", "marée"),
        (b"\x93mar\xe9e\x94 \x81", "", "“marée” "),
        (b"caf\xc3\xa9", " 'UTF-8' ", "café"),
        (b"+ADw-b+AD4-", "utf-7", "+ADw-b+AD4-"),
        ("市".encode("gb2312"), "gb2312", "市"),
    ],
)
def test_bytes_become_text_by_mark_declaration_or_content(body: bytes, declared: str, text: str) -> None:
    assert decode(body, declared) == text


@given(TEXTS)
def test_a_readable_text_has_its_lines_and_no_controls(text: str) -> None:
    shown = readable(text)
    assert {char for char in shown if unicodedata.category(char) in {"Cc", "Cs"}} <= set("\t\n\r")
    assert shown.count("\n") == text.count("\n")
    assert not {"\ufffe", "\uffff"} & set(shown)


def test_c1_controls_are_what_cp1252_has_in_their_place() -> None:
    assert readable("a\x92b\x85\n\x81\tc\x00d") == "a\N{RIGHT SINGLE QUOTATION MARK}b\N{HORIZONTAL ELLIPSIS}\n\tc d"
    assert readable("\u00c3\x81rea") == "\u00c1rea"


@pytest.mark.parametrize(
    "piece", ["Ã© ", "Ã©©", "<a '\"", "<!--", "<script>", "\u200d\u0915", "a\u0301\u0316", "&amp", "\u0301\u0316"]
)
def test_time_grows_with_the_length_alone(piece: str) -> None:
    start = time.perf_counter()
    plain_text(piece * 50_000)
    assert time.perf_counter() - start < 5
