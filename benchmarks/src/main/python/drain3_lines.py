"""Runs Drain3 with its defaults over the lines of files.

  drain3_lines.py DRAIN3 groups FILE OUT      writes the number of each line's cluster to OUT
  drain3_lines.py DRAIN3 speed FILE           prints lines a second, one miner for all lines
"""

import logging
import sys
import time

drain3, what, path = sys.argv[1:4]
sys.path.insert(0, drain3)
from drain3 import TemplateMiner  # noqa: E402
from drain3.template_miner_config import TemplateMinerConfig  # noqa: E402

logging.disable(logging.CRITICAL)
with open(path, encoding="utf-8", errors="replace", newline="\n") as file:
    lines = file.read().split("\n")[:-1]
miner = TemplateMiner(config=TemplateMinerConfig())
start = time.perf_counter()
groups = [miner.add_log_message(line)["cluster_id"] for line in lines]
seconds = time.perf_counter() - start
if what == "groups":
    with open(sys.argv[4], "w", encoding="ascii") as out:
        out.writelines(f"{group}\n" for group in groups)
else:
    print("figure lines/s", len(lines) / seconds)
