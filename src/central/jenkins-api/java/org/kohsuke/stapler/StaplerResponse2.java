package org.kohsuke.stapler;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.kohsuke.stapler.export.ExportConfig;

public interface StaplerResponse2 extends HttpServletResponse {
    default void serveExposedBean(StaplerRequest2 req, Object exposedBean, ExportConfig exportConfig)
            throws ServletException, IOException {
        throw new UnsupportedOperationException();
    }
}
