"""Keys of APIs: told to the one server that they are for, and to nobody else.

Whoever asks writes `$NAME` in an address or a header where the key is to stand. Nothing above the door to the web ever
has a key, so that no message, log, archive or recording can tell it.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, urlsplit


@dataclass(frozen=True, slots=True, kw_only=True)
class Secret:
    """A key: `name` is that of its environment variable, `site` an address of the server that it is for.

    `made` makes of the key what a header says (a token that is signed with it); it is asked anew for every question.
    """

    name: str
    value: str = field(repr=False)
    site: str
    made: Callable[[str], str] | None = None

    @property
    def sign(self) -> str:
        """What stands for the key in an address and in whatever was answered."""
        return f"${self.name}"


class Secrets:
    """The keys that a newsroom has; an empty value is none, and stands for itself."""

    def __init__(self, secrets: Iterable[Secret] = ()) -> None:
        self._secrets = [secret for secret in secrets if secret.value]
        self._made: dict[str, str] = {}

    def filled(self, url: str) -> str:
        """Return an address with its keys in place; of a server that a key is not for, as it was written."""
        for secret in self._secrets:
            if _is_for(url, secret.site):
                address, mark, query = url.partition("?")
                url = address + mark + query.replace(secret.sign, quote(secret.value, safe=""))
        return url

    def filled_in(self, headers: Mapping[str, str], url: str) -> dict[str, str]:
        """Return the headers of a question after `url` with the keys that its server is told."""
        filled = dict(headers)
        for secret in self._secrets:
            for name in [name for name, value in filled.items() if secret.sign in value and _is_for(url, secret.site)]:
                filled[name] = filled[name].replace(secret.sign, self._shown(secret))
        return filled

    def _shown(self, secret: Secret) -> str:
        """Return what a header says of a key; what was made of it is kept as close as the key."""
        if secret.made is None:
            return secret.value
        made = secret.made(secret.value)
        self._made[made] = secret.sign
        return made

    def hidden(self, text: str) -> str:
        """Return a text without keys."""
        for secret in self._secrets:
            text = text.replace(quote(secret.value, safe=""), secret.sign).replace(secret.value, secret.sign)
        for made, sign in self._made.items():
            text = text.replace(made, sign)
        return text

    def hidden_in(self, body: bytes) -> bytes:
        """Return what a server said without keys: some say the whole question again."""
        known = {**{secret.value: secret.sign for secret in self._secrets}, **self._made}
        for value, sign in known.items():
            for said in (value, quote(value, safe=""), json.dumps(value)[1:-1]):
                body = body.replace(said.encode(), sign.encode())
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
