package io.jenkins.plugins.slurmapptainer.jenkinstest;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * One controller for all tests of a class, handed in as {@link org.jvnet.hudson.test.JenkinsRule}: starting one takes longer than most tests.
 * Each test finds it empty, without items, with the plugin's settings and the security of a new one; the cluster's agent stays. A class whose
 * tests need more than that has {@link org.jvnet.hudson.test.junit.jupiter.WithJenkins}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(SharedJenkinsExtension.class)
public @interface SharedJenkins {}
