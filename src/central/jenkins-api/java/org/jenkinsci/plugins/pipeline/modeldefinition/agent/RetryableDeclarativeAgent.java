package org.jenkinsci.plugins.pipeline.modeldefinition.agent;

import org.kohsuke.stapler.DataBoundSetter;

public abstract class RetryableDeclarativeAgent<A extends RetryableDeclarativeAgent<A>> extends DeclarativeAgent<A> {
    public int getRetries() {
        throw new UnsupportedOperationException();
    }

    @DataBoundSetter
    public void setRetries(int retries) {
        throw new UnsupportedOperationException();
    }
}
