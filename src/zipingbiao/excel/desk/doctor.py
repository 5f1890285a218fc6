"""``zpb addin doctor``: one question after the other, as a help desk would ask, each with what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from zipingbiao.errors import UsageError, as_run_here
from zipingbiao.excel.addin import start
from zipingbiao.excel.desk import blocked, installed, library, office, policies, running
from zipingbiao.excel.desk.computer import PACKAGE, Computer
from zipingbiao.excel.desk.installed import Installed
from zipingbiao.excel.parts import INSTALL_PARTS
from zipingbiao.values.frozen import frozen

WITHOUT_ADDIN = "不用加载项也可以评分：用 Excel 打开自评表，在命令提示符运行 zpb excel score。"
_REINSTALL = "请关闭全部 Excel 窗口，再运行 zpb addin install。"
_ASK_UNIT = "请联系单位信息部门放行。"
_WAY_OUT = "本机装不了加载项，请用评分页.html。"
_UTF8 = 65001


@frozen
class Answer:
    """What one check found.

    Attributes:
        what: one Chinese sentence: what there is, or what is wrong.
        remedy: what to do; "" when nothing is to be done.
    """

    what: str
    remedy: str = ""

    @property
    def is_problem(self) -> bool:
        """Whether somebody has to do something."""
        return bool(self.remedy)

    def __str__(self) -> str:
        return as_run_here(f"{self.what}{self.remedy}")


Check = Callable[[Computer], Answer]


def diagnose(computer: Computer) -> list[tuple[str, Answer]]:
    """Return every check's title and answer, in order; all are asked, whatever an earlier one says."""
    return [(title, check(computer)) for title, check in CHECKS.items()]


def require(computer: Computer, checks: Iterable[Check]) -> None:
    """Go on only where none of these finds a problem.

    Raises:
        UsageError: the first one that does, with what to do.
    """
    for check in checks:
        answer = check(computer)
        if answer.is_problem:
            raise UsageError(str(answer))


def windows(computer: Computer) -> Answer:
    """An Excel that Python can drive exists on Windows only."""
    if computer.is_windows and computer.is_too_old:
        return Answer("这台电脑是 32 位 Windows 或 Windows 7。", _WAY_OUT)
    if computer.is_windows:
        return Answer("这是 64 位 Windows 电脑。")
    return Answer("这台电脑不是 Windows，连不上 Excel。", "请直接处理文件：zpb score 自评表.xlsx。")


def excel(computer: Computer) -> Answer:
    """Excel is there."""
    program = office.excel_program(computer)
    if program is None:
        return Answer(
            "没有找到 Microsoft Excel（2010 或更新）。",
            "请直接处理文件：zpb score 自评表.xlsx；装有 WPS 的可以试用 zpb excel score --wps。",
        )
    return Answer(f"Excel：{program}")


def edition(computer: Computer) -> Answer:
    """Excel is outside the store's sandbox."""
    program = office.excel_program(computer)
    if program is not None and office.is_from_store(program):
        return Answer("Excel 是从微软商店安装的，加载项连不上它。", f"请改装普通版 Office。{WITHOUT_ADDIN}")
    return Answer("Excel 不是微软商店版。")


def excel_name(computer: Computer) -> Answer:
    """``Excel.Application`` means Excel, not WPS."""
    program = office.registered_program(computer)
    if program is None:
        return Answer("没有登记 Excel.Application，加载项用不到它。")
    if office.is_excel(program):
        return Answer("Excel.Application 指向 Excel。")
    return Answer(
        f"Excel.Application 被登记成了别的程序：{program}（多半是 WPS）。",
        "请在“应用和功能”中修复 Microsoft Office，"
        "并在 WPS 的“配置工具→高级→兼容设置”里取消代替 Office 的选项（各版本叫法不同），再运行 zpb addin doctor。",
    )


def python(computer: Computer) -> Answer:
    """Excel can start this Python: it is outside the store's sandbox and its path fits."""
    path = computer.background_python
    if office.is_from_store(path) or office.is_from_store(computer.python_home):
        return Answer(
            "Python 是从微软商店安装的，它写的文件 Excel 看不到。",
            "请从 python.org 安装 Python，在其中重新安装 zipingbiao，再运行 zpb addin install。",
        )
    unfit = _unfit(str(path), computer.code_page)
    if unfit:
        return Answer(
            f"Python 的路径{unfit}：{path}", "请把 Python 装到较短的英文路径，如 C:\\Python311，再重新安装。"
        )
    return Answer(f"Python：{path}")


