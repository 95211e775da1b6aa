# Sourced by run: fetches the peers that are no Maven dependencies of the module, once, with the ordinary clients of npm and Maven. A peer that cannot be
# had is said so and left out; the benchmark runs without it.

CCUSAGE=20.0.24
ZIPKIN=3.5.1
BETTER_SQLITE3=13.2.0 # carries SQLite's amalgamation, the same release as in our driver

# peer_ccusage CACHE: puts the native reader at CACHE/ccusage
peer_ccusage() {
  [ -x "$1/ccusage-$CCUSAGE" ] && return 0
  local folder=$1/npm
  mkdir -p "$folder"
  if ! npm install --silent --no-audit --no-fund --prefix "$folder" "ccusage@$CCUSAGE" >"$folder/log" 2>&1; then
    echo "benchmarks: ccusage $CCUSAGE could not be fetched with npm ($folder/log says why); running without it" >&2
    return 0
  fi
  local binary
  binary=$(find "$folder/node_modules/@ccusage" -type f -name 'ccusage*' -path '*/bin/*' | head -n 1)
  if [ -z "$binary" ]; then
    echo "benchmarks: ccusage has no native reader for this machine; running without it" >&2
    return 0
  fi
  cp "$binary" "$1/ccusage-$CCUSAGE" && chmod +x "$1/ccusage-$CCUSAGE"
}

# peer_c_loader SOURCE CACHE: compiles the loader in C to CACHE/loader
peer_c_loader() {
  local source=$1 cache=$2 amalgamation=$2/sqlite3
  mkdir -p "$cache"
  if ! command -v cc >/dev/null; then
    echo "benchmarks: no C compiler (cc); running without the loader in C" >&2
    return 0
  fi
  if [ ! -e "$amalgamation/sqlite3.c" ]; then
    mkdir -p "$amalgamation"
    if (cd "$amalgamation" && npm pack --silent "better-sqlite3@$BETTER_SQLITE3") >"$amalgamation/log" 2>&1; then
      tar -xzf "$amalgamation/better-sqlite3-$BETTER_SQLITE3.tgz" -C "$amalgamation" --strip-components=3 \
        package/deps/sqlite3/sqlite3.c package/deps/sqlite3/sqlite3.h
    fi
  fi
  if [ -e "$amalgamation/sqlite3.c" ]; then
    [ -e "$amalgamation/sqlite3.o" ] ||
      cc -O3 -DNDEBUG -DSQLITE_THREADSAFE=0 -DSQLITE_DEFAULT_MEMSTATUS=0 -DSQLITE_OMIT_LOAD_EXTENSION \
        -c "$amalgamation/sqlite3.c" -o "$amalgamation/sqlite3.o"
    cc -O3 -Wall -I"$amalgamation" "$source" "$amalgamation/sqlite3.o" -lm -o "$cache/loader"
  elif cc -O3 -Wall "$source" -lsqlite3 -o "$cache/loader" 2>"$cache/log"; then
    echo "benchmarks: SQLite's amalgamation could not be fetched; the loader in C uses the system's library" >&2
  else
    echo "benchmarks: neither SQLite's amalgamation nor libsqlite3's headers are here; running without the loader in C" >&2
  fi
}

# peer_zipkin CACHE: puts Zipkin's server at CACHE/zipkin-server-VERSION-exec.jar
peer_zipkin() {
  local jar=$1/zipkin-server-$ZIPKIN-exec.jar
  [ -e "$jar" ] && return 0
  mkdir -p "$1"
  if ! mvn -q -B -ntp dependency:copy "-Dartifact=io.zipkin:zipkin-server:$ZIPKIN:jar:exec" "-DoutputDirectory=$1" >"$1/zipkin.log" 2>&1; then
    echo "benchmarks: Zipkin's server $ZIPKIN could not be fetched with Maven ($1/zipkin.log says why); running without it" >&2
  fi
}
