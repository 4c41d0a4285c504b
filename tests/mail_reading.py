"""Mails read by three parsers that know nothing of each other: Python's two, and postal-mime in Node."""

import base64
import email
import email.policy
import json
import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from email.header import decode_header, make_header
from pathlib import Path
from typing import Any

import pytest

from conftest import ON_CI
from judging import JUDGES


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What one parser makes of a mail; `headers` by lower-case name, unfolded, `subject` decoded."""

    subject: str
    headers: dict[str, str]
    text: str
    html: str


def unfolded(value: object) -> str:
    return re.sub(r"\r?\n(?=[ \t])", "", str(value))


def by_policy(data: bytes) -> Read:
    """Read a mail with Python's newer parser."""
    parsed: Any = email.message_from_bytes(data, policy=email.policy.default)
    assert not parsed.defects
    found = {part.get_content_type(): part.get_content() for part in parsed.walk() if not part.is_multipart()}
    headers = {name.lower(): unfolded(value) for name, value in parsed.items()}
    subject = str(parsed["Subject"])
    return Read(subject=subject, headers=headers, text=found.get("text/plain", ""), html=found.get("text/html", ""))


def by_compat(data: bytes) -> Read:
    """Read a mail with Python's older parser."""
    parsed: Any = email.message_from_bytes(data)
    found = {
        part.get_content_type(): part.get_payload(decode=True).decode()
        for part in parsed.walk()
        if not part.is_multipart()
    }
    headers = {name.lower(): unfolded(value) for name, value in parsed.items()}
    subject = str(make_header(decode_header(headers["subject"])))
    return Read(subject=subject, headers=headers, text=found.get("text/plain", ""), html=found.get("text/html", ""))


def by_postal(mails: Sequence[bytes]) -> list[Read]:
    """Read mails with postal-mime, all in one process."""
    if not (JUDGES / "node_modules" / "postal-mime").exists() and not ON_CI:
        pytest.skip("postal-mime is not installed; `python3 tasks.py test` does it")
    asked = json.dumps([base64.b64encode(data).decode() for data in mails])
    node = Path(sys.executable).with_name("node")
    done = subprocess.run((node, JUDGES / "mail.mjs"), input=asked, capture_output=True, text=True, check=True)
    return [
        Read(
            subject=found.get("subject", ""),
            headers={header["key"]: header["value"] for header in found["headers"]},
            text=found.get("text", ""),
            html=found.get("html", ""),
        )
        for found in json.loads(done.stdout)
    ]
