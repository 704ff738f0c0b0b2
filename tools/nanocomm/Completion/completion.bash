# Completes nanocomm in bash. For now: source <(nanocomm completion bash). For good, see docs/install.md.
_nanocomm() {
    COMPREPLY=()
    local item
    while IFS= read -r item; do
        COMPREPLY+=("$item")
    done < <("${COMP_WORDS[0]}" completion bash "${COMP_LINE:0:COMP_POINT}" 2>/dev/null)
}
# Where nothing fits, a file may.
complete -o default -F _nanocomm nanocomm
