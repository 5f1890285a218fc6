"""What VBA and the ribbon say in Chinese: the texts stand in cells, because VBA source is ASCII."""

from __future__ import annotations

from collections.abc import Mapping

from zipingbiao.book.marks import VERSION
from zipingbiao.excel.parts import PARTS

TITLE = "绩效自评"

ADDIN_TEXTS: Mapping[str, str] = {
    "title": TITLE,
    "running": "绩效自评：正在处理，请稍候……",
    "no_book": "没有可以处理的工作簿。请先打开自评表；上方有黄色“受保护的视图”提示的，先点“启用编辑”，再按按钮。",
    "not_installed": "请先安装加载项：在命令提示符运行 zpb addin install，再重新打开 Excel。这个文件只是生成出来的，没有连接 Python。",
    "no_library": "请关闭全部 Excel 窗口，在命令提示符运行 zpb addin install；仍然这样的，看杀毒软件的隔离区。缺少程序库：",
    "no_python": "没有连上评分程序，工作簿没有改动。请在命令提示符运行 zpb addin doctor 查看原因。Excel 的说明：",
    "function_failed": "函数没有连上评分程序，请在命令提示符运行 zpb addin doctor 查看原因。Excel 的说明：",
    "no_errors": "现在没有函数返回错误值。",
    "more_errors": "……另有 % 个公式。",
    "not_beside": "公式不在所选区域的行里：请选与公式同一行的单元格，或选中整块区域、输入公式后按 Ctrl+Shift+Enter。",
    "too_many": "所选区域超过 20000 个单元格，请只选有内容的行。",
    "one_area": "一个参数里选了几块不相连的区域，请只选一块，或把各块分别计算再相加。",
}
"""By the key that VBA asks for."""

TEMPLATE_TEXTS: Mapping[str, str] = {
    "title": TITLE,
    "no_addin": "这个按钮需要“绩效自评”加载项，这台电脑上还没有打开它，工作簿没有改动。请按三步安装：\n"
    "一、在程序安装文件（发表单位提供，.whl 结尾）所在的文件夹打开命令提示符，运行："
    f"py -m pip install zipingbiao-{VERSION}-py3-none-any.whl {PARTS}\n"
    "二、接着运行：py -m zipingbiao addin install\n"
    "三、关闭全部 Excel 窗口，重新打开本工作簿，再按按钮。\n"
    "32 位 Windows 或 Windows 7：本机装不了加载项，请用评分页.html。\n"
    "不装加载项也可以评分：关闭本工作簿，在命令提示符运行 py -m zipingbiao score 加上文件名。",
}
