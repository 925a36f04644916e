package io.jenkins.plugins.slurmapptainer.demo;

import java.util.List;

/** The script's {@code currentBuild}: how the build has gone so far. */
public final class DemoBuild {
    private static final List<String> RESULTS = List.of("SUCCESS", "UNSTABLE", "FAILURE", "NOT_BUILT", "ABORTED");

    private String result;
    private String description;
    private String displayName = "#1";

    /** The result that was set, {@code null} for none. */
    public String getResult() {
        return result;
    }

    /** The worse one counts, as in Jenkins. */
    public void setResult(String other) {
        if (!RESULTS.contains(other)) {
            throw new IllegalArgumentException("'" + other + "' is no result; there are " + String.join(", ", RESULTS));
        }
        if (RESULTS.indexOf(other) > RESULTS.indexOf(getCurrentResult())) {
            result = other;
        }
    }

    public String getCurrentResult() {
        return result == null ? "SUCCESS" : result;
    }

    public int getNumber() {
        return 1;
    }

    public String getDescription() {
        return description;
    }

    public void setDescription(String text) {
        description = text;
    }

    public String getDisplayName() {
        return displayName;
    }

    public void setDisplayName(String text) {
        displayName = text;
    }
}
