"""What `digest check` says of links, pictures and markup, and what it must not take amiss."""

from dataclasses import replace
from typing import Any

import pytest

from digest.check.facts import Answer, SentBefore
from digest.check.links import targets
from digest.check.proof import Proof
from digest.model.issue import Brand, Picture
from proofs import bare, changed, codes, hits, in_body, proof_of, put, sound, sound_issue
from render_samples import LEAD_STORY


@pytest.mark.parametrize(
    ("markup", "code", "found"),
    [
        ('<a href="javascript:void(0)">Go there</a>', "link-empty", True),
        ('<a name="top">Top of it</a>', "link-empty", False),
        ('<a href="https://x.example/"></a>', "link-unnamed", True),
        ('<a href="https://x.example/" aria-label="A map"></a>', "link-unnamed", False),
        ('<a href="https://x.example/" title="A map"></a>', "link-unnamed", False),
        (
            '<a href="https://x.example/"><img src="https://x.example/a.png" alt="A map" width="9"></a>',
            "link-unnamed",
            False,
        ),
        ('<a href="https://x.example/">Hier klicken!</a>', "link-generic", True),
        ('<a href="https://x.example/">Leer más »</a>', "link-generic", True),
        ('<a href="https://x.example/">Read more about eels</a>', "link-generic", False),
        (
            '<p>A <a href="https://x.example/" style="text-decoration:none;border-bottom:1px solid">map</a></p>',
            "link-colour",
            False,
        ),
        ('<p><a href="https://x.example/" style="text-decoration:none">A map</a></p>', "link-colour", False),
        ('<p>A <a href="https://x.example/" style="text-decoration:underline">map</a></p>', "link-colour", False),
        ('<a href="//x.example/">A map</a>', "link-relative", True),
        ('<img src="images/a.png" alt="" width="9">', "link-relative", True),
        ('<a href="mailto:desk@x.example">Write</a>', "link-relative", False),
        ('<a href="#top">Up</a>', "link-relative", False),
        ('<img src="http://x.example/a.png" alt="" width="9">', "link-http", True),
        ('<a href="https://localhost:8000/">A map</a>', "link-staging", True),
        ('<a href="https://192.168.1.5/">A map</a>', "link-staging", True),
        ('<a href="https://harbour.test/">A map</a>', "link-staging", True),
        ('<img src="https://dev.harbour.example/a.png" alt="" width="9">', "link-staging", True),
        ('<a href="https://deviant.example/">A map</a>', "link-staging", False),
        ('<a href="https://harbour.example/?utm_source=a&utm_source=b">A map</a>', "link-tracked", True),
        ('<a href="https://harbour.example/?utm_source=a">A map</a>', "link-tracked", False),
        ('<a href="https://harbour.example/?a=1&b=2">A map</a>', "link-tracked", False),
        (
            '<a href="https://harbour.example/?fbclid=1&gclid=2&utm_a=1&utm_b=2&utm_c=3&mc_eid=4">A map</a>',
            "link-tracked",
            True,
        ),
        (f'<a href="https://harbour.example/{"x" * 2100}">A map</a>', "link-tracked", True),
        ('<a href="https://[x/?utm_source=a">A map</a>', "link-tracked", False),
        ('<a href="https://www.harbour.example/?utm_source=a">A map</a>', "link-tracked", False),
        ('<img src="data:image/png;base64,AA" alt="" width="9">', "picture-kind", True),
        ('<img src="https://x.example/a.svg?v=1" alt="" width="9">', "picture-kind", True),
        ('<img src="https://x.example/a.PNG" alt="" width="9">', "picture-kind", False),
        ('<img src="https://[x/a.png" alt="" width="9">', "picture-kind", False),
        ('<img src="https://x.example/picture" alt="" height="9">', "picture-width", False),
        ('<img src="https://x.example/picture" alt="" width="100%">', "picture-width", True),
        ('<img src="https://x.example/a.png" alt="" width="9">', "picture-alt", False),
        ('<img src="https://x.example/a.png" alt="harbour.jpeg" width="9">', "picture-alt-name", True),
        ('<img src="https://x.example/a.png" alt="Boats" width="9">', "picture-alt-name", False),
        ("<table><caption>Tides</caption><tr><td>1</td></tr></table>", "html-table", False),
        ('<table role="grid"><tr><th>1</th></tr></table>', "html-table", True),
        ('<table role="none"><tr><td>1</td></tr></table>', "html-table", False),
        ("<h2></h2>", "html-headings", True),
        ('<h2><img src="https://x.example/a.png" alt="Boats" width="9"></h2>', "html-headings", False),
        ('<div style="display:none"><h1>Hidden</h1></div>', "html-h1", False),
        ("<style>p{color:red}</style>", "html-lang", False),
        ('<p id="">x</p><p id="">y</p>', "html-id", False),
        ('<link rel="stylesheet" href="https://x.example/a.css">', "style-import", True),
        ('<link rel="icon" href="https://x.example/a.png">', "style-import", False),
    ],
)
def test_markup_is_judged_for_what_it_is(markup: str, code: str, found: bool) -> None:  # noqa: FBT001 - a column of the table
    facts = {"hosts": ("harbour.example",)}
    assert (code in codes(bare(in_body(markup), **facts))) is found


def test_without_own_hosts_no_tracking_is_somebody_elses() -> None:
    assert "link-tracked" not in codes(bare(in_body('<a href="https://x.example/?utm_source=a">A map</a>')))


