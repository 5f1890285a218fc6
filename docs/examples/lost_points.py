"""Which indicators lose most points, per department: the tables of a merge, asked in pandas.

Run it beside the tables that ``zpb merge 各单位 -o 汇总表.xlsx --frames 数据表`` wrote, as
``python lost_points.py 数据表``, or cell by cell in a notebook.
"""

# %% The tables, with the types that docs/api.md names; what is missing is NA, never 0.
import sys
from pathlib import Path

import pandas as pd

TABLES = Path(sys.argv[1] if len(sys.argv) > 1 else "数据表")
WORDS = dict.fromkeys(("code", "year", "file", "sheet"), "string")  # a code of 19 digits is no number

projects = pd.read_csv(TABLES / "projects.csv", dtype=WORDS).convert_dtypes()
indicators = pd.read_csv(TABLES / "indicators.csv", dtype=WORDS).convert_dtypes()

# %% Only projects that the totals count; file and sheet join both tables.
counted = projects.loc[projects["counted"], ["file", "sheet", "project", "department"]]
lines = indicators.merge(counted, on=["file", "sheet"])
lines["department"] = lines["department"].fillna("（未填主管部门）")
lines["lost"] = lines["weight"] - lines["adopted"]

# %% Of each department the three indicators with most points lost, and in how many projects they lose.
lost = (
    lines[lines["lost"] > 0]
    .groupby(["department", "name"])
    .agg(lost=("lost", "sum"), projects=("file", "count"))
    .reset_index()
    .sort_values(["department", "lost", "name"], ascending=[True, False, True])
    .groupby("department")
    .head(3)
)
for department, worst in lost.groupby("department"):
    print(department)
    for name, points, count in zip(worst["name"], worst["lost"], worst["projects"], strict=True):
        print(f"  {name}：失分 {points:.2f}，{count} 个项目")
