#compdef nanocomm
# Completes nanocomm in zsh. For now: source <(nanocomm completion zsh). For good, see docs/install.md.
_nanocomm() {
    local -a items
    items=("${(@f)$(${words[1]} completion zsh "${(j: :)words[1,CURRENT-1]} $PREFIX" 2>/dev/null)}")
    # Where nothing fits, a file may.
    if [[ -n "$items[1]" ]]; then
        _describe nanocomm items
    else
        _files
    fi
}
if [[ "$funcstack[1]" = _nanocomm ]]; then
    _nanocomm "$@"
else
    compdef _nanocomm nanocomm
fi
