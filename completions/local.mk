# Completion of the programs in shells; included by Makefile.am. "make completions" writes them anew.
bashcompdir = $(datadir)/bash-completion/completions
dist_bashcomp_DATA = completions/q931-drop.bash completions/q931-dump.bash completions/q931-load.bash
zshcompdir = $(datadir)/zsh/site-functions
dist_zshcomp_DATA = completions/_q931-drop completions/_q931-dump completions/_q931-load
TOOL_TESTS += tests/test_completion.sh
EXTRA_DIST += tests/test_completion.sh

completions: $(bin_PROGRAMS)
	@for f in $(dist_bashcomp_DATA); do p=$${f##*/}; utils/$${p%.bash} --completion bash >$(srcdir)/$$f; done
	@for f in $(dist_zshcomp_DATA); do p=$${f##*/_}; utils/$$p --completion zsh >$(srcdir)/$$f; done
.PHONY: completions
