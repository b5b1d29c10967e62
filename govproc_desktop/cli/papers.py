"""``print``, ``import``, ``export``, ``demo``: files out and in."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any
from uuid import UUID

from govproc_desktop.cli import output
from govproc_desktop.cli.office import (
    clock_of,
    context_of,
    load_registries,
    opened,
    text_of,
)
from govproc_desktop.cli.output import Usage, say
from govproc_desktop.cli.reading import all_rows, reader_of
from govproc_desktop.i18n import N_
from govproc_desktop.models.copying import publish, refuse_existing
from govproc_desktop.models.reference import KINDS
from govproc_desktop.paths import data_folder
from govproc_desktop.services import wire
from govproc_desktop.services.command import run
from govproc_desktop.services.print_log import NotePrint
from govproc_desktop.services.reference import LoadReference


def print_form(args: argparse.Namespace) -> int:
    """Write the PDF of a form, and note the copy in the print log."""
    from govproc_desktop.printing import registry
    from govproc_desktop.queries import documents

    target = Path(args.output)
    refuse_existing(target)
    uid = _uid(args.uid)
    with opened(args, lock=False) as database:
        record = documents.sheet(reader_of(database, args), args.form, uid)
        pdf = registry.render(args.form, record)
        _write(target, pdf)
        note = NotePrint(
            form=args.form.upper(),
            document=uid,
            version=getattr(record, "version", 0),
            record_hash=getattr(record, "record_hash", ""),
            short_code=getattr(record, "short_code", ""),
            medium="file",
        )
        noted = run(note, context_of(database, args))
    say({"printed": str(target), "size": len(pdf), "copy": noted.result.get("first_copy")})
    return output.DONE


def import_file(args: argparse.Namespace) -> int:
    """Take a file in: ``fund_plan`` from the budget system, or a reference table as CSV."""
    from govproc_desktop.exchange import fund_import

    load_registries()
    with opened(args, lock=True) as database:
        context = context_of(database, args)
        if args.kind in KINDS:
            command = LoadReference(kind=args.kind, text=text_of(args.file))
            say(wire.dump(run(command, context, dry_run=args.dry_run).result))
            return output.DONE
        if args.kind not in fund_import.KINDS:
            raise Usage(
                N_("不能导入“{kind}”。可以导入：{kinds}。"),
                {"kind": args.kind, "kinds": "、".join((*fund_import.KINDS, *KINDS))},
            )
        report = fund_import.import_file(
            Path(args.file), context, kind=args.kind, dry_run=args.dry_run
        )
    say(wire.dump(report.result))
    return output.DONE


def export(args: argparse.Namespace) -> int:
    """Write what a query answers into an .xlsx or .csv file, typed cell by cell."""
    load_registries()
    target = Path(args.output)
    refuse_existing(target)
    if target.suffix.lower() not in (".csv", ".xlsx"):
        raise Usage(N_("导出文件名应以 .xlsx 或 .csv 结尾。"))
    with opened(args, lock=False) as database:
        found = [_flat(each) for each in all_rows(database, args)]
    header = list(dict.fromkeys(key for each in found for key in each))
    lines = [[each.get(key) for key in header] for each in found]
    if target.suffix.lower() == ".csv":
        from govproc_desktop.exchange.csv_writer import write_csv

        write_csv(target, header, lines)
    else:
        from govproc_desktop.exchange.xlsx_writer import XlsxColumn, write_xlsx

        write_xlsx(target, [XlsxColumn(key) for key in header], lines, title=args.query)
    say({"exported": str(target), "rows": len(lines)})
    return output.DONE


def demo(args: argparse.Namespace) -> int:
    """Build the demo office: a year of believable data in a new file."""
    from govproc_desktop.exchange import demo as building

    load_registries()
    args.database = args.to or str(data_folder() / "demo.sqlite3")
    if "://" not in args.database:
        refuse_existing(Path(args.database))
    now = clock_of(args)() if args.at else building.NOW
    with opened(args, lock=True, create=True) as database:
        building.build(database, now=now)
    say({"made": args.database})
    return output.DONE


def _write(target: Path, data: bytes) -> None:
    half = target.with_name(target.name + ".part")
    try:
        half.write_bytes(data)
        publish(half, target)
    except OSError as fault:
        raise Usage(
            N_("写不了文件 {name}（{fault}）。未留下残件。"),
            {"name": str(target), "fault": fault.strerror},
        ) from fault
    finally:
        half.unlink(missing_ok=True)


def _flat(row: Any) -> dict[str, Any]:
    """Return a row with what a spreadsheet cell cannot hold as JSON text."""
    if not hasattr(row, "__dataclass_fields__") and not isinstance(row, dict):
        return {"value": row}
    plain = row if isinstance(row, dict) else {key: getattr(row, key) for key in row.__dict__}
    return {
        key: wire.canonical(value)
        if isinstance(value, (dict, list, tuple)) or hasattr(value, "__dataclass_fields__")
        else str(value)
        if isinstance(value, (UUID, bool))
        else value
        for key, value in plain.items()
    }


def _uid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as fault:
        raise Usage(N_("单据编号不是合格的 UUID：{text}。"), {"text": text[:40]}) from fault
