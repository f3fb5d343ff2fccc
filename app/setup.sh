# Functions of app/run.sh and tests/run.sh: packages, configuring, building. Sourced by bash, from the
# project's folder.

# Debian's names of what Duet is built from and runs on.
app_packages=(
  g++ cmake ninja-build ccache ca-certificates
  qt6-base-dev qt6-svg-dev libqt6svg6 qt6-charts-dev libqt6opengl6-dev qt6-qpa-plugins fonts-inter
  libtbb-dev libeigen3-dev nlohmann-json3-dev libcli11-dev zlib1g-dev librandom123-dev
  libcurl4-openssl-dev libssl-dev libarchive-dev
)

say() { printf '%s\n' "$*"; }

# Compiler caches and run folders need a home, also where none is set.
ensure_home() {
  if [ -z "${HOME:-}" ]; then
    HOME=$(getent passwd "$(id -u)" | cut -d: -f6)
    export HOME="${HOME:-/tmp}"
  fi
}

missing_packages() {
  local package
  for package in "$@"; do
    case "$(dpkg-query -W -f='${Status}' "$package" 2>/dev/null)" in
      *" installed") ;;
      *) say "$package" ;;
    esac
  done
}

as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif [ -t 0 ]; then
    sudo "$@"
  else
    sudo -n "$@" # nobody is there to type a password
  fi
}

# ensure_packages STAMP PACKAGE...: installs what is missing and says what. Where that is not possible it
# prints the names and goes on: CMake knows best whether something is really missing. STAMP remembers
# that all was there, so that the next start need not ask.
ensure_packages() {
  local stamp=$1 missing
  shift
  if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$*" ]; then
    return
  fi
  if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    say "This is no Debian system, so nothing is installed. Duet needs what Debian calls:"
    say "  $*"
    return
  fi
  missing=$(missing_packages "$@" | tr '\n' ' ')
  if [ -n "$missing" ]; then
    say "Installing $missing"
    if ! install_packages $missing; then
      say "Could not install them. Going on without; to install them yourself:"
      say "  sudo apt-get install $missing"
      return
    fi
  fi
  mkdir -p "$(dirname "$stamp")"
  say "$*" >"$stamp"
}

install_packages() {
  if [ "$(id -u)" != 0 ] && ! command -v sudo >/dev/null; then
    say "This needs root, and there is no sudo."
    return 1
  fi
  as_root apt-get -q update || say "The package lists could not be brought up to date; trying with those that are here."
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -q install -y --no-install-recommends "$@"
}

# build_preset PRESET [TARGET...]: configures when that was not done yet (ninja does it again when the
# build files change) and builds.
build_preset() {
  local preset=$1 folder=.build/$1 tool
  shift
  for tool in cmake ninja; do
    if ! command -v "$tool" >/dev/null; then
      say "Cannot build: $tool is not installed." >&2
      exit 1
    fi
  done
  if [ ! -f "$folder/build.ninja" ]; then
    cmake --preset "$preset" || exit 1
  fi
  NINJA_STATUS='[%f/%t, %es] ' cmake --build "$folder" ${1:+--target "$@"} || exit 1
}
