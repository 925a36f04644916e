package io.jenkins.plugins.slurmapptainer.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.jenkins.plugins.slurmapptainer.headnode.CancelAnswer;
import io.jenkins.plugins.slurmapptainer.headnode.CollectAnswer;
import io.jenkins.plugins.slurmapptainer.headnode.CollectRequest;
import io.jenkins.plugins.slurmapptainer.headnode.ExitRecord;
import io.jenkins.plugins.slurmapptainer.headnode.Finding;
import io.jenkins.plugins.slurmapptainer.headnode.JobNews;
import io.jenkins.plugins.slurmapptainer.headnode.Observation;
import io.jenkins.plugins.slurmapptainer.headnode.ObserveRequest;
import io.jenkins.plugins.slurmapptainer.headnode.ObservedJob;
import io.jenkins.plugins.slurmapptainer.headnode.OutputBounds;
import io.jenkins.plugins.slurmapptainer.headnode.ReceiveAnswer;
import io.jenkins.plugins.slurmapptainer.headnode.Selection;
import io.jenkins.plugins.slurmapptainer.headnode.StageAnswer;
import io.jenkins.plugins.slurmapptainer.headnode.StageRequest;
import io.jenkins.plugins.slurmapptainer.headnode.StartRecord;
import io.jenkins.plugins.slurmapptainer.headnode.SubmitAnswer;
import io.jenkins.plugins.slurmapptainer.headnode.SweepAnswer;
import io.jenkins.plugins.slurmapptainer.image.CheckedFile;
import io.jenkins.plugins.slurmapptainer.image.FileStamp;
import io.jenkins.plugins.slurmapptainer.image.FoundImage;
import io.jenkins.plugins.slurmapptainer.image.ImageCheckAnswer;
import io.jenkins.plugins.slurmapptainer.image.ImageCheckRequest;
import io.jenkins.plugins.slurmapptainer.image.ImageScripts;
import io.jenkins.plugins.slurmapptainer.image.PullAnswer;
import io.jenkins.plugins.slurmapptainer.image.ScanAnswer;
import io.jenkins.plugins.slurmapptainer.image.ScanLimits;
import io.jenkins.plugins.slurmapptainer.image.ScanRequest;
import io.jenkins.plugins.slurmapptainer.image.ScanRoot;
import io.jenkins.plugins.slurmapptainer.image.SkippedFile;
import io.jenkins.plugins.slurmapptainer.job.FilePattern;
import io.jenkins.plugins.slurmapptainer.job.JobState;
import io.jenkins.plugins.slurmapptainer.job.JobToken;
import io.jenkins.plugins.slurmapptainer.script.Export;
import io.jenkins.plugins.slurmapptainer.script.JobDirectory;
import io.jenkins.plugins.slurmapptainer.script.ScriptText;
import io.jenkins.plugins.slurmapptainer.slurm.AccountingEntry;
import io.jenkins.plugins.slurmapptainer.slurm.QueueEntry;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every answer that an agent can give, with each of its parts in turn replaced by what a hostile one might send: it is refused, or
 * what is left of it does no harm.
 */
class HostileAnswersTest {
    private static final String ESCAPE = "a\u001b[2J\u0000b";
    private static final String LONG = "x".repeat(200_000);
    private static final int MAX_TEXT = 70_000;

    /** May be {@code null}, as their descriptions say. */
    private static final Set<String> OPTIONAL =
            Set.of("queue", "accounting", "started", "exit", "inspection", "CheckAnswer.file", "PullAnswer.file");
    /** May have line breaks, or be any name of a file that is compared only. */
    private static final Set<String> ANY_TEXT = Set.of(
            "SubmitAnswer.text",
            "ImageScripts.runscript",
            "ImageScripts.definition",
            "ImageScripts.help",
            "Selection.names",
            "Export.value",
            "ScanAnswer.unread",
            "String");
    /** Less than nothing has a meaning. */
    private static final Set<String> SIGNED =
            Set.of("QueueEntry.restarts", "AccountingEntry.exitCode", "AccountingEntry.signal");

    private static final JobToken TOKEN = JobToken.random();
    private static final JobDirectory DIRECTORY = new JobDirectory("/s/c1", TOKEN);
    private static final String FILES = DIRECTORY.files();
    private static final ArrayList<FilePattern> PATTERNS = new ArrayList<>(FilePattern.parse("DATA_IN=a.txt"));

    private record Sample<V>(AgentCall<V> call, V answer) {
        V checked(Object changed) throws IOException {
            @SuppressWarnings("unchecked")
            V value = (V) changed;
            return call.checked(value);
        }
    }

    @SafeVarargs
    private static <T> ArrayList<T> list(T... elements) {
        return new ArrayList<>(Arrays.asList(elements));
    }

