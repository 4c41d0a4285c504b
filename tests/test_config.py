from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.config import load_config, read_config
from digest.config.keys import unknown_keys
from digest.config.schema import Config
from digest.errors import ConfigError

SMALLEST: dict[str, object] = {"schema": 1, "magazine": {"name": "The Harbour"}}


def complaint(tables: dict[str, object]) -> str:
    with pytest.raises(ConfigError) as caught:
        read_config(SMALLEST | tables)
    assert caught.value.exit_code == 2
    return str(caught.value)


def test_the_smallest_configuration_has_a_weekly_newsletter_and_a_noon_cut_off() -> None:
    config = read_config(SMALLEST)
    assert [newsletter.name for newsletter in config.newsletters] == ["weekly"]
    assert config.week.starts == "friday 12:00"


def test_dates_may_be_written_with_quotes_or_without(tmp_path: Path) -> None:
    path = tmp_path / "digest.toml"
    path.write_text(
        'schema = 1\r\n[magazine]\r\nname = "H"\r\n[[newsletters]]\r\nname = "a"\r\nsince = 2024-10-18\r\n'
        '[[newsletters]]\nname = "b"\nsince = "2024-10-18 12:00"\n'
        '[[newsletters]]\nname = "c"\nsince = 2024-10-18T12:00:00Z\n',
        encoding="utf-8",
        newline="",
    )
    assert [each.since for each in load_config(path).newsletters] == [
        "2024-10-18",
        "2024-10-18 12:00",
        "2024-10-18T12:00:00+00:00",
    ]


@pytest.mark.parametrize(
    ("tables", "place", "mend"),
    [
        ({"magazin": {}}, "magazin: unknown key", "did you mean 'magazine'?"),
        (
            {"sections": [{"name": "A"}, {"name": "B", "capp": 1}]},
            "sections[1].capp: unknown key",
            "did you mean 'cap'?",
        ),
        ({"lead": {"zzz": 1}}, "lead.zzz: unknown key", "known keys here: at_least"),
        ({"magazine": {"name": " "}}, "magazine.name: is empty", "write"),
        ({"magazine": {"name": "H", "zone": "Europe/Londn"}}, "magazine.zone: no such time zone", "'Europe/London'"),
        ({"magazine": {"name": "H", "zone": "../x"}}, "magazine.zone: no such time zone", "Europe/London"),
        ({"magazine": {"name": "H", "accent": "red"}}, "magazine.accent: not a colour", "#rrggbb"),
        ({"week": {"starts": "freitag"}}, "week.starts: ", "hint"),
        ({"sources": [{"name": "a", "url": "htp://x"}]}, "sources[0].url: not a URL: 'htp://x'", "https://"),
        ({"sources": [{"name": "a"}]}, "sources[0]: needs a url or a path", "where its articles are"),
        ({"sources": [{"name": "a", "path": "x"}] * 2}, "sources[1].name: 'a' stands twice", "own name"),
        ({"sections": [{"name": "A"}, {"name": "a"}]}, "sections[1].name: 'a' stands twice", "own name"),
        ({"newsletters": []}, "newsletters: there is none", "leave the key out"),
        ({"newsletters": [{"name": "../up"}]}, "newsletters[0].name: cannot be a folder", "small letters"),
        ({"newsletters": [{"name": "2024"}]}, "newsletters[0].name: cannot be a folder", "a letter first"),
        ({"newsletters": [{"since": "10/11/12"}]}, "newsletters[0].since: not a date", "2024-10-18"),
        ({"newsletters": [{"subject": "{moon}"}]}, "newsletters[0].subject: nothing is called {moon}", "{headline}"),
        ({"newsletters": [{"number_before": -1}]}, "newsletters[0].number_before: is below nothing", "0 or more"),
        ({"selection": {"twin": 0}}, "selection.twin: not a share in percent", "1 to 100"),
        ({"sections": [{"name": "A", "cap": -1}]}, "sections[0].cap: is below nothing: -1", "0 or more"),
        ({"sections": [{"name": "A", "minimum": -2}]}, "sections[0].minimum: is below nothing: -2", "0 or more"),
        ({"selection": {"per_author": -1}}, "selection.per_author: is below nothing: -1", "0 or more"),
        ({"selection": {"offer_weeks": 521}}, "selection.offer_weeks: is too long: 521", "write 520 or fewer"),
        ({"magazine": {"name": "H", "hosts": ["Harbour.Example"]}}, "magazine.hosts[0]: not a", "'harbour.example'"),
        ({"magazine": {"name": "H", "hosts": ["https://a.example/x"]}}, "magazine.hosts[0]: not a", "'a.example'"),
        ({"magazine": {"name": "H", "hosts": ["a.example", ""]}}, "magazine.hosts[1]: not a", "'harbour.example'"),
        ({"magazine": {"name": "H", "url": "http://[broken"}}, "magazine.url: not a URL", "https://"),
        ({"mailer": {"issue_url": "https://"}}, "mailer.issue_url: not a URL", "https://"),
        ({"mailer": {"sender_address": "desk"}}, "mailer.sender_address: not a mail address", "desk@harbour.example"),
        ({"mailer": {"reply_to": "ü@harbour.example"}}, "mailer.reply_to: not a mail address", "desk@harbour.example"),
        ({"fetch": {"at_once": 0}}, "fetch.at_once: nothing would be asked: 0", "1 or more"),
        ({"fetch": {"pause": -0.5}}, "fetch.pause: cannot be so many seconds: -0.5", "0 to 60"),
        ({"fetch": {"seconds": float("nan")}}, "fetch.seconds: cannot be so many seconds: nan", "1 to 600"),
        ({"selection": {"headlines": -1}}, "selection.headlines: is below nothing", "0 or more"),
        ({"lead": {"at_most": 5}}, "lead.at_most: 5 words are fewer than at_least = 20", "raise it"),
        ({"mailer": {"service": "pigeon"}}, "mailer.service: there is no 'pigeon'", "one of: mailchimp, listmonk"),
        ({"sections": [{"name": "A"}, {"name": "B", "slot": "breif"}]}, "sections[1].slot: ", "did you mean 'brief'?"),
        ({"selection": {"late": "yes"}}, "selection.late: there is no 'yes'", "one of: offer, include"),
        ({"sections": [{"name": "A", "cap": "many"}]}, "sections[0].cap: expected `int | null`, got `str`", ""),
        ({"sections": "none"}, "sections: expected `array`, got `str`", ""),
        ({"schema": 2}, "is of schema 2; this Digest reads up to 1", "update Digest"),
    ],
)
def test_a_fault_is_said_with_its_key_and_its_mend(tables: dict[str, object], place: str, mend: str) -> None:
    said = complaint(tables)
    for wire, toml in (("`int | null`", "a whole number"), ("`str`", "a text"), ("`array`", "a list")):
        place = place.replace(wire, toml)
    assert place in said
    assert mend in said


