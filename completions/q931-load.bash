# bash completion of q931-load, made by q931-load --completion bash
_q931_load() {
	local cur=$2 prev=$3 command=${COMP_WORDS[1]} options
	COMPREPLY=()
	case $prev in
	--calls|-n) return ;;
	--duration) return ;;
	--hold) return ;;
	--answer-after) return ;;
	--drop) COMPREPLY=($(compgen -W " near far both random" -- "$cur")); return ;;
	--drop-while) COMPREPLY=($(compgen -W " offering alerting answered any" -- "$cur")); return ;;
	--reject-every) return ;;
	--conference) return ;;
	--cause) return ;;
	--number) return ;;
	--setup-uui) return ;;
	--uui) return ;;
	--uui-hex) return ;;
	--uui-random) return ;;
	--seed) return ;;
	--timeout) return ;;
	--progress) return ;;
	--rate|-r) return ;;
	--ramp) return ;;
	--concurrency|-c) return ;;
	--from) return ;;
	--color) COMPREPLY=($(compgen -W " auto always never" -- "$cur")); return ;;
	--completion) COMPREPLY=($(compgen -W " bash zsh" -- "$cur")); return ;;
	esac
	case $command in
	generate) options=" --calls --duration --hold --answer-after --drop --drop-while --reject-every --conference --cause --number --setup-uui --uui --uui-hex --uui-random --echo-uui --seed --timeout --progress --quiet --json --verbose --rate --ramp --concurrency --from --color --help --version" ;;
	sink) options=" --calls --duration --hold --answer-after --drop --drop-while --reject-every --conference --cause --number --setup-uui --uui --uui-hex --uui-random --echo-uui --seed --timeout --progress --quiet --json --verbose --color --help --version" ;;
	both) options=" --calls --duration --hold --answer-after --drop --drop-while --reject-every --conference --cause --number --setup-uui --uui --uui-hex --uui-random --echo-uui --seed --timeout --progress --quiet --json --verbose --rate --ramp --concurrency --from --color --help --version" ;;
	*) options=" --progress --quiet --json --verbose --color --help --version" ;;
	esac
	if [[ $cur == -* ]]; then
		COMPREPLY=($(compgen -W "$options" -- "$cur"))
	elif [[ $COMP_CWORD == 1 ]]; then
		COMPREPLY=($(compgen -W " generate sink both" -- "$cur"))
	fi
}
complete -F _q931_load q931-load
