package hudson.model;

public abstract class Node {
    public abstract String getNodeName();

    public final Computer toComputer() {
        throw new UnsupportedOperationException();
    }
}
