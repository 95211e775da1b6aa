# The status line of a session: its cost and context, the windows of its plan, and how many sessions
# wait for a person elsewhere, as a running server keeps it in a file. No process is started. The
# quotas, which nothing else on this machine tells, are left for the journal once a minute.
umask 077
exec 3>&1 >/dev/null 2>&1
read -r fl_input

# The value of a member behind a place in the text, up to its end; empty when there is none.
fl_value() { # text behind the place, name
  fl_found=${1#*"\"$2\":"}
  [ "$fl_found" = "$1" ] && fl_found=''
  fl_found=${fl_found%%[,\}]*}
}

fl_part() { # name of an object, label
  fl_behind=${fl_input#*"\"$1\":{"}
  [ "$fl_behind" = "$fl_input" ] && return
  fl_value "$fl_behind" used_percentage
  fl_found=${fl_found%%.*}
  case $fl_found in '' | *[!0-9]*) return ;; esac
  fl_line="${fl_line:+$fl_line · }$2 $fl_found%"
}

fl_line=''
fl_value "$fl_input" session_id
fl_session=${fl_found#\"}
fl_session=${fl_session%\"}
fl_value "$fl_input" total_cost_usd
case $fl_found in
  *[!0-9.]* | '') ;;
  *)
    fl_cents=${fl_found#*.}
    [ "$fl_cents" = "$fl_found" ] && fl_cents=''
    fl_cents=${fl_cents}00
    fl_line="\$${fl_found%%.*}.${fl_cents%"${fl_cents#??}"}"
    ;;
esac
fl_part context_window context
fl_part five_hour 5h
fl_part seven_day week
if read -r fl_server fl_others < "$fl_now" && kill -0 "$fl_server"; then
  fl_count=0
  for fl_other in $fl_others; do
    [ "$fl_other" = "$fl_session" ] || fl_count=$((fl_count + 1))
  done
  [ "$fl_count" -gt 0 ] && fl_line="${fl_line:+$fl_line · }$fl_count waiting elsewhere"
fi
[ -n "$fl_line" ] && printf '%s\n' "$fl_line" >&3
case $fl_input in
  *'"rate_limits":{'*)
    fl_up=0 fl_last=''
    read -r fl_up fl_rest < /proc/uptime
    read -r fl_last < "$fl_spool/../quota.at"
    fl_up=${fl_up%%.*}
    case $fl_last in '' | *[!0-9]*) fl_last=0 ;; esac
    if [ -d "$fl_spool" ] && { [ "$fl_last" -eq 0 ] || [ "$fl_up" -lt "$fl_last" ] || [ $((fl_up - fl_last)) -ge 60 ]; }; then
      printf '%s\n' "$fl_up" > "$fl_spool/../quota.at"
      printf '{"hook_event_name":"Status",%s\n' "${fl_input#\{}" > "$fl_spool/claude-$fl_up-$$.json"
    fi
    ;;
esac
exit 0
