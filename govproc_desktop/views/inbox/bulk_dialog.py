"""成批同意: the documents whose checks are all green, passed one command each."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from threading import Event

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QVBoxLayout, QWidget

from govproc_desktop.domain.money import money_text
from govproc_desktop.i18n import _
from govproc_desktop.queries.inbox import InboxRow
from govproc_desktop.views.inbox.deeds import BulkReport, approve_all
from govproc_desktop.views.inbox.task_list import days_text
from govproc_desktop.views.kit.charts import UsageBar
from govproc_desktop.views.kit.desk import Desk
from govproc_desktop.views.kit.paint import RIGHT, draw_text, draw_tick_box
from govproc_desktop.views.kit.roles import Segment
from govproc_desktop.views.kit.theme import color
from govproc_desktop.views.kit.widgets import Button, DialogFrame, Label, TextField, scroll_area

_SHOWN = 320


class BulkRow(QAbstractButton):
    """One document with its tick, name, unit, waiting days and amount."""

    def __init__(self, row: InboxRow) -> None:
        super().__init__()
        self.row = row
        self.setCheckable(True)
        self.setChecked(True)
        self.setFixedHeight(46)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(f"{row.title}，{row.unit}，{money_text(row.amount)}")
        self.setToolTip(row.title)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the row."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.isChecked():
            painter.fillRect(self.rect(), color("sel"))
        painter.fillRect(QRectF(0, self.height() - 1, self.width(), 1), color("line"))
        state = Qt.CheckState.Checked if self.isChecked() else Qt.CheckState.Unchecked
        draw_tick_box(painter, 12, 14, state, focus=self.hasFocus())
        room = QRectF(42, 4, self.width() - 42 - 150, 20)
        draw_text(painter, room, self.row.title, "strong")
        second = f"{self.row.unit} · {days_text(self.row.days)}"
        draw_text(painter, room.translated(0, 19), second, "note", "text3")
        amount = QRectF(self.width() - 150, 0, 138, self.height())
        draw_text(painter, amount, money_text(self.row.amount), "strong", align=RIGHT)


class BulkDialog(DialogFrame):
    """Lists the documents with their sum, passes the ticked ones, reports each refusal."""

    finishedBulk = Signal(object)
    _moved = Signal(int, int)

    def __init__(
        self, desk: Desk, rows: Sequence[InboxRow], *, parent: QWidget | None = None
    ) -> None:
        sub = _("都是规则全部通过的单据；每件单独办理、单独留痕，中途可以停。")
        super().__init__(_("成批同意"), sub, width=620, parent=parent)
        self._desk = desk
        self._stop = Event()
        self.report: BulkReport | None = None
        self.rows = [BulkRow(row) for row in rows]
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for row in self.rows:
            row.toggled.connect(self._sum)
            column.addWidget(row)
        column.addStretch(1)
        self._list = scroll_area(holder)
        self._list.setFixedHeight(min(_SHOWN, 46 * len(self.rows) + 2))
        self.body.addWidget(self._list)
        self.opinion = TextField(placeholder=_("意见（可不写），写在每一件上"), icon="edit")
        self.body.addWidget(self.opinion)
        self.bar = UsageBar((), "", bar_height=8)
        self.bar.hide()
        self.body.addWidget(self.bar)
        self.result_text = Label("", "body", wrap=True)
        self.result_text.hide()
        self.body.addWidget(self.result_text)
        self._foot()
        self._moved.connect(self._show_progress)
        self._sum()

    def _foot(self) -> None:
        self.total = Label("", "strong")
        self.cancel = Button(_("取消"))
        self.cancel.clicked.connect(self._leave)
        self.ok = Button("", "primary", icon="check")
        self.ok.clicked.connect(self.start)
        self.foot.addWidget(self.total)
        self.foot.addStretch(1)
        self.foot.addWidget(self.cancel)
        self.foot.addWidget(self.ok)

    def chosen(self) -> list[InboxRow]:
        """Return the ticked documents."""
        return [each.row for each in self.rows if each.isChecked()]

    def start(self) -> None:
        """Pass the ticked documents in the database lane."""
        rows = self.chosen()
        for each in self.rows:
            each.setEnabled(False)
        self.opinion.setEnabled(False)
        self.ok.hide()
        self.cancel.setText(_("停下"))
        self.bar.show()
        context, opinion, stop = self._desk.context, self.opinion.text().strip(), self._stop
        self._desk.tasks.run(
            lambda: approve_all(
                rows, context, opinion=opinion, stop=stop, progress=self._moved.emit
            ),
            self._done,
            self._desk.asker.error,
            owner=self,
        )

    def _show_progress(self, done: int, total: int) -> None:
        words = _("{done} / {total} 件").format(done=done, total=total)
        self.bar.set_segments((Segment(done / max(1, total), "accent"),), words)

    def _done(self, report: BulkReport) -> None:
        self.report = report
        words = [_("已同意 {count} 件。").format(count=len(report.passed))]
        if report.refused:
            words.append(_("没有办成 {count} 件：").format(count=len(report.refused)))
            words += [f"· {row.title}：{reason}" for row, reason in report.refused]
        if report.left:
            words.append(_("停下后没有动的 {count} 件。").format(count=report.left))
        self._list.hide()
        self.opinion.hide()
        self.result_text.setText("\n".join(words))
        self.result_text.show()
        self.cancel.setText(_("知道了"))
        self.adjustSize()
        self._desk.notices.tell(report.changes, self)
        self.finishedBulk.emit(report)

    def _leave(self) -> None:
        running = self.bar.isVisible() and self.report is None
        if running:
            self._stop.set()
            self.cancel.setEnabled(False)
        else:
            self.accept() if self.report else self.reject()

    def reject(self) -> None:
        """Stop before the next document instead of leaving while it runs."""
        if not self.bar.isHidden() and self.report is None:
            self._stop.set()
            return
        super().reject()

    def _sum(self) -> None:
        rows = self.chosen()
        total = sum((row.amount for row in rows), Decimal(0))
        self.total.setText(
            _("{count} 件，合计 {total} 元").format(count=len(rows), total=money_text(total))
        )
        self.ok.setText(_("同意 {count} 件").format(count=len(rows)))
        self.ok.set_reason(None if rows else _("一件也没有勾选"))
        self.ok.updateGeometry()
