#!/bin/bash
#SBATCH --no-requeue
#SBATCH --ignore-pbs
#SBATCH --open-mode=append
#SBATCH --output="/sh ared'\"$x%%j ü,:/c1/0123456789abcdef0123456789abcdef/output.log"
#SBATCH --chdir="/sh ared'\"$x%j ü,:/c1/0123456789abcdef0123456789abcdef/files"
#SBATCH --comment=jenkins:c1:0123456789abcdef0123456789abcdef
#SBATCH --export=ALL

# Job records
job_directory='/sh ared'\''"$x%j ü,:/c1/0123456789abcdef0123456789abcdef'
job_token=0123456789abcdef0123456789abcdef
announcements='/sh ared'\''"$x%j ü,:/c1/announced'
working_directory='/sh ared'\''"$x%j ü,:/c1/0123456789abcdef0123456789abcdef/files'
may_requeue=''
array=''
variable_names=''

# Uploaded File Paths
export FILE_A='/w/a b'\''"$x`id`.csv'
export MULTI='line 1
line 2'
export EMPTY=''
exported_names='FILE_A MULTI EMPTY'

# (job-functions.sh)

# Apptainer Container Execution
echo "========================================"
echo 'Using Apptainer image: we ird'\''s.sif'
echo 'Image path: /i/we ird'\''s.sif'
echo "========================================"
require_image '/i/we ird'\''s.sif'
pass_environment_into_container
image_variable TMPDIR /tmp
provide_home
require_program apptainer

# Execute script inside Apptainer container
script_text() { cat <<'APPTAINER_SCRIPT_2'
#!/usr/bin/env python3
print('''
APPTAINER_SCRIPT
''')
APPTAINER_SCRIPT_2
}
place_script
start_program
cd /
run apptainer exec --cleanenv --no-eval --mount 'type=bind,"source=/sh ared'\''""$x%j ü,:/c1/0123456789abcdef0123456789abcdef/files","destination=/sh ared'\''""$x%j ü,:/c1/0123456789abcdef0123456789abcdef/files"' --pwd '/sh ared'\''"$x%j ü,:/c1/0123456789abcdef0123456789abcdef/files' "${home_options[@]}" --mount "$script_mount" '/i/we ird'\''s.sif' /usr/bin/env python3 "$script_file" </dev/null &
finish 'Apptainer execution'