    private static List<Sample<?>> samples() {
        ArrayList<Export> exports =
                list(new Export("FILE_DATA_IN", FILES + "/a.txt"), new Export("IN", FILES + "/a.txt"));
        ArrayList<Export> staged = new ArrayList<>(exports);
        staged.add(new Export("FILES_DIR", FILES));
        ObserveRequest observe = ObserveRequest.once("/s/c1", List.of(new ObservedJob(TOKEN, 10, -1, -1)), true, 0);
        String id = "12";
        JobNews news = new JobNews(
                TOKEN,
                new byte[5],
                10,
                new StartRecord(id, 0, 1, "n1"),
                new ExitRecord(id, 0, 2, 3, true, false, false, 15));
        QueueEntry row = new QueueEntry(id, JobState.RUNNING, "RUNNING", "n1", "", "0:10", "None", "c", 0, 1, 2);
        AccountingEntry past = new AccountingEntry(id, JobState.FAILED, "FAILED", 1, 0, "n1", "c");
        TreeMap<String, String> labels = new TreeMap<>(Map.of("a", "b"));
        ScanRequest scan =
                new ScanRequest(list(new ScanRoot("/i", "")), "apptainer", new HashMap<>(), ScanLimits.DEFAULTS);
        ImageCheckRequest check =
                new ImageCheckRequest("/i/a.sif", new ArrayList<>(), list("/i/b.sif"), true, "", "apptainer", null);
        return List.of(
                new Sample<>(
                        new HeadNodeCalls.Stage(new StageRequest(DIRECTORY, "/s", "/w", PATTERNS), null),
                        new StageAnswer(FILES, staged, 1, 5, true, list("a note"))),
                new Sample<>(
                        new HeadNodeCalls.Stage(new StageRequest(DIRECTORY, "/s", "/s/w", PATTERNS), null),
                        new StageAnswer("/s/w", list(new Export("FILES_DIR", "/s/w")), 1, 5, false, list("a note"))),
                new Sample<>(new HeadNodeCalls.Submit(null, null), SubmitAnswer.submitted(id)),
                new Sample<>(
                        new HeadNodeCalls.Submit(null, null), SubmitAnswer.rejected("no such partition\nnor that")),
                new Sample<>(
                        new HeadNodeCalls.Observe(null, observe),
                        new Observation(list(news), list(row), "", list(past), "", false)),
                new Sample<>(new HeadNodeCalls.Check(null, null), list(Finding.good("all is well"))),
                new Sample<>(new HeadNodeCalls.Sweep(null, null), new SweepAnswer(1, 2, 3, false, list("a problem"))),
                new Sample<>(new HeadNodeCalls.Cancel(null, null), new CancelAnswer(CancelAnswer.Result.GONE, "words")),
                new Sample<>(
                        new HeadNodeCalls.Collect(CollectRequest.ofTasks(DIRECTORY, "5", "/ws", OutputBounds.NONE)),
                        new CollectAnswer(list("a.txt"), 5, list("p"), list("*.b"), list("n"), "no space left")),
                new Sample<>(new HeadNodeCalls.Returned(DIRECTORY), new byte[5]),
                new Sample<>(
                        new ImageCalls.Scan(scan, null),
                        new ScanAnswer(
                                list(new FoundImage(
                                        "/i/a.sif",
                                        "sif",
                                        "a",
                                        "1",
                                        new FileStamp(1, 2),
                                        new FoundImage.Inspection(3, labels))),
                                list(new SkippedFile("/i/b", "is broken")),
                                1,
                                list("/i/c"))),
                new Sample<>(new ImageCalls.Pull(null), PullAnswer.pulling("0-1", "copying", 5)),
                new Sample<>(
                        new ImageCalls.Pull(null),
                        PullAnswer.there(new CheckedFile(new FileStamp(1, 2), 3, "a".repeat(64), ""))),
                new Sample<>(new ImageCalls.Scripts("", ""), new ImageScripts("a", "b", "c", "")),
                new Sample<>(
                        new ImageCalls.Check(check),
                        ImageCheckAnswer.of(
                                new CheckedFile(new FileStamp(1, 2), 3, "a".repeat(64), ""), "/i/a.sif", "/i/b.sif")),
                new Sample<>(
                        new ArchiveCalls.Select("/w", PATTERNS, FILES),
                        new Selection(list("a.txt"), exports, 5, list("n"))),
                new Sample<>(new ArchiveCalls.Send(null, null), list("a problem")),
                new Sample<>(new ArchiveCalls.Receive(null, null), new ReceiveAnswer(list("a.txt"), 5, list("p"))),
                new Sample<>(new SharedWorkspace.Leave("/w", "t"), true),
                new Sample<>(new SharedWorkspace.Find("/w", "t"), true),
                new Sample<>(new SharedWorkspace.Remove("/w", "t"), true),
                new Sample<>(new WorkspaceScript.Read("/w", "a.sh"), "#!/bin/sh\ntrue\n"));
    }

