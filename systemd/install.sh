#!/bin/bash
# Makes a kiosk of this machine: Debian's packages, the user, the programs, the face, settings, units.
#
#   systemd/install.sh               as root, on the kiosk; again after every update, it changes only what is older
#   systemd/install.sh --root DIR    lay the units and rules under DIR and do nothing else, as packagers do
#
# Nothing here starts before the village's own anchor and settings lie in /etc/sunboard.
set -euo pipefail

SOURCE=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
HOME_OF_PROGRAMS=/opt/sunboard
APP=$HOME_OF_PROGRAMS/app
LOCK=$SOURCE/systemd/requirements.lock
PYTHON=$HOME_OF_PROGRAMS/venv/bin/python
SERVICES=(kiosk-help.service kiosk-sync.service kiosk.service)

say() { printf 'install: %s\n' "$*"; }

lay_units() {
  local root=$1
  say "units and the stick's rule"
  install -D -m 644 -t "$root/etc/systemd/system" "$SOURCE"/systemd/*.service
  install -D -m 644 -t "$root/etc/udev/rules.d" "$SOURCE"/systemd/*.rules
  install -D -m 644 "$SOURCE/systemd/sunboard.sysusers" "$root/etc/sysusers.d/sunboard.conf"
}

pip_install() {
  "$PYTHON" -m pip install --disable-pip-version-check --root-user-action=ignore "$@"
}

install_programs() {
  say "programs to $APP"
  install -d -m 755 "$APP"
  rsync --archive --delete --chown=root:root --chmod=D755,F644 --exclude=__pycache__ --exclude=/assets/fonts \
    "$SOURCE"/{pyproject.toml,README.md,LICENSE,kiosk,sync,assets,docs,systemd} "$APP"

  if [[ ! -x $PYTHON ]]; then
    say "virtual environment"
    python3 -m venv "$HOME_OF_PROGRAMS/venv"
  fi
  say "Python packages, each checked against its hash"
  # What builds is checked as well: setuptools comes first, then nothing is fetched for a build.
  awk '/^[a-z]/ { on = /^setuptools==/ } on' "$LOCK" >"$HOME_OF_PROGRAMS/setuptools.lock"
  pip_install --quiet --no-deps --require-hashes --requirement "$HOME_OF_PROGRAMS/setuptools.lock"
  pip_install --use-pep517 --no-build-isolation --no-deps --require-hashes --requirement "$LOCK" |
    sed -u -n -E 's/^Collecting ([^ ]+).*/install:   \1/p'
  pip_install --quiet --no-deps --no-build-isolation --editable "$APP"
  "$PYTHON" -m pip check | sed 's/^/install:   /'
  link_lgpio
  say "the Simplified Chinese face"
  "$PYTHON" -m kiosk.ui.fonts "$APP/assets/fonts" >/dev/null
  # The programs may not write here, so what Python compiles must be there already.
  "$PYTHON" -m compileall -q "$APP/kiosk" "$APP/sync"
}

# Where no wheel of lgpio fits, the system's own is lent to the virtual environment, and nothing else of the system's.
link_lgpio() {
  local packages file
  "$PYTHON" -c 'import lgpio' 2>/dev/null && return
  packages=$("$PYTHON" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
  for file in /usr/lib/python3/dist-packages/{lgpio.py,_lgpio.*.so}; do
    [[ -e $file ]] && ln -sf "$file" "$packages/"
  done
  "$PYTHON" -c 'import lgpio' 2>/dev/null || say "no lgpio for this Python: the help button's pins need it"
}

lay_settings() {
  install -d -m 755 /etc/sunboard
  if [[ -e /etc/sunboard/kiosk.toml ]]; then
    say "settings in /etc/sunboard/kiosk.toml stay as they are"
  else
    say "settings to /etc/sunboard/kiosk.toml: write the village and its sources into it"
    # Addresses that call for help are secrets of a kind: for the programs only.
    install -m 640 -g sunboard "$SOURCE/systemd/kiosk.toml" /etc/sunboard/kiosk.toml
  fi
}

enable_services() {
  say "starting at boot: ${SERVICES[*]}"
  systemctl --quiet enable "${SERVICES[@]}"
  if [[ ! -d /run/systemd/system ]]; then
    say "systemd is not running here: they start at the next boot"
    return
  fi
  systemctl daemon-reload
  if systemctl --quiet is-active systemd-udevd; then
    udevadm control --reload
  fi
  if [[ -e /etc/sunboard/root.json ]]; then
    say "starting now"
    systemctl restart "${SERVICES[@]}"
  fi
}

main() {
  if [[ ${1:-} == --root ]]; then
    lay_units "${2:?--root needs a folder}"
    return
  fi
  if ((EUID != 0)); then
    say "become root first: sudo systemd/install.sh"
    exit 1
  fi

  "$SOURCE/systemd/packages.sh" kiosk
  lay_units ""
  say "user and groups"
  systemd-sysusers
  install_programs
  lay_settings
  enable_services
  if [[ ! -e /etc/sunboard/root.json ]]; then
    say "one thing is missing: copy the office's root.json to /etc/sunboard/, then start this again"
  fi
  say "done"
}

main "$@"
