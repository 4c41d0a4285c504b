"""SpamAssassin, as Debian ships it, on the sample magazine's fullest week in every shipped theme."""

import re
import shutil
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from conftest import ON_CI
from digest.mailers.mail import Heading, mail
from judging import TERMS, THEMES, message

MOST = 0.5
HEADING = Heading(date=datetime(2024, 10, 25, 16, 0, tzinfo=UTC), leave=(TERMS.values["unsubscribe"],))
RECEIVED = (
    b"Return-Path: <bounce-2024-w43@tidewater.example>\r\n"
    b"Received: from out.tidewater.example (out.tidewater.example [IPv6:2001:db8::7])\r\n"
    b" by mx.reader.example (Postfix) with ESMTPS id 4XkGd12abcz9s\r\n"
    b" for <reader@reader.example>; Fri, 25 Oct 2024 16:00:02 +0000 (UTC)\r\n"
    b"To: Robin Reader <reader@reader.example>\r\n"
)
"""What every message has when it arrives, whoever sends it: whom it is to, and the way that it came."""
UNSENT = {"MISSING_HEADERS", "REPLYTO_WITHOUT_TO_CC", "NO_RECEIVED", "NO_RELAYS"}
"""The rules that hit a message to nobody, which nobody has carried."""

SCORE = re.compile(r"^X-Spam-Status: \w+, score=(-?[\d.]+)", re.MULTILINE)
POINTS = re.compile(r"^ *(-?\d+\.\d+) ([A-Z][A-Z0-9_]+) +(.*)$", re.MULTILINE)


def judged(sent: bytes) -> tuple[float, list[str]]:
    """SpamAssassin's score of a mail, from local tests alone, and the rules that hit, with their points."""
    done = subprocess.run(["spamassassin", "-L", "-t"], input=sent, capture_output=True, check=True)
    told = done.stdout.decode("utf-8", "replace")
    score = SCORE.search(told)
    assert score, told[:2000]
    return float(score[1]), [f"{points} {rule} {why}" for points, rule, why in POINTS.findall(told)]


pytestmark = pytest.mark.skipif(
    shutil.which("spamassassin") is None and not ON_CI,
    reason="spamassassin is not installed; `python3 tasks.py test` does it as root",
)


@pytest.mark.parametrize("theme_name", THEMES)
def test_spamassassin_takes_the_fullest_week_for_a_letter(
    theme_name: str, record_property: Callable[[str, object], None]
) -> None:
    score, rules = judged(RECEIVED + mail(message(theme_name, "week"), HEADING))
    record_property("figures", f"{theme_name}: SpamAssassin {score}: {'; '.join(rules)}")
    assert score <= MOST, rules


def test_a_bare_eml_costs_what_it_lacks_until_it_is_sent_and_nothing_else(
    record_property: Callable[[str, object], None],
) -> None:
    score, rules = judged(mail(message("roundup", "week"), HEADING))
    record_property("figures", f"roundup, a bare .eml: SpamAssassin {score}: {'; '.join(rules)}")
    assert score > MOST
    assert {rule.split()[1] for rule in rules if float(rule.split()[0]) > 0} <= UNSENT


def test_spamassassin_finds_what_is_wrong() -> None:
    shouted = message("roundup", "week").html.replace("<h1", "<p>FREE VIAGRA!!! CLICK HERE TO CLAIM $1,000,000</p><h1")
    sent = b"From: x\r\nSubject: YOU WON!!! FREE MONEY\r\nContent-Type: text/html\r\n\r\n" + shouted.encode()
    score, rules = judged(sent)
    assert score > 3 * MOST, rules
