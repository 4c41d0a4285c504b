from pathlib import Path

import pytest

from digest.errors import ConfigError
from digest.issues.edits import read_edits


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "edits.toml"


@pytest.mark.parametrize("image", ["", "none", "https://harbour.example/quay.jpg", "http://harbour.example/q?w=1"])
def test_a_picture_is_an_address_or_none(path: Path, image: str) -> None:
    path.write_text(f'[[story]]\narticle = "a"\nimage = "{image}"\n')
    assert read_edits(path).stories[0].image == image


@pytest.mark.parametrize(
    "image", ["quay.jpg", "None", "javascript:alert(1)", "data:image/png;base64,x", "http://[broken"]
)
def test_a_picture_that_no_mail_can_show_is_said(path: Path, image: str) -> None:
    path.write_text(f'[[story]]\narticle = "b"\n[[story]]\narticle = "0123456789ab"\nimage = "{image}"\n')
    with pytest.raises(ConfigError) as refused:
        read_edits(path)
    assert str(refused.value) == (
        f"{path}: story[1] (0123456789ab): image: not a picture's address: {image!r}"
        " (hint: write its https:// address, or none for no picture)"
    )


@pytest.mark.parametrize("url", ["", "other.example", "javascript:alert(1)", "mailto:a@b.example", "http://[broken"])
def test_a_link_that_leads_nowhere_is_said(path: Path, url: str) -> None:
    path.write_text(f'[[link]]\nurl = "{url}"\ntitle = "Elsewhere"\n')
    with pytest.raises(ConfigError, match=r"link\[0\] \(Elsewhere\): url: not a URL") as refused:
        read_edits(path)
    assert "edits.toml" in str(refused.value)
    assert "https://" in str(refused.value)


def test_every_fault_is_named_at_once(path: Path) -> None:
    path.write_text('[[story]]\narticle = "a"\nimage = "x"\n[[link]]\nurl = "x"\ntitle = "T"\n')
    with pytest.raises(ConfigError) as refused:
        read_edits(path)
    assert len(str(refused.value).splitlines()) == 2


def test_a_file_without_a_schema_is_of_the_first(path: Path) -> None:
    path.write_bytes(b'\xef\xbb\xbf[[story]]\r\narticle = "a"\r\ndo = "pin"\r\n')
    assert read_edits(path).stories[0].do == "pin"


def test_a_wrong_type_is_said_with_its_place_in_plain_words(path: Path) -> None:
    path.write_text('[[story]]\narticle = "a"\nslot = 3\n[[story]]\n')
    with pytest.raises(ConfigError, match=r"edits\.toml: story\[0\]\.slot: expected a text, got a whole number"):
        read_edits(path)
    path.write_text("[[story]]\n")
    with pytest.raises(ConfigError, match=r"edits\.toml: story\[0\]: lacks the key `article`"):
        read_edits(path)
