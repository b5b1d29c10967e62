"""Short codes and QR payloads name one version of a record and refuse every slip."""

from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from printing_samples import HASH, UID

from govproc_desktop.domain.documents import (
    PaperMark,
    parse_qr_payload,
    parse_short_code,
    qr_payload,
    short_code,
)
from govproc_desktop.domain.errors import BadInput

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
VERSIONS = st.integers(1, 2**31)


def test_short_code_is_fixed_for_ever() -> None:
    assert short_code(UID, 3) == "JHWA-WD26-2D"
    assert short_code(UID, 4) != short_code(UID, 3)
    assert short_code(UID, 3, kind="HT").startswith("HT")


@given(st.uuids(), VERSIONS)
def test_short_code_reads_back(uid: UUID, version: int) -> None:
    code = short_code(uid, version)
    assert parse_short_code(code) == code
    assert parse_short_code(code.lower().replace("-", " ")) == code


@given(st.uuids(), st.integers(0, 9), st.sampled_from(ALPHABET))
def test_every_single_slip_is_found(uid: UUID, place: int, typed: str) -> None:
    code = short_code(uid, 1).replace("-", "")
    wrong = code[:place] + typed + code[place + 1 :]
    if wrong != code:
        with pytest.raises(BadInput, match="校验位不符"):
            parse_short_code(wrong)


@given(st.uuids(), st.integers(0, 8))
def test_every_swap_of_neighbours_is_found(uid: UUID, place: int) -> None:
    code = short_code(uid, 1).replace("-", "")
    wrong = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    if wrong != code:
        with pytest.raises(BadInput, match="校验位不符"):
            parse_short_code(wrong)


def test_full_width_and_lookalikes_are_mended() -> None:
    code = next(c for v in range(1, 500) if "0" in (c := short_code(UID, v)) and "1" in c)
    assert parse_short_code(code.replace("0", "O").replace("1", "l")) == code
    assert parse_short_code("ＪＨＷＡ－ＷＤ２６－２Ｄ") == "JHWA-WD26-2D"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("JHWA-WD26", "应为 10 位，输入了 8 位"),
        ("", "应为 10 位，输入了 0 位"),
        ("JHWA-WD26-2U", "不会有「U」"),
        ("单据-WD26-2D", "不会有「单」"),
    ],
)
def test_what_cannot_be_a_code_is_refused_with_the_reason(typed: str, sentence: str) -> None:
    with pytest.raises(BadInput) as refused:
        parse_short_code(typed)
    assert sentence in refused.value.sentence()


@given(st.uuids(), VERSIONS)
def test_qr_payload_reads_back(uid: UUID, version: int) -> None:
    payload = qr_payload(uid, version, HASH)
    assert payload.isascii()
    assert payload == payload.upper()
    assert parse_qr_payload(payload) == PaperMark("JH", uid, version, HASH[:32].upper())


def test_paper_agrees_only_with_its_own_content() -> None:
    mark = parse_qr_payload(qr_payload(UID, 3, HASH))
    assert mark.agrees_with(HASH)
    assert not mark.agrees_with("0" + HASH[1:])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "https://example.org/",
        qr_payload(UID, 3, HASH)[4:],
        qr_payload(UID, 3, HASH).replace("/3/", "/x/"),
        "ZC1/JH/" + "Z" * 26 + "/1/00",
        "ZC1/JH/" + "U" * 26 + "/1/00",
    ],
)
def test_foreign_qr_codes_are_refused(text: str) -> None:
    with pytest.raises(BadInput, match="不是本系统单据上的二维码"):
        parse_qr_payload(text)
