"""Every feature of caniemail's list is found in a mail that uses it, in all its spellings, and in no other."""

import pytest

from digest.check.features import uses
from digest.check.slugs import UNDETECTED
from digest.pipeline.checking import load_support
from proofs import bare, in_body

SUPPORT = load_support()


def words(names: str) -> list[str]:
    return names.split()


ELEMENTS = words(
    "abbr acronym address audio base bdi blockquote code del dfn dialog div form hr link marquee meter object p "
    "picture pre progress rp rt ruby select small span strike strong svg table textarea video wbr"
)
PROPERTIES = words(
    "accent-color align-items animation aspect-ratio backdrop-filter background background-blend-mode background-clip "
    "background-color background-image background-origin background-position background-repeat background-size border "
    "border-collapse border-image border-radius border-spacing box-shadow box-sizing caption-side clear clip-path "
    "color-scheme column-count cursor direction display empty-cells filter flex-direction flex-wrap float font "
    "font-kerning font-size font-size-adjust font-stretch font-weight gap grid-template height hyphenate-character "
    "hyphenate-limit-chars hyphens inline-size inset justify-content letter-spacing line-height list-style "
    "list-style-image list-style-position list-style-type margin mask-image max-block-size max-height max-inline-size "
    "max-width min-block-size min-height min-inline-size min-width mix-blend-mode object-fit object-position opacity "
    "orphans outline outline-offset overflow overflow-wrap padding position resize scroll-snap shape-margin "
    "shape-outside tab-size table-layout text-align text-align-last text-decoration text-decoration-color "
    "text-decoration-line text-decoration-skip-ink text-decoration-style text-decoration-thickness text-emphasis "
    "text-emphasis-position text-indent text-justify text-orientation text-overflow text-shadow text-transform "
    "text-underline-offset text-underline-position text-wrap transform transition user-select vertical-align "
    "visibility white-space white-space-collapse widows width word-break word-spacing word-wrap writing-mode z-index"
)
ATTRIBUTES = words(
    "align aria-describedby aria-hidden aria-label aria-labelledby aria-live background cellpadding cellspacing dir "
    "height hidden lang popover required role target valign width"
)
PSEUDO_CLASSES = words(
    "active checked default first-child first-of-type focus focus-visible focus-within has hover lang last-child "
    "last-of-type link not nth-child nth-last-child nth-last-of-type nth-of-type only-child only-of-type target visited"
)

SNIPPETS: dict[str, str] = {
    **{f"html-{tag}": f"<{tag}></{tag}>" for tag in ELEMENTS},
    **{f"css-{name}": f'<p style="{name}:x">x</p>' for name in PROPERTIES},
    **{f"html-{name}": f'<td {name}="x">x</td>' for name in ATTRIBUTES},
    **{f"css-pseudo-class-{name}": f"<style>p:{name}{{top:0}}</style>" for name in PSEUDO_CLASSES},
    **{
        f"css-pseudo-element-{name}": f"<style>p::{name}{{top:0}}</style>"
        for name in ("after", "before", "first-letter", "first-line", "marker", "placeholder")
    },
    **{
        f"css-unit-{unit}": f'<p style="top:1{unit}">x</p>'
        for unit in words("ch cm em ex in mm pc pt px rem vh vmax vmin vw")
    },
    **{f"css-function-{name}": f'<p style="top:{name}(1px)">x</p>' for name in ("clamp", "light-dark", "max", "min")},
    **{f"css-{name}": f'<p style="background:{name}(0)">x</p>' for name in ("rgb", "rgba", "linear-gradient")},
    **{f"css-{name}": f'<p style="background:{name}(0)">x</p>' for name in ("radial-gradient", "conic-gradient")},
    **{
        f"css-at-{name}": f"<style>@{name} x {{}}</style>"
        for name in ("font-face", "import", "keyframes", "media", "supports")
    },
    **{
        f"css-at-media-{name}": f"<style>@media ({name}: x) {{}}</style>"
        for name in ("hover", "orientation", "prefers-color-scheme", "prefers-reduced-motion")
    },
    "css-at-media-device-pixel-ratio": "<style>@media (-webkit-min-device-pixel-ratio: 2) {}</style>",
    **{f"html-input-{kind}": f'<input type="{kind}">' for kind in ("checkbox", "hidden", "radio", "reset", "submit")},
    **{
        f"image-{kind}": f'<img src="https://x.example/a.{kind}">'
        for kind in words("apng avif bmp gif hdr heif ico jpg")
    },
    **{f"image-{kind}": f'<img src="https://x.example/a.{kind}">' for kind in words("mp4 png svg tiff webp")},
    "amp": "amp4email",
    "css-block-inline-size": '<p style="block-size:1px">x</p>',
    "css-border-inline-block": '<p style="border-inline:0">x</p>',
    "css-border-inline-block-individual": '<p style="border-block-end:0">x</p>',
    "css-border-inline-block-longhand": '<p style="border-block-color:red">x</p>',
    "css-border-radius-logical": '<p style="border-end-end-radius:0">x</p>',
    "css-column-layout-properties": '<p style="columns:2">x</p>',
    "css-comments": "<style>/* x */</style>",
    "css-display-flex": '<p style="display:inline-flex">x</p>',
    "css-display-grid": '<p style="display:grid">x</p>',
    "css-display-none": '<p style="display:none">x</p>',
    "css-important": '<p style="color:red !important">x</p>',
    "css-inert-attribute": "<p inert>x</p>",
    "css-intrinsic-size": '<p style="width:max-content">x</p>',
    "css-left-right-top-bottom": '<p style="top:0">x</p>',
    "css-margin-block-start-end": '<p style="margin-block-end:0">x</p>',
    "css-margin-inline-block": '<p style="margin-inline:0">x</p>',
    "css-margin-inline-start-end": '<p style="margin-inline-start:0">x</p>',
    "css-modern-color": '<p style="color:oklch(50% .1 20)">x</p>',
    "css-nesting": "<style>p { b { top:0 } }</style>",
    "css-padding-block-start-end": '<p style="padding-block-end:0">x</p>',
    "css-padding-inline-block": '<p style="padding-block:0">x</p>',
    "css-padding-inline-start-end": '<p style="padding-inline-start:0">x</p>',
    "css-selector-adjacent-sibling": "<style>p + p{top:0}</style>",
    "css-selector-attribute": "<style>[lang]{top:0}</style>",
    "css-selector-chaining": "<style>.a.b{top:0}</style>",
    "css-selector-child": "<style>p > b{top:0}</style>",
    "css-selector-class": "<style>.a{top:0}</style>",
    "css-selector-descendant": "<style>p b{top:0}</style>",
    "css-selector-general-sibling": "<style>p ~ p{top:0}</style>",
    "css-selector-grouping": "<style>p, b{top:0}</style>",
    "css-selector-id": "<style>#a{top:0}</style>",
    "css-selector-type": "<style>p{top:0}</style>",
    "css-selector-universal": "<style>*{top:0}</style>",
    "css-sytem-ui": '<p style="font-family:system-ui">x</p>',
    "css-unit-calc": '<p style="top:calc(1px)">x</p>',
    "css-unit-initial": '<p style="color:initial">x</p>',
    "css-unit-percent": '<p style="top:1%">x</p>',
    "css-variables": '<p style="--x:1">x</p>',
    "html-anchor-links": '<a href="#x">x</a>',
    "html-body": "",
    "html-button-reset": '<button type="reset">x</button>',
    "html-button-submit": "<button>x</button>",
    "html-comments": "<!-- x -->",
    "html-doctype": "",
    "html-h1-h6": "<h3>x</h3>",
    "html-image-maps": "<map></map>",
    "html-img": "<img>",
    "html-input-text": "<input>",
    "html-lists": "<ul></ul>",
    "html-loading-attribute": '<img loading="lazy">',
    "html-mailto-links": '<a href="mailto:x@x.example">x</a>',
    "html-meta-color-scheme": '<meta name="color-scheme" content="light">',
    "html-semantics": "<section></section>",
    "html-srcset": '<img srcset="https://x.example/a.jpg 2x, ">',
    "html-style": "<style></style>",
    "image-base64": '<img src="data:image/png;base64,AA">',
}


