"""Every view of the frame in Chromium: what is shown, where it stands, and that nothing gets out of it."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

import pytest

from digest.check.support import Support
from digest.model.issue import Entry, Issue, IssueSection, Words
from digest.pipeline.checking import proof_of
from digest.pipeline.faces import Faces, faces_of
from digest.pipeline.handing import terms
from digest.pipeline.newsroom import open_newsroom
from digest.preview.frames import VIEWS, Scene, View, frame, picture
from digest.preview.frames.dressing import dressed, linked, marks_to_anchors
from frame_serving import Server, serving
from proofs import proof_of as proof_of_sample
from render_samples import sample_issue
from running import digest
from seeing import light

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Frame, Route

SECRET = b"the desk's own secret of a session"


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    """The sample magazine's fullest week beside the week before it."""
    root = tmp_path_factory.mktemp("tidewater")
    assert digest(root, "init", "--sample").code == 0
    for week in ("2024-W42", "2024-W43"):
        assert digest(root, "build", "--week", week, "--offline").code == 0
    room = open_newsroom(root)

    def of(label: str) -> Faces:
        return faces_of(room.shelf.issue(label), terms(room, label, "none"))

    return Scene(
        shown=of("2024-W43"),
        proof=lambda: proof_of(room, room.shelf.issue("2024-W43")),
        last_issue=of("2024-W42"),
        last_build=of("2024-W43"),
        secret=SECRET,
    )


@pytest.fixture(scope="module")
def server(scene: Scene) -> Iterator[Server]:
    with serving(scene) as served:
        yield served


@pytest.fixture
def context(chromium: "Browser", request: pytest.FixtureRequest) -> "Iterator[BrowserContext]":
    """A browser whose screen prefers what the test asks for; requests to elsewhere are answered by nobody."""
    is_dark = getattr(request, "param", "light") == "dark"
    scheme: Literal["light", "dark"] = "dark" if is_dark else "light"
    context = chromium.new_context(color_scheme=scheme, viewport={"width": 700, "height": 800})
    context.set_default_timeout(15_000)
    yield context
    context.close()


def opened(context: "BrowserContext", server: Server, view: str, width: int = 640) -> "Frame":
    """The frame of a view as the desk shows it."""
    page = context.new_page()
    page.goto(server.page(f"/frame/{view}", width), wait_until="load")
    found = page.frames[1]
    found.wait_for_load_state("load")
    # What is loaded before its frame has a width stands elsewhere: as the desk does, it is led to its place again.
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    page.locator("iframe").evaluate(
        "frame => { if (frame.src.includes('#')) frame.contentWindow.location.replace(frame.src) }"
    )
    return found


def asked_of_others(context: "BrowserContext") -> list[str]:
    """The addresses that are asked for at far.example, which answers nobody."""
    asked: list[str] = []

    def refuse(route: "Route") -> None:
        asked.append(route.request.url)
        route.abort()

    context.route("https://far.example/**", refuse)
    return asked


def with_mail(scene: Scene, html: str) -> Scene:
    """The scene with other HTML at the end of its mail and its web version."""
    shown = scene.shown
    marked = shown.marked.replace("</body>", html + "</body>")
    return replace(scene, shown=replace(shown, marked=marked, web=shown.web.replace("</body>", html + "</body>")))


def ground(found: "Frame", selector: str = "body") -> float:
    """How light the middle of an element's ground is, as the browser has computed it."""
    colour = found.eval_on_selector(selector, "e => getComputedStyle(e).backgroundColor")
    return sum(int(part) for part in colour[4:-1].split(",")[:3]) / 3


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_is_a_document_that_may_do_nothing(scene: Scene, view: View) -> None:
    document = frame(view, scene)
    assert document.content_type == "text/html; charset=utf-8"
    policy = [part.strip() for part in document.csp.split(";")]
    assert {"default-src 'none'", "sandbox", "form-action 'none'", "frame-ancestors 'self'"} <= set(policy)
    assert not any("script-src" in part or "allow-" in part for part in policy)
    assert document.body.startswith(b"<!DOCTYPE html>")


