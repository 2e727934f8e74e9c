"""Writes the tables of ICU that Waymark needs, which the linker takes in place of all that come with Foundation: as a package of ICU's,
and as assembly that defines it.

usage: tables.py PACKAGE ASSEMBLY

Left out are languages but English, regions, converters of character sets other than Unicode, and dictionaries that cut Thai or Chinese
into words: 28 of 34 MB. What is there stays as it is, among it the root of each kind, which ICU falls back to, and all time zones.
"""

import re
import shutil
import struct
import subprocess
import sys
import tempfile
from pathlib import Path

_ARCHIVE = "../lib/swift_static/linux/lib_FoundationICU.a"
_MEMBER = "icu_packaged_data.cpp.o"
# Tables of languages and of their countries and scripts (de, de_AT, zh_Hant_TW), and what is large and of no use here.
_OTHERS = re.compile(r"(?!en(_US(_POSIX)?)?\.res$)[a-z]{2,3}(_[A-Z][A-Za-z]+|_\d{3})*\.res|.*\.(cnv|dict)")


def items(package):
    """The names and bytes in a package of ICU (`udata`, format CmnD): a header, the count of items, the places of each's name and bytes
    from behind the header, and these."""
    (head,) = struct.unpack_from("<H", package)
    if package[2:4] != b"\xda\x27" or package[12:16] != b"CmnD" or package[16] != 1:
        raise ValueError("the tables are none of ICU's packages, or of another version")
    body = package[head:]
    (count,) = struct.unpack_from("<I", body)
    places = list(struct.iter_unpack("<II", body[4 : 4 + 8 * count]))
    ends = [start for _, start in places[1:]] + [len(body)]
    names = [body[name : body.index(b"\0", name)] for name, _ in places]
    return package[:head], [(name, body[start:end]) for name, (_, start), end in zip(names, places, ends)]


def package(head, items):
    """The package of such items, in the order of their names, each at a multiple of 16 bytes."""
    place = 4 + 8 * len(items)
    names = b"".join(name + b"\0" for name, _ in items)
    start = _aligned(place + len(names))
    entries, contents = b"", b""
    for name, content in items:
        entries += struct.pack("<II", place, start + len(contents))
        place += len(name) + 1
        contents += content.ljust(_aligned(len(content)), b"\0")
    return head + (struct.pack("<I", len(items)) + entries + names).ljust(start, b"\0") + contents


def _aligned(count):
    return (count + 15) // 16 * 16


def _is_needed(name):
    return not _OTHERS.fullmatch(name.decode().split("/")[-1])


def write(tables, assembly):
    tools = Path(shutil.which("swift")).resolve().parent
    with tempfile.TemporaryDirectory() as folder:
        whole, content = Path(folder, "whole.o"), Path(folder, "content")
        whole.write_bytes(_output(tools / "llvm-ar", "p", tools / _ARCHIVE, _MEMBER))
        _output(tools / "llvm-objcopy", "--output-target=binary", "--only-section=.rodata", whole, content)
        symbol = re.findall(r"\bicudt\d+_dat\b", _output(tools / "llvm-nm", whole).decode())[0]
        head, found = items(content.read_bytes())
    Path(tables).write_bytes(package(head, [(name, content) for name, content in found if _is_needed(name)]))
    Path(assembly).write_text(f'.section .rodata\n.balign 16\n.globl {symbol}\n{symbol}: .incbin "{tables}"\n')


def _output(*command):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout


write(*sys.argv[1:])
