"""Form F-01: 政府采购实施计划备案表."""

from __future__ import annotations

from decimal import Decimal

from govproc_desktop.domain.documents import ItemRow, PlanSheet
from govproc_desktop.domain.money import money_text, rmb_upper
from govproc_desktop.i18n import N_, _
from govproc_desktop.printing.layout import (
    Column,
    Field,
    Grid,
    Kind,
    Lines,
    Opinions,
    PrintForm,
)


def _number(sheet: PlanSheet) -> str:
    return sheet.number or _("审批通过时产生")


def _total(sheet: PlanSheet) -> str:
    upper = rmb_upper(sheet.total)
    upper = upper if upper.startswith("人民币") else "人民币" + upper
    return f"¥{money_text(sheet.total)}　{upper}"


def _sums(sheet: PlanSheet) -> str:
    return _("财政性资金 {fiscal}　　自有及其他资金 {own}").format(
        fiscal=money_text(sheet.fiscal_sum), own=money_text(sheet.own_sum)
    )


def _funds_sum(sheet: PlanSheet) -> Decimal:
    """Add up the lines shown: a draft may not balance yet, and its paper must say so."""
    return sum((fund.used for fund in sheet.funds), Decimal("0.00"))


def _items_sum(sheet: PlanSheet) -> Decimal:
    return sum((item.subtotal for item in sheet.items), Decimal("0.00"))


def _item_name(item: ItemRow) -> str:
    return _("第 {no} 项 {name}").format(no=item.no, name=item.name)


PLAN_FILING = PrintForm(
    code="F-01",
    title=N_("政府采购实施计划备案表"),
    record=PlanSheet,
    again=lambda s: f"{s.project}　{s.number or ''}".strip(),
    blocks=(
        Grid(
            (
                (
                    Field(N_("项目名称"), lambda s: s.project),
                    Field(N_("采购年度"), lambda s: s.year, 38, 22),
                ),
                (
                    Field(N_("计划编号"), _number),
                    Field(N_("申请日期"), lambda s: s.applied_on, 38, 22),
                ),
                (
                    Field(N_("主管单位"), lambda s: s.superior_unit),
                    Field(N_("期望完成"), lambda s: s.expected_on, 38, 22),
                ),
                (
                    Field(N_("业务处室"), lambda s: s.business_office),
                    Field(N_("批准文号"), lambda s: s.approval_doc_no, 38, 22),
                ),
                (
                    Field(N_("联系人"), lambda s: s.contact),
                    Field(N_("电话"), lambda s: s.phone, 42, 18),
                    Field(N_("进口产品"), lambda s: s.is_import, 17, 22),
                ),
                (
                    Field(N_("组织形式"), lambda s: s.organisation),
                    Field(N_("采购方式"), lambda s: s.method, 38, 22),
                    Field(N_("采购形式"), lambda s: s.purchase_form, 25, 22),
                ),
                (Field(N_("适用条件"), lambda s: s.condition),),
                (
                    Field(N_("采购机构"), lambda s: s.agency),
                    Field(N_("中小企业"), lambda s: s.sme, 42, 22),
                ),
                (Field(N_("计划总金额"), _total),),
                (Field(N_("资金构成"), _sums),),
                (Field(N_("备注"), lambda s: s.remark),),
            )
        ),
        Lines(
            N_("资金来源"),
            lambda s: s.funds,
            (
                Column(N_("用款计划号"), lambda f: f.plan_no, 31),
                Column(N_("指标文号"), lambda f: f.doc_no, 33),
                Column(N_("资金性质"), lambda f: f.fund_kind, 22),
                Column(N_("功能分类"), lambda f: f.func_class),
                Column(N_("经济分类"), lambda f: f.econ_class, 22),
                Column(N_("计划金额"), lambda f: f.amount, 22, Kind.MONEY),
                Column(N_("本次使用"), lambda f: f.used, 22, Kind.MONEY, _funds_sum),
            ),
        ),
        Lines(
            N_("采购内容"),
            lambda s: s.items,
            (
                Column(N_("序号"), lambda i: i.no, 10, Kind.CENTRE),
                Column(N_("品目代码"), lambda i: i.code, 23),
                Column(N_("品目名称"), lambda i: i.name, 30),
                Column(N_("规格型号"), lambda i: i.spec, annex=_item_name),
                Column(N_("单位"), lambda i: i.unit, 12, Kind.CENTRE),
                Column(N_("数量"), lambda i: i.quantity, 13, Kind.QUANTITY),
                Column(N_("单价"), lambda i: i.price, 22, Kind.MONEY),
                Column(N_("小计"), lambda i: i.subtotal, 24, Kind.MONEY, _items_sum),
            ),
        ),
        Opinions(lambda s: s.opinions),
    ),
)