@pytest.mark.parametrize("context", ["light", "dark"], indirect=True)
@pytest.mark.parametrize(("view", "is_dark"), [("desktop", False), ("web", False), ("dark", True)])
def test_light_and_dark_are_so_on_every_screen(
    context: "BrowserContext",
    server: Server,
    view: str,
    is_dark: bool,  # noqa: FBT001 - a row of the table
) -> None:
    found = opened(context, server, view)
    paper = ".page" if view != "web" else "body"
    assert (ground(found, paper) < 60) is is_dark
    assert (light(found.page.locator("iframe").screenshot()) < 90) is is_dark


def test_the_mail_is_as_readers_get_it_but_for_the_pictures_addresses(scene: Scene) -> None:
    mail = frame("desktop", scene).body.decode()
    assert frame("phone", scene) == frame("desktop", scene)
    for each in scene.shown.message.pictures:
        assert f'src="{each.url}"' not in mail
    for entry in scene.shown.issue.entries:
        assert f'id="entry-{entry.id}"' in mail
    plain = dressed(scene.shown.message.html, {})
    stripped = mail
    for entry in scene.shown.issue.entries:
        stripped = stripped.replace(f' id="entry-{entry.id}"', "")
    assert len(stripped.splitlines()) == len(plain.splitlines())
    assert "digest:entry" not in mail


def test_the_drafts_own_pictures_are_shown_without_a_cookie_and_without_the_network(
    context: "BrowserContext", server: Server, scene: Scene
) -> None:
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    server.asked.clear()
    found = opened(context, server, "desktop")
    shown = found.eval_on_selector_all("img", "all => all.map(each => each.naturalWidth)")
    assert len(shown) == len(scene.shown.message.pictures) == 3
    assert all(width > 200 for width in shown)
    assert all(url.startswith(server.url) for url in asked)
    pictures = [cookie for path, cookie in server.asked if path.startswith("/frame/picture/")]
    assert len(pictures) == len(shown)
    assert not any(pictures)


def test_a_pictures_address_is_of_one_desk_alone(scene: Scene, server: Server) -> None:
    mail = frame("desktop", scene).body.decode()
    key = mail.partition("/frame/picture/")[2][:32]
    found = picture(key, scene)
    assert found is not None
    assert (found.content_type, found.lasting) == ("image/jpeg", True)
    assert found.body in {each.content for each in scene.shown.message.pictures}
    assert picture(key, replace(scene, secret=b"another")) is None
    assert picture("0" * 32, scene) is None
    assert server.url not in mail


def test_with_pictures_off_there_are_words_in_their_place_and_nothing_is_asked_for(
    context: "BrowserContext", server: Server
) -> None:
    server.asked.clear()
    found = opened(context, server, "images-off")
    shown = found.eval_on_selector_all("img", "all => all.map(each => [each.naturalWidth, each.alt.length > 0])")
    assert shown
    assert all(each == [0, True] for each in shown)
    assert not [path for path, _ in server.asked if "picture" in path]


def test_what_readers_mail_would_fetch_is_fetched(context: "BrowserContext", scene: Scene) -> None:
    asked = asked_of_others(context)
    with serving(with_mail(scene, '<img src="https://far.example/count.png" alt="">')) as server:
        opened(context, server, "desktop")
        assert asked == ["https://far.example/count.png"]
        opened(context, server, "images-off")
        assert len(asked) == 1


