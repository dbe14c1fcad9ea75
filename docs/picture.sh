#!/bin/sh
# Makes docs/run.svg from a real run of Stele: docs/picture.sh (needs git, and `script` of util-linux).
set -eu
here=$(cd -P "$(dirname "$0")" && pwd)
stele=$here/../stele
place=$(mktemp -d /tmp/stele-picture.XXXXXX)
trap 'rm -rf "$place"' EXIT

"$stele" --version >/dev/null
mkdir "$place/notes"
cd "$place/notes"
git init -q -b main
printf '# Notes\n' >README.md
git add README.md
git -c user.name=Ada -c user.email=ada@example.org commit -q -m "Notes"

cat >"$place/session" <<SESSION
say() { printf '\033[1m\$ %s\033[0m\n' "\$*"; }
say 'stele run "Write a note."'
"$stele" run "Write a note."
before=\$("$stele" --json checkpoints | sed -n 's/^{"id":"\([^"]*-before\)".*/\1/p')
echo
say 'stele diff'
"$stele" diff
echo
say "stele restore \$before"
"$stele" restore "\$before"
echo
say 'stele undo'
"$stele" undo
SESSION

# Whoever answers the question: it is asked some seconds after the start.
export STELE_HOME="$place/home" STELE_JAVA_OPTS=-Duser.name=ada
(sleep 10 && echo y && sleep 30) | script -qefc "sh '$place/session'" /dev/null >"$place/output" &
screen=$!
wait "$screen"

# One text element a line of the screen, one tspan a colour; escapes of a terminal become classes of the style.
LC_ALL=C.UTF-8 awk -v esc="$(printf '\033')" -v place="$place/" '
    function escaped(text) { gsub(/&/, "\\&amp;", text); gsub(/</, "\\&lt;", text); gsub(/>/, "\\&gt;", text); return text }
    function spans(line,    result, at, code, text, style) {
        style = "p"
        while (line != "") {
            at = index(line, esc "[")
            text = at ? substr(line, 1, at - 1) : line
            if (text != "") result = result "<tspan class=\"" style "\">" escaped(text) "</tspan>"
            if (!at) break
            line = substr(line, at + 2)
            code = substr(line, 1, index(line, "m") - 1)
            style = code == 0 ? "p" : "c" code
            line = substr(line, index(line, "m") + 1)
        }
        return result
    }
    # Few fonts of browsers have the corner that terminals show.
    { gsub(/\r/, ""); gsub(/⎿/, "└"); while (i = index($0, place)) $0 = substr($0, 1, i - 1) "~/" substr($0, i + length(place)) }
    { plain = $0; gsub(esc "\\[[0-9]*m", "", plain); if (length(plain) > widest) widest = length(plain) }
    { lines[NR] = spans($0) }
    END {
        width = int(widest * 8.45) + 40; height = NR * 20 + 44
        printf "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" role=\"img\">\n", width, height, width, height
        print "<title>A turn of the scripted agent: run, diff, restore, undo</title>"
        print "<style>text{font:14px ui-monospace,SFMono-Regular,Menlo,Consolas,\"DejaVu Sans Mono\",monospace;white-space:pre}"
        print ".p{fill:#e6edf3}.c1{fill:#fff;font-weight:bold}.c2{fill:#9198a1}.c31{fill:#ff7b72}.c32{fill:#7ee787}.c33{fill:#f2cc60}.c36{fill:#79c0ff}</style>"
        printf "<rect x=\"0.5\" y=\"0.5\" width=\"%d\" height=\"%d\" rx=\"10\" fill=\"#161b22\" stroke=\"#57606a\"/>\n", width - 1, height - 1
        for (n = 1; n <= NR; n++) if (lines[n] != "") printf "<text x=\"20\" y=\"%d\" xml:space=\"preserve\">%s</text>\n", n * 20 + 16, lines[n]
        print "</svg>"
    }' "$place/output" >"$here/run.svg"
