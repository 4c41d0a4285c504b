import email
import email.policy
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from email.header import decode_header, make_header
from email.utils import parseaddr
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from digest.errors import DiskError, MailerError
from digest.mailers import MAILERS, open_mailer
from digest.mailers.headers import ascii_address, header, mailbox
from digest.mailers.mail import Heading, mail
from digest.mailers.message import Terms, content_hash, fill_html, fill_text, make_message
from digest.model.issue import Words
from digest.model.message import Message, Rendered, Sender
from digest.model.tags import PREFIX, SERVICE_NAMES, SERVICES, TAG_NAMES, TagName
from making import issue

DATE = datetime(2024, 10, 25, 14, tzinfo=UTC)
HEADING = Heading(date=DATE)
SENDER = Sender(name="The Harbour", address="post@harbour.example", reply_to="desk@harbour.example")
VALUES: dict[TagName, str] = {
    "unsubscribe": "https://harbour.example/leave?a=1&b=2",
    "view_online": "https://harbour.example/issues/2024-W43",
    "preferences": "",
    "address": "1 Quay <Street>",
}
HTML = "<!--digest:preheader--><div>hidden</div><!--/digest:preheader--><p>Füße</p>" + "".join(
    f'<!--digest:if {name}--><a href="{PREFIX}{name}">{name}</a>{PREFIX}{name}<!--/digest:if-->' for name in TAG_NAMES
)
TEXT = "Füße\n\n" + "\n".join(f"{name}: {PREFIX}{name}" for name in TAG_NAMES) + "\n"
RENDERED = Rendered(html=HTML, text=TEXT, web="<p>web</p>")


def terms(service: str = "none", values: dict[TagName, str] | None = None) -> Terms:
    known = next(name for name in SERVICE_NAMES if name == service)
    return Terms(service=known, sender=SENDER, values=VALUES if values is None else values)


def message(service: str = "none", **fields: Any) -> Message:
    return replace(make_message(issue(), RENDERED, terms(service)), **fields)


@pytest.mark.parametrize("service", SERVICE_NAMES)
def test_every_placeholder_is_filled_or_gone_with_its_words(service: str) -> None:
    made = message(service)
    assert PREFIX not in made.html + made.text
    assert "digest:if" not in made.html
    for name in TAG_NAMES:
        tag = SERVICES[terms(service).service].tag(name)
        shown = tag or VALUES[name]
        assert (f">{name}</a>" in made.html) is bool(shown)
        assert (f"{name}: {shown}" in made.text) is bool(shown)
        if tag:
            assert f'<a href="{tag}">' in made.html


def test_the_configurations_values_are_escaped_in_html_and_bare_in_text() -> None:
    made = message()
    assert "1 Quay &lt;Street&gt;" in made.html
    assert "leave?a=1&amp;b=2" in made.html
    assert "1 Quay <Street>" in made.text
    assert "leave?a=1&b=2" in made.text


@pytest.mark.parametrize(
    ("service", "kept"), [("none", True), ("listmonk", True), ("mailchimp", False), ("brevo", False)]
)
def test_the_hidden_preheader_goes_where_the_service_has_a_field_for_it(service: str, kept: bool) -> None:  # noqa: FBT001 - a table
    assert ("hidden" in message(service).html) is kept


def test_a_text_line_that_nothing_can_fill_goes_as_a_whole() -> None:
    nothing = terms(values=dict.fromkeys(TAG_NAMES, ""))
    assert fill_text(TEXT, nothing) == "Füße\n\n"
    assert fill_html("<b>x</b>", nothing) == "<b>x</b>"


def test_a_long_postal_address_is_wrapped_like_the_rest_of_the_text() -> None:
    long = "The Harbour Review, Pilots' House, 4 Quay Street, Lower Harbour, Port Ellery PE1 4QS, United Kingdom"
    text = fill_text(TEXT, terms(values={**VALUES, "address": long}))
    first, second = text.splitlines()[-2:]
    assert first == "address: The Harbour Review, Pilots' House, 4 Quay Street, Lower"
    assert second == "Harbour, Port Ellery PE1 4QS, United Kingdom"
    assert f"unsubscribe: {VALUES['unsubscribe']}\n" in text


