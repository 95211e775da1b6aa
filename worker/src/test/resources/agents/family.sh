#!/bin/sh
# An agent that does everything to survive: ignores TERM, has a child, a child of a child in a session of its own, and
# one of those with an empty environment. Each of them beats until it is killed; the first one ends after $2 beats.
#   family.sh FOLDER BEATS
trap '' TERM HUP INT
folder=$1
run=${FLIGHTLOG_AGENT_RUN##*/}
beat() { # beat NAME COUNT
  n=0
  while [ "$2" = ever ] || [ $n -lt "$2" ]; do
    echo "$(date +%s%N) $FLIGHTLOG_TASK_ID $run $1 $$" >> "$folder/beats"
    sleep 0.05
    n=$((n + 1))
  done
}
if [ "$3" = orphan ]; then
  FLIGHTLOG_TASK_ID=$4
  run=$5
  beat "$6" ever
fi
cat > /dev/null
(beat child ever) &
(setsid sh "$0" "$folder" ever orphan "$FLIGHTLOG_TASK_ID" "$run" orphan &)
(env -i PATH="$PATH" setsid sh "$0" "$folder" ever orphan "$FLIGHTLOG_TASK_ID" "$run" bare &)
beat first "$2"
echo "done after $2 beats"
