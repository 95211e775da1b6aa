#!/bin/sh
# Unpacks SQLite's native library once, so that no start has to: APP/native. Usage: build/native.sh JDK_HOME APP
set -eu
case $(uname -s)/$(uname -m) in
Linux/x86_64) library=Linux/x86_64/libsqlitejdbc.so ;;
Linux/aarch64) library=Linux/aarch64/libsqlitejdbc.so ;;
Darwin/arm64) library=Mac/aarch64/libsqlitejdbc.dylib ;;
Darwin/x86_64) library=Mac/x86_64/libsqlitejdbc.dylib ;;
*) exit 0 ;; # the driver unpacks its own at each start
esac
set -- "$1" "$2" "$2"/lib/sqlite-jdbc-*.jar
[ -e "$3" ] || exit 0
mkdir -p "$2/native" "$2/unpacked"
(cd "$2/unpacked" && "$1/bin/jar" xf "$3" "org/sqlite/native/$library")
mv "$2/unpacked/org/sqlite/native/$library" "$2/native/"
rm -rf "$2/unpacked"
