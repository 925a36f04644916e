package io.jenkins.plugins.slurmapptainer.web;

import hudson.model.Api;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Everything below {@code /apptainer-images/api/}: Jenkins' {@code json} and {@code xml}, and the catalog's own
 * interface.
 */
@Restricted(NoExternalUse.class)
public final class RestApi extends Api {
    /** @param page its exported properties are shown as {@code json} and {@code xml} */
    RestApi(Object page) {
        super(page);
    }

    /** Version 1. Names and meanings in it do not change. */
    public RestV1 getV1() {
        return new RestV1();
    }
}
