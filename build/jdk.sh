# Sourced by the launcher, by CI and by whoever builds: find_jdk prints the home of a JDK 25 or newer.

jdk_version() { # the feature version of a JDK home, from its release file
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null
}

find_jdk() {
  on_path=$(command -v javac 2>/dev/null) && on_path=$(readlink -f "$on_path" 2>/dev/null) && on_path=${on_path%/bin/javac}
  for home in "${FLIGHTLOG_JAVA_HOME:-}" "${JAVA_HOME:-}" "$on_path" /usr/lib/jvm/* /opt/java/* /opt/jdk* \
    "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    [ -n "$home" ] && [ -x "$home/bin/javac" ] || continue
    version=$(jdk_version "$home")
    if [ "${version:-0}" -ge 25 ]; then
      printf '%s\n' "$home"
      return 0
    fi
  done
  echo "flightlog: no JDK 25 or newer was found. Install one (Temurin, your distribution's openjdk-25-jdk, ...)," >&2
  echo "  or name it: FLIGHTLOG_JAVA_HOME=/path/to/jdk ./flightlog" >&2
  return 1
}
