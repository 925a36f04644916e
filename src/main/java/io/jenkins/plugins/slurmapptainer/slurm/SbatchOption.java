package io.jenkins.plugins.slurmapptainer.slurm;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An option that {@code sbatch} knows in any version from 22.05 to 26.05, whether or not a build may use it (the tables
 * of {@code slurm_opt.c}).
 *
 * @param name the long name, without the dashes
 * @param letter the short name, 0 for none
 * @param value whether it has a value
 */
record SbatchOption(String name, char letter, Value value) {
    /** Whether an option has a value. */
    enum Value {
        NONE,
        /** Only directly after the letter, or after an equals sign. */
        OPTIONAL,
        REQUIRED
    }

    private static final String WITHOUT = "consolidate-segments contiguous external help:h hold:H ignore-pbs no-requeue"
            + " overcommit:O oversubscribe:s parsable quiet:Q reboot spread-job spread-segments stepmgr test-only usage"
            + " use-min-nodes verbose:v version:V wait:W";

    private static final String PERHAPS =
            "exclusive get-user-env nice no-kill:k oom-kill-step propagate requeue resv-ports";

    private static final String WITH = "account:A acctg-freq array:a autocomplete batch bb bbf begin:b chdir:D cluster"
            + " cluster-constraint clusters:M comment constraint:C container container-id container-type context core-spec:S"
            + " cores-per-socket cpu-freq cpus-per-gpu cpus-per-task:c deadline delay-boot dependency:d distribution:m error:e"
            + " exclude:x export export-file extra extra-node-info:B gid gpu-bind gpu-freq gpus:G gpus-per-node gpus-per-socket"
            + " gpus-per-task gres gres-flags hint input:i job-name:J kill-on-invalid-dep licenses:L mail-type mail-user"
            + " mcs-label mem mem-bind mem-per-cpu mem-per-gpu mem-update mincpus network nodefile:F nodelist:w nodes:N"
            + " ntasks:n ntasks-per-core ntasks-per-gpu ntasks-per-node ntasks-per-socket ntasks-per-tres open-mode output:o"
            + " partition:p power prefer priority profile qos:q reservation resources segment signal sockets-per-node switches"
            + " tasks-per-node thread-spec threads-per-core time:t time-min tmp tres-bind tres-per-task uid wait-all-nodes"
            + " wckey wrap";

    private static final List<SbatchOption> ALL = Stream.of(
                    all(WITHOUT, Value.NONE), all(PERHAPS, Value.OPTIONAL), all(WITH, Value.REQUIRED))
            .flatMap(List::stream)
            .toList();

    private static List<SbatchOption> all(String words, Value value) {
        return Arrays.stream(words.split(" "))
                .map(word -> word.split(":"))
                .map(parts -> new SbatchOption(parts[0], parts.length == 1 ? 0 : parts[1].charAt(0), value))
                .toList();
    }

    /** The option with this letter. */
    static Optional<SbatchOption> ofLetter(char letter) {
        return ALL.stream().filter(option -> option.letter == letter).findFirst();
    }

    /**
     * The options that a long name may mean to {@code getopt_long}: the one with exactly this name, otherwise all that
     * start with it.
     */
    static List<SbatchOption> ofName(String name) {
        Optional<SbatchOption> exact =
                ALL.stream().filter(option -> option.name.equals(name)).findFirst();
        return exact.map(List::of)
                .orElseGet(() -> ALL.stream()
                        .filter(option -> option.name.startsWith(name))
                        .toList());
    }

    /** All long names. */
    static List<String> names() {
        return ALL.stream().map(SbatchOption::name).toList();
    }
}
