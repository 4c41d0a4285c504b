"""Who sees what: what each client makes of a mail, told in features and in words."""

import json
from typing import Any

import pytest

from caniemail import DATA, licensed, reduced
from digest.check import check
from digest.check.clients import views
from digest.check.effects import EFFECTS, in_words
from digest.check.support import CLIENTS, Feature, Support, lacks
from digest.pipeline.checking import load_support
from proofs import bare, changed, in_body, put, sound

SUPPORT = load_support()


def test_every_named_client_is_in_the_data() -> None:
    assert {platform for client in CLIENTS for platform in client.platforms} <= set(SUPPORT.platforms)


def test_a_client_lacks_what_its_newest_programs_lack() -> None:
    found = {
        lack.feature.slug: lack for lack in lacks(SUPPORT, CLIENTS[0], frozenset({"css-at-media", "css-text-wrap"}))
    }
    assert found["css-text-wrap"].verdict == "no"
    assert found["css-text-wrap"].on == ()
    partly = list(lacks(SUPPORT, CLIENTS[0], frozenset({"css-at-media"})))
    assert [(lack.verdict, bool(lack.on), bool(lack.notes)) for lack in partly] == [
        ("no", True, False),
        ("partly", True, True),
    ]


def test_a_matrix_without_a_client_says_nothing_of_it() -> None:
    matrix = Support(platforms=("gmail.ios",), features=(Feature(slug="html-p", title="p", support=("n",)),))
    proof = bare(in_body("<p>x</p>"), support=matrix)
    told = {view.client: view for view in views(proof)}
    assert [each.title for each in told["Gmail"].unseen] == ["p"]
    assert told["Thunderbird"].unseen == ()
    assert views(bare(in_body("<p>x</p>"))) == ()


def test_what_stands_in_a_kept_block_is_a_note_and_what_carries_the_mail_a_warning() -> None:
    inline = changed(html=put("</h1>", '</h1><div style="display:flex">x</div>'))
    (broken,) = (finding for finding in check(inline) if finding.code == "client-breaks")
    assert "Outlook for Windows" in broken.message
    assert "1 time:" in broken.message
    kept = changed(html=put("</style>\n</head>", ".x { display: flex }</style>\n</head>"))
    assert "client-breaks" not in {finding.code for finding in check(kept)}
    outlook = next(view for view in views(kept) if view.client == "Outlook for Windows")
    flex = next(each for each in outlook.unseen if each.slug == "css-display-flex")
    assert flex.kept
    assert flex.places[0].endswith(": .x")


def test_a_program_is_named_where_only_one_lacks_a_feature() -> None:
    proof = changed(html=put("</h1>", '</h1><div style="position:absolute">x</div>'))
    (broken,) = (finding for finding in check(proof) if finding.code == "client-breaks")
    assert "Outlook for Mac and phones (on iOS)" in broken.message


def test_readers_miss_what_they_would_notice_and_no_finer_points() -> None:
    told = {view.client: view.words for view in views(sound())}
    assert told["Apple Mail"] == ""
    assert told["Outlook for Windows"] == "no dark mode"
    assert told["Gmail"] == "no dark mode; in a phone's browser: no layout for phones, what is hidden is shown"
    assert told["Yahoo Mail"] == "no dark mode, no hints for screen readers"


ALL: tuple[str, ...] = ()


@pytest.mark.parametrize(
    ("lacking", "used", "programs", "words"),
    [
        ({"css-border-radius": ALL}, "css-border-radius", ("in the browser",), "no round corners"),
        ({"css-text-wrap": ALL}, "css-text-wrap", ("in the browser",), ""),
        ({"html-style": ALL}, "html-style css-at-font-face", ("in the browser",), "no web fonts"),
        ({"html-style": ALL}, "html-style", ("in the browser",), ""),
        ({"css-at-media": ALL}, "css-at-media", ("in the browser", "on iOS"), "no layout for phones"),
        ({"css-at-media": ALL}, "css-at-media", ("windows",), ""),
        ({"css-at-media": ("on iOS",)}, "css-at-media", ("in the browser", "on iOS"), "no layout for phones"),
        (
            {"css-at-media": ("on iOS",), "image-webp": ("on iOS", "on Android")},
            "css-at-media image-webp",
            ("in the browser", "on iOS", "on Android"),
            "on iOS: no layout for phones; on iOS and on Android: no WebP",
        ),
    ],
)
def test_an_effect_is_told_for_the_programs_in_which_it_shows(
    lacking: dict[str, tuple[str, ...]], used: str, programs: tuple[str, ...], words: str
) -> None:
    assert in_words(lacking, used.split(), programs) == words


