"""Hostile answers before a parser sees anything: addresses, redirects, packing, heads, bodies, TLS."""

import gzip
import socket
import struct
import zlib
from functools import cache
from itertools import count

import brotli
from backports import zstd

from hostile import Row, again, silent, slowly, to, whole

INSIDE = r"not asked: .* is not on the Internet|the server answered 302 Found"
"""Some ways to write 127.0.0.1 are no address for httpx2 (octal numbers), which then follows nothing."""
UNREAD = "could not be read"
NOWHERE = f"not a web address|302 Found|{UNREAD}"
NAMES = {
    "inside.example": [["127.0.0.1"]],
    "both.example": [["10.0.0.1", "127.0.0.1", "::1"]],
    "rebind.example": [["192.88.99.1"], ["127.0.0.1"]],
}
"""Names that lead inside; the last is an address of the Internet (a relay that nobody runs) when it is first looked up.
"""
LARGE = "larger than 25,000,000 bytes"
LATE = r"not done within 2 seconds"


@cache
def zeros(coding: str) -> bytes:
    """Return a gigabyte of zeros, packed."""
    pieces = [bytes(1 << 20)] * 1024
    if coding == "gzip":
        packer = zlib.compressobj(9, wbits=31)
        return b"".join(packer.compress(piece) for piece in pieces) + packer.flush()
    if coding == "br":
        stream = brotli.Compressor(quality=5)
        return bytes(b"".join(stream.process(piece) for piece in pieces) + stream.finish())
    frames = zstd.ZstdCompressor()
    return b"".join(frames.compress(piece) for piece in pieces) + frames.flush()


def packed(body: bytes, coding: str) -> bytes:
    return whole(body, Content_Encoding=coding)


def wide_frame() -> bytes:
    """Return the head of a Zstandard frame that asks for a window of two gigabytes, and a block of one byte."""
    return b"\x28\xb5\x2f\xfd\x00" + bytes([(31 - 10) << 3]) + b"\x09\x00\x00x"


