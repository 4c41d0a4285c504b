"""digest.sources.markdown: front matter in its dialects, and the story below it."""

from datetime import UTC, datetime

import pytest

from digest.model.article import Block, Cut, Image, Link, Problem, Sighting, Witness
from sources_making import STORY, document, parsed, problem, sighting

IN_WORDS = Image(url="https://quay.example/a.jpg", caption="Dusk.", credit="Di")


def read(text: str, url: str = "file:x/2024/gate.md", **settings: str) -> Sighting:
    return sighting("markdown", document(text, url=url), **settings)


def matter(*lines: str) -> str:
    return "\n".join(("---", "title: Gate", *lines, "---", "", STORY, ""))


WHOLE = f"""---
title: "Salt & silt: a *tale*"
date: 2024-10-25T17:30:00+01:00
lastmod: 2024-10-26 09:00:00
authors:
  - Ann Roe
  - name: Ben Doe
section: Reporting
kind: Feature
kicker: The harbour
series: [Silt]
dek: Who ordered it?
tags: [silt, gates]
lang: cy
url: https://quay.example/salt/?utm_source=x
image: {{url: /i/a.jpg, alt: A gate, caption: "Dusk. Photo: Di Moe"}}
---
{STORY} See [the map](/map).

## The bolt

> “Never.”

1. One
2. Two

{{{{< figure src="b.jpg" >}}}}
"""


def test_a_whole_file() -> None:
    found = read(WHOLE)
    assert (found.url, found.guid) == ("https://quay.example/salt/", "markdown:quay:2024/gate.md")
    assert (found.title, found.dek, found.kicker) == ("Salt & silt: a *tale*", "Who ordered it?", "The harbour")
    assert (found.kind, found.section, found.series) == ("Feature", "Reporting", "Silt")
    assert (found.authors, found.tags) == (("Ann Roe", "Ben Doe"), ("silt", "gates"))
    assert (found.published, found.precision) == (datetime(2024, 10, 25, 16, 30, tzinfo=UTC), "instant")
    assert (found.updated, found.date_source) == (datetime(2024, 10, 26, 8, tzinfo=UTC), "page")
    assert (found.language, found.left_out[-1]) == ("cy", Cut(text='{{< figure src="b.jpg" >}}', why="shortcode"))
    assert found.image == Image(url="https://quay.example/i/a.jpg", alt="A gate", caption="Dusk.", credit="Di Moe")
    assert found.blocks == (
        Block(text=f"{STORY} See the map.", links=(Link(text="the map", url="https://quay.example/map"),)),
        Block(kind="heading", text="The bolt"),
        Block(kind="quote", text="“Never.”"),
        Block(kind="item", text="One"),
        Block(kind="item", text="Two"),
    )


@pytest.mark.parametrize(
    ("stated", "published", "precision"),
    [
        ("date: 2024-10-25", datetime(2024, 10, 24, 23, tzinfo=UTC), "day"),
        ("date: 2023-10-29 01:30", datetime(2023, 10, 29, 0, 30, tzinfo=UTC), "instant"),
        ("date: 25 October 2024", datetime(2024, 10, 24, 23, tzinfo=UTC), "day"),
        ("publishDate: 2024-10-26\ndate: 2024-10-20", datetime(2024, 10, 25, 23, tzinfo=UTC), "day"),
        ("published: true", None, "instant"),
        ("date:", None, "instant"),
    ],
)
def test_dates(stated: str, published: datetime | None, precision: str) -> None:
    found = read(matter(stated))
    assert (found.published, found.precision) == (published, precision)


def test_a_date_in_doubt_is_told() -> None:
    warning, found = parsed("markdown", document(matter("date: 10/11/12"), url="file:a.md"))
    assert isinstance(warning, Problem)
    assert warning.where == "a.md"
    assert isinstance(found, Sighting)
    assert found.published is None


@pytest.mark.parametrize(
    ("lines", "section", "tags"),
    [
        (("categories: [Essays, Mud]", "tags: [a]"), "Essays", ("Mud", "a")),
        (("category: Essays",), "Essays", ()),
        (("section: Notes", "categories: Essays"), "Notes", ("Essays",)),
        (("tags: a, b",), "", ("a", "b")),
        (("tags: [1, null, {x: y}]",), "", ("1",)),
    ],
)
def test_sections_and_tags(lines: tuple[str, ...], section: str, tags: tuple[str, ...]) -> None:
    found = read(matter(*lines))
    assert (found.section, found.tags) == (section, tags)


