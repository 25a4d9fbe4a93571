# SPDX-License-Identifier: GPL-3.0-or-later
# Makes the workbooks of this folder: a roster as officials keep it, by openpyxl, and the same saved again by LibreOffice.
# Run by hand when a fixture changes: /usr/bin/python3 make-fixtures.py
import datetime
import pathlib
import subprocess

import openpyxl
from openpyxl.styles import Alignment, Font

HERE = pathlib.Path(__file__).parent


def officials(path):
    book = openpyxl.Workbook()
    notes = book.active
    notes.title = "填报说明"
    notes["A1"] = "一、请各县（市、区）于每月5日前报送。"
    notes["A2"] = "二、床位数以备案为准。"
    sheet = book.create_sheet("机构名录")
    sheet.merge_cells("A1:L1")
    sheet["A1"] = "嘉善县养老托育机构基本情况表"
    sheet["A1"].font = Font(size=18)
    sheet["A2"] = "填报单位：嘉善县民政局（盖章）"
    sheet["J2"] = "单位：张、万元"
    sheet.append(["序号", "机构名称", None, "所属镇街", "类型", "床位数", None, "运营状态", "统一社会信用代码", "总投资", "开业日期", "联系电话"])
    sheet.append([None, None, None, None, None, "合计", "其中：护理型", None, None, None, None, None])
    for cells in ("A3:A4", "B3:B4", "D3:D4", "E3:E4", "F3:G3", "H3:H4", "I3:I4", "J3:J4", "K3:K4", "L3:L4"):
        sheet.merge_cells(cells)
    sheet.append([None, None, None, None, None, "张", "张", None, None, "万元", None, None])
    sheet.append([1, 2, None, 3, 4, 5, 6, 7, 8, 9, 10, 11])
    sheet.append([1, "嘉善县罗星街道养老服务中心", None, "罗星街道", "养老机构", 300, 120, "运营", "12330421123456781W", 8900.5, datetime.date(2020, 2, 29), "0573-84000001"])
    sheet.append([2, "嘉善县罗星街道\n幸福托育园", None, None, "托育", None, None, "正常", "无", "—", "2021年3月1日", 13800000001])
    sheet.append([3, "  魏塘街道健康颐养中心　", None, "魏塘街道", "养老机构", "１２０", "60张", "在建", None, "1.2亿元", "2023.5.6", None])
    sheet.append(["合  计", None, None, None, None, "=SUM(F7:F9)", 180, None, None, None, None, None])
    sheet.append(["注：床位数为核定床位数。"])
    sheet.append(["单位负责人：张三", None, None, None, "审核人：李四", None, None, "制表人：王五", None, None, "填报日期：2026年11月1日"])
    sheet.merge_cells("D7:D8")
    for column in "ABDEFGHIJKL":
        sheet[f"{column}3"].alignment = Alignment(horizontal="center", wrap_text=True)
    hidden = book.create_sheet("数据字典")
    hidden.sheet_state = "hidden"
    hidden["A1"] = "名称"
    hidden["B1"] = "类型"
    book.save(path)


def types(path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "甲 & 乙"
    sheet.append(["文", 913304, True, datetime.date(2026, 2, 28), datetime.datetime(2026, 2, 28, 8, 30), 25912.73, "=1+1", 1e18, "00123"])
    sheet["A2"] = 45
    sheet["A2"].number_format = "00000"
    sheet["B2"] = 45000
    sheet["B2"].number_format = 'yyyy"年"m"月"d"日"'
    sheet["C2"] = 0.1 + 0.2
    sheet["Z2"] = "尾"
    book.save(path)


officials(HERE / "officials.xlsx")
types(HERE / "types.xlsx")
for name in ("officials", "types"):
    subprocess.run(["soffice", "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", HERE / "out", HERE / f"{name}.xlsx"],
                   check=True, capture_output=True)
    (HERE / "out" / f"{name}.xlsx").rename(HERE / f"{name}-libreoffice.xlsx")
(HERE / "out").rmdir()
