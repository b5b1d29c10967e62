"""系统: the windows of this menu, in the order of the navigation."""

from govproc_desktop.i18n import N_
from govproc_desktop.views.kit.spec import WindowSpec
from govproc_desktop.views.system.backups import BackupsWindow
from govproc_desktop.views.system.reference_tables import ReferenceWindow

WINDOWS = (
    WindowSpec(
        id="reference",
        title=N_("基础数据"),
        menu=N_("系统"),
        permission=None,
        make=ReferenceWindow,
        icon="database",
    ),
    WindowSpec(
        id="backups",
        title=N_("备份与恢复"),
        menu=N_("系统"),
        permission="backup.make",
        make=BackupsWindow,
        icon="save",
    ),
)
