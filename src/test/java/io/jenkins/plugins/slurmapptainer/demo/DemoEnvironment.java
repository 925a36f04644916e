package io.jenkins.plugins.slurmapptainer.demo;

import groovy.lang.GroovyObjectSupport;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The script's {@code env}: the variables of the place where it is asked, and those that the script sets for all that follows. */
public final class DemoEnvironment extends GroovyObjectSupport {
    private final Map<String, String> set;

    DemoEnvironment(Map<String, String> ofTheBuild) {
        set = new ConcurrentHashMap<>(ofTheBuild);
    }

    /** All variables, under their names. */
    public Map<String, String> getEnvironment() {
        Map<String, String> all = new HashMap<>(set);
        // What a block has set holds in it, whatever the script says.
        all.putAll(Strand.current().scope().variables());
        return all;
    }

    /** One variable, {@code null} if there is none. */
    @Override
    public Object getProperty(String name) {
        return name.equals("environment") ? getEnvironment() : getEnvironment().get(name);
    }

    @Override
    public void setProperty(String name, Object value) {
        if (value == null) {
            set.remove(name);
        } else {
            set.put(name, value.toString());
        }
    }
}
