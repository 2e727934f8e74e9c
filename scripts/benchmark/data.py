"""Writes the journeys once: as CSV for those who load them, as raw columns for the C scan."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

CHUNK = 1_000_000


@dataclass
class Data:
    """What the folder of one data set holds."""

    folder: Path
    rows: int
    seed: int
    #: Of the program that made it, with rows and seed: another maker makes the data anew.
    maker: str
    #: Of the CSV's bytes: results of other data are never mixed with these.
    fingerprint: str
    customers: int
    #: Milliseconds from shop.FIRST_MS to the last event.
    last_ms: int
    csv_bytes: int
    later_rows: int

    @property
    def csv(self):
        return self.folder / "events.csv"

    @property
    def later_csv(self):
        """The next events in time, one for every hundred: a later day to append."""
        return self.folder / "later.csv"

    @property
    def columns(self):
        """Columns sorted by customer and time: offsets.u32, ms.i64, event.u8, channel.u8."""
        return self.folder / "columns"


def ready(root, rows, seed):
    """The data set, made if it is not there."""
    makers = [Path(__file__), *(Path(__file__).with_name(name) for name in ("journeys.py", "shop.py"))]
    text = b"".join(maker.read_bytes() for maker in makers) + f"{rows} {seed}".encode()
    maker = hashlib.sha256(text).hexdigest()[:16]
    folder = Path(root) / f"{rows}-{seed}"
    about = folder / "about.json"
    kept = json.loads(about.read_text()) if about.exists() else {}
    if kept.get("maker") == maker:
        return Data(folder=folder, **kept)
    # In a process of its own: what this one holds would count as memory of the programs that it starts.
    scripts = Path(__file__).parent.parent
    command = [sys.executable, "-m", "benchmark.data", folder, str(rows), str(seed), maker]
    subprocess.run(command, check=True, env={**os.environ, "PYTHONPATH": str(scripts)})
    return Data(folder=folder, **json.loads(about.read_text()))


def _made(folder, rows, seed, maker):
    import numpy as np

    from . import journeys

    later_rows = max(rows // 100, 1)
    shutil.rmtree(folder, ignore_errors=True)
    whole = journeys.make(rows + later_rows, seed)
    order = whole.by_time()
    first, later = order[:rows], order[rows:]
    (folder / "columns").mkdir(parents=True)
    _write_csv(whole, first, folder / "events.csv")
    _write_csv(whole, later, folder / "later.csv")
    main = whole.taken(np.sort(first))
    starts = np.flatnonzero(np.diff(main.customer, prepend=-1))
    offsets = np.append(starts, rows)
    for name, column, kind in [
        ("offsets.u32", offsets, np.uint32), ("ms.i64", main.ms, np.int64),
        ("event.u8", main.event, np.uint8), ("channel.u8", main.channel, np.uint8),
    ]:
        column.astype(kind).tofile(folder / "columns" / name)
    csv = folder / "events.csv"
    with open(csv, "rb") as file:
        fingerprint = hashlib.file_digest(file, "sha256").hexdigest()[:16]
    return Data(folder, rows, seed, maker, fingerprint, len(starts), int(main.ms.max()), csv.stat().st_size, later_rows)


def _write_csv(journeys_, places, path):
    """Rows in the order of `places`, under a header."""
    from pyarrow import csv

    options = csv.WriteOptions(include_header=False, quoting_style="none")
    with open(path, "wb") as file:
        file.write(b"customer,event,time,channel,country,device,revenue\n")
        for start in range(0, len(places), CHUNK):
            csv.write_csv(_table(journeys_.taken(places[start : start + CHUNK])), file, options)


def _table(rows):
    """An Arrow table with the CSV's columns."""
    import numpy as np
    import pyarrow as arrow
    import pyarrow.compute as compute

    from . import shop

    def named(codes, names):
        return arrow.DictionaryArray.from_arrays(arrow.array(codes), arrow.array(names)).cast(arrow.string())

    digits = compute.utf8_lpad(arrow.array(rows.customer).cast(arrow.string()), 8, "0")
    cents = arrow.array(rows.cents, mask=rows.cents == 0)
    return arrow.table({
        "customer": compute.binary_join_element_wise("c", digits, ""),
        "event": named(rows.event, shop.EVENTS),
        "time": arrow.array(rows.ms + np.int64(shop.FIRST_MS)).cast(arrow.timestamp("ms")),
        "channel": named(rows.channel, shop.CHANNELS),
        "country": named(rows.country, shop.COUNTRIES),
        "device": named(rows.device, shop.DEVICES),
        "revenue": cents.cast(arrow.decimal128(19, 0)).view(arrow.decimal128(19, 2)),
    })


def _main(folder, rows, seed, maker):
    data = _made(Path(folder), int(rows), int(seed), maker)
    kept = {name: value for name, value in asdict(data).items() if name != "folder"}
    (data.folder / "about.json").write_text(json.dumps(kept, indent=1) + "\n")


if __name__ == "__main__":
    _main(*sys.argv[1:])
