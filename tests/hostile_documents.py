"""What a hostile server answers in good HTTP: documents made to fill the memory, the time or the report."""

import socket
import zlib
from collections.abc import Callable

from hostile import Handler, Row, whole

MILLION = 1_000_000
RSS = b'<rss version="2.0"><channel><title>x</title>'
END = b"</channel></rss>"
BARE = b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nConnection: close\r\n\r\n"
ENTITIES = "defines XML entities"
FIELDS = "more than 1,000 names, categories"
FRONT = "the front matter cannot be read"


def made(build: Callable[[], bytes], kind: str = "text/plain") -> Handler:
    """Return what sends a document that is made when it is asked for: together they would fill our own memory."""

    def send(connection: socket.socket) -> None:
        connection.sendall(whole(build(), kind))
        connection.shutdown(socket.SHUT_WR)
        connection.recv(1)

    return send


def zeros(size: int) -> bytes:
    """Return so many zeros, packed: the same million over and over, which the format allows behind a full flush."""
    packer = zlib.compressobj(wbits=31)
    first, again = (packer.compress(bytes(MILLION)) + packer.flush(zlib.Z_FULL_FLUSH) for _ in range(2))
    return first + again * (size // MILLION - 1)


def laughs() -> bytes:
    """Each entity is ten of the one before: three billion, of one."""
    steps = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return f'<!DOCTYPE r [<!ENTITY l0 "lol">{steps}]>'.encode() + RSS + b"<item><title>&l9;</title></item>" + END


def quadratic() -> bytes:
    """One long entity, many times."""
    head = b'<!DOCTYPE r [<!ENTITY a "' + b"a" * 100_000 + b'">]>'
    return head + RSS + b"<item><title>" + b"&a;" * 100_000 + b"</title></item>" + END


def outside() -> bytes:
    """A file of this machine as an entity."""
    head = b'<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    return head + RSS + b"<item><title>&a;</title></item>" + END


def declared_outside() -> bytes:
    """A definition that stands on a service inside."""
    head = b'<!DOCTYPE r [<!ENTITY % d SYSTEM "http://127.0.0.1:{inner}/x.dtd"> %d;]>'
    return head + RSS + b"<item><title>x</title></item>" + END


def post(title: bytes = b"x", rest: bytes = b"") -> bytes:
    return RSS + b"<item><title>" + title + b"</title>" + rest + b"</item>" + END


def yaml_laughs() -> bytes:
    """The same in YAML, where an alias costs nothing until somebody prints it."""
    steps = "\n".join(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 10)}]" for n in range(1, 10))
    return f"---\nl0: &l0 [lol]\n{steps}\ndraft: *l9\nstatus: *l9\nauthors: *l9\n---\ntext".encode()


