package io.jenkins.plugins.slurmapptainer.agent;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.slurmapptainer.headnode.CancelAnswer;
import io.jenkins.plugins.slurmapptainer.headnode.CollectAnswer;
import io.jenkins.plugins.slurmapptainer.headnode.CollectRequest;
import io.jenkins.plugins.slurmapptainer.headnode.ExitRecord;
import io.jenkins.plugins.slurmapptainer.headnode.Finding;
import io.jenkins.plugins.slurmapptainer.headnode.JobNews;
import io.jenkins.plugins.slurmapptainer.headnode.Observation;
import io.jenkins.plugins.slurmapptainer.headnode.ObserveRequest;
import io.jenkins.plugins.slurmapptainer.headnode.ReceiveAnswer;
import io.jenkins.plugins.slurmapptainer.headnode.ReturnedOutput;
import io.jenkins.plugins.slurmapptainer.headnode.Selection;
import io.jenkins.plugins.slurmapptainer.headnode.StageAnswer;
import io.jenkins.plugins.slurmapptainer.headnode.StageRequest;
import io.jenkins.plugins.slurmapptainer.headnode.StartRecord;
import io.jenkins.plugins.slurmapptainer.headnode.SubmitAnswer;
import io.jenkins.plugins.slurmapptainer.headnode.SweepAnswer;
import io.jenkins.plugins.slurmapptainer.job.FilePattern;
import io.jenkins.plugins.slurmapptainer.job.JobId;
import io.jenkins.plugins.slurmapptainer.job.Printable;
import io.jenkins.plugins.slurmapptainer.job.VariableNames;
import io.jenkins.plugins.slurmapptainer.script.Export;
import io.jenkins.plugins.slurmapptainer.script.JobDirectory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Checks the answers of agents. An answer is untrusted input: if any part of it does not fit the question, all of it is
 * refused.
 */
final class AgentAnswers {
    private static final int MAX_FINDINGS = 21;
    private static final int MAX_PATH = 4096;
    private static final int MAX_EXIT_CODE = 255;
    /** The most output in one job's news, in bytes: more than {@code LocalHeadNode} reads at once. */
    private static final int MAX_OUTPUT = 2 * Observation.FULL_BYTES;

    private AgentAnswers() {}

    static SubmitAnswer checked(SubmitAnswer answer) throws IOException {
        boolean submitted = answer.result() == SubmitAnswer.Result.SUBMITTED;
        if (answer.result() == null
                || (submitted
                        ? JobId.parse(answer.jobId()).isEmpty()
                        : !answer.jobId().isEmpty())) {
            throw new IOException("the agent answered with something that is no job id");
        }
        return new SubmitAnswer(
                answer.result(), answer.jobId(), AnswerText.words(answer.text()), Printable.of(answer.user()));
    }

    static CancelAnswer checked(CancelAnswer answer) throws IOException {
        if (answer.result() == null) {
            throw new IOException("the agent answered with something that is no answer to a cancellation");
        }
        return new CancelAnswer(answer.result(), Printable.of(answer.text()));
    }

    /** Checks names that become paths below the workspace. */
    static CollectAnswer checked(CollectRequest request, CollectAnswer answer) throws IOException {
        if (answer.missing().size() > request.outputs().size()) {
            throw new IOException("the agent answered with outputs that were not asked for");
        }
        if (answer.bytes() < 0
                || !answer.files().stream().allMatch(name -> isRelative(name) && Printable.isPlain(name))) {
            throw new IOException("the agent answered with something that is no file of the workspace");
        }
        return CollectAnswer.of(answer.files(), answer.bytes(), AnswerText.sentences(answer.problems()))
                .withMissing(
                        answer.missing().stream().map(Printable::ofSentence).collect(Collectors.toList()))
                .withNotes(AnswerText.sentences(answer.notes()))
                .withSpace(Printable.of(answer.space()));
    }

    /** Checks names that are kept as artifacts. */
    static ReceiveAnswer checked(ReceiveAnswer answer) throws IOException {
        if (answer.bytes() < 0
                || !answer.files().stream().allMatch(name -> isRelative(name) && Printable.isPlain(name))) {
            throw new IOException("the agent answered with something that is no file of the workspace");
        }
        return new ReceiveAnswer(answer.files(), answer.bytes(), AnswerText.sentences(answer.problems()));
    }

