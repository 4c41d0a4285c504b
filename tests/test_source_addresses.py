"""digest.sources.page.addresses: which address is a page's own."""

from collections.abc import Sequence

import pytest

from digest.sources.markup.body import parse_html
from digest.sources.page.addresses import Addresses, addresses, same_site

HERE = "https://www.quay.example/2024/10/gate/"


def read(*links: str, at: str = HERE, said: Sequence[str] = (), moved_from: Sequence[str] = ()) -> Addresses:
    """Return the addresses of a page with links such as "canonical /gate"; its canonical ones are said as well."""
    pairs = [link.split(" ", 1) for link in links]
    head = "".join(f'<link rel="{rel}" href="{href}">' for rel, href in pairs)
    tree = parse_html(f"<html><head>{head}</head><body><p>x</p></body></html>")
    return addresses(tree, [*(href for rel, href in pairs if rel == "canonical"), *said], at, moved_from)


def test_a_page_that_names_nothing_is_where_it_was_found() -> None:
    assert read() == Addresses(url=HERE)


@pytest.mark.parametrize(
    "canonical",
    [
        "https://quay.example/2024/10/gate",
        "http://m.quay.example/2024/10/gate/?utm_source=x",
        "/2024/10/gate/amp/",
    ],
)
def test_another_way_to_write_where_it_was_found_is_no_other_address(canonical: str) -> None:
    found = read(f"canonical {canonical}")
    assert (found.also_at, found.also_in, found.by) == ((), (), "")


@pytest.mark.parametrize("canonical", ["/2024/10/the-gate", "https://news.quay.example/gate", "/?p=12"])
def test_another_address_on_the_same_site_is_the_pages_own_and_says_who_called_it_so(canonical: str) -> None:
    found = read(f"canonical {canonical}")
    assert found.url.endswith(canonical.removeprefix("https:"))
    assert (found.also_at, found.also_in, found.by) == ((HERE,), (), "canonical")


@pytest.mark.parametrize(
    "canonical", ["/", "https://quay.example/", "/?utm_source=x", "/2024/10/", "/2024", "#top", ""]
)
def test_the_front_page_and_a_section_above_are_no_pages_own_address(canonical: str) -> None:
    assert read(f"canonical {canonical}") == Addresses(url=HERE)


@pytest.mark.parametrize("below", ["2", "page/3", "comments", "all"])
def test_a_part_of_a_page_has_the_address_of_the_whole(below: str) -> None:
    found = read("canonical https://quay.example/gate", at=f"https://quay.example/gate/{below}")
    assert (found.url, found.by) == ("https://quay.example/gate", "canonical")


def test_another_site_is_where_a_twin_stands_and_no_address_of_the_page() -> None:
    found = read("canonical https://www.elsewhere.example/gate")
    assert found == Addresses(url=HERE, also_in=("elsewhere.example",))


def test_what_open_graph_says_of_another_site_names_no_twin() -> None:
    assert read(said=["https://cdn.elsewhere.example/gate"]) == Addresses(url=HERE)


def test_the_next_word_is_taken_where_the_first_cannot_be() -> None:
    assert read("canonical /", said=["https://quay.example/the-gate"]).url == "https://quay.example/the-gate"


def test_a_short_link_another_view_and_what_has_moved_lead_to_the_page() -> None:
    found = read(
        "shortlink https://www.quay.example/?p=4711",
        "amphtml /amp/2024/10/gate/",
        "amphtml /lite/gate",
        "shortlink https://qy.example/x",
        moved_from=["https://quay.example/old-gate", "https://quay.example/"],
    )
    expected = (
        "https://quay.example/old-gate",
        "https://www.quay.example/?p=4711",
        "https://www.quay.example/lite/gate",
    )
    assert found == Addresses(url=HERE, also_at=expected)


def test_a_file_has_the_address_that_it_names() -> None:
    assert read("canonical https://quay.example/gate", at="") == Addresses(url="https://quay.example/gate")
    assert read("canonical https://quay.example/", at="") == Addresses(url="")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://quay.example/a", "http://www.quay.example:8080/b", True),
        ("https://news.quay.example", "https://quay.example", True),
        ("https://news.quay.example", "https://blogs.quay.example", True),
        ("https://one.co.uk", "https://other.co.uk", False),
        ("https://a.one.co.uk", "https://b.one.co.uk", True),
        ("https://one.github.io", "https://other.github.io", False),
        ("https://quay.example", "https://bay.example", False),
        ("http://127.0.0.1/a", "http://127.0.0.1/b", True),
        ("http://localhost/a", "https://quay.example", False),
    ],
)
def test_a_site_is_what_one_domain_was_registered_for(one: str, other: str, *, same: bool) -> None:
    assert same_site(one, other) is same_site(other, one) is same