def test_the_hash_changes_with_everything_that_a_reader_gets() -> None:
    first = message()
    others = [message(**{name: "other"}) for name in ("subject", "preheader", "html", "text")]
    others.append(replace(first, sender=Sender(name="Other")))
    assert len({content_hash(each) for each in [first, *others]}) == 6
    assert content_hash(first) == content_hash(replace(first, key="other"))


def test_files_to_paste_say_subject_preheader_and_where_to_paste(tmp_path: Path) -> None:
    mailer = open_mailer("folder", terms("mailchimp"), tmp_path, DATE)
    made = mailer.message(issue(), RENDERED)
    mailer.save(made)
    receipt = mailer.save(made)
    folder = Path(receipt.remote_id)
    assert folder == tmp_path / "weekly-2024-W43-mailchimp"
    assert {path.name for path in folder.iterdir()} == {"email.html", "email.txt", "README.txt"}
    note = (folder / "README.txt").read_text(encoding="utf-8")
    assert "Subject:   Story number 1" in note
    assert "Paste in code" in note
    assert (folder / "email.html").read_text(encoding="utf-8") == made.html
    assert receipt.content == content_hash(made)


def content(part: Any) -> str:
    """Return a part's text with the line ends of the source, and none behind it."""
    return str(part.get_content()).replace("\r\n", "\n").rstrip("\n")


def test_an_eml_is_text_first_seven_bit_and_the_same_every_time(tmp_path: Path) -> None:
    mailer = open_mailer("eml", terms(), tmp_path, DATE)
    made = mailer.message(issue(), replace(RENDERED, html=HTML + "<p>" + "long " * 500 + "</p>"))
    path = Path(mailer.save(made).remote_id)
    data = path.read_bytes()
    mailer.save(made)
    assert path.read_bytes() == data
    assert data.isascii()
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert max(len(line) for line in data.split(b"\r\n")) <= 78
    parsed = email.message_from_bytes(data, policy=email.policy.default)
    parts = [part.get_content_type() for part in parsed.walk()]
    assert parts == ["multipart/alternative", "text/plain", "text/html"]
    plain, rich = list(parsed.iter_parts())
    assert content(plain) == made.text.rstrip("\n")
    assert content(rich) == made.html.rstrip("\n")
    assert [part["Content-Transfer-Encoding"] for part in (plain, rich)] == ["quoted-printable"] * 2
    assert parsed["From"] == "The Harbour <post@harbour.example>"
    assert parsed["Reply-To"] == "desk@harbour.example"
    assert parsed["Date"] == "Fri, 25 Oct 2024 14:00:00 +0000"
    assert data.count(b"MIME-Version") == 1
    assert not parsed.defects


def test_each_part_of_an_eml_takes_the_shorter_encoding() -> None:
    data = mail(message(text="港の時計は五分進んでいる\n" * 20), HEADING)
    plain, rich = list(email.message_from_bytes(data, policy=email.policy.default).iter_parts())
    assert [part["Content-Transfer-Encoding"] for part in (plain, rich)] == ["base64", "quoted-printable"]
    assert content(plain) == ("港の時計は五分進んでいる\n" * 20).rstrip("\n")


def test_the_message_id_is_stable_and_belongs_to_the_sender() -> None:
    one, same, other = (mail(made, HEADING) for made in (message(), message(), message(subject="Another")))
    found = [re.search(rb"Message-ID:\s+<([^>]+@harbour\.example)>", data) for data in (one, same, other)]
    ids = [match[1] for match in found if match]
    assert len(ids) == 3
    assert ids[0] == ids[1] != ids[2]


def test_no_sender_and_no_such_mailer_are_said(tmp_path: Path) -> None:
    with pytest.raises(MailerError, match="no address") as caught:
        mail(message(sender=Sender()), HEADING)
    assert "sender_address" in caught.value.hint
    with pytest.raises(MailerError, match="'pigeon'") as unknown:
        open_mailer("pigeon", terms(), tmp_path, DATE)
    assert all(name in unknown.value.hint for name in MAILERS)


@pytest.mark.parametrize("name", MAILERS)
def test_a_place_that_cannot_be_written_is_said(name: str) -> None:
    mailer = open_mailer(name, terms(), Path("/proc/self/nowhere"), DATE)
    with pytest.raises(DiskError, match="cannot be written"):
        mailer.save(message())


