#!/bin/sh
# The icons under which a phone shows the field recorder, from the one drawing. Needs rsvg-convert (librsvg2-bin).
# A full square: phones cut the corners themselves, and the sign keeps clear of what they cut.
set -eu
cd "$(dirname "$0")/../apps/web/public"
square=$(mktemp --suffix=.svg)
trap 'rm -f "$square"' EXIT
{
  echo '<svg xmlns="http://www.w3.org/2000/svg" viewBox="-6 -6 44 44"><rect x="-6" y="-6" width="44" height="44" fill="#14343d"/>'
  sed 's/<svg[^>]*><rect[^>]*>//' favicon.svg
} >"$square"
for size in 192 512; do rsvg-convert -w "$size" -h "$size" -o "icon-$size.png" "$square"; done
