package io.jenkins.plugins.slurmapptainer.declarative

import hudson.FilePath
import hudson.model.Run
import org.jenkinsci.plugins.pipeline.modeldefinition.agent.CheckoutScript
import org.jenkinsci.plugins.pipeline.modeldefinition.agent.DeclarativeAgentScript2
import org.jenkinsci.plugins.workflow.cps.CpsScript

class SlurmAgentScript extends DeclarativeAgentScript2<SlurmAgent> {
    SlurmAgentScript(CpsScript script, SlurmAgent agent) {
        super(script, agent)
    }

    @Override
    void run(Closure body) {
        if (describable.retries > 1) {
            def conditions = [script.agent(), script.nonresumable(), script.slurmInfrastructure()]
            script.retry(count: describable.retries, conditions: conditions) {
                onAgent(body)
            }
        } else {
            onAgent(body)
        }
    }

    private void onAgent(Closure body) {
        // Without an agent around it, there is nothing to stay on.
        if (describable.reuseNode && script.getContext(FilePath) != null) {
            inAllocation(body)
        } else {
            script.node(describable.agentLabel(script.getContext(Run))) {
                // The allocation begins when its files are there.
                CheckoutScript.doCheckout2(script, describable, describable.customWorkspace) {
                    inAllocation(body)
                }
            }
        }
    }

    private void inAllocation(Closure body) {
        script.slurmAllocation(describable.arguments, body)
    }
}