def broken_off(connection: socket.socket) -> None:
    """Reset the connection in the middle of an answer."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n<rss>")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def further(connection: socket.socket, numbers: "count[int]" = count()) -> None:  # noqa: B008 - one for all
    """Lead on and on, never to the same place."""
    connection.sendall(to(f"/{next(numbers)}"))


def frame(kind: int, flags: int, stream: int, body: bytes) -> bytes:
    """Return a frame of HTTP/2."""
    return len(body).to_bytes(3) + bytes([kind, flags]) + stream.to_bytes(4) + body


SETTINGS = frame(4, 0, 0, b"")
OK = "HTTP/1.1 200 OK\r\n"
CHUNKED = b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nTransfer-Encoding: chunked\r\n\r\n"

ADDRESSES = [
    Row(name=f"a redirect to {host}", answer=to(f"http://{host}:{{inner}}/secret"), says=INSIDE)
    for host in (
        "127.0.0.1",
        "localhost",
        "127.1",
        "2130706433",
        "0x7f000001",
        "0177.0.0.1",
        "0.0.0.0",  # noqa: S104 - nothing is bound
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "\uff11\uff12\uff17.\uff10.\uff10.\uff11",  # in wide digits
        "harbour.example@127.0.0.1",
        "169.254.169.254",
        "[fd00:ec2::254]",
        "[fe80::1]",
        "100.100.100.200",
        "10.0.0.1",
        "inside.example",
        "both.example",
    )
]
REDIRECTS = [
    Row(
        name="a name that leads inside when asked again",
        answer=to("http://rebind.example:{inner}/"),
        says=".",
    ),
    Row(name="//: the same scheme, another host", answer=to("//127.0.0.1:{inner}/"), says=INSIDE),
    Row(name="file:", answer=to("file:///etc/passwd"), says="not a web address: 'file:"),
    Row(name="ftp:", answer=to("ftp://127.0.0.1:{inner}/"), says="not a web address"),
    Row(name="gopher:", answer=to("gopher://127.0.0.1:{inner}/_x"), says=NOWHERE),
    Row(name="data:", answer=to("data:text/xml,<rss/>"), says=NOWHERE),
    Row(name="javascript:", answer=to("javascript:alert(1)"), says=NOWHERE),
    Row(name="an address that is none", answer=to("http://[broken"), says=NOWHERE),
    Row(name="an address of nothing but noise", answer=to("http://\x7f\x01/"), says=NOWHERE),
    Row(name="an address of a megabyte", answer=to("/" + "x" * 1_000_000), says=UNREAD),
    Row(name="a redirect to itself", answer=to("/feed", "301 Moved Permanently"), says="more than 5 redirects"),
    Row(name="an endless redirect", answer=further, says="more than 5 redirects"),
]
PACKING = [
    Row(name="a gigabyte in gzip", answer=packed(zeros("gzip"), "gzip"), says=LARGE),
    Row(name="a gigabyte in Brotli", answer=packed(zeros("br"), "br"), says=LARGE),
    Row(name="a gigabyte in Zstandard", answer=packed(zeros("zstd"), "zstd"), says=LARGE),
    Row(
        name="a gigabyte in gzip in Brotli in gzip",
        answer=packed(gzip.compress(brotli.compress(zeros("gzip"))), "gzip, br, gzip"),
        says=LARGE,
    ),
    Row(
        name="two million empty members, packed",  # 40 MB: too many for a machine that is quick enough to read them all
        answer=packed(zstd.compress(gzip.compress(b"") * 2_000_000), "gzip, zstd"),
        says=f"{LARGE}|{LATE}",
    ),
    Row(name="packed nine times over", answer=packed(b"x", ", ".join(["gzip"] * 9)), says="packed 9 times over"),
    Row(name="a window of two gigabytes", answer=packed(wide_frame(), "zstd"), says="cannot be unpacked"),
    Row(
        name="half of what was packed",
        answer=packed(gzip.compress(b"<rss>" * 99)[:-20], "gzip"),
        says="ends in the mid",
    ),
    Row(name="noise for gzip", answer=packed(b"<rss/>", "gzip"), says="cannot be unpacked"),
    Row(
        name="gzip with a gigabyte of nothing behind it",
        answer=again(OK.encode() + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(b"<rss/>"), bytes(1 << 20)),
        says=f"{LARGE}|{LATE}",
    ),
]
BODIES = [
    Row(
        name="a gigabyte in chunks",
        answer=again(CHUNKED, b"100000\r\n" + bytes(1 << 20) + b"\r\n"),
        says=LARGE,
    ),
    Row(name="a body without an end", answer=again(f"{OK}\r\n".encode(), bytes(1 << 20)), says=LARGE),
    Row(name="a body in drops", answer=slowly(f"{OK}Content-Length: 900\r\n\r\n".encode() + b"x" * 900), says=LATE),
    Row(name="less than was promised", answer=f"{OK}Content-Length: 900\r\n\r\n<rss>".encode(), says=UNREAD),
    Row(
        name="two lengths",
        answer=f"{OK}Content-Length: 5\r\nContent-Length: 6\r\n\r\n<rss/>".encode(),
        says=UNREAD,
    ),
    Row(name="a length below nothing", answer=f"{OK}Content-Length: -1\r\n\r\n<rss/>".encode(), says=UNREAD),
    Row(name="a length beyond all", answer=f"{OK}Content-Length: {'9' * 40}\r\n\r\n<".encode(), says=UNREAD),
    Row(name="a chunk that breaks off", answer=CHUNKED + b"ff\r\n<rss>", says=UNREAD),
    Row(name="no last chunk", answer=CHUNKED + b"5\r\n<rss>\r\n", says=UNREAD),
    Row(name="a chunk of no size", answer=CHUNKED + b"zz\r\n<rss>\r\n0\r\n\r\n", says=UNREAD),
    Row(name="a chunk beyond all", answer=CHUNKED + b"f" * 40 + b"\r\n<rss>", says=UNREAD),
    Row(name="a chunk's words without an end", answer=again(CHUNKED + b"5;", b"x" * 65_536), says=UNREAD),
    Row(name="a trailer without an end", answer=again(CHUNKED + b"0\r\n", b"a: b\r\n" * 9999), says=UNREAD),
    Row(
        name="a coding of transfers that nobody knows",
        answer=f"{OK}Transfer-Encoding: gzip, chunked\r\n\r\n".encode(),
        says=UNREAD,
    ),
    Row(name="a reset in the middle", answer=broken_off, says=UNREAD),
    Row(name="no content", answer=b"HTTP/1.1 204 No Content\r\n\r\n", says="there is nothing in it"),
]
HEADS = [
    Row(name="silence", answer=silent, says=LATE),
    Row(name="nothing at all", answer=b"", says=UNREAD),
    Row(name="a head in drops", answer=slowly(f"{OK}X: ".encode() + b"x" * 900), says=LATE),
    Row(name="a header without an end", answer=again(f"{OK}X: ".encode(), b"x" * 65_536), says=UNREAD),
    Row(name="headers without an end", answer=again(OK.encode(), b"X: y\r\n" * 9_999), says=UNREAD),
    Row(
        name="a hundred thousand headers",
        answer=OK.encode() + b"X: y\r\n" * 100_000 + b"\r\n<rss/>",
        says=UNREAD,
    ),
    Row(name="a null in a header", answer=f"{OK}X: a\0b\r\nContent-Length: 0\r\n\r\n".encode(), says=UNREAD),
    Row(name="hints for ever", answer=again(b"", b"HTTP/1.1 103 Early Hints\r\n\r\n"), says=LATE),
    Row(name="hints for ever, slowly", answer=again(b"", b"HTTP/1.1 103 Early Hints\r\n\r\n", 0.2), says=LATE),
    Row(
        name="another protocol", answer=b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n", says=f"101|{UNREAD}"
    ),
    Row(name="HTTP/0.9", answer=b"<rss><channel/></rss>\n", says=UNREAD),
    Row(name="no HTTP", answer=b"SSH-2.0-OpenSSH_9.6\r\n", says=UNREAD),
    Row(name="noise", answer=bytes(range(256)) * 400, says=UNREAD),
    Row(name="a status that is none", answer=b"HTTP/1.1 9999 OK\r\n\r\n", says=UNREAD),
    Row(name="a status of nobody's", answer=b"HTTP/1.1 799 Odd\r\nContent-Length: 0\r\n\r\n", says="799 Odd"),
    Row(
        name="a server that wants us back in a hundred years",
        answer=b"HTTP/1.1 503 Busy\r\nRetry-After: 3155760000\r\nContent-Length: 0\r\n\r\n",
        says="503 Busy",
    ),
]
SECURE = "https://127.0.0.1:{port}/feed"
TLS = [
    Row(name="no TLS where there should be", answer=f"{OK}\r\n".encode(), at="tls", says="cannot be reached"),
    Row(
        name="a certificate of another host",
        answer=whole(b"<rss/>"),
        at="https://localhost:{port}/",
        says="certificate",
    ),
    Row(name="a handshake in drops", answer=slowly(b"\x16\x03\x03\x40\x00" + bytes(900)), at="tls", says=LATE),
    Row(name="HTTP/2 that is none", answer=b"HTTP/1.1 200 OK\r\n\r\n", at=SECURE, alpn="h2", says=UNREAD),
    Row(name="HTTP/2 and silence", answer=silent, at=SECURE, alpn="h2", says=LATE),
    Row(
        name="HTTP/2: pings for ever",
        answer=again(SETTINGS, frame(6, 0, 0, bytes(8)) * 1000),
        at=SECURE,
        alpn="h2",
        says=LATE,
    ),
    Row(
        name="HTTP/2: headers without an end",
        answer=again(SETTINGS + frame(1, 0, 1, b"\x88"), frame(9, 0, 1, b"\x40\x01x\x7f\x80\x7f" + b"y" * 255)),
        at=SECURE,
        alpn="h2",
        says=UNREAD,
    ),
    Row(
        name="HTTP/2: one header from the table, a million times",
        answer=SETTINGS
        + frame(1, 0, 1, b"\x88\x40\x01x\x7f\x81\x1e" + b"y" * 4000)
        + frame(9, 0, 1, b"\xbe" * 16_000) * 60
        + frame(9, 4, 1, b"\xbe" * 16_000),
        at=SECURE,
        alpn="h2",
        says=UNREAD,
    ),
    Row(
        name="HTTP/2: settings for ever",
        answer=again(SETTINGS, frame(4, 0, 0, b"\x00\x03\x00\x00\x00\x00") * 1000),
        at=SECURE,
        alpn="h2",
        says=LATE,
    ),
]
ROWS = [*ADDRESSES, *REDIRECTS, *PACKING, *BODIES, *HEADS, *TLS]
