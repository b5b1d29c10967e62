"""基础数据: every reference table, its edition, what of it is still unchecked, and its rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from govproc_desktop.exchange.reference_export import write_reference
from govproc_desktop.i18n import N_, _
from govproc_desktop.queries.lookups import NoParams
from govproc_desktop.queries.reference import (
    COLUMNS,
    TableContent,
    TableParams,
    TableRow,
    reference_table,
    reference_tables,
)
from govproc_desktop.services.context import Changes
from govproc_desktop.views.kit import fmt
from govproc_desktop.views.kit.desk import Desk
from govproc_desktop.views.kit.roles import Kind
from govproc_desktop.views.kit.type_scale import text_width
from govproc_desktop.views.kit.widgets import Button, Label, Notice, Panel, SearchField
from govproc_desktop.views.system.parts import RowsCell, RowsColumn, RowsTable
from govproc_desktop.views.system.parts.rows_table import MOST_SHOWN
from govproc_desktop.views.system.reference_import import PATTERNS, import_edition

_LEVELS = {"1": N_("中央"), "2": N_("省级"), "3": N_("市级"), "4": N_("县级"), "5": N_("乡级")}
_WORDS = {
    "is_leaf": {"0": N_("否"), "1": N_("是")},
    "needs_condition": {"0": N_("否"), "1": N_("是")},
    "level": _LEVELS,
    "day_type": {
        "day": N_("自然日"),
        "workday": N_("工作日"),
        "year": N_("年"),
        "percent": N_("百分之"),
        "permyriad": N_("万分之"),
        "none": "—",
    },
    "bound": {"at_least": N_("不少于"), "at_most": N_("不多于")},
    "object_type": {"A": N_("货物"), "B": N_("工程"), "C": N_("服务")},
}
_KINDS = {
    "holidays": {"off": N_("放假"), "worked": N_("上班")},
    "numbering": {"plan": N_("实施计划"), "contract": N_("合同")},
    "thresholds": {
        "decentralized": N_("分散采购限额"),
        "public_tender": N_("公开招标数额"),
        "must_bid": N_("必须招标数额"),
        "mall": N_("网上商城限额"),
        "sme_reserve": N_("中小企业预留起点"),
    },
}
_WIDEST = 260


class ReferenceWindow(QWidget):
    """Tables left, the rows of the chosen one right; only who may edit imports a new edition."""

    def __init__(self, desk: Desk, params: Mapping[str, Any]) -> None:
        super().__init__()
        self._desk = desk
        self._tables: tuple[TableRow, ...] = ()
        self._content: TableContent | None = None
        self._wanted = str(params.get("kind", ""))
        self.setWindowTitle(_("基础数据"))
        self.tables = RowsTable(_("基础数据"), row_height=34)
        self.rows = RowsTable(_("表内容"))
        self.search = SearchField(_("在这张表里找"))
        self.title = Label("", "section")
        self.sub = Label("", "note", "text3")
        self.count = Label("", "note", "text2")
        self.load = Button(_("导入新版…"), icon="upload")
        self.export = Button(_("导出 CSV"), "ghost", icon="download")
        self._notices = QVBoxLayout()
        self._build()
        self._connect()
        self.setFocusProxy(self.tables)
        self.refresh()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(24, 16, 24, 10)
        head.setSpacing(12)
        head.addWidget(Label(_("基础数据"), "heading"))
        told = _("目录、限额、期限、节假日和代码表；换版时旧版留着，单据按提交当时的版本核对")
        head.addWidget(Label(told, "note", "text3"))
        head.addStretch(1)
        column.addLayout(head)
        parts = QHBoxLayout()
        parts.setContentsMargins(24, 4, 24, 16)
        parts.setSpacing(16)
        left = Panel()
        left.setFixedWidth(340)
        inside = QVBoxLayout(left)
        inside.setContentsMargins(1, 10, 1, 8)
        inside.setSpacing(8)
        whole = Label(_("全部表"), "section")
        whole.setContentsMargins(12, 0, 12, 0)
        inside.addWidget(whole)
        inside.addWidget(self.tables)
        parts.addWidget(left)
        parts.addWidget(self._right(), 1)
        column.addLayout(parts, 1)

    def _right(self) -> Panel:
        right = Panel()
        column = QVBoxLayout(right)
        column.setContentsMargins(1, 0, 1, 8)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(16, 10, 12, 8)
        head.setSpacing(8)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.title)
        words.addWidget(self.sub)
        head.addLayout(words, 1)
        head.addWidget(self.export)
        head.addWidget(self.load)
        column.addLayout(head)
        self._notices.setContentsMargins(16, 0, 16, 0)
        self._notices.setSpacing(6)
        column.addLayout(self._notices)
        line = QHBoxLayout()
        line.setContentsMargins(16, 8, 16, 10)
        self.search.setFixedWidth(260)
        line.addWidget(self.search)
        line.addStretch(1)
        line.addWidget(self.count)
        column.addLayout(line)
        column.addWidget(self.rows, 1)
        return right

    def _connect(self) -> None:
        self.tables.selectionModel().currentRowChanged.connect(lambda *_rows: self._choose())
        self.search.textChanged.connect(lambda _text: self._show_rows())
        self.search.leaveDown.connect(self.rows.setFocus)
        self.export.clicked.connect(self._export)
        self.load.clicked.connect(self._load)
        self.load.whyRequested.connect(self._load)
        if not self._desk.context.actor.may("reference.edit"):
            why = _("只能看：您没有「维护基础数据」权限。请系统管理员导入新版。")
            self.load.set_reason(why)
        self._desk.notices.changed.connect(self._noticed)

    def take(self, params: Mapping[str, Any]) -> None:
        """Show the table the window is called for (``kind``)."""
        self._wanted = str(params.get("kind", ""))
        self._point()

    def refresh(self) -> None:
        """Read the tables again; the chosen one stays."""
        self._desk.read(
            lambda reader: reference_tables(reader, NoParams()),
            self._show_tables,
            owner=self,
            era="tables",
        )

    def _show_tables(self, tables: list[TableRow]) -> None:
        if self._content is not None and not self._wanted:
            self._wanted = self._content.kind
        self._tables = tuple(tables)
        columns = (
            RowsColumn(title=_("表"), stretch=True, strong=True),
            RowsColumn(title=_("行数"), width=64, kind=Kind.NUMBER),
            RowsColumn(title=_("要办的"), width=120, kind=Kind.PILL),
        )
        self.tables.show_rows(columns, [_table_cells(each) for each in tables])
        self._point()

    def _point(self) -> None:
        kinds = [each.kind for each in self._tables]
        if kinds:
            self.tables.choose(kinds.index(self._wanted) if self._wanted in kinds else 0)
            self._wanted = ""

    def _chosen(self) -> TableRow | None:
        row = self.tables.chosen_row()
        return self._tables[row] if 0 <= row < len(self._tables) else None

    def _choose(self) -> None:
        table = self._chosen()
        if table is None:
            return
        asked = TableParams(kind=table.kind)
        self._desk.read(
            lambda reader: reference_table(reader, asked),
            lambda content: self._show(table, content),
            owner=self,
            era="table",
        )

    def _show(self, table: TableRow, content: TableContent) -> None:
        fresh = self._content is None or self._content.kind != content.kind
        self._content = content
        self.title.setText(table.title)
        parts = [
            table.note,
            _("第 {edition} 版").format(edition=content.edition),
            _("{at} {person} 导入").format(at=fmt.moment(content.at), person=content.person),
        ]
        self.sub.setText(" · ".join(part for part in parts if part))
        self._warn(table.warnings)
        if fresh and self.search.text():
            self.search.clear()
        else:
            self._show_rows()

    def _warn(self, warnings: Sequence[str]) -> None:
        while (item := self._notices.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for warning in warnings:
            self._notices.addWidget(Notice(warning, "warn", closable=False))

    def _show_rows(self) -> None:
        content = self._content
        if content is None:
            return
        words = self.search.text().lower().split()
        shown = [
            cells
            for cells in (_row_cells(content, row) for row in content.rows)
            if all(word in " ".join(each.text for each in cells).lower() for word in words)
        ]
        self.rows.show_rows(_columns(content, self.rows.viewport().width()), shown)
        self._tell_count(len(shown), len(content.rows), filtered=bool(words))

    def _tell_count(self, shown: int, total: int, *, filtered: bool) -> None:
        told = _("共 {total} 行").format(total=f"{total:,}")
        if filtered:
            told = _("找到 {count} 行，共 {total} 行").format(
                count=f"{shown:,}", total=f"{total:,}"
            )
        if shown > MOST_SHOWN:
            told += _("，先列 {most} 行").format(most=f"{MOST_SHOWN:,}")
        self.count.setText(told)

    def _load(self) -> None:
        content = self._content
        if content is not None and self.load.reason is None:
            import_edition(self._desk, content.kind, content.title, owner=self)

    def _export(self) -> None:
        content = self._content
        if content is None:
            return
        path = self._desk.asker.save_file(
            title=_("导出 CSV"), name=f"{content.kind}.csv", patterns=_(PATTERNS)
        )
        if path is None:
            return
        text, asker = content.text, self._desk.asker
        done = _("「{title}」第 {edition} 版已存到 {path}。").format(
            title=content.title, edition=content.edition, path=path
        )
        self._desk.tasks.run(
            lambda: write_reference(path, text),
            lambda _nothing: asker.tell(_("已存好"), done),
            asker.error,
            owner=self,
            lane="paper",
        )

    def _noticed(self, changes: Changes, _origin: object) -> None:
        if "reference" in changes.kinds:
            self.refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Search with Ctrl+F."""
        if event.matches(QKeySequence.StandardKey.Find):
            self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.search.selectAll()
        else:
            super().keyPressEvent(event)


