"""``init``, ``verify``, ``backup``, ``restore``: look after a whole database."""

from __future__ import annotations

import argparse
import getpass
import sys
from pathlib import Path

from sqlalchemy import make_url

from govproc_desktop.cli import output
from govproc_desktop.cli.office import clock_of, database_of, opened
from govproc_desktop.cli.output import Usage, say
from govproc_desktop.domain.permissions import SYSTEM
from govproc_desktop.exchange.reference_files import load_shipped
from govproc_desktop.i18n import N_, _
from govproc_desktop.models.opening import backup_folder
from govproc_desktop.services import maintenance
from govproc_desktop.services.context import Context
from govproc_desktop.services.maintenance import KINDS, Seal
from govproc_desktop.services.maintenance.first_use import FirstUse, set_up
from govproc_desktop.services.passwords import check_password_strength


def init(args: argparse.Namespace) -> int:
    """Make an empty database with its first unit and administrator."""
    asked = FirstUse(
        unit_code=args.unit_code,
        unit_name=args.unit_name,
        kind=args.kind,
        region_code=args.region,
        login=args.login,
        name=args.name,
        password=_password(args),
    )
    check_password_strength(asked.password, asked.login, asked.name)  # before a file is made
    with opened(args, lock=True, create=True) as database:
        context = Context(database=database, actor=SYSTEM, clock=clock_of(args))
        set_up(asked, context)
        load_shipped(context)
    say({"made": str(database_of(args)), "administrator": args.login.lower()})
    return output.DONE


def verify(args: argparse.Namespace) -> int:
    """Check every promise of the database; exit 1 names what is broken."""
    seal = _seal(args.seal) if args.seal else None
    with opened(args, lock=False) as database:
        report = maintenance.verify(database, seal=seal)
    for each in report.findings:
        say(
            {
                "broken": each.kind,
                "title": _(KINDS[each.kind]),
                "code": each.code,
                "count": each.count,
                "message": each.sentence(),
            }
        )
    say({"sound": report.sound, "counted": dict(report.counted), "seal": report.seal.text()})
    return output.DONE if report.sound else output.REFUSED


def backup(args: argparse.Namespace) -> int:
    """Write a verified backup; ``--thin`` then removes the old ones beyond the rule."""
    with opened(args, lock=False) as database:
        where = Path(args.target) if args.target else None
        if where is None:
            where = backup_folder(database.path) if database.path else Path.cwd()
        made = maintenance.backup(database, where, now=clock_of(args)())
    gone = maintenance.thin(made.path.parent) if args.thin else ()
    say(
        {
            "backup": str(made.path),
            "size": made.size,
            "seal": made.seal.text(),
            "thinned": [each.name for each in gone],
        }
    )
    return output.DONE


def restore(args: argparse.Namespace) -> int:
    """Bring a backup back under a new name, or into an empty PostgreSQL database."""
    is_server = "://" in args.to and not args.to.startswith("sqlite")
    target = make_url(args.to) if is_server else Path(args.to.removeprefix("sqlite:///"))
    seal = maintenance.restore(Path(args.file), target)
    say({"restored": args.to, "seal": seal.text()})
    return output.DONE


def _seal(text: str) -> Seal:
    seq, colon, digest = text.partition(":")
    if not colon or not seq.isdecimal() or len(digest) < 8:
        raise Usage(N_("封条应写成 880:9f3c0a1b2c3d4e5f。"))
    return Seal(int(seq), digest.lower())


def _password(args: argparse.Namespace) -> str:
    if args.password_stdin:
        return sys.stdin.readline().rstrip("\n")
    first = getpass.getpass(_("管理员密码："))
    if first != getpass.getpass(_("再输一遍：")):
        raise Usage(N_("两次输入的密码不一样，未作改动。"))
    return first
