from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from sqlalchemy import event, update

from govproc_desktop.domain.errors import NotFound
from govproc_desktop.models import Task
from govproc_desktop.queries.histories import (
    AUTHOR,
    DONE_LIST,
    STARTED_LIST,
    FileParams,
    PhraseParams,
    file_content,
    paper,
    phrases,
    whereabouts,
)
from govproc_desktop.queries.inbox import InboxOrder, InboxParams, inbox_list
from govproc_desktop.queries.listing import Criterion, ListSpec, page
from govproc_desktop.queries.plans import PlanParams
from govproc_desktop.queries.registry import Reader
from govproc_desktop.services.approvals import ApprovePlan, ReturnPlan
from govproc_desktop.services.attachments import AddAttachment
from govproc_desktop.services.plans import SavePlan, SubmitPlan, UrgePlan
from tests.office import INTERNAL, Office

MONDAY = datetime(2026, 11, 23, 9, 0)  # noqa: DTZ001 - office time is local


def send(
    office: Office,
    amount: str,
    *,
    at: datetime = MONDAY,
    login: str = "zhoumin",
    title: str = "办公设备购置",
    **content: object,
) -> UUID:
    """Save and submit a plan with a fund plan of its own."""
    office.clock.now = at
    number = uuid4().int % 10**6
    fund = office.fund(f"JH2026{number:07d}", "900000.00", pro_code=f"4100002610{number:06d}")
    uid = uuid4()
    made = office.content(funds=((fund, amount),), title=title, **content)
    office.do(login, SavePlan(plan=uid, content=made))
    office.do(login, SubmitPlan(plan=uid, seen_version=office.plan(uid).row_version))
    office.clock.now = MONDAY
    return uid


def seen(office: Office, uid: UUID) -> int:
    return office.plan(uid).row_version


def test_what_waits_stands_longest_first_with_working_days(
    office: Office, reader_for: Callable[[str], Reader]
) -> None:
    send(office, "20000.00", title="今天的")
    send(office, "10000.00", title="上上周五的", at=MONDAY - timedelta(days=10))
    send(office, "30000.00", title="上周五的", at=MONDAY - timedelta(days=3))
    found = inbox_list(reader_for("zhengjianguo"), InboxParams())
    assert [row.title for row in found.rows] == ["上上周五的", "上周五的", "今天的"]
    # two weekends lie between: working days, not days
    assert [row.days for row in found.rows] == [6, 1, 0]
    assert [row.late for row in found.rows] == [True, False, False]
    assert found.rows[0].amount == Decimal("10000.00")
    assert found.rows[0].unit == "河南省青禾农业科学研究院"
    assert found.counts == {"plan": 3}
    assert (found.total, found.green, found.notes) == (3, 3, ())


def test_other_orders_and_pages(office: Office, reader_for: Callable[[str], Reader]) -> None:
    for place in range(5):
        at = MONDAY - timedelta(hours=place)
        send(office, f"{10000 + place}.00", title=f"第 {place}", at=at)
    reader = reader_for("zhengjianguo")
    largest = inbox_list(reader, InboxParams(order=InboxOrder.LARGEST))
    assert [row.amount for row in largest.rows][:2] == [Decimal("10004.00"), Decimal("10003.00")]
    newest = inbox_list(reader, InboxParams(order=InboxOrder.NEWEST))
    assert newest.rows[0].title == "第 0"
    second = inbox_list(reader, InboxParams(offset=2, limit=2))
    assert [row.title for row in second.rows] == ["第 2", "第 1"]
    assert second.total == 5


def test_search_finds_by_document_or_unit(
    office: Office, reader_for: Callable[[str], Reader]
) -> None:
    send(office, "10000.00", title="食用菌 100% 冷藏")
    send(office, "20000.00", title="土壤检测")
    reader = reader_for("zhengjianguo")

    def found(words: str) -> list[str]:
        page_ = inbox_list(reader, InboxParams(search=words))
        assert page_.total == len(page_.rows)
        return [row.title for row in page_.rows]

    assert found("土壤") == ["土壤检测"]
    assert found("100%") == ["食用菌 100% 冷藏"]
    assert found("%") == ["食用菌 100% 冷藏"]
    assert found("青禾 检测") == ["土壤检测"]
    assert found("没有的") == []
    assert found("\0") == ["食用菌 100% 冷藏", "土壤检测"]


