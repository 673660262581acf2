#!/usr/bin/env bash
# Installs the Debian packages that `make run` (argument: run), `make test` (test) or `make bench`
# (bench) needs and that are absent; names them first.
set -euo pipefail

for_run=(build-essential pkg-config ca-certificates
    libgdal-dev libproj-dev proj-bin proj-data libclang-dev libsqlite3-dev libpq-dev)
for_test=(postgresql-15 postgresql-15-postgis-3 chromium fonts-dejavu-core
    nginx-light varnish curl
    gdal-bin python3-gdal python3-owslib python3-pyproj python3-qgis python3-venv libgeos-dev)
for_bench=(wrk gdal-bin libgeos-dev)

wanted=("${for_run[@]}")
case "${1:-run}" in
run) ;;
test) wanted+=("${for_test[@]}") ;;
bench) wanted+=("${for_bench[@]}") ;;
*) echo "usage: packages.sh run|test|bench" >&2; exit 2 ;;
esac
# Any Node will do to begin with; scripts/node.sh replaces one that is too old.
command -v node >/dev/null && command -v npm >/dev/null || wanted+=(nodejs npm)

if ! command -v dpkg-query >/dev/null; then
    echo "This is not Debian. Install what these Debian packages hold, then try again with PACKAGES=present:"
    echo "  ${wanted[*]}"
    [ "${PACKAGES:-}" = present ] && exit 0
    exit 1
fi

absent=()
for package in "${wanted[@]}"; do
    status=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)
    [ "$status" = installed ] || absent+=("$package")
done
[ ${#absent[@]} -eq 0 ] && exit 0

echo "Debian packages that are needed and absent: ${absent[*]}"
by_hand="apt-get install --no-install-recommends ${absent[*]}"
if [ "$(id -u)" = 0 ]; then
    as_root=()
elif command -v sudo >/dev/null && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then
    as_root=(sudo)
else
    echo "They cannot be installed from here: you are not root and sudo is not at hand."
    echo "Have an administrator run this, then try again:"
    echo "  $by_hand"
    exit 1
fi
export DEBIAN_FRONTEND=noninteractive
"${as_root[@]}" apt-get update -q
if ! "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${absent[@]}"; then
    echo "apt-get did not succeed. Install these by hand, then try again:"
    echo "  $by_hand"
    exit 1
fi
