# Completes nanocomm in fish. For now: nanocomm completion fish | source. For good, see docs/install.md.
function __nanocomm_complete
    set -l items (nanocomm completion fish (commandline -cp | string collect) 2>/dev/null)
    # Where nothing fits, a file may.
    if test (count $items) -gt 0
        printf '%s\n' $items
    else
        __fish_complete_path (commandline -ct)
    end
end
complete -c nanocomm -f -a '(__nanocomm_complete)'
