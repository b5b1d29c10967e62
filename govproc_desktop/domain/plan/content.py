"""What a plan says: the frozen records that the form fills, a command carries and rules judge."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from govproc_desktop.domain.fields import Code, Money, Name, Note, Price, Quantity, label
from govproc_desktop.i18n import N_


class FundKind(StrEnum):
    """Where the money of a line comes from."""

    FUND_PLAN = "fund_plan"
    PUBLIC = "public"
    OTHER = "other"


FUND_KIND_TITLES = {
    FundKind.FUND_PLAN: N_("用款计划"),
    FundKind.PUBLIC: N_("公用经费"),
    FundKind.OTHER: N_("其它资金"),
}


@dataclass(frozen=True, kw_only=True)
class FundDraw:
    """One 资金来源 line; ``amount`` is 本次申请使用金额 in 元, empty while not typed."""

    uid: UUID
    kind: FundKind = field(default=FundKind.FUND_PLAN, metadata=label(N_("资金来源")))
    fund_plan: UUID | None = field(default=None, metadata=label(N_("用款计划")))
    amount: Money | None = field(
        default=None,
        metadata=label(
            N_("本次申请使用"), help=N_("这个项目一共要用这条用款计划多少钱，不是某一次付款的钱。")
        ),
    )
    own_kind: Code = field(default="", metadata=label(N_("资金性质")))
    econ_code: Code = field(default="", metadata=label(N_("部门经济分类")))


@dataclass(frozen=True, kw_only=True)
class MethodChoice:
    """How a content line is procured: the three dimensions that must not be mixed, and why."""

    method: Code = field(default="", metadata=label(N_("采购方式"), required=True))
    condition: Code = field(default="", metadata=label(N_("适用条件"), required=True))
    organisation: Code = field(default="", metadata=label(N_("组织形式"), required=True))
    agency_kind: Code = field(default="", metadata=label(N_("采购机构类别"), required=True))
    agency: Name = field(default="", metadata=label(N_("采购机构")))
    purchase_form: Code = field(default="", metadata=label(N_("采购形式"), required=True))
    exception_no: Name = field(
        default="",
        metadata=label(
            N_("自行采购批准文号"), help=N_("目录内品目不委托集采机构时，填省级以上批准文号。")
        ),
    )


@dataclass(frozen=True, kw_only=True)
class Item:
    """One 采购内容 line; the subtotal is quantity × price to the fen, never typed (R5)."""

    uid: UUID
    catalog_version: Code = field(default="2022", metadata=label(N_("目录版本")))
    code: Code = field(default="", metadata=label(N_("品目代码"), required=True))
    name: Name = field(default="", metadata=label(N_("明细名称")))
    spec: Note = field(default="", metadata=label(N_("规格型号 / 技术参数")))
    unit: Code = field(default="", metadata=label(N_("单位")))
    quantity: Quantity | None = field(default=None, metadata=label(N_("数量"), required=True))
    price: Price | None = field(default=None, metadata=label(N_("单价"), required=True))
    subtotal: Money | None = field(default=None, metadata=label(N_("小计")))
    deliver_on: date | None = field(default=None, metadata=label(N_("到货日期")))
    guard_service: bool = field(default=False, metadata=label(N_("保安服务")))
    choice: MethodChoice = field(default_factory=MethodChoice)


class SmeMode(StrEnum):
    """面向中小企业: not chosen, the whole project, a reserved share, or nothing reserved."""

    EMPTY = ""
    WHOLE = "whole"
    RESERVED = "reserved"
    NONE = "none"


SME_TITLES = {
    SmeMode.EMPTY: N_("请选择"),
    SmeMode.WHOLE: N_("整体专门面向（100%）"),
    SmeMode.RESERVED: N_("预留部分份额"),
    SmeMode.NONE: N_("不预留"),
}
SME_HOW = {
    "package": N_("采购项目整体或采购包"),
    "consortium": N_("联合体中小企业承担"),
    "subcontract": N_("分包给中小企业"),
}


@dataclass(frozen=True, kw_only=True)
class PlanContent:
    """Everything a clerk types into a plan; incomplete while it is a draft."""

    title: Name = field(
        default="",
        metadata=label(
            N_("项目名称"), required=True, help=N_("您写的名称，不会被用款计划的名称替换。")
        ),
    )
    year: int = field(default=0, metadata=label(N_("采购年度"), required=True))
    contact: Name = field(default="", metadata=label(N_("联系人"), required=True))
    phone: Code = field(default="", metadata=label(N_("联系电话"), required=True))
    business_office: Name = field(default="", metadata=label(N_("业务处室")))
    applied_on: date | None = field(default=None, metadata=label(N_("申请日期"), required=True))
    expected_on: date | None = field(
        default=None, metadata=label(N_("期望完成时间"), required=True)
    )
    approval_no: Name = field(
        default="",
        metadata=label(N_("批准文号"), help=N_("财政部门批准采用非公开招标方式的文号。")),
    )
    is_import: bool = field(default=False, metadata=label(N_("进口产品")))
    department_review: bool = field(
        default=False, metadata=label(N_("审核流程"), help=N_("勾选后送主管部门审核。"))
    )
    midterm: bool = field(
        default=False,
        metadata=label(N_("中期规划"), help=N_("只能用当年的用款计划和其它资金。")),
    )
    urgent: bool = field(default=False, metadata=label(N_("紧急采购")))
    urgent_basis: Note = field(default="", metadata=label(N_("紧急采购依据")))
    sme_mode: SmeMode = field(
        default=SmeMode.EMPTY, metadata=label(N_("面向中小企业"), required=True)
    )
    sme_percent: int = field(default=0, metadata=label(N_("预留比例（%）")))
    sme_how: Code = field(default="", metadata=label(N_("预留方式")))
    sme_reason: Note = field(default="", metadata=label(N_("不预留的理由")))
    split_reason: Note = field(default="", metadata=label(N_("同类累计超限的说明")))
    remark: Note = field(default="", metadata=label(N_("备注")))
    funds: tuple[FundDraw, ...] = ()
    items: tuple[Item, ...] = ()

    @property
    def fiscal(self) -> Decimal:
        """财政资金: what is drawn on fund plans, in 元."""
        return sum(
            (line.amount or Decimal(0) for line in self.funds if line.kind == FundKind.FUND_PLAN),
            Decimal(0),
        )

    @property
    def own(self) -> Decimal:
        """自有资金: 公用经费 and 其它资金, in 元."""
        return sum(
            (line.amount or Decimal(0) for line in self.funds if line.kind != FundKind.FUND_PLAN),
            Decimal(0),
        )


def title_of(record: object, name: str) -> str:
    """Return the label of a field of a content record."""
    fields = getattr(record, "__dataclass_fields__")  # noqa: B009 - any dataclass
    return str(fields[name].metadata.get("title", name))
