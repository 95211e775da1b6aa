# Shows trial rules to sessions of an agent, and records who was shown what. Read by receive.sh in
# the shell that runs the hook, so that no second process is started; fl_input is what the hook was
# told, and the answer goes to descriptor 3. Flightlog puts what is on trial above these lines.

# The value of a field, from the pieces between the quotation marks.
fl_parse() {
  fl_session='' fl_event='' fl_source='' fl_tool='' fl_path='' fl_command=''
  fl_before='' fl_last=''
  set -f
  fl_ifs=$IFS
  IFS='"'
  for fl_piece in $fl_input; do
    if [ "$fl_last" = : ]; then
      case $fl_before in
        session_id) fl_session=${fl_session:-$fl_piece} ;;
        hook_event_name) fl_event=${fl_event:-$fl_piece} ;;
        source) fl_source=${fl_source:-$fl_piece} ;;
        tool_name) fl_tool=${fl_tool:-$fl_piece} ;;
        file_path | notebook_path) fl_path=$fl_piece && break ;;
        command) fl_command=$fl_piece && break ;;
      esac
    fi
    fl_before=$fl_last
    fl_last=$fl_piece
  done
  IFS=$fl_ifs
  case $fl_session in '' | *[!A-Za-z0-9_-]*) return 1 ;; esac
  [ ${#fl_session} -le 55 ]
}

# The session that began this one: itself, or the one that was forked. At its start a fork bears the
# id of its parent, and its own from then on; the process is the same.
fl_find_root() {
  fl_root=''
  if [ -r "$fl_state/$fl_session%root" ]; then
    read -r fl_root < "$fl_state/$fl_session%root"
  elif [ "$fl_event" = SessionStart ]; then
    fl_root=$fl_session
    printf '%s\n' "$fl_root" > "$fl_state/$fl_session%root"
  elif [ -r "$fl_state/$PPID%process" ]; then
    read -r fl_parent < "$fl_state/$PPID%process"
    [ -r "$fl_state/$fl_parent%root" ] && read -r fl_root < "$fl_state/$fl_parent%root"
    [ -n "$fl_root" ] && printf '%s\n' "$fl_root" > "$fl_state/$fl_session%root" && fl_each fl_fork
  fi
  [ "$fl_event" = SessionStart ] && printf '%s\n' "$fl_session" > "$fl_state/$PPID%process"
  [ -n "$fl_root" ]
}

# Whether the session is exposed to the trial. Worked out once a session; the answer is kept as the
# name of a file.
fl_arm() {
  if [ "$fl_limit" = all ] || [ -e "$fl_state/$fl_root%1%$fl_trial" ]; then
    fl_exposed=1
  elif [ -e "$fl_state/$fl_root%0%$fl_trial" ]; then
    fl_exposed=0
  else
    . "$fl_folder/arm.sh"
    printf '' > "$fl_state/$fl_root%$fl_exposed%$fl_trial"
  fi
}

# The time in seconds since 1970: from the system's uptime while it has not been started anew, for a
# process of its own costs as much as all the rest; and the day for the name of the journal.
fl_clock() {
  if [ -r /proc/uptime ] && read -r fl_boot < /proc/sys/kernel/random/boot_id && [ "$fl_boot" = "$fl_booted" ]; then
    read -r fl_now fl_rest < /proc/uptime
    fl_now=$((fl_booted_at + ${fl_now%%.*}))
  else
    fl_now=$(date +%s) || return 1
  fi
  [ "$fl_now" -gt 0 ] || return 1
  # Days to a date, after Howard Hinnant's days_from_civil and its inverse.
  z=$((fl_now / 86400 + 719468))
  e=$((z / 146097))
  d=$((z - e * 146097))
  y=$(((d - d / 1460 + d / 36524 - d / 146096) / 365))
  d=$((d - (365 * y + y / 4 - y / 100)))
  m=$(((5 * d + 2) / 153))
  d=$((d - (153 * m + 2) / 5 + 1))
  m=$((m < 10 ? m + 3 : m - 9))
  y=$((y + e * 400 + (m <= 2)))
  fl_day=$((y * 10000 + m * 100 + d))
}

# Appends the exposure to a journal; without it nothing is shown. The id tells the same exposure
# again from another one. The line feed before it ends what another write may have left unfinished.
fl_record() { # what it is the exposure of, further details
  [ "$fl_limit" = all ] && return 0
  fl_clock || return 1
  fl_name=control
  [ "$fl_exposed" = 1 ] && fl_name=exposed
  printf '\n%s\n' "{\"id\":\"rule_exposure:$fl_trial:$fl_session:$1\",\"timestamp\":$fl_now,\"event_type\":\"rule_exposure\",\"category\":\"learning\",\"session_id\":\"$fl_session\",\"details\":{\"rule\":\"$fl_rule\",\"trial\":\"$fl_trial\",\"placement\":\"$fl_placement\",\"arm\":\"$fl_name\",\"root_session\":\"$fl_root\"$2}}" \
    >> "$fl_journal$fl_day.jsonl"
}

# A session that has ended may enter the next look at once.
fl_ended() {
  fl_clock || return
  printf '\n%s\n' "{\"id\":\"session_ended:$fl_session:$fl_now\",\"timestamp\":$fl_now,\"event_type\":\"session_ended\",\"category\":\"execution\",\"session_id\":\"$fl_session\"}" \
    >> "$fl_journal$fl_day.jsonl"
}

fl_say() {
  fl_output=${fl_output:+$fl_output\\n}$fl_text
}

# At the start of a session, and of a subagent of one.
fl_start() {
  [ "$fl_placement" = session ] || return
  fl_arm
  fl_once=$fl_state/$fl_session%met%$fl_trial
  if [ ! -e "$fl_once" ]; then
    fl_record session || return
    printf '' > "$fl_once"
  fi
  [ "$fl_exposed" = 1 ] && fl_say
}

# A fork has the arm of its parent; what it does counts for that session.
fl_fork() {
  [ "$fl_placement" = session ] || return
  fl_arm
  fl_record session
}

# Before a call: the trigger is computed in both arms, from the call and from the session so far.
fl_before_call() {
  [ "$fl_placement" = action ] || return
  case "|$fl_wanted|" in *"|$fl_tool|"*) ;; *) return ;; esac
  if [ -n "$fl_program" ]; then
    case " $fl_command " in
      " $fl_program "* | *"&& $fl_program "* | *"; $fl_program "* | *"| $fl_program "*) ;;
      *) return ;;
    esac
  fi
  case $fl_trigger in
    every_call) fl_once=$fl_state/$fl_session%call%$fl_trial ;;
    unread_file)
      fl_mark "$fl_path" || return
      [ -e "$fl_state/$fl_root%read%$fl_marked" ] && return
      fl_once=$fl_state/$fl_session%unread%$fl_trial%$fl_marked
      ;;
    after_failure)
      fl_once=$fl_state/$fl_session%retry%$fl_trial
      [ -e "$fl_state/$fl_root%failed%$fl_tool" ] || return
      ;;
    *) return ;;
  esac
  [ -e "$fl_once" ] && return
  fl_arm
  fl_call=${fl_input##*'"tool_use_id":"'}
  fl_call=${fl_call%%'"'*}
  case $fl_call in '' | *[!A-Za-z0-9_-]*) return ;; esac
  fl_refused=false
  [ "$fl_exposed$fl_delivery" = 1refusal ] && fl_refused=true
  fl_record "$fl_call" ",\"tool_use_id\":\"$fl_call\",\"trigger\":\"$fl_trigger\",\"refused\":$fl_refused" || return
  printf '' > "$fl_once"
  # What could not be remembered would be refused again and again.
  [ -e "$fl_once" ] || return
  [ "$fl_exposed" = 1 ] || return
  fl_say
  [ "$fl_delivery" = refusal ] && fl_deny=1
}

