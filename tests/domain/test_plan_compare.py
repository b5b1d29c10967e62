"""What changed between two texts of a plan, in words."""

from __future__ import annotations

from typing import Any

from govproc_desktop.domain.plan.compare import Change, body_changes, changes, shown

FUND: dict[str, Any] = {
    "uid": "f1",
    "kind": "fund_plan",
    "fund_plan": "p1",
    "amount": "5120000.00",
    "own_kind": "",
    "econ_code": "",
}
ITEM: dict[str, Any] = {
    "uid": "i1",
    "code": "A02010103",
    "name": "服务器",
    "quantity": "6",
    "price": "86000",
    "choice": {"method": "XJ", "condition": "XJ-1"},
}
OLD: dict[str, Any] = {
    "title": "智慧温室",
    "sme_mode": "whole",
    "is_import": False,
    "funds": [FUND],
    "items": [ITEM],
}
NAMES = {"p1": "JH1", "p2": "JH2", "XJ": "询价", "JZTP": "竞争性谈判"}


def said(**new: Any) -> list[tuple[str, str, str]]:
    return [(c.title, c.old, c.new) for c in changes(OLD, {**OLD, **new}, names=NAMES)]


def test_nothing_changed() -> None:
    assert said() == []


def test_head_fields_by_their_labels() -> None:
    assert said(title="温室", is_import=True, sme_mode="none") == [
        ("项目名称", "智慧温室", "温室"),
        ("进口产品", "否", "是"),
        ("面向中小企业", "整体专门面向（100%）", "不预留"),
    ]


def test_total_comes_first() -> None:
    fund = {**FUND, "amount": "4860000.00"}
    assert said(funds=[fund]) == [
        ("总金额", "5,120,000.00", "4,860,000.00"),
        ("JH1 本次申请使用", "5,120,000.00", "4,860,000.00"),
    ]


def test_lines_added_taken_and_changed() -> None:
    other = {**ITEM, "uid": "i2", "name": "", "price": "1.5", "code": "A06"}
    assert said(items=[other]) == [
        ("服务器", "6 × 86,000.00", ""),
        ("A06", "", "6 × 1.50"),
    ]
    assert said(items=[{**ITEM, "price": "86000.00"}]) == []  # the same price, written longer
    dearer = {**ITEM, "price": "90000", "choice": {"method": "JZTP", "condition": "JZTP-2"}}
    assert said(items=[dearer]) == [
        ("服务器 单价", "86,000.00", "90,000.00"),
        ("服务器 采购方式", "询价", "竞争性谈判"),
        ("服务器 适用条件", "XJ-1", "JZTP-2"),
    ]


def test_a_fund_line_added_and_a_nameless_item() -> None:
    own = {"uid": "f2", "kind": "other", "fund_plan": None, "amount": "1.00"}
    assert said(funds=[FUND, own]) == [
        ("总金额", "5,120,000.00", "5,120,001.00"),
        ("其它资金", "", "1.00"),
    ]
    assert said(funds=[]) == [("总金额", "5,120,000.00", "0.00"), ("JH1", "5,120,000.00", "")]
    assert said(items=[ITEM, {"uid": "i9"}]) == [("采购内容", "", "")]


def test_another_fund_plan_by_its_number() -> None:
    assert said(funds=[{**FUND, "fund_plan": "p2"}]) == [("JH2 用款计划", "JH1", "JH2")]
    assert said(funds=[{**FUND, "kind": "other", "fund_plan": None}]) == [
        ("其它资金 资金来源", "用款计划", "其它资金"),
        ("其它资金 用款计划", "JH1", ""),
    ]


def test_attachments_in_stored_versions() -> None:
    before = {"content": OLD, "names": NAMES, "attachments": []}
    quote = {"kind": "other", "name": "三家询价记录.pdf", "sha256": "aa"}
    after = {**before, "attachments": [quote]}
    added = Change(field="attachments.other", title="附件", old="", new="三家询价记录.pdf")
    assert body_changes(before, after) == (added,)
    assert body_changes(after, after) == ()
    assert body_changes(after, before)[0].old == "三家询价记录.pdf"


def test_values_as_a_person_reads_them() -> None:
    assert shown("amount", "1234.5") == "1,234.50"
    assert shown("price", "0.3335") == "0.3335"
    assert shown("amount", "abc") == "abc"
    assert shown("sme_how", "package") == "采购项目整体或采购包"
    assert shown("kind", "public") == "公用经费"
    assert shown("remark", None) == ""
    half = {**OLD, "funds": [{**FUND, "amount": None}], "items": [{"uid": "i3"}]}
    assert changes(OLD, half)[0].title == "总金额"
