package io.jenkins.plugins.slurmapptainer.jenkinstest;

import hudson.security.ACL;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsExtension;

/** See {@link SharedJenkins}. The controller is in the store of the class, which ends it. */
final class SharedJenkinsExtension implements ParameterResolver, AfterEachCallback {
    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(SharedJenkinsExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType().equals(JenkinsRule.class);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        ExtensionContext test = ofClass(context);
        ExtensionContext.Store store = test.getStore(NAMESPACE);
        SharedController controller = store.get(SharedController.class, SharedController.class);
        if (controller == null) {
            try {
                controller =
                        new SharedController((JenkinsRule) new JenkinsExtension().resolveParameter(parameter, test));
            } catch (ReflectiveOperationException e) {
                throw new ParameterResolutionException("The settings of the plugin cannot be read", e);
            }
            store.put(SharedController.class, controller);
        }
        // The tests have all rights, as with a controller of their own.
        ACL.as2(ACL.SYSTEM2);
        return controller.rule();
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        SharedController controller =
                ofClass(context).getStore(NAMESPACE).get(SharedController.class, SharedController.class);
        if (controller != null) {
            ACL.as2(ACL.SYSTEM2);
            controller.clean();
        }
    }

    private static ExtensionContext ofClass(ExtensionContext context) {
        ExtensionContext of = context;
        while (of.getTestMethod().isPresent()) {
            of = of.getParent().orElseThrow();
        }
        return of;
    }
}
