"""New workbooks for a season: 名单 and approved targets → one template per unit, filled in."""

from __future__ import annotations

from zipingbiao.template.new.plan import Planned, plan_workbooks
from zipingbiao.template.new.write import Written, write_new

__all__ = ["Planned", "Written", "plan_workbooks", "write_new"]
