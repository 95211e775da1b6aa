# Sourced by the launchers of a checkout and of an installed program: which word is the command, how Java runs it, and the start itself.

# Sets $command to the command word, or to nothing. Options that every command takes may stand before it (cli: Syntax.EVERYWHERE).
find_command() {
  command=
  while [ $# -gt 0 ]; do
    case $1 in
    --home | --format) [ $# -gt 1 ] && shift ;;
    -*) ;;
    *) command=$1; return ;;
    esac
    shift
  done
}

# Sets $kind: how a command runs. Each command says it in cli (Launch), too, and a test compares; words that are no command, or not yet,
# answer like a question.
find_kind() {
  case $1 in
  import | migrate | pull | reindex | ship) kind=import ;;
  task | stats | export | alerts) kind=tasks ;;
  worker) kind=work ;;
  mcp | serve) kind=serve ;;
  statusline | hook) kind=hook ;;
  *) kind=answer ;;
  esac
}

# Those that somebody waits for who has not called us: they run what is built, whatever the sources are.
never_builds() {
  find_kind "$1"
  case $kind in serve | hook) return 0 ;; *) return 1 ;; esac
}

# server_cache CACHE: where the cache of servers lies, beside that of commands. It is larger, and made over all libraries.
server_cache() {
  printf '%s\n' "${1%.aot}-server.aot"
}

# Java needs a locale of UTF-8 for arguments and names of files, and many places have none: cron, systemd, containers, or a LANG that is
# not installed (then there is a complaint in what `locale` says).
use_utf8() {
  if [ "$(locale charmap 2>&1)" != UTF-8 ]; then
    export LC_ALL=C.UTF-8
  fi
}

# start APP JAVA LAUNCHER WORDS...: becomes the program that lies in the folder APP.
start() {
  app=$1 java=$2 launcher=$3
  shift 3
  find_command "$@"
  # A question should answer at once: the small compiler and collector, and a heap that begins small; so should a quickstart, which reads
  # some tens of megabytes in half of the processor's time so. An import may run longer: both compilers. A server must not stop for long: a small young generation, of which half is
  # for what a request still holds, or under load it all grows old and the heap with it. Commands that serve, or run tasks, get the libraries for
  # that behind the others, where the cache allows it.
  find_kind "$command"
  case $kind in
  import) set -- -Xmx512m -- "$@" ;;
  serve) set -- -XX:+ExitOnOutOfMemoryError -Xmx512m -Xmn24m -XX:SurvivorRatio=2 -- "$@" ;;
  work) set -- -XX:+ExitOnOutOfMemoryError -XX:TieredStopAtLevel=1 -Xmx96m -- "$@" ;;
  # The driver of SQLite asks for a calendar, and so for the languages of all countries, which nothing that is printed needs.
  *) set -- -XX:TieredStopAtLevel=1 -Djava.locale.providers=SPI -Xms24m -Xmx1g -- "$@" ;;
  esac
  case $kind in serve | work | tasks) libraries="$app/lib/*:$app/lib/server/*" ;; *) libraries="$app/lib/*" ;; esac
  cache=${FLIGHTLOG_AOT_CACHE:-$app/flightlog.aot}
  [ "$kind" = serve ] && [ -r "$(server_cache "$cache")" ] && cache=$(server_cache "$cache")
  [ -r "$cache" ] && set -- "-XX:AOTCache=$cache" -Xlog:aot=off -Xlog:cds=off '-Xlog:aot*=off' "$@"
  [ -t 2 ] && set -- -Dflightlog.terminal=true "$@"
  [ -t 1 ] && set -- "-Dflightlog.screen=$(stty size <&1 2>/dev/null)" "$@"
  # The driver of SQLite looks through its folder for temporary files at each start, and /tmp may hold very many.
  [ -d "$app/native" ] && set -- "-Dorg.sqlite.lib.path=$app/native" "-Dorg.sqlite.tmpdir=$app/native" "$@"
  # Reading .zst takes sun.misc.Unsafe, of which Java would warn on standard error.
  set -- -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow "-Dflightlog.launcher=$launcher" "$@"

  # The options of Java end at the first "--", where its class path and our words begin.
  count=$#
  ended=
  while [ "$count" -gt 0 ]; do
    word=$1
    shift
    count=$((count - 1))
    if [ -z "$ended" ] && [ "$word" = -- ]; then
      ended=yes
      set -- "$@" -cp "$libraries" dev.flightlog.cli.Main
    else
      set -- "$@" "$word"
    fi
  done
  [ $$ -eq 1 ] && as_process_one "$java" "$@"
  exec "$java" "$@"
}

# Process 1 of a container inherits what agents leave behind, and must wait for it; a Java program cannot. So this shell stays, hands on
# signals and waits for everybody.
as_process_one() {
  exec 8<&0
  "$@" <&8 8<&- &
  child=$!
  trap 'kill -TERM $child 2>/dev/null' TERM INT HUP QUIT
  while :; do
    wait $child
    status=$?
    kill -0 $child 2>/dev/null || exit $status
  done
}