# A path as the name of a file; fails for one that cannot be.
fl_mark() {
  case $1 in '' | *\\*) return 1 ;; esac
  fl_rest=$1 fl_marked=''
  while :; do
    case $fl_rest in
      */*)
        fl_marked=$fl_marked${fl_rest%%/*}%
        fl_rest=${fl_rest#*/}
        ;;
      *) break ;;
    esac
  done
  fl_marked=$fl_marked$fl_rest
  [ ${#fl_marked} -le 180 ]
}

fl_main() {
  fl_parse || return
  fl_find_root || return
  fl_output='' fl_deny=''
  case $fl_event in
    SessionStart | SubagentStart) fl_each fl_start ;;
    PreToolUse) fl_each fl_before_call ;;
    PostToolUse) [ -n "$fl_reads" ] && fl_mark "$fl_path" && printf '' > "$fl_state/$fl_root%read%$fl_marked" ;;
    PostToolUseFailure) [ -n "$fl_failures" ] && printf '' > "$fl_state/$fl_root%failed%$fl_tool" ;;
    SessionEnd) [ -n "$fl_kept" ] || fl_ended ;;
  esac
  [ -n "$fl_output" ] || return
  if [ -n "$fl_deny" ]; then
    printf '{"hookSpecificOutput":{"hookEventName":"PreToolUse","permissionDecision":"deny","permissionDecisionReason":"%s"}}\n' "$fl_output"
  else
    printf '{"hookSpecificOutput":{"hookEventName":"%s","additionalContext":"%s"}}\n' "$fl_event" "$fl_output"
  fi >&3
}

fl_main