SMTP: dict[str, object] = {"host": "mx.harbour.example", "to": "weekly@lists.harbour.example"}
LETTERS: dict[str, object] = {"host": "mx.harbour.example", "recipients": "readers.txt", "recipients_key": "READERS"}
NAME, WORDS = "MAIL", "open sesame"
LEAVE = "https://harbour.example/leave?r={recipient}"


def by_smtp(table: dict[str, object], **fields: object) -> dict[str, object]:
    return {"mailer": {"service": "smtp", "sender_address": "post@harbour.example"}, "smtp": table | fields}


@pytest.mark.parametrize(
    ("tables", "place", "mend"),
    [
        (by_smtp(SMTP, host=""), "smtp.host: is empty", "your mail server"),
        (by_smtp(SMTP, port=70000), "smtp.port: there is no port 70000", "the usual one"),
        (by_smtp(SMTP, port=-1), "smtp.port: there is no port -1", "the usual one"),
        (by_smtp(SMTP, security="none"), "smtp.security: mail goes in clear to this machine alone", "starttls"),
        (by_smtp(SMTP, security="ssl"), "smtp.security: there is no 'ssl'", "starttls"),
        (by_smtp(SMTP, username="desk"), "smtp.password: goes with username", "both"),
        (by_smtp(SMTP, password=NAME), "smtp.password: goes with username", "both"),
        (
            by_smtp(SMTP, username="desk", password=WORDS),
            "smtp.password: is not the name of an env",
            "variable",
        ),
        (by_smtp(SMTP, dkim_key="DKIM"), "smtp.dkim_key: goes with dkim_selector", "both"),
        (by_smtp(SMTP, dkim_selector="a b", dkim_key="DKIM"), "smtp.dkim_selector: not a name in DNS", "letters"),
        (by_smtp(SMTP, to=""), "smtp.to: needs to or recipients, one of the two", "the name of a file"),
        (by_smtp(LETTERS, to="a@b.example"), "smtp.to: needs to or recipients, one of the two", "the name of a file"),
        (by_smtp(SMTP, to="weekly"), "smtp.to: not a mail address: 'weekly'", "lists.harbour.example"),
        (by_smtp(LETTERS, recipients_key=""), "smtp.recipients_key: is empty", "the ledger keeps no addresses"),
        (by_smtp(LETTERS, unsubscribe_url="leave"), "smtp.unsubscribe_url: not a URL: 'leave'", "https://"),
        (by_smtp(LETTERS, unsubscribe_url="http://a.example/{recipient}"), "one click needs an https", "https://"),
        (by_smtp(SMTP, unsubscribe_url=LEAVE), "a list's one address has no single {recipient}", "take it out"),
        ({"mailer": {"service": "smtp"}, "smtp": SMTP}, "mailer.sender_address: is empty", "the mail is from"),
    ],
)
def test_a_mail_server_that_cannot_work_is_said(tables: dict[str, object], place: str, mend: str) -> None:
    said = complaint(tables)
    assert place in said
    assert mend in said


