#!/bin/sh
# CPU time of a process over so many seconds: idle.sh PID SECONDS
ticks() { awk '{ sub(/.*\) /, ""); print $12 + $13 }' /proc/$1/stat; }
a=$(ticks $1); sleep $2; b=$(ticks $1)
awk -v d=$((b - a)) -v s=$2 -v h=$(getconf CLK_TCK) 'BEGIN { printf "%.2f s of CPU in %d s, %.2f %% of a core\n", d / h, s, 100 * d / h / s }'
grep -E "^(Pss|Rss):" /proc/$1/smaps_rollup
