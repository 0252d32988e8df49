# bash completion of q931-load, made by q931-load --completion bash
_q931_load() {
	local cur=$2 prev=$3 command=${COMP_WORDS[1]} options
	COMPREPLY=()
	case $prev in
	--rate|-r) return ;;
	--concurrency|-c) return ;;
	--hold) return ;;
	--calls|-n) return ;;
	--duration) return ;;
	--number) return ;;
	--answer-after) return ;;
	--drop) COMPREPLY=($(compgen -W " near far both random" -- "$cur")); return ;;
	--drop-while) COMPREPLY=($(compgen -W " offering alerting answered any" -- "$cur")); return ;;
	--reject-every) return ;;
	--conference) return ;;
	--cause) return ;;
	--uui) return ;;
	--uui-random) return ;;
	--setup-uui) return ;;
	--from) return ;;
	--timeout) return ;;
	--uui-hex) return ;;
	--seed) return ;;
	--ramp) return ;;
	--progress) return ;;
	--color) COMPREPLY=($(compgen -W " auto always never" -- "$cur")); return ;;
	--completion) COMPREPLY=($(compgen -W " bash zsh" -- "$cur")); return ;;
	esac
	case $command in
	generate) options=" --rate --concurrency --hold --calls --duration --number --answer-after --drop --drop-while --reject-every --conference --cause --uui --uui-random --echo-uui --setup-uui --json --from --timeout --uui-hex --seed --ramp --progress --quiet --verbose --color --help --version" ;;
	sink) options=" --hold --calls --duration --number --answer-after --drop --drop-while --reject-every --conference --cause --uui --uui-random --echo-uui --setup-uui --json --timeout --uui-hex --seed --progress --quiet --verbose --color --help --version" ;;
	both) options=" --rate --concurrency --hold --calls --duration --number --answer-after --drop --drop-while --reject-every --conference --cause --uui --uui-random --echo-uui --setup-uui --json --from --timeout --uui-hex --seed --ramp --progress --quiet --verbose --color --help --version" ;;
	*) options=" --json --progress --quiet --verbose --color --help --version" ;;
	esac
	if [[ $cur == -* ]]; then
		COMPREPLY=($(compgen -W "$options" -- "$cur"))
	elif [[ $COMP_CWORD == 1 ]]; then
		COMPREPLY=($(compgen -W " generate sink both" -- "$cur"))
	fi
}
complete -F _q931_load q931-load
