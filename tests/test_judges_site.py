"""The public archive's pages before the same judges as the web version, in every shipped theme."""

from pathlib import Path

import pytest

from archiving import SITE, archive
from judging import PAGE_RULES, THEMES, Stage, html_validate
from running import TOML, digest


@pytest.mark.parametrize("theme_name", THEMES)
def test_every_page_of_the_archive_is_right(stage: Stage, tmp_path: Path, theme_name: str) -> None:
    archive(tmp_path, f'{TOML}theme = "{theme_name}"\n{SITE}')
    assert digest(tmp_path, "site").code == 0
    pages = sorted((tmp_path / "site").rglob("*.html"))
    assert len(pages) > 2
    found = [f"{said.file}: {said.line}" for said in html_validate("web", pages)]
    for page in pages:
        for width, scheme in ((900, "light"), (900, "dark"), (320, "light")):
            stage.show(page.read_text(encoding="utf-8"), width, scheme)
            said = [*stage.axe(PAGE_RULES), *stage.ask("faint(4.5)"), *stage.ask("plainLinks()"), *stage.ask("wide()")]
            found += [f"{page.parent.name}, {width} px, {scheme}: {line}" for line in said]
    assert found == []
