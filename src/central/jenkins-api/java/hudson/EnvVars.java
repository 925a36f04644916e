package hudson;

import java.util.TreeMap;

public class EnvVars extends TreeMap<String, String> {
    private static final long serialVersionUID = 1L;

    public EnvVars() {}

    public EnvVars(EnvVars other) {}

    @Override
    public String put(String key, String value) {
        throw new UnsupportedOperationException();
    }

    public EnvVars(java.util.Map<String, String> m) {}

    public EnvVars overrideExpandingAll(java.util.Map<String, String> all) {
        throw new UnsupportedOperationException();
    }

    public String expand(String s) {
        throw new UnsupportedOperationException();
    }
}
