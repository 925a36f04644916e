package io.jenkins.plugins.slurmapptainer.execution;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Run;
import io.jenkins.plugins.slurmapptainer.catalog.ImageCatalog;
import io.jenkins.plugins.slurmapptainer.catalog.ImagePermissions;
import io.jenkins.plugins.slurmapptainer.catalog.PulledImageStore;
import io.jenkins.plugins.slurmapptainer.catalog.RegistryCredentials;
import io.jenkins.plugins.slurmapptainer.config.SlurmCluster;
import io.jenkins.plugins.slurmapptainer.config.SlurmGlobalConfiguration;
import io.jenkins.plugins.slurmapptainer.engine.JobRecord;
import io.jenkins.plugins.slurmapptainer.engine.JobThreads;
import io.jenkins.plugins.slurmapptainer.engine.NotReadyException;
import io.jenkins.plugins.slurmapptainer.engine.Work;
import io.jenkins.plugins.slurmapptainer.image.CheckedFile;
import io.jenkins.plugins.slurmapptainer.image.FileStamp;
import io.jenkins.plugins.slurmapptainer.image.ImageCheckAnswer;
import io.jenkins.plugins.slurmapptainer.image.ImageCheckRequest;
import io.jenkins.plugins.slurmapptainer.image.ImageFile;
import io.jenkins.plugins.slurmapptainer.image.ImageLookup;
import io.jenkins.plugins.slurmapptainer.image.ImagePolicy;
import io.jenkins.plugins.slurmapptainer.image.ImageRecord;
import io.jenkins.plugins.slurmapptainer.image.Integrity;
import io.jenkins.plugins.slurmapptainer.image.RegistrySource;
import io.jenkins.plugins.slurmapptainer.job.ContainerImage;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.springframework.security.core.Authentication;

/**
 * Decides whether a job may use an image. It checks the user's permission, and on a head node whatever the image's
 * entry or the policy requires.
 */
final class ImageAdmission {
    private static final int PATIENCE = 30;

    private final Run<?, ?> run;
    private final String cluster;
    private final Consumer<String> console;
    private boolean warned;
    /** How often a pulled file could not be read. */
    private int unreadable;

    /** {@code null} until an image from a registry is needed. */
    @CheckForNull
    private RegistryPull pull;

    /** The checks that this job has requested since it was last prepared. */
    private final Map<CheckedFiles.Question, CompletableFuture<CheckedFiles.Found>> checks = new HashMap<>();

    /**
     * @param cluster name of the job's cluster
     * @param console gets lines for readers of the build
     */
    ImageAdmission(Run<?, ?> run, String cluster, Consumer<String> console) {
        this.run = run;
        this.cluster = cluster;
        this.console = console;
    }

    /**
     * Checks permission and file, warns once of a deprecated image, and records what the job uses.
     *
     * @param id id of the image in the catalog; any other id if it is not in the catalog
     * @param image as the job will use it
     * @param job gets what was found out about the file
     * @param user the user of the build
     * @return the image for the job. A file that is not in the catalog gets its real path, so that no changed link can
     *     lead elsewhere when the job starts
     * @throws InvalidRequestException when the image must not be used
     * @throws NotReadyException when the image is still being pulled or checked
     * @throws IOException when no head node could be asked
     */
    ContainerImage prepare(String id, ContainerImage image, JobRecord job, Authentication user)
            throws IOException, InterruptedException {
        checkPermission(user);
        boolean waits = false;
        try {
            return prepared(id, image, job);
        } catch (NotReadyException e) {
            waits = true;
            throw e;
        } finally {
            if (!waits) {
                // The next plan is made later and must be checked again.
                checks.clear();
            }
        }
    }

    private ContainerImage prepared(String id, ContainerImage image, JobRecord job)
            throws IOException, InterruptedException {
        String name = image.source().isEmpty() ? image.path() : image.source();
        Optional<ImageRecord> entry =
                ImageCatalog.get().list().byId(id).filter(found -> found.path().equals(name));
        if (!warned) {
            entry.flatMap(ImageLookup::warning).ifPresent(console);
            warned = true;
        }
        if (!image.source().isEmpty()) {
            pulled(entry, image, job);
        }
        boolean elsewhere = entry.isEmpty() && image.source().isEmpty();
        String path = elsewhere ? ownFile(image.path()) : image.path();
        Optional<CheckedFile> checked = checked(entry, id, path);
        if (checked.isPresent()) {
            FileStamp stamp = checked.get().stamp();
            job.description()
                    .imageFile(stamp.size(), stamp.modified(), checked.get().sha256());
        } else {
            entry.map(ImageRecord::file)
                    .filter(ImageFile::isSeen)
                    .ifPresent(file -> job.description().imageFile(file.size(), file.modified(), ""));
        }
        ImageUsageLog.get().add(name, run, job);
        ImageFingerprint.add(run, image.path(), job);
        return image.atPath(path);
    }

    /**
     * The real path of a file that has no entry in the catalog.
     *
     * @throws InvalidRequestException when it is an entry's file under another name, because the entry's rules would
     *     not be applied
     */
    private String ownFile(String path) throws IOException, InterruptedException {
        SlurmCluster configured = SlurmGlobalConfiguration.get().cluster(cluster);
        Map<String, ImageRecord> entries = new LinkedHashMap<>();
        for (ImageRecord image : ImageCatalog.get().list().all()) {
            if (image.origin().isOn(cluster)) {
                entries.put(
                        image.inDirectory(SlurmEngine.root(configured) + "/images")
                                .path(),
                        image);
            }
        }
        ImageCheckAnswer answer = found(new ImageCheckRequest(
                        path,
                        new ArrayList<>(),
                        new ArrayList<>(entries.keySet()),
                        false,
                        "",
                        configured.getApptainer(),
                        null))
                .answer();
        if (answer.problem().equals(ImageCheckAnswer.NOT_THERE)) {
            return path;
        }
        if (answer.file() == null) {
            throw problem(path, answer.problem());
        }
        ImageRecord entry = entries.get(answer.same());
        if (entry != null) {
            ImageCatalog.get().image(entry.id(), cluster, run.getParent());
            throw problem(
                    path,
                    "is the image '" + entry.id() + "' of the catalog under another name; write image: '" + entry.id()
                            + "'");
        }
        return answer.real();
    }