def found_in(markup: str) -> set[str]:
    html = in_body(markup)
    if markup == "amp4email":
        html = html.replace("<html", "<html amp4email")
    return {use.slug for use in uses(bare(html, support=SUPPORT))}


def test_every_feature_of_the_list_has_a_mail_that_uses_it() -> None:
    assert set(SNIPPETS) | set(UNDETECTED) == set(SUPPORT.slugs())
    assert not set(SNIPPETS) & set(UNDETECTED)
    assert len(SUPPORT.features) == 307


@pytest.mark.parametrize("slug", sorted(SNIPPETS))
def test_a_feature_is_found_where_it_is_used_and_nowhere_else(slug: str) -> None:
    assert slug in found_in(SNIPPETS[slug])
    always = {"html-doctype", "html-body", "html-h1-h6", "html-lang", "html-dir", "html-div"}
    if slug not in always:
        assert slug not in found_in("text")


@pytest.mark.parametrize(
    ("markup", "slug"),
    [
        ('<p style="margin-left:1px">x</p>', "css-margin"),
        ('<p style="border-left-color:red">x</p>', "css-border"),
        ('<p style="-webkit-transition-delay:1s">x</p>', "css-transition"),
        ('<p style="background:url(https://x.example/a.webp)">x</p>', "image-webp"),
        ('<p style="top:max(1px, calc(1em + 2vw))">x</p>', "css-unit-vw"),
        ("<style>p:before{top:0}</style>", "css-pseudo-element-before"),
        ("<style>input::-webkit-placeholder{top:0}</style>", "css-pseudo-element-placeholder"),
        ("<style>@-webkit-keyframes x{}</style>", "css-at-keyframes"),
        (
            "<style>@media (min-width:1px) and (prefers-color-scheme: dark){p{top:0}}</style>",
            "css-at-media-prefers-color-scheme",
        ),
    ],
)
def test_a_feature_is_known_in_all_its_spellings(markup: str, slug: str) -> None:
    assert slug in found_in(markup)


@pytest.mark.parametrize(
    ("markup", "slug"),
    [
        ('<style>p[title="a + b > c"]{top:0}</style>', "css-selector-child"),
        ("<style>p:not(b, i){top:0}</style>", "css-selector-grouping"),
        ('<p style="display:block">x</p>', "css-display-flex"),
        ('<a href="#">x</a>', "html-anchor-links"),
        ('<a href="https://x.example/">x</a>', "html-mailto-links"),
        ('<meta name="viewport" content="x">', "html-meta-color-scheme"),
    ],
)
def test_what_only_looks_like_a_feature_is_none(markup: str, slug: str) -> None:
    assert slug not in found_in(markup)
