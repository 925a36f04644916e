package io.jenkins.plugins.slurmapptainer.web;

/** The address of the catalog, relative to Jenkins' root. */
final class CatalogUrl {
    static final String PAGE = "apptainer-images";
    static final String API = PAGE + "/api/v1/";

    private CatalogUrl() {}
}
