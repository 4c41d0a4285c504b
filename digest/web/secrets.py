"""Keys of APIs: told to the one server that they are for, and to nobody else.

Whoever asks writes `$NAME` in an address where the key is to stand. Nothing above the door to the web ever has a key,
so that no message, log, archive or recording can tell it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote, urlsplit


@dataclass(frozen=True, slots=True, kw_only=True)
class Secret:
    """A key: `name` is that of its environment variable, `site` an address of the server that it is for."""

    name: str
    value: str
    site: str

    @property
    def sign(self) -> str:
        """What stands for the key in an address and in whatever was answered."""
        return f"${self.name}"


class Secrets:
    """The keys that a newsroom has; an empty value is none, and stands for itself."""

    def __init__(self, secrets: Iterable[Secret] = ()) -> None:
        self._secrets = [secret for secret in secrets if secret.value]

    def filled(self, url: str) -> str:
        """Return an address with its keys in place; of a server that a key is not for, as it was written."""
        for secret in self._secrets:
            if _is_for(url, secret.site):
                address, mark, query = url.partition("?")
                url = address + mark + query.replace(secret.sign, quote(secret.value, safe=""))
        return url

    def hidden(self, text: str) -> str:
        """Return a text without keys."""
        for secret in self._secrets:
            text = text.replace(quote(secret.value, safe=""), secret.sign).replace(secret.value, secret.sign)
        return text

    def hidden_in(self, body: bytes) -> bytes:
        """Return what a server said without keys: some say the whole question again."""
        for secret in self._secrets:
            body = body.replace(secret.value.encode(), secret.sign.encode())
        return body


def _is_for(url: str, site: str) -> bool:
    """Tell whether an address is of a site: at the same place, or there in cipher where the site is named in clear."""
    (scheme, place), (named, host) = _place(url), _place(site)
    return place == host and scheme in {named, "https"}


def _place(url: str) -> tuple[str, str]:
    """Return the scheme and the host with its port: a key for https never goes out in clear text."""
    try:
        split = urlsplit(url)
    except ValueError:  # a bracket that is not closed
        return "", url
    return split.scheme, split.netloc.rpartition("@")[2].lower()
