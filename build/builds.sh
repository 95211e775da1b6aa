# Sourced, behind lock.sh, by the launcher and by build/app.sh. Builds are folders of .builds/ that never change once they are finished:
#
#   .builds/HASH/      named by the content of the sources: lib/ native/ flightlog.aot jdk in-use ready
#                      and, when it could be made since (build/cache.sh), flightlog-server.aot
#   .builds/current    the hash of the newest finished one; replaced by a rename
#   .builds/checked    since when the sources are known to be those of current
#   .builds/making.*   what a build works in; whoever builds has .builds/lock locked
#
# A program holds a shared lock on the file in-use of the build that it runs from. The system frees the locks of processes that died.

# Prints the hash of what the program is built from: names and content of POMs and main sources, and how it is built.
sources_hash() ( # ROOT
  cd "$1" || exit 1
  if command -v sha256sum >/dev/null; then sum=sha256sum; else sum='shasum -a 256'; fi
  find . \( -name '.?*' -o -path ./architecture -o -path ./benchmarks -o -path ./docs -o -path ./examples -o -path ./langchain4j -o -path ./spring-boot-starter -o -path '*/src/test' -o -name target ! -path '*/src/*' \) -prune -o \
    -type f \( -name pom.xml -o -path '*/src/main/*' -o -path ./build/app.sh \) ! -name '*~' -print |
    LC_ALL=C sort | tr '\n' '\0' | xargs -0 $sum | $sum | cut -c1-16
)

# Has anything changed that the program may be built from? Folders tell what was deleted. Quick, and errs on the side of yes.
sources_changed() ( # ROOT
  [ -e "$1/.builds/checked" ] || exit 0
  cd "$1" || exit 0
  [ -n "$(find pom.xml */pom.xml */*/pom.xml */src/main */*/src/main build/app.sh -cnewer .builds/checked -print -quit 2>/dev/null)" ]
)

# Makes a finished build the one that is run from now on. checked.PID was touched before the sources were read.
switch_to() { # ROOT HASH
  printf '%s\n' "$2" >"$1/.builds/current.$$" && mv -f "$1/.builds/current.$$" "$1/.builds/current" || return 1
  mv -f "$1/.builds/checked.$$" "$1/.builds/checked" 2>/dev/null || :
}
