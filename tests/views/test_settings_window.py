from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from govproc_desktop import settings
from govproc_desktop.settings import SETTINGS, Setting
from govproc_desktop.settings_store import Store
from govproc_desktop.views.kit.theme import theme
from govproc_desktop.views.kit.widgets import Segmented, TextField
from govproc_desktop.views.settings_window import SettingsPanel, SettingsWindow


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "settings.json")


def test_values_last_and_wrong_ones_fall_back(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    Store(path).put(settings.SCALE, 150)
    assert Store(path).get(settings.SCALE) == 150
    path.write_text(json.dumps({"look/scale": 151, "look/theme": 3, "unknown": 1}))
    again = Store(path)
    assert again.get(settings.SCALE) == 100
    assert again.get(settings.THEME) == "system"
    again.put(settings.THEME, "dark")
    assert json.loads(path.read_text())["unknown"] == 1


def test_a_damaged_file_is_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text("{half")
    assert Store(path).get(settings.THEME) == "system"
    assert (tmp_path / "settings.damaged").read_text() == "{half"
    assert not path.exists()


def test_only_fitting_values_are_stored(store: Store) -> None:
    with pytest.raises(ValueError, match="look/scale"):
        store.put(settings.SCALE, 110)
    with pytest.raises(ValueError, match="database/url"):
        store.put(settings.DATABASE_URL, "mysql://x/y")


def test_every_setting_has_its_own_id_and_a_fitting_default() -> None:
    assert len({each.id for each in SETTINGS}) == len(SETTINGS)
    declared = [each for each in vars(settings).values() if isinstance(each, Setting)]
    assert {each.id for each in declared} == {each.id for each in SETTINGS}
    assert all(each.fits(each.default) for each in SETTINGS)
    assert all(each.title for each in SETTINGS if each.page)


def test_the_window_has_every_declared_setting(qtbot: Any, store: Store) -> None:
    panel = SettingsPanel(store)
    qtbot.addWidget(panel)
    assert set(panel.fields) == {each.id for each in SETTINGS if each.page}


def test_the_look_changes_at_once(qtbot: Any, qapp: QApplication, store: Store) -> None:
    theme().apply(qapp, "light")
    window = SettingsWindow(store, lambda: None, lambda: None)
    qtbot.addWidget(window)
    field = window.panel.fields["look/theme"]
    assert isinstance(field, Segmented)
    field.set_value("dark")
    assert theme().dark
    assert store.get(settings.THEME) == "dark"
    field.set_value("light")
    assert not theme().dark


def test_what_needs_a_restart_says_so_and_takes_it_back(qtbot: Any, store: Store) -> None:
    panel = SettingsPanel(store)
    qtbot.addWidget(panel)
    wished: list[int] = []
    panel.restartRequested.connect(lambda: wished.append(1))
    field = panel.fields["look/scale"]
    assert isinstance(field, Segmented)
    field.set_value("150")
    assert not panel._restart.isHidden()
    panel._restart.acted.emit()
    assert wished == [1]
    field.set_value("100")
    assert panel._restart.isHidden()


def test_a_wrong_database_address_stays_on_its_field(qtbot: Any, store: Store) -> None:
    panel = SettingsPanel(store)
    qtbot.addWidget(panel)
    field = panel.fields["database/url"]
    assert isinstance(field, TextField)
    field.setText("mysql://somewhere")
    field.editingFinished.emit()
    assert field.invalid
    assert store.get(settings.DATABASE_URL) == ""
    field.setText("postgresql://office/zc")
    field.editingFinished.emit()
    assert not field.invalid
    assert store.get(settings.DATABASE_URL) == "postgresql://office/zc"
