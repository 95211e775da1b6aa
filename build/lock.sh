# Sourced by launchers and builds: locks that the system frees when their holder dies, however it dies.

no_locks=
# lock exclusive|shared|wait FD: at once, or fails; wait: exclusive, as soon as it is free. util-linux has flock, macOS has Perl.
if command -v flock >/dev/null 2>&1; then
  lock() { case $1 in exclusive) flock -n "$2" ;; shared) flock -s -n "$2" ;; wait) flock "$2" ;; esac }
elif command -v perl >/dev/null 2>&1; then
  lock() {
    case $1 in exclusive) how=6 ;; shared) how=5 ;; wait) how=2 ;; esac
    perl -e 'open(my $file, "+<&=", $ARGV[0]) or open($file, "<&=", $ARGV[0]) or exit 1; exit(flock($file, $ARGV[1]) ? 0 : 1)' "$2" "$how"
  }
else
  no_locks=yes
  lock() { [ "$1" != exclusive ]; } # two builds wait for nobody, and old builds stay
fi
