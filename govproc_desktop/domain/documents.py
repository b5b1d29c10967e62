"""Records of the print forms, and the short code and QR payload that tie paper to a record.

To add the record of another form: a frozen dataclass on :class:`PaperRecord` with everything the
paper shows, already worked out (totals, chosen words); the form itself only places it.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from hashlib import blake2s
from uuid import UUID

from govproc_desktop.domain.errors import BadInput
from govproc_desktop.i18n import N_

PLAN_KIND = "JH"
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: no I, L, O, U
_LOOKALIKE = str.maketrans({"I": "1", "L": "1", "O": "0"})
_QR_MARK = "ZC1"
_QR_HASH_DIGITS = 32


@dataclass(frozen=True, kw_only=True)
class PaperRecord:
    """What every sheet of paper says about itself.

    ``printed_at`` is local time; ``watermark`` is "" when the state needs none (filed);
    ``short_code`` is "" and ``version`` 0 for a statement that is not one record (no QR then);
    ``copy_no`` counts the printings.
    """

    unit_code: str
    unit_name: str
    printed_at: datetime
    state: str = ""
    watermark: str = ""
    uid: UUID | None = None
    version: int = 0
    record_hash: str = ""
    short_code: str = ""
    copy_no: int | None = None


@dataclass(frozen=True, kw_only=True)
class FundRow:
    """One funding line of a plan (元); ``amount`` is None for money outside the budget."""

    plan_no: str
    doc_no: str = ""
    fund_kind: str = ""
    func_class: str = ""
    econ_class: str = ""
    amount: Decimal | None = None
    used: Decimal


@dataclass(frozen=True, kw_only=True)
class ItemRow:
    """One line of what is bought (元)."""

    no: int
    code: str
    name: str
    spec: str = ""
    unit: str = ""
    quantity: Decimal
    price: Decimal
    subtotal: Decimal


@dataclass(frozen=True, kw_only=True)
class OpinionRow:
    """One opinion box; without a person it is printed empty, to be signed by hand.

    ``note`` follows the name in brackets, such as "代 李强".
    """

    title: str
    text: str = ""
    person: str | None = None
    date: date | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class PlanSheet(PaperRecord):
    """Everything form F-01 (政府采购实施计划备案表) shows; ``number`` is None until issued."""

    project: str
    year: int
    number: str | None = None
    applied_on: date | None = None
    expected_on: date | None = None
    superior_unit: str = ""
    contact: str = ""
    phone: str = ""
    business_office: str = ""
    is_import: bool = False
    organisation: str = ""
    method: str = ""
    purchase_form: str = ""
    condition: str = ""
    agency: str = ""
    sme: str = ""
    approval_doc_no: str = ""
    remark: str = ""
    total: Decimal
    fiscal_sum: Decimal
    own_sum: Decimal
    funds: tuple[FundRow, ...] = ()
    items: tuple[ItemRow, ...] = ()
    opinions: tuple[OpinionRow, ...] = ()


@dataclass(frozen=True, kw_only=True)
class FundUsageDocument:
    """One document that moved a fund plan's money (元; a release or refund is negative)."""

    date: date
    kind: str
    name: str
    number: str = ""
    amount: Decimal


@dataclass(frozen=True, kw_only=True)
class FundUsageAmounts:
    """The seven amounts of a fund plan, or their totals (元)."""

    planned: Decimal
    filed: Decimal
    in_transit: Decimal
    requested: Decimal
    paid: Decimal
    left_to_plan: Decimal
    left_to_pay: Decimal


@dataclass(frozen=True, kw_only=True)
class FundUsageRow:
    """One fund plan of form F-08 with the documents behind its numbers."""

    plan_no: str
    doc_no: str = ""
    project: str = ""
    fund_kind: str = ""
    econ_class: str = ""
    amounts: FundUsageAmounts
    documents: tuple[FundUsageDocument, ...] = ()


