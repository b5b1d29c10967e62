"""R43–R45 through the whole way: file → reader → door → ledger, on both databases."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from office import Office, make_office
from sqlalchemy import func, select

from govproc_desktop.domain.errors import BadInput
from govproc_desktop.domain.money import to_fen
from govproc_desktop.exchange.fund_import import import_file
from govproc_desktop.exchange.ykjh import YkjhRow, read_ykjh, write_ykjh_csv
from govproc_desktop.models import FundBalance, FundConflict, FundPlan, ImportLog, LedgerEntry
from govproc_desktop.models.engine import Database


@pytest.fixture
def office(database: Database) -> Office:
    return make_office(database)


def sample(**changes: object) -> YkjhRow:
    from datetime import date

    row = YkjhRow(
        plan_no="JH2026410000901",
        fiscal_year=2026,
        mof_div_code="410000",
        agency_code="101001",
        agency_name="河南省青禾农业科学研究院",
        manage_mof_dep="农业农村处",
        cor_bgt_doc_no="豫财预〔2026〕12号",
        pro_code="410000261010001",
        pro_name="办公设备购置",
        fund_type_code="11",
        exp_func_code="2010699",
        gov_bgt_eco_code="50306",
        dep_bgt_eco_code="31002",
        pay_type_code="1",
        is_gov_pur="1",
        pur_catalog_ver="2013",
        pur_catalog_code="A02010104",
        amount=Decimal("500000.00"),
        month=3,
        approve_date=date(2026, 3, 2),
        version=1,
    )
    return replace(row, **changes)  # type: ignore[arg-type]


def write(path: Path, *rows: YkjhRow) -> Path:
    write_ykjh_csv(path, rows)
    return path


def balance(office: Office, plan_no: str) -> FundBalance:
    with office.database.sessions() as session:
        return session.scalars(
            select(FundBalance)
            .join(FundPlan, FundPlan.id == FundBalance.fund_plan_id)
            .where(FundPlan.plan_no == plan_no)
        ).one()


def entries(office: Office) -> int:
    with office.database.sessions() as session:
        return session.scalar(select(func.count()).select_from(LedgerEntry)) or 0


def test_import_writes_money_through_the_ledger(office: Office, tmp_path: Path) -> None:
    file = write(tmp_path / "a.csv", sample(), sample(plan_no="JH2", amount=Decimal("0.01")))
    report = import_file(file, office.context("zhoumin")).result
    assert (report["read"], report["written"], report["unchanged"], report["refused"]) == (
        2,
        2,
        0,
        0,
    )
    assert balance(office, "JH2026410000901").amount == Decimal("500000.00")
    assert to_fen(balance(office, "JH2").amount) == 1


def test_dry_run_reports_and_keeps_nothing(office: Office, tmp_path: Path) -> None:
    before = entries(office)
    file = write(tmp_path / "a.csv", sample())
    report = import_file(file, office.context("zhoumin"), dry_run=True).result
    assert report["written"] == 1
    assert entries(office) == before
    with office.database.sessions() as session:
        logs = select(func.count()).select_from(ImportLog).where(ImportLog.file_name == "a.csv")
        assert session.scalar(logs) == 0
        kept = select(FundPlan).where(FundPlan.plan_no == sample().plan_no)
        assert session.scalars(kept).all() == []


def test_r44_the_same_file_again_changes_nothing(office: Office, tmp_path: Path) -> None:
    file = write(tmp_path / "a.csv", sample(), sample(plan_no="JH2"))
    import_file(file, office.context("zhoumin"))
    before = entries(office)
    report = import_file(file, office.context("zhoumin")).result
    assert (report["read"], report["written"], report["unchanged"]) == (2, 0, 2)
    assert entries(office) == before


def test_r44_a_higher_version_updates_and_a_changed_old_one_is_refused(
    office: Office, tmp_path: Path
) -> None:
    import_file(write(tmp_path / "a.csv", sample()), office.context("zhoumin"))
    second = write(tmp_path / "b.csv", sample(version=2, amount=Decimal("620000.00")))
    assert import_file(second, office.context("zhoumin")).result["updated"] == 1
    assert balance(office, "JH2026410000901").amount == Decimal("620000.00")
    third = write(tmp_path / "c.csv", sample(version=2, amount=Decimal("1.00")))
    report = import_file(third, office.context("zhoumin")).result
    assert report["refused"] == 1
    assert "版本 2 已导入过，但内容不同" in report["rows_refused"][0]["reason"]
    assert balance(office, "JH2026410000901").amount == Decimal("620000.00")


def test_r43_a_wrong_trailer_rejects_the_whole_file(office: Office, tmp_path: Path) -> None:
    file = write(tmp_path / "a.csv", sample())
    text = file.read_text(encoding="utf-8-sig").replace("#TRAILER,1,500000.00", "#TRAILER,1,1.00")
    file.write_text(text, encoding="utf-8-sig")
    before = entries(office)
    with pytest.raises(BadInput, match=r"合计行写明 1\.00 元"):
        import_file(file, office.context("zhoumin"))
    assert entries(office) == before


def test_r45_an_amount_below_what_is_used_goes_to_the_conflict_list(
    office: Office, tmp_path: Path
) -> None:
    import_file(write(tmp_path / "a.csv", sample()), office.context("zhoumin"))
    _use(office, Decimal("300000.00"))
    lower = write(tmp_path / "b.csv", sample(version=2, amount=Decimal("299999.99")))
    report = import_file(lower, office.context("zhoumin")).result
    assert (report["written"], report["refused"], report["conflicts"]) == (0, 1, 1)
    reason = report["rows_refused"][0]["reason"]
    assert "299,999.99" in reason
    assert "300,000.00" in reason
    assert "差 0.01" in reason
    assert report["rows_refused"][0]["cell"]
    assert balance(office, "JH2026410000901").amount == Decimal("500000.00")
    import_file(lower, office.context("zhoumin"))
    with office.database.sessions() as session:
        assert session.scalar(select(func.count()).select_from(FundConflict)) == 1
    exact = write(tmp_path / "c.csv", sample(version=3, amount=Decimal("300000.00")))
    assert import_file(exact, office.context("zhoumin")).result["updated"] == 1


def test_foreign_and_unknown_units_are_refused_row_by_row(office: Office, tmp_path: Path) -> None:
    file = write(
        tmp_path / "a.csv",
        sample(),
        sample(plan_no="JH2", agency_code="101002"),
        sample(plan_no="JH3", agency_code="999999"),
    )
    report = import_file(file, office.context("zhoumin")).result
    assert (report["read"], report["written"], report["refused"]) == (3, 1, 2)
    reasons = " ".join(each["reason"] for each in report["rows_refused"])
    assert "101002 不在您的数据范围内" in reasons
    assert "999999 在本系统中没有" in reasons


def test_read_rows_add_up_when_one_row_has_two_bad_cells(office: Office, tmp_path: Path) -> None:
    file = write(tmp_path / "a.csv", sample(), sample(plan_no="JH2"))
    text = file.read_text(encoding="utf-8-sig")
    lines = text.splitlines()
    lines[2] = (
        lines[2].replace(",03,", ",33,").replace(",3,", ",33,").replace("2026-03-02", "2026-02-30")
    )
    file.write_text("\r\n".join(lines), encoding="utf-8-sig")
    read = read_ykjh(file)
    report = import_file(file, office.context("zhoumin")).result
    assert report["read"] == report["written"] + report["unchanged"] + report["refused"] == 2
    assert {each.row for each in read.refused} == {3}


def _use(office: Office, amount: Decimal) -> None:
    """Draw on the fund plan straight through the ledger, as a submitted document would."""
    from uuid import uuid4

    from govproc_desktop.services.command import current_actor
    from govproc_desktop.services.journal import Body, append
    from govproc_desktop.services.transaction import Movement, Tx

    context = office.context("zhoumin")
    with office.database.writing() as session:
        actor = current_actor(session, context)
        tx = Tx(session=session, context=context, actor=actor, uid=uuid4())
        plan_id = session.scalars(
            select(FundPlan.id).where(FundPlan.plan_no == "JH2026410000901")
        ).one()
        tx.lock_funds([plan_id])
        move = Movement(fund_plan_id=plan_id, account="filed", kind="test", amount=amount)
        tx.post([move], doc_kind="test", doc_uid=uuid4())
        append(tx, "test.use", Body("{}", "test"), {})
        session.commit()
