# Makes a package: evaluates its `buildCommand`, or the phases one after another. A phase is the variable of its name, or
# what is here under that name; `preBuild`, `postBuild` and their like run around it.
set -eo pipefail
if [ -n "${NIX_ATTRS_SH_FILE-}" ]; then
  . "$NIX_ATTRS_SH_FILE"
  for output in "${!outputs[@]}"; do export "$output=${outputs[$output]}"; done
fi

# A list is an array when the attributes are structured, words otherwise.
words() {
  local -n words=$1
  if [[ "$(declare -p "$1" 2>/dev/null)" == "declare -a"* ]]; then printf '%s\n' "${words[@]}"; else printf '%s\n' ${words-}; fi
}

PATH=
for list in nativeBuildInputs buildInputs initialPath; do
  while read -r package; do
    [ -z "$package" ] || PATH+=${PATH:+:}$package/bin
  done < <(words "$list")
done
export PATH

runHook() {
  local command=${!1-}
  if [ -n "$command" ]; then
    eval "$command"
  elif declare -F "$1" >/dev/null; then
    "$1"
  fi
}

unpackPhase() {
  local source=${src-}
  [ -n "$source" ] || return 0
  if [ -d "$source" ]; then
    cp -r "$source" source
    chmod -R u+w source
    cd source
  elif [[ "$source" == *.tar* || "$source" == *.tgz ]]; then
    mkdir source
    tar -xf "$source" -C source --strip-components=1
    cd source
  fi
  cd "${sourceRoot-.}"
}

configurePhase() {
  [ ! -x ./configure ] || ./configure --prefix="$out" $(words configureFlags)
}

buildPhase() {
  [ ! -e Makefile ] || make $(words makeFlags)
}

installPhase() {
  [ ! -e Makefile ] || make install prefix="$out" $(words makeFlags)
}

if [ -n "${buildCommandPath-}" ]; then
  . "$buildCommandPath"
elif [ -n "${buildCommand-}" ]; then
  eval "$buildCommand"
else
  for phase in unpackPhase patchPhase configurePhase buildPhase checkPhase installPhase installCheckPhase fixupPhase; do
    case $phase in
      checkPhase) [ -n "${doCheck-}" ] || continue ;;
      installCheckPhase) [ -n "${doInstallCheck-}" ] || continue ;;
    esac
    name=${phase%Phase}
    runHook "pre${name^}"
    [ -n "$(eval "echo \"\${dont${name^}-}\"")" ] || runHook "$phase"
    runHook "post${name^}"
  done
fi
