#!/bin/bash
#SBATCH --time=2-00:00:00
#SBATCH --gpus=a100:2
#SBATCH --constraint="avx512&ib"
#SBATCH --exclusive
#SBATCH --signal=B:USR2@60
#SBATCH --requeue
#SBATCH --licenses=a:2
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
may_requeue=yes
array=''
variable_names=''

# Uploaded File Paths
exported_names=''

# (job-functions.sh)

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

# Execute script inside Apptainer container
script_text() { cat <<'APPTAINER_SCRIPT'
print('hello')
APPTAINER_SCRIPT
}
place_script
start_program
cd /
run apptainer exec --cleanenv --no-eval --nv --bind /data --bind '/scr atch:/s:ro' --mount 'type=bind,"source=/a,b","destination=/c",ro' --bind /shared/jenkins/c1/0123456789abcdef0123456789abcdef/files --pwd /shared/jenkins/c1/0123456789abcdef0123456789abcdef/files "${home_options[@]}" --mount "$script_mount" /i/ml/torch_2.4.sif /usr/bin/python3 -u "$script_file" </dev/null &
finish 'Apptainer execution'
