"""Records for the printing tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from govproc_desktop.domain.documents import (
    FundRow,
    FundUsageAmounts,
    FundUsageDocument,
    FundUsageRow,
    FundUsageSheet,
    ItemRow,
    OpinionRow,
    PlanSheet,
    short_code,
)

UID = UUID("5f0c3a52-6a0e-4a57-9b0e-1c2d3e4f5a6b")
HASH = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


def item(
    no: int, spec: str = "8 核/16 GB/512 GB", quantity: int = 60, price: str = "5200.00"
) -> ItemRow:
    money = Decimal(price)
    return ItemRow(
        no=no,
        code="A02010104",
        name="台式计算机",
        spec=spec,
        unit="台",
        quantity=Decimal(quantity),
        price=money,
        subtotal=money * quantity,
    )


def plan_sheet(**changes: object) -> PlanSheet:
    sheet = PlanSheet(
        unit_code="101014",
        unit_name="河南省青禾农业科学研究院",
        printed_at=datetime(2026, 11, 23, 9, 42),  # noqa: DTZ001 - paper shows local time
        state="审核中",
        watermark="审核中",
        uid=UID,
        version=3,
        record_hash=HASH,
        short_code=short_code(UID, 3),
        project="办公设备购置（2026 年第二批）",
        year=2026,
        applied_on=date(2026, 11, 23),
        expected_on=date(2026, 12, 25),
        superior_unit="河南省农业农村厅",
        contact="周敏",
        phone="0371-6585 2210",
        business_office="省财政厅农业农村处",
        organisation="政府集中采购",
        method="询价",
        purchase_form="项目采购",
        condition="规格标准统一、现货货源充足、价格变化幅度小（政府采购法第三十二条）",
        agency="河南省公共资源交易中心",
        sme="整体专门面向中小企业",
        total=Decimal("500000.00"),
        fiscal_sum=Decimal("488000.00"),
        own_sum=Decimal("12000.00"),
        funds=(
            FundRow(
                plan_no="JH2026410000001",
                doc_no="豫财预〔2026〕12号",
                fund_kind="一般公共预算",
                func_class="2060302 社会公益研究",
                econ_class="31002 办公设备购置",
                amount=Decimal("500000.00"),
                used=Decimal("380000.00"),
            ),
            FundRow(
                plan_no="JH2026410000037",
                doc_no="豫财预〔2026〕58号",
                fund_kind="一般公共预算",
                func_class="2060302 社会公益研究",
                econ_class="31002 办公设备购置",
                amount=Decimal("150000.00"),
                used=Decimal("108000.00"),
            ),
            FundRow(
                plan_no="自有资金",
                fund_kind="事业收入",
                econ_class="31002 办公设备购置",
                used=Decimal("12000.00"),
            ),
        ),
        items=(
            item(1),
            replace(
                item(2, "14 英寸/16 GB/1 TB", 20, "6800.00"), code="A02010105", name="便携式计算机"
            ),
            replace(item(3, "A4 黑白，双面", 12, "2400.00"), code="A0201060102", name="激光打印机"),
            replace(item(4, "A3 彩色", 4, "5800.00"), code="A020204", name="多功能一体机"),
        ),
        opinions=(
            OpinionRow(
                title="经办意见",
                text="依据年度配置计划申请。",
                person="周敏",
                date=date(2026, 11, 23),
            ),
            OpinionRow(title="内部审核意见"),
            OpinionRow(title="财政审核意见"),
            OpinionRow(title="财政审批意见"),
        ),
    )
    return replace(sheet, **changes)  # type: ignore[arg-type]


def amounts(planned: str, filed: str) -> FundUsageAmounts:
    whole, used = Decimal(planned), Decimal(filed)
    return FundUsageAmounts(
        planned=whole,
        filed=used,
        in_transit=Decimal("0.00"),
        requested=Decimal("80000.00"),
        paid=Decimal("50000.00"),
        left_to_plan=whole - used,
        left_to_pay=whole - Decimal("50000.00"),
    )


def fund_usage_sheet(plans: int = 3) -> FundUsageSheet:
    return FundUsageSheet(
        unit_code="101014",
        unit_name="河南省青禾农业科学研究院",
        printed_at=datetime(2026, 11, 23, 9, 42),  # noqa: DTZ001 - paper shows local time
        as_of=date(2026, 11, 22),
        totals=amounts("1500000.00", "1140000.00"),
        rows=tuple(
            FundUsageRow(
                plan_no=f"JH20264100{number:05}",
                doc_no="豫财预〔2026〕12号",
                project="农业科研条件建设专项",
                fund_kind="一般公共预算",
                econ_class="31002 办公设备购置",
                amounts=amounts("500000.00", "380000.00"),
                documents=(
                    FundUsageDocument(
                        date=date(2026, 3, 9),
                        kind="实施计划备案",
                        name="办公设备购置（2026 年第一批）",
                        number="豫财招标采购-2026-17",
                        amount=Decimal("380000.00"),
                    ),
                    FundUsageDocument(
                        date=date(2026, 6, 1),
                        kind="支付退款",
                        name="退回多付货款",
                        number="ZF2026000012",
                        amount=Decimal("-1200.50"),
                    ),
                ),
            )
            for number in range(1, plans + 1)
        ),
    )
