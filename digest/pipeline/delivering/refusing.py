"""Refusing: why a hand-over goes no further, in words, and what to do about it."""

from digest.errors import DigestError, LockedError, MailerUnsupportedError, NotReadyError
from digest.handover.steps import Aim, Step, Wish
from digest.pipeline.delivering.log import Log

_WAYS: dict[Aim, str] = {
    "draft": "keep a draft",
    "test": "send a test",
    "schedule": "send at a set time",
    "cancel": "call off a sending",
    "send": "be told to send",
}
_INSTEAD: dict[Aim, str] = {
    "draft": "send a test, or the issue itself: --test YOU@…, --send",
    "schedule": "have a scheduler run --send at that time",
    "send": "hand it over as a draft, and send it there",
}


def unknown(name: str, why: str = "") -> LockedError:
    """Return the error that nobody knows whether an issue was sent."""
    hint = f"look at {name}, then say it: digest deliver --to {name} --resolve sent (or: not-sent)"
    return LockedError(f"nobody knows whether it was sent{why}", where=name, hint=hint)


def refusal(step: Step, wish: Wish, log: Log, name: str) -> DigestError:
    """Return the error that a step which refuses `wish` stands for."""
    label = log.issue.window.label
    match step.why:
        case "unsupported":
            message = f"{name} has no way to {_WAYS[wish.aim]}"
            return MailerUnsupportedError(message, where=name, hint=_INSTEAD.get(wish.aim, ""))
        case "unknown":
            return unknown(name)
        case "unapproved" | "untested" | "failed":
            return _not_ready(step, label, name)
        case _:
            return _locked(step, log, name)


def _not_ready(step: Step, label: str, name: str) -> NotReadyError:
    if step.why == "unapproved":
        return NotReadyError("nobody has approved it as it is now", where=label, hint=f"digest approve {label}")
    if step.why == "untested":
        hint = f"digest deliver {label} --to {name} --test YOU@…; or set mailer.test_first = false"
        return NotReadyError("nobody has tested it as it is now", where=label, hint=hint)
    return NotReadyError(f"{name} says that sending it failed", where=label, hint=f"look at it in {name}")


def _locked(step: Step, log: Log, name: str) -> LockedError:
    label = log.issue.window.label
    if step.why == "sent":
        return LockedError("was sent: nobody can call it back", where=label)
    if log.progress.stage == "scheduled":
        hint = f"call it off first: digest deliver {label} --to {name} --cancel"
        return LockedError("is scheduled", where=label, hint=hint)
    hint = f"go on with it: digest deliver {label} --to {name} --send"
    return LockedError("is sent to some of its readers", where=label, hint=hint)
