package io.jenkins.plugins.slurmapptainer.soak;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * All that chance decides, from the seed alone: what the third job does and what the tenth fault is does not depend on how
 * fast the machine is. Only which jobs are there when a fault comes does.
 */
record Draws(long seed) {
    /** Numbers for one thing, the same in every run. */
    RandomGenerator of(String what, int number) {
        return new SplittableRandom(new SplittableRandom(seed * 1_000_003 + what.hashCode()).nextLong() + number);
    }
}
