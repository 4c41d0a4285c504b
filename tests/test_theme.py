import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.errors import TemplateError
from digest.theme import KINDS, REQUIRED, find_theme, shipped, theme_names


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A folder with a whole theme named `own`, and a part that its themes share."""
    folder = tmp_path / "own themes"
    (folder / "own" / "parts").mkdir(parents=True)
    (folder / "parts").mkdir()
    for file in REQUIRED:
        (folder / "own" / file).write_text(f"own {file}\n", encoding="utf-8")
    (folder / "own" / "parts" / "one.html").write_text("own one")
    (folder / "parts" / "one.html").write_text("shared one")
    (folder / "parts" / "two.html").write_text("shared two")
    return folder


def test_every_shipped_theme_is_whole() -> None:
    assert "roundup" in theme_names([shipped()])
    for name in theme_names([shipped()]):
        theme = find_theme(name, [shipped()])
        assert set(REQUIRED) <= set(theme.files)
        assert theme.files.keys() == theme.places.keys()


def test_a_themes_own_part_goes_before_the_shared_one(own: Path) -> None:
    theme = find_theme("own", [own])
    assert theme.files["parts/one.html"] == "own one"
    assert theme.files["parts/two.html"] == "shared two"
    assert theme.places["parts/two.html"] == str(own / "parts" / "two.html")


def test_an_earlier_folder_goes_before_a_later_one_file_by_file(own: Path) -> None:
    (own / "roundup").mkdir()
    (own / "roundup" / "theme.css").write_text(".page { color: red }")
    theme, plain = find_theme("roundup", [own, shipped()]), find_theme("roundup", [shipped()])
    assert theme.files["theme.css"] == ".page { color: red }"
    assert theme.files["email.html"] == plain.files["email.html"]
    assert theme.sha256 != plain.sha256


def test_the_sha256_knows_texts_and_names_but_no_place_and_no_line_ends(own: Path, tmp_path: Path) -> None:
    before = find_theme("own", [own]).sha256
    moved = tmp_path / "moved"
    shutil.copytree(own, moved)
    (moved / "own" / "email.txt").write_bytes(b"\xef\xbb\xbfown email.txt\r\n")
    (moved / "own" / "notes.md").write_text("not part of a theme")
    (moved / "own" / ".email.html").write_text("an editor's own")
    assert find_theme("own", [moved]).sha256 == before
    (moved / "own" / "parts" / "one.html").rename(moved / "own" / "parts" / "three.html")
    assert find_theme("own", [moved]).sha256 != before


@pytest.mark.parametrize("name", ["", ".", "..", "../own", "own/parts", "/etc", "parts", "own\n", "Own theme"])
def test_a_name_that_is_no_theme_is_refused(own: Path, name: str) -> None:
    with pytest.raises(TemplateError, match="there is no theme") as caught:
        find_theme(name, [own, own.parent / "nowhere"])
    assert caught.value.where == f"{own}, {own.parent / 'nowhere'}"


@given(st.text(max_size=12))
def test_no_name_leads_out_of_its_folder(name: str) -> None:
    try:
        theme = find_theme(name, [shipped()])
    except TemplateError:
        return
    assert all(Path(place).is_relative_to(shipped()) for place in theme.places.values())


def test_a_misspelt_name_is_corrected_and_others_are_listed(own: Path) -> None:
    with pytest.raises(TemplateError, match="did you mean 'roundup'"):
        find_theme("rondup", [own, shipped()])
    with pytest.raises(TemplateError, match=r"hint: there are: own\)"):
        find_theme("zebra", [own])
    with pytest.raises(TemplateError, match=r"hint: there are: none\)"):
        find_theme("zebra", [])


def test_missing_files_are_named(own: Path) -> None:
    (own / "own" / "web.html").unlink()
    with pytest.raises(TemplateError, match=r"the theme 'own' has no web\.html") as caught:
        find_theme("own", [own])
    assert caught.value.hint == "copy it from the theme roundup"
    (own / "own" / "email.txt").unlink()
    with pytest.raises(TemplateError, match=r"has no email\.txt, web\.html"):
        find_theme("own", [own])


def test_a_file_that_is_no_text_is_named(own: Path) -> None:
    (own / "own" / "email.txt").write_bytes(b"caf\xe9")
    with pytest.raises(TemplateError, match="save it as UTF-8") as caught:
        find_theme("own", [own])
    assert caught.value.where == str(own / "own" / "email.txt")


def test_a_file_that_cannot_be_read_is_named(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Path, **__: str) -> str:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_text", refuse)  # root may read everything
    with pytest.raises(TemplateError, match="cannot be read: Permission denied"):
        find_theme("own", [own])


def test_a_link_to_a_file_elsewhere_is_followed(own: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "house-style.css"
    elsewhere.write_text(".page { color: navy }")
    (own / "own" / "theme.css").unlink()
    (own / "own" / "theme.css").symlink_to(elsewhere)
    assert find_theme("own", [own]).files["theme.css"] == ".page { color: navy }"


def test_only_a_themes_kinds_of_file_are_read() -> None:
    theme = find_theme("roundup", [shipped()])
    assert {Path(file).suffix for file in theme.files} <= KINDS
