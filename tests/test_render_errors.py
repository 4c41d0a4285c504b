import tomllib
from dataclasses import replace

import pytest

from digest.errors import TemplateError
from digest.render import render
from digest.theme import Theme, find_theme, shipped, theme_names
from render_samples import BRAND, sample_issue

SHIPPED = find_theme("roundup", [shipped()])


def theme_with(**files: str) -> Theme:
    """The shipped theme with other texts: `email_html="…"` stands for email.html."""
    changed = {name.replace("_", ".", 1): text for name, text in files.items()}
    places = {name: f"own/{name}" for name in changed}
    return replace(SHIPPED, files={**SHIPPED.files, **changed}, places={**SHIPPED.places, **places})


@pytest.mark.parametrize(
    ("template", "line", "says"),
    [
        ("<!DOCTYPE html>\n{{ issue.subjekt }}", 2, "there is no 'subjekt' here; did you mean 'subject'?"),
        ("\n\n{{ nothing }}", 3, "there is nothing called 'nothing'"),
        ("{% if %}", 1, "Expected an expression"),
        ("\n{% for x in y", 2, "unexpected"),
        ("\n{{ strings.nothing }}", 2, "there is no 'nothing' here; there are: address, also"),
        ("\n{{ tag('unsub') }}", 2, "no tag 'unsub'; there are unsubscribe, view_online"),
        ("\n{{ 1 / 0 }}", 2, "ZeroDivisionError: division by zero"),
        ("{{ strings.by.format(name='x') }}", 1, "KeyError: 'names'"),
        ("\n{{ issue | wrong }}", 2, "No filter named 'wrong'"),
        ("\n{% include '../../etc/passwd' %}", 2, "there is no file '../../etc/passwd'"),
        ("{% macro m() %}\n{{ m() }}{% endmacro %}{{ m() }}", 2, "RecursionError"),
        ("\n{{ issue.__class__.__mro__ }}", 2, "unsafe"),
        ("\n{{ ''.__class__ }}", 2, "unsafe"),
        ("\n{{ issue.entries.append }}", 2, "there is no 'append' here; there are: count, index"),
        ("\n{% for n in range(10 ** 9) %}{% endfor %}", 2, "Range too big"),
    ],
)
def test_a_template_error_names_file_and_line(template: str, line: int, says: str) -> None:
    with pytest.raises(TemplateError) as caught:
        render(sample_issue(), theme_with(email_html=template))
    assert caught.value.where == f"own/email.html:{line}"
    assert says in caught.value.message
    assert caught.value.hint
    assert caught.value.__cause__ is not None


def test_an_error_in_a_part_names_the_part() -> None:
    broken = "\n\n{{ oh }}"
    theme = theme_with(theme_css=broken)
    with pytest.raises(TemplateError, match="there is nothing called 'oh'") as caught:
        render(sample_issue(), theme)
    assert caught.value.where == "own/theme.css:3"


def test_an_issue_cannot_be_changed_by_a_template() -> None:
    with pytest.raises(TemplateError):
        render(sample_issue(), theme_with(email_html="{% set issue.number = 3 %}"))


def test_a_page_that_is_no_mail_names_its_template() -> None:
    with pytest.raises(TemplateError, match="does not begin with") as caught:
        render(sample_issue(), theme_with(email_html="<html>"))
    assert caught.value.where == "own/email.html"


@pytest.mark.parametrize(
    ("strings", "says"),
    [
        ("[en\n", "own/strings.toml: .* line 1"),
        ("en = 'x'", "'en' is no table"),
        ("[en]\nby = 3", r"en\.by is no text"),
    ],
)
def test_fixed_words_that_cannot_be_read_are_named(strings: str, says: str) -> None:
    with pytest.raises(TemplateError, match=says):
        render(sample_issue(), theme_with(strings_toml=strings))


def test_a_regional_table_needs_only_what_differs() -> None:
    strings = SHIPPED.files["strings.toml"] + "\n[fr-CA]\nunsubscribe = 'Se désabonner'\n"
    made = render(sample_issue(brand=replace(BRAND, language="fr-CA")), theme_with(strings_toml=strings))
    assert "Se désabonner: " in made.text
    assert "Lire en ligne: " in made.text


@pytest.mark.parametrize("accent", ["red", "#fff", "#9a3412;x", "url(https://e.org)", ""])
def test_an_accent_that_is_no_colour_is_refused(accent: str) -> None:
    with pytest.raises(TemplateError, match="not a colour"):
        render(sample_issue(brand=replace(BRAND, accent=accent)), SHIPPED)


def test_words_that_no_language_falls_back_to_are_missed() -> None:
    files = {name: text for name, text in SHIPPED.files.items() if name != "parts/strings.toml"}
    theme = replace(SHIPPED, files={**files, "strings.toml": "[de]\nby = 'x'"})
    with pytest.raises(TemplateError, match=r"roundup/strings\.toml: no table \[en\]"):
        render(sample_issue(), theme)


def test_a_word_that_no_template_uses_is_refused_with_the_one_that_was_meant() -> None:
    with pytest.raises(TemplateError, match=r"own/strings\.toml: no template uses the word en\.headline \(hint: did"):
        render(sample_issue(), theme_with(strings_toml="[en]\nheadline = 'x'\n"))
    with pytest.raises(TemplateError, match=r"en\.zebra \(hint: they use: address, amends"):
        render(sample_issue(), theme_with(strings_toml="[en]\nzebra = 'x'\n"))


def test_a_rule_that_cannot_work_is_named_with_its_own_file_and_line() -> None:
    with pytest.raises(TemplateError, match="cannot be written into elements") as caught:
        render(sample_issue(), theme_with(theme_css="\n.a { margin: 0 }\n.x:hover { margin: 0 }\n"))
    assert caught.value.where == "own/theme.css:3"


def test_a_misspelt_macro_is_corrected() -> None:
    template = '{% import "parts/mail_pieces.html" as mail with context %}\n{{ mail.openning() }}'
    with pytest.raises(TemplateError, match="there is no 'openning' here; did you mean 'opening'") as caught:
        render(sample_issue(), theme_with(email_html=template))
    assert caught.value.where == "own/email.html:2"


def test_a_themes_own_word_goes_before_the_shared_one() -> None:
    made = render(sample_issue(), theme_with(strings_toml="[en]\nheadlines = 'Also this week'\n"))
    assert "Also this week" in made.html
    assert "View online: " in made.text


def test_every_language_has_every_word() -> None:
    tables = tomllib.loads(SHIPPED.files["parts/strings.toml"])
    assert set(tables) == {"en", "de", "fr", "es", "it", "nl", "pt", "ar", "he"}
    assert {frozenset(table) for table in tables.values()} == {frozenset(tables["en"])}
    themes = [find_theme(name, [shipped()]) for name in theme_names([shipped()])]
    used = " ".join(text for theme in themes for name, text in theme.files.items() if name.endswith((".html", ".txt")))
    assert all(f"strings.{word}" in used for word in tables["en"])
