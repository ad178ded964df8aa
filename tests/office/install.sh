#!/bin/sh
# LibreOffice 25.2 or newer, its Python bridge, the PDF tools, a screen without a monitor: what the tests need
# beyond Python.
# Installs what is missing by apt (Debian 12 takes LibreOffice from its own backports). Where apt cannot be used it
# says what is missing and fails: no test is skipped for want of a program.
set -eu
export LC_ALL=C DEBIAN_FRONTEND=noninteractive
WANTED=25.2

missing() {
    version=$(soffice --version 2>/dev/null | sed -n 's/^LibreOffice \([0-9]*\.[0-9]*\).*/\1/p')
    if [ -z "$version" ]; then
        echo "LibreOffice Calc $WANTED or newer (soffice: none found)"
    elif [ "$(printf '%s\n' "$WANTED" "$version" | sort -V | head -n 1)" != "$WANTED" ]; then
        echo "LibreOffice Calc $WANTED or newer (soffice: $version found)"
    elif ! has_calc; then
        echo "LibreOffice Calc (soffice is there, the spreadsheet part is not)"
    fi
    /usr/bin/python3 -c 'import uno' 2>/dev/null || echo "python3-uno (/usr/bin/python3 cannot import uno)"
    for program in Xvfb xdotool openbox import; do
        command -v $program >/dev/null 2>&1 || echo "$program (a click on the toolbar: xvfb xdotool openbox imagemagick)"
    done
    command -v pdftoppm >/dev/null 2>&1 || echo "poppler-utils (pdftoppm: none found)"
    fc-list 2>/dev/null | grep -qi carlito || echo "fonts-crosextra-carlito (the widths of Calibri)"
}

has_calc() {
    program=$(dirname "$(readlink -f "$(command -v soffice)")")
    [ -e "$program/libsclo.so" ]
}

fail() {
    echo "$1 Missing:" >&2
    missing | sed 's/^/  - /' >&2
    echo "On Debian 12, as root: add bookworm-backports to the sources, apt-get update, then" >&2
    echo "  apt-get install -t bookworm-backports $PACKAGES" >&2
    exit 1
}

# Another apt may hold a lock: its installs wait by themselves, `update` and downloads do not.
apt_get() {
    tries=0
    while ! $ROOT apt-get -o DPkg::Lock::Timeout=500 "$@" >"$log" 2>&1; do
        tries=$((tries + 1))
        if [ "$tries" -gt 60 ] || ! grep -qi 'could not get lock\|unable to lock' "$log"; then
            tail -n 20 "$log" >&2
            return 1
        fi
        sleep 5
    done
}

# Name <codename>-backports wherever Debian's own <codename> main stands: both forms of source files.
add_backports() {
    for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.list; do
        [ -f "$file" ] || continue
        grep -q "^deb .*[[:space:]]$1-backports[[:space:]]" "$file" && continue
        line=$(grep -m 1 "^deb .*/debian/*[[:space:]]\{1,\}$1[[:space:]]\{1,\}main" "$file") || continue
        added=$(printf '%s' "$line" | sed "s/\([[:space:]]\)$1\([[:space:]]\)/\1$1-backports\2/")
        printf '%s\n' "$added" | $ROOT tee -a "$file" >/dev/null
    done
    for file in /etc/apt/sources.list.d/*.sources; do
        [ -f "$file" ] || continue
        changed=$(awk -v name="$1" '
            BEGIN { RS = ""; FS = "\n"; ORS = "\n\n" }
            /(^|\n)URIs:[^\n]*\/debian\/*([ \t\n]|$)/ && /(^|\n)Components:[ \t]*main/ {
                for (i = 1; i <= NF; i++)
                    if ($i ~ "^Suites:.*[ \t]" name "([ \t]|$)" && $i !~ "[ \t]" name "-backports([ \t]|$)")
                        sub($i, $i " " name "-backports")
            }
            { print }' "$file")
        printf '%s\n' "$changed" | $ROOT tee "$file" >/dev/null
    done
}

has_candidate() {
    apt-cache madison libreoffice-calc 2>/dev/null | awk '{print $3}' | sed 's/^[0-9]*://' |
        { cat; echo "$WANTED"; } | sort -V | tail -n 1 | grep -qv "^$WANTED\$"
}

PACKAGES="libreoffice-calc python3-uno poppler-utils fontconfig fonts-crosextra-carlito fonts-liberation
    xvfb xdotool openbox imagemagick"
[ -n "$(missing)" ] || exit 0

command -v apt-get >/dev/null 2>&1 || fail "There is no apt here to install with."
if [ "$(id -u)" -eq 0 ]; then
    ROOT=
elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
    ROOT="sudo -n"
else
    fail "Not root, and no sudo without a password: nothing can be installed."
fi
log=$(mktemp)
trap 'rm -f "$log"' EXIT

echo "Installing what the tests need:"
missing | sed 's/^/  - /'
codename=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")
apt_get update || fail "apt-get update failed."
target=
if ! has_candidate; then
    [ -n "$codename" ] || fail "This system names no Debian release."
    add_backports "$codename"
    apt_get update || fail "apt-get update failed."
    has_candidate || fail "Neither $codename nor $codename-backports offers LibreOffice $WANTED."
fi
# backports are never taken by themselves: say so, wherever they are known
if apt-cache policy | grep -q "a=[a-z]*-backports\|n=$codename-backports"; then target="-t $codename-backports"; fi
# shellcheck disable=SC2086
apt_get install -y --no-install-recommends $target $PACKAGES || fail "apt-get install failed."
[ -z "$(missing)" ] || fail "The installation ran, but not all is there."