def test_every_effect_is_of_features_of_the_list() -> None:
    assert SUPPORT.slugs() >= {slug for effect in EFFECTS for slug in effect.of | effect.by}


OUTLOOK = """<!--[if mso]><style>
* { margin: 0 } table { border-collapse: collapse }</style><![endif]-->"""


def test_outlook_is_asked_about_what_is_for_it_alone_and_no_other_client_is() -> None:
    proof = changed(html=put("</head>", f"{OUTLOOK}</head>"))
    told = {view.client: {each.slug for each in view.unseen} for view in views(proof)}
    assert "css-selector-universal" in told["Outlook for Windows"]
    assert all(
        "css-selector-universal" not in slugs for client, slugs in told.items() if client != "Outlook for Windows"
    )
    (vain,) = (finding for finding in check(proof) if finding.code == "client-outlook")
    line = proof.rendered.html[: proof.rendered.html.index("* { margin")].count("\n") + 1
    assert vain.where == f"email.html line {line}: *"
    assert vain.message == "Universal selector *: written for Outlook alone, which does not know it"


def test_what_a_comment_keeps_from_outlook_is_none_of_its_features() -> None:
    proof = changed(html=put("</h1>", '</h1><!--[if !mso]><!--><div style="display:flex">x</div><!--<![endif]-->'))
    (broken,) = (finding for finding in check(proof) if finding.code == "client-breaks")
    assert "Outlook for Windows" not in broken.message
    assert "GMX" in broken.message


def test_every_feature_that_can_break_a_mail_is_one_of_the_list() -> None:
    from digest.check.clients import _BREAKS  # noqa: PLC0415 - only here

    assert SUPPORT.slugs() >= _BREAKS


def test_the_data_are_reduced_to_the_newest_tests_and_their_notes() -> None:
    feature: dict[str, Any] = {
        "slug": "css-x",
        "title": " x ",
        "stats": {"gmail": {"ios": {"2019": "y", "2024": "a #2"}}},
        "notes_by_num": {"1": "old", "2": "new"},
    }
    other: dict[str, Any] = {"slug": "css-y", "title": "y", "stats": {}, "notes_by_num": None}
    data = {"last_update_date": "2026-05-13 14:45", "data": [feature, other]}
    assert json.loads(reduced(data, "caniemail 9")) == {
        "source": "caniemail 9",
        "updated": "2026-05-13",
        "platforms": ["gmail.ios"],
        "features": [
            {"slug": "css-x", "title": "x", "support": ["a 2"], "notes": [["2", "new"]]},
            {"slug": "css-y", "title": "y", "support": ["u"], "notes": []},
        ],
    }


def test_the_licence_beside_the_data_is_the_packages_and_says_the_same_version() -> None:
    kept = (DATA / "LICENSE").read_text("utf-8")
    assert kept.startswith(f"caniemail.json is made from data/caniemail.json of the npm package {SUPPORT.source},")
    assert max(map(len, kept.splitlines())) <= 120
    own = licensed("MIT License\n\nCopyright © Somebody\nCopyright © Somebody Else\n\n" + "Words. " * 40, "caniemail 9")
    assert "caniemail 9" in own
    assert "\nCopyright © Somebody\nCopyright © Somebody Else\n\nWords." in own
    assert max(map(len, own.splitlines())) <= 120
    with pytest.raises(ValueError, match="caniemail 9 is under another licence: 'BSD"):
        licensed("BSD License\n", "caniemail 9")


def test_the_sound_mail_is_read_by_every_client() -> None:
    assert [view.client for view in views(sound())] == [client.name for client in CLIENTS]
    assert all(0 <= len(view.unseen) < view.used for view in views(sound()))