def test_a_mail_server_that_can_work_is_fine_and_is_looked_at_only_where_it_sends() -> None:
    assert read_config(SMALLEST | by_smtp(SMTP, unsubscribe_url="mailto:leave@harbour.example")).smtp.port == 0
    assert read_config(SMALLEST | by_smtp(LETTERS, unsubscribe_url=LEAVE, host="localhost", security="none")).smtp.host
    fields = {"username": "desk", "password": "MAIL", "dkim_selector": "w1.mail", "dkim_key": "DKIM"}
    assert read_config(SMALLEST | by_smtp(SMTP, **fields)).smtp.dkim_selector == "w1.mail"
    assert read_config(SMALLEST | {"smtp": {"port": -1}}).smtp.port == -1


def test_every_fault_is_named_at_once() -> None:
    said = complaint({"magazine": {"name": "", "zone": "Nowhere"}, "selection": {"twin": 101}})
    assert len(said.splitlines()) == 3


def test_figures_hosts_and_addresses_at_their_limits_are_fine() -> None:
    tables: dict[str, object] = {
        "magazine": {"name": "H", "hosts": ["www.harbour.example", "häfen.example"]},
        "sections": [{"name": "A", "cap": 0}, {"name": "B"}],
        "selection": {"offer_weeks": 520, "per_author": 0},
        "mailer": {"sender_address": "desk@häfen.example", "issue_url": "https://{newsletter}.harbour.example/{label}"},
    }
    assert read_config(SMALLEST | tables).selection.offer_weeks == 520


def test_an_unsubscribe_address_may_be_a_mail_address() -> None:
    config = read_config(SMALLEST | {"mailer": {"unsubscribe_url": "mailto:leave@harbour.example"}})
    assert config.mailer.unsubscribe_url.startswith("mailto:")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "there is no digest.toml here"),
        (b"schema = ", "is no TOML"),
        (b"\xff\xfe", "is not UTF-8"),
        (b"schema = " + b"[" * 20_000, "too deeply nested"),
        (b"schema = " + b"1" * 5_000, "is no TOML"),
        (b"[magazine]\nname = 'H'", "says no schema"),
    ],
)
def test_a_file_that_cannot_be_used_is_said(tmp_path: Path, content: bytes | None, said: str) -> None:
    path = tmp_path / "digest.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ConfigError, match=said) as caught:
        load_config(path)
    assert caught.value.hint


def test_a_folder_in_the_files_place_is_said(tmp_path: Path) -> None:
    (tmp_path / "digest.toml").mkdir()
    with pytest.raises(ConfigError, match="cannot be read"):
        load_config(tmp_path / "digest.toml")


TOML = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["name", "magazine", "sources", "url", "week", "zone", "x"]), inner, max_size=4
        )
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(["schema", "magazine", "sources", "week", "lead", "sections"]), TOML))
def test_whatever_stands_in_the_file_it_is_a_configuration_or_a_complaint(mapping: dict[str, object]) -> None:
    try:
        config = read_config(mapping)
    except ConfigError as error:
        assert str(error)  # noqa: PT017 - both outcomes are right
    else:
        assert isinstance(config, Config)


def test_no_key_of_a_known_table_is_unknown() -> None:
    assert not list(unknown_keys({"magazine": {"name": "x"}, "sections": [{"name": "a"}], "sources": "x"}, Config))


def test_a_key_that_was_written_itself_is_refused_and_not_shown() -> None:
    key = "22444f78447824223cefc48062"
    source = {"name": "CMS", "url": "https://harbour.example", "key": key}
    with pytest.raises(ConfigError) as caught:
        read_config({"schema": 1, "magazine": {"name": "x"}, "sources": [source]})
    assert "sources[0].key: is not the name of an environment variable" in str(caught.value)
    assert key not in f"{caught.value} {caught.value.__cause__}"
