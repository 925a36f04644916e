package io.jenkins.plugins.slurmapptainer.job;

import java.util.EnumSet;
import java.util.Set;

/**
 * How scripts run on a cluster, whatever a build requests.
 *
 * @param imageRequired whether a script without an image is refused
 * @param alwaysContainall whether every container runs with {@link ContainerFlag#CONTAINALL}
 */
public record ContainerRules(boolean imageRequired, boolean alwaysContainall) {
    /** No rules: the build chooses. */
    public static final ContainerRules NONE = new ContainerRules(false, false);

    /** The image with these rules applied. */
    public ContainerImage apply(ContainerImage image) {
        if (!alwaysContainall) {
            return image;
        }
        Set<ContainerFlag> flags = EnumSet.of(ContainerFlag.CONTAINALL);
        flags.addAll(image.flags());
        return image.withFlags(flags);
    }

    /**
     * Checks that a script may run outside an image.
     *
     * @param cluster for messages
     * @param image whether the job has an image all the same
     * @throws InvalidRequestException if it may not
     */
    public void checkOnHost(String cluster, boolean image) {
        if (imageRequired) {
            String rule = "cluster " + cluster + " runs scripts in images only; ";
            throw image
                    ? new InvalidRequestException(
                            LaunchOption.LAUNCH.field(), rule + "'srun' does that, 'host' does not")
                    : new InvalidRequestException("image", rule + "name one, for example image: 'python_3.11'");
        }
    }
}
