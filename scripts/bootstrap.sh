#!/bin/sh
# Make a virtual environment with everything the program and its tests need.
# Usage: scripts/bootstrap.sh VENV_FOLDER
set -eu
venv=${1:-.venv}
root=$(id -u)

pick() {
  for name in python3.13 python3.12 python3.11 python3; do
    if command -v "$name" >/dev/null 2>&1 &&
       "$name" -c 'import sys; sys.exit(not ((3, 11) <= sys.version_info[:2] < (3, 14)))' 2>/dev/null; then
      command -v "$name"; return 0
    fi
  done
  return 1
}
python=$(pick) || { echo "需要 Python 3.11 或更新版本，请先安装 python3。" >&2; exit 1; }

apt() {
  if [ "$root" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"
  else
    echo "缺少系统组件，请先执行：sudo apt-get install -y --no-install-recommends $*" >&2
    exit 1
  fi
}

if [ ! -x "$venv/bin/python" ] || ! "$venv/bin/python" -m pip --version >/dev/null 2>&1; then
  rm -rf "$venv"
  "$python" -m venv "$venv" >/dev/null 2>&1 || { rm -rf "$venv"; apt python3-venv; "$python" -m venv "$venv"; }
fi
"$venv/bin/python" -m pip install -q --disable-pip-version-check -e '.[dev]'

if ! QT_QPA_PLATFORM=offscreen "$venv/bin/python" -c 'import PySide6.QtWidgets' 2>/dev/null; then
  apt libgl1 libegl1 libxkbcommon0 libglib2.0-0 libfontconfig1 libdbus-1-3 \
      libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libxcb-xkb1 libxkbcommon-x11-0
  QT_QPA_PLATFORM=offscreen "$venv/bin/python" -c 'import PySide6.QtWidgets'
fi
