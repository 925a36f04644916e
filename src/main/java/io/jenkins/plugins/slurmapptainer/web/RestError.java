package io.jenkins.plugins.slurmapptainer.web;

import jakarta.servlet.http.HttpServletResponse;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** An error as programs see it. The names are an interface: they never change. */
@ExportedBean
@Restricted(NoExternalUse.class)
public final class RestError {
    private final int status;
    private final String code;
    private final String message;

    private RestError(int status, String code, String message) {
        this.status = status;
        this.code = code;
        this.message = message;
    }

    static RestError notFound(String message) {
        return new RestError(HttpServletResponse.SC_NOT_FOUND, "not-found", message);
    }

    static RestError invalid(String message) {
        return new RestError(HttpServletResponse.SC_BAD_REQUEST, "invalid-parameter", message);
    }

    static RestError forbidden(String message) {
        return new RestError(HttpServletResponse.SC_FORBIDDEN, "no-permission", message);
    }

    static RestError method(String message) {
        return new RestError(HttpServletResponse.SC_METHOD_NOT_ALLOWED, "method-not-allowed", message);
    }

    static RestError conflict(String message) {
        return new RestError(HttpServletResponse.SC_CONFLICT, "cannot-scan", message);
    }

    int status() {
        return status;
    }

    /** A word for programs. It never changes. */
    @Exported
    public String getError() {
        return code;
    }

    /** A sentence for people. */
    @Exported
    public String getMessage() {
        return message;
    }
}
