# bash completion of q931-dump, made by q931-dump --completion bash
_q931_dump() {
	local cur=$2 prev=$3 command=${COMP_WORDS[1]} options
	COMPREPLY=()
	case $prev in
	--socket|-s) COMPREPLY=($(compgen -f -- "$cur")); return ;;
	--span) return ;;
	--format|-f) COMPREPLY=($(compgen -W " text json ladder svg" -- "$cur")); return ;;
	--number) return ;;
	--call) return ;;
	--cause) return ;;
	--message) return ;;
	--channel) return ;;
	--uui) return ;;
	--write|-w) COMPREPLY=($(compgen -f -- "$cur")); return ;;
	--input|-i) COMPREPLY=($(compgen -W " auto hex pcap pri" -- "$cur")); return ;;
	--times) COMPREPLY=($(compgen -W " relative absolute delta" -- "$cur")); return ;;
	--side) COMPREPLY=($(compgen -W " unknown user network" -- "$cur")); return ;;
	--variant) COMPREPLY=($(compgen -W " etsi q931 qsig ni2 dms100 4ess 5ess" -- "$cur")); return ;;
	--title) return ;;
	--uui-limit) COMPREPLY=($(compgen -W " 32 128" -- "$cur")); return ;;
	--color) COMPREPLY=($(compgen -W " auto always never" -- "$cur")); return ;;
	--completion) COMPREPLY=($(compgen -W " bash zsh" -- "$cur")); return ;;
	esac
	case $command in
	*) options=" --live --socket --span --format --json --layer2 --number --call --cause --message --channel --uui --write --stats --input --times --strict --bare --side --variant --title --only-messages --uui-limit --color --help --version" ;;
	esac
	if [[ $cur == -* ]]; then
		COMPREPLY=($(compgen -W "$options" -- "$cur"))
	else
		COMPREPLY=($(compgen -f -- "$cur"))
	fi
}
complete -F _q931_dump q931-dump
