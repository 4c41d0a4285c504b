"""Texts that a model wrote, kept in the newsroom: the same thing is asked once, and a build stays the same."""

from collections.abc import Callable
from pathlib import Path

from digest.disk import explain, make_folder, replace
from digest.errors import WriterError
from digest.model.lead import Assignment, Draft
from digest.ports import Writer
from digest.text.digests import sha256
from digest.wire import WireError, from_json, to_json, to_pretty_json
from digest.writer.asking import instructions, question


class KeptWriter:
    """Hands out the text that is kept for an assignment and a model; asks another writer for the rest.

    A text is known by the SHA-256 of all that it was made from: the article whole, and what the model was told and
    asked, of which `words` may be articles. Where one of these changes it is a new text. What failed is not kept.
    `opens` gives the other writer when the first text is wanted that is not kept; None (offline) asks nobody.
    """

    def __init__(self, folder: Path, name: str, words: int, opens: Callable[[], Writer] | None) -> None:
        self.name = name
        self._folder, self._words, self._opens = folder, words, opens
        self._writer: Writer | None = None

    def draft(self, assignment: Assignment) -> Draft:
        """Return the kept text, else the other writer's, which is kept from then on.

        Raises:
            DiskError: a kept text cannot be read, or a new one cannot be kept.
            WriterError: what is kept is no text, or the other writer cannot be had.

        """
        path = self._folder / f"{self._key(assignment)}.json"
        try:
            return from_json(path.read_bytes(), Draft, where=str(path))
        except FileNotFoundError:
            pass
        except OSError as error:
            raise explain(error, path, "a kept text cannot be read") from error
        except WireError as error:
            hint = "delete the file to have it written again"
            raise WriterError(f"no kept text: {error.message}", where=str(path), hint=hint) from error
        if self._opens is None:
            return Draft(model=self.name, fault="was not asked: nothing is fetched offline")
        self._writer = self._writer or self._opens()
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

    def _key(self, assignment: Assignment) -> str:
        whole = [[each.title, each.dek, [block.text for block in each.blocks]] for each in assignment.articles]
        asked = [instructions(assignment), question(assignment.articles, self._words)]
        return sha256(to_json([self.name, assignment.at_most, whole, asked]).decode())
