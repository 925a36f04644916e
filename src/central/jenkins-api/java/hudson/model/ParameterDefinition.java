package hudson.model;

public abstract class ParameterDefinition {
    ParameterDefinition() {}

    public ParameterValue getDefaultParameterValue() {
        throw new UnsupportedOperationException();
    }
}
