"""Merge tags: the neutral placeholders of a built issue, and what each mailing service puts in their place.

A placeholder is plain ASCII without braces, brackets or quotes, so that no inliner, parser or template engine
changes it: `digest-tag:unsubscribe` is sound as a link's target and as text. What belongs to one tag alone stands
between `<!--digest:if NAME-->` and `<!--/digest:if-->` in HTML and goes as a whole where nothing can fill it.
Sources of the services' tags and syntax: their own documentation and, for listmonk, its code, as of November 2026.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

TagName = Literal["unsubscribe", "view_online", "preferences", "address"]
ServiceName = Literal["mailchimp", "listmonk", "buttondown", "brevo", "ghost", "resend", "sendgrid", "smtp", "none"]
TAG_NAMES: tuple[TagName, ...] = get_args(TagName)
SERVICE_NAMES: tuple[ServiceName, ...] = get_args(ServiceName)
PREFIX = "digest-tag:"


def placeholder(tag: TagName) -> str:
    """Return the text that stands for `tag` in a built issue."""
    return PREFIX + tag


@dataclass(frozen=True, slots=True, kw_only=True)
class Syntax:
    """What a service's template engine takes for its own, and how it is told that a story's text is none of that.

    `opener` is a regular expression that finds one character of whatever begins a tag; without that character the
    rest is text. `literals` says how the engine itself prints such a character; one that is not among them gets a word
    joiner (U+2060) behind it, which no reader sees. `html` is how an engine that reads HTML prints a piece of it as
    it is, with `%s` for the piece as a quoted string: Go's html/template drops every comment, those for Outlook too,
    and takes a `<` in the text part for a tag.
    """

    opener: str
    literals: Mapping[str, str] = field(default_factory=dict)
    html: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceTags:
    """A service's own tags; None where it has none, so that the configuration's value or nothing stands there.

    `syntax`: what a story may not say to its template engine. `native_preheader`: the service has a field for it, and
    the hidden one in the mail would come twice. `paste` says where an editor puts the files by hand.
    """

    unsubscribe: str | None = None
    view_online: str | None = None
    preferences: str | None = None
    address: str | None = None
    syntax: Syntax | None = None
    native_preheader: bool = False
    paste: str = ""

    def tag(self, name: TagName) -> str | None:
        """Return the service's tag for `name`."""
        return {
            "unsubscribe": self.unsubscribe,
            "view_online": self.view_online,
            "preferences": self.preferences,
            "address": self.address,
        }[name]


_BRACES = rf"\{{(?=[{{%#<@]|{PREFIX})"
"""The first brace of `{{`, `{%` and `{#`, and one before what may become a tag or a literal: a second brace."""

SERVICES: dict[ServiceName, ServiceTags] = {
    "mailchimp": ServiceTags(
        unsubscribe="*|UNSUB|*",
        view_online="*|ARCHIVE|*",
        preferences="*|UPDATE_PROFILE|*",
        address="*|LIST:ADDRESSLINE|*",
        syntax=Syntax(opener=r"\*(?=\|)"),
        native_preheader=True,
        paste="Campaigns > Create > Email > Code your own > Paste in code; put the preheader into “Preview text”.",
    ),
    "listmonk": ServiceTags(
        unsubscribe="{{ UnsubscribeURL }}",
        view_online="{{ MessageURL }}",
        preferences="{{ ManageURL }}",
        # Go templates; `https://…@TrackLink` is its own shorthand for a tag (models/common.go). `Safe` is its function.
        syntax=Syntax(
            opener=_BRACES + "|@(?=TrackLink)",
            literals={"{": '{{ "{" }}', "@": '{{ "@" }}'},
            html="{{ Safe %s }}",
        ),
        paste="Campaigns > New > Format: Raw HTML; paste email.html as the body and email.txt as the alternative text.",
    ),
    "buttondown": ServiceTags(
        unsubscribe="{{ unsubscribe_url }}",
        view_online="{{ email_url }}",
        preferences="{{ manage_subscription_url }}",
        syntax=Syntax(opener=_BRACES, literals={"{": '{{ "{" }}'}),  # Django's templates, in the subject too
        paste="New email > switch the editor to plaintext mode; paste email.html. Keep it a draft until tested.",
    ),
    "brevo": ServiceTags(
        unsubscribe="{{ unsubscribe }}",
        view_online="{{ mirror }}",
        preferences="{{ update_profile }}",
        syntax=Syntax(opener=_BRACES),  # of Jinja's family, but nothing says that it knows literals
        native_preheader=True,
        paste="Campaigns > Create > Email > Code your own > Paste your code; put the preheader into “Preview text”.",
    ),
    "ghost": ServiceTags(
        unsubscribe="%%{unsubscribe_url}%%",
        syntax=Syntax(opener=r"%(?=%)"),
        native_preheader=True,
        paste="New post > an HTML card; paste what stands between <body> and </body>. Publish it as an email only.",
    ),
    "resend": ServiceTags(
        unsubscribe="{{{RESEND_UNSUBSCRIBE_URL}}}",
        syntax=Syntax(opener=_BRACES),  # `{{{contact.first_name|there}}}`; nothing says that it knows literals
        native_preheader=True,
        paste="Broadcasts > Create > paste email.html as HTML; put the preheader into “Preview text”.",
    ),
    "sendgrid": ServiceTags(
        unsubscribe="{{{unsubscribe}}}",
        view_online="{{{weblink}}}",
        preferences="{{{unsubscribe_preferences}}}",
        # Handlebars, and older tags: `[Unsubscribe]`, `<%asm_group_unsubscribe_raw_url%>`, `[%name%]`.
        syntax=Syntax(opener=_BRACES + r"|<(?=%)|\[(?=%|[Uu]nsubscribe|[Ww]eblink|Sender_)"),
        paste="Single Sends > Create > Code editor; paste email.html, and email.txt under Plain Content.",
    ),
    "smtp": ServiceTags(
        paste="A mail server fills no tags: unsubscribe, preferences and the online version are those of digest.toml.",
    ),
    "none": ServiceTags(
        paste="No service's tags: unsubscribe, preferences and the online version are the addresses of digest.toml.",
    ),
}
