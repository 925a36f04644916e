package io.jenkins.plugins.slurmapptainer.demo;

import io.jenkins.plugins.slurmapptainer.pipeline.SlurmApptainerStep;
import io.jenkins.plugins.slurmapptainer.pipeline.StepArguments;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Map;
import org.kohsuke.stapler.DataBoundSetter;

/** Makes the step of a Jenkinsfile's arguments as Jenkins does: by its data-bound constructor and setters. */
final class StepBinding {
    private StepBinding() {}

    static SlurmApptainerStep bind(Map<String, ?> written) throws ReflectiveOperationException {
        Map<String, Object> arguments = StepArguments.checked(SlurmApptainerStep.class, written);
        SlurmApptainerStep step = new SlurmApptainerStep((String) arguments.remove("script"));
        for (Method method : SlurmApptainerStep.class.getMethods()) {
            String name = method.getName().replaceFirst("^set(.)", "$1");
            String property = Character.toLowerCase(name.charAt(0)) + name.substring(1);
            if (method.isAnnotationPresent(DataBoundSetter.class) && arguments.containsKey(property)) {
                set(step, method, arguments.get(property));
            }
        }
        return step;
    }

    private static void set(SlurmApptainerStep step, Method setter, Object value) throws ReflectiveOperationException {
        try {
            setter.invoke(step, value);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException) {
                throw (RuntimeException) e.getCause();
            }
            throw e;
        }
    }
}
