"""Draw every window, dialog and printed page of the demo office: python scripts/screenshots.py.

Writes ``screenshots/<look>-<percent>/<name>.png`` and ``screenshots/paper/*.png``; the demo's data
and clock stand still, so equal programs draw equal pictures. ``--only WORD`` draws what matches.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

os.environ["QT_QPA_PLATFORM"] = "offscreen"

if TYPE_CHECKING:
    from PySide6.QtGui import QPixmap
    from PySide6.QtWidgets import QWidget

    from govproc_desktop.app.office import OpenOffice
    from govproc_desktop.views.main_window import MainWindow

ROOT = Path(__file__).resolve().parent.parent
LOOKS = ("light", "dark")
SCALES = (100, 150)
PEOPLE = ("zhoumin", "zhengjianguo", "linlan", "hejing")
SIZE = {100: (1440, 900), 150: (1280, 720)}


class Studio:
    """One look at one scale over one demo office."""

    def __init__(self, folder: Path, *, scale: int, only: str) -> None:
        self.folder = folder
        self.scale = scale
        self.only = only
        self.drawn = 0

    def wanted(self, name: str) -> bool:
        return self.only in name

    def settle(self, tasks: Any) -> None:
        """Let reads, timers and repaints of a window come to rest."""
        from PySide6.QtTest import QTest
        from PySide6.QtWidgets import QApplication

        for _round in range(4):
            tasks.wait(60_000)
            QTest.qWait(80)
            QApplication.processEvents()

    def shoot(self, widget: QWidget, name: str, *, over: QWidget | None = None) -> None:
        """Write a picture of a widget, or of a window with the widget where it floats over it."""
        from PySide6.QtCore import QPoint
        from PySide6.QtGui import QPainter

        self.folder.mkdir(parents=True, exist_ok=True)
        picture = widget.grab() if over is None else over.grab()
        if over is not None:
            painter = QPainter(picture)
            at = widget.mapToGlobal(QPoint(0, 0)) - over.mapToGlobal(QPoint(0, 0))
            painter.drawPixmap(at, clear_grab(widget))
            painter.end()
        if not picture.save(str(self.folder / f"{name}.png")):
            raise SystemExit(f"cannot write {self.folder / name}.png")
        self.drawn += 1
        print(f"{self.folder.name}/{name}.png")


def clear_grab(widget: QWidget) -> QPixmap:
    """Return a picture of a floating sheet with nothing behind its soft shadow."""
    from PySide6.QtCore import QPoint, Qt
    from PySide6.QtGui import QPixmap, QRegion
    from PySide6.QtWidgets import QWidget

    ratio = widget.devicePixelRatio()
    picture = QPixmap(widget.size() * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    widget.render(picture, QPoint(), QRegion(), QWidget.RenderFlag.DrawChildren)
    return picture


def main() -> int:
    """Draw what was asked for; each scale needs a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--to", default=str(ROOT / "screenshots"))
    parser.add_argument("--only", default="")
    parser.add_argument("--scale", type=int, choices=SCALES)
    args = parser.parse_args()
    if args.scale:
        return draw(Path(args.to), scale=args.scale, only=args.only)
    for scale in SCALES:
        command = [sys.executable, __file__, "--to", args.to, "--only", args.only]
        given = {**os.environ, "QT_SCALE_FACTOR": f"{scale / 100:.2f}"}
        done = subprocess.run([*command, "--scale", str(scale)], env=given, check=False)
        if done.returncode:
            return done.returncode
    return 0


def draw(target: Path, *, scale: int, only: str) -> int:
    """Draw everything in both looks at one scale, then the printed pages once."""
    from PySide6.QtWidgets import QApplication

    from govproc_desktop.app.office import demo_clock, open_office
    from govproc_desktop.app.program import dress

    with tempfile.NamedTemporaryFile("w", suffix=".json") as screens:
        json.dump({"screens": [screen(scale)]}, screens)
        screens.flush()
        app = QApplication(["screenshots", "-platform", f"offscreen:configfile={screens.name}"])
    with tempfile.TemporaryDirectory(prefix="govproc") as home:
        os.environ["GOVPROC_HOME"] = home
        os.environ["GOVPROC_CHEAP_HASH"] = "1"
        office = open_office(str(Path(home) / "office.sqlite3"), demo=True, clock=demo_clock)
        for look in LOOKS:
            dress(app, look)
            studio = Studio(target / f"{look}-{scale}", scale=scale, only=only)
            draw_login(studio, office)
            for person in PEOPLE:
                draw_person(studio, office, person)
        if scale == SCALES[0]:
            draw_paper(target / "paper", office, only)
        office.close()
    return 0


