#!/usr/bin/env bash
# The tasks of whoever develops Pathfinder: ./do test | bench | format | ci
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

build() { dotnet build Pathfinder.slnx -c Release -nologo -v quiet -clp:NoSummary; }

# Runs every test project and ends with the line "N passed, N failed".
test() {
  local results=artifacts/tests status=0
  rm -rf "$results"; mkdir -p "$results"
  build
  dotnet test --solution Pathfinder.slnx -c Release --no-build --no-progress --no-ansi \
    --results-directory "$PWD/$results" --report-xunit-trx "$@" || status=$?
  tests/count-results "$results" "$status"
}

usage() {
  cat <<'TEXT'
./do test     build, then run all tests (SQLite; PostgreSQL and browser too where they are set up, see CONTRIBUTING.md)
./do bench    measure speed and write bench/results
./do format   apply the code style
./do ci       what continuous integration runs: install what is missing, then ./do test
TEXT
}

case "${1:-}" in
  test) shift; test "$@" ;;
  bench) shift; build && dotnet run --project bench/Bench.csproj -c Release --no-build -- "$@" ;;
  format) dotnet format Pathfinder.slnx ;;
  ci) exec bash .ci/run ;;
  *) usage; [ "${1:-help}" = help ] || exit 2 ;;
esac
