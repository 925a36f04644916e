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
echo 'Using Apptainer image: torch_2.4.sif'
echo 'Image path: /i/ml/torch_2.4.sif'
echo "========================================"
require_image /i/ml/torch_2.4.sif
pass_environment_into_container
image_variable OMP_NUM_THREADS 4
image_variable TITLE 'it'\''s $HOME `id`'
image_variable TMPDIR /tmp
provide_home
require_program apptainer
task_command_text() { cat <<'TASK_COMMAND'
# (functions of job-functions.sh)
task_program() {
require_image /i/ml/torch_2.4.sif
require_program apptainer
pass_task_variables
start_task / apptainer exec --cleanenv --no-eval --nv --bind /data --bind '/scr atch:/s:ro' --mount 'type=bind,"source=/a,b","destination=/c",ro' --bind /shared/jenkins/c1/0123456789abcdef0123456789abcdef/files --pwd /shared/jenkins/c1/0123456789abcdef0123456789abcdef/files "${task_options[@]}" "${home_options[@]}" --mount "$script_mount" /i/ml/torch_2.4.sif "$@"
}
# (task-functions.sh)
TASK_COMMAND
}
prepare_srun
srun_options+=(--mpi=pmix)
srun_options+=(--label)
place_task_command

# Execute script inside Apptainer container, once for each task
script_text() { cat <<'APPTAINER_SCRIPT'
./solve case
APPTAINER_SCRIPT
}
place_script
start_program
cd /
run srun "${srun_options[@]}" bash "$task_command" /usr/bin/python3 -u "$script_file" </dev/null &
finish 'Apptainer execution'
