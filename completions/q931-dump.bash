# bash completion of q931-dump, made by q931-dump --completion bash
_q931_dump() {
	local cur=$2 prev=$3 command=${COMP_WORDS[1]} options
	COMPREPLY=()
	case $prev in
	--socket|-s) COMPREPLY=($(compgen -f -- "$cur")); return ;;
	--input|-i) COMPREPLY=($(compgen -W " auto hex pcap pri" -- "$cur")); return ;;
	--side) COMPREPLY=($(compgen -W " unknown user network" -- "$cur")); return ;;
	--variant) COMPREPLY=($(compgen -W " etsi q931 qsig ni2 dms100 4ess 5ess" -- "$cur")); return ;;
	--format|-f) COMPREPLY=($(compgen -W " text json ladder svg" -- "$cur")); return ;;
	--times) COMPREPLY=($(compgen -W " relative absolute delta" -- "$cur")); return ;;
	--title) return ;;
	--number) return ;;
	--cause) return ;;
	--call) return ;;
	--message) return ;;
	--channel) return ;;
	--uui) return ;;
	--span) return ;;
	--uui-limit) COMPREPLY=($(compgen -W " 32 128" -- "$cur")); return ;;
	--write|-w) COMPREPLY=($(compgen -f -- "$cur")); return ;;
	--color) COMPREPLY=($(compgen -W " auto always never" -- "$cur")); return ;;
	--completion) COMPREPLY=($(compgen -W " bash zsh" -- "$cur")); return ;;
	esac
	case $command in
	*) options=" --live --socket --input --bare --side --variant --format --json --layer2 --times --title --number --cause --call --message --channel --uui --span --only-messages --uui-limit --write --stats --strict --color --help --version" ;;
	esac
	if [[ $cur == -* ]]; then
		COMPREPLY=($(compgen -W "$options" -- "$cur"))
	else
		COMPREPLY=($(compgen -f -- "$cur"))
	fi
}
complete -F _q931_dump q931-dump
