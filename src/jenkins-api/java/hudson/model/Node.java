package hudson.model;

import hudson.FilePath;
import hudson.remoting.VirtualChannel;

public abstract class Node {
    public abstract String getNodeName();

    public final Computer toComputer() {
        throw new UnsupportedOperationException();
    }

    public final VirtualChannel getChannel() {
        throw new UnsupportedOperationException();
    }

    public abstract FilePath getRootPath();

    public FilePath createPath(String absolutePath) {
        throw new UnsupportedOperationException();
    }
}
