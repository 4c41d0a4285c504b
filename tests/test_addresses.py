import pytest

from digest.text.addresses import is_address


@pytest.mark.parametrize(
    "text",
    [
        "desk@harbour.example",
        "the.desk+weekly@mail.harbour.example",
        "o'neill@localhost",
        "desk@häfen.example",
        "desk@гавань.example",
        "desk@xn--hfen-loa.example",
    ],
)
def test_an_address_has_an_ascii_name_and_a_host_in_any_script(text: str) -> None:
    assert is_address(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "desk",
        "@harbour.example",
        "desk@",
        "desk@@harbour.example",
        "desk@a@b.example",
        "désk@harbour.example",
        "the desk@harbour.example",
        ".desk@harbour.example",
        "desk@harbour..example",
        "desk@-harbour.example",
        "desk@harbour-.example",
        "desk@harbour.example.",
        "desk@" + "h" * 64 + ".example",
        "desk@harbour.example\n",
        "desk@harbour.example\r\nBcc: x@y.example",
        "The Desk <desk@harbour.example>",
        "desk@harbour.example, ed@harbour.example",
    ],
)
def test_all_else_is_none(text: str) -> None:
    assert not is_address(text)
