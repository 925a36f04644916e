package io.jenkins.plugins.slurmapptainer.web;

import hudson.model.Api;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** What is below {@code /apptainer-images/api/}: the usual {@code json} and {@code xml}, and the catalog's own interface. */
@Restricted(NoExternalUse.class)
public final class RestApi extends Api {
    /** @param page whose exported properties {@code json} and {@code xml} are */
    RestApi(Object page) {
        super(page);
    }

    /** Version 1; names and meanings in it do not change. */
    public RestV1 getV1() {
        return new RestV1();
    }
}