def _table_cells(table: TableRow) -> list[str | RowsCell]:
    if table.unchecked:
        todo = RowsCell(_("{count} 条须核对").format(count=table.unchecked), "warning")
    elif table.warnings:
        todo = RowsCell(_("缺下一年"), "warning")
    else:
        todo = RowsCell("—")
    return [table.title, f"{table.rows:,}", todo]


def _columns(content: TableContent, room: int) -> tuple[RowsColumn, ...]:
    places = _places(content)
    widths = {place: min(_WIDEST, _width(content, place)) for place in places}
    # where all columns fit, the widest takes what is left; else one scrolls and nothing is cut
    fits = sum(widths.values()) <= room
    loose = max(places, key=lambda place: widths[place]) if fits else -1
    return tuple(
        RowsColumn(
            title=_(COLUMNS.get(name, name)),
            kind=_kind(name),
            width=widths[place],
            stretch=place == loose,
            strong=name in ("name", "title"),
        )
        for place, name in ((each, content.columns[each]) for each in places)
    )


def _places(content: TableContent) -> list[int]:
    # whether a row may be relied upon stands first, not where one has to scroll to
    return sorted(
        range(len(content.columns)), key=lambda place: content.columns[place] != "verified"
    )


def _kind(column: str) -> Kind:
    if column == "verified":
        return Kind.PILL
    return Kind.NUMBER if column in ("amount", "days", "number") else Kind.TEXT


def _width(content: TableContent, place: int) -> int:
    name = content.columns[place]
    head = text_width(_(COLUMNS.get(name, name)), "column")
    cells = (_cell(content, place, row) for row in content.rows[:300])
    widest = max((text_width(each.text, "strong") for each in cells), default=0)
    return int(max(head, widest)) + (60 if name == "verified" else 28)


def _row_cells(content: TableContent, row: Sequence[str]) -> list[RowsCell]:
    return [_cell(content, place, row) for place in _places(content)]


def _cell(content: TableContent, place: int, row: Sequence[str]) -> RowsCell:
    name = content.columns[place]
    value = row[place].strip() if place < len(row) else ""
    if name == "verified":
        checked = value == "1"
        return RowsCell(_("已核对") if checked else _("须核对"), "passed" if checked else "warning")
    if name == "amount":
        return RowsCell(_amount(value))
    words = _KINDS.get(content.kind, {}) if name == "kind" else _WORDS.get(name, {})
    known = words.get(value)
    return RowsCell(_(known) if known is not None else value or "—")


def _amount(value: str) -> str:
    whole, point, places = value.partition(".")
    return f"{int(whole):,}{point}{places}" if whole.isdecimal() else value or "—"
