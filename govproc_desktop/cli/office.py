"""What every subcommand needs: the database, the person, the office clock, JSON input."""

from __future__ import annotations

import argparse
import getpass
import importlib
import os
import pkgutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from govproc_desktop.cli.output import Usage
from govproc_desktop.domain.permissions import Actor
from govproc_desktop.i18n import N_
from govproc_desktop.models.engine import Database
from govproc_desktop.models.opening import default_path, open_database
from govproc_desktop.services import accounts, wire
from govproc_desktop.services.context import Clock, Context
from govproc_desktop.services.maintenance import demand_sound


def office_time() -> datetime:
    """Return office time: the one place in the command line that reads the clock."""
    return datetime.now().replace(microsecond=0)  # noqa: DTZ005, TID251 - composition root


def clock_of(args: argparse.Namespace) -> Clock:
    """Return the clock of ``--at``, which stands still, or the office's own.

    Raises:
        Usage: ``--at`` is not a date and time.
    """
    return fixed_clock(args.at) if getattr(args, "at", None) else office_time


def fixed_clock(text: str) -> Clock:
    """Return a clock that stands at an ISO date and time.

    Raises:
        Usage: the text is not one.
    """
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as fault:
        raise Usage(
            N_("--at 应写成 2026-11-23T09:00，您写的是“{text}”。"), {"text": text[:40]}
        ) from fault
    return lambda: moment.replace(tzinfo=None)


def database_of(args: argparse.Namespace) -> str | Path:
    """Return the database that is meant: option, GOVPROC_DATABASE, setting, this person's file."""
    named = args.database or os.environ.get("GOVPROC_DATABASE")
    if named:
        return str(named)
    from govproc_desktop.settings import DATABASE_URL
    from govproc_desktop.settings_store import Store

    return Store.of_this_person().get(DATABASE_URL) or default_path()


@contextmanager
def opened(args: argparse.Namespace, *, lock: bool, create: bool = False) -> Iterator[Database]:
    """Open the database for one subcommand; what there is to tell goes to standard error."""
    made = open_database(
        database_of(args),
        lock=lock,
        holder=getattr(args, "as_", None) or getpass.getuser(),
        create=create,
        judge=demand_sound,
    )
    try:
        for note in made.notes:
            print(note.sentence(), file=sys.stderr)
        yield made.database
    finally:
        made.close()


def actor_of(database: Database, login: str) -> Actor:
    """Return the person behind an account.

    There is no password: who can open the database file, or holds the server's own login, could
    read and write it anyway; the journal names the account all the same.

    Raises:
        Refused: E1601 no such account, E1604 stopped.
    """
    with database.sessions() as session:
        return accounts.actor_for_login(session, login)


def context_of(database: Database, args: argparse.Namespace) -> Context:
    """Return what a command runs in, for the account of ``--as``."""
    return Context(database=database, actor=actor_of(database, args.as_), clock=clock_of(args))


def load_registries() -> None:
    """Import every module that registers commands or queries."""
    for name in ("govproc_desktop.services", "govproc_desktop.queries"):
        package = importlib.import_module(name)
        for found in pkgutil.walk_packages(package.__path__, f"{name}."):
            importlib.import_module(found.name)


def json_of(text: str | None) -> Any:
    """Return the JSON of an option: inline (``{…}``), ``-`` for standard input, or a file.

    Raises:
        BadInput: E4005, not acceptable JSON.
        Usage: the file cannot be read.
    """
    if text is None:
        return {}
    return wire.parse_json(text if text.lstrip().startswith(("{", "[")) else text_of(text))


def text_of(name: str) -> str:
    """Return the text of a file, or of standard input for ``-``.

    Raises:
        Usage: it cannot be read, or is not UTF-8.
    """
    try:
        if name == "-":
            return sys.stdin.buffer.read().decode("utf-8-sig")
        return Path(name).read_text("utf-8-sig")
    except OSError as fault:
        raise Usage(
            N_("读不了文件 {name}（{fault}）。"), {"name": name, "fault": fault.strerror}
        ) from fault
    except UnicodeDecodeError as fault:
        raise Usage(N_("文件 {name} 不是 UTF-8 文本。"), {"name": name}) from fault
