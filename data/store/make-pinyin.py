#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes pinyin.txt from the Unihan database (Debian: package unicode-data).

usage: make-pinyin.py [/usr/share/unicode/Unihan_Readings.txt.bz2] > pinyin.txt
Union of kMandarin, kTGHZ2013 and kXHC1983 without tones, the most customary reading first. kHanyuPinyin is left
out: its historical readings would give thousands of combinations for a name.
"""
import bz2
import re
import sys
import unicodedata

HEAD = """\
# Readings of Chinese characters in pinyin without tones (v stands for u with diaeresis), the most customary first.
# Made by make-pinyin.py from Unihan_Readings.txt of Unicode {version}: kMandarin, kTGHZ2013, kXHC1983.
# Copyright (c) 1991-2022 Unicode, Inc. Distributed under the Unicode licence, https://www.unicode.org/license.txt
"""
FIELDS = ("kMandarin", "kTGHZ2013", "kXHC1983")


def plain(reading):
    """Takes the tone off; u with diaeresis becomes v, as input methods type it."""
    letters = []
    for letter in unicodedata.normalize("NFD", reading):
        if letter == "\u0308" and letters and letters[-1] == "u":
            letters[-1] = "v"
        elif not unicodedata.combining(letter):
            letters.append(letter)
    return "".join(letters).lower()


def main():
    path = sys.argv[1] if len(sys.argv) > 1 else "/usr/share/unicode/Unihan_Readings.txt.bz2"
    readings, version = {}, "?"
    with bz2.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            found = re.match(r"# Unicode version: (\S+)", line)
            if found:
                version = found[1]
            if line.startswith("#") or not line.strip():
                continue
            code, field, value = line.rstrip("\n").split("\t")
            if field in FIELDS:
                readings.setdefault(int(code[2:], 16), {})[field] = value
    sys.stdout.write(HEAD.format(version=version))
    for code in sorted(readings):
        found = []
        for field in FIELDS:
            for word in readings[code].get(field, "").split():
                for reading in word.split(":")[-1].split(","):
                    syllable = plain(reading)
                    assert re.fullmatch("[a-z]{1,6}", syllable), (hex(code), reading)
                    if syllable not in found:
                        found.append(syllable)
        print(chr(code) + " ".join(found))


main()
