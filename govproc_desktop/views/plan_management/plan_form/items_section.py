"""The 采购内容 grid: categories of the chosen catalogue version, quantity × price, paste."""

from __future__ import annotations

from collections.abc import Callable

from govproc_desktop.domain.money import money_text
from govproc_desktop.domain.plan.content import Item
from govproc_desktop.i18n import N_, _
from govproc_desktop.views.kit.form_window.reading import read_error, tidy_number, tidy_price
from govproc_desktop.views.kit.lines_model import Line, LineColumn, LinesModel
from govproc_desktop.views.kit.roles import ColumnLook, Kind
from govproc_desktop.views.plan_management.plan_form.content_text import blank_item
from govproc_desktop.views.plan_management.plan_form.data import PlanData, subtotal_of

_UNKNOWN = N_("{version} 版目录里没有“{code}”。请从列表里选，或换目录版本。")


class ItemLines:
    """Makes the grid's model; new lines take the catalogue version in force at the head."""

    def __init__(self, data: PlanData) -> None:
        self._data = data
        self.version = "2022"
        self.model = LinesModel(self._columns(), blank=lambda: blank_item(self.version))

    def _columns(self) -> tuple[LineColumn, ...]:
        return (*self._what_columns(), *self._how_much_columns())

    def _what_columns(self) -> tuple[LineColumn, ...]:
        return (
            LineColumn(
                key="at",
                title="",
                look=ColumnLook(width=34, padding=8, token="text3", right=True),
                show=lambda _line, row: str(row + 1),
            ),
            LineColumn(
                key="code",
                title=N_("品目代码"),
                look=_edit(width=118, required=True),
                edit="lookup",
                hint=N_("编码/名称/首字母"),
                check=self._code_wrong,
                tidy=lambda typed: typed.strip().split(" ")[0].upper(),
                lookup=self._data.suggest,
            ),
            LineColumn(key="name", title=N_("品目名称"), look=_edit(width=122), edit="text"),
            LineColumn(
                key="spec",
                title=N_("规格型号 / 技术参数"),
                look=_edit(width=180, stretch=True),
                edit="text",
                hint=N_("规格、参数"),
            ),
            LineColumn(key="unit", title=N_("单位"), look=_edit(width=56), edit="text"),
        )

    def _how_much_columns(self) -> tuple[LineColumn, ...]:
        text = ColumnLook
        return (
            LineColumn(
                key="quantity",
                title=N_("数量"),
                look=_edit(width=78, right=True),
                edit="number",
                framed=True,
                check=_checks("quantity"),
                tidy=tidy_number,
            ),
            LineColumn(
                key="price",
                title=N_("单价"),
                look=_edit(width=110, right=True),
                edit="number",
                framed=True,
                check=_checks("price"),
                tidy=tidy_price,
            ),
            LineColumn(
                key="subtotal",
                title=N_("小计"),
                look=text(kind=Kind.MONEY, width=104),
                show=lambda line, _row: money_text(subtotal_of(line)),
            ),
            LineColumn(
                key="deliver_on",
                title=N_("到货日期"),
                look=_edit(width=100),
                edit="date",
                check=_checks("deliver_on"),
            ),
            LineColumn(key="x", title="", look=text(kind=Kind.ICONS, width=40)),
        )

    def _code_wrong(self, line: Line) -> str:
        code, version = line.get("code", ""), line.get("catalog_version", "")
        if not code or self._data.start is None or self._data.knows(version, code):
            return ""
        return _(_UNKNOWN).format(version=version, code=code[:20])


def _edit(
    *, width: int, right: bool = False, required: bool = False, stretch: bool = False
) -> ColumnLook:
    return ColumnLook(kind=Kind.EDIT, width=width, right=right, required=required, stretch=stretch)


def _checks(key: str) -> Callable[[Line], str]:
    return lambda line: read_error(Item, key, text=line.get(key, ""))
