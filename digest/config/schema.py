"""The tables of `digest.toml`. A field is a key, its default is what holds where the key is not written."""

from dataclasses import dataclass
from typing import Literal

from digest.model.edits import OpeningBy, Slot, Summary
from digest.model.issue import SocialLink, Support
from digest.model.tags import ServiceName
from digest.model.wanted import Pages
from digest.text.dates import Order

SCHEMA = 1
"""The schema of `digest.toml` that this version reads and `digest init` writes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Magazine:
    """`[magazine]`: what it is called, where it stands, what its mail must say.

    `hosts` are its own hosts (the one of `url` always is), which may stand inside its network; `contact` is told to the
    sites that are read. `accent` is the one colour of its own (`accent_dark` on dark paper; made from it where empty),
    `page` the ground around the paper.
    """

    name: str
    url: str = ""
    tagline: str = ""
    language: str = "en-GB"
    zone: str = "UTC"
    hosts: tuple[str, ...] = ()
    address: str = ""
    why: str = ""
    accent: str = "#9a3412"
    accent_dark: str = ""
    page: str = "#f4f1eb"
    logo: str = ""
    logo_dark: str = ""
    contact: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """`[week]`: `starts` is the cut-off, the weekday and hour at which one week ends and the next begins."""

    starts: str = "friday 12:00"


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceTable:
    """`[[sources]]`: a feed, a sitemap, pages, Markdown, text scrapes or a list of links; at a `url` or at a `path`.

    With `"wordpress"` and `"ghost"`, `url` is the site's, whose API is asked. `key` is the name of the environment
    variable that holds the key of Ghost's Content API. The page of an item is read where the source gives an excerpt of
    it or less (`pages = "auto"`), always, or never. `day_order` (`"dmy"` or `"mdy"`) settles dates such as 10/11/12,
    which are refused without it.
    """

    name: str
    kind: Literal["auto", "feed", "page", "markdown", "scrape", "sitemap", "list", "wordpress", "ghost"] = "auto"
    url: str = ""
    path: str = ""
    section: str = ""
    language: str = ""
    day_order: Order | None = None
    key: str = ""
    pages: Pages = "auto"


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionTable:
    """`[[sections]]`, in the order in which the issue shows them.

    With `items`, what a column there tells under a heading like "Other news this week" stands behind it, piece by
    piece.
    """

    name: str
    title: str = ""
    weight: int = 0
    cap: int | None = None
    minimum: int = 0
    slot: Slot = "story"
    summary: Summary = "lead"
    pictures: bool = False
    items: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SelectionTable:
    """`[selection]`: what comes in, and how many. `minimum` stories make an issue; fewer are a thin week."""

    exclude: tuple[str, ...] = ()
    unlisted: Literal["last", "briefs", "exclude"] = "last"
    per_author: int | None = None
    headlines: int = 5
    shortest: int = 40
    twin: int = 50
    minimum: int = 1
    lead_story: bool = True
    offer_weeks: int = 4
    late: Literal["offer", "include"] = "offer"


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadTable:
    """`[lead]`: the fewest and the most words of a lead, and the most of the lead story's and of a brief's."""

    at_least: int = 20
    at_most: int = 70
    lead_story: int = 90
    brief: int = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveTable:
    """`[archive]`: for how long raw pages are kept, so that `digest ingest --again` can read them anew.

    `keep_pages` is a number of days, weeks, months or years; with `"0 days"` none is kept.
    """

    keep_pages: str = "8 weeks"


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchTable:
    """`[fetch]`: how the web is asked for sources.

    A host is asked `at_once` questions at most, at least `pause` seconds apart; an answer, with all redirects and
    attempts, takes `seconds` at most.
    """

    at_once: int = 2
    pause: float = 0.25
    seconds: float = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class WriterTable:
    """`[writer]`: the model that writes where a `summary` or an `opening_by` is `"model"`; nobody, unless named.

    `model` is a name that `llm models` lists. The rest is the most that may be spent: `seconds` a text, `texts` a
    build, `words` of articles that are sent for one text.
    """

    model: str = ""
    seconds: int = 60
    texts: int = 40
    words: int = 1500


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsletterTable:
    """`[[newsletters]]`: the first is the one that commands mean without `--newsletter`.

    `since` is the day from which it has existed: nothing older is ever offered as carried over. `opening` is the
    template of the issue's first paragraph; with `opening_by = "model"` it stands where a model's text does not hold.
    `editor` is who signs the letter, in the theme that is one.
    """

    name: str = "weekly"
    title: str = ""
    since: str = ""
    number_before: int = 0
    theme: str = "roundup"
    subject: str = "{headline}"
    preheader: str = "{also}"
    opening: str = ""
    opening_by: OpeningBy = "template"
    editor: str = ""
    links: str = "Elsewhere"


@dataclass(frozen=True, slots=True, kw_only=True)
class PicturesTable:
    """`[pictures]`: copies of the right size and kind are made into each issue's `images/`.

    `images_url` is where readers will find them; it may hold `{label}` and `{newsletter}`, and without it the site's
    own address is taken. With neither, or with `originals`, mails show the pictures at the magazine's own addresses.
    `folder` holds pictures by the end of their address's path (of `one/quay.jpg` and `quay.jpg` the longer one), and is
    looked into before the web. `weight` is the most that one may weigh, in kilobytes.
    """

    images_url: str = ""
    originals: bool = False
    folder: str = ""
    weight: int = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteTable:
    """`[site]`: the public archive of sent issues; `url` is where the folder `site/` will be served."""

    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackingTable:
    """`[tracking]`: parameters for the mail's links to the magazine's own hosts; off unless set.

    A value may hold `{label}`, the issue's label, and `{newsletter}`.
    """

    utm_source: str = ""
    utm_medium: str = ""
    utm_campaign: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailerTable:
    """`[mailer]`: the service that sends, who the mail is from, and what stands where the service has no tag.

    `issue_url` is the web version's address; it may hold `{label}` and `{newsletter}`. Without it the issue's page on
    the site is meant. `url` is the address of the service's API where that is your own server or account, `key` the
    name of the environment variable that holds its key, `audience` the list that gets the issue, `segment` a part of
    it, `template` what the service puts around the mail. With `test_first` nothing is sent that was not tested.
    """

    service: ServiceName = "none"
    sender_name: str = ""
    sender_address: str = ""
    reply_to: str = ""
    unsubscribe_url: str = ""
    preferences_url: str = ""
    issue_url: str = ""
    url: str = ""
    key: str = ""
    audience: str = ""
    segment: str = ""
    template: str = ""
    test_first: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpTable:
    """`[smtp]`: the mail server, where `mailer.service` is `"smtp"`, and who gets the issue.

    `security` is `"starttls"` (port 587), `"tls"` (465), or on this machine alone `"none"` (25); `port` says another.
    `password` is the name of the environment variable that holds it, as are `recipients_key` and `dkim_key`. The mail
    goes to one address, `to`, of a list, or to each reader in the file `recipients`, an address a line. With
    `recipients_key`, at least 16 characters, the ledger writes of addresses what only that key tells, and
    `unsubscribe_url`, in place of the one of `[mailer]`, may hold `{recipient}`: then it takes one click to leave, and
    your server learns by a POST who it is. `dkim_selector` and an RSA key sign the mail, where the server does not.
    """

    host: str = ""
    port: int = 0
    security: Literal["starttls", "tls", "none"] = "starttls"
    username: str = ""
    password: str = ""
    to: str = ""
    recipients: str = ""
    recipients_key: str = ""
    unsubscribe_url: str = ""
    dkim_selector: str = ""
    dkim_key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskTable:
    """`[desk]`: `editor` is who decides at the desk, approves and waives; without it the login name, or `--as`."""

    editor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckTable:
    """`[check]`: the codes that `digest check` looks for (every one unless `select` names some) and leaves out.

    A group of codes is named by its first word: `size` for `size-gmail`, `size-near` and `size-style`.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """The whole of `digest.toml`."""

    schema: int
    magazine: Magazine
    week: Week = Week()
    sources: tuple[SourceTable, ...] = ()
    sections: tuple[SectionTable, ...] = ()
    selection: SelectionTable = SelectionTable()
    lead: LeadTable = LeadTable()
    archive: ArchiveTable = ArchiveTable()
    fetch: FetchTable = FetchTable()
    writer: WriterTable = WriterTable()
    newsletters: tuple[NewsletterTable, ...] = (NewsletterTable(),)
    social: tuple[SocialLink, ...] = ()
    support: Support = Support()
    pictures: PicturesTable = PicturesTable()
    site: SiteTable = SiteTable()
    tracking: TrackingTable = TrackingTable()
    mailer: MailerTable = MailerTable()
    smtp: SmtpTable = SmtpTable()
    check: CheckTable = CheckTable()
    desk: DeskTable = DeskTable()
