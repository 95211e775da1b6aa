# Sourced by the launcher, by CI and by whoever builds: find_jdk prints the home of a JDK 25 or newer.

jdk_version() { # the feature version of a Java home: from its release file, else from what it says
  version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null)
  [ -n "$version" ] || version=$("$1/bin/java" -version 2>&1 | sed -n '1s/.*version "\([0-9]*\).*/\1/p')
  printf '%s\n' "${version:-0}"
}

# Whoever names a Java gets that one, or hears why not.
check_named_jdk() {
  if [ ! -x "$FLIGHTLOG_JAVA_HOME/bin/java" ]; then
    echo "flightlog: FLIGHTLOG_JAVA_HOME=$FLIGHTLOG_JAVA_HOME has no bin/java: name the home of a JDK 25 or newer, or unset it" >&2
    return 1
  fi
  version=$(jdk_version "$FLIGHTLOG_JAVA_HOME")
  if [ "$version" -lt 25 ]; then
    echo "flightlog: FLIGHTLOG_JAVA_HOME=$FLIGHTLOG_JAVA_HOME is Java $version, and 25 or newer is needed: name another, or unset it" >&2
    return 1
  fi
}

find_jdk() {
  if [ -n "${FLIGHTLOG_JAVA_HOME:-}" ]; then
    check_named_jdk || return 1
    printf '%s\n' "$FLIGHTLOG_JAVA_HOME"
    return 0
  fi
  on_path=$(command -v javac 2>/dev/null) && on_path=$(readlink -f "$on_path" 2>/dev/null) && on_path=${on_path%/bin/javac}
  for home in "${JAVA_HOME:-}" "$on_path" /usr/lib/jvm/* /opt/java/* /opt/jdk* \
    "${HOME:-}"/.sdkman/candidates/java/* "${HOME:-}"/.jdks/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    [ -n "$home" ] && [ -x "$home/bin/javac" ] || continue
    if [ "$(jdk_version "$home")" -ge 25 ]; then
      printf '%s\n' "$home"
      return 0
    fi
  done
  echo "flightlog: no JDK 25 or newer was found. Install one (Temurin, your distribution's openjdk-25-jdk, ...)," >&2
  echo "  or name it: FLIGHTLOG_JAVA_HOME=/path/to/jdk ./flightlog" >&2
  return 1
}
