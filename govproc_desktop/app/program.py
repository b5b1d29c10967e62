"""One run of the program: dress the application, log in, show the main window, start anew.

Nothing here imports SQLAlchemy before the login window has been painted; the worker thread does,
while the person types.
"""

from __future__ import annotations

import gc
import os
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QIcon, QPixmap, QRegion
from PySide6.QtWidgets import QApplication, QWidget

from govproc_desktop import settings
from govproc_desktop.domain.errors import AppError
from govproc_desktop.i18n import _
from govproc_desktop.paths import data_folder
from govproc_desktop.settings_store import Store
from govproc_desktop.views.kit.theme import theme
from govproc_desktop.views.kit.type_scale import install_qt_translation
from govproc_desktop.views.login import LoginWindow

if TYPE_CHECKING:
    from govproc_desktop.app.first_steps import FirstSteps
    from govproc_desktop.app.office import OpenOffice
    from govproc_desktop.crash import CrashKeeper, Fault
    from govproc_desktop.domain.permissions import Actor
    from govproc_desktop.views.kit.tasks import Tasks
    from govproc_desktop.views.main_window import MainWindow

PICTURE = "main-window.png"


def office_clock() -> datetime:
    """Return office time: the one place of the windows that reads the clock."""
    return datetime.now().replace(microsecond=0)  # noqa: DTZ005, TID251 - composition root


def run(*, demo: bool, database: str) -> int:
    """Open the program and return its exit status when the last window is closed.

    Without a display it draws the main window of the demo office into a file instead.
    """
    # collecting in between costs a tenth of the time to the first paint and finds nothing
    gc.disable()
    blind = _has_no_display()
    if blind:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    store = Store.of_this_person()
    _prepare_environment(store, drawing=blind)
    app = QApplication([sys.argv[0], "-name", "govproc-desktop"])
    dress(app, "light" if blind else store.get(settings.THEME))
    if blind:
        from govproc_desktop.app.drawing import draw_main_window

        return draw_main_window(app, Path.cwd() / PICTURE)
    program = Program(app, store, demo=demo, database=database)
    program.start()
    return app.exec()


def dress(app: QApplication, mode: str) -> None:
    """Give the application its name, mark, language and look."""
    app.setApplicationName("govproc-desktop")
    app.setApplicationDisplayName(_("政采桌面"))
    app.setDesktopFileName("govproc-desktop")
    install_qt_translation(app)
    theme().apply(app, mode)  # type: ignore[arg-type]


def _has_no_display() -> bool:
    if not sys.platform.startswith("linux"):
        return False
    return not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _prepare_environment(store: Store, *, drawing: bool) -> None:
    """Set what Qt only reads before the application is made."""
    scale = store.get(settings.SCALE)
    if scale != 100 and not drawing:
        os.environ.setdefault("QT_SCALE_FACTOR", f"{scale // 100}.{scale % 100:02d}")
    # the wheels carry no fcitx plugin; fcitx5 answers the ibus protocol
    if "fcitx" in os.environ.get("XMODIFIERS", ""):
        os.environ.setdefault("QT_IM_MODULE", "ibus")


def _mark() -> QIcon:
    from govproc_desktop.views.kit.widgets import Mark

    made = QIcon()
    for size in (16, 24, 32, 48, 64, 128):
        mark = Mark(size)
        picture = QPixmap(size, size)
        picture.fill(Qt.GlobalColor.transparent)
        mark.render(picture, QPoint(), QRegion(), QWidget.RenderFlag.DrawChildren)
        made.addPixmap(picture)
    return made