def screen(scale: int) -> dict[str, int | str]:
    """Return a screen the windows fill; popups are kept inside of it."""
    width, height = (size * scale // 100 for size in SIZE[scale])
    place: dict[str, int | str] = {"name": "desk", "x": 0, "y": 0, "width": width, "height": height}
    return place | {"logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}


def draw_login(studio: Studio, office: OpenOffice) -> None:
    """Draw the login window: fresh, refused, demo."""
    from govproc_desktop.views.first_use import FirstUsePage
    from govproc_desktop.views.login import LoginWindow

    def fresh() -> LoginWindow:
        words = "周敏 · 河南省青禾农业科学研究院"
        return LoginWindow(account="zhoumin", note=words)

    def refused() -> LoginWindow:
        login = fresh()
        login.password.setText("password")
        login.refuse("账号或密码不对。再错 3 次将锁定 15 分钟。（E1601）")
        return login

    def demo() -> LoginWindow:
        login = LoginWindow()
        login.say_badge("演示办公室 · 数据都是编的，随便试")
        login.offer_demo(office.accounts)
        return login

    def first() -> LoginWindow:
        login = LoginWindow()
        login.show_instead(FirstUsePage("D:\\政采桌面\\office.sqlite3"))
        return login

    def administrator() -> LoginWindow:
        login = LoginWindow()
        page = FirstUsePage("")
        login.show_instead(page)
        page.ways.found.click()
        page.form.done.click()
        return login

    for name, make in (
        ("login", fresh),
        ("login-refused", refused),
        ("login-demo", demo),
        ("login-first-use", first),
        ("login-administrator", administrator),
    ):
        if studio.wanted(name):
            window = make()
            window.show()
            studio.shoot(window, name)
            window.close()


def draw_dialogs(studio: Studio, window: MainWindow) -> None:
    """Draw the dialogs every window shares, over a window as they appear."""
    from govproc_desktop.crash import CrashDialog, Fault
    from govproc_desktop.domain.errors import RulesBroken, Violation
    from govproc_desktop.views.kit.asking import Question
    from govproc_desktop.views.kit.dialogs import QuestionDialog, TextDialog, error_dialog

    question = Question(
        title="还有没保存的改动",
        text="「办公设备购置」里有改动还没有保存。",
        answers=(("stay", "继续编辑"), ("drop", "不保存"), ("save", "保存后关闭")),
    )
    broken = RulesBroken(
        (
            Violation("R1", "本次使用 168,000.00 元，超过拟可用 150,000.00 元。"),
            Violation("R12", "进口产品要附核准文件，现在没有。"),
        )
    )
    fault = Fault("E9-4F2A7C", "ValueError", "Traceback (most recent call last): …")
    made: dict[str, Callable[[], QWidget]] = {
        "dialog-question": lambda: QuestionDialog(question, window),
        "dialog-text": lambda: TextDialog(
            "退回", "请写明退回意见，经办人会看到。", required=True, parent=window
        ),
        "dialog-error": lambda: error_dialog(broken, window),
        "dialog-crash": lambda: CrashDialog(fault, Path("faults.log"), window),
    }
    for name, make in made.items():
        if studio.wanted(name):
            dialog = make()
            dialog.show()
            studio.shoot(dialog, name, over=window)
            dialog.close()


def draw_why(studio: Studio, window: MainWindow) -> None:
    """Draw 为什么不能 and 找不到某一条 where they are asked."""
    from PySide6.QtCore import QItemSelectionModel
    from PySide6.QtWidgets import QApplication

    from govproc_desktop.views.kit.list_window import ListPage

    if not studio.wanted("why"):
        return

    def shoot_sheet(name: str) -> None:
        studio.settle(window.desk.tasks)
        sheet = QApplication.activePopupWidget()
        assert sheet is not None
        studio.shoot(sheet, name, over=window)
        sheet.close()
        studio.settle(window.desk.tasks)

    window.open("window:plans", {})
    studio.settle(window.desk.tasks)
    page = window.shell.page("plans")
    assert isinstance(page, ListPage)
    flags = QItemSelectionModel.SelectionFlag
    page.table.view.selectionModel().select(
        page.table.model.index(1, 0), flags.ClearAndSelect | flags.Rows
    )
    page.trigger("plan.submit")
    shoot_sheet("why-submit")
    page.find_missing("同位素")
    shoot_sheet("why-missing")
    page.head.buttons["plan.delete"].setFocus()


def draw_person(studio: Studio, office: OpenOffice, login: str) -> None:
    """Draw every window one person may open, a form in every state, the palette, the preview."""
    from screenshot_sheets import draw_form_sheets, draw_inbox_sheets, draw_list_sheets

    from govproc_desktop.app.office import make_main_window
    from govproc_desktop.services import accounts
    from govproc_desktop.settings_store import Store
    from govproc_desktop.views.kit.tasks import Tasks

    with office.database.sessions() as session:
        actor = accounts.actor_for_login(session, login)
    tasks = Tasks()
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "settings.json")
        window = make_main_window(office, actor, store=store, tasks=tasks)
        window.resize(*SIZE[studio.scale])
        window.move(0, 0)
        window.show()
        studio.settle(tasks)
        draw_pages(studio, window, login)
        if login == "zhoumin":
            draw_palette(studio, window)
            draw_why(studio, window)
            draw_dialogs(studio, window)
            draw_preview(studio, window)
            drafts = [uid for uid, state in plans(window) if state == "draft"]
            draw_form_sheets(studio, window, drafts[0])
            draw_list_sheets(studio, window)
        if login == "linlan":
            draw_inbox_sheets(studio, window)
        window.desk.asker.ask = lambda question: "drop"  # type: ignore[method-assign] # noqa: ARG005
        window.close()
        tasks.close()


def draw_pages(studio: Studio, window: MainWindow, login: str) -> None:
    """Draw home and every permitted page of a main window."""
    from govproc_desktop.views.main_window import permitted

    if studio.wanted(f"{login}-home"):
        studio.shoot(window, f"{login}-home")
    for spec in permitted(window.desk.context.actor).values():
        name = f"{login}-{spec.id}"
        if not studio.wanted(name):
            continue
        if spec.id == "plan.form":
            draw_forms(studio, window, login)
        elif spec.menu:
            window.open(f"window:{spec.id}", {})
            studio.settle(window.desk.tasks)
            studio.shoot(window, name)


def draw_forms(studio: Studio, window: MainWindow, login: str) -> None:
    """Draw a new plan and one plan in each state there is."""
    if login == "zhoumin":
        window.open("plan.form", {})
        studio.settle(window.desk.tasks)
        studio.shoot(window, f"{login}-plan.form-new")
    seen: set[str] = set()
    for uid, state in plans(window):
        if state in seen:
            continue
        seen.add(state)
        window.open("plan.form", {"uid": uid})
        studio.settle(window.desk.tasks)
        studio.shoot(window, f"{login}-plan.form-{state}")


def plans(window: MainWindow) -> Iterator[tuple[Any, str]]:
    """Yield uid and state of the plans the person may see, newest first."""
    from govproc_desktop.queries.listing import LISTS, ListSpec, page

    listed = LISTS["plan.query"]
    for row in page(window.desk.reader(), listed, ListSpec(), offset=0, limit=200):
        record = listed.record(row)
        yield record["uid"], record["state"]


def draw_palette(studio: Studio, window: MainWindow) -> None:
    """Draw Ctrl+K over the home page, with a word typed."""
    if not studio.wanted("palette"):
        return
    window.open("window:home", {})
    window.search()
    studio.settle(window.desk.tasks)
    palette = window.palette_of_commands
    palette.search.setText("采购")
    studio.settle(window.desk.tasks)
    assert palette.sheet is not None
    studio.shoot(palette.sheet, "palette", over=window)
    palette.sheet.close()


def draw_preview(studio: Studio, window: MainWindow) -> None:
    """Draw the print preview of a plan under review and of a batch."""
    from govproc_desktop.views.kit.preview import show_preview

    if not studio.wanted("preview"):
        return
    found = {state: uid for uid, state in plans(window)}
    reviewed = (uid for state, uid in found.items() if state.endswith("review"))
    under_review = next(reviewed, None)
    first = under_review or next(iter(found.values()))
    for name, documents in (("preview", [first]), ("preview-batch", list(found.values()))):
        preview = show_preview(window.desk, form="F-01", documents=documents)
        preview.resize(*SIZE[studio.scale])
        studio.settle(window.desk.tasks)
        studio.shoot(preview, name)
        preview.close()


def draw_paper(folder: Path, office: OpenOffice, only: str) -> None:
    """Draw page one of the plan's form in every state, and of the fund usage form."""
    from govproc_desktop.printing import raster, registry
    from govproc_desktop.queries.documents import sheet
    from govproc_desktop.queries.listing import LISTS, ListSpec, page
    from govproc_desktop.queries.registry import Reader

    reader = Reader(office.database, office.demo_clerk(), office.clock())
    wanted: dict[str, tuple[str, Any]] = {}
    for row in page(reader, LISTS["plan.query"], ListSpec(), offset=0, limit=200):
        record = LISTS["plan.query"].record(row)
        wanted.setdefault(f"F-01-{record['state']}", ("F-01", record["uid"]))
    rows = page(reader, LISTS["fund_plan.list"], ListSpec(), offset=0, limit=1)
    if rows:
        wanted["F-08"] = ("F-08", LISTS["fund_plan.list"].record(rows[0])["uid"])
    for name, (code, uid) in wanted.items():
        if only and only not in name:
            continue
        folder.mkdir(parents=True, exist_ok=True)
        pdf = registry.render(code, sheet(reader, code, uid))
        (folder / f"{name}.png").write_bytes(raster.page_png(pdf, 0, scale=2))
        print(f"{folder.name}/{name}.png")


if __name__ == "__main__":
    raise SystemExit(main())
