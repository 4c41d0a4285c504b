"""A mail's header survives folding, relays and readers: asked of three parsers, of which one is not Python."""

import random
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from digest.errors import MailerError
from digest.mailers.headers import ascii_uri, header, uris
from digest.mailers.mail import Heading, mail, message_id
from digest.model.message import Message, Sender
from judging import ISSUES, THEMES
from judging import message as judged
from mail_reading import Read, by_compat, by_policy, by_postal

HEADING = Heading(date=datetime(2024, 10, 25, 14, tzinfo=UTC))
MESSAGE = Message(
    service="none",
    key="weekly-2024-W43",
    sender=Sender(name="The Harbour", address="post@harbour.example"),
    subject="Tide",
    preheader="",
    html="<p>Tide</p>",
    text="Tide\n",
    newsletter="weekly",
)
SCRIPTS = (
    *((0x20, 0x7E), (0xA1, 0x24F), (0x370, 0x3FF), (0x400, 0x4FF), (0x530, 0x5FF), (0x600, 0x6FF), (0x900, 0x97F)),
    *((0xE00, 0xE7F), (0x10A0, 0x10FF), (0x1E00, 0x20CF), (0x3040, 0x30FF), (0x4E00, 0x9FFF), (0xAC00, 0xD7A3)),
    *((0x1F300, 0x1F64F), (0x1F900, 0x1F9FF), (0x20000, 0x2A6DF)),
)
AWKWARD = (
    "=?",
    "?=",
    "=?utf-8?q?a?=",
    "  ",
    '"',
    "\\",
    "<a@b>",
    "(x",
    ",",
    ";",
    ":",
    "\u200d",
    "\u0301",
    "a" * 90,
    "=20",
)


def random_subject(chance: random.Random) -> str:
    """Return words of one script or of several, with all that a header could take for its own."""
    scripts = chance.sample(SCRIPTS, chance.choice((1, 1, 2, 5)))
    words = [
        chance.choice(AWKWARD)
        if chance.random() < 0.1
        else "".join(chr(chance.randint(*chance.choice(scripts))) for _ in range(chance.randint(1, 14)))
        for _ in range(chance.randint(1, 25))
    ]
    return re.sub(r"[\u2028\u2029]", "", " ".join(words)).strip() or "x"


def random_address(chance: random.Random, length: int) -> str:
    """Return an address of so many characters, with all that may stand in one."""
    begun = f"https://{chance.choice(('harbour.example', 'lists.harbour.example:8443', '[2001:db8::7]'))}/"
    legal = "abcXYZ0189-._~!$&'()*+,;=:@/?%20"
    rest = "".join(chance.choice(legal) for _ in range(length - len(begun)))
    return begun + re.sub(r"%(?!20)|(?<=%)2(?!0)", "x", rest)


def test_five_thousand_subjects_of_all_scripts_come_back_in_three_parsers() -> None:
    chance = random.Random(5000)  # noqa: S311 - the same ones every time
    subjects = [random_subject(chance) for _ in range(5000)]
    mails = [header("Subject", subject) + b"\r\n" for subject in subjects]
    assert all(len(line) <= 78 for data in mails for line in data.split(b"\r\n"))
    readers: list[Callable[[], list[Read]]] = [
        lambda: [by_policy(data) for data in mails],
        lambda: [by_compat(data) for data in mails],
        lambda: by_postal(mails),
    ]
    for read in readers:
        wrong = [(one, two.subject) for one, two in zip(subjects, read(), strict=True) if one != two.subject]
        assert not wrong, wrong[:3]


def test_a_thousand_addresses_to_leave_by_come_back_in_three_parsers_and_whole_where_a_line_holds_them() -> None:
    chance = random.Random(1000)  # noqa: S311 - likewise
    addresses = [random_address(chance, length) for length in range(40, 2040, 2)]
    mails = [
        header("Subject", "Tide") + uris("List-Unsubscribe", (address, "mailto:leave@harbour.example")) + b"\r\n"
        for address in addresses
    ]
    assert len(mails) == 1000
    assert all(len(line) <= 998 for data in mails for line in data.split(b"\r\n"))
    for reads in ([by_policy(data) for data in mails], [by_compat(data) for data in mails], by_postal(mails)):
        for address, read in zip(addresses, reads, strict=True):
            told = read.headers["list-unsubscribe"]
            # RFC 2369: white space between the angle brackets is to be ignored. Shorter ones have none.
            shown = told if len(address) <= 957 else re.sub(r"\s(?!<)", "", told)
            assert shown == f"<{address}>, <mailto:leave@harbour.example>"


