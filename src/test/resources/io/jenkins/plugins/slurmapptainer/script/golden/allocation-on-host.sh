#!/bin/bash
#SBATCH --cpus-per-task=16
#SBATCH --no-requeue
#SBATCH --ignore-pbs
#SBATCH --open-mode=append
#SBATCH --output=/shared/jenkins/c1/0123456789abcdef0123456789abcdef/output.log
#SBATCH --chdir="/shared/it's the workspace"
#SBATCH --comment=jenkins:c1:0123456789abcdef0123456789abcdef
#SBATCH --export=ALL

# Job records
job_directory=/shared/jenkins/c1/0123456789abcdef0123456789abcdef
job_token=0123456789abcdef0123456789abcdef
announcements=/shared/jenkins/c1/announced
working_directory='/shared/it'\''s the workspace'
may_requeue=''
array=''
variable_names=BUILD_TAG

# Uploaded File Paths
exported_names=''

# (job-functions.sh)
# (launch-functions.sh)
# (allocation-functions.sh)
provide_directory '/shared/it'\''s the workspace@tmp'

# Direct execution (no Apptainer)
provide_home_on_host
task_command_text() { cat <<'TASK_COMMAND'
# (functions of job-functions.sh)
task_program() { start_task "$working_directory" "$@"; }
# (task-functions.sh)
TASK_COMMAND
}
open_door
place_task_command
script_text() { cat <<'ALLOCATION_SERVER'
# (allocation-server.sh)
ALLOCATION_SERVER
}
place_script
start_program
cd /
run /bin/sh "$script_file" <&"$door" {door}>&- &
finish Allocation
