"""The command line as a person or script uses it: JSON in, JSON out, honest exit statuses."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from govproc_desktop.cli import main
from govproc_desktop.cli.doing import filled
from govproc_desktop.domain.errors import BadInput, NeedsConfirmation, RulesBroken, Violation
from govproc_desktop.models.engine import Database
from govproc_desktop.models.opening import open_database
from tests.models.kernel_ground import behind_the_back, content_digest
from tests.office import Office, make_office

Answers = tuple[int, list[dict[str, Any]]]
Line = Callable[..., Answers]


@pytest.fixture
def line(capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> Line:
    def run(*argv: str, stdin: str = "") -> Answers:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode()), "utf-8"))
        status = main(argv)
        out = capsysbinary.readouterr().out.decode("utf-8")
        return status, [json.loads(each) for each in out.splitlines()]

    return run


@pytest.fixture
def office(database: Database) -> Office:
    return make_office(database)


@pytest.fixture
def on(line: Line, office: Office) -> Line:
    """The command line on the test office's database."""
    url = office.database.url.render_as_string(hide_password=False)

    def run(*argv: str, stdin: str = "") -> Answers:
        return line("--database", url, *argv, stdin=stdin)

    return run


def unit(code: str = "101009") -> str:
    return json.dumps({"unit": str(uuid4()), "code": code, "name": "河南省农机站"})


def test_do_answers_what_it_did(on: Line, office: Office) -> None:
    uid = str(uuid4())
    status, (answer,) = on("do", "unit.save", "--as", "admin", "--json", unit(), "--uid", uid)
    assert status == 0
    assert answer["done"] == "unit.save"
    assert answer["uid"] == uid
    assert answer["changed"] == ["unit"]
    assert not answer["duplicate"]
    with office.database.reading() as connection:
        name = connection.exec_driver_sql("SELECT name FROM unit WHERE code = '101009'").scalar()
    assert name == "河南省农机站"


def test_the_same_uid_again_is_a_duplicate_and_another_body_refused(on: Line) -> None:
    uid, body = str(uuid4()), unit()
    first = on("do", "unit.save", "--as", "admin", "--json", body, "--uid", uid)[1][0]
    status, (again,) = on("do", "unit.save", "--as", "admin", "--json", body, "--uid", uid)
    assert (status, again["duplicate"], again["result"]) == (0, True, first["result"])
    status, (refused,) = on("do", "unit.save", "--as", "admin", "--json", unit("7"), "--uid", uid)
    assert status == 1
    assert refused["refused"][0]["code"] == "E4008"


def test_json_comes_inline_from_a_file_or_from_standard_input(on: Line, tmp_path: Path) -> None:
    file = tmp_path / "单位.json"
    file.write_text("\ufeff" + unit("1"), "utf-8")
    assert on("do", "unit.save", "--as", "admin", "--json", str(file))[0] == 0
    assert on("do", "unit.save", "--as", "admin", "--json", "-", stdin=unit("2"))[0] == 0
    assert on("do", "unit.save", "--as", "admin", "--json", str(tmp_path / "none"))[0] == 2
    file.write_bytes('{"名":1}'.encode("gbk"))
    status, (answer,) = on("do", "unit.save", "--as", "admin", "--json", str(file))
    assert (status, "不是 UTF-8" in answer["error"]["message"]) == (2, True)


def test_dry_run_changes_nothing(on: Line, office: Office) -> None:
    before = content_digest(office.database)
    status, (answer,) = on("do", "unit.save", "--as", "admin", "--json", unit(), "--dry-run")
    assert (status, answer["dry_run"]) == (0, True)
    assert content_digest(office.database) == before


@pytest.mark.parametrize(
    ("argv", "status", "words"),
    [
        (("do", "unit.save", "--as", "zhoumin", "--json", unit()), 1, "E1305"),
        (("do", "unit.save", "--as", "nobody", "--json", unit()), 1, "E1601"),
        (("do", "unit.save", "--as", "admin", "--json", '{"unit": 1.5}'), 1, "E4005"),
        (("do", "unit.save", "--as", "admin", "--json", '{"unit": "x", "unit": "y"}'), 1, "重复"),
        (("do", "unit.save", "--as", "admin", "--json", "{}"), 1, "缺少字段"),
        (("do", "no.such", "--as", "admin"), 2, "没有命令 no.such"),
        (("do", "unit.save", "--json", unit()), 2, "--as"),
        (("do", "unit.save", "--as", "admin", "--json", unit(), "--uid", "7"), 2, "UUID"),
        (("do", "unit.save", "--as", "admin", "--json", unit(), "--at", "now"), 2, "--at"),
        (("get", "no.such", "--as", "admin"), 2, "没有查询 no.such"),
        (("get", "plan.list", "--as", "admin"), 1, "E1305"),
        (("get", "plan.list", "--as", "zhoumin", "--json", '{"sql": "x"}'), 1, "不认识"),
        (("print", "F-01", "x", "-o", "/tmp/none.pdf", "--as", "zhoumin"), 2, "UUID"),
        (("import", "nothing", "x.csv", "--as", "zhoumin"), 2, "不能导入"),
        (("export", "plan.list", "-o", "x.doc", "--as", "zhoumin"), 2, ".xlsx"),
        (("verify", "--seal", "xyz"), 2, "封条"),
    ],
)
def test_refusals_change_nothing_and_say_why(
    on: Line, office: Office, argv: tuple[str, ...], status: int, words: str
) -> None:
    before = content_digest(office.database)
    got, answers = on(*argv)
    said = json.dumps(answers, ensure_ascii=False)
    assert got == status, said
    assert words in said
    assert ("error" if status == 2 else "refused") in answers[-1]
    assert content_digest(office.database) == before


