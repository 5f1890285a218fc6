"""What the Excel side needs beside this package, and how it is got: the package index carries these, not us."""

from __future__ import annotations

PARTS = "xlwings==0.37.* pyOpenVBA"
INSTALL_PARTS = f"请运行 py -m pip install {PARTS}。"
