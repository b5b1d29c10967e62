"""Name the columns of a 用款计划 file (YKJH) and check what may stand in each.

To add one: a field in ``YkjhRow`` and a ``Column`` of the same key here, in file order.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from govproc_desktop.domain.errors import BadInput
from govproc_desktop.domain.money import parse_money
from govproc_desktop.domain.text import clean_text
from govproc_desktop.i18n import N_

Value = str | int | Decimal | date
Parse = Callable[[str], Value]

_REQUIRED = N_("必须填写，不能空着。")
_NOT_CODE = N_("“{typed}”不对：须是 {digits} 位数字。请按代码表填写。")
_NOT_CHOICE = N_("“{typed}”不对：只能填 {choices}。")
_NOT_WHOLE = N_("“{typed}”不对：须是 {low} 到 {high} 的整数。")
_NOT_CATALOG = N_("“{typed}”不是品目代码：须是 A、B 或 C 加数字，例如 A02010104。")
_NOT_DATE = N_("“{typed}”不是日期。请写成 2026-03-02。")
_NO_SUCH_DAY = N_("“{typed}”这一天不存在。请核对月和日，写成 2026-03-02。")

_HALF_WIDTH = str.maketrans("０１２３４５６７８９－／．", "0123456789-/.")
_DATE = re.compile(r"([0-9]{4})(?:-|/|\.|年)([0-9]{1,2})(?:-|/|\.|月)([0-9]{1,2})日?")
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_CATALOG = re.compile(r"[ABC][0-9]{2,10}")


@dataclass(frozen=True)
class Column:
    """One column: its key in the file, its Chinese title, how to read a cell of it."""

    key: str
    title: str
    parse: Parse
    required: bool = True
    width: int = 14

    def read(self, text: str) -> Value:
        """Return the typed value of a cell; an empty one that may be empty is ``""``.

        Raises:
            BadInput: E3003 or the code of the field's own grammar (E1201, E1501–E1504).
        """
        if not text.strip(" \t\r\n\u00a0\u3000"):
            if self.required:
                raise BadInput(_REQUIRED, code="E3003")
            return ""
        return self.parse(text)


def parse_date(text: str) -> date:
    """Read a date written 2026-03-02, 2026/3/2, 2026年3月2日 or 20260302.

    Raises:
        BadInput: E1504, not a date, or a day that does not exist.
    """
    plain = clean_text(text, 40).translate(_HALF_WIDTH)
    found = _DATE.fullmatch(plain) or _COMPACT.fullmatch(plain)
    if found is None:
        raise BadInput(_NOT_DATE, {"typed": plain}, "E1504")
    try:
        day = date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError as error:
        raise BadInput(_NO_SUCH_DAY, {"typed": plain}, "E1504") from error
    if not 1990 <= day.year <= 2100:
        raise BadInput(_NOT_DATE, {"typed": plain}, "E1504")
    return day


def _text(limit: int) -> Parse:
    return lambda text: clean_text(text, limit)


def _code(*lengths: int) -> Parse:
    def parse(text: str) -> str:
        plain = clean_text(text, 40).translate(_HALF_WIDTH)
        if not re.fullmatch("[0-9]+", plain) or len(plain) not in lengths:
            digits = "、".join(map(str, lengths))
            raise BadInput(_NOT_CODE, {"typed": plain, "digits": digits}, "E3003")
        return plain

    return parse


def _choice(*choices: str) -> Parse:
    def parse(text: str) -> str:
        plain = clean_text(text, 40).translate(_HALF_WIDTH)
        if plain not in choices:
            params = {"typed": plain, "choices": "、".join(choices)}
            raise BadInput(_NOT_CHOICE, params, "E3003")
        return plain

    return parse


def _whole(low: int, high: int) -> Parse:
    def parse(text: str) -> int:
        plain = clean_text(text, 40).translate(_HALF_WIDTH)
        if not re.fullmatch("[0-9]{1,9}", plain) or not low <= int(plain) <= high:
            params = {"typed": plain, "low": str(low), "high": str(high)}
            raise BadInput(_NOT_WHOLE, params, "E3003")
        return int(plain)

    return parse


def _catalog(text: str) -> str:
    plain = clean_text(text, 40).upper()
    if not _CATALOG.fullmatch(plain):
        raise BadInput(_NOT_CATALOG, {"typed": plain}, "E3003")
    return plain


def _money(text: str) -> Decimal:
    return parse_money(text)


YKJH_COLUMNS = (
    Column("plan_no", N_("用款计划编号"), _text(40), width=20),
    Column("fiscal_year", N_("年度"), _whole(2000, 2100), width=8),
    Column("mof_div_code", N_("区划代码"), _code(6), width=10),
    Column("agency_code", N_("单位代码"), _text(30), width=12),
    Column("agency_name", N_("单位名称"), _text(200), width=24),
    Column("manage_mof_dep", N_("业务主管处室"), _text(100), False, 16),
    Column("cor_bgt_doc_no", N_("指标文号"), _text(100), False, 24),
    Column("pro_code", N_("项目代码"), _text(40), width=22),
    Column("pro_name", N_("项目名称"), _text(200), width=24),
    Column("fund_type_code", N_("资金性质代码"), _code(1, 2, 3, 4), width=12),
    Column("exp_func_code", N_("支出功能分类代码"), _code(7), width=16),
    # 指标的经济科目只到类（3 位），支付才到款（5 位）。
    Column("gov_bgt_eco_code", N_("政府经济分类代码"), _code(3, 5), False, 16),
    Column("dep_bgt_eco_code", N_("部门经济分类代码"), _code(3, 5), width=16),
    Column("pay_type_code", N_("支付方式代码"), _choice("1", "2"), width=12),
    Column("is_gov_pur", N_("政府采购标识"), _choice("1", "2"), width=12),
    Column("pur_catalog_ver", N_("品目目录版本"), _choice("2013", "2022"), False, 12),
    Column("pur_catalog_code", N_("品目代码"), _catalog, False, 14),
    Column("amount", N_("金额（元）"), _money, width=18),
    Column("month", N_("月份"), _whole(1, 12), width=8),
    Column("approve_date", N_("批复日期"), parse_date, width=12),
    Column("version", N_("版本"), _whole(1, 9999), width=8),
)
"""The columns of domain.md 5.3 in file order, with the Chinese titles of the template."""

_SAMPLE_LINE = (
    "JH2026410000001,2026,410000,101001,河南省某厅,行政政法处,豫财预〔2026〕12号,"
    "410000261010001,办公设备购置,11,2010699,50306,31002,1,1,2013,A02010104,"
    "500000.00,03,2026-03-02,1"
)
SAMPLE = tuple(_SAMPLE_LINE.split(","))
"""A believable row for the template."""


def column_of(title: str) -> Column | None:
    """Find a column by its key or its Chinese title, however it is spaced or bracketed."""
    return _BY_TITLE.get(_folded(title))


def _folded(title: str) -> str:
    plain = title.strip(" \t\u00a0\u3000*＊\ufeff").casefold()
    return plain.replace("(", "（").replace(")", "）").replace(" ", "").removesuffix("（元）")


_BY_TITLE = {
    _folded(name): column for column in YKJH_COLUMNS for name in (column.key, column.title)
}
