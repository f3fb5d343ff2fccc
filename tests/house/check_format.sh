#!/bin/sh
# Every source is laid out as .clang-format says. $1: the clang-format to ask.
cd "$(dirname "$0")/../.." || exit 1
find app engine resources tests ui -name '*.cpp' -o -name '*.h' | xargs -P 2 -n 40 "$1" --dry-run -Werror && exit 0
echo "Lay these out with: clang-format -i FILE"
exit 1
