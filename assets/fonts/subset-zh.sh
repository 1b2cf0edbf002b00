#!/bin/sh
# The subset of Noto Sans CJK SC that the Chinese messages use. Needs fonts-noto-cjk of
# Debian (1:20220127+repack1-1) and fonttools 4.68.0; run it here after changing zh.ftl.
set -eu
python3 - > NotoSansSC-glyphs.txt <<'P'
from pathlib import Path
words = Path("../../src/words")
text = "".join(file.read_text(encoding="utf-8") for file in sorted(words.rglob("zh.ftl")))
print("".join(sorted({c for c in text if ord(c) > 0x2E7F})))
P
pyftsubset /usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc --font-number=2 \
  --text-file=NotoSansSC-glyphs.txt --output-file=NotoSansSC.otf \
  --layout-features='' --no-hinting --notdef-outline --desubroutinize \
  --name-IDs='*' --drop-tables+=DSIG,GSUB,GPOS,BASE,VORG,vhea,vmtx
