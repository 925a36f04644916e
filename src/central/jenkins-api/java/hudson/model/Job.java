package hudson.model;

public abstract class Job<JobT extends Job<JobT, RunT>, RunT extends Run<JobT, RunT>> extends Actionable
        implements Item {
    Job() {}

    public int getNextBuildNumber() {
        throw new UnsupportedOperationException();
    }

    @SuppressWarnings("rawtypes")
    public <T extends JobProperty> T getProperty(Class<T> clazz) {
        throw new UnsupportedOperationException();
    }
}
