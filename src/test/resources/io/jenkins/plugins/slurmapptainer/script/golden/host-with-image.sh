#!/bin/bash
#SBATCH --ntasks=4
#SBATCH --no-requeue
#SBATCH --ignore-pbs
#SBATCH --open-mode=append
#SBATCH --output=/shared/jenkins/c1/0123456789abcdef0123456789abcdef/output.log
#SBATCH --chdir=/shared/jenkins/c1/0123456789abcdef0123456789abcdef/files
#SBATCH --comment=jenkins:c1:0123456789abcdef0123456789abcdef
#SBATCH --export=ALL

# Job records
job_directory=/shared/jenkins/c1/0123456789abcdef0123456789abcdef
job_token=0123456789abcdef0123456789abcdef
announcements=/shared/jenkins/c1/announced
working_directory=/shared/jenkins/c1/0123456789abcdef0123456789abcdef/files
may_requeue=''
array=''
variable_names=API_TOKEN

# Uploaded File Paths
exported_names=''

# (job-functions.sh)
# (launch-functions.sh)

# Apptainer Container Execution
echo "========================================"
echo 'Using Apptainer image: python_3.11.sif'
echo 'Image path: /shared/apptainer/images/compute/python_3.11.sif'
echo "========================================"
require_image /shared/apptainer/images/compute/python_3.11.sif
plain_variables=("${slurm_apptainer_variables[@]}")
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
start_task / apptainer exec --cleanenv --no-eval --bind /shared/jenkins/c1/0123456789abcdef0123456789abcdef/files --pwd /shared/jenkins/c1/0123456789abcdef0123456789abcdef/files "${task_options[@]}" "${home_options[@]}" --mount "$script_mount" /shared/apptainer/images/compute/python_3.11.sif "$@"
}
# (task-functions.sh)
TASK_COMMAND
}

# Direct execution, of a script that starts the containers
offer_container /shared/apptainer/images/compute/python_3.11.sif
provide_home_on_host
script_text() { cat <<'JOB_SCRIPT'
./solve case
JOB_SCRIPT
}
place_script
start_program
run bash "$script_file" </dev/null &
finish Execution