@dataclass(frozen=True, kw_only=True)
class FundUsageSheet(PaperRecord):
    """Everything form F-08 (用款计划使用情况表) shows."""

    as_of: date
    rows: tuple[FundUsageRow, ...]
    totals: FundUsageAmounts


@dataclass(frozen=True)
class PaperMark:
    """What the QR code of a sheet says: which record, which version, the start of its hash."""

    kind: str
    uid: UUID
    version: int
    hash_start: str

    def agrees_with(self, record_hash: str) -> bool:
        """Tell whether the record still has the content that was printed."""
        return record_hash.upper().startswith(self.hash_start)


def short_code(uid: UUID, version: int, *, kind: str = PLAN_KIND) -> str:
    """Return the ten-character code printed on one version of a record, as ``JH7K-2M4Q-93``.

    Two versions may share a code once in 34 milliards, so a look-up answers with a list; the
    last character is a check symbol that finds every single slip and every swap of neighbours.
    """
    digest = blake2s(uid.bytes + version.to_bytes(4, "big"), digest_size=5).digest()
    number = int.from_bytes(digest, "big")
    body = kind + "".join(_ALPHABET[number >> 5 * place & 31] for place in range(7))
    return _grouped(body + _ALPHABET[_times_two(_remainder(body))])


def parse_short_code(text: str) -> str:
    """Return a typed short code in its printed spelling; full width, case and I/L/O are mended.

    Raises:
        BadInput: wrong length, a character no code contains, or a slip the check symbol found.
    """
    plain = unicodedata.normalize("NFKC", text).upper().translate(_LOOKALIKE)
    code = "".join(c for c in plain if c.isalnum())
    if strange := next((c for c in code if c not in _ALPHABET), ""):
        raise BadInput(
            N_("单据码里不会有「{char}」。单据码只用数字和字母，请照纸面左下角重新输入。"),
            {"char": strange},
        )
    if len(code) != 10:
        raise BadInput(
            N_("单据码应为 10 位，输入了 {count} 位。请照纸面左下角重新输入，如 JH7K-2M4Q-93。"),
            {"count": len(code)},
        )
    if _remainder(code) != 0:
        raise BadInput(
            N_("单据码「{code}」与校验位不符，多半有一位输错或两位颠倒。请照纸面左下角重新核对。"),
            {"code": _grouped(code)},
        )
    return _grouped(code)


def qr_payload(uid: UUID, version: int, record_hash: str, *, kind: str = PLAN_KIND) -> str:
    """Return the text of the QR code: kind, uid, version and the first half of the hash."""
    number = uid.int
    symbols = "".join(_ALPHABET[number >> 5 * place & 31] for place in reversed(range(26)))
    return "/".join((_QR_MARK, kind, symbols, str(version), record_hash[:_QR_HASH_DIGITS].upper()))


def parse_qr_payload(text: str) -> PaperMark:
    """Read a scanned QR code back.

    Raises:
        BadInput: the code was not printed by this program, or was read incompletely.
    """
    unreadable = BadInput(N_("这不是本系统单据上的二维码，或没有扫全。请重新扫描，或输入单据码。"))
    parts = text.strip().upper().split("/")
    if len(parts) != 5 or parts[0] != _QR_MARK or len(parts[2]) != 26:
        raise unreadable
    _mark, kind, symbols, version, hash_start = parts
    number = 0
    for char in symbols:
        if char not in _ALPHABET:
            raise unreadable
        number = number << 5 | _ALPHABET.index(char)
    if not (version.isascii() and version.isdigit()) or number >> 128:
        raise unreadable
    return PaperMark(kind, UUID(int=number), int(version), hash_start)


def _grouped(code: str) -> str:
    return f"{code[:4]}-{code[4:8]}-{code[8:]}"


def _times_two(value: int) -> int:
    """Multiply by the generator of GF(32) (x⁵+x²+1), whose powers give each place its weight."""
    value <<= 1
    return value ^ 0b100101 if value & 32 else value


def _remainder(code: str) -> int:
    total = 0
    for char in code:
        total = _times_two(total) ^ _ALPHABET.index(char)
    return total
