package io.jenkins.plugins.slurmapptainer.job;

/**
 * Which home directories programs may have on a cluster. The account's home directory holds files that other programs
 * of the account trust, such as {@code .bashrc} and keys. So containers show it only if an administrator allows that.
 *
 * @param usual for a program in an image if the build chooses none
 * @param accountAllowed whether a build may choose the account's home directory for a program in an image
 */
public record HomeRules(Home usual, boolean accountAllowed) {
    /** Each job has its own home directory. */
    public static final HomeRules OF_JOBS = new HomeRules(Home.JOB, false);

    /**
     * Decides the home directory of a program. On the host every choice is allowed: the program sees the account's
     * files anyway.
     *
     * @param cluster its name, for messages
     * @param asked the build's choice
     * @throws InvalidRequestException when the build may not choose that
     */
    Home apply(String cluster, Home asked, boolean inImage) {
        if (!inImage) {
            return asked;
        }
        if (asked == Home.USUAL) {
            return usual;
        }
        // The cluster's usual home directory is always allowed.
        if (asked == Home.ACCOUNT && !accountAllowed && usual != Home.ACCOUNT) {
            throw new InvalidRequestException(
                    LaunchOption.HOME.field(),
                    "cluster " + cluster + " does not let builds have the account's home directory in a container;"
                            + " leave it out for one of the job's own, or have an administrator allow it in"
                            + " Manage Jenkins, System");
        }
        return asked;
    }
}
