"""The room `pictures`: what each kind of picture becomes."""

import base64
import re
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageCms

from digest.errors import PictureError
from digest.model.box import DENSITY, SHOWN, Box, pixels, within
from digest.pictures import VERSION, Made, Measured, Recipe, make, measure
from picture_making import JPEG, bomb, chart, endless_scans, photograph, read, svg, written

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:PIL.TiffImagePlugin")  # as the room itself does

LEAD = Recipe(box=pixels("lead"), most=200_000)
ROOT = Path(__file__).resolve().parents[1]


def made(source: bytes, recipe: Recipe = LEAD) -> tuple[Made, Image.Image]:
    """Make a copy and check what holds for every one of them."""
    copy = make(source, recipe)
    image = read(copy.content)
    assert image.format == {"jpg": "JPEG", "png": "PNG"}[copy.kind]
    assert image.size == (copy.size.width, copy.size.height)
    assert image.mode in {"L", "RGB", "P"}
    assert image.width <= recipe.box.width
    assert image.height <= recipe.box.height
    assert not {"exif", "icc_profile", "comment", "dpi", "xmp"} & image.info.keys()
    assert len(copy.content) <= recipe.most
    assert make(source, recipe) == copy
    return copy, image


# The box


def test_a_copy_has_twice_the_pixels_of_its_slot() -> None:
    assert pixels("lead") == Box(width=1072, height=1280)
    assert pixels("story") == Box(width=1072, height=960)
    assert DENSITY == 2


def test_the_themes_show_no_picture_larger_than_its_copy_is_made_for() -> None:
    widest, highest = (max(getattr(box, side) for box in SHOWN.values()) for side in ("width", "height"))
    calls = [
        (path.name, int(width), int(height))
        for path in sorted((ROOT / "templates").rglob("*.html"))
        for width, height in re.findall(r"picture\(entry, (\d+), (\d+)\)", path.read_text(encoding="utf-8"))
    ]
    assert calls
    assert [call for call in calls if call[1] > widest or call[2] > highest] == []
    assert {(536, 640), (536, 480)} <= {call[1:] for call in calls}


@pytest.mark.parametrize(
    ("size", "fitted"),
    [((4000, 3000), (1072, 804)), ((3000, 4000), (960, 1280)), ((300, 200), (300, 200)), ((9000, 1), (1072, 1))],
)
def test_a_picture_is_fitted_and_never_enlarged(size: tuple[int, int], fitted: tuple[int, int]) -> None:
    box = within(Box(width=size[0], height=size[1]), LEAD.box)
    assert (box.width, box.height) == fitted


def test_the_recipe_says_all_that_decides_about_the_bytes() -> None:
    assert LEAD.name == f"{VERSION}w200-1072x1280"


# Kinds


@pytest.mark.parametrize("kind", ["JPEG", "WEBP", "AVIF", "TIFF", "BMP", "PNG"])
def test_a_photograph_of_any_kind_becomes_a_progressive_jpeg(kind: str) -> None:
    source = written(photograph(), kind)
    copy, image = made(source)
    assert (copy.kind, image.size) == ("jpg", (1072, 603))
    assert image.info["progressive"]
    assert measure(source) == Measured(size=Box(width=1600, height=900), kind=kind.lower())


@pytest.mark.parametrize("kind", ["PNG", "GIF", "BMP", "TIFF"])
def test_a_graphic_becomes_a_png_of_few_bytes(kind: str) -> None:
    copy, image = made(written(chart(), kind))
    assert (copy.kind, image.size) == ("png", (1072, 625))
    assert len(copy.content) < 20_000


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "AVIF"])
def test_what_is_transparent_is_laid_on_white(kind: str) -> None:
    image = Image.new("RGBA", (700, 500), (0, 0, 0, 0))
    image.paste((200, 0, 0, 255), (0, 0, 350, 500))
    shown = made(written(image, kind))[1].convert("RGB")
    left, right = shown.getpixel((100, 250)), shown.getpixel((600, 250))
    assert isinstance(left, tuple)
    assert isinstance(right, tuple)
    assert left[0] > 180
    assert left[1] < 60
    assert min(right) > 250


def test_an_alpha_channel_that_hides_nothing_is_none() -> None:
    assert made(written(photograph().convert("RGBA"), "PNG"))[0].kind == "jpg"


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG", "AVIF"])
def test_of_what_moves_the_first_frame_is_shown(kind: str) -> None:
    red, blue = (Image.new("RGB", (300, 200), colour) for colour in ("red", "blue"))
    frames = written(red, kind, save_all=True, append_images=[blue], duration=100)
    shown = made(frames)[1].convert("RGB").getpixel((150, 100))
    assert isinstance(shown, tuple)
    assert shown[0] > 200
    assert shown[2] < 60


# Colours


