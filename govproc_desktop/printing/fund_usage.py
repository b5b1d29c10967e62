"""Form F-08: 用款计划使用情况表, with the documents behind each plan's numbers."""

from __future__ import annotations

from govproc_desktop.domain.documents import (
    FundUsageDocument,
    FundUsageRow,
    FundUsageSheet,
)
from govproc_desktop.i18n import N_, _
from govproc_desktop.printing.layout import (
    Column,
    Kind,
    Lines,
    Note,
    PrintForm,
    Signatures,
)


def _head(sheet: FundUsageSheet) -> str:
    return _("预算单位：{code} {name}　　截至：{day}").format(
        code=sheet.unit_code, name=sheet.unit_name, day=sheet.as_of.isoformat()
    )


def _two_lines(first: str, second: str) -> str:
    return f"{first}\n{second}" if second else first


def _documents(sheet: FundUsageSheet) -> list[tuple[FundUsageRow, FundUsageDocument]]:
    return [(row, document) for row in sheet.rows for document in row.documents]


FUND_USAGE = PrintForm(
    code="F-08",
    title=N_("用款计划使用情况表"),
    record=FundUsageSheet,
    landscape=True,
    head=_head,
    again=_head,
    blocks=(
        Lines(
            N_("用款计划"),
            lambda s: s.rows,
            (
                Column(N_("用款计划号\n指标文号"), lambda r: _two_lines(r.plan_no, r.doc_no), 37),
                Column(N_("项目"), lambda r: r.project),
                Column(
                    N_("资金性质\n经济分类"),
                    lambda r: _two_lines(r.fund_kind, r.econ_class),
                    32,
                ),
                Column(
                    N_("计划金额"),
                    lambda r: r.amounts.planned,
                    23,
                    Kind.MONEY,
                    lambda s: s.totals.planned,
                ),
                Column(
                    N_("已备案占用"),
                    lambda r: r.amounts.filed,
                    22,
                    Kind.MONEY,
                    lambda s: s.totals.filed,
                ),
                Column(
                    N_("在途"),
                    lambda r: r.amounts.in_transit,
                    21,
                    Kind.MONEY,
                    lambda s: s.totals.in_transit,
                ),
                Column(
                    N_("拟可用"),
                    lambda r: r.amounts.left_to_plan,
                    22,
                    Kind.MONEY,
                    lambda s: s.totals.left_to_plan,
                ),
                Column(
                    N_("已申请支付"),
                    lambda r: r.amounts.requested,
                    22,
                    Kind.MONEY,
                    lambda s: s.totals.requested,
                ),
                Column(
                    N_("已支付"),
                    lambda r: r.amounts.paid,
                    22,
                    Kind.MONEY,
                    lambda s: s.totals.paid,
                ),
                Column(
                    N_("实际可用"),
                    lambda r: r.amounts.left_to_pay,
                    22,
                    Kind.MONEY,
                    lambda s: s.totals.left_to_pay,
                ),
            ),
        ),
        Lines(
            N_("使用明细"),
            _documents,
            (
                Column(N_("用款计划号"), lambda d: d[0].plan_no, 37),
                Column(N_("日期"), lambda d: d[1].date, 24, Kind.CENTRE),
                Column(N_("事项"), lambda d: d[1].kind, 34),
                Column(N_("单据名称"), lambda d: d[1].name),
                Column(N_("单据编号"), lambda d: d[1].number, 60),
                Column(N_("金额"), lambda d: d[1].amount, 28, Kind.MONEY),
            ),
        ),
        Note(
            N_(
                "注：拟可用＝计划金额－已备案占用－在途（可再申请备案的数）；"
                "实际可用＝计划金额－已支付（还没有付出去的数）。金额前的“−”表示释放或退款。"
            )
        ),
        Signatures((N_("制表"), N_("复核"), N_("单位负责人"))),
    ),
)
