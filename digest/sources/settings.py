"""What is asked of a source: where it is, of which kind, and all that reading it depends on."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from digest.model.article import Precision
from digest.ports import Fetcher
from digest.text.dates import Order

Kind = Literal["auto", "feed", "page", "markdown", "scrape", "sitemap", "list", "wordpress", "ghost"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceSettings:
    """One source: `at` is a URL, a file, a folder or a glob; paths are relative to the workspace.

    With the kind `auto` each document's own name or content decides. `section` and `language` hold where the source
    is silent. `day_order` settles dates such as 10/11/12 (None: they are refused). `key` is the name of the key with
    which an API is asked, never the key itself.
    """

    name: str
    at: str
    kind: Kind = "auto"
    section: str = ""
    language: str = ""
    day_order: Order | None = None
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What a person says of a file that she hands in; it wins over what the file says."""

    source: str = "by hand"
    kind: Kind = "auto"
    url: str = ""
    published: datetime | None = None
    precision: Precision = "instant"
    section: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What every source is read with.

    `zone` is the magazine's: a date without a zone is meant there. `day_order` settles dates such as 10/11/12 (None:
    they are refused). `site` is the magazine's address, against which relative ones are read. `web` is None offline.
    Of a source that can be asked for a span, [`since`, `until`) is asked for (None: that end is open).
    """

    zone: ZoneInfo
    now: datetime
    web: Fetcher | None = None
    day_order: Order | None = None
    site: str = ""
    since: datetime | None = None
    until: datetime | None = None
