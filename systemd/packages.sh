#!/bin/bash
# Installs the Debian packages that Sunboard needs, and only those that are missing.
#
#   systemd/packages.sh kiosk          what the programs on a kiosk need
#   systemd/packages.sh kiosk test     and what the tests and the demo without a display need
#
# For Debian 12 and 13 and Raspberry Pi OS 64-bit. Python's packages are not its business: see the Makefile.
set -euo pipefail

KIOSK=(
  python3 python3-venv systemd udev
  libgl1 libegl1 libgles2 libgl1-mesa-dri libmtdev1
  libespeak-ng1 espeak-ng-data alsa-utils
  fonts-noto-cjk ca-certificates rsync
)
TEST=(xvfb xauth xdotool sox espeak-ng mtools dosfstools git)

say() { printf 'packages: %s\n' "$*"; }

as_root() {
  if ((EUID == 0)); then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    say "root is needed for: $*"
    say "become root, or install sudo, and start again"
    exit 1
  fi
}

# Debian 13 renamed libraries with a 64-bit time_t: libmtdev1 is libmtdev1t64 there.
installed() {
  local name state
  for name in "$1" "$1t64"; do
    state=$(dpkg-query -W -f '${db:Status-Status}' "$name" 2>/dev/null) || continue
    [[ $state == installed ]] && return 0
  done
  return 1
}

# No wheel of lgpio fits Debian 13's Python: Raspberry Pi OS brings its own package, Debian has none.
add_lgpio() {
  # shellcheck source=/dev/null
  if [[ $(. /etc/os-release && echo "$VERSION_ID") == 13 ]] && apt-cache show python3-lgpio &>/dev/null; then
    KIOSK+=(python3-lgpio)
  fi
}

main() {
  local group name wanted=() missing=()

  if ! command -v apt-get >/dev/null; then
    say "this is not Debian; please see yourself that these are here: ${KIOSK[*]} ${TEST[*]}"
    return
  fi
  add_lgpio
  for group in "$@"; do
    case $group in
      kiosk) wanted+=("${KIOSK[@]}") ;;
      test) wanted+=("${TEST[@]}") ;;
      *) say "there is no group '$group', only: kiosk test" && return 2 ;;
    esac
  done

  for name in "${wanted[@]}"; do
    installed "$name" || missing+=("$name")
  done
  if ((${#missing[@]} == 0)); then
    say "all ${#wanted[@]} are there"
    return
  fi

  say "missing: ${missing[*]}"
  say "fetching Debian's list of packages"
  as_root apt-get update || say "some lists could not be fetched; going on with the others"
  say "installing ${#missing[@]} packages and what they need"
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends "${missing[@]}"
  say "done"
}

main "$@"