@pytest.mark.parametrize("view", ["desktop", "dark", "images-off", "web", "text", "last-build"])
def test_the_frame_opens_at_the_story_at_hand(
    context: "BrowserContext", server: Server, scene: Scene, view: str
) -> None:
    entries = scene.shown.issue.entries
    entry = entries[len(entries) // 2]
    found = opened(context, server, f"{view}?v=1#entry-{entry.id}")
    top = found.eval_on_selector(f"#entry-{entry.id}", "e => e.getBoundingClientRect().top")
    scrolled, most = found.evaluate("(e => [e.scrollTop, e.scrollHeight - e.clientHeight])(document.scrollingElement)")
    assert scrolled > 100
    assert -2 <= top <= 60 or (scrolled >= most - 1 and top > 0)


@pytest.mark.parametrize("view", ["desktop", "web", "text", "last-build"])
def test_every_story_has_its_place(context: "BrowserContext", server: Server, scene: Scene, view: str) -> None:
    found = opened(context, server, view)
    tops = [
        found.eval_on_selector(f"#entry-{entry.id}", "e => e.getBoundingClientRect().top")
        for entry in scene.shown.issue.entries
    ]
    assert tops == sorted(tops)
    assert len(set(tops)) == len(tops)


HOSTILE = """
<script>document.title = 'ran'; parent.postMessage('out', '*'); top.location = 'https://far.example/script'</script>
<img src="x" onerror="document.title = 'ran'" alt="">
<meta http-equiv="refresh" content="0;url=https://far.example/refresh">
<iframe src="https://far.example/inner"></iframe><iframe srcdoc="&lt;script>top.location='https://far.example/'&lt;/script>"></iframe>
<object data="https://far.example/object"></object><embed src="https://far.example/embed">
<form action="https://far.example/form"><button id="send">Send</button></form>
<a id="plain" href="https://far.example/plain">plain</a> <a id="top" target="_top" href="https://far.example/top">top</a>
<a id="self" target="_self" href="https://far.example/self">self</a>
<a id="js" href="javascript:document.title='ran'">js</a>
<link rel="stylesheet" href="https://far.example/sheet.css"><link rel="prefetch" href="https://far.example/prefetch">
<audio src="https://far.example/sound"></audio>
"""


@pytest.mark.parametrize("view", ["desktop", "web", "last-issue"])
def test_no_script_runs_and_nothing_gets_out(context: "BrowserContext", scene: Scene, view: str) -> None:
    asked = asked_of_others(context)
    with serving(with_mail(scene, HOSTILE)) as server:
        found = opened(context, server, view)
        page = found.page
        inner = found if view != "last-issue" else found.child_frames[1]
        before = page.url
        for name in ("send", "plain", "top", "js", "self"):
            inner.locator(f"#{name}").dispatch_event("click") if name == "js" else inner.locator(f"#{name}").click()
            page.wait_for_timeout(50)
            assert page.url == before
        assert page.title() == "desk"
        assert len(context.pages) == 1
        assert asked == []


def test_a_link_that_is_clicked_leaves_the_mail_where_it_is(context: "BrowserContext", server: Server) -> None:
    found = opened(context, server, "desktop")
    where = found.url
    found.locator("h2 a").first.click()
    found.locator("h2 a").first.press("Enter")
    found.page.wait_for_timeout(100)
    assert found.url == where
    assert found.locator("h1").count() == 1
    assert len(context.pages) == 1


def test_a_headline_is_text_in_every_view(context: "BrowserContext", scene: Scene) -> None:
    nasty = "<script>parent.document.title='ran'</script>{{ 7 * 7 }} & “so”"
    issue = scene.shown.issue
    first = issue.sections[1].entries[0]
    other = replace(first, title=Words(text=nasty), lead=Words(text=nasty))
    changed = with_entry(issue, other)
    shown = replace(scene.shown, issue=changed, message=replace(scene.shown.message, subject=nasty, text=nasty))
    with serving(replace(scene, shown=shown, last_issue=shown)) as server:
        for view in ("text", "inbox", "last-build", "last-issue"):
            found = opened(context, server, view)
            assert nasty in found.locator("body").inner_text(), view
            assert found.page.title() == "desk"


def with_entry(issue: Issue, entry: Entry) -> Issue:
    section = issue.sections[1]
    entries = (entry, *section.entries[1:])
    return replace(issue, sections=(issue.sections[0], replace(section, entries=entries), *issue.sections[2:]))


def test_the_inbox_is_shown_light_and_dark_in_four_clients(context: "BrowserContext", server: Server) -> None:
    found = opened(context, server, "inbox")
    assert (
        found.locator("figcaption").all_inner_texts()
        == [*("Gmail, desktop", "Outlook, desktop", "Gmail, phone", "Apple Mail, phone")] * 2
    )
    assert ground(found, "section.light") > 200
    assert ground(found, "section.dark") < 60
    assert found.locator(".subject").all_inner_texts() == [server.scene.shown.message.subject] * 8
    assert found.evaluate("document.documentElement.scrollWidth") <= 640


def test_that_nothing_changed_is_in_sight_at_every_story(context: "BrowserContext", server: Server) -> None:
    last = server.scene.shown.issue.entries[-1]
    found = opened(context, server, f"last-build#entry-{last.id}")
    assert found.evaluate("scrollY") > 0
    told = found.get_by_text("Nothing: readers would see the same.").bounding_box()
    story = found.locator(f"#entry-{last.id}").bounding_box()
    assert told
    assert story
    assert 0 <= told["y"] < told["y"] + told["height"] < story["y"]


@pytest.mark.parametrize("width", [480, 740, 1280])
def test_in_an_inbox_the_hour_stands_clear_of_the_words(context: "BrowserContext", server: Server, width: int) -> None:
    found = opened(context, server, "inbox", width)
    row = found.locator("section.light .gmail-desktop .row").nth(1)
    line, hour = (row.locator(each).bounding_box() for each in (".line", ".time"))
    assert line
    assert hour
    assert line["x"] + line["width"] <= hour["x"] or line["y"] >= hour["y"] + hour["height"]
    assert found.evaluate("document.documentElement.scrollWidth") <= width


def test_who_sees_what_is_said_of_every_client_with_the_places(context: "BrowserContext", server: Server) -> None:
    found = opened(context, server, "clients")
    names = found.locator("h2").all_inner_texts()
    assert names[:3] == ["Gmail", "Apple Mail", "Outlook for Windows"]
    assert (
        found.locator("section", has=found.locator("h2", has_text="Outlook for Windows"))
        .locator("p")
        .first.inner_text()
        .startswith("No dark mode")
    )
    found.locator("summary").first.click()
    row = found.locator("tbody tr").first
    assert row.is_visible()
    assert row.locator("td").count() == 3
    assert found.evaluate("document.documentElement.scrollWidth") <= 640


def test_where_nothing_is_known_of_clients_that_is_said(scene: Scene) -> None:
    proof = proof_of_sample(sample_issue(1), support=Support())
    assert b"Nothing is known" in frame("clients", replace(scene, proof=lambda: proof)).body


def test_the_last_build_is_marked_in_words_and_by_colour(context: "BrowserContext", scene: Scene) -> None:
    issue = scene.shown.issue
    section = issue.sections[1]
    first, second, *rest = section.entries
    changed = replace(second, title=Words(text=second.title.text.replace("Six", "Seven")))
    gone, new = replace(first, id="0" * 12, title=Words(text="Gone")), rest[-1]
    before = replace(
        issue, sections=(issue.sections[0], in_place(section, changed, first, gone, *rest[:-1]), *issue.sections[2:])
    )
    last = replace(scene.shown, issue=before)
    with serving(replace(scene, last_build=last)) as server:
        found = opened(context, server, "last-build")
        marks = {
            row.locator("h3").inner_text(): row.locator(".mark").all_inner_texts()
            for row in found.locator("article").all()
        }
        assert marks[first.title.text] == ["Moved within Reporting"]
        assert marks[new.title.text] == ["New"]
        assert marks["Gone"] == ["Removed"]
        texts = found.locator(f"#entry-{second.id}")
        assert texts.locator("del").all_inner_texts() == ["Seven"]
        assert texts.locator("ins").all_inner_texts() == ["Six"]
        assert found.eval_on_selector("ins", "e => getComputedStyle(e, '::before').content") == '"[+"'
        assert found.eval_on_selector("del", "e => getComputedStyle(e).textDecorationLine") == "line-through"
        told = found.locator(".told li").all_inner_texts()
        assert "out: Gone" in told
        found.locator(".told a", has_text="in: ").click()
        assert -2 <= found.eval_on_selector(f"#entry-{new.id}", "e => e.getBoundingClientRect().top") <= 800


def in_place(section: IssueSection, *entries: Entry) -> IssueSection:
    return replace(section, entries=entries)


def test_an_unchanged_issue_says_so(scene: Scene) -> None:
    page = frame("last-build", scene).body.decode()
    assert "Nothing: readers would see the same." in page
    assert '<span class="mark' not in page


def test_the_last_issue_stands_beside_this_one_and_what_is_in_both_is_told(
    context: "BrowserContext", scene: Scene
) -> None:
    assert scene.last_issue is not None
    last = scene.last_issue.issue
    shared = scene.shown.issue.sections[1].entries[0]
    both = replace(last, sections=(*last.sections, in_place(last.sections[1], shared)))
    with serving(replace(scene, last_issue=replace(scene.last_issue, issue=both))) as server:
        found = opened(context, server, "last-issue", 1000)
        one, other = found.child_frames
        assert one.locator("h1").inner_text() == other.locator("h1").inner_text() == "Tidewater"
        boxes = [each.bounding_box() for each in found.locator("iframe").all()]
        left, right = (each for each in boxes if each is not None)
        assert left["y"] == right["y"]
        assert right["x"] > left["x"] + 400
        shown = [
            each.eval_on_selector_all("img", "all => all.every(each => each.naturalWidth)") for each in (one, other)
        ]
        assert shown == [True, True]
        assert found.locator("ul li").all_inner_texts() == [shared.title.text]
        rows = found.locator("tbody th").all_inner_texts()
        assert rows == ["Subject", "Preheader", "Opening", "Sections", "Size"]
    assert b"In both" not in frame("last-issue", scene).body


def test_a_last_issue_that_has_this_ones_number_was_not_sent(scene: Scene) -> None:
    assert scene.last_issue is not None
    told = []
    for number in (scene.shown.issue.number, scene.shown.issue.number - 1):
        last = replace(scene.last_issue, issue=replace(scene.last_issue.issue, number=number))
        told.append(b", not sent" in frame("last-issue", replace(scene, last_issue=last)).body)
    assert told == [True, False]


def test_what_is_not_there_yet_is_said(scene: Scene) -> None:
    alone = replace(scene, last_issue=None, last_build=None)
    assert b"There is no earlier issue" in frame("last-issue", alone).body
    assert b"There is no earlier build" in frame("last-build", alone).body
    key = frame("desktop", alone).body.decode().partition("/frame/picture/")[2][:32]
    assert picture(key, alone) is not None


@pytest.mark.parametrize("context", ["light", "dark"], indirect=True)
@pytest.mark.parametrize("view", ["inbox", "clients", "last-issue", "last-build"])
def test_our_own_pages_have_nothing_that_axe_finds(
    context: "BrowserContext", server: Server, view: str, stage: object
) -> None:
    from judging import AXE  # noqa: PLC0415 - only needed here

    del stage  # skips where the judges are not installed
    page = context.new_page()
    page.route("**/*", fulfilled)
    page.goto(f"{server.url}/frame/{view}")
    page.add_script_tag(content=AXE.read_text(encoding="utf-8"))
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = page.evaluate("tags => axe.run(document, {runOnly: tags, iframes: false})", tags)
    assert [(each["id"], each["nodes"][0]["html"][:200]) for each in found["violations"]] == []


def fulfilled(route: "Route") -> None:
    """Answer as the server does, but without its policy: axe is a script."""
    answer = route.fetch()
    headers = {name: value for name, value in answer.headers.items() if name != "content-security-policy"}
    route.fulfill(response=answer, headers=headers)


@pytest.mark.parametrize(
    ("marked", "anchored"),
    [
        ("<!--digest:entry ab--><tr><td>x</td></tr><!--/digest:entry-->", '<tr id="entry-ab"><td>x</td></tr>'),
        (
            '<!--digest:entry ab--><!--[if mso]><table><![endif]--><tr title="a>b"><!--/digest:entry-->',
            '<!--[if mso]><table><![endif]--><tr title="a>b" id="entry-ab">',
        ),
        ('<!--digest:entry ab--><p id="own"><b>x</b><!--/digest:entry-->', '<p id="own"><b id="entry-ab">x</b>'),
        ("<!--digest:entry ab--><br/>", '<br id="entry-ab"/>'),
        ("<!--digest:entry ab-->text<!--/digest:entry--><p>after</p>", "text<p>after</p>"),
        (
            "<!--digest:entry ab--><p>1</p><!--/digest:entry--><!--digest:entry ab--><p>2</p><!--/digest:entry-->",
            '<p id="entry-ab">1</p><p>2</p>',
        ),
    ],
)
def test_a_story_begins_at_its_first_element(marked: str, anchored: str) -> None:
    assert marks_to_anchors(marked) == anchored


def test_in_the_web_version_a_story_begins_at_its_article_or_at_its_first_link(scene: Scene) -> None:
    first = scene.shown.issue.entries[0]
    urls = {"ab": "https://a.example/?x=1&y=2", "cd": "https://c.example/", "ef": "https://e.example/", "gh": ""}
    entries = tuple(replace(first, id=name, url=url) for name, url in urls.items())
    issue = replace(scene.shown.issue, sections=(IssueSection(name="", title="", entries=entries),), headlines=())
    link = '<a class=x href="https://a.example/?x=1&amp;y=2">'
    page = (
        f"<a href='https://b.example/'>b</a><article class=y><!--<a href='https://c.example/'>-->{link}a</a></article>"
    )
    page += f"{link}again</a><article id=own><a href='https://c.example/'>c</a><a href='https://e.example/'>e</a><a>"
    found = linked(page, issue)
    assert (
        f"<article class=y id=\"entry-ab\"><!--<a href='https://c.example/'>-->{link}a</a></article>{link}again"
        in found
    )
    assert "<article id=own><span id=\"entry-cd\"></span><a href='https://c.example/'>c</a>" in found
    assert "<span id=\"entry-ef\"></span><a href='https://e.example/'>e</a><a>" in found
    assert found.count("entry-") == 3


def test_only_style_is_told_what_the_screen_prefers() -> None:
    page = (
        "<!DOCTYPE html><html><head><style>@media (prefers-color-scheme:dark) and (max-width:9px){a{}}</style></head>"
        '<source media="(prefers-color-scheme: light)"><p>@media (prefers-color-scheme: dark)</p>'
    )
    dark = dressed(page, {}, dark=True)
    assert "@media (min-width: 0px) and (max-width:9px)" in dark
    assert 'media="(max-width: 0px)"' in dark
    assert "<p>@media (prefers-color-scheme: dark)</p>" in dark
    assert 'media="(min-width: 0px)"' in dressed(page, {})


def test_a_page_without_a_head_is_dressed_too() -> None:
    assert dressed("<!DOCTYPE html><p>x", {}).startswith('<!DOCTYPE html><base target="_blank">')
    assert dressed("<p>x", {}).startswith('<base target="_blank">')


def test_pictures_are_replaced_by_whole_addresses_and_in_no_text() -> None:
    page = (
        '<img src="https://a.example/i.png?a=1&amp;b=2"><img srcset="https://a.example/i.png 2x, https://c.example/i.png">'
        "<td style='background:url(https://a.example/i.png)'>https://a.example/i.png "
        '<a href="https://a.example/i.png">x</a><img src="https://a.example/i.png.old">'
    )
    found = dressed(
        page, {"https://a.example/i.png": "/p/1", "https://a.example/i.png?a=1&b=2": "/p/2", "i.png": "/p/3"}
    )
    assert '<img src="/p/2"><img srcset="/p/1 2x, https://c.example/i.png">' in found
    assert 'url(/p/1)\'>https://a.example/i.png <a href="https://a.example/i.png">' in found
    assert 'src="https://a.example/i.png.old"' in found
