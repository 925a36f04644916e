package io.jenkins.plugins.slurmapptainer.job;

/**
 * Which home directory programs get on a cluster. That of the account holds what other programs of the account believe, such as
 * {@code .bashrc} and keys, so a container shows it only where an administrator allows that.
 *
 * @param usual of a program in an image whose build chooses none
 * @param accountAllowed whether a build may choose the account's for a program in an image
 */
public record HomeRules(Home usual, boolean accountAllowed) {
    /** Each job has its own. */
    public static final HomeRules OF_JOBS = new HomeRules(Home.JOB, false);

    /**
     * The home directory that a program gets. On the host it may be any: the program sees what its account sees.
     *
     * @param cluster its name, for messages
     * @param asked what the build chooses
     * @throws InvalidRequestException when the build may not choose that
     */
    Home apply(String cluster, Home asked, boolean inImage) {
        if (!inImage) {
            return asked;
        }
        if (asked == Home.USUAL) {
            return usual;
        }
        // What every build gets is allowed.
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
