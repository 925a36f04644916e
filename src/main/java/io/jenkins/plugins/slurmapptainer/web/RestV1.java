package io.jenkins.plugins.slurmapptainer.web;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.security.AccessDeniedException3;
import io.jenkins.plugins.slurmapptainer.catalog.ImageCatalog;
import io.jenkins.plugins.slurmapptainer.catalog.ImagePermissions;
import io.jenkins.plugins.slurmapptainer.image.ImageQuery;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.scan.ImageScan;
import io.jenkins.plugins.slurmapptainer.scan.ImageScans;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.WebMethod;
import org.kohsuke.stapler.verb.GET;
import org.kohsuke.stapler.verb.POST;

/**
 * The catalog for programs, described in {@code docs/rest-api.md}. {@link ImagesPage} has checked the permission to
 * view the catalog.
 */
@Restricted(NoExternalUse.class)
public final class RestV1 {
    /** The state of catalog and clusters. */
    @GET
    @WebMethod(name = "health")
    public HttpResponse doHealth() {
        Jenkins.get().checkPermission(ImagePermissions.VIEW);
        return RestAnswer.ok(new RestHealth(ImageCatalog.get().visible()));
    }

    /**
     * {@code images} and {@code images/<id>}. One method serves both, so that no address is redirected to one with a
     * slash.
     */
    @GET
    @WebMethod(name = "images")
    public HttpResponse doImages(
            StaplerRequest2 request,
            @QueryParameter String text,
            @QueryParameter String type,
            @QueryParameter String state,
            @QueryParameter String source,
            @QueryParameter String cluster,
            @QueryParameter String start,
            @QueryParameter String limit) {
        Jenkins.get().checkPermission(ImagePermissions.VIEW);
        String id = below(request);
        ImageQuery query = new ImageQuery(
                Util.fixNull(text),
                Util.fixNull(type),
                Util.fixNull(state),
                Util.fixNull(source),
                Util.fixNull(cluster));
        return id.isEmpty() ? RestImages.list(query, start, limit) : RestImages.one(id);
    }

    /** {@code scans} and {@code scans/<number>}. */
    @GET
    @WebMethod(name = "scans")
    public HttpResponse doScans(StaplerRequest2 request) {
        RestError denied = deniedScan();
        if (denied != null) {
            return RestAnswer.error(denied);
        }
        String number = below(request);
        return number.isEmpty() ? RestScans.list() : RestScans.one(number);
    }

    /** The rest of the path after the name of the resource. */
    private static String below(StaplerRequest2 request) {
        return request.getRestOfPath().replaceFirst("^/", "");
    }

    /**
     * Starts scans and answers at once.
     *
     * @param cluster name of one cluster, empty for all clusters with directories
     */
    @POST
    @WebMethod(name = "scan")
    public HttpResponse doScan(@QueryParameter String cluster) {
        RestError denied = deniedScan();
        if (denied != null) {
            return RestAnswer.error(denied);
        }
        List<ImageScan> scans = new ArrayList<>();
        try {
            ImageScans service = ImageScans.get();
            String cause = Jenkins.getAuthentication2().getName();
            if (cluster != null && !cluster.isBlank()) {
                scans.add(service.start(cluster, cause));
            } else {
                service.clusters().forEach(name -> scans.add(service.start(name, cause)));
            }
        } catch (InvalidRequestException e) {
            return RestAnswer.error(RestError.conflict(e.getMessage()));
        }
        if (scans.isEmpty()) {
            return RestAnswer.error(RestError.conflict(
                    "no directory is configured; an administrator adds one in Manage Jenkins, System"));
        }
        return RestAnswer.accepted(new RestScans.Page(scans)).with("Location", address(scans.get(0)));
    }

    private static String address(ImageScan scan) {
        String root = Jenkins.get().getRootUrl();
        return (root == null ? "/" : root) + CatalogUrl.API + "scans/" + scan.id();
    }

    /** Only POST: scans change something, so a link must not start them. */
    @GET
    @WebMethod(name = "scan")
    public HttpResponse doScanByGet() {
        return RestAnswer.error(RestError.method("start a scan with POST")).with("Allow", "POST");
    }

    /** The answer at every other address. */
    @GET
    public HttpResponse doDynamic() {
        Jenkins.get().checkPermission(ImagePermissions.VIEW);
        return RestAnswer.error(
                RestError.notFound("there is no such resource; there are health, images, scan and scans"));
    }

    @CheckForNull
    private static RestError deniedScan() {
        try {
            Jenkins.get().checkPermission(ImagePermissions.SCAN);
            return null;
        } catch (AccessDeniedException3 e) {
            return RestError.forbidden(e.getMessage());
        }
    }
}