@pytest.mark.parametrize("theme", THEMES)
def test_every_parser_reads_the_very_texts_of_a_message(theme: str) -> None:
    messages = [judged(theme, name) for name in ISSUES]
    mails = [mail(message, HEADING) for message in messages]
    assert all(data.isascii() and len(line) <= 78 for data in mails for line in data.split(b"\r\n"))
    for reads in ([by_policy(data) for data in mails], [by_compat(data) for data in mails], by_postal(mails)):
        for message, read in zip(messages, reads, strict=True):
            assert read.subject == message.subject
            assert as_lines(read.text) == as_lines(message.text)
            assert as_lines(read.html) == as_lines(message.html)


def as_lines(text: str) -> str:
    """Return a text without the line ends behind it: a part of a mail has one at least, and a parser may add one."""
    return text.replace("\r\n", "\n").rstrip("\n")


@pytest.mark.parametrize(
    ("address", "written"),
    [
        ("https://häfen.example/ab?é=<ü>&b=c d", "https://xn--hfen-loa.example/ab?%C3%A9=%3C%C3%BC%3E&b=c%20d"),
        ("HTTPS://Harbour.example:8443/%C3%A9/a,b", "https://Harbour.example:8443/%C3%A9/a,b"),
        ("http://http/x", "http://http/x"),
        ("https://[2001:db8::7]?x", "https://[2001:db8::7]?x"),
        ("mailto:leave@häfen.example?subject=Ab mit mir", "mailto:leave@xn--hfen-loa.example?subject=Ab%20mit%20mir"),
        ("mailto:a?b@harbour.example", None),
        ("https://user:word@harbour.example/", None),
        ("https://a>b/", None),
        ("https:///x", None),
        ("https://harbour.example:x/", None),
        ("ftp://harbour.example/", None),
        ("/leave", None),
        ("https://\u2488.example/", None),
        ("https://harbour.example/\r\nBcc: a@b.example", None),
        ("", None),
    ],
)
def test_an_address_to_leave_by_is_ascii_or_refused(address: str, written: str | None) -> None:
    if written is not None:
        assert ascii_uri(address) == written
        return
    with pytest.raises(MailerError) as refused:
        ascii_uri(address)
    assert refused.value.hint


def test_a_reader_gets_an_issue_always_under_the_same_id_and_a_test_under_another() -> None:
    to = replace(HEADING, recipient="reader@far.example")
    issue = message_id(MESSAGE, to)
    assert re.fullmatch(r"<weekly-2024-W43\.[0-9a-f]{24}@harbour\.example>", issue)
    later = replace(to, date=to.date + timedelta(hours=1), leave=("https://harbour.example/leave",))
    assert message_id(replace(MESSAGE, subject="Mended"), later) == issue
    test = replace(to, is_test=True)
    others = {
        message_id(MESSAGE, replace(to, recipient="other@far.example")),
        message_id(replace(MESSAGE, key="weekly-2024-W44"), to),
        message_id(MESSAGE, test),
        message_id(replace(MESSAGE, subject="Mended"), test),
        message_id(MESSAGE, HEADING),
    }
    assert len({issue, *others}) == 6
    assert f"Message-ID: {issue}\r\n".encode() in mail(MESSAGE, to)


def test_a_list_says_which_it_is_and_how_one_leaves_it() -> None:
    leave = ("https://harbour.example/leave?reader=1", "mailto:leave@harbour.example")
    read = by_policy(mail(MESSAGE, replace(HEADING, recipient="reader@far.example", leave=leave, one_click=True)))
    assert read.headers["to"] == "reader@far.example"
    assert read.headers["list-id"] == '"The Harbour" <weekly.harbour.example>'
    assert read.headers["list-unsubscribe"] == f"<{leave[0]}>, <{leave[1]}>"
    assert read.headers["list-unsubscribe-post"] == "List-Unsubscribe=One-Click"
    nameless = replace(MESSAGE, sender=Sender(address="post@harbour.example"))
    assert b"List-Id: <weekly.harbour.example>\r\n" in mail(nameless, HEADING)


def test_what_is_no_list_or_has_no_way_out_says_nothing_of_it() -> None:
    assert b"List-Unsub" not in mail(MESSAGE, HEADING)
    assert b"List-Id" not in mail(replace(MESSAGE, newsletter=""), HEADING)
    leave = ("https://harbour.example/leave",)
    assert b"List-" not in mail(MESSAGE, replace(HEADING, is_list=False, leave=leave, one_click=True))


@pytest.mark.parametrize(
    "leave", [(), ("mailto:leave@harbour.example", "https://harbour.example/"), ("http://a.example",)]
)
def test_one_click_without_an_address_in_cipher_is_refused(leave: tuple[str, ...]) -> None:
    with pytest.raises(MailerError, match="one click"):
        mail(MESSAGE, replace(HEADING, leave=leave, one_click=True))
