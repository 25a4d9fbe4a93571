# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes photos/: small pictures with what phones and cameras write, and broken ones. Needs ImageMagick and heif-enc (libheif-examples).
usage: make-photos.py FOLDER"""
import os
import struct
import subprocess
import sys
import zlib


def magick(*arguments):
    return subprocess.run(["convert", *arguments], check=True, capture_output=True).stdout


def quarters(form, *options, size="48x32"):
    """Red, green, blue and white quarters, so that every turn of the picture is seen."""
    width, height = (int(n) // 2 for n in size.split("x"))
    row = [f"xc:{c}" for c in ("#ff0000", "#00ff00", "#0000ff", "#ffffff")]
    return magick("-size", f"{width}x{height}", "(", row[0], row[1], "+append", ")", "(", row[2], row[3], "+append", ")", "-append",
                  "-strip", *options, f"{form}:-")


def directory(order, entries, at, following=0):
    """One TIFF directory at offset at, with what does not fit into its entries behind it."""
    data_at = at + 2 + 12 * len(entries) + 4
    head, data = struct.pack(order + "H", len(entries)), b""
    for tag, kind, count, value in sorted(entries):
        if len(value) > 4:
            head += struct.pack(order + "HHLL", tag, kind, count, data_at + len(data))
            data += value + b"\0" * (len(value) % 2)
        else:
            head += struct.pack(order + "HHL", tag, kind, count) + value.ljust(4, b"\0")
    return head + struct.pack(order + "L", following) + data


def exif(order="<", orientation=1, taken=b"2026:11:19 09:30:05", offset=b"+08:00", place=True):
    number = lambda n: struct.pack(order + "L", n)
    camera = [(0x9000, 7, 4, b"0232")]
    if taken:
        camera.append((0x9003, 2, 20, taken + b"\0"))
    if offset:
        camera.append((0x9011, 2, 7, offset + b"\0"))
    degrees = struct.pack(order + "6L", 30, 1, 45, 1, 12, 1)
    gps = [(0, 1, 4, b"\2\3\0\0"), (1, 2, 2, b"N\0"), (2, 5, 3, degrees), (3, 2, 2, b"E\0"), (4, 5, 3, degrees)]
    first = [(0x010f, 2, 10, b"Telephone\0"), (0x0112, 3, 1, struct.pack(order + "H", orientation)), (0x8769, 4, 1, number(0))]
    if place:
        first.append((0x8825, 4, 1, number(0)))
    camera_at = 8 + len(directory(order, first, 8))
    gps_at = camera_at + len(directory(order, camera, camera_at))
    where = {0x8769: camera_at, 0x8825: gps_at}
    first = [(t, k, c, number(where[t]) if t in where else v) for t, k, c, v in first]
    block = (b"II*\0" if order == "<" else b"MM\0*") + number(8) + directory(order, first, 8) + directory(order, camera, camera_at)
    return block + (directory(order, gps, gps_at) if place else b"")


def with_exif(jpeg, block, more=b""):
    body = b"Exif\0\0" + block
    return jpeg[:2] + b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body + more + jpeg[2:]


def piece(mark, body):
    return bytes([0xff, mark]) + struct.pack(">H", len(body) + 2) + body


def chunk(kind, body):
    return struct.pack(">L", len(body)) + kind + body + struct.pack(">L", zlib.crc32(kind + body))


def in_png(png, *chunks):
    return png[:33] + b"".join(chunks) + png[33:]


def circle():
    """Directories that point to themselves and to each other."""
    entry = lambda tag, value: struct.pack("<HHLL", tag, 4, 1, value)
    return b"II*\0" + struct.pack("<L", 8) + struct.pack("<H", 2) + entry(0x8769, 8) + entry(0x8825, 8) + struct.pack("<L", 8)


def place_over_itself():
    """The place lies over the first directory, so that cutting it out would destroy that."""
    first = directory("<", [(0x0112, 3, 1, b"\6\0"), (0x8825, 4, 1, struct.pack("<L", 10))], 8)
    return b"II*\0" + struct.pack("<L", 8) + first + b"\0" * 64


def pictures():
    plain = quarters("jpg", "-quality", "92", "-sampling-factor", "1x1")
    xmp = piece(0xe1, b"http://ns.adobe.com/xap/1.0/\0<x exif:GPSLatitude='30,45N'/>")
    note = piece(0xfe, b"30.75N 120.75E")
    png = quarters("png", "-define", "png:color-type=2")
    yield "plain.jpg", plain
    for orientation in range(1, 9):
        yield f"turned-{orientation}.jpg", with_exif(plain, exif(orientation=orientation))
    yield "big-endian.jpg", with_exif(plain, exif(order=">", orientation=6))
    yield "phone.jpg", with_exif(plain, exif(), xmp + note) + with_exif(plain, exif())
    yield "no-place.jpg", with_exif(plain, exif(place=False, offset=None))
    yield "no-time.jpg", with_exif(plain, exif(taken=b"0000:00:00 00:00:00", offset=None))
    yield "circle.jpg", with_exif(plain, circle())
    yield "place-over-itself.jpg", with_exif(plain, place_over_itself())
    yield "exif-short.jpg", with_exif(plain, exif()[:30])
    yield "progressive.jpg", quarters("jpg", "-interlace", "JPEG", "-quality", "92")
    yield "grey.jpg", quarters("jpg", "-colorspace", "Gray")
    yield "cmyk.jpg", quarters("jpg", "-colorspace", "CMYK", "-quality", "92")
    yield "one-pixel.jpg", magick("-size", "1x1", "xc:#ff0000", "-quality", "92", "jpg:-")
    yield "truncated.jpg", plain[:-20]
    yield "cut-short.jpg", plain[:-20] + b"\xff\xd9"
    yield "half.jpg", with_exif(plain, exif())[:len(plain) // 2]
    damaged = bytearray(plain)
    start = plain.index(b"\xff\xda") + 14
    damaged[start:start + 40] = b"\xff\x00\xaa\x55" * 10
    yield "damaged.jpg", bytes(damaged)
    huge = bytearray(plain)
    frame = plain.index(b"\xff\xc0")
    huge[frame + 5:frame + 9] = struct.pack(">HH", 20000, 20000)
    yield "400-megapixels.jpg", bytes(huge)
    yield "plain.png", png
    yield "alpha.png", magick("-size", "48x32", "xc:none", "-fill", "#ff0000", "-draw", "rectangle 0,0 23,15", "-strip", "png:-")
    yield "interlaced.png", quarters("png", "-interlace", "PNG")
    yield "palette.png", quarters("png", "-type", "Palette")
    yield "grey-16.png", quarters("png", "-colorspace", "Gray", "-depth", "16")
    yield "turned-6.png", in_png(png, chunk(b"eXIf", exif(orientation=6)))
    yield "places.png", in_png(png, chunk(b"eXIf", exif()), chunk(b"tEXt", b"GPS\0" + b"30.75N 120.75E"))
    animated = chunk(b"acTL", struct.pack(">LL", 1, 0)) + chunk(b"fcTL", struct.pack(">LLLLLHHBB", 0, 48, 32, 0, 0, 1, 1, 0, 0))
    yield "animated.png", in_png(png, animated)
    yield "truncated.png", png[:-20]
    yield "damaged.png", png[:60] + b"\xaa\x55\xaa" + png[63:]
    yield "gif.jpg", quarters("gif")
    yield "film.heic", struct.pack(">L", 20) + b"ftypqt  " + b"\0" * 8
    yield "empty.jpg", b""
    yield "text.jpg", b"This is no picture.\n"


def make_heic(folder):
    source, target = os.path.join(folder, "source.jpg"), os.path.join(folder, "phone.heic")
    with open(source, "wb") as file:
        file.write(with_exif(quarters("jpg", "-quality", "95", size="128x96"), exif()))
    subprocess.run(["heif-enc", "-q", "60", "-o", target, source], check=True, capture_output=True)
    os.unlink(source)


def main():
    folder = sys.argv[1]
    for name, data in pictures():
        with open(os.path.join(folder, name), "wb") as file:
            file.write(data)
    make_heic(folder)


main()