def test_a_script_saves_and_uses_results(on: Line, office: Office) -> None:
    script = "\n".join(
        (
            "# 注释",
            '{"command":"unit.save","json":{"unit":"$new.u","code":"8","name":"$$x"},"save":"u"}',
            "",
            '{"command":"role.save","json":{"role":"$new.r","name":"r","permissions":["plan.view"],'
            '"unit":"$u.unit"}}',
            '{"command":"operator.save","json":{"operator":"$new.o","person":"$new.p","login":"new",'
            '"name":"新","unit":"$new.u","password":"abc12345","roles":["$new.r"]}}',
        )
    )
    status, answers = on("do", "--as", "admin", "--script", "-", stdin=script)
    assert status == 0
    assert [each["done"] for each in answers] == ["unit.save", "role.save", "operator.save"]
    assert office.actor("new").unit_name == "$x"
    assert office.actor("new").permissions == {"plan.view"}


def test_a_script_stops_at_the_first_refusal_and_names_its_line(on: Line, office: Office) -> None:
    script = "\n".join(
        (
            '{"command":"unit.save","json":' + unit("8") + "}",
            '{"command":"unit.save","as":"zhoumin","json":' + unit("9") + "}",
            '{"command":"unit.save","json":' + unit("10") + "}",
        )
    )
    status, answers = on("do", "--as", "admin", "--script", "-", stdin=script)
    assert status == 1
    assert answers[0]["done"] == "unit.save"
    assert answers[1]["line"] == 2
    assert answers[1]["refused"][0]["code"] == "E1305"
    assert len(answers) == 2


@pytest.mark.parametrize("bad", ["[]", '{"as":"admin"}', '{"command":"unit.save","sql":"x"}', "{"])
def test_a_script_line_is_strict(on: Line, bad: str) -> None:
    status, (answer,) = on("do", "--as", "admin", "--script", "-", stdin=bad)
    assert status == 1
    assert answer["refused"][0]["code"] == "E4005"


def test_at_fixes_the_office_clock(on: Line, office: Office) -> None:
    on("do", "unit.save", "--as", "admin", "--json", unit(), "--at", "2025-01-02T03:04:05")
    with office.database.reading() as connection:
        at = connection.exec_driver_sql("SELECT at FROM journal ORDER BY seq DESC LIMIT 1").scalar()
    assert at == "2025-01-02T03:04:05"


def test_get_answers_rows(on: Line, office: Office) -> None:
    office.fund("JH-1", "5000.00")
    status, (answer,) = on("get", "fund_plan.list", "--as", "zhoumin")
    assert status == 0
    assert [row["plan_no"] for row in answer["rows"]] == ["JH-1"]


def test_export_writes_every_row_typed(on: Line, office: Office, tmp_path: Path) -> None:
    office.fund("=1+1", "5000.00")
    target = tmp_path / "x.csv"
    status, (answer,) = on("export", "fund_plan.list", "-o", str(target), "--as", "zhoumin")
    assert (status, answer["rows"]) == (0, 1)
    text = target.read_text("utf-8-sig")
    assert "'=1+1" in text  # never a formula
    assert "5000.00" in text
    status, (answer,) = on("export", "fund_plan.list", "-o", str(target), "--as", "zhoumin")
    assert (status, answer["refused"][0]["code"]) == (1, "E1014")
    other = tmp_path / "x.xlsx"
    assert on("export", "fund_plan.list", "-o", str(other), "--as", "zhoumin")[0] == 0
    assert other.read_bytes().startswith(b"PK")


@pytest.mark.parametrize("name", ["commands", "queries"])
def test_what_can_be_asked_is_listed_with_schemas(line: Line, name: str) -> None:
    status, answers = line(name)
    assert status == 0
    ids = [each["id"] for each in answers]
    assert ids == sorted(ids)
    assert {"unit.save", "plan.submit"} <= set(ids) or {"plan.list"} <= set(ids)
    assert all(each["schema"]["type"] == "object" and each["title"] for each in answers)
    assert line(name, ids[0])[1] == [answers[0]]
    assert line(name, "no.such")[0] == 2


