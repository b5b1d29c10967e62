"""The two first forms say exactly what the record says, in every size of record."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from printing_samples import fund_usage_sheet, item, plan_sheet

from govproc_desktop.domain.documents import FundUsageAmounts, OpinionRow, PlanSheet
from govproc_desktop.domain.errors import BadInput, Unavailable
from govproc_desktop.printing.raster import page_count, page_text
from govproc_desktop.printing.registry import FORMS, Cancelled, Job, form, render, render_batch

ZERO = Decimal("0.00")
NOTHING = FundUsageAmounts(
    planned=ZERO, filed=ZERO, in_transit=ZERO, requested=ZERO, paid=ZERO,
    left_to_plan=ZERO, left_to_pay=ZERO,
)  # fmt: skip


def text_of(pdf: bytes) -> str:
    """All pages as a viewer copies them, without the blanks and line ends it invents."""
    whole = "".join(page_text(pdf, index) for index in range(page_count(pdf)))
    return "".join(whole.split())


def test_plan_filing_shows_every_part_of_the_record() -> None:
    text = text_of(render("F-01", plan_sheet(number="豫财招标采购-2026-17")))
    for expected in (
        "政府采购实施计划备案表",
        "预算单位：101014河南省青禾农业科学研究院",
        "打印时间：2026-11-2309:42金额单位：元",
        "豫财招标采购-2026-17",
        "¥500,000.00人民币伍拾万元整",
        "财政性资金488,000.00自有及其他资金12,000.00",
        "规格标准统一、现货货源充足、价格变化幅度小（政府采购法第三十二条）",
        "JH2026410000037",
        "2060302社会公益研究",
        "0371-65852210",
        "依据年度配置计划申请。",
        "签字（盖章）：周敏2026-11-23",
        "第1页，共1页",
        "第3版",
    ):
        assert expected in text


def test_totals_are_those_of_the_lines_even_when_a_draft_does_not_balance() -> None:
    text = text_of(render("F-01", plan_sheet(items=(item(1),), funds=())))
    assert "312,000.00合计312,000.00" in text
    assert "本次使用（无）合计0.00" in text
    assert "¥500,000.00" in text


def test_hardly_begun_draft_prints() -> None:
    sheet = PlanSheet(
        unit_code="", unit_name="", printed_at=plan_sheet().printed_at, project="", year=2026,
        total=ZERO, fiscal_sum=ZERO, own_sum=ZERO, state="草稿", watermark="草稿",
    )  # fmt: skip
    text = text_of(render("F-01", sheet))
    assert "¥0.00人民币零元整" in text
    assert "单据码" not in text


def test_long_unit_name_does_not_run_into_the_printing_time() -> None:
    sheet = plan_sheet(unit_name="河南省青禾农业科学研究院" * 6)
    assert "打印时间：2026-11-2309:42" in text_of(render("F-01", sheet))


def test_five_short_opinions_stay_on_the_page_of_their_plan() -> None:
    titles = ("经办意见", "内部审核意见", "主管部门意见", "财政审核意见", "财政审批意见")
    pdf = render(
        "F-01", plan_sheet(opinions=tuple(OpinionRow(title=t, text="同意") for t in titles))
    )
    assert page_count(pdf) == 1
    assert [t for t in titles if t not in text_of(pdf)] == []


def test_number_says_when_it_comes() -> None:
    assert "审批通过时产生" in text_of(render("F-01", plan_sheet()))


def test_rare_names_copy_out_right() -> None:
    names = "䶮㛃𬭚"
    opinion = OpinionRow(title="经办意见", text="同意", person=names, date=date(2026, 11, 23))
    sheet = plan_sheet(contact=names, project=f"{names}工作室", opinions=(opinion,))
    assert text_of(render("F-01", sheet)).count(names) == 3


def test_a_name_beyond_the_bold_face_is_set_in_the_whole_one() -> None:
    assert "㙓" in text_of(render("F-01", plan_sheet(watermark="㙓", project="㙓")))


def test_delegated_opinion_names_both() -> None:
    opinion = OpinionRow(
        title="财政审批意见", person="赵倩", date=date(2026, 12, 1), note="代 李强"
    )
    assert "赵倩（代李强）2026-12-01" in text_of(render("F-01", plan_sheet(opinions=(opinion,))))


@pytest.mark.parametrize(("lines", "pages"), [(0, 1), (1, 1), (200, 7)])
def test_plan_filing_takes_any_number_of_lines(lines: int, pages: int) -> None:
    sheet = plan_sheet(items=tuple(item(n, f"规格{n:03}号") for n in range(1, lines + 1)))
    pdf = render("F-01", sheet)
    assert page_count(pdf) == pages
    text = text_of(pdf)
    assert [n for n in range(1, lines + 1) if f"规格{n:03}号" not in text] == []
    assert ("（无）" in text) == (lines == 0)
    assert text.count("合计") == 2


def test_table_head_and_page_number_on_every_page() -> None:
    pdf = render("F-01", plan_sheet(items=tuple(item(n) for n in range(1, 120))))
    count = page_count(pdf)
    assert count >= 3
    for index in range(count):
        text = "".join(page_text(pdf, index).split())
        assert f"第{index + 1}页，共{count}页" in text
        assert ("政府采购实施计划备案表（续）" in text) == (index > 0)
        if "A02010104" in text:
            assert "品目代码品目名称规格型号单位数量单价小计" in text


def test_total_row_never_stands_alone() -> None:
    for lines in range(8, 40):
        pdf = render("F-01", plan_sheet(items=tuple(item(n) for n in range(lines)), funds=()))
        for index in range(page_count(pdf)):
            text = "".join(page_text(pdf, index).split())
            after_head = text.rsplit("单价小计", 1)[-1]
            assert not after_head.startswith("合计")


def test_long_specification_goes_to_an_annex_whole() -> None:
    spec = "".join(f"P{n:04}，" for n in range(840))
    assert len(spec) > 5_000
    pdf = render("F-01", plan_sheet(items=(item(1, spec), item(2))))
    text = text_of(pdf)
    assert "全文见附1" in text
    annex = text.split("附1规格型号（第1项台式计算机）", 1)[1]
    assert [n for n in range(840) if f"P{n:04}" not in annex] == []


def test_long_remark_and_opinion_run_over_pages() -> None:
    words = "".join(f"R{n:04}。" for n in range(900))
    opinion = OpinionRow(title="经办意见", text=words, person="周敏", date=date(2026, 11, 23))
    pdf = render("F-01", plan_sheet(remark=words, opinions=(opinion,)))
    text = text_of(pdf)
    assert [n for n in range(900) if text.count(f"R{n:04}") != 2] == []
    assert text.count("签字（盖章）：周敏") == 1


def test_markup_and_invisible_characters_are_only_text() -> None:
    sheet = plan_sheet(project="<b>甲&乙</b>\u200b\ufeff", remark="第一行\r\n第二行\t完\x07")
    text = text_of(render("F-01", sheet))
    assert "<b>甲&乙</b>" in text
    assert "第一行第二行完" in text


def test_missing_glyph_is_named_not_boxed() -> None:
    with pytest.raises(Unavailable, match=r"「😀」（U\+1F600）"):
        render("F-01", plan_sheet(project="采购😀"))


def test_watermark_only_while_not_filed() -> None:
    pending = page_text(render("F-01", plan_sheet(watermark="已作废", state="")), 0)
    filed = page_text(render("F-01", plan_sheet(watermark="", state="")), 0)
    assert "已作废" in "".join(pending.split())
    assert "已作废" not in "".join(filed.split())


def test_copy_number_is_printed_when_known() -> None:
    assert "第2次打印" in text_of(render("F-01", plan_sheet(copy_no=2)))
    assert "次打印" not in text_of(render("F-01", plan_sheet()))


def test_fund_usage_shows_all_seven_amounts_and_their_documents() -> None:
    text = text_of(render("F-08", fund_usage_sheet()))
    row = "500,000.00380,000.000.00120,000.0080,000.0050,000.00450,000.00"
    assert text.count(row) == 3
    assert "1,500,000.001,140,000.000.00360,000.0080,000.0050,000.001,450,000.00" in text
    assert text.count("2026-06-01支付退款退回多付货款ZF2026000012−1,200.50") == 3
    assert "截至：2026-11-22" in text
    assert "单据码" not in text


@pytest.mark.parametrize("plans", [0, 1, 200])
def test_fund_usage_takes_any_number_of_plans(plans: int) -> None:
    text = text_of(render("F-08", replace(fund_usage_sheet(plans), totals=NOTHING)))
    assert text.count("农业科研条件建设专项") == plans


def test_equal_records_give_equal_bytes() -> None:
    assert render("F-01", plan_sheet()) == render("F-01", plan_sheet())
    assert render("F-08", fund_usage_sheet()) == render("F-08", fund_usage_sheet())
    assert render("F-01", plan_sheet()) != render("F-01", plan_sheet(version=4))


def test_every_form_is_registered_under_its_code() -> None:
    assert set(FORMS) == {f.code for f in FORMS.values()}
    assert form("f-01").title == "政府采购实施计划备案表"
    with pytest.raises(BadInput, match="F-01、F-08"):
        form("F-99")


def test_batch_numbers_pages_per_record_and_reports_progress() -> None:
    seen: list[tuple[int, int]] = []
    jobs = [Job("F-01", plan_sheet(project=f"项目{n}")) for n in range(3)]
    jobs.append(Job("F-08", fund_usage_sheet()))
    pdf = render_batch(jobs, progress=lambda done, of: seen.append((done, of)))
    assert seen == [(1, 4), (2, 4), (3, 4), (4, 4)]
    assert page_count(pdf) == 4
    for index in range(3):
        text = "".join(page_text(pdf, index).split())
        assert f"项目{index}" in text
        assert "第1页，共1页" in text
    assert "用款计划使用情况表" in page_text(pdf, 3)


def test_batch_stops_between_pages() -> None:
    asked = 0

    def cancelled() -> bool:
        nonlocal asked
        asked += 1
        return asked > 4

    many = Job("F-01", plan_sheet(items=tuple(item(n) for n in range(200))))
    done: list[int] = []
    with pytest.raises(Cancelled):
        render_batch([many] * 3, progress=lambda n, _of: done.append(n), cancelled=cancelled)
    assert asked == 5
    assert done == []


def test_empty_batch_is_refused() -> None:
    with pytest.raises(BadInput, match="没有要打印的单据"):
        render_batch([])
