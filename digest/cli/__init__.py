"""The command line: the only reader of clock, arguments and environment, the only printer."""

import gc
import sys
from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

from digest.cli.desk import Desk
from digest.cli.screen import complain, flush, hush
from digest.errors import DigestError

COMMANDS = (
    "start",
    "ingesting",
    "sourcing",
    "selecting",
    "telling",
    "dating",
    "twinning",
    "building",
    "checking",
    "waiving",
    "approving",
    "issues",
    "delivering",
    "doctoring",
    "previewing",
    "publishing",
    "shooting",
    "theming",
    "leading",
)
"""The files of this folder that hold commands, in the order of `digest --help`."""

_GARBAGE = 50_000
"""After how many new objects Python looks for cycles. By its own measure (700) it walks over what the imports made
again and again: a seventh of a build's time. Nearly all that a command makes dies without it."""

app = typer.Typer(
    name="digest",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


def _version(wanted: bool) -> None:
    if wanted:
        from digest import __version__

        typer.echo(f"digest {__version__}")
        raise typer.Exit


@app.callback()
def before(
    context: typer.Context,
    folder: Annotated[Path, typer.Option("--dir", "-C", help="The newsroom: the folder with digest.toml.")] = Path(),
    newsletter: Annotated[str, typer.Option("--newsletter", "-n", help="Which newsletter; else the first.")] = "",
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say only errors and what was asked for.")] = False,
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Say which.")] = False,
) -> None:
    """Turn what a magazine published into its weekly round-up e-mail.

    A first issue: digest init --sample paper; cd paper; digest build --week 2024-W43; digest preview
    """
    del version
    context.obj = Desk(folder=folder, newsletter=newsletter, quiet=quiet)


for module in COMMANDS:
    import_module(f"digest.cli.{module}").add_to(app)


def main() -> None:
    """Run the command line and leave with its exit code: an error is one line, never a traceback."""
    gc.set_threshold(_GARBAGE)
    try:
        _run()
    except DigestError as error:
        complain(error, machine="--json" in sys.argv)
        sys.exit(error.exit_code)
    except OSError as error:
        from digest.disk import explain

        known = explain(error, Path(), "cannot go on")
        complain(DigestError(known.message, where=str(error.filename or ""), hint=known.hint))
        hush()
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)  # as a shell says it of what SIGINT ended


def _run() -> None:
    """Run the command; what it has printed is out before its exit code is decided."""
    try:
        app()
    finally:
        flush()
