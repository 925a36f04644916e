package io.jenkins.plugins.slurmapptainer.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.headnode.ExitRecord;
import io.jenkins.plugins.slurmapptainer.headnode.StartRecord;
import io.jenkins.plugins.slurmapptainer.headnode.local.LocalFuzzTargets;
import io.jenkins.plugins.slurmapptainer.image.ImageQuery;
import io.jenkins.plugins.slurmapptainer.image.ImageRecord;
import io.jenkins.plugins.slurmapptainer.image.ImageReference;
import io.jenkins.plugins.slurmapptainer.image.local.ImageFuzzTargets;
import io.jenkins.plugins.slurmapptainer.job.ArrayIndexes;
import io.jenkins.plugins.slurmapptainer.job.Bind;
import io.jenkins.plugins.slurmapptainer.job.Directive;
import io.jenkins.plugins.slurmapptainer.job.ExtraOption;
import io.jenkins.plugins.slurmapptainer.job.FilePattern;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.job.NamePatterns;
import io.jenkins.plugins.slurmapptainer.job.NearMisses;
import io.jenkins.plugins.slurmapptainer.job.Printable;
import io.jenkins.plugins.slurmapptainer.job.VariableNames;
import io.jenkins.plugins.slurmapptainer.slurm.CommandResult;
import io.jenkins.plugins.slurmapptainer.slurm.QueueScope;
import io.jenkins.plugins.slurmapptainer.slurm.SacctAnswer;
import io.jenkins.plugins.slurmapptainer.slurm.SbatchAnswer;
import io.jenkins.plugins.slurmapptainer.slurm.ScriptHead;
import io.jenkins.plugins.slurmapptainer.slurm.SlurmErrors;
import io.jenkins.plugins.slurmapptainer.slurm.SqueueAnswer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The readers of foreign text. */
final class FuzzTargets {
    private static final String TOKEN = "0123456789abcdef0123456789abcdef";
    private static final int SHORT = 12;

    private FuzzTargets() {}

    static List<FuzzTarget> all() throws IOException {
        List<FuzzTarget> targets = new ArrayList<>(ofSlurm());
        targets.addAll(ofBuilds());
        targets.addAll(ImageFuzzTargets.all());
        targets.addAll(LocalFuzzTargets.all());
        return targets;
    }

    private static List<FuzzTarget> ofSlurm() {
        return List.of(
                FuzzTarget.ofText(
                        "squeue",
                        FuzzTargets::squeue,
                        List.of(
                                "12|RUNNING|n1|2026-01-31T12:00:00|0:10|None|slurm-apptainer:" + TOKEN
                                        + "\n13_[1-9%2]|PENDING||N/A|0:00|Priority|(null)\n",
                                "12 0 1700000000 N/A\n13_1 2 1 2\n")),
                FuzzTarget.ofText(
                        "sacct",
                        text -> SacctAnswer.read(QueueScope.OWN, text),
                        List.of(
                                "12|COMPLETED|0:0|n1|c|sbatch batch.sh\n13_4|CANCELLED by 1000|0:15|n[1-3]|c|\n13.batch|FAILED|1:0|n1||\n")),
                FuzzTarget.ofText(
                        "sbatch",
                        FuzzTargets::sbatch,
                        List.of(
                                "12\n",
                                "12;cluster\n",
                                "sbatch: error: Batch job submission failed: Invalid partition name specified\n",
                                "Submitted batch job 12\n")),
                FuzzTarget.ofText(
                        "records",
                        FuzzTargets::records,
                        List.of(
                                "v1 token=" + TOKEN + " job=12 attempt=0 time=1700000000 node=n1\n",
                                "v1 token=" + TOKEN
                                        + " job=12_3 attempt=0 time=1700000000 exit=3 stage=program signals=TERM oom=0 output=15 peak=1024 notice=node\n")),
                FuzzTarget.ofText(
                        "heads",
                        text -> ScriptHead.of(text),
                        List.of(
                                "#!/bin/bash\n#SBATCH --time=10 --mem 4G -c 2\n#SBATCH -J name # comment\n#SBATCH --array=0-9%2\ntrue\n",
                                "#SBATCH --export=ALL,A=b --comment=\"a 'b' c\" hetjob\n"),
                        InvalidRequestException.class));
    }

    private static void squeue(String text) {
        SqueueAnswer.read(QueueScope.OWN, text).forEach(row -> {
            assertTrue(Printable.isPlain(row.reason() + row.comment() + row.nodes() + row.printedState()));
            assertTrue(row.comment().length() < 1_000);
        });
        SqueueAnswer.runs(QueueScope.OWN, text).values().forEach(runs -> assertTrue(runs.restarts() >= 0));
    }

