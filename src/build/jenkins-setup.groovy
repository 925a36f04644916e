// Makes a fresh Jenkins ready for the cluster of this machine: cluster, catalog, agent on the head node, the sample job.
// Runs at every start, as init.groovy.d/slurm-apptainer.groovy; what is there already stays as it is.
import hudson.slaves.DumbSlave
import hudson.slaves.JNLPLauncher
import hudson.slaves.RetentionStrategy
import io.jenkins.plugins.slurmapptainer.catalog.CatalogImage
import io.jenkins.plugins.slurmapptainer.catalog.ImageCatalog
import io.jenkins.plugins.slurmapptainer.config.SlurmCluster
import io.jenkins.plugins.slurmapptainer.config.SlurmGlobalConfiguration
import jenkins.model.Jenkins
import jenkins.model.JenkinsLocationConfiguration
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition
import org.jenkinsci.plugins.workflow.job.WorkflowJob

def jenkins = Jenkins.get()
def env = System.getenv()
JenkinsLocationConfiguration.get().url = env.JENKINS_ADDRESS
if (SlurmGlobalConfiguration.get().clusters.empty) {
    SlurmGlobalConfiguration.get().clusters = [new SlurmCluster('main', 'slurm', env.SHARED_DIR)]
}
if (ImageCatalog.get().images.empty) {
    ImageCatalog.get().images = [new CatalogImage('python_3.11', "${env.IMAGES_DIR}/compute/python_3.11.sif".toString())]
}
if (jenkins.getNode('head-node') == null) {
    def agent = new DumbSlave('head-node', env.AGENT_DIR, new JNLPLauncher())
    agent.labelString = 'slurm'
    agent.numExecutors = 2
    agent.retentionStrategy = RetentionStrategy.NOOP
    jenkins.addNode(agent)
}
if (jenkins.getItem('sample') == null) {
    def job = jenkins.createProject(WorkflowJob, 'sample')
    job.definition = new CpsFlowDefinition(
        "node('slurm') {\n" +
        "    writeFile(file: 'data.csv', text: '''${new File(env.EXAMPLES, 'data.csv').text}''')\n" +
        "    writeFile(file: 'process.py', text: '''${new File(env.EXAMPLES, 'process.py').text}''')\n" +
        "}\n" + new File(env.EXAMPLES, 'Jenkinsfile').text, true)
    job.save()
}
new File(jenkins.rootDir, 'head-node.secret').text = jenkins.getComputer('head-node').jnlpMac
