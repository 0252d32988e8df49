# bash completion of q931-drop, made by q931-drop --completion bash
_q931_drop() {
	local cur=$2 prev=$3 command=${COMP_WORDS[1]} options
	COMPREPLY=()
	case $prev in
	--uui) return ;;
	--uui-hex) return ;;
	--uui-base64) return ;;
	--uui-file) COMPREPLY=($(compgen -f -- "$cur")); return ;;
	--cause) return ;;
	--reason) COMPREPLY=($(compgen -W " normal noanswer rejected" -- "$cur")); return ;;
	--span) return ;;
	--older) return ;;
	--state) return ;;
	--socket|-s) COMPREPLY=($(compgen -f -- "$cur")); return ;;
	--drop-after) return ;;
	--timeout|-t) return ;;
	--pcap) COMPREPLY=($(compgen -f -- "$cur")); return ;;
	--from) return ;;
	--setup-uui) return ;;
	--answer-after) return ;;
	--accept-uui) return ;;
	--answer-uui) return ;;
	--count) return ;;
	--conference) return ;;
	--color) COMPREPLY=($(compgen -W " auto always never" -- "$cur")); return ;;
	--completion) COMPREPLY=($(compgen -W " bash zsh" -- "$cur")); return ;;
	esac
	case $command in
	list) options=" --span --older --state --socket --json --timeout --color --help --version" ;;
	show) options=" --socket --json --timeout --color --help --version" ;;
	watch) options=" --all --socket --json --timeout --color --help --version" ;;
	drop) options=" --uui --uui-hex --uui-base64 --uui-file --cause --reason --dry-run --yes --all --socket --json --timeout --color --help --version" ;;
	leave) options=" --uui --uui-hex --uui-base64 --uui-file --cause --reason --dry-run --yes --all --socket --json --timeout --color --help --version" ;;
	clear) options=" --uui --uui-hex --uui-base64 --uui-file --cause --reason --dry-run --yes --all --socket --json --timeout --color --help --version" ;;
	hold) options=" --all --socket --json --timeout --color --help --version" ;;
	retrieve) options=" --all --socket --json --timeout --color --help --version" ;;
	uui) options=" --uui --uui-hex --uui-base64 --uui-file --all --socket --json --timeout --color --help --version" ;;
	leaks) options=" --socket --json --timeout --color --help --version" ;;
	stats) options=" --socket --json --timeout --color --help --version" ;;
	spans) options=" --socket --json --timeout --color --help --version" ;;
	call) options=" --uui --uui-hex --uui-base64 --uui-file --cause --json --drop-after --timeout --pcap --ladder --verbose --from --setup-uui --color --help --version" ;;
	answer) options=" --uui --uui-hex --uui-base64 --uui-file --cause --json --drop-after --timeout --pcap --ladder --verbose --reject --accept-only --answer-after --accept-uui --answer-uui --count --conference --color --help --version" ;;
	conference) options=" --uui --uui-hex --uui-base64 --uui-file --cause --json --drop-after --timeout --pcap --ladder --verbose --from --setup-uui --color --help --version" ;;
	demo) options=" --socket --pcap --serve --leak --color --help --version" ;;
	*) options=" --color --help --version" ;;
	esac
	if [[ $cur == -* ]]; then
		COMPREPLY=($(compgen -W "$options" -- "$cur"))
	elif [[ $COMP_CWORD == 1 ]]; then
		COMPREPLY=($(compgen -W " list show watch drop leave clear hold retrieve uui leaks stats spans call answer conference demo" -- "$cur"))
	fi
}
complete -F _q931_drop q931-drop
