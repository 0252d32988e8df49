#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# The completions that are installed are those that the programs print; bash and zsh take them; and
# bash completes a command, an option, a word and a file.
set -u
src=${top_srcdir:-.} build=${top_builddir:-.} n=0 failed=0
out=$(mktemp) || exit 1
trap 'rm -f "$out"' EXIT
verdict() {
	n=$((n + 1))
	if [ "$2" ]; then echo "ok $n - $1"; return; fi
	echo "not ok $n - $1"
	head -n 20 "$out" | sed 's/^/# /'
	failed=1
}
for f in "$src"/completions/*.bash; do
	p=$(basename "$f" .bash)
	"$build/utils/$p" --completion bash | diff "$f" - >"$out" 2>&1
	verdict "completions/$p.bash is what $p prints (else: make completions)" "$([ $? = 0 ] && echo yes)"
	"$build/utils/$p" --completion zsh | diff "$src/completions/_$p" - >"$out" 2>&1
	verdict "completions/_$p too" "$([ $? = 0 ] && echo yes)"
	if command -v zsh >/dev/null; then
		zsh -n "$src/completions/_$p" >"$out" 2>&1
		verdict "zsh takes it" "$([ $? = 0 ] && echo yes)"
	fi
done
for p in "$src"/utils/q931-*.c; do
	p=$(basename "$p" .c)
	verdict "there is a completion of $p" "$([ -e "$src/completions/$p.bash" ] && echo yes)"
done
if command -v bash >/dev/null; then
	for f in "$src"/completions/*.bash; do
		bash -n "$f" >"$out" 2>&1
		verdict "bash takes $(basename "$f")" "$([ $? = 0 ] && echo yes)"
	done
	# complete WORDS...: what bash would offer for the last of them.
	complete() {
		bash -c '. "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
			_q931_drop "$1" "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
			printf "%s " "${COMPREPLY[@]}"' - "$src/completions/q931-drop.bash" "$@" >"$out" 2>&1
		cat "$out"
	}
	verdict "a command" "$([ "$(complete q931-drop dr)" = 'drop ' ] && echo yes)"
	verdict "an option of it" "$([ "$(complete q931-drop drop --dr)" = '--dry-run ' ] && echo yes)"
	verdict "none of another" "$([ "$(complete q931-drop list --dr)" = ' ' ] && echo yes)"
	verdict "a word of an option" "$([ "$(complete q931-drop drop --reason no)" = 'normal noanswer ' ] && echo yes)"
	verdict "a file" "$([ "$(complete q931-drop drop --uui-file "$src/completions/q931-drop.b")" = \
		"$src/completions/q931-drop.bash " ] && echo yes)"
fi
echo "1..$n"
exit $failed
