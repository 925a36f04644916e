package hudson.model;

import hudson.FilePath;
import java.util.Map;
import java.util.Set;

public abstract class AbstractBuild<P extends AbstractProject<P, R>, R extends AbstractBuild<P, R>> extends Run<P, R> {
    AbstractBuild() {}

    public final FilePath getWorkspace() {
        throw new UnsupportedOperationException();
    }

    public Set<String> getSensitiveBuildVariables() {
        throw new UnsupportedOperationException();
    }

    public Map<String, String> getBuildVariables() {
        throw new UnsupportedOperationException();
    }
}
