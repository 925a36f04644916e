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

# Apptainer Container Execution
echo "========================================"
echo 'Using Apptainer image: python_3.11.sif'
echo 'Image path: /shared/apptainer/images/compute/python_3.11.sif'
echo "========================================"
require_image /shared/apptainer/images/compute/python_3.11.sif
pass_environment_into_container
image_variable TMPDIR /tmp
provide_home
require_program apptainer
task_command_text() { cat <<'TASK_COMMAND'
# (functions of job-functions.sh)
task_program() {
require_image /shared/apptainer/images/compute/python_3.11.sif
require_program apptainer
pass_task_variables
start_task / apptainer exec --cleanenv --no-eval --bind '/shared/it'\''s the workspace' --bind '/shared/it'\''s the workspace@tmp' --pwd '/shared/it'\''s the workspace' "${task_options[@]}" "${home_options[@]}" --mount "$script_mount" --mount "$commands_mount" /shared/apptainer/images/compute/python_3.11.sif "$@"
}
# (task-functions.sh)
TASK_COMMAND
}

# The commands of the steps, in one Apptainer container
open_door
place_task_command
script_text() { cat <<'ALLOCATION_SERVER'
# (allocation-server.sh)
ALLOCATION_SERVER
}
place_script
start_program
cd /
run apptainer exec --cleanenv --no-eval --bind '/shared/it'\''s the workspace' --bind '/shared/it'\''s the workspace@tmp' --pwd '/shared/it'\''s the workspace' "${task_options[@]}" "${home_options[@]}" --mount "$script_mount" --mount "$commands_mount" /shared/apptainer/images/compute/python_3.11.sif /bin/sh "$script_file" <&"$door" {door}>&- &
finish Allocation
