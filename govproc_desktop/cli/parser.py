"""The grammar of the command line, and which function runs each subcommand.

To add a subcommand: a function ``(args) -> exit status`` in the module of its group, its parser
here, and a paragraph in ``docs/cli.md``. Functions are named as text, so that ``--help`` and a
wrong option cost no database imports.
"""

from __future__ import annotations

import argparse
import importlib
from collections.abc import Callable
from typing import Any

from govproc_desktop import __version__
from govproc_desktop.i18n import _

Adder = Any


def build() -> argparse.ArgumentParser:
    """Return the parser; ``args.run(args)`` then does the work."""
    parser = argparse.ArgumentParser(
        prog="govproc-desktop", description=_("政采桌面的命令行：与窗口走同一道门，JSON 进出。")
    )
    parser.add_argument("--version", action="version", version=__version__)
    parser.add_argument("--database", metavar="URL|PATH", help=_("数据文件或 PostgreSQL 地址"))
    subs = parser.add_subparsers(required=True, metavar="SUBCOMMAND")
    _add_commands(subs)
    _add_reads(subs)
    _add_keeping(subs)
    _add_papers(subs)
    return parser


def _add_commands(subs: Adder) -> None:
    do = _sub(subs, "do", "doing:do", _("执行一个命令，或用 --script 执行一串"))
    do.add_argument("command", nargs="?", metavar="COMMAND")
    _person(do, required=False)
    do.add_argument("--json", metavar="FILE|-|{…}", help=_("命令内容"))
    do.add_argument("--uid", help=_("命令编号：同一编号只生效一次"))
    do.add_argument("--confirm", action="append", default=[], metavar="KEY")
    do.add_argument("--dry-run", action="store_true", help=_("照做一遍，但不保存"))
    do.add_argument("--script", metavar="FILE|-", help=_("每行一个命令"))
    explain = _sub(subs, "explain", "doing:explain", _("为什么不能：逐条列出规则"))
    explain.add_argument("command", metavar="COMMAND")
    _person(explain)
    explain.add_argument("--json", metavar="FILE|-|{…}")


def _add_reads(subs: Adder) -> None:
    get = _sub(subs, "get", "reading:get", _("查询"))
    get.add_argument("query", metavar="QUERY")
    _person(get)
    get.add_argument("--json", metavar="FILE|-|{…}", help=_("查询条件"))
    for name, title in (("commands", _("列出命令")), ("queries", _("列出查询"))):
        listed = _sub(subs, name, f"reading:{name}", title)
        listed.add_argument("id", nargs="?", metavar="ID")


def _add_keeping(subs: Adder) -> None:
    init = _sub(subs, "init", "keeping:init", _("建立空数据库和第一个管理员"))
    init.add_argument("--unit-code", required=True)
    init.add_argument("--unit-name", required=True)
    init.add_argument("--kind", choices=("budget", "finance"), default="budget")
    init.add_argument("--region", default="410000")
    init.add_argument("--login", required=True)
    init.add_argument("--name", required=True, help=_("管理员姓名"))
    init.add_argument("--password-stdin", action="store_true", help=_("从标准输入读密码"))
    init.add_argument("--at", metavar="ISO")
    verify = _sub(subs, "verify", "keeping:verify", _("核对全部余额、状态、编号和审计链"))
    verify.add_argument("--seal", metavar="SEQ:HASH", help=_("与纸上或备份里的封条比对"))
    backup = _sub(subs, "backup", "keeping:backup", _("备份并核对"))
    backup.add_argument("target", nargs="?", metavar="FILE|FOLDER")
    backup.add_argument("--thin", action="store_true", help=_("按规则删去过旧的备份"))
    backup.add_argument("--at", metavar="ISO")
    restore = _sub(subs, "restore", "keeping:restore", _("把备份恢复到新的位置"))
    restore.add_argument("file", metavar="FILE")
    restore.add_argument("--to", required=True, metavar="PATH|URL")


def _add_papers(subs: Adder) -> None:
    paper = _sub(subs, "print", "papers:print_form", _("把表单存成 PDF"))
    paper.add_argument("form", metavar="FORM")
    paper.add_argument("uid", metavar="UID")
    paper.add_argument("-o", "--output", required=True, metavar="FILE")
    _person(paper)
    take = _sub(subs, "import", "papers:import_file", _("导入用款计划或基础数据"))
    take.add_argument("kind", metavar="KIND")
    take.add_argument("file", metavar="FILE")
    _person(take)
    take.add_argument("--dry-run", action="store_true")
    export = _sub(subs, "export", "papers:export", _("把查询结果存成表格"))
    export.add_argument("query", metavar="QUERY")
    export.add_argument("-o", "--output", required=True, metavar="FILE")
    _person(export)
    export.add_argument("--json", metavar="FILE|-|{…}")
    demo = _sub(subs, "demo", "papers:demo", _("建立演示单位"))
    demo.add_argument("--to", metavar="PATH|URL")
    demo.add_argument("--at", metavar="ISO")


def _person(parser: argparse.ArgumentParser, *, required: bool = True) -> None:
    parser.add_argument("--as", dest="as_", metavar="ACCOUNT", required=required)
    parser.add_argument("--at", metavar="ISO", help=_("办公时间，如 2026-11-23T09:00"))


def _sub(subs: Adder, name: str, where: str, title: str) -> argparse.ArgumentParser:
    made: argparse.ArgumentParser = subs.add_parser(name, help=title, description=title)
    made.set_defaults(run=_lazy(where))
    return made


def _lazy(where: str) -> Callable[[argparse.Namespace], int]:
    module, _colon, name = where.partition(":")

    def run(args: argparse.Namespace) -> int:
        found = importlib.import_module(f"govproc_desktop.cli.{module}")
        return int(getattr(found, name)(args))

    return run
