"""digest.text.urls: one form for all the ways in which the same page is written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.text.urls import TRACKING, canonical_url, host, is_front_page, page_key

PARTS = st.text(alphabet="aZ0.:/?#&=%25~é @[]+\\\t", max_size=30)
ADDRESSES = st.builds("{}{}/{}".format, st.sampled_from(["http://", "https://", "HTTPS://a.example"]), PARTS, PARTS)


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("HTTPS://Harbour.Example/Tide", "https://harbour.example/Tide"),
        ("  https://harbour.example/tide\n", "https://harbour.example/tide"),
        ("https://harbour.example", "https://harbour.example/"),
        ("https://harbour.example./tide", "https://harbour.example/tide"),
        ("https://harbour.example:443/tide", "https://harbour.example/tide"),
        ("http://harbour.example:80/tide", "http://harbour.example/tide"),
        ("http://harbour.example:443/tide", "http://harbour.example:443/tide"),
        ("https://ed:secret@harbour.example/tide", "https://harbour.example/tide"),
        ("https://harbour.example/tide#comments", "https://harbour.example/tide"),
        ("https://harbour.example/tide/", "https://harbour.example/tide/"),
        ("https://harbour.example/tide/index.html", "https://harbour.example/tide/"),
        ("https://harbour.example/index.htm?p=1", "https://harbour.example/?p=1"),
        ("https://harbour.example/reindex.html", "https://harbour.example/reindex.html"),
        ("https://harbour.example/?b=2&a=1&b=3", "https://harbour.example/?b=2&a=1&b=3"),
        ("https://harbour.example/?&&b=", "https://harbour.example/?b="),
        ("https://harbour.example/?UTM_Source=x&id=7&utm_id", "https://harbour.example/?id=7"),
        ("https://harbour.example/?fbclid=x", "https://harbour.example/"),
        ("https://harbour.example/?q=a%2fb%7Ec", "https://harbour.example/?q=a%2Fb~c"),
        ("https://harbour.example/caf\u00e9 noir", "https://harbour.example/caf%C3%A9%20noir"),
        ("https://harbour.example/100%", "https://harbour.example/100%25"),
        ("https://h\u00e4fen.example/tide", "https://h\u00e4fen.example/tide"),
        ("http://[2001:DB8::1]:8080/tide", "http://[2001:db8::1]:8080/tide"),
    ],
)
def test_one_form_for_every_way_of_writing_it(written: str, canonical: str) -> None:
    assert canonical_url(written) == canonical


@pytest.mark.parametrize(
    "written",
    [
        "",
        "tide",
        "/tide",
        "//harbour.example/tide",
        "htp://harbour.example",
        "ftp://harbour.example/tide",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "mailto:desk@harbour.example",
        "https://",
        "https:///tide",
        "https://./tide",
        "https://har bour.example/",
        'https://harbour"onload.example/',
        "https://harbour.example:tide/",
        "https://harbour.example:99999/",
        "https://harbour.example:0/",
        "http://[::1/tide",
    ],
)
def test_what_is_no_web_page_has_no_canonical_url(written: str) -> None:
    assert canonical_url(written) == ""
    assert page_key(written) == ""
    assert host(written) == ""


@pytest.mark.parametrize("name", sorted(TRACKING))
def test_every_tracking_parameter_goes_and_its_neighbours_stay(name: str) -> None:
    tracked = f"https://harbour.example/?first=1&{name}=x&last=2"
    assert canonical_url(tracked) == "https://harbour.example/?first=1&last=2"


@given(ADDRESSES | st.text(max_size=40))
def test_the_canonical_form_is_its_own_canonical_form(written: str) -> None:
    once = canonical_url(written)
    assert canonical_url(once) == once
    assert page_key(once) == page_key(written)
    assert host(once) == host(written)
    assert once.isprintable()
    assert " " not in once


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 9)), max_size=6))
def test_parameters_keep_their_order(pairs: list[tuple[str, int]]) -> None:
    query = "&".join(f"{name}={value}" for name, value in pairs)
    tracked = "&".join(["utm_source=x", *([query] if query else []), "gclid=y"])
    plain = "https://harbour.example/tide"
    assert canonical_url(f"{plain}?{tracked}") == (f"{plain}?{query}" if query else plain)


@pytest.mark.parametrize(
    "written",
    [
        "https://harbour.example/tide",
        "http://harbour.example/tide/",
        "https://HARBOUR.example:443/tide/index.html#top",
        "https://harbour.example/tide//?utm_campaign=x",
    ],
)
def test_the_addresses_of_one_page_have_one_key(written: str) -> None:
    assert page_key(written) == "harbour.example/tide"


@given(st.from_regex(r"https?://[a-z0-9.\-]{1,12}(/(index\.html?|[a-zA-Z0-9~._/\-]{0,9})){0,3}", fullmatch=True))
def test_a_plain_address_has_the_key_that_its_parts_give(written: str) -> None:
    tracked = f"{written}?utm_source=x"
    assert page_key(written) == page_key(tracked) == page_key(canonical_url(tracked))


def test_another_path_query_or_port_is_another_page() -> None:
    urls = ["https://a.example/x", "https://a.example/X", "https://a.example/x?p=1", "https://a.example:8/x"]
    assert len({page_key(url) for url in urls}) == len(urls)


def test_a_host_is_named_without_port_and_case() -> None:
    assert host("https://WWW.Harbour.example:8443/tide") == "www.harbour.example"
    assert host("http://[::1]/") == "::1"


@pytest.mark.parametrize(
    "written",
    [
        "https://www.harbour.example/tide",
        "http://m.harbour.example/tide/",
        "https://mobile.harbour.example/tide",
        "https://amp.harbour.example/tide",
        "https://www.m.harbour.example/tide",
        "https://harbour.example/amp/tide",
        "https://harbour.example/tide/amp/",
        "https://harbour.example/tide.amp",
        "https://harbour.example/tide?amp",
        "https://harbour.example/tide/?amp=1",
        "https://harbour.example/tide?outputType=amp",
        "https://harbour.example/tide?m=1",
        "https://harbour.example/tide?view=print&utm_source=x",
        "https://harbour.example/tide?print=true",
        "https://harbour.example/tide/print/",
        "https://harbour-example.cdn.ampproject.org/c/s/www.harbour.example/tide",
        "https://harbour-example.cdn.ampproject.org/v/harbour.example/tide/amp",
        "https://www.google.com/amp/s/harbour.example/tide",
        "https://www.google.co.uk/amp/harbour.example/tide",
    ],
)
def test_the_views_of_one_page_have_one_key(written: str) -> None:
    assert page_key(written) == "harbour.example/tide"


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("https://harbour.example/tide.amp.html", "harbour.example/tide.html"),
        ("https://harbour.example/tide?amp=1&id=7", "harbour.example/tide?id=7"),
        ("https://www.example/tide", "www.example/tide"),
        ("https://m.example/tide", "m.example/tide"),
        ("https://news.harbour.example/tide", "news.harbour.example/tide"),
        ("https://mine.harbour.example/tide", "mine.harbour.example/tide"),
        ("https://harbour.example/amphora", "harbour.example/amphora"),
        ("https://harbour.example/2024/camp", "harbour.example/2024/camp"),
        ("https://harbour.example/blueprint", "harbour.example/blueprint"),
        ("https://harbour.example/print/tide", "harbour.example/print/tide"),
        ("https://harbour.example/tide?m=2", "harbour.example/tide?m=2"),
        ("https://harbour.example/?p=12", "harbour.example?p=12"),
    ],
)
def test_what_only_looks_like_a_view_keeps_its_key(written: str, key: str) -> None:
    assert page_key(written) == key


def test_a_front_page_is_an_address_without_a_page() -> None:
    for front in (
        "https://harbour.example",
        "http://www.harbour.example/?utm_source=x",
        "https://harbour.example/amp/",
    ):
        assert is_front_page(front), front
    for page in ("https://harbour.example/tide", "https://harbour.example/?p=12", "nonsense", ""):
        assert not is_front_page(page), page


PIECE = st.from_regex(r"[a-z0-9-]{1,5}(\.[a-z0-9-]{1,5}){0,2}", fullmatch=True)
REST = st.from_regex(r"(/[\w\-.~/]{0,12}(index\.html?)?)?(\?[\w=&%;+]{0,9})?(#\w{0,3})?", fullmatch=True)


@given(host_=PIECE, rest=REST)
def test_a_plain_address_is_what_its_parts_make_of_it(host_: str, rest: str) -> None:
    plain, loud = f"https://{host_}{rest}", f"HTTPS://{host_}{rest}"  # the second is taken apart
    assert canonical_url(plain) == canonical_url(loud)
    assert host(plain) == host(loud)