    @Test
    void thisTestCoversEveryCall() throws Exception {
        Path folder = Path.of(URI.create(
                        AgentCall.class.getResource("AgentCall.class").toString()))
                .getParent();
        Set<String> calls = new TreeSet<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(".class")) {
                    Class<?> type = Class.forName(
                            AgentCall.class.getPackageName() + "." + name.substring(0, name.length() - 6),
                            false,
                            getClass().getClassLoader());
                    if (type != AgentCall.class && AgentCall.class.isAssignableFrom(type)) {
                        calls.add(type.getName());
                    }
                }
            }
        }
        assertEquals(
                calls,
                samples().stream()
                        .map(sample -> sample.call().getClass().getName())
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void correctAnswersAreAccepted() throws Exception {
        for (Sample<?> sample : samples()) {
            Object taken = sample.checked(sample.answer());
            assertTrue(taken.equals(sample.answer()) || taken instanceof byte[], sample.call() + ": " + taken);
        }
    }

    @Test
    void wrongAnswersDoNoHarm() throws Exception {
        int[] tried = {0};
        for (Sample<?> sample : samples()) {
            for (Object changed : variants(sample.answer())) {
                tried[0]++;
                Object taken;
                try {
                    taken = sample.checked(changed);
                } catch (IOException | RuntimeException e) {
                    continue;
                }
                String about =
                        sample.call().getClass().getSimpleName() + " of " + brief(changed) + " took " + brief(taken);
                harmless(taken, taken.getClass().getSimpleName(), problem -> fail(problem + ": " + about));
            }
        }
        assertTrue(tried[0] > 200, tried[0] + " answers");
    }

    private static String brief(Object value) {
        String text = String.valueOf(value).replace(LONG, "LONG");
        return text.substring(0, Math.min(300, text.length()));
    }

    /** The value with one part after the other replaced. */
    private static List<Object> variants(Object value) throws Exception {
        if (value instanceof String) {
            return list(null, ESCAPE, LONG, "/../../etc", "..");
        }
        if (value instanceof Integer) {
            return list(-5, Integer.MIN_VALUE);
        }
        if (value instanceof Long) {
            return list(-5L, Long.MIN_VALUE);
        }
        if (value instanceof byte[]) {
            return list(null, new byte[6_000_000]);
        }
        if (value instanceof ArrayList<?> elements) {
            List<Object> all = list((Object) null);
            for (int i = 0; i < elements.size(); i++) {
                for (Object element : variants(elements.get(i))) {
                    ArrayList<Object> copy = new ArrayList<>(elements);
                    copy.set(i, element);
                    all.add(copy);
                }
            }
            return all;
        }
        if (value instanceof Map<?, ?>) {
            return list(
                    null,
                    new TreeMap<>(Map.of(ESCAPE, "b")),
                    new TreeMap<>(Map.of("a", ESCAPE)),
                    new TreeMap<>(Map.of("a", LONG)));
        }
        if (value instanceof Record record) {
            return variants(record);
        }
        return value instanceof Boolean ? list() : list((Object) null);
    }

    private static List<Object> variants(Record value) throws Exception {
        RecordComponent[] parts = value.getClass().getRecordComponents();
        Class<?>[] types = Arrays.stream(parts).map(RecordComponent::getType).toArray(Class<?>[]::new);
        var constructor = value.getClass().getDeclaredConstructor(types);
        constructor.setAccessible(true);
        List<Object> all = list((Object) null);
        for (int i = 0; i < parts.length; i++) {
            for (Object part : variants(part(value, parts[i]))) {
                Object[] arguments = new Object[parts.length];
                for (int k = 0; k < parts.length; k++) {
                    arguments[k] = k == i ? part : part(value, parts[k]);
                }
                try {
                    all.add(constructor.newInstance(arguments));
                } catch (InvocationTargetException e) {
                    // Refused when it is read from the agent's stream.
                }
            }
        }
        return all;
    }

    private static Object part(Record value, RecordComponent part) throws ReflectiveOperationException {
        part.getAccessor().setAccessible(true);
        return part.getAccessor().invoke(value);
    }

    /** @param name of the part, with its record's */
    private static void harmless(Object value, String name, Consumer<String> problem) throws Exception {
        String simple = name.substring(name.indexOf('.') + 1);
        if (value == null) {
            if (!OPTIONAL.contains(name) && !OPTIONAL.contains(simple)) {
                problem.accept(name + " is missing");
            }
        } else if (value instanceof String text) {
            if (text.length() > (name.equals("String") ? ScriptText.MAX_BYTES : MAX_TEXT)) {
                problem.accept(name + " has " + text.length() + " characters");
            }
            if (!ANY_TEXT.contains(name) && text.chars().anyMatch(Character::isISOControl)) {
                problem.accept(name + " has control characters");
            }
        } else if (value instanceof Number number) {
            if (number.longValue() < 0 && !SIGNED.contains(name) && !simple.equals("task")) {
                problem.accept(name + " is " + number);
            }
        } else if (value instanceof byte[] bytes) {
            if (bytes.length > 5_000_000) {
                problem.accept(name + " has " + bytes.length + " bytes");
            }
        } else if (value instanceof Map<?, ?> map) {
            harmless(new ArrayList<>(map.keySet()), name, problem);
            harmless(new ArrayList<>(map.values()), name, problem);
        } else if (value instanceof Collection<?> elements) {
            for (Object element : elements) {
                harmless(element, name, problem);
            }
        } else if (value instanceof Record record) {
            for (RecordComponent part : record.getClass().getRecordComponents()) {
                harmless(part(record, part), record.getClass().getSimpleName() + "." + part.getName(), problem);
            }
        }
    }
}
