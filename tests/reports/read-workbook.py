# SPDX-License-Identifier: GPL-3.0-or-later
# Says as JSON what openpyxl finds in a workbook: a reader that is not ours.
import datetime
import json
import sys

import openpyxl
from openpyxl.utils import get_column_letter


def cell(c):
    v = c.value
    if isinstance(v, bool):
        return {"type": "boolean", "value": v}
    if isinstance(v, (datetime.datetime, datetime.date)):
        return {"type": "date", "value": v.isoformat(sep=" ")[:16]}
    if isinstance(v, (int, float)):
        return {"type": "number", "value": repr(v)}
    if v is None:
        return {"type": "empty", "value": ""}
    return {"type": "formula" if c.data_type == "f" else "text", "value": v}


book = openpyxl.load_workbook(sys.argv[1])
most = int(sys.argv[2]) if len(sys.argv) > 2 else 1000
out = []
for sheet in book.worksheets:
    out.append({
        "name": sheet.title,
        "state": sheet.sheet_state,
        "rows": sheet.max_row,
        "columns": sheet.max_column,
        "freeze": sheet.freeze_panes or "",
        "filter": sheet.auto_filter.ref or "",
        "merged": sorted(str(r) for r in sheet.merged_cells.ranges),
        "orientation": sheet.page_setup.orientation or "",
        "paper": str(sheet.page_setup.paperSize or ""),
        "fit_width": str(sheet.page_setup.fitToWidth or 1) if sheet.sheet_properties.pageSetUpPr and sheet.sheet_properties.pageSetUpPr.fitToPage else "",
        "fit_height": str(sheet.page_setup.fitToHeight),
        "repeat": sheet.print_title_rows or "",
        "footer": sheet.oddFooter.center.text or "",
        "widths": [sheet.column_dimensions[get_column_letter(i + 1)].width if get_column_letter(i + 1) in sheet.column_dimensions
                   else 0 for i in range(sheet.max_column)],
        "font": sheet.cell(4, 2).font.name if sheet.max_row >= 4 else "",
        "choices": [{"range": str(v.sqref), "list": v.formula1} for v in sheet.data_validations.dataValidation],
        "formulas": sum(1 for row in sheet.iter_rows() for c in row if c.data_type == "f"),
        "cells": [[cell(c) for c in row] for row in sheet.iter_rows(max_row=min(most, sheet.max_row))],
    })
json.dump(out, sys.stdout, ensure_ascii=False)
