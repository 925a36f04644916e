package io.jenkins.plugins.slurmapptainer.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.job.Directive;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.job.LaunchOption;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlurmJobOptionsTest {
    private static SlurmJobOptions complete() {
        SlurmJobOptions options = new SlurmJobOptions("echo $X");
        options.cluster("c$X");
        options.image("i$X");
        options.template("t$X");
        options.files("f$X");
        for (Directive directive : Directive.values()) {
            options.set(directive, "d$X");
        }
        for (LaunchOption option : LaunchOption.values()) {
            options.set(option, "r$X");
        }
        options.options(List.of("--nice=$X", "--begin=$X"));
        options.env(List.of("A", "B=$X"));
        options.returnStatus(true);
        options.returnStdout(true);
        options.encoding("e$X");
        options.outputs("o$X");
        options.archive(true);
        options.allowEmptyFiles(true);
        options.checksums(true);
        options.dryRun(true);
        options.maxPending("p$X");
        options.propagate(false);
        options.tasks().output("to$X");
        options.tasks().retries(3);
        options.nameInScript("n$X");
        return options;
    }

    private static List<Field> fields() {
        return Arrays.stream(SlurmJobOptions.class.getDeclaredFields())
                .filter(field -> !Modifier.isStatic(field.getModifiers()))
                .peek(field -> field.setAccessible(true))
                .toList();
    }

    /** Every field, so that none can be forgotten: the complete options above must have it, too. */
    @Test
    void rewritingKeepsAndReachesEveryField() throws IllegalAccessException {
        SlurmJobOptions same = complete().rewritten(text -> text);
        SlurmJobOptions other = complete().rewritten(text -> text.replace("$X", "7"));
        assertFalse(fields().isEmpty());
        for (Field field : fields()) {
            Object original = field.get(complete());
            assertNotNull(original, field.getName());
            assertEquals(original, field.get(same), field.getName());
            if (field.getType() != boolean.class) {
                boolean script = List.of("script", "nameInScript").contains(field.getName());
                assertEquals(
                        script ? original.toString() : original.toString().replace("$X", "7"),
                        field.get(other).toString(),
                        field.getName());
                assertTrue(original.toString().contains("$X"), field.getName());
            }
        }
    }

    @Test
    void theTasksToTryAgainDoNotWaitForTheBeginAgain() {
        SlurmJobOptions again = complete().withArray("7,12%2");
        assertEquals("7,12%2", again.get(Directive.ARRAY));
        assertEquals(null, again.get(Directive.BEGIN));
        assertEquals("d$X", again.get(Directive.MEMORY));
        assertEquals(3, again.tasks().retries());
    }

    @Test
    void aWorkspaceIsNeededForTheOutputOfTasksAsFiles() {
        SlurmJobOptions options = new SlurmJobOptions("true");
        assertFalse(options.needsWorkspace());
        options.tasks().output("console");
        assertFalse(options.needsWorkspace());
        assertEquals(null, options.tasks().output());
        options.tasks().output("files");
        assertTrue(options.needsWorkspace());
    }

    @Test
    void whatIsNotSetIsNotRewritten() {
        SlurmJobOptions empty = new SlurmJobOptions("true").rewritten(text -> "x");
        assertEquals("true", empty.script());
        assertEquals(null, empty.image());
        assertEquals(null, empty.files());
        assertEquals(null, empty.cluster());
        assertEquals(List.of(), empty.options());
    }

    @Test
    void aVariableMakesNoFurtherMounts() {
        SlurmJobOptions options = new SlurmJobOptions("true");
        options.set(LaunchOption.BINDS, "/scratch/$DATA:/data:ro\n/models, with a comma");
        assertEquals(
                "/scratch/a:/data:ro\n/models, with a comma",
                options.rewritten(text -> text.replace("$DATA", "a")).get(LaunchOption.BINDS));
        for (String value : List.of("a\n/scratch/b", "a\r/scratch/b", "a,/scratch/b")) {
            InvalidRequestException refusal = assertThrows(
                    InvalidRequestException.class, () -> options.rewritten(text -> text.replace("$DATA", value)));
            assertEquals("binds", refusal.field());
            assertTrue(refusal.getMessage().contains("'/scratch/$DATA:/data:ro'"), refusal.getMessage());
        }
    }
}
