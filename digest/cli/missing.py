"""What a mail must have and lacks, told whenever one is shown or handed over."""

from typing import TYPE_CHECKING

from digest.model.tags import SERVICES

if TYPE_CHECKING:
    from digest.cli.screen import Screen
    from digest.mailers.message import Terms


def warn_of_missing(screen: "Screen", used: "Terms") -> None:
    """Warn of a mail that nobody can leave, and of one that does not say where its sender lives."""
    if SERVICES[used.service].unsubscribe is None and not used.values["unsubscribe"]:
        screen.warn(
            "warning: nobody can unsubscribe (hint: set mailer.service or mailer.unsubscribe_url in digest.toml)"
        )
    if not used.values["address"] and not SERVICES[used.service].address:
        screen.warn("warning: the mail says no postal address (hint: set magazine.address in digest.toml)")
