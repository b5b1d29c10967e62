"""Filters of a list as people see them: what a chip says and the small sheet that edits it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from govproc_desktop.domain.errors import BadInput
from govproc_desktop.domain.money import money_text, parse_money
from govproc_desktop.i18n import N_, _
from govproc_desktop.queries.listing import Criterion
from govproc_desktop.views.kit.spec import (
    AmountFilter,
    ChoiceFilter,
    DayFilter,
    FilterSpec,
    TestFilter,
)
from govproc_desktop.views.kit.widgets import (
    AmountField,
    Button,
    Check,
    DateField,
    Label,
    Popover,
    SearchField,
    scroll_area,
)

Options = Sequence[tuple[str, str]]
Done = Callable[[Criterion | None], None]

_LONG_LIST = 9
_ONE_NAME, _TWO_NAMES = 1, 2


def describe(spec: FilterSpec, criterion: Criterion, options: Options) -> str:
    """Return what a chip says after the filter's title."""
    if isinstance(spec, TestFilter):
        return _("否") if criterion.values == ("no",) else _("是")
    if isinstance(spec, ChoiceFilter):
        return _choices(criterion.values, dict(options))
    low, high = (_end(spec, text) for text in (criterion.low, criterion.high))
    if low and high:
        return f"{low} 至 {high}"
    if low:
        return _("{low} 起").format(low=low)
    return _("到 {high} 为止").format(high=high)


def _choices(values: Sequence[str], names: Mapping[str, str]) -> str:
    shown = [names.get(each, each) for each in values]
    if len(shown) <= _TWO_NAMES:
        return "、".join(shown)
    return _("{count} 种").format(count=len(shown))


def _end(spec: FilterSpec, text: str) -> str:
    if not text or not isinstance(spec, AmountFilter):
        return text
    try:
        return money_text(parse_money(text, allow_zero=True))
    except BadInput:
        return text


