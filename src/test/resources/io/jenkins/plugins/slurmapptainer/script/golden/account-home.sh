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

# Apptainer Container Execution
echo "========================================"
echo 'Using Apptainer image: python_3.11.sif'
echo 'Image path: /shared/apptainer/images/compute/python_3.11.sif'
echo "========================================"
require_image /shared/apptainer/images/compute/python_3.11.sif
pass_environment_into_container
image_variable TMPDIR /tmp
provide_home account
require_program apptainer

# Execute script inside Apptainer container
script_text() { cat <<'APPTAINER_SCRIPT'
ls -a ~
APPTAINER_SCRIPT
}
place_script
start_program
cd /
run apptainer exec --cleanenv --no-eval --bind /shared/jenkins/c1/0123456789abcdef0123456789abcdef/files --pwd /shared/jenkins/c1/0123456789abcdef0123456789abcdef/files "${home_options[@]}" --mount "$script_mount" /shared/apptainer/images/compute/python_3.11.sif bash "$script_file" </dev/null &
finish 'Apptainer execution'
