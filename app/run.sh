#!/usr/bin/env bash
# Sets up, builds and starts Duet: the window, already training, or without a display the command line.
#   app/run.sh [ARGUMENTS OF duet]    build what changed and start
#   app/run.sh --build                set up and build only; the last line is the folder of duet and duet-cli
set -uo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." || exit 1
. app/setup.sh

programs=$PWD/.build/release/bin

# Trains the three architectures and prints what they reach. Ctrl-C stops it and leaves a checkpoint.
headless() {
  local runs kind preset accuracy table=""
  runs=${XDG_DATA_HOME:-$HOME/.local/share}/duet/runs/first-look-$(date +%Y%m%d-%H%M%S)
  mkdir -p "$runs" || exit 4
  say "There is no display (DISPLAY and WAYLAND_DISPLAY are not set): training on the command line."
  while read -r kind preset; do
    say "Training the $kind architecture (preset $preset)"
    "$programs/duet-cli" train "$preset" --out "$runs/$kind" --json >/dev/null </dev/null || exit $?
    accuracy=$(sed -n 's/.*"test_accuracy": *\([0-9.e+-]*\).*/\1/p' "$runs/$kind/summary.json")
    table+=$(printf '%-12s  %-13s  %s' "$kind" "$accuracy" "$runs/$kind")$'\n'
  done <<'KINDS'
parallel ppf
spiking spiking-only
serial serial
KINDS
  say ""
  printf '%-12s  %-13s  %s\n' architecture "test accuracy" "run folder"
  printf '%s' "$table"
  say "One run each, seed 1: a difference below about 0.01 says nothing."
  say "For the window, start app/run.sh on a desktop, or through: ssh -X HOST $PWD/app/run.sh"
}

ensure_home
ensure_packages .build/release.packages "${app_packages[@]}"
build_preset release
if [ "${1:-}" = --build ]; then
  say "$programs"
elif [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] && [ -x "$programs/duet" ]; then
  [ $# -gt 0 ] || set -- --epochs 100 # long enough to watch
  exec "$programs/duet" --train "$@"
else
  [ -x "$programs/duet" ] || say "Qt 6 was not found, so there is no window."
  headless
fi
