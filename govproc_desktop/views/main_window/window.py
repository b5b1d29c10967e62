"""The main window itself: shell, tabs over pages, keys, notice strips, geometry."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from PySide6.QtCore import QByteArray, QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QMainWindow, QMenu, QVBoxLayout, QWidget

from govproc_desktop import settings
from govproc_desktop.domain.errors import Refused
from govproc_desktop.i18n import N_, _
from govproc_desktop.queries.home import AskBadges, Badges, badges
from govproc_desktop.services.context import Changes
from govproc_desktop.settings_store import Store
from govproc_desktop.views.home import HomeWindow, Shortcut
from govproc_desktop.views.kit.asking import Question
from govproc_desktop.views.kit.batch_print import print_many
from govproc_desktop.views.kit.desk import Desk
from govproc_desktop.views.kit.dialogs import MessageDialog
from govproc_desktop.views.kit.guard import guarded
from govproc_desktop.views.kit.icons import icon
from govproc_desktop.views.kit.shell import ShellFrame
from govproc_desktop.views.kit.spec import WindowSpec
from govproc_desktop.views.kit.type_scale import load_fonts
from govproc_desktop.views.kit.widgets import Notice
from govproc_desktop.views.main_window.bars import DemoBar, key_lines
from govproc_desktop.views.main_window.menus import HOME, MENUS, built, permitted, sections
from govproc_desktop.views.main_window.paper import show_paper
from govproc_desktop.views.palette import Palette

_EVERYTHING = frozenset({"plan", "task", "fund_plan", "fund_conflict", "attachment", "print_log"})
_PREVIEW = "print.preview"
_RAIL_PAGES = frozenset({"inbox"})
_NEW = "plan.form"


@dataclass(frozen=True, kw_only=True)
class Frame:
    """What the main window needs besides the desk; the callables are the program's."""

    store: Store
    demo: str = ""
    """The sentence shown on every screen of the demo office; empty for a real one."""
    log_out: Callable[[], None] = lambda: None
    restart: Callable[[], None] = lambda: None