def test_only_those_who_decide_this_step_at_this_unit_see_it(
    office: Office, reader_for: Callable[[str], Reader]
) -> None:
    send(office, "10000.00")
    office.operator("qita", "其他", "station", INTERNAL, internal_mark=True)
    for login in ("zhoumin", "linlan", "sunli", "admin", "qita"):
        assert inbox_list(reader_for(login), InboxParams()).total == 0, login


def test_r16_the_missing_mark_or_right_is_named(
    office: Office, reader_for: Callable[[str], Reader]
) -> None:
    office.operator("nomark", "无标志", "institute", INTERNAL)
    office.operator("noright", "无权限", "institute", ("plan.view",), internal_mark=True)
    assert inbox_list(reader_for("nomark"), InboxParams()).notes == ()
    send(office, "10000.00")
    (note,) = inbox_list(reader_for("nomark"), InboxParams()).notes
    assert "没有内部审核标志" in note
    assert "1 件" in note
    (note,) = inbox_list(reader_for("noright"), InboxParams()).notes
    assert "没有「内部审核」权限" in note


def test_r15_ones_own_document_is_listed_as_own_and_never_offered_in_bulk(
    office: Office, reader_for: Callable[[str], Reader]
) -> None:
    clerk = ("plan.view", "plan.edit", "fund_plan.view")
    office.operator("zhengjg2", "郑建国", "institute", clerk, person="zhengjianguo")
    send(office, "10000.00", login="zhengjg2", title="自己的")
    send(office, "20000.00", title="别人的")
    found = inbox_list(reader_for("zhengjianguo"), InboxParams())
    assert {row.title: row.own for row in found.rows} == {"自己的": True, "别人的": False}
    assert found.green == 1


def test_r57_a_year_without_holidays_is_said_not_counted(
    office: Office, reader_for: Callable[[str], Reader]
) -> None:
    send(office, "10000.00")
    office.clock.now = datetime(2031, 1, 6, 9, 0)  # noqa: DTZ001
    found = inbox_list(reader_for("zhengjianguo"), InboxParams())
    assert found.rows[0].days is None
    assert any("节假日表未更新" in note for note in found.notes)


def test_failing_and_green_come_from_the_task(
    office: Office, reader_for: Callable[[str], Reader]
) -> None:
    bad = send(office, "10000.00", title="不符的")
    send(office, "20000.00", title="全绿的")
    with office.database.writing() as session:
        session.execute(update(Task).where(Task.doc_uid == bad).values(green=False, failing=2))
        session.commit()
    reader = reader_for("zhengjianguo")
    green = inbox_list(reader, InboxParams(only_green=True))
    assert [row.title for row in green.rows] == ["全绿的"]
    assert (green.total, green.green) == (1, 1)
    whole = {row.title: row.failing for row in inbox_list(reader, InboxParams()).rows}
    assert whole == {"不符的": 2, "全绿的": 0}


def test_a_page_costs_the_same_however_many_wait(
    office: Office, reader_for: Callable[[str], Reader]
) -> None:
    send(office, "10000.00")
    reader = reader_for("zhengjianguo")
    inbox_list(reader, InboxParams())
    counts = []
    for _round in range(2):
        sent: list[str] = []

        def note(*args: object, sent: list[str] = sent) -> None:
            if str(args[2]).startswith("SELECT"):
                sent.append(str(args[2]))

        event.listen(office.database.engine, "before_cursor_execute", note)
        inbox_list(reader, InboxParams())
        event.remove(office.database.engine, "before_cursor_execute", note)
        counts.append(len(sent))
        send(office, "20000.00")
        send(office, "30000.00")
    assert counts == [4, 4]


