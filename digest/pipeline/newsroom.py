"""A newsroom: a folder with a digest.toml, and what its configuration means to the stages."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from digest.compose.frame import SectionStyle, Tracking
from digest.config import Config, load_config
from digest.config.schema import NewsletterTable
from digest.config.secrets import Keys
from digest.errors import TemplateError, UsageError
from digest.issues.shelf import Shelf
from digest.language import Speller
from digest.model.issue import Brand
from digest.selector.rules import Rules, SectionRule
from digest.text.dates import read_date
from digest.text.urls import host
from digest.theme import Theme, find_theme, shipped
from digest.window import Calendar, read_week_start


@dataclass(frozen=True, slots=True, kw_only=True)
class Newsroom:
    """One magazine's folder, seen for one of its newsletters; `compiled` keeps compiled templates (None: nothing).

    `keys` finds what the environment variables stand for that digest.toml names.
    """

    root: Path
    config: Config
    newsletter: NewsletterTable
    compiled: Path | None = None
    keys: Keys = field(default_factory=Keys, repr=False, compare=False)

    @property
    def zone(self) -> ZoneInfo:
        """Return the magazine's time zone."""
        return ZoneInfo(self.config.magazine.zone)

    @property
    def calendar(self) -> Calendar:
        """Return when the magazine's weeks begin, and where."""
        return Calendar(zone=self.zone, starts=read_week_start(self.config.week.starts))

    @property
    def archive_path(self) -> Path:
        """Return where the archive is."""
        return self.root / "articles.db"

    @property
    def written_path(self) -> Path:
        """Return where the texts are kept that a model wrote."""
        return self.root / "written"

    @property
    def shelf(self) -> Shelf:
        """Return the newsletter's issues: the first newsletter's stand in `issues/` itself."""
        first = self.newsletter.name == self.config.newsletters[0].name
        return Shelf(self.root / "issues" if first else self.root / "issues" / self.newsletter.name)

    @property
    def speller(self) -> Speller:
        """Return how the magazine's language writes dates and names."""
        return Speller(language=self.config.magazine.language, zone=self.config.magazine.zone)

    def theme(self, name: str = "") -> Theme:
        """Return a theme: the newsletter's own one unless `name` says another. The newsroom's files go first."""
        return find_theme(name or self.newsletter.theme, [self.root / "templates", shipped()])

    def theme_or_own(self, name: str) -> tuple[Theme, str]:
        """Return the theme of an earlier issue, or the newsletter's where that is no more, and in words why ("")."""
        try:
            return self.theme(name), ""
        except TemplateError as error:
            return self.theme(), f"{error.message}: shown in the theme {self.newsletter.theme!r}"


def open_newsroom(
    root: Path, newsletter: str = "", *, compiled: Path | None = None, keys: Keys | None = None
) -> Newsroom:
    """Return the newsroom in `root`, for its first newsletter or the one named.

    Raises:
        ConfigError: digest.toml cannot be used.
        UsageError: there is no such newsletter.

    """
    config = load_config(root / "digest.toml")
    known = {each.name: each for each in config.newsletters}
    if newsletter and newsletter not in known:
        raise UsageError(
            f"there is no newsletter {newsletter!r}", where="--newsletter", hint=f"one of: {', '.join(known)}"
        )
    chosen = known.get(newsletter, config.newsletters[0])
    return Newsroom(root=root, config=config, newsletter=chosen, compiled=compiled, keys=keys or Keys())


def rules(room: Newsroom) -> Rules:
    """Return the selector's rules as the configuration states them."""
    table = room.config.selection
    return Rules(
        sections=tuple(
            SectionRule(name=each.name, weight=each.weight, cap=each.cap, minimum=each.minimum, slot=each.slot)
            for each in room.config.sections
        ),
        excluded=table.exclude,
        unlisted=table.unlisted,
        per_author=table.per_author,
        headlines=table.headlines,
        shortest=table.shortest,
        twin=table.twin,
        lead_story=table.lead_story,
        since=since(room),
        offer_for=timedelta(weeks=table.offer_weeks),
        late=table.late,
    )


def since(room: Newsroom) -> datetime | None:
    """Return the instant from which the newsletter has existed."""
    text = room.newsletter.since
    return read_date(text, room.zone).instant if text else None


def brand(room: Newsroom) -> Brand:
    """Return the magazine as its issues show it."""
    magazine = room.config.magazine
    return Brand(
        name=magazine.name,
        url=magazine.url,
        tagline=magazine.tagline,
        language=magazine.language,
        direction=room.speller.direction,
        accent=magazine.accent,
        accent_dark=magazine.accent_dark,
        page=magazine.page,
        logo=magazine.logo,
        logo_dark=magazine.logo_dark,
        address=magazine.address,
        why=magazine.why,
        social=room.config.social,
        support=room.config.support,
    )


def styles(room: Newsroom) -> tuple[SectionStyle, ...]:
    """Return how each section is shown."""
    return tuple(
        SectionStyle(name=each.name, title=each.title, pictures=each.pictures, items=each.items)
        for each in room.config.sections
    )


def tracking(room: Newsroom, label: str) -> Tracking:
    """Return the parameters of the mail's own links; none unless the configuration sets one."""
    table = room.config.tracking
    written = (
        ("utm_source", table.utm_source),
        ("utm_medium", table.utm_medium),
        ("utm_campaign", table.utm_campaign),
    )
    return Tracking(
        parameters=tuple((name, filled(room, label, value)) for name, value in written if value),
        hosts=own_hosts(room),
    )


def own_hosts(room: Newsroom) -> tuple[str, ...]:
    """Return the magazine's own hosts."""
    magazine = room.config.magazine
    return tuple(sorted({*magazine.hosts, host(magazine.url)} - {""}))


def web_url(room: Newsroom, label: str) -> str:
    """Return where the web version of an issue will stand: as configured, else on the site; "" where nobody says."""
    written = filled(room, label, room.config.mailer.issue_url)
    return written or (f"{site_url(room)}{label}/" if room.config.site.url else "")


def images_url(room: Newsroom, label: str) -> str:
    """Return where readers find the pictures of an issue, with no slash at its end; "" where copies are of no use.

    That is as configured, else on the site; nowhere where the magazine's own addresses are to be shown.
    """
    table = room.config.pictures
    if table.originals:
        return ""
    written = filled(room, label, table.images_url)
    return (written or (f"{site_url(room)}{label}/images" if room.config.site.url else "")).rstrip("/")


def site_url(room: Newsroom) -> str:
    """Return the address of the newsletter's public archive, with a slash at its end; "" where there is none."""
    url = room.config.site.url
    own = "" if room.newsletter.name == room.config.newsletters[0].name else f"{room.newsletter.name}/"
    return f"{url.rstrip('/')}/{own}" if url else ""


def filled(room: Newsroom, label: str, template: str) -> str:
    """Return a configured value with `{label}` and `{newsletter}` filled in."""
    return template.replace("{label}", label).replace("{newsletter}", room.newsletter.name)
