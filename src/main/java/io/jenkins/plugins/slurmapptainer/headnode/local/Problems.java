package io.jenkins.plugins.slurmapptainer.headnode.local;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Problems with files, one sentence each. Only the first ones are kept, because there may be very many. */
final class Problems {
    static final int MAX = 20;

    private final Set<String> told = new LinkedHashSet<>();
    private int more;

    void add(String sentence) {
        if (told.size() < MAX) {
            told.add(sentence);
        } else if (!told.contains(sentence)) {
            more++;
        }
    }

    /** @param name name of the file, fit for a message */
    void add(String name, String words) {
        add("'" + name + "' " + words);
    }

    void addAll(Problems others) {
        others.told.forEach(this::add);
        more += others.more;
    }

    boolean isEmpty() {
        return told.isEmpty();
    }

    /** The sentences, and how many were left out. */
    List<String> list() {
        List<String> list = new ArrayList<>(told);
        if (more > 0) {
            list.add("and " + more + " more");
        }
        return list;
    }
}