def test_a_paper_has_names_way_and_what_it_was_before_the_return(
    office: Office, reader_for: Callable[[str], Reader]
) -> None:
    uid = send(office, "10000.00", at=MONDAY - timedelta(days=5))
    office.clock.now = MONDAY - timedelta(days=4)
    office.do(
        "zhengjianguo",
        ReturnPlan(plan=uid, seen_version=seen(office, uid), opinion="缺依据", pins=("items",)),
    )
    office.clock.now = MONDAY - timedelta(days=3)
    file = uuid4()
    office.do(
        "zhoumin",
        AddAttachment(
            attachment=file,
            doc_kind="plan",
            document=uid,
            kind_code="other",
            name="询价.pdf",
            mime="application/pdf",
            data="%PDF-1.4 三家 %%EOF".encode(),
        ),
    )
    office.do("zhoumin", SubmitPlan(plan=uid, seen_version=seen(office, uid)))
    office.clock.now = MONDAY
    reader = reader_for("zhengjianguo")
    found = paper(reader, PlanParams(uid=uid))
    assert found.names["method:XJ"] == "询价"
    assert found.names["fund_kinds:11"] == "一般公共预算资金"
    assert found.before is not None
    assert found.before.version == 1
    assert found.new_files == {file}
    assert (found.may_act, found.own) == (True, False)
    assert found.holders == ("郑建国",)
    states = {node.place: node.state for node in found.way.nodes}
    assert states == {
        AUTHOR: "done",
        "internal_review": "now",
        "department_review": "skip",
        "finance_review": "skip",
        "finance_approval": "skip",
    }
    internal = next(node for node in found.way.nodes if node.place == "internal_review")
    # Wednesday to Thursday before the return, Friday to Monday after it
    assert internal.days == 2
    assert found.way.walked == 3
    assert file_content(reader, FileParams(uid=file)).data.decode() == "%PDF-1.4 三家 %%EOF"
    with pytest.raises(NotFound):
        file_content(reader_for("liuyang"), FileParams(uid=file))


def test_where_a_document_is_after_each_step(
    office: Office, reader_for: Callable[[str], Reader]
) -> None:
    uid = send(office, "10000.00", department_review=True)
    reader = reader_for("linlan")
    where = whereabouts(reader, PlanParams(uid=uid))
    assert (where.state, where.holders) == ("internal_review", ("郑建国",))
    office.do("zhengjianguo", ApprovePlan(plan=uid, seen_version=seen(office, uid), opinion="可"))
    where = whereabouts(reader, PlanParams(uid=uid))
    assert (where.state, where.holders) == ("department_review", ("孙丽",))
    assert where.unit == "河南省农业农村厅"
    assert where.last is not None
    assert (where.last.person, where.last.action) == ("郑建国", "approve")


def test_phrases_put_ones_own_words_first(
    office: Office, reader_for: Callable[[str], Reader]
) -> None:
    reader = reader_for("zhengjianguo")
    assert (
        phrases(reader, PhraseParams(action="return"))[0] == "请补充价格依据（两家以上询价记录）。"
    )
    for words in ("缺依据", "缺依据", "写错了"):
        uid = send(office, "10000.00")
        office.do(
            "zhengjianguo", ReturnPlan(plan=uid, seen_version=seen(office, uid), opinion=words)
        )
    assert phrases(reader, PhraseParams(action="return"))[:2] == ["缺依据", "写错了"]
    assert "缺依据" not in phrases(reader, PhraseParams(action="approve"))


def test_done_and_started_are_of_the_person_asked_for(
    office: Office, reader_for: Callable[[str], Reader]
) -> None:
    passed = send(office, "10000.00", title="备了案的")
    waiting = send(office, "20000.00", title="还在等的")
    office.do("zhengjianguo", ApprovePlan(plan=passed, seen_version=seen(office, passed)))
    office.do("zhoumin", UrgePlan(plan=waiting))
    reader = reader_for("zhengjianguo")
    me = Criterion(name="person", values=(str(reader.actor.person_id),))
    rows = [DONE_LIST.record(row) for row in page(reader, DONE_LIST, ListSpec(filters=(me,)))]
    assert [(row["title"], row["action"], row["state"]) for row in rows] == [
        ("备了案的", "approve", "filed")
    ]
    clerk = reader_for("zhoumin")
    me = Criterion(name="person", values=(str(clerk.actor.person_id),))
    rows = [STARTED_LIST.record(row) for row in page(clerk, STARTED_LIST, ListSpec(filters=(me,)))]
    by_title = {row["title"]: row for row in rows}
    assert by_title["备了案的"]["holder"] is None
    assert by_title["还在等的"]["holder"] == "河南省青禾农业科学研究院"
    assert by_title["还在等的"]["urged_at"] == MONDAY