    private static void sbatch(String text) {
        SbatchAnswer.read(text)
                .ifPresent(id -> assertTrue(
                        id.toString().matches("[0-9]+(_[0-9]+)?(\\+[0-9]+)?(;[A-Za-z0-9_.-]+)?"), id.toString()));
        CommandResult failed = new CommandResult(1, "", text);
        SlurmErrors.ofSubmit(failed);
        SlurmErrors.isUnknownJob(failed);
    }

    private static void records(String text) {
        StartRecord.parse(TOKEN, text).ifPresent(record -> assertTrue(Printable.isPlain(record.node())));
        ExitRecord.parse(TOKEN, text)
                .ifPresent(record -> assertTrue(record.exitCode() >= 0 && record.outputBytes() >= 0));
    }

    private static List<FuzzTarget> ofBuilds() {
        return List.of(
                FuzzTarget.ofText(
                        "array",
                        FuzzTargets::array,
                        List.of("0-15:4,20%3", "1,2,3", "0-9999", "7"),
                        InvalidRequestException.class),
                FuzzTarget.ofText(
                        "dependency",
                        Directive.DEPENDENCY::check,
                        List.of(
                                "afterok:1234:1235,afterany:1236",
                                "after:12+5?afternotok:12_3",
                                "singleton",
                                "aftercorr:1_*"),
                        InvalidRequestException.class),
                FuzzTarget.ofText(
                        "options",
                        FuzzTargets::options,
                        List.of("--time=10", "4G", "now+1hour", "--comment='a b'", "2-3:00:00", "gpu:a100:2", "-N 2"),
                        InvalidRequestException.class),
                FuzzTarget.ofText(
                        "patterns",
                        FuzzTargets::patterns,
                        List.of("DATA_IN=data/*.csv, conf/**", "a\\,b.txt\n**/x?y/", "out/./b"),
                        InvalidRequestException.class),
                FuzzTarget.ofText(
                        "names", FuzzTargets::names, List.of("team/*\nplay*ground/a*b*c", "/\n*", "python_3.11")),
                FuzzTarget.ofText(
                        "binds", Bind::parse, List.of("/data:/data:ro", "/scratch"), InvalidRequestException.class),
                FuzzTarget.ofText(
                        "references",
                        FuzzTargets::reference,
                        List.of(
                                "docker://docker.io/library/alpine:3.20",
                                "oras://ghcr.io/a/b@sha256:" + "a".repeat(64)),
                        InvalidRequestException.class));
    }

    private static void array(String text) {
        ArrayIndexes read = ArrayIndexes.parse(text);
        assertEquals(read, ArrayIndexes.parse(read.toString()));
        assertTrue(read.indexes().size() <= ArrayIndexes.MAX_TASKS);
    }

    private static void options(String text) {
        for (Directive directive : Directive.values()) {
            try {
                directive.checkWritten(text);
            } catch (InvalidRequestException e) {
                assertTrue(e.getMessage().length() < 2_000);
            }
        }
        ExtraOption.check(text);
    }

    private static void patterns(String text) {
        VariableNames variables = new VariableNames();
        for (FilePattern pattern : FilePattern.parse(text)) {
            assertTrue(!("/" + pattern.pattern() + "/").contains("/../"), pattern.pattern());
            if (!pattern.name().isEmpty()) {
                VariableNames.shortName(pattern.name());
                variables.addNamed(pattern.name(), "/f/" + pattern.pattern());
            }
        }
        variables.notes();
    }

    /** Short names are held against a regular expression, which takes too long for others. */
    private static void names(String text) {
        NamePatterns patterns = NamePatterns.of(text);
        String name = text.lines().reduce("", (a, b) -> b);
        boolean allowed = patterns.allows(name);
        patterns.allowsFolder(name);
        NearMisses.of(List.of("python_3.11", "r_4.4", name), text);
        new ImageQuery(text, "", "", "", "").test(ImageRecord.ofPath("python_3.11", "/i/python_3.11.sif"));
        if (name.length() <= SHORT && patterns.patterns().stream().allMatch(pattern -> pattern.length() <= SHORT)) {
            assertEquals(
                    patterns.isEmpty() || patterns.patterns().stream().anyMatch(pattern -> matches(pattern, name)),
                    allowed,
                    patterns.patterns() + " of " + name);
        }
    }

    private static boolean matches(String pattern, String name) {
        String rule =
                Stream.of((pattern + " ").split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining("[^/]*"));
        return Pattern.compile(rule, Pattern.DOTALL).matcher(name + " ").matches();
    }

    private static void reference(String text) {
        if (ImageReference.isMeant(text)) {
            String file = new ImageReference(text).file();
            assertTrue(!file.contains("/") && file.length() < 256, file);
        }
    }
}
