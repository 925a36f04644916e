package io.jenkins.plugins.slurmapptainer.job;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Checks one job against limits and words the errors.
 *
 * @param cluster the cluster with the limits
 * @param asked what the job requests
 */
record LimitCheck(String cluster, Directives asked) {
    /** Checks a number of things. */
    void atMost(Directive directive, long number, int limit, String noun) {
        if (number > limit) {
            throw invalid(directive, number + " " + noun + " are more than the " + limit);
        }
    }

    /**
     * Checks a value that must be read first.
     *
     * @param size reads a value; empty for an unlimited one
     * @return the job; if it does not set the option, the limit is set
     */
    <T extends Comparable<T>> Directives atMost(
            Directives job, Directive directive, String limit, Function<String, Optional<T>> size) {
        Optional<String> value = job.get(directive);
        if (value.isEmpty()) {
            return job.with(directive, limit);
        }
        T most = size.apply(limit).orElseThrow();
        if (size.apply(value.get()).filter(known -> known.compareTo(most) <= 0).isEmpty()) {
            throw invalid(directive, "'" + value.get() + "' is more than the '" + limit + "'");
        }
        return job;
    }

    /** Refuses options that request the same in a way that would bypass the limit. */
    void refuse(List<String> options, String noun, String instead) {
        for (String option : options) {
            if (asked.extra(option).isPresent()) {
                throw new InvalidRequestException(
                        "options",
                        "--" + option + " cannot be used on cluster " + cluster + ", which limits " + noun + "; use "
                                + instead + " instead");
            }
        }
    }

    InvalidRequestException invalid(Directive directive, String what) {
        return new InvalidRequestException(
                directive.field(), what + " that cluster " + cluster + " allows for one job");
    }
}
