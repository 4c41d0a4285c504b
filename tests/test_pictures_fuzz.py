"""Whatever the bytes are: a copy within its bounds, or an error of ours, in bounded time; never anything else."""

import random
import time
import warnings

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from digest.errors import PictureError
from digest.model.box import Box
from digest.pictures import Recipe, make, measure
from digest.pictures.kinds import kind_of
from picture_making import chart, photograph, read, svg, written

SMALL = Recipe(box=Box(width=120, height=90), most=20_000)
LONGEST = 5.0
"""Seconds on a busy machine; a sound picture of this size takes a fiftieth of one."""

EXIF = Image.Exif()
EXIF[0x0112] = 6
SOUND = {
    "jpeg": written(photograph(200, 150), "JPEG", exif=EXIF),
    "progressive": written(photograph(200, 150), "JPEG", progressive=True),
    "cmyk": written(photograph(200, 150).convert("CMYK"), "JPEG"),
    "png": written(chart(200, 150), "PNG"),
    "alpha": written(photograph(200, 150).convert("RGBA"), "PNG"),
    "grey": written(Image.linear_gradient("L").convert("I").convert("I;16"), "PNG"),
    "gif": written(chart(200, 150), "GIF", save_all=True, append_images=[photograph(200, 150)]),
    "webp": written(photograph(200, 150), "WEBP"),
    "moving": written(chart(200, 150), "WEBP", save_all=True, append_images=[photograph(200, 150)]),
    "avif": written(photograph(200, 150), "AVIF"),
    "tiff": written(photograph(200, 150), "TIFF", compression="tiff_lzw"),
    "fax": written(chart(200, 150).convert("1"), "TIFF", compression="group4"),
    "bmp": written(chart(200, 150), "BMP"),
}
quiet = pytest.mark.filterwarnings("ignore::UserWarning", "ignore::DeprecationWarning")


def survives(source: bytes) -> bool:
    """Tell whether a copy could be made; whatever else happens is what must not."""
    began = time.monotonic()
    try:
        copy = make(source, SMALL)
    except PictureError as error:
        refusal = str(error)
    else:
        refusal = ""
        assert read(copy.content).size == (copy.size.width, copy.size.height)
        assert copy.size.width <= SMALL.box.width
        assert copy.size.height <= SMALL.box.height
        assert len(copy.content) <= SMALL.most
    assert " at 0x" not in refusal
    assert measurable(source) is not bool(refusal)
    assert time.monotonic() - began < LONGEST
    return not refusal


def measurable(source: bytes) -> bool:
    try:
        return measure(source).size.width > 0
    except PictureError:
        return False


@given(st.binary(max_size=400))
def test_any_bytes_have_a_kind_or_are_refused(source: bytes) -> None:
    try:
        said = kind_of(source)
    except PictureError as error:
        said = error.message
    assert said in {"JPEG", "PNG", "GIF", "TIFF", "BMP", "WEBP", "AVIF", "SVG"} or said.startswith("it is ")


@quiet
@given(st.sampled_from(sorted(SOUND)), st.binary(max_size=600))
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_the_beginning_of_a_picture_and_then_anything(name: str, rest: bytes) -> None:
    survives(SOUND[name][:32] + rest)


@quiet
@pytest.mark.parametrize("name", SOUND)
def test_sound_pictures_are_copied_and_broken_ones_are_copied_or_refused(name: str) -> None:
    assert survives(SOUND[name])
    dice = random.Random(name)  # noqa: S311 - the same breaks every time
    refused = 0
    for _ in range(60):
        broken = bytearray(SOUND[name])
        for _ in range(dice.choice((1, 3, 20))):
            broken[dice.randrange(len(broken))] = dice.randrange(256)
        if dice.random() < 0.4:
            del broken[dice.randrange(len(broken)) :]
        refused += not survives(bytes(broken))
    assert refused


@quiet
@pytest.mark.heavy
@pytest.mark.parametrize("name", SOUND)
def test_two_thousand_breaks_of_each_kind(name: str) -> None:
    dice = random.Random(f"{name}, for longer")  # noqa: S311 - as above
    for _ in range(2_000):
        broken = bytearray(SOUND[name])
        for _ in range(dice.choice((1, 2, 8, 64))):
            at = dice.randrange(len(broken))
            broken[at : at + dice.choice((1, 1, 2, 4))] = dice.randbytes(dice.choice((0, 1, 1, 2, 4)))
        survives(bytes(broken))


@pytest.mark.parametrize("seed", range(12))
def test_a_broken_drawing_is_drawn_or_refused(seed: int) -> None:
    sound = svg('<defs><linearGradient id="g"/></defs><path d="M0 0L9 9Z" fill="url(#g)"/><text x="1">Tide</text>')
    dice = random.Random(seed)  # noqa: S311 - as above
    broken = bytearray(sound)
    for _ in range(3):
        broken[dice.randrange(10, len(broken))] = dice.choice(b"<>&\"'/#0Zz \xff")
    survives(bytes(broken))


def test_no_decoder_warns_on_the_terminal() -> None:
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("default")
        warnings.filterwarnings("ignore", category=UserWarning, module=r"PIL\.")  # as digest.pictures.opening says it
        for name, sound in SOUND.items():
            for at in range(20, len(sound), max(1, len(sound) // 25)):
                survives(sound[:at] + b"\xff" + sound[at + 1 :])
            assert said == [], name
