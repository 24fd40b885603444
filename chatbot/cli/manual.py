"""Help that reads as a page of a manual, as wide as the terminal is."""

import inspect
import shutil
from collections.abc import Iterable, Sequence
from importlib import import_module
from typing import Any

import click

_WIDEST, _NARROWEST = 100, 36
Section = tuple[str, Sequence[tuple[str, str]]]
"""A heading, and pairs of a term and what is to be said of it."""


class _Formatter(click.HelpFormatter):
    def __init__(self) -> None:
        columns = shutil.get_terminal_size().columns
        super().__init__(width=max(min(columns, _WIDEST) - 2, _NARROWEST))

    def write_heading(self, heading: str) -> None:
        self.write(f"{'':>{self.current_indent}}{heading.upper()}\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        super().write_dl(rows, min(col_max, self.width // 3), col_spacing)


class _Context(click.Context):
    def make_formatter(self) -> click.HelpFormatter:
        return _Formatter()


class Page(click.Command):
    """A command whose help has the sections of a manual page."""

    context_class = _Context

    def __init__(self, *args: Any, examples: Sequence[str] = (), sections: Sequence[Section] = (), **more: Any) -> None:
        super().__init__(*args, **more)
        self.examples, self.sections = examples, sections

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        summary, _, description = inspect.cleandoc(self.help or "").partition("\n\n")
        with formatter.section("Name"):
            formatter.write_text(f"{ctx.command_path} - {summary[:1].lower()}{summary[1:].removesuffix('.')}")
        with formatter.section("Synopsis"):
            formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix="")
        if description:
            with formatter.section("Description"):
                formatter.write_text(description)
        self.format_options(ctx, formatter)
        for heading, rows in self.sections:
            with formatter.section(heading):
                formatter.write_dl(rows)
        if self.examples:
            with formatter.section("Examples"):
                formatter.write("".join(f"{'':>{formatter.current_indent}}{line}\n" for line in self.examples))


class Pages(Page, click.Group):
    """A command with commands of its own, which its help lists before the options."""

    command_class = Page

    def __init__(self, *args: Any, modules: Sequence[str] = (), **more: Any) -> None:
        """`modules` register further commands when they are imported, which happens where those known do not do."""
        super().__init__(*args, **more)
        self.modules = modules

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.commands:
            self._import()
        return super().get_command(ctx, cmd_name)

    def list_commands(self, ctx: click.Context) -> list[str]:
        self._import()
        return super().list_commands(ctx)

    def _import(self) -> None:
        for module in self.modules:
            import_module(module)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        commands = [(name, self.commands[name]) for name in self.list_commands(ctx)]
        with formatter.section("Commands"):
            formatter.write_dl([(name, command.get_short_help_str(_WIDEST)) for name, command in commands])
        Page.format_options(self, ctx, formatter)


Pages.group_class = Pages
