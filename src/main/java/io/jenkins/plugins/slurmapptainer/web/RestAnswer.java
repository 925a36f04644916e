package io.jenkins.plugins.slurmapptainer.web;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.export.ClassAttributeBehaviour;
import org.kohsuke.stapler.export.ExportConfig;
import org.kohsuke.stapler.export.Flavor;

/** An answer of the REST interface: a status and an exported object as JSON. Immutable. */
final class RestAnswer implements HttpResponse {
    private final int status;
    private final Object bean;
    private final Map<String, String> headers;

    private RestAnswer(int status, Object bean, Map<String, String> headers) {
        this.status = status;
        this.bean = bean;
        this.headers = headers;
    }

    static RestAnswer ok(Object bean) {
        return new RestAnswer(HttpServletResponse.SC_OK, bean, Map.of());
    }

    /** The answer when work continues. Its result can be read at the location. */
    static RestAnswer accepted(Object bean) {
        return new RestAnswer(HttpServletResponse.SC_ACCEPTED, bean, Map.of());
    }

    static RestAnswer error(RestError error) {
        return new RestAnswer(error.status(), error, Map.of());
    }

    RestAnswer with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new RestAnswer(status, bean, more);
    }

    @Override
    public void generateResponse(StaplerRequest2 req, StaplerResponse2 rsp, Object node)
            throws IOException, ServletException {
        // With this parameter, the answer would be a script that pages of other sites could run.
        boolean script = req.getParameter("jsonp") != null;
        rsp.setHeader("X-Content-Type-Options", "nosniff");
        rsp.setHeader("Cache-Control", "no-store");
        headers.forEach(rsp::setHeader);
        if (script) {
            rsp.sendError(HttpServletResponse.SC_BAD_REQUEST, "jsonp is not supported");
            return;
        }
        rsp.setStatus(status);
        rsp.serveExposedBean(
                req, bean, new ExportConfig().withFlavor(Flavor.JSON).withClassAttribute(ClassAttributeBehaviour.NONE));
    }
}
