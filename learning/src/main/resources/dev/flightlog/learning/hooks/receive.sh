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
if [ -n "$fl_short" ]; then
  read -r fl_input
  [ -d "$fl_spool" ] && printf '%s\n' "$fl_input" > "$fl_file" && fl_kept=1
  [ -r "$fl_trial" ] && . "$fl_trial"
elif [ -r "$fl_trial" ]; then
  fl_input=$(cat)
  [ -d "$fl_spool" ] && printf '%s\n' "$fl_input" > "$fl_file" && fl_kept=1
  . "$fl_trial"
elif [ -d "$fl_spool" ]; then
  cat > "$fl_file"
else
  cat
fi
exit 0