    static ArrayList<Finding> findings(ArrayList<Finding> answer) throws IOException {
        if (answer.size() > MAX_FINDINGS) {
            throw new IOException("the agent answered with " + answer.size() + " findings");
        }
        return answer.stream()
                .map(finding -> new Finding(Objects.requireNonNull(finding.kind()), Printable.of(finding.text())))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    static byte[] output(byte[] answer) throws IOException {
        if (answer.length > ReturnedOutput.MAX + 1) {
            throw new IOException("the agent answered with more output than was asked for");
        }
        return answer;
    }

    /** Checks paths that become the job's working directory and variables. */
    static StageAnswer checked(StageRequest request, StageAnswer answer) throws IOException {
        String there = answer.workingDirectory();
        boolean place = answer.copied()
                ? there.equals(request.directory().files())
                : !request.workspace().isEmpty() && isPath(there);
        long most = 2L * (answer.files() + request.patterns().size()) + 1;
        ArrayList<Export> files = new ArrayList<>(answer.exports());
        files.removeIf(export -> export.equals(new Export("FILES_DIR", there)));
        if (!place
                || answer.files() < 0
                || answer.bytes() < 0
                || answer.exports().size() > most
                || !areOf(request.patterns(), there, files)) {
            throw new IOException("the agent answered with something that is no file of the job");
        }
        return new StageAnswer(
                there,
                answer.exports(),
                answer.files(),
                answer.bytes(),
                answer.copied(),
                AnswerText.sentences(answer.notes()));
    }

    private static boolean isPath(String path) {
        return path.length() <= MAX_PATH
                && path.startsWith("/")
                && Printable.isPlain(path)
                && !(path + "/").contains("/../");
    }

    /** Checks names that become paths on another machine. */
    static Selection checked(List<FilePattern> patterns, String directory, Selection answer) throws IOException {
        boolean paths = answer.names().stream().allMatch(AgentAnswers::isRelative);
        if (!paths || !areOf(patterns, directory, answer.exports()) || answer.bytes() < 0) {
            throw new IOException("the agent answered with something that is no file of the workspace");
        }
        return new Selection(answer.names(), answer.exports(), answer.bytes(), AnswerText.sentences(answer.notes()));
    }

    /** Whether the variables name files of the directory, as the patterns say. */
    private static boolean areOf(List<FilePattern> patterns, String directory, List<Export> exports) {
        Set<String> named = patterns.stream()
                .flatMap(pattern -> VariableNames.shortName(pattern.name()).stream())
                .collect(Collectors.toSet());
        return exports.stream()
                .allMatch(export -> (export.name().matches("FILE_[A-Z0-9_]+") || named.contains(export.name()))
                        && export.value().length() <= MAX_PATH
                        && (export.value().equals(directory)
                                || export.value().startsWith(directory + "/")
                                        && isRelative(export.value().substring(directory.length() + 1))));
    }

    private static boolean isRelative(String name) {
        return name.length() <= MAX_PATH && !name.startsWith("/") && !("/" + name + "/").contains("/../");
    }

    static SweepAnswer checked(SweepAnswer answer) throws IOException {
        boolean fits = answer.removed() >= 0
                && answer.bytes() >= 0
                && answer.kept() >= 0
                && answer.problems().size() <= MAX_FINDINGS;
        if (!fits) {
            throw new IOException("the agent answered with something that is no report of a sweep");
        }
        return new SweepAnswer(
                answer.removed(),
                answer.bytes(),
                answer.kept(),
                answer.more(),
                answer.problems().stream().map(Printable::of).collect(Collectors.toCollection(ArrayList::new)));
    }

    /**
     * Checks that all news is about jobs of the request's root and within limits. The holder of the list of watched jobs
     * checks that these jobs are on it and that their output continues where it ended.
     */
    static Observation checked(ObserveRequest request, Observation answer) throws IOException {
        for (JobNews news : answer.news()) {
            boolean fits = news.token() != null
                    && news.task() >= JobDirectory.NO_TASK
                    && news.from() >= 0
                    && news.output().length <= MAX_OUTPUT
                    && isOf(new JobDirectory(request.root(), news.token(), news.task()), news.started(), news.exit());
            if (!fits) {
                throw new IOException("the agent answered with something that is no news of a job");
            }
        }
        return new Observation(
                answer.news(),
                QueueRows.queue(answer.queue()),
                Printable.ofSentence(answer.queueError()),
                QueueRows.accounting(answer.accounting()),
                Printable.ofSentence(answer.accountingError()),
                answer.listUnknown());
    }

    /**
     * Whether start and exit belong to the job. Their id goes into the job's record and is cancelled with the build.
     */
    private static boolean isOf(
            JobDirectory directory, @CheckForNull StartRecord started, @CheckForNull ExitRecord exit) {
        return (started == null
                        || directory.mayBelongTo(started.jobId())
                                && started.attempt() >= 0
                                && started.time() >= 0
                                && started.node().equals(Printable.of(started.node())))
                && (exit == null
                        || directory.mayBelongTo(exit.jobId())
                                && exit.attempt() >= 0
                                && exit.time() >= 0
                                && exit.exitCode() >= 0
                                && exit.exitCode() <= MAX_EXIT_CODE
                                && exit.outputBytes() >= 0
                                && exit.peakBytes() >= 0);
    }
}
