package io.jenkins.plugins.slurmapptainer.headnode.local;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What is wrong with files, one sentence each, of endlessly many the first ones. */
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

    /** @param name of the file, fit to be printed */
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

    /** The sentences, and how many are left out. */
    List<String> list() {
        List<String> list = new ArrayList<>(told);
        if (more > 0) {
            list.add("and " + more + " more");
        }
        return list;
    }
}
