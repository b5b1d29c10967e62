"""Read, check, store and write money: Decimal 元 in Python, whole fen in the database."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Context, Decimal

from govproc_desktop.domain.errors import BadInput
from govproc_desktop.i18n import N_

MAX = Decimal("999999999999.99")
MAX_QUANTITY = Decimal("999999999.9999")
ZERO = Decimal("0.00")
CENT = Decimal("0.01")

# Nothing here may depend on the precision a caller has set for this thread.
_EXACT = Context(prec=80, rounding=ROUND_HALF_UP)
_SPACES = " \t\u00a0\u3000"
_HALF_WIDTH = str.maketrans("０１２３４５６７８９．，￥－−", "0123456789.,¥--")
_FIGURES = r"(?P<figures>(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.(?P<places>[0-9]+))?)"
_NUMBER = re.compile(_FIGURES)
_AMOUNT = re.compile(r"(?:¥[ \u3000]*-?|-¥?)?" + _FIGURES)
_LONGEST = 64

_UNREADABLE = N_(
    "“{typed}”不是金额。金额须为大于 0、最多两位小数、不超过 999,999,999,999.99，"
    "请写成 1,234.50 或 1234.5。"
)
_TOO_FINE = N_(
    "“{typed}”的小数多于两位。金额最多两位小数（到分），不会自动四舍五入，请写成 1234.50 这样。"
)
_NOT_POSITIVE = N_("“{typed}”不行：金额须大于 0，请填大于 0 的数，例如 1234.50。")
_NEGATIVE = N_("“{typed}”不行：金额不能小于 0，请填 0 或大于 0 的数，例如 1234.50。")
_TOO_BIG = N_("“{typed}”太大：金额不超过 999,999,999,999.99 元，请核对是否多打了数字。")
_BAD_QUANTITY = N_(
    "“{typed}”不是数量。数量须为大于 0、最多四位小数、不超过 999,999,999.9999，请写成 12 或 1.5。"
)


def parse_money(text: str, *, allow_zero: bool = False) -> Decimal:
    """Read a typed amount in 元; never rounds.

    Raises:
        BadInput: E1201, not an amount, not above 0, more than two places, or above ``MAX``.
    """
    plain = _plain(text)
    found = _AMOUNT.fullmatch(plain)
    if found is None or len(plain) > _LONGEST:
        raise _refusal(_UNREADABLE, text)
    if "-" in plain:
        raise _refusal(_NEGATIVE if allow_zero else _NOT_POSITIVE, text)
    if len(found["places"] or "") > 2:
        raise _refusal(_TOO_FINE, text)
    return _within(Decimal(found["figures"].replace(",", "")), typed=text, allow_zero=allow_zero)


def check_money(value: Decimal, *, allow_zero: bool = False) -> Decimal:
    """Return an amount in 元 with exactly two places, as it may be stored.

    Raises:
        BadInput: E1201, as for ``parse_money``.
    """
    typed = str(value)
    if not value.is_finite():
        raise _refusal(_UNREADABLE, typed)
    checked = _within(value, typed=typed, allow_zero=allow_zero)
    if checked != value:
        raise _refusal(_TOO_FINE, typed)
    return checked


def parse_quantity(text: str) -> Decimal:
    """Read a typed quantity: above 0, at most four places.

    Raises:
        BadInput: E1201.
    """
    number = _plain(text)
    found = _NUMBER.fullmatch(number)
    if found is None or len(number) > _LONGEST or len(found["places"] or "") > 4:
        raise _refusal(_BAD_QUANTITY, text)
    value = Decimal(number.replace(",", ""))
    if not 0 < value <= MAX_QUANTITY:
        raise _refusal(_BAD_QUANTITY, text)
    return value


def to_fen(amount: Decimal) -> int:
    """Return an amount in 元 as whole fen; negative amounts (refunds) are allowed.

    Raises:
        BadInput: E1201, more than two places, or beyond ±``MAX``.
    """
    typed = str(amount)
    if not amount.is_finite():
        raise _refusal(_UNREADABLE, typed)
    if amount.copy_abs() > MAX:
        raise _refusal(_TOO_BIG, typed)
    fen = _EXACT.multiply(amount, Decimal(100))
    if fen != fen.to_integral_value():
        raise _refusal(_TOO_FINE, typed)
    return int(fen)


def from_fen(fen: int) -> Decimal:
    """Return whole fen as 元 with exactly two places."""
    return Decimal(fen).scaleb(-2, _EXACT)


def money_text(amount: Decimal) -> str:
    """Write an amount in 元 as ``1,234.50``, with U+2212 in front when it is negative.

    Raises:
        BadInput: E1201, more than two places: a shown amount is never rounded (R56).
    """
    fen = to_fen(amount)
    return f"{'−' if fen < 0 else ''}{abs(fen) // 100:,}.{abs(fen) % 100:02d}"


def quantity_text(quantity: Decimal) -> str:
    """Write a quantity with thousands commas and without idle zeros after the point."""
    text = f"{quantity:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def subtotal(quantity: Decimal, price: Decimal) -> Decimal:
    """Return 数量×单价 in 元, rounded half-up to the fen (R5).

    Raises:
        BadInput: E1201, the product is above ``MAX``.
    """
    product = _EXACT.multiply(quantity, price)
    if product.copy_abs() > MAX:
        raise _refusal(_TOO_BIG, f"{product:f}")
    return product.quantize(CENT, context=_EXACT)


_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("仟", "佰", "拾", "")
_GROUPS = ("亿", "万", "")


def rmb_upper(amount: Decimal) -> str:
    """Write an amount in 元 in capital figures (支付结算办法附件一); 负 in front of a refund (R56).

    Always 整 after 元 and 角, never after 分, so that 会计基础工作规范 52 holds as well.

    Raises:
        BadInput: E1201, more than two places or beyond ±``MAX``.
    """
    fen = to_fen(amount)
    yuan, rest = divmod(abs(fen), 100)
    jiao, cent = divmod(rest, 10)
    text = f"{_whole_upper(yuan)}元" if yuan or not rest else ""
    if jiao:
        text += f"{_DIGITS[jiao]}角"
    elif cent and yuan:
        text += "零"
    text += f"{_DIGITS[cent]}分" if cent else "整"
    return f"负{text}" if fen < 0 else text


def _whole_upper(yuan: int) -> str:
    """Write whole 元 below 10^12: one 零 a run of zeros between two other digits, none after."""
    if not yuan:
        return _DIGITS[0]
    text, gap = "", False
    figures = f"{yuan:012d}"
    for index, group in enumerate(_GROUPS):
        part = figures[index * 4 : index * 4 + 4]
        for figure, place in zip(part, _PLACES, strict=True):
            if figure == "0":
                gap = bool(text)
                continue
            text += ("零" if gap else "") + _DIGITS[int(figure)] + place
            gap = False
        text += group if int(part) else ""
    return text


def _within(value: Decimal, *, typed: str, allow_zero: bool) -> Decimal:
    if value < 0 or (value == 0 and not allow_zero):
        raise _refusal(_NEGATIVE if allow_zero else _NOT_POSITIVE, typed)
    if value > MAX:
        raise _refusal(_TOO_BIG, typed)
    return value.copy_abs().quantize(CENT, context=_EXACT)


def _plain(text: str) -> str:
    return text.strip(_SPACES).translate(_HALF_WIDTH)


def _refusal(template: str, typed: str) -> BadInput:
    """Name what was typed, at most 30 characters of it and nothing that cannot be shown."""
    seen = "".join(char if char.isprintable() else "\ufffd" for char in typed[:30])
    return BadInput(template, {"typed": seen + ("…" if len(typed) > 30 else "")}, "E1201")