ROWS = [
    Row(name="billion laughs", kind="feed", answer=made(laughs), says=ENTITIES),
    Row(name="quadratic entities", kind="feed", answer=made(quadratic), says=ENTITIES),
    Row(name="a file of this machine as an entity", kind="feed", answer=made(outside), says=ENTITIES),
    Row(name="entities in UTF-16", kind="feed", answer=made(lambda: laughs().decode().encode("utf-16")), says=ENTITIES),
    Row(
        name="entities under ISO-2022",
        kind="feed",
        answer=made(lambda: b'<?xml version="1.0" encoding="iso-2022-kr"?>' + laughs()),
        says=ENTITIES,
    ),
    Row(name="entities in a sitemap", kind="sitemap", answer=made(laughs), says="it defines XML entities"),
    Row(
        name="a million items",
        kind="feed",
        answer=made(lambda: RSS + b"<item><title>x</title></item>" * 800_000 + END),
        says="800,000 items: only the first 5,000",
    ),
    Row(
        name="a title of 10 MB",
        kind="feed",
        answer=made(lambda: post(b"x" * 10 * MILLION)),
        says="its title has 10,000,000 characters",
    ),
    Row(
        name="an address of 10 MB",
        kind="feed",
        answer=made(lambda: post(rest=b"<link>https://x.example/" + b"x" * 10 * MILLION + b"</link>")),
        says="its url has 10,000,018 characters",
    ),
    Row(
        name="an attribute of 10 MB",
        kind="feed",
        answer=made(
            lambda: post(rest=b'<enclosure type="image/png" url="https://x.example/' + b"x" * 10 * MILLION + b'"/>')
        ),
        says=r"left out: its image \(10,000,\d+ characters\)",
    ),
    Row(
        name="a hundred thousand authors",
        kind="feed",
        answer=made(lambda: post(rest=b"<dc:creator>Ann</dc:creator>" * 100_000)),
        says=FIELDS,
    ),
    Row(
        name="a hundred thousand categories",
        kind="feed",
        answer=made(lambda: post(rest=b"".join(b"<category>c%d</category>" % n for n in range(100_000)))),
        says=FIELDS,
    ),
    Row(
        name="ten million bare ampersands",
        kind="feed",
        answer=made(lambda: post(rest=b"<description>" + b"&" * 10 * MILLION + b"</description>")),
        says="more than 500,000 bare ampersands",
    ),
    Row(
        name="a million literal parts, never closed",
        kind="feed",
        answer=made(lambda: post(rest=b"<![CDATA[" * MILLION)),
        says="breaks off inside its item 1",
    ),
    Row(
        name="three million links, never closed",
        kind="feed",
        answer=made(lambda: RSS + b"<link " * 3 * MILLION),
        says=FIELDS,
    ),
    Row(
        name="by-lines that make patterns look back",
        kind="feed",
        answer=made(lambda: RSS + b"<author>" + b" " * 5 * MILLION + b"<author>a@" * 100_000),
        says=FIELDS,
    ),
    Row(
        name="mojibake of 12 MB",
        kind="feed",
        answer=made(lambda: post("Ã¢â‚¬â„¢".encode() * 700_000)),
        says="its title has 700,000 characters",
    ),
    Row(
        name="JSON nested 100,000 deep",
        kind="feed",
        answer=made(lambda: b'{"items":' + b"[" * 100_000),
        says="too deeply nested",
    ),
    Row(
        name="JSON objects nested 100,000 deep",
        kind="feed",
        answer=made(lambda: b'{"a":' * 100_000),
        says="too deeply nested",
    ),
    Row(
        name="a number of 10 MB",
        kind="feed",
        answer=made(lambda: b'{"items": [' + b"9" * 10 * MILLION + b"]}"),
        says="no JSON that can be read",
    ),
    Row(
        name="a broken number of 10 MB",
        kind="feed",
        answer=made(lambda: b'{"items": [0.' + b"9" * 10 * MILLION + b"e]}"),
        says="no JSON that can be read",
    ),
    Row(
        name="a million items of JSON",
        kind="feed",
        answer=made(lambda: b'{"items": [' + b"{}," * MILLION + b"{}]}"),
        says="more than 1,000,000 values",
    ),
    Row(
        name="a million keys that stand twice",
        kind="feed",
        answer=made(lambda: b'{"items": [{' + b'"title":"x",' * MILLION + b'"title":5}]}'),
        says="more than 1,000,000 values",
    ),
    Row(
        name="a page of null bytes",
        kind="page",
        answer=made(lambda: b"<html>" + bytes(5 * MILLION)),
        says="binary data",
    ),
    Row(
        name="a page nested 100,000 deep",
        kind="page",
        answer=made(lambda: b"<html><body>" + b"<div>" * 99_000 + b"x"),
        says="no headline",
    ),
    Row(
        name="emphasis nested 100,000 deep",
        kind="page",
        answer=made(lambda: b"<html><body><h1>x</h1>" + b"<b>x" * 99_000),
        says="no article",
    ),
    Row(
        name="a page whose every tag is open",
        kind="page",
        answer=made(lambda: b"<p><b><i><td><li><a><h2><table>" * 12_000),
        says="no headline",
    ),
    Row(
        name="a page of a million tags",
        kind="page",
        answer=made(lambda: b"<p>" + b"<br>" * 700_000),
        says="more than 100,000 tags",
    ),
    Row(
        name="a page of 11 MB",
        kind="page",
        answer=made(lambda: b"<h1>x</h1><p>" + b"word " * 2_200_000),
        says="larger than 10 MB",
    ),
    Row(
        name="a page of 9.9 MB of words",
        kind="page",
        answer=made(lambda: b"<h1>x</h1><p>" + b"word " * 1_980_000),
        says="its text has",
    ),
    Row(
        name="a page of 9 MB of marks on one letter",
        kind="page",
        answer=made(lambda: b"<h1>x</h1><p>e" + "\u0301".encode() * 4_500_000),
        says="its text has|no article",
    ),
    Row(
        name="a page of 50,000 paragraphs and 9 MB",
        kind="page",
        answer=made(lambda: b"<h1>x</h1>" + b"".join(b"<p>%d" % n + b" It stayed shut." * 11 for n in range(49_000))),
        says="its text has",
    ),
    Row(
        name="a tag of 300,000 attributes",
        kind="page",
        answer=made(lambda: b"<h1>x</h1><p " + b"".join(b"a%d=1 " % n for n in range(270_000)) + b">x"),
        says="the page is empty",
    ),
    Row(
        name="JSON-LD nested 100,000 deep",
        kind="page",
        answer=made(lambda: b'<h1>x</h1><script type="application/ld+json">' + b'[{"@graph":' * 100_000 + b"</script>"),
        says="no article",
    ),
    Row(
        name="a packed sitemap of a gigabyte",
        kind="sitemap",
        answer=made(lambda: zeros(1_000 * MILLION)),
        says="unpacked it is larger than 25 MB",
    ),
    Row(
        name="a sitemap of five million tags",
        kind="sitemap",
        answer=made(lambda: b"<urlset>" + b"<a/>" * 5 * MILLION),
        says="tags for as many",
    ),
    Row(
        name="a sitemap nested 100,000 deep",
        kind="sitemap",
        answer=made(lambda: b"<urlset><url>" + b"<loc>" * 100_000),
        says="it breaks off",
    ),
    Row(
        name="a field of 4 MB",
        kind="list",
        answer=made(lambda: b"title,url\n" + b"x" * 4 * MILLION + b",https://x.example/\n"),
        says="field larger than field limit",
    ),
    Row(
        name="front matter of aliases of aliases",
        kind="markdown",
        answer=made(yaml_laughs),
        says="a draft|no headline|no text",
    ),
    Row(
        name="front matter nested 60,000 deep",
        kind="markdown",
        answer=made(lambda: b"+++\ntitle = " + b"[" * 60_000 + b"\n+++\nx"),
        says=FRONT,
    ),
    Row(
        name="quotations nested 100,000 deep",
        kind="markdown",
        answer=made(lambda: b"# x\n\n" + b">" * 100_000 + b" x"),
        says="no headline",
    ),
    Row(
        name="emphasis, never closed",
        kind="markdown",
        answer=made(lambda: b"# x\n\n" + b"*a _" * 100_000),
        says="no headline",
    ),
    Row(name="a scrape of a million lines", kind="scrape", answer=made(lambda: b"x\n" * 900_000), says="no text in it"),
    Row(name="a definition that stands on a service inside", answer=BARE + declared_outside(), says=ENTITIES),
]
