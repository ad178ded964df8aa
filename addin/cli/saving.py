"""Report commands whose options can be saved under a name and used again: `--save NAME`, `--config NAME`.

A configuration holds the options of its command by their names, as the command line takes them; what is given
on the command line besides goes before. Paths are kept absolute: a scheduled run starts in another folder.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from addin.cli.options import ManyFiles
from addin.errors import TollsheetError
from addin.hosts.saved import Configuration, Configurations, refuse_unknown, taken
from addin.reconcile.measure import printed

FOLDER = "TOLLSHEET_CONFIG"
_KEPT = "addin.configuration"
Alternatives = tuple[tuple[str, ...], ...]
_GIVEN = (ParameterSource.COMMANDLINE, ParameterSource.DEFAULT_MAP)


def configurations() -> Configurations:
    """Those of the user, in the folder that the environment names, or in the system's usual one."""
    return Configurations(Path(os.environ.get(FOLDER) or click.get_app_dir("tollsheet")))


def current_configuration() -> Configuration | None:
    """The one that the running command was given."""
    found: Configuration | None = click.get_current_context().meta.get(_KEPT)
    return found


class SavedCommand(ManyFiles):
    """A command with `--save` and `--config`. Options of this run alone, such as `--force`, are not kept."""

    not_kept = frozenset({"config", "save", "force", "as_of", "mail", "mail_to", "mail_preview"})

    def __init__(self, *args: Any, alternatives: tuple[Alternatives, ...] = (), **kwargs: Any) -> None:
        """Of the groups of parameters of each of `alternatives` one is chosen: one that is given on the
        command line silences the others of the configuration."""
        super().__init__(*args, **kwargs)
        self.alternatives = alternatives
        self.params += [
            click.Option(
                ["--config"],
                metavar="NAME",
                is_eager=True,
                expose_value=False,
                callback=self._use,
                help="Use the options saved under this name; those given besides go before.",
            ),
            click.Option(
                ["--save"],
                metavar="NAME",
                expose_value=False,
                callback=self._note_save,
                help="Save the options of this run under this name.",
            ),
        ]

    def invoke(self, ctx: click.Context) -> Any:
        """Run, and save what ran. Whether it can be saved is known before any work is done."""
        name: str | None = ctx.meta.get(f"{_KEPT}.save")
        saved = configurations()
        if name is not None and saved.path(name).exists() and not ctx.params.get("force"):
            raise taken(saved.path(name))
        self._choose(ctx)
        if name is None:
            return super().invoke(ctx)
        made = self._configuration(ctx, name)
        saved.checked_text(name, made, force=True)
        result = super().invoke(ctx)
        click.echo(f"Saved: {saved.write(name, made, force=True)}")
        return result

    def options(self) -> dict[str, str]:
        """Name of an option as a configuration writes it -> the parameter's."""
        return {_key(param): str(param.name) for param in self.params if param.name not in self.not_kept}

    def values_of(self, configuration: Configuration, where: str) -> dict[str, Any]:
        """Parameter -> value. Raises TollsheetError where the configuration is not one of this command."""
        if configuration.report != self.name:
            raise TollsheetError(
                f"{where} is of {configuration.report}", f"Use it with tollsheet {configuration.report}."
            )
        known = self.options()
        refuse_unknown(configuration.choices, known, f"{where}, [choices]")
        return {known[key]: _readable(value) for key, value in configuration.choices.items()}

    def _use(self, ctx: click.Context, _: click.Parameter, name: str | None) -> None:
        if name is not None:
            configuration = configurations().read(name)
            where = f"Configuration {configurations().path(name).name}"
            ctx.default_map = self.values_of(configuration, where)
            ctx.meta[_KEPT] = configuration

    def _choose(self, ctx: click.Context) -> None:
        def has(group: tuple[str, ...]) -> bool:
            return any(ctx.get_parameter_source(one) is ParameterSource.COMMANDLINE for one in group)

        for groups in self.alternatives:
            silent = [group for group in groups if not has(group)]
            for one in (one for group in silent for one in group) if len(silent) < len(groups) else ():
                if ctx.get_parameter_source(one) is ParameterSource.DEFAULT_MAP:
                    ctx.params[one] = type(ctx.params[one])()  # no text, no list, not set
                    ctx.set_parameter_source(one, ParameterSource.DEFAULT)

    def _note_save(self, ctx: click.Context, _: click.Parameter, name: str | None) -> None:
        if name is not None:
            ctx.meta[f"{_KEPT}.save"] = name

    def _configuration(self, ctx: click.Context, name: str) -> Configuration:
        """What was given, and where mail goes: as in the configuration used, or the one replaced."""
        choices = {
            key: _writable(ctx.params[param])
            for key, param in self.options().items()
            if param in ctx.params and ctx.get_parameter_source(param) in _GIVEN
        }
        used = current_configuration()
        if not used and configurations().path(name).is_file():
            used = configurations().read(name)
        made = Configuration(str(self.name), choices, dict(used.mail) if used else {})
        if mail_to := ctx.params.get("mail_to"):
            made = replace(made, mail={**made.mail, "to": list(mail_to)})
        return made


def _key(param: click.Parameter) -> str:
    """The name of an option in a file: its long form, with _ for -.

    >>> _key(click.Option(["-o", "--output", "target"]))
    'output'
    """
    long = next((name for name in param.opts if name.startswith("--")), str(param.name))
    return long.lstrip("-").replace("-", "_")


def _writable(value: Any) -> Any:
    """A value of an option in TOML.

    >>> _writable((Fraction(1, 20), date(2026, 9, 1), True, 60))
    ['0.05', '2026-09-01', True, 60]
    """
    if isinstance(value, (tuple, list)):
        return [_writable(one) for one in value]
    if isinstance(value, Path):
        return os.path.abspath(value)
    if isinstance(value, Fraction):
        return f"{printed(value):f}"
    return value if isinstance(value, (bool, int)) else str(value)


def _readable(value: Any) -> Any:
    """A value of a configuration as an option takes it: a date may stand there without quotes."""
    if isinstance(value, Mapping):
        raise TollsheetError("A table stands among the choices", "Write key = value below [choices].")
    if isinstance(value, list):
        return [_readable(one) for one in value]
    return str(value) if isinstance(value, (date, float)) else value
