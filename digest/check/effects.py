"""What readers notice of the features that their client lacks, in an editor's words; all others are finer points."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

Programs = tuple[str, ...]
"""The programs of a client that lack something, as readers call them; empty where all do."""

_PHONES = frozenset({"in a phone's browser", "on iOS", "on Android"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What is missing where one of the features `of` is, or one of those `by` which it comes; maybe `phones` alone."""

    words: str
    of: frozenset[str]
    by: frozenset[str] = frozenset()
    phones: bool = False


def _effect(words: str, of: str, by: str = "", *, phones: bool = False) -> Effect:
    return Effect(words=words, of=frozenset(of.split()), by=frozenset(by.split()), phones=phones)


EFFECTS = (
    _effect("no dark mode", "css-at-media-prefers-color-scheme", "css-at-media html-style"),
    _effect("no layout for phones", "css-at-media", "html-style", phones=True),
    _effect("no web fonts", "css-at-font-face", "html-style"),
    _effect("what is hidden is shown", "css-display-none css-visibility html-hidden"),
    _effect(
        "no columns side by side",
        "css-display-flex css-display-grid css-flex-direction css-flex-wrap css-float css-column-count "
        "css-column-layout-properties css-grid-template css-gap",
    ),
    _effect("nothing placed freely", "css-position css-left-right-top-bottom css-inset css-transform css-z-index"),
    _effect("no WebP", "image-webp"),
    _effect("no AVIF", "image-avif"),
    _effect("no SVG", "image-svg html-svg"),
    _effect("no pictures in the mail itself", "image-base64"),
    _effect("no moving pictures", "image-apng image-gif image-mp4 html-video html-marquee"),
    _effect("no pictures behind text", "css-background-image html-background"),
    _effect("no gradients", "css-linear-gradient css-radial-gradient css-conic-gradient"),
    _effect("no colours from variables", "css-variables css-function-light-dark css-modern-color"),
    _effect("nothing half transparent", "css-opacity css-rgba css-mix-blend-mode"),
    _effect("no round corners", "css-border-radius css-border-radius-logical"),
    _effect("no shadows", "css-box-shadow css-text-shadow"),
    _effect("no movement", "css-animation css-transition css-at-keyframes", "html-style"),
    _effect("no sound", "html-audio"),
    _effect(
        "no forms",
        "html-form html-input-checkbox html-input-radio html-input-submit html-input-text html-select html-textarea "
        "html-button-submit",
    ),
    _effect(
        "no hints for screen readers", "html-aria-label html-aria-labelledby html-aria-describedby html-lang html-role"
    ),
    _effect("no direction of text", "html-dir css-direction"),
)
"""In the order in which they matter."""


def in_words(lacking: Mapping[str, Programs], used: Collection[str], programs: Programs) -> str:
    """Return what readers notice where a client lacks some of the features that a mail uses; "" where it is nothing.

    `lacking` has the programs that lack each feature. First what all of the client's `programs` lack, then what only
    some do: "no dark mode; on iOS: no web fonts".
    """
    told: dict[Programs, list[str]] = {(): []}
    for words, on in _noticed(lacking, used, programs):
        told.setdefault(on, []).append(words)
    everywhere = ", ".join(told.pop(()))
    some = [f"{' and '.join(on)}: {', '.join(words)}" for on, words in told.items()]
    return "; ".join([everywhere] * bool(everywhere) + some)


def _noticed(
    lacking: Mapping[str, Programs], used: Collection[str], programs: Programs
) -> Iterator[tuple[str, Programs]]:
    """Yield what is noticed, each with the programs in which it is; none where it is in all that it concerns."""
    for effect in EFFECTS:
        if effect.of.isdisjoint(used):
            continue
        lack = {name for slug in effect.of | effect.by if slug in lacking for name in lacking[slug] or programs}
        concerned = [name for name in programs if not effect.phones or name in _PHONES]
        found = tuple(name for name in concerned if name in lack)
        if found:
            yield effect.words, () if len(found) == len(concerned) else found
