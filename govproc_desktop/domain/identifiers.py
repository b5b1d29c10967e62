"""Check the numbers that name organisations and persons: 统一社会信用代码, 组织机构代码, 身份证."""

from __future__ import annotations

import re
from datetime import date

from govproc_desktop.domain.errors import BadInput
from govproc_desktop.domain.text import clean_text
from govproc_desktop.i18n import N_, _

_USCC_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_WEIGHTS = tuple(pow(3, i, 31) for i in range(17))
_ORG_LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ORG_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_CARD_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CARD_CHECKS = "10X98765432"
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_LONGEST = 100

_LENGTH = N_("{name}应为 {wanted} 位，现为 {length} 位。请核对。")
_LETTER = N_("{name}第 {position} 位是“{character}”（{point}），此处只能是{allowed}。请核对。")
_CHECK = N_("{name}第 {position} 位校验不符：按前面各位算应为“{wanted}”，现为“{found}”。请核对。")
_BIRTH = N_("身份证号第 7 至 14 位“{birth}”不是真实的出生日期。请核对。")
_UNBORN = N_("身份证号的出生日期 {birth} 晚于今天。请核对。")

USCC = N_("统一社会信用代码")
ORG_CODE = N_("组织机构代码")
ID_CARD = N_("身份证号")

_USCC_ALLOWED = N_("数字或大写字母（不用 I、O、S、V、Z）")
_DIGITS_OR_LETTERS = N_("数字或大写字母")
_DIGITS = N_("数字")
_DIGITS_OR_X = N_("数字或 X")


def check_uscc(text: str) -> str:
    """Return a 统一社会信用代码 (GB 32100) in capitals, 18 places.

    Raises:
        BadInput: E1501 length, letter or check place; E1502 invisible character (R32).
    """
    code = _normal(text)
    _length(USCC, code, 18)
    _letters(USCC, code, _USCC_LETTERS, allowed=_USCC_ALLOWED)
    total = sum(
        _USCC_LETTERS.index(char) * weight
        for char, weight in zip(code[:17], _USCC_WEIGHTS, strict=True)
    )
    _check(USCC, code, _USCC_LETTERS[-total % 31])
    return code


def check_org_code(text: str) -> str:
    """Return a 组织机构代码 (GB 11714) as ``79965505-8``; the hyphen may be left out.

    Raises:
        BadInput: E1501 length, letter or check place; E1502 invisible character (R32).
    """
    code = _normal(text)
    if len(code) == 10 and code[8] == "-":
        code = code[:8] + code[9]
    _length(ORG_CODE, code, 9)
    _letters(ORG_CODE, code, _ORG_LETTERS, allowed=_DIGITS_OR_LETTERS)
    total = sum(
        _ORG_LETTERS.index(char) * weight
        for char, weight in zip(code[:8], _ORG_WEIGHTS, strict=True)
    )
    _check(ORG_CODE, code, "0123456789X"[-total % 11])
    return f"{code[:8]}-{code[8]}"


def check_id_card(text: str, today: date) -> str:
    """Return an 18-place 居民身份证 number (GB 11643); the birth date must be real.

    Raises:
        BadInput: E1501 length, letter, birth date or check place; E1502 invisible character.
    """
    number = _normal(text)
    _length(ID_CARD, number, 18)
    _letters(ID_CARD, number[:17], "0123456789", allowed=_DIGITS)
    _letters(ID_CARD, number[17], "0123456789X", allowed=_DIGITS_OR_X, first=18)
    birth = _birth(number[6:14])
    if birth > today:
        raise BadInput(_UNBORN, {"birth": birth.isoformat()}, "E1501")
    total = sum(int(char) * weight for char, weight in zip(number[:17], _CARD_WEIGHTS, strict=True))
    _check(ID_CARD, number, _CARD_CHECKS[total % 11])
    return number


def mask_id_card(number: str) -> str:
    """Hide all but the first 6 and last 4 places, for screen and paper."""
    if len(number) <= 10:
        return "*" * len(number)
    return number[:6] + "*" * (len(number) - 10) + number[-4:]


def organisation_part(uscc: str) -> str:
    """Return the 组织机构代码 that a checked 统一社会信用代码 carries in places 9 to 17."""
    return f"{uscc[8:16]}-{uscc[16]}"


def _normal(text: str) -> str:
    """Half-width capitals of ASCII only: upper() would turn other letters into two."""
    clean = clean_text(text, _LONGEST).translate(_HALF_WIDTH)
    return re.sub("[a-z]", lambda found: found[0].upper(), clean)


def _length(name: str, code: str, wanted: int) -> None:
    if len(code) != wanted:
        params = {"name": _(name), "wanted": wanted, "length": len(code)}
        raise BadInput(_LENGTH, params, "E1501")


def _letters(name: str, code: str, alphabet: str, *, allowed: str, first: int = 1) -> None:
    for position, char in enumerate(code, first):
        if char not in alphabet:
            params = {
                "name": _(name),
                "position": position,
                "character": char,
                "point": f"U+{ord(char):04X}",
                "allowed": _(allowed),
            }
            raise BadInput(_LETTER, params, "E1501")


def _check(name: str, code: str, wanted: str) -> None:
    if code[-1] != wanted:
        params = {"name": _(name), "position": len(code), "wanted": wanted, "found": code[-1]}
        raise BadInput(_CHECK, params, "E1501")


def _birth(figures: str) -> date:
    try:
        return date(int(figures[:4]), int(figures[4:6]), int(figures[6:]))
    except ValueError as error:
        raise BadInput(_BIRTH, {"birth": figures}, "E1501") from error
