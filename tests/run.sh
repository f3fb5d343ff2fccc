#!/usr/bin/env bash
# Sets up, builds and runs the tests.
#   tests/run.sh             the quick set, the engine's under a German locale
#   tests/run.sh --all       the slow ones too, the engine's under both
#   tests/run.sh --asan      with AddressSanitizer and UndefinedBehaviorSanitizer
#   tests/run.sh --tsan      with ThreadSanitizer (the engine; not the window)
#   tests/run.sh --debug     the engine's, without optimisation and with the standard library's own checks
# Anything else goes to ctest: tests/run.sh -R circuit
set -uo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." || exit 1
. app/setup.sh

preset=dev
all=no
left_out='slow|bench|fuzz|mutants'
more=()
targets=()
for argument in "$@"; do
  case $argument in
    --all)
      all=yes
      left_out='bench'
      ;;
    --asan | --tsan) preset=${argument#--} ;;
    --debug)
      preset=debug
      targets=(engine_tests)
      more+=(-L '^engine$')
      ;;
    *) more+=("$argument") ;;
  esac
done

# A German locale of our own, for numbers must not follow the user's commas. It needs no root.
german_locale() {
  local folder=$PWD/.build/locale
  if [ ! -d "$folder/de_DE.UTF-8" ]; then
    mkdir -p "$folder"
    localedef -i de_DE -f UTF-8 "$folder/de_DE.UTF-8" >/dev/null 2>&1 || return 1
  fi
  say "$folder"
}

ensure_home
ensure_packages .build/tests.packages "${app_packages[@]}" libbenchmark-dev mold clang-format locales python3
build_preset "$preset" ${targets[@]+"${targets[@]}"}
export ASAN_OPTIONS=${ASAN_OPTIONS:-detect_leaks=1:detect_stack_use_after_return=1}
export UBSAN_OPTIONS=${UBSAN_OPTIONS:-print_stacktrace=1}
run=(ctest --test-dir ".build/$preset" --output-on-failure -j "$(nproc)" ${more[@]+"${more[@]}"})
status=0
with_a_point() { env LC_ALL=C.UTF-8 DUET_DECIMAL_POINT=. "${run[@]}" -LE "^($1)$" || status=1; }
if [ "$preset" = dev ] && folder=$(german_locale); then
  say "The engine's tests, where numbers are written with a comma (de_DE.UTF-8):"
  env LOCPATH="$folder" LC_ALL=de_DE.UTF-8 DUET_DECIMAL_POINT=, "${run[@]}" -L '^engine$' -LE "^($left_out)$" || status=1
  if [ "$all" = no ]; then
    say "All others:"
    with_a_point "$left_out|engine"
    exit $status
  fi
elif [ "$preset" = dev ]; then
  say "No German locale could be made (package locales): the tests run under the present one only."
fi
say "All tests:"
with_a_point "$left_out"
exit $status
