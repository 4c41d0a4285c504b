from datetime import UTC, datetime

import pytest

from digest.model.issue import Issue, Words
from digest.model.ledger import Event
from digest.wire import WireError, from_json, from_mapping, to_json, to_pretty_json
from making import issue


def test_the_same_value_is_the_same_bytes_with_sorted_keys() -> None:
    assert to_json(Words(text="é", origin="editor")) == b'{"origin":"editor","text":"\xc3\xa9","was":""}'
    assert to_pretty_json(Words()).endswith(b"}\n")


def test_an_issue_comes_back_whole() -> None:
    assert from_json(to_pretty_json(issue()), Issue) == issue()


def test_instants_stay_aware() -> None:
    event = Event(event="sent", at=datetime(2024, 10, 25, 16, tzinfo=UTC))
    assert from_json(to_json(event), Event).at == event.at


@pytest.mark.parametrize("data", [b"{", b"[]", b'{"origin":"nobody"}', b"\xff", b"[" * 100_000])
def test_bytes_that_hold_something_else_are_refused(data: bytes) -> None:
    with pytest.raises(WireError) as caught:
        from_json(data, Words, where="a file")
    assert str(caught.value).startswith("a file: ")


def test_a_mapping_of_another_shape_is_refused_with_its_place() -> None:
    assert from_mapping({"text": "x"}, Words) == Words(text="x")
    with pytest.raises(WireError, match=r"\$\.text"):
        from_mapping({"text": 1}, Words)
