# SPDX-License-Identifier: GPL-3.0-or-later
# Reads a .docx as any program of others would: every part is well-formed, every relationship leads somewhere. Prints what it is made of.
import json
import posixpath
import sys
import xml.etree.ElementTree as ET
import zipfile

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/package/2006/relationships}"
T = "{http://schemas.openxmlformats.org/package/2006/content-types}"

package = zipfile.ZipFile(sys.argv[1])
assert package.testzip() is None
names = package.namelist()
assert names[0] == "[Content_Types].xml"
parts = {name: ET.fromstring(package.read(name)) for name in names if name.endswith((".xml", ".rels"))}
types = {element.get("PartName") for element in parts["[Content_Types].xml"].iter(T + "Override")}
assert all(name[1:] in names for name in types), types
for name in names:
    if name.endswith(".rels"):
        folder = posixpath.dirname(posixpath.dirname(name))
        for relation in parts[name].iter(R + "Relationship"):
            target = posixpath.normpath(posixpath.join(folder, relation.get("Target")))
            assert target in names, target
body = parts["word/document.xml"]
fonts = {fonts.get(W + "eastAsia") for part in parts.values() for fonts in part.iter(W + "rFonts")}
fields = [field.get(W + "instr").strip() for field in parts["word/footer1.xml"].iter(W + "fldSimple")]
tables = list(body.iter(W + "tbl"))
for table in tables:
    columns = len(list(table.iter(W + "gridCol")))
    for row in table.iter(W + "tr"):
        spans = [cell.find(f"{W}tcPr/{W}gridSpan") for cell in row.findall(W + "tc")]
        assert sum(1 if span is None else int(span.get(W + "val")) for span in spans) == columns
print(json.dumps({
    "tables": len(tables),
    "headers": len(list(body.iter(W + "tblHeader"))),
    "fonts": sorted(fonts),
    "fields": fields,
    "media": [name for name in names if name.startswith("word/media/")],
    "text": "".join(text.text or "" for text in body.iter(W + "t")),
}, ensure_ascii=False))
