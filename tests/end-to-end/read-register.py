# SPDX-License-Identifier: GPL-3.0-or-later
# Says what openpyxl finds in an exported register: a reader that is not ours. One line: rows, text cells, number cells, the place.
import sys

import openpyxl

book = openpyxl.load_workbook(sys.argv[1])
sheet = book.worksheets[0]
rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
names = {str(value) for row in rows for value in row if isinstance(value, str)}
places = [row for row in rows if sys.argv[2] in row]
formulas = sum(1 for row in sheet.iter_rows() for cell in row if cell.data_type == "f")
data = [row for row in rows if sum(value is not None for value in row) > 3]
print(f"rows={len(data) - 1} place={len(places)} beds={int(any(value == 420 for row in places for value in row))} formulas={formulas} names={int(len(names) > 72)}")
