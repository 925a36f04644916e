package hudson.model;

public abstract class ParameterValue {
    ParameterValue() {}

    public final String getName() {
        throw new UnsupportedOperationException();
    }

    public boolean isSensitive() {
        throw new UnsupportedOperationException();
    }

    public Object getValue() {
        throw new UnsupportedOperationException();
    }
}
