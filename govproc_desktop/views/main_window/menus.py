"""The menus in the order of the navigation; each folder lists its windows in ``WINDOWS``.

To add a menu: its folder under ``views`` with ``WINDOWS = (WindowSpec(…), …)`` and its line in
:data:`MENUS`. What is not built or not permitted does not show.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec

from govproc_desktop.domain.permissions import Actor
from govproc_desktop.i18n import N_, _
from govproc_desktop.views.kit.shell import NavItem, NavSection
from govproc_desktop.views.kit.spec import WindowSpec

HOME = "home"


@dataclass(frozen=True)
class Menu:
    """One top entry: its words, its icon and the modules under ``views`` it is made of."""

    id: str
    title: str
    icon: str
    modules: tuple[str, ...]


MENUS = (
    Menu("inbox", N_("待办事项"), "inbox", ("inbox",)),
    Menu("plan_management", N_("计划管理"), "plan", ("plan_management",)),
    Menu("contract_management", N_("合同管理"), "contract", ("contract_management",)),
    Menu("payment_management", N_("支付管理"), "pay", ("payment_management",)),
    Menu("mall", N_("网上商城"), "mall", ("mall",)),
    Menu("suppliers", N_("供应商管理"), "supplier", ("suppliers",)),
    Menu("supervision", N_("监督管理"), "shield", ("supervision",)),
    Menu("analysis", N_("统计分析"), "chart", ("analysis",)),
    Menu("permissions", N_("操作权限"), "key", ("permissions",)),
    Menu("personal", N_("我的"), "me", ("personal",)),
    Menu("system", N_("系统"), "system", ("system", "settings_window")),
)


@cache
def built(menu: Menu) -> tuple[WindowSpec, ...]:
    """Return the windows of a menu that exist; the first call imports them."""
    found: list[WindowSpec] = []
    for name in menu.modules:
        full = f"govproc_desktop.views.{name}"
        if find_spec(full) is not None:
            found += getattr(import_module(full), "WINDOWS", ())
    return tuple(found)


def permitted(actor: Actor) -> dict[str, WindowSpec]:
    """Return every window this person may open, by id."""
    return {spec.id: spec for menu in MENUS for spec in _allowed(menu, actor)}


def sections(actor: Actor) -> tuple[NavSection, ...]:
    """Return the navigation for one person."""
    made = [NavSection(HOME, _("首页"), "home")]
    for menu in MENUS:
        shown = [spec for spec in _allowed(menu, actor) if spec.menu]
        if not shown:
            continue
        if len(shown) == 1 and shown[0].title == menu.title:
            made.append(NavSection(shown[0].id, _(menu.title), menu.icon))
            continue
        children = tuple(NavItem(spec.id, _(spec.title)) for spec in shown)
        made.append(NavSection(menu.id, _(menu.title), menu.icon, children))
    return tuple(made)


def _allowed(menu: Menu, actor: Actor) -> Iterator[WindowSpec]:
    return (spec for spec in built(menu) if spec.permission is None or actor.may(spec.permission))
