"""Every way in which pictures keep colours becomes one: L, RGB or RGBA with eight bits, in sRGB."""

from functools import cache
from io import BytesIO

from PIL import Image, ImageCms

_NOTE = "its colour profile is broken; its colours may be off"


def in_srgb(image: Image.Image) -> tuple[Image.Image, str]:
    """Return the picture in sRGB, and what there is to say about its colours ("" where nothing is)."""
    profile = image.info.get("icc_profile")
    plain = _plain(image)
    if not profile:
        return _shown(plain), ""
    converted = _converted(plain, profile)
    return (_shown(plain), _NOTE) if converted is None else (converted, "")


def _plain(image: Image.Image) -> Image.Image:
    """Return the picture in the one of L, RGB, RGBA and CMYK that loses nothing a mail can show."""
    if image.mode in {"L", "RGB", "CMYK"} and "transparency" not in image.info:
        return image
    if image.mode.startswith("I;16") or image.mode in {"I", "F"}:
        return _eight_bits(image)
    if image.mode == "1":
        return image.convert("L")
    if image.has_transparency_data:
        rgba = image.convert("RGBA")
        return rgba if rgba.getchannel("A").getextrema() != (255, 255) else rgba.convert("RGB")
    return image.convert("RGB")


def _eight_bits(image: Image.Image) -> Image.Image:
    """Return a grey picture of 16 or more bits in eight; Pillow itself would clip it to white.

    16 bits have one range. Of the others (32 bits, floats) none is said: theirs is taken as it is found.
    """
    wide = image.convert("F")
    low, high = (0.0, 65_535.0) if image.mode.startswith("I;16") else _range(wide)
    scale = 255 / (high - low) if high > low else 0
    return wide.point(lambda value: value * scale - low * scale).convert("L")


def _range(image: Image.Image) -> tuple[float, float]:
    low, high = image.getextrema()
    if not isinstance(low, float | int) or not isinstance(high, float | int):  # one band has one pair of figures
        return 0.0, 255.0
    return (0.0, 65_535.0) if low >= 0 and 255 < high <= 65_535 else (float(low), float(high))  # noqa: PLR2004 - 8 and 16 bits


def _shown(image: Image.Image) -> Image.Image:
    return image.convert("RGB") if image.mode == "CMYK" else image


def _converted(image: Image.Image, profile: bytes) -> Image.Image | None:
    """Return the picture with its profile applied, None where that cannot be used for it."""
    wanted = "RGB" if image.mode in {"CMYK", "L"} else image.mode
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        return ImageCms.profileToProfile(image, source, _srgb(), outputMode=wanted)
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return None


@cache
def _srgb() -> ImageCms.ImageCmsProfile:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
