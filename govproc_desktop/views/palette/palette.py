"""The sheet of Ctrl+K: a search field that stays in focus and the list it steers."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from govproc_desktop.domain.errors import AppError
from govproc_desktop.i18n import _
from govproc_desktop.queries.home import FindPaper, find_paper
from govproc_desktop.views.kit.desk import Desk
from govproc_desktop.views.kit.spec import WindowSpec
from govproc_desktop.views.kit.widgets import Popover, SearchField
from govproc_desktop.views.palette.entries import (
    RECORDS,
    Entry,
    find_records,
    looks_like_code,
    paper_entries,
    window_entries,
)
from govproc_desktop.views.palette.results import WIDTH, Foot, Results

_ROWS = 9


class Palette(QObject):
    """Opens the search over a window; keyboard only if one likes. One per main window.

    ``paperOpened`` follows the opening of a record by its 单据码 and carries the paper found.
    """

    paperOpened = Signal(object)

    def __init__(
        self, desk: Desk, specs: Mapping[str, WindowSpec], *, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._specs = specs
        self._windows: tuple[Entry, ...] = ()
        self._records: tuple[Entry, ...] = ()
        self.sheet: Popover | None = None
        self.search = SearchField()
        self.results = Results()
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(120)
        self._wait.timeout.connect(self._look_up)

    def open_over(self, window: QWidget) -> None:
        """Show the empty search at the top middle of a window."""
        if self.sheet is not None:
            self.sheet.close()
        sheet = Popover(parent=window, nose=False)
        self.search = SearchField(_("找窗口、操作、单据或单据码"), keycap="Esc")
        self.search.setFixedHeight(44)
        self.search.installEventFilter(self)
        self.search.textChanged.connect(self._typed)
        self.results = Results()
        self.results.chosen.connect(self._choose)
        sheet.body.setContentsMargins(0, 0, 0, 0)
        row = QHBoxLayout()
        row.setContentsMargins(12, 12, 12, 8)
        row.addWidget(self.search)
        sheet.body.addLayout(row)
        sheet.body.addWidget(self.results)
        sheet.body.addWidget(Foot())
        sheet.installEventFilter(self)
        self.sheet = sheet
        self._records = ()
        self._show()
        sheet.show_under(window, QPoint((window.width() - WIDTH) // 2, 72))
        self.search.setFocus()
        if not self._windows:
            actor = self._desk.context.actor
            self._desk.tasks.run(
                lambda: window_entries(self._specs, actor),
                self._know_windows,
                owner=self,
                era="windows",
            )

    def _know_windows(self, entries: tuple[Entry, ...]) -> None:
        self._windows = entries
        self._show()

    def _typed(self, _text: str) -> None:
        self._records = ()
        self._show()
        self._wait.start()

    def _look_up(self) -> None:
        typed = self.search.text().strip() if self.sheet is not None else ""
        if not typed:
            return
        if looks_like_code(typed):
            self._desk.read(
                lambda reader: paper_entries(find_paper(reader, FindPaper(code=typed))),
                self._know_records,
                owner=self,
                era="records",
                failed=self._refused,
            )
        else:
            self._desk.read(
                lambda reader: find_records(reader, typed),
                self._know_records,
                owner=self,
                era="records",
                failed=self._refused,
            )

    def _know_records(self, entries: tuple[Entry, ...]) -> None:
        self._records = entries
        self._show()

    def _refused(self, fault: AppError) -> None:
        if self.sheet is not None:
            self.results.put((), fault.sentence())
            self._fit()

    def _show(self) -> None:
        if self.sheet is None:
            return
        typed = self.search.text().strip().lower()
        windows = [each for each in self._windows if each.matches(typed)]
        # records get room even when many windows match
        shown = windows[: _ROWS - min(len(self._records), RECORDS)]
        hint = _nothing(typed)
        self.results.put((*shown, *self._records[: _ROWS - len(shown)]), hint)
        self._fit()

    def _fit(self) -> None:
        if self.sheet is not None:
            self.sheet.adjustSize()

    def _choose(self, entry: Entry) -> None:
        if self.sheet is not None:
            self.sheet.close()
        self._desk.open(entry.target, **dict(entry.params))
        if entry.paper is not None:
            self.paperOpened.emit(entry.paper)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Steer the list with the keys while the cursor stays in the search."""
        if watched is self.sheet and event.type() == QEvent.Type.Close:
            # the sheet deletes itself; nothing may touch it from here on
            self._wait.stop()
            self.sheet = None
            return False
        if watched is self.search and isinstance(event, QKeyEvent):
            pressed = event.type() == QEvent.Type.KeyPress
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if pressed and step is not None:
                self.results.move(step)
                return True
            if pressed and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                if self.results.entries:
                    self._choose(self.results.entries[self.results.current])
                return True
            if pressed and event.key() == Qt.Key.Key_Escape and self.sheet is not None:
                self.sheet.close()
                return True
        return False


def _nothing(typed: str) -> str:
    if not typed:
        return _("正在准备…")
    if looks_like_code(typed):
        return _("没有打印过这个单据码，或不是您单位的单据")
    return _("没有找到「{typed}」").format(typed=typed)