def test_a_page_of_nothing_lacks_what_a_page_must_have() -> None:
    assert {"html-title", "html-h1", "html-doctype", "tag-unsubscribe", "tag-address"} <= codes(bare())


def test_answers_are_told_apart_and_placed_at_their_story() -> None:
    answers = tuple(
        Answer(url=f"https://harbour.example/{status}", status=status) for status in (200, 204, 301, 403, 404, 429, 500)
    )
    proof = changed(answers=(*answers, Answer(url=LEAD_STORY.mail_url, problem="cannot be reached")))
    assert hits(proof, "link-dead") == ["email.html: https://harbour.example/404 answered 404"]
    assert len(hits(proof, "link-unchecked")) == 2
    assert len(hits(proof, "link-down")) == 1
    assert hits(proof, "link-silent")[0].startswith(LEAD_STORY.title.text)
    social = next(element for element in proof.mail.named("a") if "social.example" in element.get("href"))
    placed = changed(answers=(Answer(url=social.get("href"), status=410),))
    assert hits(placed, "link-dead")[0].startswith(f"email.html line {social.line}")


def test_a_link_is_known_again_whatever_its_address_looks_like() -> None:
    had = (SentBefore(label="2024-W40", urls=("http://harbour.example/2024/10/story-1/?utm_source=x", "no address")),)
    assert [line for line in hits(changed(sent=had), "link-sent") if "2024-W40" in line]


def pictured(**fields: Any) -> Proof:
    """The sound issue whose lead story's picture has other values in the record."""
    assert LEAD_STORY.picture is not None
    issue = sound_issue()
    shown = replace(LEAD_STORY, picture=replace(LEAD_STORY.picture, **fields))
    return proof_of(replace(issue, sections=(replace(issue.sections[0], entries=(shown,)), *issue.sections[1:])))


def test_a_picture_is_weighed_by_what_the_record_says_of_it() -> None:
    copy = pictured(file="images/a.jpg", weight=300_000)
    said = "weighs 300,000 bytes of at most 200,000"
    assert hits(copy, "picture-weight") == [f"{LEAD_STORY.title.text}: images/a.jpg {said}"]
    original = pictured(kind="jpeg", weight=300_000)
    url = "https://harbour.example/i/dredger.jpg"
    assert hits(original, "picture-weight") == [f"{LEAD_STORY.title.text}: {url} {said}"]
    assert hits(pictured(weight=2_000_000), "picture-weight")[-1] == (
        "email.html: all pictures together weigh 2,000,000 bytes"
    )
    assert hits(pictured(file="images/a.jpg", weight=200_000), "picture-weight") == []


def test_an_originals_bytes_are_known_whatever_its_address_ends_in() -> None:
    assert hits(pictured(kind="webp"), "picture-kind") == [
        f"{LEAD_STORY.title.text}: a picture in WEBP, whatever its address says: https://harbour.example/i/dredger.jpg"
    ]
    for kind in ("jpeg", "png", "gif", ""):
        assert hits(pictured(kind=kind), "picture-kind") == []


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("https://[bad", "no address that can be opened: https://[bad"),
        ("https://", "no address that can be opened: https://"),
        ("https:///2024/eels", "no address that can be opened: https:///2024/eels"),
        ("https://harbour..example/", "no address that can be opened: https://harbour..example/"),
        ("https://harbour.example:port/", "no address that can be opened: https://harbour.example:port/"),
        ("https://harbour .example/", "no address that can be opened: https://harbour .example/"),
        ("HTTP:harbour.example", "no address that can be opened: HTTP:harbour.example"),
        ("htp://harbour.example/", "an address of a kind that no mail client opens: htp://harbour.example/"),
        ("file:///home/desk/eels.html", "an address of a kind that no mail client opens: file:///home/desk/eels.html"),
    ],
)
def test_a_broken_address_is_found_in_links_and_pictures(address: str, said: str) -> None:
    for markup in (f'<a href="{address}">Eels</a>', f'<img src="{address}" alt="" width="9">'):
        assert hits(bare(in_body(markup)), "link-broken") == [f"email.html line 3: {said}"]


@pytest.mark.parametrize(
    "address",
    [
        *("https://harbour.example", "https://harbour.example./a?b=c#d", "https://[2001:db8::1]:8080/", "cid:eels"),
        *("https://xn--bcher-kva.example/ä b", "mailto:desk@harbour.example", "tel:+44123", "#top", "", "javascript:;"),
    ],
)
def test_an_address_that_a_client_opens_is_none_that_is_broken(address: str) -> None:
    assert hits(bare(in_body(f'<a href="{address}">Eels</a>')), "link-broken") == []


def test_an_entry_without_a_picture_or_an_address_is_no_matter_of_these_rules() -> None:
    issue = sound_issue()
    bare_entry = replace(issue.headlines[0], url="", mail_url="", picture=Picture(image=LEAD_STORY.picture.image))  # type: ignore[union-attr] # it has one
    proof = replace(sound(), issue=replace(issue, headlines=(bare_entry,), brand=Brand(name="The Harbour Review")))
    assert {"parity-link", "link-sent", "picture-missing"} & codes(proof) == set()


def test_a_picture_without_an_address_leads_nowhere() -> None:
    pictures = '<img src="" alt="A quay"><img src="https://harbour.example/quay.jpg" alt="">'
    proof = changed(html=put("</h1>", f"</h1>{pictures}"))
    found = [address for element, address in targets(proof) if element.tag == "img"]
    assert "https://harbour.example/quay.jpg" in found
    assert "" not in found
