# SPDX-License-Identifier: GPL-3.0-or-later
# Compares an exported register with the roster that was imported, read by openpyxl: a reader that is not ours.
import csv
import sys

import openpyxl

with open(sys.argv[2], encoding="utf-8-sig", newline="") as file:
    roster = {row["名称"]: row for row in csv.DictReader(file) if row["序号"].isdigit()}  # not the note below
sheet = openpyxl.load_workbook(sys.argv[1]).worksheets[0]
places = {}
for row in sheet.iter_rows():
    for cell in row:
        if cell.value in roster:
            places[cell.value] = [other.value for other in row]
BEDS = "养老床位（张）"
as_numbers = sum(1 for name, row in places.items() if roster[name][BEDS] and int(roster[name][BEDS]) in row)
with_beds = sum(1 for row in roster.values() if row[BEDS])
formulas = sum(1 for row in sheet.iter_rows() for cell in row if cell.data_type == "f")
print(f"{len(places)} places of {len(roster)}, {as_numbers} numbers of beds of {with_beds}, {formulas} formulas")
