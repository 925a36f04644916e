package io.jenkins.plugins.slurmapptainer.pipeline;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On the setter of a parameter: what its field in the form is called. The form shows such a parameter by itself, with a control for
 * its type; what needs another control, or a place of its own, stands in {@code config.jelly} instead.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface FormTitle {
    String value();
}
