"""The right side of the preview: printer, copies, pages, and what the paper will carry."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from govproc_desktop.domain.documents import PaperRecord
from govproc_desktop.i18n import _
from govproc_desktop.views.kit.preview.paper import Paper
from govproc_desktop.views.kit.preview.sending import PrintWish, printer_names
from govproc_desktop.views.kit.widgets import (
    Check,
    ComboField,
    HLine,
    IconLabel,
    Label,
    Panel,
    TextField,
)

WIDTH = 300
_MOST_COPIES = 99


class _Note(Panel):
    def __init__(self, icon: str, tone: str, title: str, words: str, *, strong: str = "") -> None:
        fill, line = ("sunken", "line") if tone == "accent" else (f"{tone}_soft", f"{tone}_line")
        super().__init__(fill=fill, line=line, radius=6)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 10, 12, 12)
        row.setSpacing(10)
        row.addWidget(IconLabel(icon, tone, size=16), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(3)
        column.addWidget(Label(title, "strong", tone if tone != "accent" else "text"))
        if strong:
            code = Label(strong, "lead_bold", "accent")
            code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(code)
        column.addWidget(Label(words, "note", "text2", wrap=True))
        row.addLayout(column, 1)
        self.setAccessibleName(f"{title} {strong} {words}")


class PrintSide(QWidget):
    """What is chosen before printing; ``wish`` answers it."""

    copiesChanged = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(WIDTH)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(6)
        column.addWidget(Label(_("打印设置"), "section"))
        column.addSpacing(6)
        self._fields(column)
        column.addSpacing(8)
        column.addWidget(HLine())
        column.addSpacing(8)
        self._notes = QVBoxLayout()
        self._notes.setSpacing(12)
        column.addLayout(self._notes)
        column.addStretch(1)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        self._last_icon = IconLabel("clock", "text3", size=16)
        foot.addWidget(self._last_icon)
        self._last = Label("", "note", "text3", wrap=True)
        foot.addWidget(self._last, 1)
        column.addLayout(foot)

    def _fields(self, column: QVBoxLayout) -> None:
        names = printer_names()
        options = [
            (name, _("{name}（默认）").format(name=name) if first else name)
            for name, first in names
        ]
        self.printer = ComboField(
            options, names[0][0] if names else "", placeholder=_("没有装打印机")
        )
        self.printer.setAccessibleName(_("打印机"))
        column.addWidget(Label(_("打印机"), "note", "text2"))
        column.addWidget(self.printer)
        pair = QHBoxLayout()
        pair.setSpacing(12)
        self.copies = TextField("1", unit=_("份"))
        self.copies.setValidator(QIntValidator(1, _MOST_COPIES, self))
        self.copies.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.copies.setAccessibleName(_("份数"))
        self.range = ComboField([("all", _("全部")), ("page", _("只打这一页"))], "all")
        self.range.setAccessibleName(_("页面"))
        for title, field in ((_("份数"), self.copies), (_("页面"), self.range)):
            part = QVBoxLayout()
            part.setSpacing(4)
            part.addWidget(Label(title, "note", "text2"))
            part.addWidget(field)
            pair.addLayout(part, 1)
        column.addSpacing(4)
        column.addLayout(pair)
        column.addSpacing(4)
        self.duplex = Check(_("双面打印"))
        column.addWidget(self.duplex)
        column.addWidget(Label(_("纸张 A4，由表单定，打印时不缩放"), "note", "text3"))

    @property
    def has_printer(self) -> bool:
        """Whether there is anything to print on."""
        return bool(self.printer.value())

    def wish(self, *, pages: int, current: int, landscape: bool) -> PrintWish:
        """Return what was chosen for a PDF of so many pages."""
        chosen = (current,) if self.range.value() == "page" else tuple(range(pages))
        return PrintWish(
            printer=self.printer.value(),
            copies=max(1, min(_MOST_COPIES, int(self.copies.text() or "1"))),
            pages=chosen,
            duplex=self.duplex.isChecked(),
            landscape=landscape,
        )

    def show_paper(self, paper: Paper) -> None:
        """Say what the paper carries and when it was printed last."""
        while (item := self._notes.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        records = paper.records
        marked = sum(bool(record.watermark) for record in records)
        if len(records) == 1:
            self._single(records[0])
        elif marked:
            title = _("{count} 份带状态水印").format(count=marked)
            self._notes.addWidget(_Note("info", "info", title, _("备案后再打印，水印自动去掉")))
        self._last.setText(_last_text(paper))
        self._last_icon.setVisible(bool(self._last.text()))

    def _single(self, record: PaperRecord) -> None:
        if record.watermark:
            title = _("带「{state}」水印").format(state=record.watermark)
            words = _("备案后再打印，水印自动去掉")
            self._notes.addWidget(_Note("info", "info", title, words))
        if record.short_code:
            words = _("日后按 Ctrl+K 输入，可打开这一版，并说出纸与记录是否一致。")
            note = _Note("qr", "accent", _("纸面带单据码"), words, strong=record.short_code)
            self._notes.addWidget(note)


def _last_text(paper: Paper) -> str:
    if paper.last is None:
        return _("还没有打印过") if len(paper.documents) == 1 else ""
    at, person, copy_no = paper.last
    return _("上次 {day}，{person}，第 {copy} 份").format(
        day=f"{at:%m-%d %H:%M}", person=person, copy=copy_no
    )