def test_cmyk_becomes_rgb() -> None:
    red = Image.new("CMYK", (400, 300), (0, 255, 255, 0))
    shown = made(written(red, "JPEG"))[1].getpixel((200, 150))
    assert isinstance(shown, tuple)
    assert shown[0] > 200
    assert max(shown[1:]) < 60


def test_a_wide_gamut_is_brought_to_srgb() -> None:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
    plain = Image.new("RGB", (300, 200), (200, 40, 90))
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    same = made(written(plain, "PNG", icc_profile=profile))[1].convert("RGB").getpixel((9, 9))
    assert same == (200, 40, 90)
    note = make(written(plain, "PNG", icc_profile=lab.tobytes()), LEAD).note
    assert "colour profile" in note


def test_a_broken_profile_is_said_and_the_picture_is_shown() -> None:
    copy, _ = made(written(photograph().convert("CMYK"), "JPEG", icc_profile=b"no profile" * 40))
    assert copy.note == "its colour profile is broken; its colours may be off"


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "I;16", "I", "F"])
def test_every_way_to_keep_colours_is_read(mode: str) -> None:
    ramp = Image.linear_gradient("L")
    if mode in {"I;16", "I", "F"}:
        ramp = ramp.convert("I").point(lambda value: value * 257)
    shown = made(written(ramp.convert(mode), "TIFF" if mode in {"F", "I"} else "PNG"))[1]
    assert grey(shown, 2) < 20
    assert grey(shown, 253) > 235
    assert mode == "1" or 110 < grey(shown, 128) < 145


def grey(image: Image.Image, row: int) -> int:
    return image.convert("L").tobytes()[row * image.width + 9]


def test_a_flat_picture_of_floats_is_shown() -> None:
    assert made(written(Image.new("F", (40, 30), 7.0), "TIFF"))[1].size == (40, 30)


# Orientation and metadata


@pytest.mark.parametrize("kind", ["JPEG", "TIFF", "WEBP", "PNG", "AVIF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_is_set_upright(kind: str, orientation: int) -> None:
    upright = Image.new("RGB", (400, 200), "white")
    upright.paste("black", (0, 0, 40, 40))  # top left, however the camera was held
    undo = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    held = upright.transpose(undo[orientation]) if orientation in undo else upright
    exif = Image.Exif()
    exif[0x0112] = orientation
    source = written(held, kind, exif=exif)
    shown = made(source)[1]
    assert grey(shown, 10) < 60
    assert grey(shown, 190) > 200
    assert shown.size == (400, 200)
    assert measure(source).size == Box(width=400, height=200)


def test_where_it_was_taken_is_not_told() -> None:
    exif = Image.Exif()
    exif[0x010F] = "A camera"
    exif.get_ifd(0x8825)[1] = "N"
    source = written(photograph(), "JPEG", exif=exif, comment=b"for our eyes only", dpi=(300, 300))
    copy, _ = made(source)
    assert b"A camera" in source
    assert b"A camera" not in copy.content
    assert b"our eyes" not in copy.content


def test_broken_exif_turns_nothing() -> None:
    source = written(photograph(), "JPEG", exif=b"Exif\x00\x00MM\x00*\xff\xff\xff\xff")
    assert made(source)[1].size == (1072, 603)


# Weight


@pytest.mark.parametrize("most", [200_000, 60_000, 20_000, 6_000])
def test_a_copy_is_no_heavier_than_it_may_be(most: int) -> None:
    copy, image = made(JPEG, Recipe(box=LEAD.box, most=most))
    assert image.width == 1072 or len(copy.content) > most / 3


def test_what_cannot_be_light_enough_is_as_light_as_can_be() -> None:
    copy = make(JPEG, Recipe(box=LEAD.box, most=10))
    assert 10 < len(copy.content) < 3_000


def test_a_heavy_graphic_has_fewer_colours_before_it_is_a_jpeg() -> None:
    drawing = Image.radial_gradient("L").resize((1072, 1000)).quantize(60).convert("RGB")
    source = written(drawing, "PNG")
    whole = len(make(source, LEAD).content)
    assert make(source, Recipe(box=LEAD.box, most=whole - 1)).kind in {"png", "jpg"}


def test_a_light_jpeg_is_not_made_heavier() -> None:
    light = written(photograph(1072, 603), "JPEG", quality=70)
    assert len(make(light, LEAD).content) <= len(light)


# SVG


def test_a_drawing_fills_its_box_and_is_a_png() -> None:
    source = svg('<rect width="300" height="200" fill="#0f5e6e"/><text x="30" y="90">Tide</text>')
    copy, image = made(source)
    assert (copy.kind, image.size) == ("png", (1072, 715))
    assert measure(source).size == Box(width=300, height=200)


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('width="30px" height="60"', (30, 60)),
        ('width="100%" height="50%" viewBox="0,0,40,20"', (40, 20)),
        ("", (536, 402)),
        ('width="1.2.3" height="9" viewBox="0 0 40 20"', (40, 20)),
    ],
)
def test_a_drawings_size_is_what_it_says(attributes: str, size: tuple[int, int]) -> None:
    source = svg('<rect width="20" height="20" fill="red"/>', attributes)
    found = measure(source)
    assert (found.size.width, found.size.height, found.kind) == (*size, "svg")