def test_verify_says_sound_or_names_the_break(on: Line, office: Office) -> None:
    office.fund("JH-1", "5000.00")
    status, (answer,) = on("verify")
    assert (status, answer["sound"]) == (0, True)
    assert on("verify", "--seal", answer["seal"])[0] == 0
    behind_the_back(office.database, "UPDATE fund_balance SET amount = amount + 1")
    status, (broken, summary) = on("verify")
    assert status == 1
    assert broken["broken"] == "balance"
    assert "差 0.01 元" in broken["message"]
    assert not summary["sound"]


def test_backup_and_restore(on: Line, line: Line, office: Office, tmp_path: Path) -> None:
    status, (made,) = on("backup", str(tmp_path / "b"), "--thin", "--at", "2026-11-23T09:00")
    assert status == 0
    assert Path(made["backup"]).name == "backup-20261123-090000.sqlite3"
    target = tmp_path / "again.sqlite3"
    status, (answer,) = line("restore", made["backup"], "--to", str(target))
    assert (status, answer["seal"]) == (0, made["seal"])
    assert line("--database", str(target), "verify")[0] == 0
    status, (answer,) = line("restore", made["backup"], "--to", str(target))
    assert (status, answer["refused"][0]["code"]) == (1, "E1014")


INIT = (
    "init", "--unit-code", "410000", "--unit-name", "河南省财政厅", "--kind", "finance",
    "--login", "Admin", "--name", "何静", "--password-stdin",
)  # fmt: skip


def test_init_makes_an_office_once_with_no_default_password(line: Line, tmp_path: Path) -> None:
    path = tmp_path / "new" / "office.sqlite3"
    database = ("--database", str(path))
    for weak in ("", "123", "12345678", "abcdefgh", "admin-2026", "何静-2026x"):
        status, (answer,) = line(*database, *INIT, stdin=weak + "\n")
        assert (status, answer["refused"][0]["code"]) == (1, "E1601"), weak
        assert not path.exists()
    assert line(*database, *INIT, stdin="gh5-kkk2x\n")[0] == 0
    assert line(*database, "do", "unit.save", "--as", "admin", "--json", unit())[0] == 0
    status, (answer,) = line(*database, *INIT, stdin="gh5-kkk2x\n")
    assert (status, answer["refused"][0]["code"]) == (1, "E1603")
    assert line(*database, "verify")[0] == 0


def test_a_file_in_use_is_said(
    line: Line, sqlite_database: Database, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    office = make_office(sqlite_database)
    assert sqlite_database.path is not None
    path = str(sqlite_database.path)
    held = open_database(path, lock=True, holder="张三")
    status, (answer,) = line(
        "--database", path, "do", "unit.save", "--as", "admin", "--json", unit()
    )
    assert status == 2
    assert answer["error"]["code"] == "E1002"
    assert "张三" in answer["error"]["message"]
    assert line("--database", path, "verify")[0] == 0  # reading beside it is fine
    held.close()
    assert line("--database", path, "do", "unit.save", "--as", "admin", "--json", unit())[0] == 0
    assert office.actor("admin").login == "admin"


def test_a_missing_database_is_not_made(line: Line, tmp_path: Path) -> None:
    status, (answer,) = line("--database", str(tmp_path / "x.sqlite3"), "verify")
    assert (status, answer["error"]["code"]) == (2, "E1006")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("argv", [(), ("nonsense",), ("do", "--nonsense"), ("restore", "x")])
def test_wrong_usage_is_status_two(
    argv: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        main(argv)
    assert caught.value.code == 2
    assert "usage:" in capsys.readouterr().err


def test_errors_have_their_json() -> None:
    from govproc_desktop.cli.output import error, status

    broken = RulesBroken(
        (
            Violation("R1", "超过 {n}", {"n": 1}, "funds.0.amount", "E1203"),
            Violation("R5", "不等", {}, "", "E1207"),
        )
    )
    assert status(broken) == 1
    assert [each["rule"] for each in error(broken)["refused"]] == ["R1", "R5"]
    assert error(broken)["refused"][0]["field"] == "funds.0.amount"
    asked = NeedsConfirmation("真的吗？", {}, "", "really")
    assert status(asked) == 1
    assert error(asked) == {"confirm": [{"key": "really", "message": "真的吗？"}]}


def test_references_in_a_script() -> None:
    saved: dict[str, Any] = {"p": {"plan": "1", "n": 2}}
    assert filled({"a": ["$p.plan", "$p", "$$p", 3]}, saved) == {"a": ["1", saved["p"], "$p", 3]}
    assert filled("$new.a", saved) == filled("$new.a", saved) != filled("$new.b", saved)
    for unknown in ("$q", "$p.none", "$q.x"):
        with pytest.raises(BadInput, match="E4005"):
            filled(unknown, saved)
