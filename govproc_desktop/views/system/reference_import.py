"""Take in a new edition of a reference table: check every cell first, say what would change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QWidget

from govproc_desktop.domain.errors import AppError
from govproc_desktop.domain.reference_files import (
    BadReferenceFile,
    Fault,
    Sheet,
    check_sheet,
    load_methods,
)
from govproc_desktop.exchange.reference_files import read_sheet
from govproc_desktop.i18n import N_, _
from govproc_desktop.queries.reference import (
    COLUMNS,
    TableContent,
    TableParams,
    cells_of,
    reference_table,
)
from govproc_desktop.queries.registry import Reader
from govproc_desktop.services.context import Outcome
from govproc_desktop.services.reference import LoadReference
from govproc_desktop.views.kit.asking import Question
from govproc_desktop.views.kit.desk import Desk
from govproc_desktop.views.kit.roles import Kind
from govproc_desktop.views.kit.widgets import Button, DialogFrame, Label
from govproc_desktop.views.system.parts import RowsColumn, RowsTable
from govproc_desktop.views.system.parts.rows_table import copy_rows

_METHODS = ("methods", "method_conditions")
PATTERNS = N_("CSV UTF-8 文件 (*.csv)")


@dataclass(frozen=True, kw_only=True)
class NewEdition:
    """A checked file beside the edition in force."""

    old: TableContent
    text: str
    rows: int
    added: int
    removed: int

    @property
    def same(self) -> bool:
        """Whether it says the same, line for line."""
        return not self.added and not self.removed


def check(path: Path, kind: str, reader: Reader) -> NewEdition:
    """Read and check a file against the rules of its table; nothing is written.

    Raises:
        BadReferenceFile: E3003, with every cell to mend.
        AppError: it cannot be read at all.
    """
    sheet = read_sheet(path)
    check_sheet(kind, sheet)
    if kind in _METHODS:
        # methods and their conditions only make sense together
        other = _METHODS[1 - _METHODS.index(kind)]
        text = reference_table(reader, TableParams(kind=other)).text
        pair = {kind: sheet, other: Sheet(f"{other}.csv", text)}
        load_methods(pair["methods"], pair["method_conditions"])
    old = reference_table(reader, TableParams(kind=kind))
    _columns, rows = cells_of(sheet.text)
    before, after = Counter(old.rows), Counter(rows)
    return NewEdition(
        old=old,
        text=sheet.text,
        rows=len(rows),
        added=(after - before).total(),
        removed=(before - after).total(),
    )


class FaultsDialog(DialogFrame):
    """Every cell that keeps a file out, to be mended all at once."""

    def __init__(self, name: str, faults: tuple[Fault, ...], *, parent: QWidget) -> None:
        told = _("「{name}」有 {count} 处要改，一行也没有导入。改好后再导一次。")
        title = _("这个文件还不能用")
        super().__init__(title, told.format(name=name, count=len(faults)), width=860, parent=parent)
        self._faults = faults
        self.table = RowsTable(title)
        self.table.setMinimumHeight(340)
        columns = (
            RowsColumn(title=_("行"), width=64, kind=Kind.NUMBER),
            RowsColumn(title=_("列"), width=196, strong=True),
            RowsColumn(title=_("哪里不对"), stretch=True),
        )
        self.table.show_rows(columns, [_fault_row(each) for each in faults])
        self.body.addWidget(self.table)
        note = _("行号与表格软件里的行号相同，第 1 行是表头。")
        self.body.addWidget(Label(note, "note", "text3"))
        copy = Button(_("复制"), "ghost", icon="copy")
        copy.clicked.connect(lambda: copy_rows([_fault_row(each) for each in faults]))
        self.foot.addWidget(copy)
        self.foot.addStretch(1)
        close = Button(_("知道了"), "primary")
        close.clicked.connect(self.accept)
        self.foot.addWidget(close)
        close.setFocus()


def import_edition(desk: Desk, kind: str, title: str, *, owner: QWidget) -> None:
    """Ask for a file, check it in the background, show what would change, and load it."""
    found = desk.asker.open_files(
        title=_("导入新版：{title}").format(title=title), patterns=_(PATTERNS)
    )
    if not found:
        return
    path, reader = found[0], desk.reader()

    def failed(fault: AppError) -> None:
        if isinstance(fault, BadReferenceFile):
            FaultsDialog(path.name, fault.faults, parent=owner).open()
        else:
            desk.asker.error(fault)

    desk.tasks.run(
        lambda: check(path, kind, reader),
        lambda made: _offer(desk, made, owner),
        failed,
        owner=owner,
        era="edition",
        lane="paper",
    )


def _offer(desk: Desk, made: NewEdition, owner: QWidget) -> None:
    title = made.old.title
    if made.same:
        told = _("文件与正在用的第 {edition} 版一样，没有要换的。")
        desk.asker.tell(title, told.format(edition=made.old.edition))
        return
    told = _(
        "正在用第 {edition} 版，{old} 行；新文件 {new} 行：新增 {added} 行，去掉 {removed} 行。\n"
        "改过的行算一增一减。旧版仍留着，已提交的单据仍按提交当时的标准。"
    ).format(
        edition=made.old.edition,
        old=len(made.old.rows),
        new=made.rows,
        added=made.added,
        removed=made.removed,
    )
    question = Question(
        title=_("把「{title}」换成新版？").format(title=title),
        text=told,
        answers=(("no", _("先不换")), ("yes", _("换成新版"))),
    )
    if desk.asker.ask(question) == "yes":
        desk.send(
            LoadReference(kind=made.old.kind, text=made.text), _told(desk, title), owner=owner
        )


def _told(desk: Desk, title: str) -> Callable[[Outcome], None]:
    def tell(outcome: Outcome) -> None:
        edition = outcome.result.get("edition")
        told = _("现在用的是第 {edition} 版，从下一次提交起按它核对。").format(edition=edition)
        desk.asker.tell(title, told)

    return tell


def _fault_row(fault: Fault) -> list[str]:
    column = _(COLUMNS.get(fault.column, fault.column)) if fault.column else "—"
    named = f"{column}（{fault.column}）" if fault.column in COLUMNS else column
    return [str(fault.row) if fault.row else "—", named, fault.message]