@pytest.mark.parametrize(
    ("line", "url", "image"),
    [
        ("permalink: /2024/gate/", "https://quay.example/2024/gate/", None),
        ("canonicalURL: https://a.example/x", "https://a.example/x", None),
        ("url: javascript:x", "", None),
        ("image: https://i.example/a.jpg", "", Image(url="https://i.example/a.jpg")),
        ("images: [https://i.example/a.jpg, b]", "", Image(url="https://i.example/a.jpg")),
        ("image:\nimages: [https://i.example/a.jpg]", "", Image(url="https://i.example/a.jpg")),
        ("images:\n  - src: /a.jpg\n    caption: 'Dusk. Photo: Di'\n    credit: Di", "", IN_WORDS),
        ("image: ''", "", None),
        ("image: {url:}", "", None),
        ("cover: {image: /a.jpg, credit: Di}", "", Image(url="https://quay.example/a.jpg", credit="Di")),
        ("cover: {path: 'http://[x', alt: A}", "", Image(alt="A")),
        ("image: true", "", None),
    ],
)
def test_addresses_and_pictures(line: str, url: str, image: Image | None) -> None:
    found = read(matter(line))
    assert (found.url, found.image) == (url, image)


def test_the_first_picture_of_the_text_is_taken_where_none_is_named() -> None:
    assert read(matter() + "\n![A gate](/i/g.jpg)\n").image == Image(url="https://quay.example/i/g.jpg", alt="A gate")


@pytest.mark.parametrize(
    "text",
    [
        f"+++\ntitle = 'Gate'\ndate = 2024-10-25\n+++\n{STORY}",
        f"Title: Gate\nDate: 2024-10-25\nSummary: Who?\n    went on\n\n{STORY}",
        f"---\r\ntitle: Gate\r\ndate: 2024-10-25\r\n---\r\n{STORY}",
    ],
)
def test_other_dialects(text: str) -> None:
    found = read(text)
    assert (found.title, found.published) == ("Gate", datetime(2024, 10, 24, 23, tzinfo=UTC))
    assert found.blocks == (Block(text=STORY),)


def test_without_front_matter_the_first_heading_is_the_headline() -> None:
    found = read(f"# The *gate*\n\n{STORY}")
    assert (found.title, found.blocks) == ("The gate", (Block(text=STORY),))
    assert read(f"---\n---\n# Gate\n\n{STORY}").title == "Gate"


@pytest.mark.parametrize(
    "line", ["draft: true", "draft: 'True'", "published: false", "status: hidden", "Status: draft"]
)
def test_a_draft_is_left_alone_and_told(line: str) -> None:
    assert "draft" in problem("markdown", document(matter(line))).message


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("---\ntitle: a: b\n---\nx", "front matter cannot be read"),
        ("---\ntitle: [\n---\nx", "front matter cannot be read"),
        ("---\n- a\n- b\n---\nx", "no list of keys"),
        ("---\ntitle: a\n\nx", "is missing"),
        ("+++\ntitle = \n+++\nx", "front matter cannot be read"),
        ("---\ndate: 2024-13-45\n---\nx", "front matter cannot be read"),
        ("---\n" + "[" * 20_000 + "\n---\nx", "front matter cannot be read"),
        (f"---\n{'a: b' * 20_000}\n---\nx", "longer than"),
        ("---\ntitle: !!python/object/apply:os.system [x]\n---\nx", "front matter cannot be read"),
        ("---\ntitle: Gate\n---\n", "no text"),
        ("Only a paragraph.", "no headline"),
    ],
)
def test_what_cannot_be_read_is_told(text: str, said: str) -> None:
    assert said in problem("markdown", document(text, url="file:a.md")).message


@pytest.mark.parametrize(
    ("at", "url", "slug", "guid"),
    [
        ("posts", "file:posts/a/index.md", "", "markdown:quay:a/index.md"),
        ("posts/a.md", "file:posts/a.md", "", "markdown:quay:a.md"),
        ("posts/*.md", "file:posts/a.md", "", "markdown:quay:posts/a.md"),
        ("/srv/posts", "file:/srv/posts/a/b.md", "", "markdown:quay:a/b.md"),
        ("/srv/posts/*.md", "file:/srv/posts/a%20b.md", "", "markdown:quay:a b.md"),
        ("posts", "file:posts/a.md", "slug: the-gate", "markdown:quay:the-gate"),
    ],
)
def test_a_file_keeps_its_name_on_every_machine(at: str, url: str, slug: str, guid: str) -> None:
    found = sighting("markdown", document(matter(slug), url=url), at=at)
    assert found.guid == guid


def test_html_in_the_text_becomes_text_and_a_table_is_told_as_left_out() -> None:
    table = "| Year | Depth |\n|---|---|\n| 2019 | 4 m |\n"
    found = read(matter() + f"\n<script>x()</script><b>Bold</b> {{% raw %}}\n\n{table}")
    assert [block.text for block in found.blocks[1:]] == ["Bold"]
    assert Cut(text="Year Depth 2019 4 m", why="table") in found.left_out


