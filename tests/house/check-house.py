# SPDX-License-Identifier: GPL-3.0-or-later
# The rules of the house that no compiler checks, as TAP: the arrows between modules, languages, translations.
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(sys.argv[1])
SRC = ROOT / "src"
# Each module may use those before it; the window's layers come last.
ORDER = ["store", "registry", "standards", "inspections", "reports"]
CJK = re.compile(r"[\u2e80-\u303f\u31c0-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")
INCLUDE = re.compile(r'^\s*#\s*include\s+[<"]([^>"]+)[>"]', re.MULTILINE)


def sources(*endings):
    return sorted(path for path in SRC.rglob("*") if path.suffix in endings)


def includes(path):
    return INCLUDE.findall(path.read_text(encoding="utf-8"))


def module_of(path):
    return path.relative_to(SRC).parts[0] if len(path.relative_to(SRC).parts) > 1 else ""


def window_stems():
    """What the modules' meson.build give to libmingcha-ui: those files may use every core module."""
    stems = set()
    for build in SRC.glob("*/meson.build"):
        for block in re.findall(r"ui_sources \+= files\((.*?)\)", build.read_text(encoding="utf-8"), re.DOTALL):
            stems.update((build.parent / name).with_suffix("") for name in re.findall(r"'([^']+)'", block))
    return stems


def owner(name):
    """The module that has a header of that name."""
    found = list(SRC.rglob(pathlib.PurePath(name).name))
    return module_of(found[0]) if found else None


def arrows_point_one_way():
    wrong = []
    window = window_stems()
    for path in sources(".c", ".h"):
        module = module_of(path)
        for name in includes(path):
            other = owner(name) if name.endswith(".h") and "mc-" in name else None
            if other is None or other == module:
                continue
            if module in ORDER and other in ORDER and ORDER.index(other) > ORDER.index(module) and path.with_suffix("") not in window:
                wrong.append(f"{path.relative_to(ROOT)} includes {name} of {other}")
            if module in ORDER + ["widgets"] and other == "app":
                wrong.append(f"{path.relative_to(ROOT)} includes {name} of app")
            if module == "cli" and other in ("app", "widgets"):
                wrong.append(f"{path.relative_to(ROOT)} includes {name} of {other}")
    return wrong


def sql_stays_in_its_module():
    wrong = []
    for path in sources(".c", ".h"):
        for name in includes(path):
            if name.endswith("-store.h") and owner(name) not in (module_of(path), None) and not name.endswith("mc-store.h"):
                wrong.append(f"{path.relative_to(ROOT)} includes {name}")
            if name.endswith("mc-store-internal.h") and module_of(path) != "store":
                wrong.append(f"{path.relative_to(ROOT)} includes {name}")
            if name.endswith("mc-store-private.h") and module_of(path) != "store" and not path.stem.endswith("-store"):
                wrong.append(f"{path.relative_to(ROOT)} includes {name} but is no -store file")
    return wrong


def code_speaks_english():
    files = sources(".c", ".h") + sorted((ROOT / "data" / "ui").rglob("*.ui"))
    return [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:60]}"
        for path in files
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if CJK.search(line)
    ]


def every_source_has_its_head():
    return [
        str(path.relative_to(ROOT))
        for path in sources(".c", ".h")
        if "SPDX-License-Identifier: GPL-3.0-or-later" not in path.read_text(encoding="utf-8")[:200]
    ]


def nothing_is_left_open():
    pattern = re.compile(r"\b(TODO|FIXME|XXX)\b|g_assert \(|not implemented")
    return [
        f"{path.relative_to(ROOT)}:{number}"
        for path in sources(".c", ".h") + sorted((ROOT / "tests").rglob("*.c"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if pattern.search(line)
    ]


def translations_are_complete():
    listed = [ROOT / line for line in (ROOT / "po" / "POTFILES").read_text().split()]
    wrong = [f"po/POTFILES lists {path.relative_to(ROOT)}, which is not there" for path in listed if not path.exists()]
    if wrong:
        return wrong
    template = subprocess.run(
        ["xgettext", "--from-code=UTF-8", "-k_", "-kN_", "-kC_:1c,2", "-kNC_:1c,2", "-kngettext:1,2", "-kg_dngettext:2,3", "-o", "-",
         *[str(path) for path in listed]],
        cwd=ROOT, capture_output=True, check=True).stdout
    merged = subprocess.run(
        ["msgmerge", "--quiet", "--no-fuzzy-matching", "-o", "-", str(ROOT / "po" / "zh_CN.po"), "-"],
        input=template, capture_output=True, check=True).stdout
    left = subprocess.run(["msgattrib", "--untranslated", "--no-obsolete", "--no-wrap"], input=merged, capture_output=True, check=True)
    missing = re.findall(rb'^msgid (".+")$', left.stdout, re.MULTILINE)
    return [message.decode() for message in missing if message != b'""']


def every_translatable_file_is_listed():
    listed = set((ROOT / "po" / "POTFILES").read_text().split())
    has_text = re.compile(r'\b(?:N?C?_|ngettext) \(|translatable="yes"')
    files = sources(".c", ".h") + sorted((ROOT / "data" / "ui").rglob("*.ui"))
    return [
        str(path.relative_to(ROOT))
        for path in files
        if has_text.search(path.read_text(encoding="utf-8")) and str(path.relative_to(ROOT)) not in listed
    ]


def installed_data_is_valid():
    wrong = []
    for pattern, command in (("*.desktop.in", ["desktop-file-validate"]), ("*.metainfo.xml.in", ["appstreamcli", "validate", "--no-net"])):
        for path in sorted((ROOT / "data").glob(pattern)):
            copy = pathlib.Path(sys.argv[2]) / path.name.removesuffix(".in")
            copy.write_bytes(path.read_bytes())
            done = subprocess.run([*command, str(copy)], capture_output=True, text=True)
            if done.returncode:
                wrong.append(f"{path.name}: {done.stdout}{done.stderr}".replace("\n", " "))
    return wrong


CHECKS = [
    arrows_point_one_way,
    sql_stays_in_its_module,
    code_speaks_english,
    every_source_has_its_head,
    nothing_is_left_open,
    translations_are_complete,
    every_translatable_file_is_listed,
    installed_data_is_valid,
]

print("TAP version 13")
print(f"1..{len(CHECKS)}")
for number, check in enumerate(CHECKS, 1):
    found = check()
    for line in found:
        print(f"# {line}")
    print(f"{'not ok' if found else 'ok'} {number} /house/{check.__name__.replace('_', '-')}")
