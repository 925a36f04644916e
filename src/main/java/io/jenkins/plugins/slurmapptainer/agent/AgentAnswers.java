package io.jenkins.plugins.slurmapptainer.agent;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.slurmapptainer.engine.CancelAnswer;
import io.jenkins.plugins.slurmapptainer.engine.CollectAnswer;
import io.jenkins.plugins.slurmapptainer.engine.ExitRecord;
import io.jenkins.plugins.slurmapptainer.engine.Finding;
import io.jenkins.plugins.slurmapptainer.engine.JobNews;
import io.jenkins.plugins.slurmapptainer.engine.Observation;
import io.jenkins.plugins.slurmapptainer.engine.ObserveRequest;
import io.jenkins.plugins.slurmapptainer.engine.ReceiveAnswer;
import io.jenkins.plugins.slurmapptainer.engine.Selection;
import io.jenkins.plugins.slurmapptainer.engine.StartRecord;
import io.jenkins.plugins.slurmapptainer.engine.SubmitAnswer;
import io.jenkins.plugins.slurmapptainer.engine.SweepAnswer;
import io.jenkins.plugins.slurmapptainer.engine.Watch;
import io.jenkins.plugins.slurmapptainer.job.FilePattern;
import io.jenkins.plugins.slurmapptainer.job.JobId;
import io.jenkins.plugins.slurmapptainer.job.Printable;
import io.jenkins.plugins.slurmapptainer.job.VariableNames;
import io.jenkins.plugins.slurmapptainer.script.JobDirectory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Answers of an agent are input: what does not fit the question is refused as a whole. */
final class AgentAnswers {
    private static final int MAX_FINDINGS = 20;
    /** Some for each of several requests. */
    private static final int MAX_SENTENCES = 100;

    private AgentAnswers() {}

    static SubmitAnswer checked(SubmitAnswer answer) throws IOException {
        boolean submitted = answer.result() == SubmitAnswer.Result.SUBMITTED;
        if (submitted && JobId.parse(answer.jobId()).isEmpty()) {
            throw new IOException("the agent answered with something that is no job id");
        }
        return answer.by(Printable.of(answer.user()));
    }

    static CancelAnswer checked(CancelAnswer answer) throws IOException {
        if (answer.result() == null) {
            throw new IOException("the agent answered with something that is no answer to a cancellation");
        }
        return new CancelAnswer(answer.result(), Printable.of(answer.text()));
    }

    /** The names become paths below the workspace. */
    static CollectAnswer checked(CollectAnswer answer) throws IOException {
        for (String name : answer.files()) {
            if (!isRelative(name) || !Printable.isPlain(name)) {
                throw new IOException("the agent answered with something that is no file of the workspace");
            }
        }
        return CollectAnswer.of(answer.files(), answer.bytes(), sentences(answer.problems()))
                .withMissing(answer.missing().stream().map(Printable::of).collect(Collectors.toList()))
                .withNotes(sentences(answer.notes()))
                .withSpace(Printable.of(answer.space()));
    }

    static ArrayList<String> sentences(List<String> words) throws IOException {
        if (words.size() > MAX_SENTENCES) {
            throw new IOException("the agent answered with " + words.size() + " sentences");
        }
        return words.stream().map(Printable::ofSentence).collect(Collectors.toCollection(ArrayList::new));
    }

    /** The names are kept as artifacts. */
    static ReceiveAnswer checked(ReceiveAnswer answer) throws IOException {
        if (answer.bytes() < 0 || !answer.files().stream().allMatch(AgentAnswers::isRelative)) {
            throw new IOException("the agent answered with something that is no file of the workspace");
        }
        return new ReceiveAnswer(answer.files(), answer.bytes(), sentences(answer.problems()));
    }

    static List<Finding> checked(List<Finding> answer) throws IOException {
        if (answer.size() > MAX_FINDINGS) {
            throw new IOException("the agent answered with " + answer.size() + " findings");
        }
        return answer.stream()
                .map(finding -> new Finding(finding.kind(), Printable.of(finding.text())))
                .collect(Collectors.toList());
    }

    /** The names become paths on another machine. */
    static Selection checked(List<FilePattern> patterns, String directory, Selection answer) throws IOException {
        boolean paths = answer.names().stream().allMatch(AgentAnswers::isRelative);
        Set<String> named = patterns.stream()
                .flatMap(pattern -> VariableNames.shortName(pattern.name()).stream())
                .collect(Collectors.toSet());
        boolean variables = answer.exports().stream()
                .allMatch(export -> (export.name().matches("FILE_[A-Z0-9_]+") || named.contains(export.name()))
                        && (export.value().equals(directory)
                                || export.value().startsWith(directory + "/")
                                        && isRelative(export.value().substring(directory.length() + 1))));
        if (!paths || !variables || answer.bytes() < 0) {
            throw new IOException("the agent answered with something that is no file of the workspace");
        }
        return new Selection(answer.names(), answer.exports(), answer.bytes(), sentences(answer.notes()));
    }

    private static boolean isRelative(String name) {
        return !name.startsWith("/") && !("/" + name + "/").contains("/../");
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

    static Observation checked(ObserveRequest request, Observation answer) throws IOException {
        Map<String, Watch> asked =
                request.watches().stream().collect(Collectors.toMap(Watch::key, Function.identity(), (a, b) -> b));
        for (JobNews news : answer.news()) {
            Watch watch = asked.get(news.key());
            boolean fits = watch != null
                    && (watch.wantsOutput()
                            ? news.from() >= 0 && news.from() <= watch.offset()
                            : news.output().length == 0);
            if (!fits || !isOf(watch.directory(request.root()), news.started(), news.exit())) {
                throw new IOException("the agent answered about something that was not asked");
            }
        }
        return answer;
    }

    /** The id is taken over from a record, and cancelled with the build. */
    private static boolean isOf(
            JobDirectory directory, @CheckForNull StartRecord started, @CheckForNull ExitRecord exit) {
        return (started == null
                        || directory.mayBelongTo(started.jobId())
                                && started.node().equals(Printable.of(started.node())))
                && (exit == null || directory.mayBelongTo(exit.jobId()));
    }
}
