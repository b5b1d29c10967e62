"""The settings of this program on this computer, declared; the settings window is made of them.

To add one: a :class:`Setting` constant here and its place in :data:`SETTINGS`; read and write it
with ``settings_store.Store``. ``page`` None keeps it out of the window (remembered, not chosen).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, TypeVar

from govproc_desktop.i18n import N_

V = TypeVar("V", str, int, bool)


class Page(StrEnum):
    """The pages of the settings window, in their order."""

    LOOK = N_("外观")
    WORK = N_("工作")
    DATABASE = N_("数据库")


@dataclass(frozen=True)
class Setting(Generic[V]):
    """One typed value; ``choices`` are the only values it may have, with their words."""

    id: str
    default: V
    title: str = ""
    page: Page | None = None
    help: str = ""
    choices: tuple[tuple[V, str], ...] = ()
    restart: bool = False
    """Whether a change only counts after the program has been started again."""
    accepts: Callable[[V], bool] = lambda _value: True

    def fits(self, value: object) -> bool:
        """Tell whether a stored or typed value may be used."""
        if type(value) is not type(self.default):
            return False
        allowed = {key for key, _words in self.choices}
        return (not allowed or value in allowed) and self.accepts(value)


THEME = Setting[str](
    "look/theme",
    "system",
    N_("明暗"),
    Page.LOOK,
    choices=(("light", N_("浅色")), ("dark", N_("深色")), ("system", N_("跟随系统"))),
)
SCALE = Setting[int](
    "look/scale",
    100,
    N_("界面大小"),
    Page.LOOK,
    N_("在系统缩放之上再放大。改后要重新打开程序，打开着的草稿会先存好。"),
    choices=((100, "100%"), (125, "125%"), (150, "150%"), (175, "175%"), (200, "200%")),
    restart=True,
)
REFRESH_SECONDS = Setting[int](
    "work/refresh_seconds",
    60,
    N_("看见别人改动"),
    Page.WORK,
    N_("多人共用一个数据库时，隔多久看一次别人办了什么。"),
    choices=((0, N_("只在按 F5 时")), (30, N_("30 秒")), (60, N_("1 分钟")), (300, N_("5 分钟"))),
)
REOPEN_TABS = Setting[bool](
    "work/reopen_tabs",
    True,
    N_("打开时回到上次的窗口"),
    Page.WORK,
)
DATABASE_URL = Setting[str](
    "database/url",
    "",
    N_("数据库"),
    Page.DATABASE,
    N_("留空用本机的数据文件；办公室共用时填 postgresql://主机/库名，密码不写在这里。"),
    restart=True,
    accepts=lambda url: not url or url.startswith(("sqlite:", "postgresql:")) or "://" not in url,
)
REMEMBER_LOGIN = Setting[bool]("login/remember", True)
LAST_LOGIN = Setting[str]("login/account", "")
LAST_LOGIN_NOTE = Setting[str]("login/note", "")
NAV_FOLDED = Setting[bool]("window/nav_folded", False)
OPEN_TABS = Setting[str]("window/tabs", "")
GEOMETRY = Setting[str]("window/geometry", "")
FAVOURITES = Setting[str]("home/favourites", "")

SETTINGS: tuple[Setting[Any], ...] = (
    THEME,
    SCALE,
    REFRESH_SECONDS,
    REOPEN_TABS,
    DATABASE_URL,
    REMEMBER_LOGIN,
    LAST_LOGIN,
    LAST_LOGIN_NOTE,
    NAV_FOLDED,
    OPEN_TABS,
    GEOMETRY,
    FAVOURITES,
)
