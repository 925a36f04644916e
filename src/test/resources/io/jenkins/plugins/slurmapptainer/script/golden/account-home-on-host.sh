#!/bin/bash
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
variable_names=''

# Uploaded File Paths
exported_names=''

# (job-functions.sh)

# Direct execution (no Apptainer)
provide_home_on_host account
script_text() { cat <<'JOB_SCRIPT'
ls -a ~
JOB_SCRIPT
}
place_script
start_program
run bash "$script_file" </dev/null &
finish Execution
