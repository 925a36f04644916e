package io.jenkins.plugins.slurmapptainer.demo;

import io.jenkins.plugins.slurmapptainer.pipeline.SlurmApptainerStep;
import io.jenkins.plugins.slurmapptainer.pipeline.StepArguments;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.LinkedHashMap;
import java.util.Map;
import org.codehaus.groovy.runtime.typehandling.DefaultTypeTransformation;
import org.kohsuke.stapler.DataBoundSetter;

/** Makes the step of a Jenkinsfile's arguments as Jenkins does: by its data-bound constructor and setters. */
final class StepBinding {
    private StepBinding() {}

    static SlurmApptainerStep bind(Map<String, ?> written) throws ReflectiveOperationException {
        Map<String, Object> arguments = new LinkedHashMap<>(StepArguments.checked(SlurmApptainerStep.class, written));
        Object script = arguments.remove("script");
        SlurmApptainerStep step = new SlurmApptainerStep(script == null ? null : script.toString());
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
            setter.invoke(step, DefaultTypeTransformation.castToType(value, setter.getParameterTypes()[0]));
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException) {
                throw (RuntimeException) e.getCause();
            }
            throw e;
        }
    }
}