def package(computer: Computer) -> Answer:
    """The package of xlwings brought the library that Excel loads, in the bitness of Excel."""
    version = computer.packages.get("xlwings")
    if version is None:
        return Answer("没有安装 xlwings。", INSTALL_PARTS)
    program = office.excel_program(computer)
    bits = office.bits(program) if program is not None else None
    if bits is not None and bits in computer.libraries:
        return Answer(f"Excel 是 {bits} 位，xlwings {version} 有相应的程序库。")
    if bits is None and computer.libraries:
        return Answer(f"xlwings {version}；看不出 Excel 是 32 位还是 64 位，没有核对。")
    if computer.is_32_bit_python:
        return Answer(
            "Python 是 32 位的，没有 Excel 要加载的程序库。",
            "请改装 64 位的 Python（Office 是 32 位也一样）。",
        )
    return Answer(
        f"Excel 是 {bits or '不明'} 位，xlwings {version} 没有带来相应的程序库。",
        f"请运行 py -m pip install --force-reinstall --no-deps xlwings=={version}，再运行 zpb addin install；"
        "仍然没有的，看杀毒软件的隔离区。",
    )


def addin(computer: Computer) -> Answer:
    """The add-in is where Excel looks, and nobody took it away."""
    if computer.addin.is_file():
        return Answer(f"加载项：{computer.addin}")
    if installed.read(computer) is None:
        return Answer("还没有安装加载项。", "请运行 zpb addin install。")
    return Answer(
        f"加载项装过，现在不见了：{computer.addin}（多半被杀毒软件隔离）。",
        "请在杀毒软件的隔离区恢复它并加入信任，再运行 zpb addin install。" + WITHOUT_ADDIN,
    )


def mark(computer: Computer) -> Answer:
    """The add-in carries no mark of the web."""
    if not blocked.is_blocked(computer.addin):
        return Answer("加载项没有被标记为来自网络。")
    by = policies.switched_on(computer, policies.SECURITY, "blockcontentexecutionfrominternet")
    why = f"，而{by}禁止运行这类文件的宏" if by else "，Excel 会禁用它的宏"
    return Answer(f"加载项被标记为来自网络{why}。", f"{_REINSTALL}安装时会去掉标记。")


def same_version(computer: Computer) -> Answer:
    """The add-in fits the installed package, library and Python."""
    record = installed.read(computer)
    if not computer.addin.is_file():
        return Answer("没有加载项，不核对版本。")
    if record is None:
        return Answer("加载项不是用 zpb addin install 装的，不知道版本。", _REINSTALL)
    if not Path(record.interpreter).is_file():
        return Answer(f"加载项要用的 Python 不在了：{record.interpreter}。", _REINSTALL)
    pairs = ((PACKAGE, record.version), ("xlwings", record.xlwings))
    differing = [
        f"{name} 安装时是 {then}，现在是 {now}"
        for name, then in pairs
        if (now := computer.packages.get(name, "没有")) != then
    ]
    if differing:
        return Answer(f"版本变了：{'；'.join(differing)}。", _REINSTALL)
    lost = _lost_library(computer, record)
    if lost:
        return Answer(f"加载项要用的程序库{lost}。", f"{_REINSTALL}仍然这样的，看杀毒软件的隔离区。")
    return Answer(f"版本一致：{PACKAGE} {record.version}，xlwings {record.xlwings}。")


def macros(computer: Computer) -> Answer:
    """Macros run in the trusted folder of the add-in."""
    by = policies.switched_on(computer, policies.COMMON, "vbaoff")
    if by:
        return Answer(f"{by}停用了 Office 的 VBA。", _whom(by) + WITHOUT_ADDIN)
    by = policies.switched_on(computer, policies.TRUSTED_LOCATIONS, "alllocationsdisabled")
    if by:
        return Answer(f"{by}停用了受信任位置，加载项的宏不会运行。", _whom(by) + WITHOUT_ADDIN)
    found = policies.setting(computer, policies.SECURITY, "vbawarnings")
    if found is not None and found[0] in (3, 4):
        return Answer(
            f"{found[1]}禁用了未签名的宏；加载项在受信任位置，不受影响。"
            "带按钮的模板请放到受信任位置，或改用功能区的按钮。"
        )
    return Answer("宏没有被禁用。")


def addins(computer: Computer) -> Answer:
    """Add-ins may be loaded without a signature."""
    switches = (
        (policies.SECURITY, "disablealladdins", "停用了全部加载项"),
        (policies.SECURITY, "requireaddinsig", "只允许有签名的加载项"),
        (policies.COMMON_SECURITY, "requirealwaysonmacrosig", "只允许有签名的自动加载的宏"),
    )
    for place, name, what in switches:
        by = policies.switched_on(computer, place, name)
        if by:
            return Answer(f"{by}{what}。", _whom(by) + WITHOUT_ADDIN)
    return Answer("加载项没有被停用。")


