"""``get``, ``commands``, ``queries``: read records, and read what can be asked for."""

from __future__ import annotations

import argparse
import dataclasses
from collections.abc import Iterator, Sequence
from typing import Any

from govproc_desktop.cli import output
from govproc_desktop.cli.doing import spec_of
from govproc_desktop.cli.office import actor_of, clock_of, json_of, load_registries, opened
from govproc_desktop.cli.output import Usage, say
from govproc_desktop.i18n import N_, _
from govproc_desktop.models.engine import Database
from govproc_desktop.queries.registry import QUERIES, QuerySpec, Reader
from govproc_desktop.services import wire
from govproc_desktop.services.command import COMMANDS, CommandSpec

_PAGE = 1000


def get(args: argparse.Namespace) -> int:
    """Run a query and print its answer: one line, or one line a row."""
    load_registries()
    with opened(args, lock=False) as database:
        for row in rows(answer_of(database, args)):
            say(wire.dump(row))
    return output.DONE


def answer_of(database: Database, args: argparse.Namespace) -> Any:
    """Return what the query of the arguments answers.

    Raises:
        Usage: there is no such query.
        BadInput: E4005, the parameters do not fit it.
    """
    spec = query_of(args.query)
    params = wire.load(spec.params, json_of(args.json))
    return spec.run(reader_of(database, args), params)


def all_rows(database: Database, args: argparse.Namespace) -> Iterator[Any]:
    """Yield every row a query answers, a list page by page.

    Raises:
        Usage: there is no such query.
        BadInput: E4005, the parameters do not fit it.
    """
    spec = query_of(args.query)
    params = wire.load(spec.params, json_of(args.json))
    reader = reader_of(database, args)
    if not {"offset", "limit"} <= {each.name for each in dataclasses.fields(spec.params)}:
        yield from rows(spec.run(reader, params))
        return
    at = params.offset
    while found := spec.run(reader, dataclasses.replace(params, offset=at, limit=_PAGE))["rows"]:
        yield from found
        at += len(found)


def reader_of(database: Database, args: argparse.Namespace) -> Reader:
    """Return for whom and when the arguments want to read."""
    return Reader(database, actor_of(database, args.as_), clock_of(args)())


def rows(answer: Any) -> Sequence[Any]:
    """Return the rows of an answer; a single record is one row."""
    return answer if isinstance(answer, (list, tuple)) else (answer,)


def query_of(query_id: str) -> QuerySpec:
    """Return a query by its id.

    Raises:
        Usage: there is none.
    """
    if query_id not in QUERIES:
        raise Usage(
            N_("没有查询 {name}。可用的查询请看 govproc-desktop queries。"), {"name": query_id}
        )
    return QUERIES[query_id]


def commands(args: argparse.Namespace) -> int:
    """List the commands with their JSON schema, or one of them."""
    load_registries()
    chosen = [spec_of(args.id)] if args.id else [COMMANDS[key] for key in sorted(COMMANDS)]
    for spec in chosen:
        say(_described(spec, spec.kind))
    return output.DONE


def queries(args: argparse.Namespace) -> int:
    """List the queries with the JSON schema of their parameters, or one of them."""
    load_registries()
    chosen = [query_of(args.id)] if args.id else [QUERIES[key] for key in sorted(QUERIES)]
    for spec in chosen:
        say(_described(spec, spec.params))
    return output.DONE


def _described(spec: CommandSpec | QuerySpec, kind: type[Any]) -> dict[str, Any]:
    return {
        "id": spec.id,
        "title": _(spec.title),
        "permission": spec.permission,
        "schema": wire.schema(kind),
    }
