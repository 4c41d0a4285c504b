"""DKIM signatures (RFC 6376): the only door to dkimpy. Who hands a mail to a relay that does not sign signs it here."""

from dataclasses import dataclass, field

from digest.errors import MailerError

_SIGNED = (
    *(b"from", b"from", b"to", b"to", b"subject", b"subject", b"date", b"date", b"message-id", b"reply-to"),
    *(b"mime-version", b"content-type", b"list-id", b"list-unsubscribe", b"list-unsubscribe-post"),
)
"""RFC 8058 wants both headers for leaving the list signed. A name that stands twice allows no second such header."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Who signs: the domain, the name of the key there (`SELECTOR._domainkey.DOMAIN`), the RSA key as PEM."""

    domain: str
    selector: str
    key: str = field(repr=False)


def signed(mail: bytes, signature: Signature) -> bytes:
    """Return a mail with its signature above it, relaxed/relaxed; nothing of it may change afterwards.

    Raises:
        MailerError: the key is none; what it holds is not told.

    """
    import dkim  # noqa: PLC0415 - heavy: it loads a name server's client

    try:
        header = dkim.sign(
            mail,
            signature.selector.encode("ascii"),
            signature.domain.encode("ascii"),
            signature.key.encode("ascii"),
            canonicalize=(b"relaxed", b"relaxed"),
            include_headers=[name for name in dict.fromkeys(_SIGNED) if _stands(mail, name)]
            + [name for name in dict.fromkeys(_SIGNED) if _SIGNED.count(name) > 1],
        )
    except (dkim.DKIMException, dkim.UnparsableKeyError, UnicodeEncodeError):
        hint = "an RSA key as PEM: openssl genrsa 2048"
        raise MailerError(
            "is no key that mail can be signed with", where="digest.toml: smtp.dkim_key", hint=hint
        ) from None
    return bytes(header) + mail


def _stands(mail: bytes, name: bytes) -> bool:
    head = mail.partition(b"\r\n\r\n")[0].lower()
    return (b"\r\n" + head).find(b"\r\n" + name + b":") >= 0