class FilterSheet(Popover):
    """The sheet under a chip: change, apply, or take the filter away. GUI thread."""

    def __init__(
        self,
        spec: FilterSpec,
        criterion: Criterion | None,
        *,
        options: Options,
        done: Done,
        parent: QWidget,
    ) -> None:
        super().__init__(parent=parent, width=300)
        self._spec = spec
        self._done = done
        box = QVBoxLayout()
        box.setContentsMargins(16, 14, 16, 14)
        box.setSpacing(10)
        self.body.addLayout(box)
        box.addWidget(Label(_(spec.title), "subhead"))
        self._ticks: dict[str, Check] = {}
        self._ends: tuple[AmountField, AmountField] | tuple[DateField, DateField] | None = None
        self.error = Label("", "note", "danger", wrap=True)
        if isinstance(spec, ChoiceFilter):
            self._add_choices(box, options, criterion)
        elif isinstance(spec, TestFilter):
            shown = (("yes", _("是")), ("no", _("否")))
            self._add_choices(box, shown, criterion or Criterion(name=spec.name, values=("yes",)))
        else:
            self._add_ends(box, criterion)
        self.error.hide()
        box.addWidget(self.error)
        self._add_foot(box, fresh=criterion is None)

    def _add_choices(self, box: QVBoxLayout, options: Options, criterion: Criterion | None) -> None:
        chosen = criterion.values if criterion else ()
        names = dict(options)
        shown = [*options, *((each, each) for each in chosen if each not in names)]
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for key, title in shown:
            tick = Check(title)
            tick.setChecked(key in chosen)
            self._ticks[key] = tick
            column.addWidget(tick)
        column.addStretch(1)
        if len(shown) > _LONG_LIST:
            find = SearchField(_("找"), keycap="")
            find.textChanged.connect(self._narrow)
            box.addWidget(find)
            area = scroll_area(inner)
            area.setFixedHeight(260)
            box.addWidget(area)
        else:
            box.addWidget(inner)

    def _narrow(self, text: str) -> None:
        words = text.strip().lower()
        for tick in self._ticks.values():
            tick.setVisible(words in tick.text().lower())

    def _add_ends(self, box: QVBoxLayout, criterion: Criterion | None) -> None:
        low, high = (criterion.low, criterion.high) if criterion else ("", "")
        if isinstance(self._spec, DayFilter):
            self._ends = (DateField(_as_day(low)), DateField(_as_day(high)))
        else:
            self._ends = (AmountField(low, unit="元"), AmountField(high, unit="元"))
        for title, field in zip((N_("从"), N_("到")), self._ends, strict=True):
            row = QHBoxLayout()
            row.setSpacing(8)
            label = Label(_(title), "body", "text2")
            label.setFixedWidth(20)
            row.addWidget(label)
            row.addWidget(field, 1)
            field.setAccessibleName(f"{_(self._spec.title)} {_(title)}")
            field.returnPressed.connect(self.apply)
            box.addLayout(row)

    def _add_foot(self, box: QVBoxLayout, *, fresh: bool) -> None:
        foot = QHBoxLayout()
        foot.setSpacing(8)
        if not fresh:
            drop = Button(_("去掉这个条件"), "link")
            drop.clicked.connect(lambda: self._finish(None))
            foot.addWidget(drop)
        foot.addStretch(1)
        ok = Button(_("确定"), "primary")
        ok.clicked.connect(self.apply)
        foot.addWidget(ok)
        box.addLayout(foot)

    def apply(self) -> None:
        """Read the sheet and hand its criterion over; a wrong end stays with a sentence."""
        try:
            self._finish(self.criterion())
        except BadInput as fault:
            self.error.setText(fault.sentence())
            self.error.show()

    def criterion(self) -> Criterion | None:
        """Return the filter as set; nothing chosen means no filter.

        Raises:
            BadInput: an end is not an amount or day, or the first is beyond the second.
        """
        name = self._spec.name
        if self._ends is None:
            chosen = tuple(key for key, tick in self._ticks.items() if tick.isChecked())
            if isinstance(self._spec, TestFilter) and len(chosen) != _ONE_NAME:
                return None
            return Criterion(name=name, values=chosen) if chosen else None
        low, high = (self._typed(field) for field in self._ends)
        if low and high and self._beyond(low, high):
            raise BadInput(N_("“从”比“到”还大，请对调。"))
        return Criterion(name=name, low=low, high=high) if low or high else None

    def _typed(self, field: AmountField | DateField) -> str:
        text = field.text().strip()
        if not text:
            return ""
        if isinstance(field, AmountField):
            return format(parse_money(text, allow_zero=True), "f")
        day = field.day()
        if day is None:
            raise BadInput(
                N_("“{text}”不是日期，请写成 2026-11-23 这样。"), {"text": text[:20]}, "E1501"
            )
        return day.isoformat()

    def _beyond(self, low: str, high: str) -> bool:
        if isinstance(self._spec, AmountFilter):
            return parse_money(low, allow_zero=True) > parse_money(high, allow_zero=True)
        return low > high

    def _finish(self, made: Criterion | None) -> None:
        self.close()
        self._done(made)


def _as_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


class FilterMenu(Popover):
    """The sheet under 加条件: the filters not set yet. GUI thread."""

    def __init__(
        self, specs: Sequence[FilterSpec], pick: Callable[[FilterSpec], None], *, parent: QWidget
    ) -> None:
        super().__init__(parent=parent, width=180)
        self._pick = pick
        box = QVBoxLayout()
        box.setContentsMargins(8, 8, 8, 8)
        box.setSpacing(2)
        self.body.addLayout(box)
        for spec in specs:
            entry = Button(_(spec.title), "ghost")
            entry.clicked.connect(lambda _on=False, spec=spec: self._choose(spec))
            box.addWidget(entry, 0, Qt.AlignmentFlag.AlignLeft)

    def _choose(self, spec: FilterSpec) -> None:
        self.close()
        self._pick(spec)
