# Leaves what a hook was told in a folder, as one file, and lets the rule trials see it. A file is
# taken for whole when it holds a whole JSON object, which the beginning of one never is: so nothing
# has to be renamed, and at most one process is started (cat, where the input may be long; a shell
# reads byte by byte). Whatever fails ends quietly: a session is never disturbed.
umask 077
exec 3>&1 >/dev/null 2>&1
fl_up=0
read -r fl_up fl_rest < /proc/uptime
fl_file=$fl_spool/$fl_program-$fl_up-$$.json
fl_kept=''

# Refuses the call, with the first line of a file of the guard as the reason.
fl_refuse() {
  [ -e "$1" ] && read -r fl_reason < "$1" || return 1
  case $fl_reason in '' | *[\"\\]*) return 1 ;; esac
  printf '{"hookSpecificOutput":{"hookEventName":"PreToolUse","permissionDecision":"deny","permissionDecisionReason":"%s"}}\n' "$fl_reason" >&3
}

# Whether a call of a tool is refused because its session, or all, shall not spend more.
fl_guarded() {
  case $fl_program$fl_input in claude*'"hook_event_name":"PreToolUse"'*) ;; *) return 1 ;; esac
  fl_refuse "$fl_guard/all" && return
  fl_id=${fl_input#*'"session_id":"'}
  fl_id=${fl_id%%'"'*}
  case $fl_id in '' | .* | *[!A-Za-z0-9._-]*) return 1 ;; esac
  fl_refuse "$fl_guard/$fl_id"
}

if [ -n "$fl_short" ]; then
  read -r fl_input
elif [ -r "$fl_trial" ] || [ -d "$fl_guard" ]; then
  fl_input=$(cat)
else
  [ -d "$fl_spool" ] || fl_file=/dev/null
  cat > "$fl_file"
  exit 0
fi
[ -d "$fl_spool" ] && printf '%s\n' "$fl_input" > "$fl_file" && fl_kept=1
[ -d "$fl_guard" ] && fl_guarded && exit 0
[ -r "$fl_trial" ] && . "$fl_trial"
exit 0