class MainWindow(QMainWindow):
    """One person's window; everything it shows is a page known by its id."""

    closed = Signal()

    def __init__(self, desk: Desk, frame: Frame) -> None:
        super().__init__()
        load_fonts()  # the login painted with less
        self._desk = desk
        self._frame = frame
        self._specs: dict[str, WindowSpec] = permitted(desk.context.actor)
        self._new_count = 0
        desk.opener = self.open
        actor = desk.context.actor
        words = _("政采桌面 · {unit}").format(unit=actor.unit_name)
        self.setWindowTitle(words + (_(" · 演示") if frame.demo else ""))
        # packages with the office are not built yet
        self.shell = ShellFrame(sections(actor), rail_pages=_RAIL_PAGES, syncs=False)
        self.setCentralWidget(self._ground())
        self.setMinimumSize(1024, 640)
        self.palette_of_commands = Palette(desk, self._specs, parent=self)
        self._dress(actor.person_name, " · ".join(filter(None, (actor.post, actor.unit_name))))
        self._connect()
        self._keys()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look_around)
        self.apply_settings()
        self._add_home()
        self._restore()
        self._read_badges()

    @property
    def desk(self) -> Desk:
        """The desk every page was given."""
        return self._desk

    @property
    def store(self) -> Store:
        """The settings of this computer."""
        return self._frame.store

    def _ground(self) -> QWidget:
        ground = QWidget()
        column = QVBoxLayout(ground)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._strips = QVBoxLayout()
        self._strips.setContentsMargins(8, 0, 8, 0)
        self._strips.setSpacing(4)
        if self._frame.demo:
            column.addWidget(DemoBar(self._frame.demo))
        column.addLayout(self._strips)
        column.addWidget(self.shell, 1)
        return ground

    def _dress(self, name: str, post: str) -> None:
        side = self.shell.side
        side.set_person(name, post)
        if self._frame.demo:
            side.set_sync(_("演示数据，随便试"), "warn")
        elif self._desk.context.database.is_sqlite:
            side.set_sync(_("本机数据"), "ok")
        else:
            side.set_sync(_("办公室服务器"), "ok")

    def _connect(self) -> None:
        shell = self.shell
        shell.side.itemActivated.connect(lambda page: self.open(f"window:{page}", {}))
        shell.side.searchRequested.connect(self.search)
        shell.side.userMenuRequested.connect(self._user_menu)
        shell.closeRequested.connect(self.close_page)
        shell.helpRequested.connect(self.show_keys)
        shell.noticesRequested.connect(lambda: self.open("window:inbox", {}))
        self._desk.notices.changed.connect(self._changed)
        self.palette_of_commands.paperOpened.connect(lambda paper: show_paper(self, paper))

    def _keys(self) -> None:
        deeds: tuple[tuple[str, Callable[[], object]], ...] = (
            ("Ctrl+K", self.search),
            ("Ctrl+N", self._new),
            ("F5", self.refresh),
            ("F1", self.show_keys),
            ("Ctrl+W", lambda: self.close_page(self.shell.current_id())),
            ("Ctrl+Tab", lambda: self._step(1)),
            ("Ctrl+Shift+Tab", lambda: self._step(-1)),
            ("Ctrl+,", lambda: self.open("window:settings", {})),
        )
        for keys, deed in deeds:
            QShortcut(QKeySequence(keys), self).activated.connect(deed)
        for place in range(1, 10):
            shortcut = QShortcut(QKeySequence(f"Ctrl+{place}"), self)
            shortcut.activated.connect(lambda place=place: self._go(place - 1))

    # -- pages -------------------------------------------------------------------------------

    def open(self, target: str, params: dict[str, Any]) -> None:
        """Open a window (``window:plans``), a record (``plan.form`` with ``uid``) or a field.

        With ``field`` the focus goes to that field once the record has been read.
        """
        params = dict(params)
        field = str(params.pop("field", "") or "")
        name = target.removeprefix("window:")
        if name == HOME:
            self.shell.show_page(HOME)
            return
        if name == _PREVIEW:
            documents = tuple(UUID(str(uid)) for uid in params["uids"])
            print_many(self._desk, form=str(params["form"]), documents=documents)
            return
        spec = self._specs.get(name)
        if spec is None:
            self._go_to_field(name)
            return
        page_id = self._page_id(spec, params)
        known = self.shell.page(page_id)
        if known is not None:
            self.shell.show_page(page_id)
            take = getattr(known, "take", None)
            if take is not None and params:
                take(params)
        else:
            given = {**params, "window": self} if spec.id == "settings" else params
            self._add(page_id, _(spec.title), spec.make(self._desk, given))
        if field:
            self._focus_later(page_id, field)

    def _page_id(self, spec: WindowSpec, params: dict[str, Any]) -> str:
        if spec.menu:
            return spec.id
        key = params.get("uid") or params.get("plan") or params.get("document")
        if key is None:
            self._new_count += 1
            key = f"new-{self._new_count}"
        tail = f"{spec.id}/{key}"
        for page_id in self.shell.page_ids():
            if page_id.endswith(tail):
                return page_id
        home = next((each for each in spec.under if each in self._specs), "")
        root = home or self.shell.current_id().partition("/")[0]
        return f"{root}/{tail}"

    def _focus_later(self, page_id: str, field: str) -> None:
        page = self.shell.page(page_id)
        focus = getattr(page, "focus_field", None)
        if page is not None and focus is not None:
            # one lane: this answer comes after that of the record being read
            self._desk.read(lambda _reader: field, focus, owner=page)

    def _go_to_field(self, key: str) -> None:
        page = self.shell.page(self.shell.current_id())
        focus = getattr(page, "focus_field", None)
        if focus is not None:
            focus(key)
            return
        if key in {spec.id for menu in MENUS for spec in built(menu)}:
            self._desk.asker.error(
                Refused(
                    N_("您没有打开这个窗口的权限。请单位管理员在「操作权限」里授权。"), {}, "E1305"
                )
            )

    def _add_home(self) -> None:
        shortcuts = [
            Shortcut(id=spec.id, title=spec.title, icon=spec.icon, tile=bool(spec.menu))
            for spec in self._specs.values()
        ]
        page = HomeWindow(self._desk, shortcuts)
        self._add(HOME, _("首页"), page, closable=False)

    def _add(self, page_id: str, title: str, page: QWidget, *, closable: bool = True) -> None:
        page.installEventFilter(self)
        page.setProperty("page_id", page_id)
        self.shell.add_page(page_id, page.windowTitle() or title, page, closable=closable)
        if page.isWindowModified():
            self.shell.set_dirty(page_id)
        page.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow a page's title and its unsaved mark."""
        page_id = watched.property("page_id")
        if isinstance(watched, QWidget) and isinstance(page_id, str) and self.shell.page(page_id):
            if event.type() == QEvent.Type.WindowTitleChange:
                self.shell.set_title(page_id, watched.windowTitle())
            elif event.type() == QEvent.Type.ModifiedChange:
                self.shell.set_dirty(page_id, dirty=watched.isWindowModified())
        return super().eventFilter(watched, event)

    def close_page(self, page_id: str) -> None:
        """Close a page unless the person wants to go on with what is not saved."""
        page = self.shell.page(page_id)
        if page is None or page_id == HOME or not self._may_close(page):
            return
        page.removeEventFilter(self)
        self.shell.remove_page(page_id)

    def _may_close(self, page: QWidget) -> bool:
        if not page.isWindowModified():
            return True
        save = getattr(page, "save", None)
        answers = [("stay", _("继续编辑")), ("drop", _("不保存"))]
        if save is not None:
            answers.append(("save", _("保存后关闭")))
        name = page.windowTitle() or _("这个窗口")
        chosen = self._desk.asker.ask(
            Question(
                title=_("还有没保存的改动"),
                text=_("「{name}」里有改动还没有保存。").format(name=name),
                answers=tuple(answers),
            )
        )
        if chosen == "save" and save is not None:
            return bool(save())
        return chosen == "drop"

    def _step(self, by: int) -> None:
        ids = self.shell.page_ids()
        here = ids.index(self.shell.current_id())
        self.shell.show_page(ids[(here + by) % len(ids)])

    def _go(self, place: int) -> None:
        ids = self.shell.page_ids()
        if place < len(ids):
            self.shell.show_page(ids[place])

    def _new(self) -> None:
        page = self.shell.page(self.shell.current_id())
        make = getattr(page, "new", None)
        if make is not None:
            make()
        elif _NEW in self._specs and self._desk.context.actor.may("plan.edit"):
            self.open(_NEW, {})

    def refresh(self) -> None:
        """Read the current page and the counts again."""
        page = self.shell.page(self.shell.current_id())
        again = getattr(page, "refresh", None)
        if again is not None:
            again()
        self._read_badges()

    # -- what stands around the pages --------------------------------------------------------

    def tell(self, text: str, tone: str = "info", *, action: str = "") -> Notice:
        """Put up a strip that stays until it is dismissed."""
        strip = Notice(text, tone, action=action)
        strip.dismissed.connect(strip.deleteLater)
        self._strips.addWidget(strip)
        return strip

    def search(self) -> None:
        """Open the palette over the window."""
        self.palette_of_commands.open_over(self)

    def show_keys(self) -> None:
        """Show the keys that work everywhere."""
        dialog = MessageDialog(_("键盘"), key_lines(), parent=self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _user_menu(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(icon("system"), _("设置"), lambda: self.open("window:settings", {}))
        menu.addAction(icon("swap"), _("换一个账号登录"), self._log_out)
        menu.addSeparator()
        menu.addAction(icon("logout"), _("退出程序"), self.close)
        anchor = self.shell.side.user_anchor()
        menu.popup(anchor.mapToGlobal(QPoint(8, -menu.sizeHint().height())))

    def _log_out(self) -> None:
        if self.close():
            self._frame.log_out()

    def _changed(self, changes: Changes, _origin: object) -> None:
        if changes.kinds & _EVERYTHING:
            self._read_badges()

    def _read_badges(self) -> None:
        self._desk.read(
            lambda reader: badges(reader, AskBadges()),
            self._show_badges,
            owner=self,
            era="badges",
            failed=lambda _fault: None,
        )

    def _show_badges(self, found: Badges) -> None:
        side = self.shell.side
        side.set_badge("inbox", str(found.inbox) if found.inbox else "")
        side.set_badge("plans", str(found.drafts) if found.drafts else "")
        side.set_badge("fund_conflicts", str(found.conflicts) if found.conflicts else "")

    def _look_around(self) -> None:
        """See what others did on a shared database."""
        if self.isActiveWindow():
            self._desk.notices.tell(Changes(kinds=_EVERYTHING), self)

    def apply_settings(self) -> None:
        """Take settings that count at once."""
        seconds = self.store.get(settings.REFRESH_SECONDS)
        shared = not self._desk.context.database.is_sqlite
        if seconds and shared:
            self._timer.start(seconds * 1000)
        else:
            self._timer.stop()

    def restart(self) -> None:
        """Close, asking about unsaved pages, and start the program anew."""
        if self.close():
            self._frame.restart()

    def _restore(self) -> None:
        kept = self.store.get(settings.GEOMETRY)
        if not kept or not self.restoreGeometry(QByteArray.fromBase64(kept.encode())):
            self.resize(1440, 900)
        if self.store.get(settings.REOPEN_TABS):
            for name in self.store.get(settings.OPEN_TABS).split(","):
                if name in self._specs and self._specs[name].menu:
                    self.open(f"window:{name}", {})
            self.shell.show_page(HOME)

    @guarded
    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask about unsaved pages, then remember where everything stood."""
        for page_id in self.shell.page_ids():
            page = self.shell.page(page_id)
            if page is not None and not self._may_close(page):
                self.shell.show_page(page_id)
                event.ignore()
                return
        names = [name for name in self.shell.page_ids() if "/" not in name and name != HOME]
        self.store.put(settings.OPEN_TABS, ",".join(names))
        geometry = bytes(self.saveGeometry().toBase64().data()).decode()
        self.store.put(settings.GEOMETRY, geometry)
        super().closeEvent(event)
        self.closed.emit()
