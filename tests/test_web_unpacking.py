"""digest.web.unpacking: what servers pack in every way, whole and in crumbs; what is cut short, and bombs."""

import contextlib
import gzip
import time
import tracemalloc
import zlib
from collections.abc import Callable, Iterable

import brotli
import pytest
from backports import zstd
from hypothesis import given
from hypothesis import strategies as st

from digest.web.unpacking import PIECE, PackingError, TooLargeError, unpacked
from hostile_transport import zeros

MOST = 5_000_000


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstd.compress,
}
WAYS = [*PACKERS.items(), ("deflate", raw_deflate)]


def unpack(packed: Iterable[bytes], codings: str, most: int = MOST) -> bytes:
    return b"".join(unpacked(packed, codings, most, lambda: None))


def crumbs(data: bytes, size: int) -> Iterable[bytes]:
    return (data[at : at + size] for at in range(0, len(data), size))


@pytest.mark.parametrize(("coding", "pack"), WAYS)
@given(data=st.binary(max_size=3000), size=st.integers(1, 700))
def test_what_was_packed_comes_out_however_it_arrives(
    coding: str, pack: Callable[[bytes], bytes], data: bytes, size: int
) -> None:
    assert unpack(crumbs(pack(data * 40), size), coding.upper()) == data * 40


@pytest.mark.parametrize("coding", ["", "identity", "utf-8", "none, identity"])
def test_what_was_not_packed_stays(coding: str) -> None:
    assert unpack([b"tide", b"", b"water"], coding) == b"tidewater"


@pytest.mark.parametrize("coding", PACKERS)
def test_of_nothing_comes_nothing(coding: str) -> None:
    assert unpack([], coding) == unpack([b""], coding) == b""


def test_several_layers_are_taken_off_from_the_outside() -> None:
    assert unpack([zstd.compress(brotli.compress(gzip.compress(b"tide")))], "gzip, br,zstd") == b"tide"
    with pytest.raises(PackingError, match="packed 4 times over"):
        unpack([b""], "gzip, gzip, gzip, gzip")


@pytest.mark.parametrize("size", [1, 7, 10_000])
def test_several_members_are_one_answer(size: int) -> None:
    """gzip and Zstandard may be laid end to end; what is behind the last gzip member and none itself is padding."""
    members = gzip.compress(b"tide") + gzip.compress(b"") + gzip.compress(b"water")
    assert unpack(crumbs(members, size), "gzip") == b"tidewater"
    assert unpack(crumbs(zstd.compress(b"tide") + zstd.compress(b"water"), size), "zstd") == b"tidewater"
    assert unpack([members + bytes(100)], "gzip") == b"tidewater"
    assert unpack([brotli.compress(b"tide"), bytes(100)], "br") == b"tide"


@pytest.mark.parametrize(("coding", "pack"), WAYS)
def test_half_an_answer_is_none(coding: str, pack: Callable[[bytes], bytes]) -> None:
    packed = pack(b"".join(b"%d " % number for number in range(5000)))
    for end in (1, len(packed) // 2, len(packed) - 1):
        with pytest.raises(PackingError, match="ends in the middle"):
            unpack([packed[:end]], coding)


@pytest.mark.parametrize("coding", PACKERS)
@pytest.mark.parametrize("sent", [b"<html>no such thing</html>", b"\x00" * 50, b"\xff" * 50])
def test_what_is_no_such_thing_is_an_error_of_ours(coding: str, sent: bytes) -> None:
    with pytest.raises(PackingError):
        unpack([sent, sent], coding)


@given(st.binary(max_size=200), st.sampled_from([*PACKERS]))
def test_whatever_comes_no_other_error_comes_of_it(sent: bytes, coding: str) -> None:
    with contextlib.suppress(PackingError, TooLargeError):
        assert len(unpack([sent], coding)) <= MOST


@pytest.mark.parametrize("coding", ["gzip", "br", "zstd"])
def test_a_bomb_takes_neither_memory_nor_time(coding: str, record_property: Callable[[str, object], None]) -> None:
    packed = zeros(coding)
    assert len(packed) < 1_100_000
    tracemalloc.start()
    start, sizes = time.perf_counter(), [0]
    with pytest.raises(TooLargeError):
        sizes.extend(len(piece) for piece in unpacked([packed], coding, 25_000_000, lambda: None))
    took, peak = time.perf_counter() - start, tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    record_property("figures", f"bomb, {coding}: 1 GB in {len(packed):,} bytes; {took:.2f} s, {peak / 1e6:.1f} MB")
    assert max(sizes) <= 2 * PIECE
    assert peak < 4_000_000
    assert took < 2


def test_a_window_of_gigabytes_is_refused() -> None:
    parameters: dict[int, int] = {zstd.CompressionParameter.window_log: 27}
    wide = zstd.ZstdCompressor(options=parameters)
    with pytest.raises(PackingError, match="cannot be unpacked"):
        unpack([wide.compress(bytes(9 << 20)) + wide.flush()], "zstd", 25_000_000)


def test_layers_of_nothing_end_too() -> None:
    """A layer that holds only empty members gives nothing that could be counted: so it is counted itself."""
    nothing = gzip.compress(b"") * 500_000
    with pytest.raises(TooLargeError):
        unpack([zstd.compress(nothing)], "gzip, zstd")


def test_the_time_is_looked_at_inside_as_well() -> None:
    asked: list[int] = []

    def check() -> None:
        asked.append(1)
        if len(asked) > 30:
            raise TimeoutError

    with pytest.raises(TimeoutError):
        list(unpacked([zstd.compress(gzip.compress(b"") * 450_000)], "gzip, zstd", 25_000_000, check))
    assert len(asked) == 31
