package io.jenkins.plugins.slurmapptainer.web;

/** Where the catalog is, below the root of Jenkins. */
final class CatalogUrl {
    static final String PAGE = "apptainer-images";
    static final String API = PAGE + "/api/v1/";

    private CatalogUrl() {}
}
