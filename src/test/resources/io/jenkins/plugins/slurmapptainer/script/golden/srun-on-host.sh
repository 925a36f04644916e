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

# Direct execution (no Apptainer)
provide_home_on_host
values=SLURM_APPTAINER_VALUE_ value_prefix=$values
task_command_text() { cat <<'TASK_COMMAND'
# (functions of job-functions.sh)
task_program() { start_task "$working_directory" "$@"; }
# (task-functions.sh)
TASK_COMMAND
}
prepare_srun
srun_options+=(--mpi=pmix)
separate_task_output
place_task_command
script_text() { cat <<'JOB_SCRIPT'
./solve case
JOB_SCRIPT
}
place_script
start_program
run srun "${srun_options[@]}" bash "$task_command" bash "$script_file" </dev/null &
finish Execution
