"""The form window: head, rail, sections, sums; saving, drafts and errors for every form."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Literal
from uuid import UUID

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from govproc_desktop.i18n import N_, _
from govproc_desktop.views.kit import fmt
from govproc_desktop.views.kit.autosave import Autosave
from govproc_desktop.views.kit.desk import Desk
from govproc_desktop.views.kit.form_spec import Form, Raw, Section
from govproc_desktop.views.kit.form_window.grid import LinesGrid
from govproc_desktop.views.kit.form_window.head import FormHead
from govproc_desktop.views.kit.form_window.marks import by_line
from govproc_desktop.views.kit.form_window.page import FieldsPage
from govproc_desktop.views.kit.form_window.rail import SectionRail
from govproc_desktop.views.kit.form_window.state import FormState, Problem
from govproc_desktop.views.kit.form_window.sum_bar import Missing, SumBar
from govproc_desktop.views.kit.widgets import Notice, scroll_area

REVIEW_AFTER = 150
_UNTITLED = N_("（未填名称）")


class FormWindow(QWidget):
    """A window over one declared form; a subject subclasses it for its own sections and rules.

    Subclasses fill ``grids`` and answer ``make_section``; they call ``begin`` once the record is
    read and ``show_problems`` after every look at what is typed. GUI thread only.
    """

    unsavedChanged = Signal(bool)

    def __init__(self, desk: Desk, form: Form, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.form = form
        self.pages: dict[str, FieldsPage] = {}
        self.grids: dict[str, LinesGrid] = {}
        self.sections: dict[str, QWidget] = {}
        self.baseline = FormState()
        self.read_only = True
        self.strict = False
        self._problems: tuple[Problem, ...] = ()
        self._kept_at: datetime | None = None
        self._unsaved = False
        self._filling = False
        self.autosave = Autosave(desk, form.id, body=lambda: self.state().dump(), parent=self)
        self.autosave.kept.connect(self._kept)
        self.autosave.failed.connect(lambda told: self.tell(told, "danger"))
        self._look = QTimer(self)
        self._look.setSingleShot(True)
        self._look.setInterval(REVIEW_AFTER)
        self._look.timeout.connect(self.look_again)
        self._build()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow_focus)

    # --- for subclasses -----------------------------------------------------------------------

    def make_section(self, section: Section) -> QWidget:
        """Return the widget of a section without declared fields."""
        raise NotImplementedError(section.key)

    def look_again(self) -> None:
        """Judge what is typed; called a moment after the last key."""

    def typed(self) -> None:
        """Take a keystroke into account at once (sums, fields that come and go)."""

    def leave_notes(self) -> str:
        """Return what stands under the name before the save sentence."""
        return _(self.form.title)

    # --- the state ----------------------------------------------------------------------------

    def state(self) -> FormState:
        """Return everything as typed."""
        fields: Raw = {}
        for page in self.pages.values():
            fields.update({key: each.value() for key, each in page.inputs.items()})
        for section in self.form.sections:
            for spec in section.fields:
                if spec.kind.value == "fixed":
                    fields.pop(spec.key, None)
        return FormState(fields, {name: grid.lines.lines() for name, grid in self.grids.items()})

    def begin(
        self, state: FormState, *, document: UUID, seen_version: int, saved: FormState | None = None
    ) -> None:
        """Show a state; ``saved`` is what the record holds (the same unless a draft is shown)."""
        self._filling = True
        for page in self.pages.values():
            for key, each in page.inputs.items():
                if key in state.fields:
                    each.set_value(state.fields[key])
            page.set_raw(state.fields)
        for name, grid in self.grids.items():
            grid.lines.set_lines(state.lines.get(name, []))
        self._filling = False
        self.baseline = (saved or self.state()).copy()
        self.autosave.document = document
        self.autosave.seen_version = seen_version
        self._after_change()
        self._follow_scroll()
        self.look_again()

    def set_read_only(self, *, on: bool) -> None:
        """Let the form be read but not changed."""
        self.read_only = on
        for page in self.pages.values():
            page.set_read_only(on=on)
        for grid in self.grids.values():
            grid.table.set_read_only(on=on)
        self.autosave.paused = on

    def saved(self, seen_version: int) -> None:
        """Take what is typed as what the record holds now, and drop the draft."""
        self.baseline = self.state().copy()
        self.autosave.seen_version = seen_version
        self.autosave.forget()
        self._kept_at = None
        self._after_change()

    @property
    def unsaved(self) -> bool:
        """Whether something typed is not in the record yet."""
        return self._unsaved

    # --- what is wrong ------------------------------------------------------------------------

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Mark every field that is wrong, all at once, and list them in the bar."""
        self._problems = tuple(problems)
        loud = {each.field: each.sentence for each in problems if self.strict or not each.quiet}
        for page in self.pages.values():
            for key, cell in page.cells.items():
                sentence = loud.get(key, "")
                if cell.error != sentence:
                    cell.set_error(sentence)
            page.refresh()
        for name, grid in self.grids.items():
            grid.lines.set_errors(by_line(name, grid, told=loud))
        chips = [Missing(each.words, each.field, self._chip_tone(each)) for each in problems]
        if self.read_only:
            self.bar.set_missing("", ())
        elif chips:
            told = _("还差 {count} 处才能提交").format(count=len(chips))
            self.bar.set_missing(told, chips)
        else:
            self.bar.set_missing(_("可以提交"), (), tone="ok")

    def _chip_tone(self, problem: Problem) -> Literal["warn", "danger"]:
        """Merely missing is no mistake until submitting was tried."""
        missing = problem.quiet and not self.strict
        return "warn" if problem.tone == "warn" or missing else "danger"

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Return what was found wrong at the last look."""
        return self._problems

    def jump(self, target: str) -> None:
        """Go to a field (``expected_on``, ``funds.0.amount``) or a section and stand in it."""
        section = self.form.section_of(target)
        page = self.pages.get(section)
        if page is not None and target in page.cells:
            page.reveal(target)
            field = page.inputs[target].widget
            self._area.ensureWidgetVisible(page.cells[target], 0, 80)
            field.setFocus(Qt.FocusReason.TabFocusReason)
            return
        if section in self.sections:
            self._area.ensureWidgetVisible(self.sections[section], 0, 60)
            self.rail.set_current(section)
            self._enter(section, target)

    def tell(self, text: str, tone: str = "info", *, action: str = "") -> Notice:
        """Put a strip over the sections that stays until dismissed."""
        strip = Notice(text, tone, action=action)
        self._strips.insertWidget(0, strip)
        strip.dismissed.connect(strip.deleteLater)
        self._area.verticalScrollBar().setValue(0)
        return strip

    def add_strip(self, strip: QWidget) -> None:
        """Put a strip of the subject's own over the sections."""
        self._strips.insertWidget(0, strip)

    def hideEvent(self, event: QHideEvent) -> None:
        """Keep what was typed a moment ago before the window is put away or closed."""
        self.autosave.keep_now()
        super().hideEvent(event)

    # --- private ------------------------------------------------------------------------------

    def _build(self) -> None:
        self.head = FormHead()
        self.rail = SectionRail([(each.key, _(each.title)) for each in self.form.sections])
        self.bar = SumBar()
        self._content = content = QWidget()
        self._column = QVBoxLayout(content)
        self._column.setContentsMargins(16, 12, 24, 24)
        self._column.setSpacing(10)
        self._strips = QVBoxLayout()
        self._strips.setSpacing(8)
        self._column.addLayout(self._strips)
        self._area = scroll_area(content)
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(self.rail)
        body.addWidget(self._area, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.head)
        outer.addLayout(body, 1)
        outer.addWidget(self.bar)
        self._add_sections()
        self._column.addStretch(1)
        self.rail.chosen.connect(self.jump)
        self.bar.go.connect(self.jump)
        self._area.verticalScrollBar().valueChanged.connect(self._follow_scroll)

    def _add_sections(self) -> None:
        rows: dict[str, QHBoxLayout] = {}
        for section in self.form.sections:
            if section.fields:
                page = FieldsPage(self.form, section, self._changed)
                self.pages[section.key] = page
                made: QWidget = page
            else:
                made = self.make_section(section)
            if isinstance(made, LinesGrid):
                self.grids[section.key] = made
                made.lines.edited.connect(self._changed)
            self.sections[section.key] = made
            row = rows.get(section.beside)
            if row is None:
                row = QHBoxLayout()
                row.setSpacing(32)
                self._column.addLayout(row)
                rows[section.key] = row
            row.addWidget(made, 1, Qt.AlignmentFlag.AlignTop)

    def _changed(self) -> None:
        if self._filling or self.read_only:
            return
        state = self.state()
        for page in self.pages.values():
            page.set_raw(state.fields)
        self.autosave.touch()
        self._after_change()
        self._look.start()

    def _after_change(self) -> None:
        self.typed()
        state = self.state()
        count = state.differences(self.baseline)
        title = state.fields.get("title", "").strip() or _(_UNTITLED)
        self.head.title.set_text(title)
        self.setWindowTitle(f"{_(self.form.title)} · {title}")
        self.head.line.set_text(" · ".join([self.leave_notes(), *self._save_sentence(count)]))
        if bool(count) != self._unsaved:
            self._unsaved = bool(count)
            self.setWindowModified(self._unsaved)
            self.unsavedChanged.emit(self._unsaved)

    def _save_sentence(self, count: int) -> list[str]:
        if self.read_only:
            return []
        if not count:
            return [_("全部已保存")] if self.autosave.seen_version else []
        left = _("还有 {count} 处改动未存").format(count=count)
        if self._kept_at is None:
            return [left]
        return [_("{time} 已自动保存，{left}").format(time=fmt.clock(self._kept_at), left=left)]

    def _kept(self) -> None:
        self._kept_at = self.desk.context.clock()
        self._after_change()

    def _enter(self, section: str, target: str) -> None:
        grid = self.grids.get(section)
        parts = target.split(".")
        if grid is not None:
            row = int(parts[1]) if len(parts) > 1 and parts[1].isdigit() else 0
            column = grid.lines.column_of(parts[2]) if len(parts) > 2 else -1
            if grid.lines.can_edit(row, column) if column >= 0 else False:
                grid.table.open_cell(row, column)
            elif grid.lines.rowCount():
                grid.table.open_first(min(row, grid.lines.rowCount() - 1))
            else:
                grid.setFocus()
            return
        page = self.pages.get(section)
        first = next(iter(page.inputs.values())).widget if page is not None else None
        if first is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.sections[section].setFocus(Qt.FocusReason.TabFocusReason)

    def _follow_focus(self, _old: QWidget | None, now: QWidget | None) -> None:
        if now is None or not self.isAncestorOf(now):
            return
        for key, widget in self.sections.items():
            if widget.isAncestorOf(now):
                self.rail.set_current(key)
                return

    def _follow_scroll(self) -> None:
        top = self._area.verticalScrollBar().value()
        current = ""
        for key, widget in self.sections.items():
            if widget.mapTo(self._content, QPoint(0, 0)).y() <= top + 120:
                current = current if current and self._beside(key, current) else key
        self.rail.set_current(current or self.form.sections[0].key)

    def _beside(self, key: str, other: str) -> bool:
        return any(each.key == key and each.beside == other for each in self.form.sections)


def bind_keys(window: QWidget, keys: str, deed: Callable[[], object]) -> None:
    """Bind keys for a whole window and what it holds."""
    made = QShortcut(QKeySequence(keys), window)
    made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    made.activated.connect(deed)
