"""The 附件 section: the files rules ask for as a checklist, the others below, and a drop area."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from govproc_desktop.domain.plan.facts import RequiredFile
from govproc_desktop.i18n import _
from govproc_desktop.queries.attachments import FileRow
from govproc_desktop.views.kit import fmt
from govproc_desktop.views.kit.drop_area import DropArea, dropped_files
from govproc_desktop.views.kit.form_window import ElidedLine
from govproc_desktop.views.kit.paint import draw_symbol_disc
from govproc_desktop.views.kit.theme import color
from govproc_desktop.views.kit.widgets import Button, Label, icon_button
from govproc_desktop.views.kit.widgets.combos import Menu


class _Disc(QWidget):
    def __init__(self, kind: str) -> None:
        super().__init__()
        self._kind = kind
        self.setFixedSize(18, 18)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the sign."""
        draw_symbol_disc(QPainter(self), 0, 0, self._kind)


class FileLine(QWidget):
    """One line of the checklist: kind, file or what is missing, size; takes a dropped file."""

    dropped = Signal(str, list)
    opened = Signal(object)
    removed = Signal(object)
    chosen = Signal(str)
    rekinded = Signal(object, str)
    """A file's uid and the kind it really is."""

    def __init__(self, kind: str, name: str) -> None:
        super().__init__()
        self._kind = kind
        self.setAcceptDrops(True)
        self.setFixedHeight(36)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 1)
        self._row.setSpacing(9)
        self._name = ElidedLine("body", "text", height=22)
        self._name.set_text(name)
        self._name.setFixedWidth(136)

    def show_file(self, file: FileRow, *, read_only: bool, kinds: Mapping[str, str]) -> None:
        """Show an attached file; its kind can be put right from a menu of ``kinds``."""
        self._row.addWidget(_Disc("ok"))
        self._row.addWidget(self._name)
        if not read_only:
            self._name.setFixedWidth(108)
            self._add_kinds(file, kinds)
        link = Button(_short(file.name), "link", icon="file", height=28)
        link.setToolTip(_("{name}，{person} 添加").format(name=file.name, person=file.person))
        link.clicked.connect(lambda: self.opened.emit(file.uid))
        self._row.addWidget(link)
        self._row.addStretch(1)
        self._row.addWidget(Label(fmt.size(file.size), "note", "text3"))
        if not read_only:
            cross = icon_button("x", _("删除附件 {name}").format(name=file.name), height=28)
            cross.clicked.connect(lambda: self.removed.emit(file.uid))
            self._row.addWidget(cross)

    def _add_kinds(self, file: FileRow, kinds: Mapping[str, str]) -> None:
        words = _("改附件种类：{name}").format(name=file.name)
        button = icon_button("edit", words, height=28)
        menu = Menu(button)
        for code, title in kinds.items():
            if code != file.kind_code:
                act = menu.addAction(title)
                act.triggered.connect(
                    lambda _on=False, code=code: self.rekinded.emit(file.uid, code)
                )
        button.clicked.connect(lambda: menu.popup(button.mapToGlobal(button.rect().bottomLeft())))
        self.kinds = menu
        self._row.addWidget(button)

    def show_missing(self, file: RequiredFile, *, read_only: bool) -> None:
        """Show a required file that is not there, and who asks for it."""
        self._row.addWidget(_Disc("warn"))
        self._row.addWidget(self._name)
        words = _("须附。依据：{source}").format(source=file.source)
        told = Label(words, "note", "warn")
        told.setToolTip(words)
        self._row.addWidget(told, 1)
        if not read_only:
            choose = Button(_("选择文件"), "link", height=28)
            choose.clicked.connect(lambda: self.chosen.emit(self._kind))
            self._row.addWidget(choose)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files for this very kind."""
        if dropped_files(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Hand the files on with their kind."""
        event.acceptProposedAction()
        self.dropped.emit(self._kind, dropped_files(event))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line below."""
        box = QRectF(0, self.height() - 1, self.width(), 1)
        QPainter(self).fillRect(box, color("line"))


class AttachmentsSection(QWidget):
    """``add`` carries kind ("" while not said) and paths; ``opened``, ``removed`` a file's uid."""

    add = Signal(str, list)
    choose = Signal(str)
    opened = Signal(object)
    removed = Signal(object)
    rekinded = Signal(object, str)

    def __init__(self) -> None:
        super().__init__()
        self._seen: object = None
        self.read_only = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 8)
        head.setSpacing(8)
        name = Label(_("附件"), "section")
        name.setFixedHeight(28)
        head.addWidget(name)
        self.sub = Label("", "note", "text3")
        head.addWidget(self.sub)
        head.addStretch(1)
        self._column.addLayout(head)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        self._column.addLayout(self._lines)
        self._column.addSpacing(8)
        self.area = DropArea()
        self.area.dropped.connect(lambda paths: self._take("", paths))
        self.area.clicked.connect(lambda: self.choose.emit(""))
        self._column.addWidget(self.area)

    def refresh(
        self,
        required: Sequence[RequiredFile],
        files: Sequence[FileRow],
        *,
        kinds: dict[str, str],
    ) -> None:
        """Show the checklist and the files; ``kinds`` names the kinds of files."""
        seen = (tuple(required), tuple(files), self.read_only)
        if seen == self._seen:
            return
        self._seen = seen
        while (item := self._lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        there = {each.kind_code for each in files}
        for need in required:
            if need.kind not in there:
                line = self._line(need.kind, _(need.name))
                line.show_missing(need, read_only=self.read_only)
        # what the rules ask for is what a file most likely is; only without any, every kind
        asked = {each.kind: _(each.name) for each in required}
        offered = {**(asked or kinds), "other": _("其他")}
        for file in files:
            line = self._line(file.kind_code, kinds.get(file.kind_code, _("其他")))
            line.show_file(file, read_only=self.read_only, kinds=offered)
        self.area.setVisible(not self.read_only)
        have = sum(1 for need in required if need.kind in there)
        if required:
            words = _("规则要求 {count} 份，已有 {have} 份").format(count=len(required), have=have)
        else:
            words = _("规则不要求附件") if self.read_only else _("规则不要求附件，也可以添加")
        self.sub.setText(words)

    def _line(self, kind: str, name: str) -> FileLine:
        line = FileLine(kind, name)
        line.dropped.connect(self._take)
        line.chosen.connect(self.choose)
        line.opened.connect(self.opened)
        line.removed.connect(self.removed)
        line.rekinded.connect(self.rekinded)
        self._lines.addWidget(line)
        return line

    def lines(self) -> list[Any]:
        """Return the lines shown."""
        return [each for each in self.findChildren(FileLine) if not each.isHidden()]

    def _take(self, kind: str, paths: list[Path]) -> None:
        if paths and not self.read_only:
            self.add.emit(kind, paths)


def _short(name: str) -> str:
    return name if len(name) <= 22 else f"{name[:13]}…{name[-8:]}"


def kind_for(kind: str, required: Sequence[RequiredFile], have: Sequence[FileRow]) -> str:
    """Return the kind a dropped file is taken as: the one said, the only one missing, or ""."""
    there = {each.kind_code for each in have}
    missing = [each.kind for each in required if each.kind not in there]
    if kind:
        return kind
    if not missing:
        return "other"
    return missing[0] if len(missing) == 1 else ""
