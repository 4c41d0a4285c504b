"""Taping: what an ingest is answered goes into a recording, or comes out of one."""

import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from digest.disk import explain, sync
from digest.errors import UsageError
from digest.web.courtesy import Courteous


@contextmanager
def recorded(web: Courteous, path: Path, now: datetime) -> Iterator[None]:
    """Record all that `web` is answered inside the block. A block that fails leaves what was at `path` as it was.

    Raises:
        DiskError: it cannot be written.
        UsageError: something stands there that is no recording.

    """
    if not _is_recording(path):
        hint = "name another file; what stands there would be lost"
        raise UsageError("a file that is no recording is not written over", where=str(path), hint=hint)
    from digest.web.recording import Recorder  # noqa: PLC0415 - heavy: 50 ms that few commands need

    new = path.with_name(f".{path.name}.new")
    try:
        with new.open("wb") as stream:
            recorder = Recorder(stream, now)
            web.through(recorder.over)
            yield
            recorder.finish()
        new.replace(path)
        sync(path.parent)
    except OSError as error:
        raise explain(error, path, "the recording cannot be written") from error
    finally:
        new.unlink(missing_ok=True)


@contextmanager
def replayed(web: Courteous, path: Path) -> Iterator[None]:
    """Let `web` be answered from a recording inside the block.

    Raises:
        DiskError: it cannot be read.
        SourceError: it is none, cut short or damaged.

    """
    from digest.web.replaying import Replayer  # noqa: PLC0415 - heavy, as above

    try:
        stream = path.open("rb")
    except OSError as error:
        raise explain(error, path, "the recording cannot be read") from error
    with stream:
        web.through(Replayer(stream, str(path)).over)
        yield


def _is_recording(path: Path) -> bool:
    """Tell whether what stands at a path, if anything, is a recording, damaged or not."""
    if not path.exists():
        return True
    head = b""
    with suppress(OSError, EOFError, zlib.error), gzip.open(path) as stream:
        head = stream.read(5)
    return head == b"WARC/"
