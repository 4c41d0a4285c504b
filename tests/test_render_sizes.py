import pytest

from digest.model.article import Image
from digest.render.sizes import Size, fit


@pytest.mark.parametrize(
    ("image", "size"),
    [
        (Image(width=1600, height=900), Size(width=536, height=302)),
        (Image(width=800, height=1600), Size(width=240, height=480)),
        (Image(width=200, height=100), Size(width=200, height=100)),
        (Image(width=10_000, height=1), Size(width=536, height=1)),
        (Image(width=300, height=0), Size(width=536, height=0)),
        (Image(), Size(width=536, height=0)),
    ],
)
def test_a_picture_fits_its_place(image: Image, size: Size) -> None:
    assert fit(image, 536, 480) == size