class Program(QObject):
    """One run of the program: a login window, then a main window, then perhaps again."""

    def __init__(self, app: QApplication, store: Store, *, demo: bool, database: str) -> None:
        super().__init__()
        self._app = app
        self._store = store
        self._demo = demo
        self._database = database
        self._office: OpenOffice | None = None
        self._crash: CrashKeeper | None = None
        self._waiting: tuple[str, str] | None = None
        self.login: LoginWindow | None = None
        self.first: FirstSteps | None = None
        self.window: MainWindow | None = None
        self._tasks: Tasks | None = None
        app.setQuitOnLastWindowClosed(False)
        app.aboutToQuit.connect(self._end)

    @property
    def tasks(self) -> Tasks:
        """The lanes; made after the login window has been painted."""
        if self._tasks is None:
            from govproc_desktop.views.kit.tasks import Tasks

            self._tasks = Tasks()
        return self._tasks

    def start(self) -> None:
        """Show the login window; everything heavy starts after it has been painted."""
        login = self._show_login()
        login.painted.connect(self._after_paint)
        login.show()

    def _show_login(self) -> LoginWindow:
        store = self._store
        self.login = LoginWindow(
            account=store.get(settings.LAST_LOGIN) if not self._demo else "",
            remember=store.get(settings.REMEMBER_LOGIN),
            note=store.get(settings.LAST_LOGIN_NOTE),
        )
        self.login.submitted.connect(self._try)
        self.login.settingsRequested.connect(self._settings)
        self.login.installEventFilter(self)
        if self._demo:
            self.login.say_badge(_("演示办公室 · 数据都是编的，随便试"))
            self.login.remember.hide()
        return self.login

    def _after_paint(self) -> None:
        from govproc_desktop.crash import CrashKeeper

        self._app.setWindowIcon(_mark())
        gc.enable()
        log = data_folder() / "logs" / "faults.log"
        self._crash = CrashKeeper(log, office_clock, show=self._show_fault)
        self._crash.install()
        self.tasks.crashed = self._note_fault
        self._open()

    def _open(self) -> None:
        demo, named = self._demo, self._database
        # the demo never goes into the database of the office
        if not named and not demo:
            named = self._store.get(settings.DATABASE_URL)

        def work() -> OpenOffice:
            from govproc_desktop.app.office import open_office

            return open_office(named, demo=demo, clock=office_clock)

        self.tasks.run(work, self._ready, self._not_opened, owner=self)

    def _ready(self, office: OpenOffice) -> None:
        self._office = office
        if self.login is None:
            return
        self.login.set_busy(busy=False)
        if office.accounts:
            self.login.offer_demo(office.accounts)
        elif office.empty:
            self._waiting = None
            from govproc_desktop.app.first_steps import FirstSteps

            self.first = FirstSteps(self, self.login, office)
        if self._waiting is not None:
            login, password = self._waiting
            self._waiting = None
            self._try(login, password)

    def _not_opened(self, fault: AppError) -> None:
        from govproc_desktop.views.kit.errors import told

        self._waiting = None
        if self.login is not None:
            self.login.refuse(told(fault))

    def open_demo(self) -> None:
        """Go over to the demo office, which lies in a file of its own."""
        office, self._office = self._office, None
        self._demo, self._database = True, ""
        if office is not None:
            self.tasks.run(office.close, lambda _done: None, owner=self)
        if self.login is not None:
            self.login.show_instead(None)
            self.login.say_badge(_("演示办公室 · 数据都是编的，随便试"))
            self.login.remember.hide()
            self.login.set_busy(busy=True, words=_("正在准备演示数据，约半分钟…"))
        self._open()

    def enter_first(self, login: str, password: str) -> None:
        """Log the administrator in who has just been set up, and say what comes next."""
        if self.login is None or self._office is None:
            return
        self.login.show_instead(None)
        self.login.account.setText(login)
        self._office.notes.append(
            _(
                "管理员已建立。接着开通经办人和审核人：命令行 govproc-desktop do operator.save，"
                "写法见 docs/cli.md；再到「基础数据」核对采购限额。"
            )
        )
        self._try(login, password)

    def open_settings(self) -> None:
        """Show where the data lies and let it be changed."""
        self._settings()

    def _try(self, login: str, password: str) -> None:
        if self.login is None:
            return
        if self._office is None:
            self._waiting = (login, password)
            self.login.set_busy(busy=True, words=_("正在打开数据库…"))
            return
        self.login.set_busy(busy=True)
        office = self._office
        self.tasks.run(
            lambda: office.log_in(login, password), self._logged_in, self._refused, owner=self.login
        )

    def _refused(self, fault: AppError) -> None:
        from govproc_desktop.views.kit.errors import told

        if self.login is not None:
            self.login.refuse(told(fault))

    def _logged_in(self, actor: Actor) -> None:
        if self._office is None or self.login is None:
            return
        self._remember(actor)
        self.window = self._main_window(self._office, actor)
        self.window.show()
        for note in self._office.take_notes():
            self.window.tell(note, "warn")
        self.login.removeEventFilter(self)
        self.login.close()
        self.login.deleteLater()
        self.login = None

    def _remember(self, actor: Actor) -> None:
        if self._demo or self.login is None:
            return
        keep = self.login.remember.isChecked()
        self._store.put(settings.REMEMBER_LOGIN, keep)
        self._store.put(settings.LAST_LOGIN, actor.login if keep else "")
        words = f"{actor.person_name} · {actor.unit_name}" if keep else ""
        self._store.put(settings.LAST_LOGIN_NOTE, words)

    def _main_window(self, office: OpenOffice, actor: Actor) -> MainWindow:
        from govproc_desktop.app.office import make_main_window

        window = make_main_window(
            office,
            actor,
            store=self._store,
            tasks=self.tasks,
            log_out=self._log_out,
            restart=self._restart,
        )
        window.closed.connect(self._window_closed)
        return window

    def _window_closed(self) -> None:
        if self.window is not None:
            self.window.deleteLater()
            self.window = None
        # logging out and starting anew run right after the window has closed
        QTimer.singleShot(0, self._quit_if_alone)

    def _quit_if_alone(self) -> None:
        if self.window is None and self.login is None:
            self._app.quit()

    def _log_out(self) -> None:
        self._show_login().show()
        if self._office is not None:
            self._ready(self._office)

    def _restart(self) -> None:
        from PySide6.QtCore import QProcess

        arguments = ["-m", "govproc_desktop", *sys.argv[1:]]
        self._end()
        environment_scale = os.environ.pop("QT_SCALE_FACTOR", "")
        QProcess.startDetached(sys.executable, arguments)
        if environment_scale:
            os.environ["QT_SCALE_FACTOR"] = environment_scale
        self._app.quit()

    def _settings(self) -> None:
        from govproc_desktop.settings import Page
        from govproc_desktop.views.kit.widgets import Button, DialogFrame
        from govproc_desktop.views.settings_window import SettingsPanel

        dialog = DialogFrame(_("连接设置"), width=640, parent=self.login)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        panel = SettingsPanel(self._store, (Page.DATABASE,))
        panel.restartRequested.connect(self._restart)
        dialog.body.addWidget(panel)
        dialog.foot.addStretch(1)
        done = Button(_("完成"), "primary")
        done.clicked.connect(dialog.accept)
        dialog.foot.addWidget(done)
        dialog.open()

    def _note_fault(self, error: BaseException) -> None:
        if self._crash is not None:
            self._crash.caught(error)

    def _show_fault(self, fault: Fault) -> None:
        from govproc_desktop.crash import CrashDialog

        parent = self._app.activeWindow() or self.window or self.login
        CrashDialog(fault, data_folder() / "logs" / "faults.log", parent).open()

    def eventFilter(self, watched: QObject, event: Any) -> bool:
        """End the program when the login window is closed."""
        if watched is self.login and event.type() == event.Type.Close:
            self.login = None
            QTimer.singleShot(0, self._quit_if_alone)
        return super().eventFilter(watched, event)

    def _end(self) -> None:
        if self._tasks is not None:
            self._tasks.close()
        if self._office is not None:
            self._office.close()
            self._office = None
        if self._crash is not None:
            self._crash.uninstall()