def test_a_tall_drawing_is_as_high_as_its_box() -> None:
    assert made(svg('<rect width="9" height="900"/>', 'width="100" height="900"'))[1].size == (143, 1280)


def test_a_doctype_and_comments_before_a_drawing_are_no_matter() -> None:
    doctype = '<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "svg11.dtd">'
    made(svg("<g/>", before=f"\ufeff{doctype}<!-- a chart -->"))


def test_a_picture_inside_a_drawing_is_shown_and_one_outside_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes(written(Image.new("RGB", (9, 9), "red"), "PNG"))
    inside = "data:image/png;base64," + base64.b64encode((tmp_path / "secret.png").read_bytes()).decode()
    made(svg(f'<image href="{inside}" width="9" height="9"/><use href="#a"/><a href="https://x.example/"/>'), LEAD)
    for href in (f"{tmp_path}/secret.png", "file:///etc/x.png", "http://x.example/x.png", "data:image/svg+xml,<svg/>"):
        for name in ("href", "xlink:href"):
            with pytest.raises(PictureError, match="outside itself"):
                make(svg(f'<image {name}="{href.replace("<", "&lt;")}" width="9" height="9"/>'), LEAD)


def test_entities_are_refused_and_so_are_a_thousand_million_shapes() -> None:
    entity = '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
    with pytest.raises(PictureError, match="entities"):
        make(svg("<text>&a;</text>", before=entity), LEAD)
    levels = "".join(f'<g id="l{level}">' + f'<use href="#l{level - 1}"/>' * 10 + "</g>" for level in range(1, 12))
    with pytest.raises(PictureError, match="within the time and the memory"):
        make(svg(f'<defs><g id="l0"><rect width="9" height="9"/></g>{levels}</defs><use href="#l11"/>'), LEAD)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (svg("<g>")[:-8], "damaged SVG"),
        (b"<svg", "damaged SVG"),
        (b"<svg>\xff\xfe\xff</svg>", "UTF-8"),
        (b"<g><svg/></g>", "first element"),
        (svg("<g/>" * 1_300_000), "5 MB"),
        (svg("<g/>", 'width="0" height="0" viewBox="nonsense"'), "cannot be drawn"),
    ],
)
def test_a_broken_drawing_is_an_error_of_ours(source: bytes, said: str) -> None:
    with pytest.raises(PictureError, match=said):
        make(source, LEAD)


def test_a_drawing_a_pixel_wide_is_one() -> None:
    assert made(svg('<rect width="1" height="90000"/>', 'viewBox="0 0 1 90000"'))[1].size == (1, 1280)


# What is no picture


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (b"", "it is empty"),
        (b"<!DOCTYPE html><html><body>Not found</body></html>", "it is no picture: a web page"),
        (b"\n<html><svg/></html>", "it is no picture: a web page"),
        (b"%PDF-1.7", "a PDF"),
        (b"%!PS-Adobe-3.0 EPSF-3.0", "PostScript"),
        (b"\x1f\x8b\x08", "a compressed file"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic", "HEIC"),
        (b"\x00\x00\x00\x18ftypisom\x00\x00\x00\x00mp42mp41", "a video"),
        (b"Not Found", "bytes of no known kind"),
    ],
)
def test_what_is_no_picture_is_said_to_be_what_it_seems(source: bytes, said: str) -> None:
    with pytest.raises(PictureError, match=said):
        make(source, LEAD)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (JPEG[: len(JPEG) // 2], "it is cut off: the JPEG ends too early"),
        (written(photograph(), "WEBP")[:900], "it is damaged"),
        (written(photograph(), "PNG")[:5000], "it is cut off|it is damaged"),
        (b"GIF89a", "it is damaged: it begins like GIF"),
        (bomb(), "it is too large: more than 50 million pixels"),
        (endless_scans(), "more scans than any picture needs"),
    ],
)
def test_a_damaged_picture_is_an_error_of_ours(source: bytes, said: str) -> None:
    with pytest.raises(PictureError, match=said) as caught:
        make(source, LEAD)
    assert " at 0x" not in str(caught.value)
    with pytest.raises(PictureError, match=said):
        measure(source)


def test_a_large_picture_is_opened_alone_and_scaled_down() -> None:
    plain = BytesIO()
    Image.new("RGB", (8000, 6000), "teal").save(plain, "JPEG")
    assert measure(plain.getvalue()).size == Box(width=8000, height=6000)
    assert made(plain.getvalue())[1].size == (1072, 804)
