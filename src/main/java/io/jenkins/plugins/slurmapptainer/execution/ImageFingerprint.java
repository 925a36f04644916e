package io.jenkins.plugins.slurmapptainer.execution;

import hudson.model.Fingerprint;
import hudson.model.Run;
import hudson.tasks.Fingerprinter.FingerprintAction;
import io.jenkins.plugins.slurmapptainer.engine.JobRecord;
import java.io.IOException;
import java.util.Map;
import jenkins.model.Jenkins;

/**
 * Jenkins' fingerprint of an image whose digest is known: it shows all builds that ran exactly these bytes. A
 * fingerprint's name has 32 hexadecimal digits, so it is the first half of the SHA-256, as for other container images
 * in Jenkins.
 */
final class ImageFingerprint {
    private static final int DIGITS = 32;

    private ImageFingerprint() {}

    /** The name of the fingerprint. */
    static String ofSha256(String sha256) {
        return sha256.substring(0, DIGITS);
    }

    /** Adds the build to the fingerprint of the job's image, if its digest is known. */
    static void add(Run<?, ?> run, String imagePath, JobRecord job) throws IOException {
        if (job.description().imageSha256().isEmpty()) {
            return;
        }
        String hash = ofSha256(job.description().imageSha256());
        String name = imagePath.substring(imagePath.lastIndexOf('/') + 1);
        Fingerprint fingerprint = Jenkins.get().getFingerprintMap().getOrCreate((Run<?, ?>) null, name, hash);
        fingerprint.addFor(run);
        synchronized (run) {
            FingerprintAction action = run.getAction(FingerprintAction.class);
            if (action == null) {
                run.addAction(new FingerprintAction(run, Map.of(name, hash)));
            } else {
                action.add(Map.of(name, hash));
            }
        }
    }
}
