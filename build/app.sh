#!/bin/sh
# Builds the program from the sources as they are now into .builds/HASH (see build/builds.sh) and makes it the current build.
# It works on a copy, so that nobody sees a half of it, and sources may change meanwhile. Usage: build/app.sh JDK_HOME
set -eu
jdk=$1
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
builds=$root/.builds
. "$root/build/lock.sh"
. "$root/build/builds.sh"
. "$root/build/start.sh"
. "$root/build/cache.sh"
say() { echo "flightlog: $*" >&2; }
command -v mvn >/dev/null || { say "Apache Maven (mvn) is needed to build: install it and try again"; exit 1; }
[ -x "$jdk/bin/javac" ] || { say "$jdk is no JDK, it has no bin/javac: name one with FLIGHTLOG_JAVA_HOME"; exit 1; }
mkdir -p "$builds" 2>/dev/null && [ -w "$builds" ] || { say "cannot write to $builds: build as its owner first"; exit 1; }

exec 9>>"$builds/lock"
if ! lock exclusive 9; then
  say "another build is running, waiting for it"
  lock wait 9
fi
making=$builds/making.$$
trap 'rm -rf "$making" "$builds/checked.$$"' EXIT
trap 'exit 1' HUP INT TERM
rm -rf "$builds"/making.* # of builds that died
find "$builds" -type f \( -name 'checked.*' -o -name 'current.*' \) -mtime +1 -exec rm -f {} +
started=$(date +%s)
: >"$builds/checked.$$"
mkdir -p "$making/src/build"
(cd "$root" && cp pom.xml "$making/src/" && cp build/app.sh "$making/src/build/")
sed -n 's|.*<module>\(.*\)</module>.*|\1|p' "$root/pom.xml" | while read -r room; do
  mkdir -p "$making/src/$room/src"
  cp "$root/$room/pom.xml" "$making/src/$room/"
  case $room in architecture | benchmarks | examples/* | langchain4j | spring-boot-starter*) continue ;; esac
  [ -d "$root/$room/src/main" ] || continue # a room of tests only
  cp -R "$root/$room/src/main" "$making/src/$room/src/"
done
hash=$(sources_hash "$making/src")
app=$builds/$hash
if [ -e "$app/ready" ]; then # the build that was waited for
  switch_to "$root" "$hash"
  exit 0
fi

say "building (once, and again when the sources change) ..."
log=$builds/build.log
( # without the lock: what outlives a builder that was killed must not keep it
  exec 9>&-
  {
    JAVA_HOME=$jdk mvn -B -T 2 -f "$making/src/pom.xml" -P product -Dflightlog.program -pl cli -am package -DskipTests -Dspotless.check.skip=true 2>&1 ||
      touch "$making/failed"
  } | tee "$log" | while IFS= read -r line; do # (awk would keep lines back)
    case $line in
    *' Downloaded from '*)
      fetched=$((${fetched:-0} + 1))
      [ $((fetched % 25)) -ne 0 ] || say "$fetched files of libraries and plugins fetched"
      ;;
    '[INFO] Building '*\[*/*])
      name=${line#'[INFO] Building '} step=${line##*\[}
      step=${step%]}
      say "step ${step%/*} of ${step#*/}: ${name%% [0-9]*}"
      ;;
    esac
  done
)
if [ -e "$making/failed" ]; then
  grep -E 'ERROR|error:' "$log" | head -n 20 >&2
  say "the build failed; all of it is in $log"
  exit 1
fi
mkdir "$making/app"
mv "$making/src/cli/target/app/lib" "$making/app/lib"
printf '%s\n' "$jdk" >"$making/app/jdk"
: >"$making/app/in-use"
"$root/build/native.sh" "$jdk" "$making/app"
rm -rf "$app" # of a build that died before it was ready
mv "$making/app" "$app"

say "preparing quick starts ..."
"$root/build/train.sh" "$jdk/bin/java" "$app" "$app/flightlog.aot" "$making/train" 9>&- || true
: >"$app/ready"
switch_to "$root" "$hash"
make_cache_later "$root/build/train.sh" "$jdk/bin/java" "$app" "$(server_cache "$app/flightlog.aot")" server
say "built in $(($(date +%s) - started)) s"

# Those that nothing runs from any more are no longer needed.
for old in "$builds"/????????????????; do
  [ -d "$old" ] && [ "$old" != "$app" ] || continue
  if [ -e "$old/in-use" ]; then
    exec 7<"$old/in-use"
    lock exclusive 7 || continue
  fi
  mv "$old" "$making/" && rm -rf "$making/${old##*/}"
done
