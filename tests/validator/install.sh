#!/bin/sh
# The Open XML SDK validator for the tests, into the folder named (Node 18 or newer from apt where it is missing).
# Where something cannot be had it says what and fails: no test is skipped for want of a program.
set -eu
export LC_ALL=C DEBIAN_FRONTEND=noninteractive
here=$(dirname "$0")
target=$1
[ -x "$target/node_modules/.bin/ooxml-validator" ] && cmp -s "$here/package.json" "$target/package.json" && exit 0

fail() {
    echo "$1" >&2
    echo "The tests need Node 18 or newer with npm (on Debian, as root: apt-get install nodejs npm), and" >&2
    echo "the npm package named in tests/validator/package.json." >&2
    exit 1
}

has_node() {
    command -v npm >/dev/null 2>&1 &&
        node -e 'process.exit(Number(process.versions.node.split(".")[0]) < 18 ? 1 : 0)' 2>/dev/null
}

if ! has_node; then
    command -v apt-get >/dev/null 2>&1 || fail "Node is missing, and there is no apt here to install it with."
    if [ "$(id -u)" -eq 0 ]; then
        root=
    elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
        root="sudo -n"
    else
        fail "Node is missing. Not root, and no sudo without a password: it cannot be installed."
    fi
    echo "Installing Node for the Open XML SDK validator ..."
    log=$(mktemp)
    if ! { $root apt-get -o DPkg::Lock::Timeout=500 update &&
        $root apt-get -o DPkg::Lock::Timeout=500 install -y --no-install-recommends nodejs npm; } >"$log" 2>&1; then
        tail -n 20 "$log" >&2
        rm -f "$log"
        fail "apt-get could not install Node."
    fi
    rm -f "$log"
    has_node || fail "What apt installed is older than Node 18."
fi
echo "Installing the Open XML SDK validator into $target ..."
mkdir -p "$target"
cp "$here/package.json" "$target/"
npm install --prefix "$target" --no-package-lock --no-audit --no-fund --silent || fail "npm could not install it."