    private void pulled(Optional<ImageRecord> entry, ContainerImage image, JobRecord job)
            throws IOException, InterruptedException {
        RegistrySource source =
                entry.map(ImageRecord::source).orElseGet(() -> new RegistrySource(image.source(), "", false));
        if (pull == null) {
            pull = new RegistryPull(
                    source, image.path(), RegistryCredentials.login(source.credentialsId(), run), console);
        }
        SlurmCluster configured = SlurmGlobalConfiguration.get().cluster(cluster);
        CheckedFile now = pull.ask(configured.headNodes().anyImageFiles(), configured.getApptainer());
        CheckedFile file = PulledImageStore.get().known(cluster, image.path(), now, pull.hasWaited(), this::digested);
        job.description().imageFile(file.stamp().size(), file.stamp().modified(), file.sha256());
    }

    /** Reads a pulled file to get its digest. Called only if the file is not the one that was seen last. */
    private CheckedFile digested(String path) throws IOException, InterruptedException {
        SlurmCluster configured = SlurmGlobalConfiguration.get().cluster(cluster);
        ImageCheckAnswer answer = found(new ImageCheckRequest(
                        path, new ArrayList<>(), new ArrayList<>(), true, "", configured.getApptainer(), null))
                .answer();
        if (answer.file() != null) {
            return answer.file();
        }
        String trouble = answer.problem();
        boolean passes = trouble.equals(ImageCheckAnswer.NOT_THERE) || trouble.equals(ImageCheckAnswer.CHANGES);
        if (passes && unreadable++ < PATIENCE) {
            // It is just being removed or replaced by another pull.
            checks.clear();
            throw new NotReadyException("the image " + path + " " + trouble, Duration.ofSeconds(2));
        }
        throw problem(path, trouble);
    }

    private Optional<CheckedFile> checked(Optional<ImageRecord> entry, String id, String path)
            throws IOException, InterruptedException {
        ImageRecord image = entry.orElseGet(() -> ImageRecord.ofPath(id, path)).atPath(path);
        ImagePolicy policy = ImageCatalog.get().imagePolicy(run.getParent());
        boolean confined = entry.isEmpty() && policy.kind() == ImagePolicy.Kind.ROOTS;
        if (!confined && !image.integrity().isChecked()) {
            return Optional.empty();
        }
        ArrayList<String> roots = new ArrayList<>(confined ? policy.roots() : List.of());
        return Optional.of(check(image, roots));
    }

    private void checkPermission(Authentication user) {
        if (!run.getParent().getACL().hasPermission2(user, ImagePermissions.USE)) {
            throw new InvalidRequestException(
                    "image", "the user whom this build runs as may not use images (permission Apptainer images/Use)");
        }
    }

    /** The head node's answer about a file. Another thread asks for it; until then this job uses none. */
    private CheckedFiles.Found found(ImageCheckRequest request) throws IOException, InterruptedException {
        CompletableFuture<CheckedFiles.Found> check =
                checks.computeIfAbsent(new CheckedFiles.Question(cluster, request), question -> {
                    JobThreads threads = SlurmEngine.get().threads(cluster, run.getExternalizableId());
                    return CheckedFiles.get().ask(question, this::ask, task -> threads.execute(Work.CHECK, task));
                });
        if (!check.isDone()) {
            throw new NotReadyException("checking " + request.path(), check);
        }
        try {
            return check.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException bad) {
                // Trying again would not help.
                throw bad;
            }
            throw new IOException(e.getCause().getMessage(), e);
        }
    }

    private ImageCheckAnswer ask(ImageCheckRequest request) throws IOException, InterruptedException {
        return SlurmGlobalConfiguration.get()
                .cluster(cluster)
                .headNodes()
                .anyImageFiles()
                .check(request);
    }

    private CheckedFile check(ImageRecord image, ArrayList<String> roots) throws IOException, InterruptedException {
        Integrity integrity = image.integrity();
        boolean digest = !integrity.sha256().isEmpty();
        SlurmCluster configured = SlurmGlobalConfiguration.get().cluster(cluster);
        CheckedFiles.Found found = found(new ImageCheckRequest(
                image.path(),
                roots,
                new ArrayList<>(),
                digest,
                integrity.signingKey(),
                configured.getApptainer(),
                null));
        CheckedFile file = found.answer().file();
        if (file == null) {
            throw problem(image.path(), found.answer().problem());
        }
        if (digest && !file.sha256().equals(integrity.sha256())) {
            throw problem(
                    image.path(),
                    "has changed: its SHA-256 is " + file.sha256() + ", the catalog says " + integrity.sha256()
                            + "; an administrator corrects the file or the entry");
        }
        if (!file.equals(found.known())) {
            if (digest) {
                console.accept("Image " + image.id() + " has the SHA-256 that the catalog says");
            }
            if (!integrity.signingKey().isEmpty()) {
                console.accept("Image " + image.id() + " is signed with the key that the catalog says");
            }
        }
        return file;
    }

    private static InvalidRequestException problem(String path, String problem) {
        return new InvalidRequestException("image", "the image " + path + " " + problem);
    }
}
