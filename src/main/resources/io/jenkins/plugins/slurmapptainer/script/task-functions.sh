
# Slurm gives these to each task by itself. What the build says goes first. PMIx has a directory for its files, which need not be below /tmp.
pass_task_variables() {
  local name
  for name in "${!SLURM_@}" "${!SLURMD_@}" "${!PMI_@}" "${!PMIX_@}" CUDA_VISIBLE_DEVICES GPU_DEVICE_ORDINAL ROCR_VISIBLE_DEVICES ZE_AFFINITY_MASK; do
    case " $variable_names " in *" $name "*) continue ;; esac
    [ -z "${!name+set}" ] || export "APPTAINERENV_$name=${!name}"
  done
  [ ! -d "${PMIX_SERVER_TMPDIR:-}" ] || task_options+=(--bind "$PMIX_SERVER_TMPDIR")
}

send_late_signals() { :; }

# Slurm signals only the process that it has started itself, which is this one. It hands signals on, like the batch script.
start_task() {
  local code name parent pipe printed
  cd -- "$1" || exit 72
  shift
  stage=program
  [ -z "$begun" ] || [ "${SLURM_LOCALID:-0}" != 0 ] || true >"$begun"
  exec {news}<> <(:)
  if [ -z "$task_logs" ]; then
    run_task "$@" <&0 &
  else # a program that opens its output anew would empty the file, so that it gets a pipe
    output_log=$task_logs/$SLURM_PROCID.log
    exec {pipe}<> <(:)
    copy_output </dev/fd/"$pipe" >>"$output_log" {pipe}>&- &
    exec {printed}>/dev/fd/"$pipe" {pipe}>&-
    run_task "$@" <&0 >&"$printed" 2>&1 {printed}>&- &
  fi
  parent=$!
  hear program 10
  for name in ${signals//,/ }; do
    signal_program "$name"
  done
  await_program "$parent"
  if [ -n "$task_logs" ]; then
    exec {printed}>&-
    hear end 2
    if [ -n "$lost" ] && [ "$code" -eq 0 ]; then
      echo "Some of what the program printed is lost: it could not be written to $output_log." >&2
      code=74
    fi
  fi
  return "$code"
}

# Signals do nothing here: the program gets them.
run_task() {
  trap '' HUP INT TERM USR1 USR2
  (
    trap - HUP INT TERM USR1 USR2
    say program "$BASHPID"
    exec {news}>&-
    # From here on a variable of the build may have the name of any variable above.
    slurm_apptainer_prefix=$values
    for slurm_apptainer_name in ${values:+$variable_names}; do
      slurm_apptainer_value=$slurm_apptainer_prefix$slurm_apptainer_name
      [ -z "${!slurm_apptainer_value+set}" ] || export "$slurm_apptainer_name=${!slurm_apptainer_value}"
      unset "$slurm_apptainer_value"
    done
    exec "$@"
  ) <&0 &
  wait "$!" 2>/dev/null
  say code "$?"
}

end_task() {
  local kills oom=0
  count_oom_kills
  [ "$oom_before" = "$kills" ] || oom=1
  [ "$1" -eq 0 ] || [ -z "$ranks" ] ||
    printf '%s\n' "$1 $stage $oom ${signals:-none} ${SLURMD_NODENAME:-$(hostname)}" >"$ranks/${SLURM_PROCID:-0}"
  exit "$1"
} 2>/dev/null

count_oom_kills
oom_before=$kills
trap 'end_task $?' EXIT
forward_signals
task_program "$@"
exit
