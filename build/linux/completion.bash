# What the Tab key completes after `signoff`; see docs/command-line.md.
_signoff() {
  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} command='' i words
  for ((i = 1; i < COMP_CWORD; i++)); do
    case ${COMP_WORDS[i]} in
      -*) [[ ${COMP_WORDS[i]} == --user-data-dir ]] && ((i++)) ;;
      *) command=${COMP_WORDS[i]} && break ;;
    esac
  done
  case $before in
    --user-data-dir) compopt -o filenames; mapfile -t COMPREPLY < <(compgen -d -- "$word"); return ;;
    --check | --password-file) compopt -o filenames; mapfile -t COMPREPLY < <(compgen -f -- "$word"); return ;;
    --site | --user | --account | --kind | --reason | --timeout | --limit) return ;;
  esac
  case $command in
    '') words='status hold sign-in available unavailable sign-off results policy diagnostics login-item quit --hidden --version' ;;
    status) words='--json' ;;
    sign-in) words='--site --user --account --available --take-over --remember --password-file' ;;
    available) words='--kind' ;;
    unavailable) words='--reason' ;;
    sign-off) words='--force --timeout --json' ;;
    results) words='--limit --json' ;;
    policy) words='--json --check' ;;
    hold | diagnostics)
      words=''
      [[ $command == diagnostics ]] && words='--force'
      [[ $word != -* ]] && compopt -o filenames && mapfile -t COMPREPLY < <(compgen -f -- "$word") && return
      ;;
    login-item) words='on off' ;;
    *) words='' ;;
  esac
  mapfile -t COMPREPLY < <(compgen -W "$words --user-data-dir --help" -- "$word")
}
complete -F _signoff signoff