@contextmanager
def refused() -> Iterator[None]:
    with pytest.raises(MailerError, match="control character"):
        yield


def test_a_subject_cannot_smuggle_in_a_header() -> None:
    for bad in ("a\r\nBcc: x@y.example", "a\nb", "a\x00b", "a\u2028b", "a\x85b"):
        with refused():
            mail(message(subject=bad), HEADING)


def decoded(data: bytes, name: str) -> list[str]:
    """Decode a header with the new parser and with the old one."""
    new = email.message_from_bytes(data, policy=email.policy.default)[name]
    old = email.message_from_bytes(data)[name]
    return [str(new), str(make_header(decode_header(re.sub(r"\r?\n(?=[ \t])", "", str(old)))))]


SUBJECT = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters="\x7f"), min_size=1, max_size=120
).filter(lambda text: text == text.strip())


@given(SUBJECT)
@example("Grüße <ü>")
def test_every_subject_comes_back_as_it_was(subject: str) -> None:
    line = header("Subject", subject)
    assert line.isascii()
    assert all(len(part) <= 78 for part in line.split(b"\r\n"))
    assert set(decoded(line + b"\r\n", "Subject")) == {subject}


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("", b"From: a@b.example\r\n"),
        ("Harbour, The", b'From: "Harbour, The" <a@b.example>\r\n'),
        ('A "B"', b'From: "A \\"B\\"" <a@b.example>\r\n'),
    ],
)
def test_an_ascii_name_is_quoted(name: str, line: bytes) -> None:
    assert mailbox("From", name, "a@b.example") == line


def test_a_name_in_another_script_is_encoded_and_the_address_is_not() -> None:
    line = mailbox("From", "Гавань · Ἁρμονία", "a@b.example")
    assert line.endswith(b" <a@b.example>\r\n")
    parsed = email.message_from_bytes(line + b"\r\n", policy=email.policy.default)["From"]
    assert (parsed.addresses[0].display_name, parsed.addresses[0].addr_spec) == ("Гавань · Ἁρμονία", "a@b.example")


@given(SUBJECT, st.sampled_from(["a@b.example", "a@häfen.example", "the.desk@" + "harbour." * 12 + "example"]))
def test_every_sender_comes_back_as_it_was(person: str, address: str) -> None:
    line = mailbox("From", person, address)
    assert line.isascii()
    unfolded = re.sub(r"\r?\n(?=[ \t])", "", line.decode()).removeprefix("From: ").strip()
    name, reached = parseaddr(unfolded)
    assert (str(make_header(decode_header(name))), reached) == (person, ascii_address(address))


def test_a_host_in_another_script_is_written_as_mail_servers_know_it() -> None:
    sender = Sender(name="Häfen", address="post@STRAßE.häfen.example", reply_to="desk@гавань.example")
    parsed = email.message_from_bytes(mail(message(sender=sender), HEADING), policy=email.policy.default)
    assert parsed["From"].addresses[0].addr_spec == "post@xn--strae-oqa.xn--hfen-loa.example"
    assert parsed["Reply-To"] == "desk@xn--80aafc7c0e.example"
    assert str(parsed["Message-ID"]).endswith("@xn--strae-oqa.xn--hfen-loa.example>")


def test_a_long_message_id_stays_whole() -> None:
    sender = Sender(address="post@" + "harbour." * 12 + "example")
    data = mail(message(sender=sender), HEADING)
    assert re.search(rb"Message-ID: <weekly-2024-W43\.[0-9a-f]{24}@(harbour\.){12}example>\r\n", data)


@pytest.mark.parametrize(
    "address", ["désk@harbour.example", "post@", "post@ha rbour.example", "post@a\u2488.example", "x\n"]
)
def test_an_address_that_no_mail_reaches_is_said(address: str) -> None:
    for sender in (Sender(address=address), Sender(address="a@b.example", reply_to=address)):
        with pytest.raises(MailerError, match=r"not a mail address|no host can be called") as refused:
            mail(message(sender=sender), HEADING)
        assert refused.value.hint


def test_words_origin_does_not_matter_to_the_subject() -> None:
    assert make_message(issue(subject=Words(text="Own", origin="editor")), RENDERED, terms()).subject == "Own"
