#!/bin/bash
# A Jenkins with this plugin, its home in work/, an agent on the cluster and the sample job: `make jenkins [PORT=8080]`.
set -eu -o pipefail
. "$(dirname "$0")/common.sh"
. "$(dirname "$0")/jenkins-artifacts.sh"

if ! jenkins_artifacts_resolve; then
    die "make jenkins needs the artifacts of Jenkins, in the local Maven repository or from the one that pom.xml names:
  $missing
Without them, target/slurm-apptainer.hpi (make demo or make test builds it) can be installed in any Jenkins 2.541.3 or newer."
fi
jenkins_maven
"$root/src/cluster/cluster" up
cluster_load

port=${PORT:-8080}
export JENKINS_ADDRESS=http://127.0.0.1:$port/jenkins/
export JENKINS_HOME=$root/work
export EXAMPLES=$root/docs/examples AGENT_DIR=$run/agent
mkdir -p "$JENKINS_HOME/init.groovy.d" "$AGENT_DIR"
give "$AGENT_DIR"
cp "$root/src/build/jenkins-setup.groovy" "$JENKINS_HOME/init.groovy.d/slurm-apptainer.groovy"
rm -f "$JENKINS_HOME/head-node.secret"

# The agent starts when the controller is ready, and again when the controller was restarted.
agent() {
    local i
    for ((i = 0; i < 300; i++)); do
        if [ -s "$JENKINS_HOME/head-node.secret" ] && curl -sf -o "$run/agent.jar" "${JENKINS_ADDRESS}jnlpJars/agent.jar"; then
            chmod a+r "$run/agent.jar"
            say "
Jenkins is at $JENKINS_ADDRESS, the job to try at ${JENKINS_ADDRESS}job/sample/; Ctrl-C ends it.
"
            as_user "$java" -jar "$run/agent.jar" -url "$JENKINS_ADDRESS" -name head-node \
                -secret "$(cat "$JENKINS_HOME/head-node.secret")" -webSocket -workDir "$AGENT_DIR" > "$run/agent.log" 2>&1
            return
        fi
        sleep 1
    done
    say 'Jenkins did not become ready within 5 minutes; what it says stands above.'
}

set -m # a process group each, so that both can be ended as a whole
agent &
agent_group=$!
trap 'kill -- "-$agent_group" 2> /dev/null || :' EXIT
cd "$root"
set +m
maven -f pom.xml hpi:run "-Dport=$port" -Dhost=127.0.0.1