@pytest.mark.parametrize("fence", ["---", "+++"])
def test_control_characters_in_the_front_matter_are_repaired(fence: str) -> None:
    said = {
        "---": "title: The harbour\x92s caf\u00c3\u00a9\x01",
        "+++": 'title = "The harbour\x92s caf\u00c3\u00a9\x01"',
    }
    found = read(f"{fence}\n{said[fence]}\n{fence}\n\n{STORY}\n")
    assert found.title == "The harbour\N{RIGHT SINGLE QUOTATION MARK}s caf\u00e9"


def test_an_interview_in_markdown() -> None:
    found = read(matter() + "\n**Why was it shut?**\n\nNobody knows.\n\n**Who shut it?**\n\nI did.\n")
    assert [block.kind for block in found.blocks] == ["paragraph", "question", "answer", "question", "answer"]


@pytest.mark.parametrize("matter", ["title: [", "title: a: b", "title: 'a"])
def test_what_is_wrong_with_front_matter_is_said_in_words(matter: str) -> None:
    found = problem("markdown", document(f"---\n{matter}\n---\nText.", url="file:notes/a.md"))
    assert found.where == "notes/a.md"
    assert "line " in found.message
    assert "<unicode" not in found.message
    assert "^" not in found.message


def test_front_matter_that_is_nearly_bare_takes_no_time() -> None:
    text = "title: T\n" + "          y\n" * 2_000 + "!"
    assert problem("markdown", document(text, url="file:a.md")).message == "the file has no headline"


@pytest.mark.parametrize(
    ("url", "matter", "published"),
    [
        ("file:notes/2024-10-25-the-gate.md", "title: Gate", datetime(2024, 10, 24, 23, tzinfo=UTC)),
        ("file:notes/2024-10-25_gate.md", "title: Gate", datetime(2024, 10, 24, 23, tzinfo=UTC)),
        ("file:notes/2024-10-25-the-gate.md", "title: Gate\ndate: 2024-10-20", datetime(2024, 10, 19, 23, tzinfo=UTC)),
        ("file:notes/the-gate-2024-10-25.md", "title: Gate", None),
        ("file:2024-10-25-notes/the-gate.md", "title: Gate", None),
    ],
)
def test_a_file_name_that_begins_with_a_date_tells_it(url: str, matter: str, published: datetime | None) -> None:
    found = sighting("markdown", document(f"---\n{matter}\n---\n{STORY}", url=url))
    assert (found.published, found.date_source) == (published, "page" if published else None)
    named = published is not None and "date" not in matter
    assert found.witnesses == ((Witness(field="published", name="file-name"),) if named else ())


def test_a_date_in_a_file_name_that_is_none_is_told() -> None:
    told, found = parsed("markdown", document(f"---\ntitle: Gate\n---\n{STORY}", url="file:2024-13-45-gate.md"))
    assert isinstance(told, Problem)
    assert "undated" in told.message
    assert isinstance(found, Sighting)


@pytest.mark.parametrize(
    "text",
    [
        f"---\ntitle: Gate\ndate: 2024-10-26 14:00\n---\n{STORY}",
        f"+++\ntitle = 'Gate'\ndate = 2024-10-20\npublishDate = 2024-11-01\n+++\n{STORY}",
        f"Title: Gate\nDate: 2024-10-27\n\n{STORY}",
    ],
)
def test_what_is_dated_later_than_now_is_left_alone_and_told(text: str) -> None:
    found = problem("markdown", document(text))
    assert "still to come: left alone" in found.message
    assert found.hint


def test_what_has_expired_is_gone_and_what_will_is_not() -> None:
    head = "+++\ntitle = 'Gate'\ndate = 2024-10-20\nexpiryDate = {}\n+++\n"
    assert sighting("markdown", document(head.format("2024-10-25") + STORY)).gone
    assert not sighting("markdown", document(head.format("2024-12-25") + STORY)).gone


def test_pelicans_head_may_have_values_of_several_lines() -> None:
    head = "Title: Gate\nDate: 2024-10-25 17:30\nCategory: Notes\nTags: silt, mud\nAuthors: Ann Roe, Ben Doe\n"
    found = sighting("markdown", document(f"{head}Summary: How it was\n    lost for good.\nSlug: gate\n\n{STORY}"))
    assert (found.dek, found.section, found.tags) == ("How it was lost for good.", "Notes", ("silt", "mud"))
    assert (found.authors, found.guid) == (("Ann Roe", "Ben Doe"), "markdown:quay:gate")
    assert found.published == datetime(2024, 10, 25, 16, 30, tzinfo=UTC)


def test_what_pelican_skips_is_left_alone() -> None:
    assert "a draft" in problem("markdown", document(f"Title: Gate\nStatus: skip\n\n{STORY}")).message
