# Sourced, behind lock.sh, by the launchers: ahead-of-time caches that are made in the background, at the lowest priority. A cache holds
# paths and times of files, so it is made where it is used. Whoever starts meanwhile runs without it.

# make_cache_later TRAIN JAVA APP CACHE [server]: begins to make it, unless it is there, is being made, or could not be made before.
# Says nothing and never waits.
make_cache_later() {
  train=$1 java=$2 app=$3 cache=$4 what=${5:-}
  [ ! -r "$cache" ] && [ ! -e "$cache.failed" ] && mkdir -p "$(dirname "$cache")" 2>/dev/null &&
    { command exec 7>>"$cache.lock"; } 2>/dev/null || return 0
  # An orphan of its own, which goes on when the terminal is closed, holds none of our streams, and keeps no build in use.
  if [ -n "$no_locks" ] || lock exclusive 7; then
    (
      trap '' HUP
      (
        sleep 4
        work=${TMPDIR:-/tmp}/flightlog-training.$(basename "$cache").$$
        [ -r "$cache" ] || nice -n 19 "$train" "$java" "$app" "$cache" "$work" $what || touch "$cache.failed" || :
        rm -rf "$work" "$cache.lock"
      ) </dev/null >/dev/null 2>&1 9>&- &
    )
  fi
  exec 7>&-
}
