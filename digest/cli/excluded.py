"""Options that mean nothing beside another one: they are refused, never ignored."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import typer


def refuse_beside(context: "typer.Context", what: str, *others: str) -> None:
    """Refuse those of `others`, parameters by name, that stand on the command line together with `what`.

    Raises:
        UsageError: it names them as they are typed.

    """
    from digest.errors import UsageError

    given = [param.opts[0] for param in context.command.params if param.name in others and _typed(context, param.name)]
    if len(given) == 1:
        raise UsageError(f"{given[0]} does not go with {what}", hint="leave it out")
    if given:
        raise UsageError(f"{', '.join(given)} do not go with {what}", hint="leave them out")


def _typed(context: "typer.Context", name: str) -> bool:
    source = context.get_parameter_source(name)
    return source is not None and source.name == "COMMANDLINE"
