package io.jenkins.plugins.slurmapptainer.demo;

import groovy.lang.MissingMethodException;
import groovy.lang.MissingPropertyException;
import groovy.lang.Script;
import hudson.AbortException;
import java.util.Collections;

/** What a scripted Jenkinsfile finds around {@code slurmApptainer} when there is no Jenkins. */
public abstract class DemoScript extends Script {
    private DemoSteps steps;
    private DemoEnvironment environment;

    void prepare(DemoSteps available, DemoBuild build, DemoEnvironment variables) {
        steps = available;
        environment = variables;
        getBinding().setVariable("env", environment);
        getBinding().setVariable("params", Collections.emptyMap());
        getBinding().setVariable("currentBuild", build);
        getBinding().setVariable("out", Strand.current().scope().console());
    }

    /** Groovy has methods of these names for every object; the steps go before them. */
    public Object sleep(long seconds) {
        return invokeMethod("sleep", seconds);
    }

    /** As above, for {@code sleep(time: 1, unit: 'MINUTES')}. */
    public Object sleep(java.util.Map<?, ?> arguments) {
        return invokeMethod("sleep", arguments);
    }

    /** A variable of the script's, or of the environment. */
    @Override
    public Object getProperty(String name) {
        try {
            return super.getProperty(name);
        } catch (MissingPropertyException e) {
            Object value = environment == null ? null : environment.getProperty(name);
            if (value == null) {
                throw e;
            }
            return value;
        }
    }

    @Override
    public Object invokeMethod(String name, Object args) {
        Object[] passed = args instanceof Object[] several ? several : new Object[] {args};
        if (steps.has(name)) {
            return undeclared(() -> steps.run(name, passed));
        }
        try {
            return super.invokeMethod(name, args);
        } catch (MissingMethodException e) {
            if (!name.equals(e.getMethod()) || e.getType() != getClass()) {
                throw e;
            }
            return undeclared(() -> {
                throw new AbortException(
                        name.equals("pipeline")
                                ? "A declarative Pipeline needs Jenkins; a scripted one, node { … }, runs without it"
                                : "No such step '" + name + "' without Jenkins, which has "
                                        + String.join(", ", steps.names())
                                        + "; leave it out here, or run this Jenkinsfile in Jenkins");
            });
        }
    }

    /** Groovy does not know checked exceptions; a Jenkinsfile catches them as it would in Jenkins. */
    @SuppressWarnings("unchecked")
    private static <T extends Throwable> Object undeclared(java.util.concurrent.Callable<?> work) throws T {
        try {
            return work.call();
        } catch (Exception e) {
            throw (T) e;
        }
    }
}
