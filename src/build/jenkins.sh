#!/bin/bash
# A Jenkins with this plugin, its home in work/: `make jenkins`.
set -eu -o pipefail
. "$(dirname "$0")/common.sh"
. "$(dirname "$0")/jenkins-artifacts.sh"

if ! jenkins_artifacts_resolve; then
    die "make jenkins needs the artifacts of Jenkins, in the local Maven repository or from the one that pom.xml names:
  $missing
Without them, target/slurm-apptainer.hpi (make demo or make test builds it) can be installed in any Jenkins 2.541.3 or newer."
fi
jenkins_maven
cd "$root"
maven -f pom.xml hpi:run
