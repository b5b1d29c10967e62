"""导入用款计划: choose a file, see what would happen, then let it happen."""

from govproc_desktop.views.plan_management.fund_import.log_window import make_import_logs
from govproc_desktop.views.plan_management.fund_import.page import FundImportWindow

__all__ = ["FundImportWindow", "make_import_logs"]
