package io.jenkins.plugins.slurmapptainer.job;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One job held against limits, and the words for what is too much.
 *
 * @param cluster which has the limits
 * @param asked what the job asks for
 */
record LimitCheck(String cluster, Directives asked) {
    /** A number of something countable. */
    void atMost(Directive directive, long number, int limit, String noun) {
        if (number > limit) {
            throw invalid(directive, number + " " + noun + " are more than the " + limit);
        }
    }

    /**
     * A value that has to be read first.
     *
     * @param size of a value, nothing for an unlimited one
     * @return the job; with the limit itself where it asks for nothing
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

    /** Other ways to ask for the same would go past the limit. */
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
