package io.jenkins.plugins.slurmapptainer.pipeline;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Gives a parameter a title in the form; put on its setter. The form then shows the parameter by itself, with a control
 * for its type. A parameter that needs another control or a place of its own is in {@code config.jelly} instead.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface FormTitle {
    String value();
}
