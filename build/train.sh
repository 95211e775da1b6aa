#!/bin/sh
# Makes an ahead-of-time cache of APP in a training run over the bundled sessions, at its final path: that of commands, or with the word
# server that of what serves. Without a cache everything works, only slower. Usage: build/train.sh JAVA APP CACHE WORK_FOLDER [server]
java=$1 app=$2 cache=$3 work=$4
case ${5:-} in
# Without profiles of methods: servers would compile for seconds what they hardly run, and keep 30 MB of memory for it.
server) training=ServerTraining libraries="$app/lib/*:$app/lib/server/*" profiles='-XX:+UnlockDiagnosticVMOptions -XX:-AOTRecordTraining' locales= ;;
*) training=Training libraries="$app/lib/*" profiles= locales=-Djava.locale.providers=SPI ;;
esac
mkdir -p "$work" || exit 1
# Paths are UTF-8 for Java in a locale of UTF-8 only.
[ "$(locale charmap 2>&1)" = UTF-8 ] || export LC_ALL=C.UTF-8
native=
[ -d "$app/native" ] && native=-Dorg.sqlite.lib.path=$app/native
if "$java" -XX:+UseSerialGC "-XX:AOTCacheOutput=$cache.$$" $locales --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow ${native:+"$native"} \
  $profiles -cp "$libraries" "dev.flightlog.cli.$training" "$work" >"$work/log" 2>&1 && mv -f "$cache.$$" "$cache"; then
  exit 0
fi
rm -f "$cache.$$" "$cache.$$.config"
echo "flightlog: no ahead-of-time cache this time; commands start slower. It said:" >&2
tail -n 3 "$work/log" >&2
exit 1
