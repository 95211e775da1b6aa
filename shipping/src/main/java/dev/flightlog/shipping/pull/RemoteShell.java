package dev.flightlog.shipping.pull;

/**
 * What runs on the other machine: a script for any POSIX shell, in one line without single quotes,
 * so that the login shell of the user may be another. It answers requests from its standard input,
 * one after the other, each with lines that end in a line with a dot. It only reads.
 *
 * <pre>
 *   home                    the path of the home
 *   list FOLDER             size and path of the journals in a folder
 *   walk PATH               size and path of the files below a path that hold lines, or of the path
 *   get FROM COUNT PATH     so many bytes of a file, in Base64
 * </pre>
 */
final class RemoteShell {
  /** The first line of its own; what a login shell says before is passed over. */
  static final String HELLO = "flightlog-pull 1";

  private static final String SCRIPT =
      String.join(
          " ",
          "LC_ALL=C; export LC_ALL; h=$1; [ -n \"$h\" ] || h=${FLIGHTLOG_HOME:-$HOME/.flightlog};",
          "case $h in \"~/\"*) h=$HOME/${h#\"~/\"};; /*) ;; *) h=$HOME/$h;; esac;",
          "nl=$(printf \"\\nx\"); nl=${nl%x};",
          "one() { case $1 in *\"$nl\"*) echo \"-1 $(printf %s \"$1\" | tr \"\\n\" \"?\")\"; return;; esac;",
          "if [ -f \"$1\" ] && [ -r \"$1\" ]; then echo \"$(($(wc -c < \"$1\"))) $1\"; fi; };",
          "echo \"" + HELLO + "\";",
          "while IFS= read -r verb && IFS= read -r from && IFS= read -r count && IFS= read -r path; do",
          "case $verb in",
          "home) printf \"%s\\n\" \"$h\";;",
          "list) for f in \"$path\"/story_*.jsonl \"$path\"/story_*.jsonl.gz; do one \"$f\"; done;;",
          "walk) if [ -d \"$path\" ]; then find \"$path\" -type f \\( -name \"*.jsonl\" -o -name \"*.ndjson\" -o -name \"*.json\"",
          "-o -name \"*.jsonl.gz\" -o -name \"*.jsonl.zst\" \\) -exec sh -c",
          "\"for f; do case \\$f in *\\\"\\$0\\\"*) echo \\\"-1 ?\\\";; *) echo \\\"\\$((\\$(wc -c < \\\"\\$f\\\"))) \\$f\\\";; esac; done\"",
          "\"$nl\" {} + 2>/dev/null; else one \"$path\"; fi;;",
          "get) if [ -f \"$path\" ]; then tail -c +\"$((from + 1))\" < \"$path\" | head -c \"$count\" | base64; fi;;",
          "esac; echo; echo .; done");

  private RemoteShell() {}

  /** The command for {@code ssh}, for this home. */
  static String command(String home) {
    return "exec sh -c '" + SCRIPT + "' sh '" + home + "'";
  }
}
