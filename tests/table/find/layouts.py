"""Lays out the record of a table in seeded random layouts, and says what a reader must find there."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from random import Random

from support.records import Record, RecordRow
from zipingbiao.book.cells import Area, Cell, CellClass, Grid, Visibility
from zipingbiao.values.number import exact

HEADINGS = {
    "level1": ["一级指标"],
    "level2": ["二级指标"],
    "name": ["三级指标", "目标指标", "指标名称", "指标内容", "具体指标", "三级指标名称"],
    "weight": ["分值", "权重", "指标分值", "权重占比(%)", "指标权重", "满分", "標準分", "分值（50分）"],
    "sign": ["符号", "指标性质", "比较符", "运算符", "计算符号"],
    "target": [
        "年度指标值",
        "目标值",
        "年度指标值(A)",
        "指标值",
        "预期指标值",
        "全年目标值",
        "計劃值",
        "年初设定目标值",
    ],
    "unit": ["度量单位", "计量单位", "单位", "指标单位"],
    "actual": [
        "实际完成值",
        "業績值",
        "全年实际值(B)",
        "全年完成值",
        "完成值",
        "实际完成指标值",
        "实际完成情况",
        "单项指标实际完成值",
    ],
    "completion": ["完成率", "完成比例", "指标完成率（%）"],
    "score": ["得分", "指标得分", "自评得分", "单项指标得分", "自評分"],
    "meaning": ["指标解释", "指标说明", "指标内涵"],
    "standard": ["指标说明及评分标准", "评分标准", "评价要点"],
    "reason": ["偏差原因分析及改进措施", "未完成原因分析", "未完成原因及拟采取的改进措施", "原因"],
}
FULL_ORDER = tuple(HEADINGS)
NOISE = {"placeholder": ["指标2：", "……", "指标 3:", "★", "/", "2．"]}
TOTALS = ["总分", "合 计", "总计", "自评总分", "总得分", "得分合计"]
TITLE = "项目支出绩效自评表"
SHANXI_COLUMNS = ("total", "fiscal", "central", "provincial", "city", "county", "carried_over", "other")
SHANXI_KINDS = {
    "(1)": "initial_budget", "(2)": "full_year_budget", "(3)": "received", "(4)": "executed",
    "(5)": "balance", "(6)": "funding_rate", "(7)": "execution_rate",
}  # fmt: skip
NATIONAL_KINDS = {
    "initial": ("initial_budget", ["年初预算数", "年初预算（A）", "年初預算资金"]),
    "full_year": ("full_year_budget", ["全年预算数", "调整后预算数", "全年预算数（B）", "调整预算数"]),
    "executed": ("executed", ["全年执行数", "执行数（C）", "预算执行数", "全年支出数"]),
    "points": ("", ["分值", "权重"]),
    "rate": ("execution_rate", ["执行率", "预算执行率(%)", "执行率（C/B）"]),
    "score": ("", ["得分", "自评得分"]),
}
SOURCE_OF = {
    "财政拨款": "fiscal",
    "财政资金": "fiscal",
    "上年结转": "carried_over",
    "其他": "other",
    "专户": "earmarked",
    "单位资金": "own",
}


def dice(seed: str) -> Random:
    """The random source of a layout: the same seed draws the same sheet."""
    return Random(seed)


@dataclass
class Canvas:
    """Cells and merges of one sheet under construction."""

    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    merges: list[Area] = field(default_factory=list)

    def put(self, row: int, column: int, value: str | Decimal | None) -> None:
        if value is None or value == "":
            return
        kind = CellClass.NUMBER if isinstance(value, Decimal) else CellClass.TEXT
        self.cells[row, column] = Cell(value, kind)

    def merge(self, top: int, left: int, bottom: int, right: int) -> None:
        if (top, left) != (bottom, right):
            self.merges.append(Area(top, left, bottom, right))

    def grid(
        self,
        sheet: str = "自评表",
        visibility: Visibility = Visibility.VISIBLE,
        hidden: frozenset[int] = frozenset(),
    ) -> Grid:
        return Grid(sheet, self.cells, tuple(self.merges), visibility, hidden)


@dataclass(frozen=True)
class Expected:
    """A row that must be found: its sheet row, and the texts of its cells by column."""

    row: int
    name: str
    level1: str
    level2: str
    texts: dict[str, str]
    informative: bool


@dataclass
class Laid:
    """What was laid out: rows, amounts by (kind, source), points of the funds block, totals."""

    rows: list[Expected] = field(default_factory=list)
    funds: dict[tuple[str, str], str] = field(default_factory=dict)
    points: str | None = None
    total_score: str | None = None
    project: str = ""
    bottom: int = 0
    right: int = 0


def stripped(name: str) -> str:
    """The name that counts: without 指标1： and stars, which the records carry as printed."""
    name = name.lstrip("★")
    if name.startswith("指标"):
        rest = name[2:].lstrip("0123456789")
        if rest != name[2:]:
            name = rest.lstrip(":：")
    return name


class Layout:
    """One way to lay out a record; everything follows from the random source."""

    def __init__(self, record: Record, random: Random, *, plain: bool = False, totals: bool = False) -> None:
        self.record, self.random, self.plain, self.totals = record, random, plain, totals
        self.merged_levels = random.choice(["merged", "repeated", "blank"])
        used = {column for column in FULL_ORDER if any(getattr(row, column, "") for row in record.rows)}
        wanted = {"level1", "level2", "name", "weight", "score"} | used
        if "standard" not in used:
            wanted |= {"target", "actual", "reason"}
        if not plain and random.random() < 0.3:
            wanted |= {"completion"}
        values = [column for column in FULL_ORDER[3:] if column in wanted]
        if not plain and random.random() < 0.6:
            random.shuffle(values)
        self.order = ["level1", "level2", "name", *values]

    def chance(self, odds: float) -> bool:
        return not self.plain and self.random.random() < odds

    def spelled(self, words: list[str]) -> str:
        """One of several labels, sometimes spaced or wrapped."""
        word = words[0] if self.plain else self.random.choice(words)
        style = (
            "plain" if self.plain else self.random.choice(["plain", "plain", "spaced", "wrapped", "padded"])
        )
        if style == "spaced":
            return " ".join(word)
        if style == "wrapped":
            return f"{word[:2]}\n{word[2:]}"
        return f"　{word} " if style == "padded" else word

    def number(self, text: str) -> str | Decimal:
        """A plain number sometimes as a number cell."""
        value = exact(text)
        return value if value is not None and self.chance(0.6) else text

    def table(self, canvas: Canvas, top: int, left: int, *, funds: str = "above", head: bool = True) -> Laid:
        """Draw the whole form; *funds* is above, below, right or none."""
        laid = Laid()
        row = top
        if head:
            row = self._head(canvas, row, left, laid)
        if funds == "above":
            row = self.funds(canvas, row, left, laid) + self.random.choice([0, 1])
        row = self._indicators(canvas, row, left, laid)
        if funds == "right":
            laid.bottom = row
            self.funds(canvas, top + 1, laid.right + 2, laid)
        if self.chance(0.5):
            canvas.put(
                row,
                left,
                self.random.choice(
                    ["填报人：", "备注", "注：1.得分一栏保留两位小数", "联系电话", "项目绩效分析"]
                ),
            )
            row += 1
        if funds == "below":
            row = self.funds(canvas, row + 1, left, laid)
        laid.bottom = max(laid.bottom, row)
        return laid

    def _head(self, canvas: Canvas, row: int, left: int, laid: Laid) -> int:
        laid.project = f"示例项目{self.random.randrange(10_000)}"
        canvas.put(row, left, self.spelled([TITLE]))
        canvas.put(row + 1, left, f"（{self.record.year}年度）")
        if self.chance(0.4):
            canvas.put(row + 2, left, f"项目名称：{laid.project}")
        else:
            canvas.put(row + 2, left, self.spelled(["项目名称"]))
            canvas.put(row + 2, left + 2, laid.project)
        canvas.put(row + 3, left, "主管部门")
        canvas.put(row + 3, left + 2, "某主管局")
        canvas.put(row + 3, left + 4, "实施单位")
        canvas.put(row + 3, left + 5, "219001-某单位")
        return row + 4

    # indicator table

    def _indicators(self, canvas: Canvas, row: int, left: int, laid: Laid) -> int:
        prefix = self.chance(0.3)
        columns, column = {}, left + prefix
        for role in self.order:
            columns[role] = column
            column += 2 if self.chance(0.12) else 1
        laid.right = column - 1
        titles = {role: self.spelled(HEADINGS[role]) for role in self.order}
        deep = self.chance(0.3)
        start = row
        row = self._headings(canvas, row, columns, titles, deep=deep)
        first = row
        page = self.random.randrange(2, 6) if self.chance(0.3) else 0
        blocks: dict[str, tuple[int, str]] = {}
        for number, item in enumerate(self.record.rows):
            row = self._noise(canvas, row, columns)
            if page and number == page:
                row = self._headings(canvas, row, columns, titles, deep=False)
                blocks = {}
            self._levels(canvas, row, columns, item, blocks)
            self._row(canvas, row, columns, item, laid)
            row += 1
        if prefix:
            canvas.put(start, left, "绩\n效\n指\n标")
            canvas.merge(start, left, row - 1, left)
        self._merge_levels(canvas, columns, first, row - 1, page)
        return self._totals(canvas, row, columns, left, laid)

    def _headings(
        self, canvas: Canvas, row: int, columns: dict[str, int], titles: dict[str, str], *, deep: bool
    ) -> int:
        if not deep:
            for role, title in titles.items():
                canvas.put(row, columns[role], title)
            return row + 1
        canvas.put(row, columns["level1"], "绩效指标")
        canvas.merge(row, columns["level1"], row, columns["name"])
        for role, title in titles.items():
            naming = role in {"level1", "level2", "name"}
            canvas.put(row + naming, columns[role], title)
            if not naming:
                canvas.merge(row, columns[role], row + 1, columns[role])
        return row + 2

    def _levels(
        self,
        canvas: Canvas,
        row: int,
        columns: dict[str, int],
        item: RecordRow,
        blocks: dict[str, tuple[int, str]],
    ) -> None:
        changed = False
        for role in ("level1", "level2"):
            text = getattr(item, role)
            changed = changed or blocks.get(role, (0, ""))[1] != text or role not in blocks
            if changed or self.merged_levels == "repeated":
                canvas.put(row, columns[role], text)
            if changed:
                blocks[role] = (row, text)

    def _merge_levels(
        self, canvas: Canvas, columns: dict[str, int], first: int, last: int, page: int
    ) -> None:
        if self.merged_levels != "merged" or page:
            return
        for role in ("level1", "level2"):
            starts = [row for row in range(first, last + 1) if (row, columns[role]) in canvas.cells]
            if not starts:
                continue
            for top, following in zip(starts, [*starts[1:], last + 1], strict=True):
                canvas.merge(top, columns[role], following - 1, columns[role])

    def _noise(self, canvas: Canvas, row: int, columns: dict[str, int]) -> int:
        if self.chance(0.12):
            row += 1
        if self.chance(0.12):
            canvas.put(row, columns["name"], self.random.choice(NOISE["placeholder"]))
            row += 1
        if self.merged_levels == "repeated" and self.chance(0.08):
            canvas.put(row, columns["name"], "小计")
            canvas.put(row, columns["weight"], Decimal(50))
            canvas.put(row, columns["score"], Decimal(49))
            row += 1
        return row

    def _row(self, canvas: Canvas, row: int, columns: dict[str, int], item: RecordRow, laid: Laid) -> None:
        texts = {
            role: getattr(item, role)
            for role in columns
            if role not in {"level1", "level2", "name", "reason", "meaning"}
        }
        canvas.put(row, columns["name"], item.name)
        if "meaning" in columns:
            canvas.put(row, columns["meaning"], item.meaning)
        for role, text in texts.items():
            canvas.put(row, columns[role], self.number(text))
        if item.has_reason:
            canvas.put(row, columns["reason"], "情况有变化，已采取措施。")
        name = stripped(item.name)
        measured = [texts.get(role, "") for role in ("weight", "target", "actual", "score", "completion")]
        if name and name != "/" and any(text not in {"", "/"} for text in measured):
            informative = name.startswith("其中") and not item.weight
            laid.rows.append(Expected(row, name, item.level1, item.level2, texts, informative))

    def _totals(self, canvas: Canvas, row: int, columns: dict[str, int], left: int, laid: Laid) -> int:
        score = self.record.total_score
        if score is None or not (self.totals or self.chance(0.7)):
            return row
        laid.total_score = score
        if self.chance(0.3):
            canvas.put(row + 1, left, f"自评总分：{score}")
            return row + 2
        canvas.put(row, left, self.random.choice(TOTALS))
        if self.chance(0.5):
            canvas.merge(row, left, row, columns["name"])
        canvas.put(row, columns["weight"], self.number(self.record.total_weight or ""))
        canvas.put(row, columns["score"], self.number(score))
        return row + 1

    # funds

    def funds(self, canvas: Canvas, row: int, left: int, laid: Laid) -> int:
        """Draw the funds block of the record, in its orientation; return the row after it."""
        if self.record.shanxi_funds:
            return self._shanxi(canvas, row, left, laid)
        return self._national(canvas, row, left, laid) if self.record.funds else row

    def _shanxi(self, canvas: Canvas, row: int, left: int, laid: Laid) -> int:
        canvas.put(row, left, "项目")
        canvas.put(row, left + 1, "行次")
        for column, text in (
            (2, "年度总金额(万元)"),
            (3, "财政资金"),
            (8, "上年结转资金(万元)"),
            (9, "其他资金(万元)"),
        ):
            canvas.put(row, left + column, text)
        for column, text in enumerate(("小计", "中央级", "省级", "市级", "县区级"), 3):
            canvas.put(row + 1, left + column, self.spelled([text]))
        if self.chance(0.5):
            canvas.merge(row, left + 3, row, left + 7)
            for column in (0, 1, 2, 8, 9):
                canvas.merge(row, left + column, row + 1, left + column)
        lines = list(self.record.shanxi_funds)
        if self.chance(0.5):
            self.random.shuffle(lines)
        for offset, (label, number, *figures) in enumerate(lines, 2):
            canvas.put(row + offset, left, self.spelled([label]))
            canvas.put(row + offset, left + 1, number)
            for column, (source, figure) in enumerate(zip(SHANXI_COLUMNS, figures, strict=True), 2):
                canvas.put(row + offset, left + column, self.number(figure))
                laid.funds[SHANXI_KINDS[number[:3]], source] = figure
        return row + 2 + len(lines)

    def _national(self, canvas: Canvas, row: int, left: int, laid: Laid) -> int:
        present = [
            key for key in NATIONAL_KINDS if any(getattr(line, key) is not None for line in self.record.funds)
        ]
        if self.chance(0.5):
            self.random.shuffle(present)
        canvas.put(row, left, "项目资金\n（万元）")
        canvas.merge(row, left, row + len(self.record.funds), left)
        for column, key in enumerate(present, left + 2):
            canvas.put(row, column, self.spelled(NATIONAL_KINDS[key][1]))
        for offset, line in enumerate(self.record.funds, 1):
            canvas.put(row + offset, left + 1, line.label)
            source = next((name for word, name in SOURCE_OF.items() if word in line.label), "total")
            for column, key in enumerate(present, left + 2):
                text = getattr(line, key) or ""
                canvas.put(row + offset, column, self.number(text))
                if NATIONAL_KINDS[key][0]:
                    laid.funds[NATIONAL_KINDS[key][0], source] = text
                elif key == "points" and offset == 1:
                    laid.points = text or None
        return row + 1 + len(self.record.funds)
