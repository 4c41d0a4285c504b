"""The mailer `folder`: files to paste into a service by hand."""

from dataclasses import dataclass
from pathlib import Path

from digest.disk import explain, make_folder, replace
from digest.mailers.message import Terms, content_hash, make_message
from digest.model.finding import Receipt
from digest.model.issue import Issue
from digest.model.message import Message, Rendered
from digest.model.names import COPY
from digest.model.tags import SERVICES


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderMailer:
    """Writes `email.html`, `email.txt`, `README.txt` and the copies of pictures into `out/KEY-SERVICE/`.

    What stands there in `images/` is uploaded as it is: a copy that an earlier hand-over wrote and this one has not
    goes. It is known by its name, which nobody else gives; a person's own files stay.
    """

    terms: Terms
    out: Path

    def message(self, issue: Issue, rendered: Rendered) -> Message:
        """Return the message with the service's own tags."""
        return make_message(issue, rendered, self.terms)

    def save(self, message: Message) -> Receipt:
        """Write the files; doing it again replaces them, and removes copies of pictures that are no longer shown."""
        folder = self.out / f"{message.key}-{message.service}"
        files = {
            "email.html": message.html.encode(),
            "email.txt": message.text.encode(),
            "README.txt": _note(message, SERVICES[self.terms.service].paste).encode(),
            **{picture.name: picture.content for picture in message.pictures},
        }
        try:
            for name, content in files.items():
                make_folder((folder / name).parent)
                replace(folder / name, content)
            _remove_others(folder, message)
        except OSError as error:
            raise explain(error, folder, "the message cannot be written") from error
        digest = content_hash(message)
        return Receipt(service=message.service, remote_id=str(folder), state="written", content=digest)


def _remove_others(folder: Path, message: Message) -> None:
    """Remove the copies of pictures that the message does without, and their folder where that leaves it empty."""
    shown, images = {picture.name for picture in message.pictures}, folder / "images"
    if images.is_symlink() or not images.is_dir():
        return
    for path in sorted(images.iterdir()):
        name = path.relative_to(folder).as_posix()
        if COPY.fullmatch(name) and name not in shown and not path.is_dir():
            path.unlink()
    if not any(images.iterdir()):
        images.rmdir()


def _note(message: Message, paste: str) -> str:
    return (
        f"Subject:   {message.subject}\n"
        f"Preheader: {message.preheader}\n\n"
        f"{paste}\n"
        f"{_pictures(message)}"
        "Send a test to yourself first. When it went out, tell Digest: digest sent ISSUE\n"
    )


def _pictures(message: Message) -> str:
    """Return what to do with the copies of pictures, where there are some."""
    if not message.pictures:
        return ""
    first = message.pictures[0]
    where = first.url.removesuffix(first.name.rpartition("/")[2])
    return f"The mail shows its pictures from {where}: put the files of images/ there first.\n"
