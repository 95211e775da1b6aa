#!/bin/sh
# Builds the command line into cli/target/app: lib/ (jars), native/ (SQLite's library, unpacked once), flightlog.aot (the
# ahead-of-time cache of a training run), jdk (where Java is), ready (when it was built). Usage: build/app.sh JDK_HOME
set -eu
jdk=$1
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
app=$root/cli/target/app
command -v mvn >/dev/null || { echo "flightlog: Apache Maven (mvn) is needed to build: install it and try again" >&2; exit 1; }
mkdir -p "$root/cli/target" 2>/dev/null || { echo "flightlog: cannot write to $root/cli: build as its owner first" >&2; exit 1; }

lock=$root/cli/target/.building
tries=0
until mkdir "$lock" 2>/dev/null; do
  tries=$((tries + 1))
  [ $tries -eq 1 ] && echo "flightlog: another build is running, waiting for it" >&2
  [ $tries -gt 600 ] && { echo "flightlog: $lock is still there after 10 minutes: remove it and try again" >&2; exit 1; }
  sleep 1
done
trap 'rmdir "$lock" 2>/dev/null || true' EXIT INT TERM
# What the other build has made must not be taken away from under who runs it.
[ $tries -gt 0 ] && [ -e "$app/ready" ] && exit 0
rm -rf "$app" && mkdir -p "$app"
started=$(date +%s)

echo "flightlog: building (once, and again when the sources change) ..." >&2
log=$root/cli/target/build.log
if ! JAVA_HOME=$jdk mvn -q -B -f "$root/pom.xml" -pl cli -am package -Dmaven.test.skip=true -Dspotless.check.skip=true >"$log" 2>&1; then
  grep -E 'ERROR|error:' "$log" | head -n 20 >&2
  echo "flightlog: the build failed; all of it is in $log" >&2
  exit 1
fi
printf '%s\n' "$jdk" >"$app/jdk"

rm -rf "$app/native" "$app/flightlog.aot"
case $(uname -s)/$(uname -m) in
Linux/x86_64) native=Linux/x86_64/libsqlitejdbc.so ;;
Linux/aarch64) native=Linux/aarch64/libsqlitejdbc.so ;;
Darwin/arm64) native=Mac/aarch64/libsqlitejdbc.dylib ;;
Darwin/x86_64) native=Mac/x86_64/libsqlitejdbc.dylib ;;
*) native= ;;
esac
if [ -n "$native" ]; then
  unpack=$root/cli/target/unpack
  rm -rf "$unpack" && mkdir -p "$unpack"
  (cd "$unpack" && "$jdk/bin/jar" xf "$app"/lib/sqlite-jdbc-*.jar "org/sqlite/native/$native")
  mkdir -p "$app/native" && mv "$unpack/org/sqlite/native/$native" "$app/native/" && rm -rf "$unpack"
fi

# One training run over the bundled sessions; without a cache everything works, only slower.
train=$root/cli/target/train
rm -rf "$train" && mkdir -p "$train"
"$jdk/bin/java" -XX:+UseSerialGC -XX:AOTCacheOutput="$app/flightlog.aot" --enable-native-access=ALL-UNNAMED \
  ${native:+-Dorg.sqlite.lib.path="$app/native"} -cp "$app/lib/*" dev.flightlog.cli.Training "$train" >"$train/log" 2>&1 ||
  echo "flightlog: no ahead-of-time cache this time ($train/log says why); commands start slower" >&2
touch "$app/ready"
echo "flightlog: built in $(($(date +%s) - started)) s" >&2
