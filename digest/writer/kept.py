"""Texts that a model wrote, kept in the newsroom: the same thing is asked once, and a build stays the same."""

from pathlib import Path

from digest.disk import explain, make_folder, replace
from digest.errors import WriterError
from digest.model.lead import Assignment, Draft
from digest.ports import Writer
from digest.text.digests import sha256
from digest.wire import WireError, from_json, to_json, to_pretty_json


class KeptWriter:
    """Hands out the text that is kept for an assignment and a model; asks another writer for the rest.

    A text is known by the SHA-256 of all that it was made from: a changed article is a new one. What failed is not
    kept. `writer` None (offline) asks nobody.
    """

    def __init__(self, folder: Path, name: str, writer: Writer | None) -> None:
        self.name = name
        self._folder, self._writer = folder, writer

    def draft(self, assignment: Assignment) -> Draft:
        """Return the kept text, else the other writer's, which is kept from then on.

        Raises:
            DiskError: a kept text cannot be read, or a new one cannot be kept.
            WriterError: what is kept is no text.

        """
        path = self._folder / f"{_key(assignment, self.name)}.json"
        try:
            return from_json(path.read_bytes(), Draft, where=str(path))
        except FileNotFoundError:
            pass
        except OSError as error:
            raise explain(error, path, "a kept text cannot be read") from error
        except WireError as error:
            hint = "delete the file to have it written again"
            raise WriterError(f"no kept text: {error.message}", where=str(path), hint=hint) from error
        if self._writer is None:
            return Draft(model=self.name, fault="was not asked: nothing is fetched offline")
        draft = self._writer.draft(assignment)
        if not draft.fault:
            self._keep(path, draft)
        return draft

    def _keep(self, path: Path, draft: Draft) -> None:
        try:
            make_folder(self._folder)
            replace(path, to_pretty_json(draft))
        except OSError as error:
            raise explain(error, path, "a model's text cannot be kept") from error


def _key(assignment: Assignment, name: str) -> str:
    told = [[each.title, each.dek, [block.text for block in each.blocks]] for each in assignment.articles]
    return sha256(to_json([assignment.part, told, assignment.at_least, assignment.at_most, name]).decode())