def defender(computer: Computer) -> Answer:
    """Excel may start Python."""
    rules = policies.blocking_rules(computer)
    if not rules:
        return Answer("没有发现阻止 Excel 启动 Python 的 Defender 规则。")
    return Answer(f"Defender 规则：{'、'.join(rules)}。", _ASK_UNIT + WITHOUT_ADDIN)


def prompt(computer: Computer) -> Answer:
    """The command prompt may be used; the add-in itself does without."""
    if policies.no_prompt(computer):
        return Answer(
            "单位策略停用了命令提示符，加载项不受影响；本文说的命令请按 Win+R 直接运行，"
            "例如 py -i -m zipingbiao addin doctor（看完关闭窗口）。"
        )
    return Answer("命令提示符可以使用。")


def disabled(computer: Computer) -> Answer:
    """Excel has not put the add-in on its own black list after a crash."""
    if not any(computer.addin.name.lower() in item for item in policies.disabled_items(computer)):
        return Answer("加载项不在 Excel 的禁用项目里。")
    return Answer(
        "Excel 出过错，把加载项列入了禁用项目。",
        "请在 Excel 中打开 文件→选项→加载项，在下方“管理”选“禁用项目”，点“转到”，选中 zipingbiao.xlam 启用。",
    )


def loaded(computer: Computer) -> Answer:
    """The running Excel has the add-in open."""
    answer = computer.loaded()
    if answer is None:
        return Answer("没有打开着工作簿的 Excel，没有核对加载项是否已加载。")
    if answer:
        return Answer("打开着的 Excel 已加载“绩效自评”。")
    return Answer("Excel 开着，但没有加载“绩效自评”。", "请关闭全部 Excel 窗口，重新打开 Excel。")


def live_score(computer: Computer) -> Answer:
    """A function calculates in Excel, all the way to Python and back."""
    try:
        shown = computer.live_score()
    except Exception as error:  # noqa: BLE001 pywin32 and xlwings fail in classes that exist on Windows only
        return Answer(
            f"试算没有进行：Excel 没有应答（{type(error).__name__}）。",
            "请结束单元格编辑、关闭 Excel 的对话框，再运行 zpb addin doctor。",
        )
    if shown is None:
        return Answer("没有加载了“绩效自评”的 Excel，没有试算；打开 Excel 和一个工作簿再运行一次，就会试算。")
    if shown == running.SCORE:
        return Answer(f"在 Excel 里试算 {running.FORMULA}，得 {running.SCORE:g}。")
    return Answer(
        f"在 Excel 里试算 {running.FORMULA}，应得 {running.SCORE:g}，现得 {shown}。",
        "请先处理上面的问题；都没有问题的，在 Excel 按“绩效自评”的“最近错误”查看原因。",
    )


CHECKS: dict[str, Check] = {
    "系统": windows,
    "Excel": excel,
    "Excel 版本": edition,
    "WPS": excel_name,
    "Python": python,
    "32/64 位": package,
    "加载项": addin,
    "来自网络的标记": mark,
    "版本": same_version,
    "宏设置": macros,
    "加载项设置": addins,
    "杀毒和防护": defender,
    "命令提示符": prompt,
    "禁用项目": disabled,
    "已加载": loaded,
    "试算": live_score,
}
NEEDED: tuple[Check, ...] = (windows, excel, edition, python, package)
"""Without these an installation would never work."""


def _unfit(path: str, code_page: int | None) -> str:
    """Why the library of xlwings, which starts programs by their ANSI name, could not start this one; or ""."""
    command = start.Start(path, "", {}).command
    try:
        spelled = command.encode("utf-8" if code_page in (None, _UTF8) else f"cp{code_page}")
    except (UnicodeEncodeError, LookupError):
        return f"含有系统代码页 {code_page} 写不出的字"
    if start.MACRO in path:
        return f"含有“{start.MACRO}”"
    return "太长" if len(spelled) > start.LONGEST else ""


def _lost_library(computer: Computer, record: Installed) -> str:
    """What is wrong with the copies that the add-in loads, against the package that they come from; or ""."""
    wanted = {
        library.name(bits, record.xlwings, source.read_bytes()) for bits, source in computer.libraries.items()
    }
    if set(record.libraries) != wanted:
        return "与 xlwings 带来的不同"
    gone = [name for name in record.libraries if not library.is_whole(computer.data_folder / name)]
    return f"不见了或被改动：{'、'.join(gone)}" if gone else ""


def _whom(by: str) -> str:
    if by == policies.UNIT:
        return _ASK_UNIT
    return "请在 Excel 的 文件→选项→信任中心→信任中心设置 中改回，再重新打开 Excel。"
