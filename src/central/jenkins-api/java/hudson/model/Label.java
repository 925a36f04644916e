package hudson.model;

import java.util.Set;

public abstract class Label extends Actionable {
    Label() {}

    public Set<Node> getNodes() {
        throw new UnsupportedOperationException();
    }

    public boolean isEmpty() {
        throw new UnsupportedOperationException();
    }
}
