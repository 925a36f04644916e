package io.jenkins.plugins.slurmapptainer.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.jenkins.plugins.slurmapptainer.job.Directive;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.job.LaunchOption;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SlurmJobOptionsTest {
    private static final Set<String> AS_WRITTEN = Set.of("script", "nameInScript", "missingOutputs");

    /** Every field with another value than its default, also one that is added one day. */
    private static <T> T filled(T holder) throws ReflectiveOperationException {
        for (Field field : fields(holder)) {
            field.set(holder, filled(field, field.get(holder)));
        }
        return holder;
    }

    private static Object filled(Field field, Object usual) throws ReflectiveOperationException {
        String text = field.getName() + "$X";
        if (field.getType() == String.class) {
            return text;
        }
        if (usual instanceof Boolean flag) {
            return !flag;
        }
        if (field.getType() == Integer.class) {
            return 3;
        }
        if (field.getType() == List.class) {
            return new ArrayList<>(List.of(text, "B=" + text));
        }
        if (field.getType() == Map.class) {
            Class<?> key = (Class<?>) ((ParameterizedType) field.getGenericType()).getActualTypeArguments()[0];
            return Arrays.stream(key.getEnumConstants()).collect(Collectors.toMap(option -> option, option -> text));
        }
        if (usual instanceof TaskOptions) {
            return filled(new TaskOptions());
        }
        return fail(
                field + " has a type that this test does not know; see whether SlurmJobOptions.rewritten copies it");
    }

    private static SlurmJobOptions filled() throws ReflectiveOperationException {
        return filled(new SlurmJobOptions("true"));
    }

    /** The fields and what they hold. */
    private static Map<String, Object> content(Object holder) throws ReflectiveOperationException {
        Map<String, Object> content = new TreeMap<>();
        for (Field field : fields(holder)) {
            Object value = field.get(holder);
            content.put(field.getName(), value instanceof TaskOptions ? content(value) : value);
        }
        return content;
    }

    private static List<Field> fields(Object holder) {
        return Arrays.stream(holder.getClass().getDeclaredFields())
                .filter(field -> !Modifier.isStatic(field.getModifiers()) && !field.isSynthetic())
                .peek(field -> field.setAccessible(true))
                .toList();
    }

    private static void assertRewritten(Map<?, ?> before, Map<?, ?> after) {
        before.forEach((name, value) -> {
            if (value instanceof Map<?, ?> more) {
                assertRewritten(more, (Map<?, ?>) after.get(name));
            } else if (AS_WRITTEN.contains(name)) {
                assertEquals(value, after.get(name), name::toString);
            } else {
                assertEquals(
                        value.toString().replace("$X", "7"), after.get(name).toString(), name::toString);
            }
        });
    }

    @Test
    void aCopyHasEveryField() throws ReflectiveOperationException {
        assertFalse(fields(new SlurmJobOptions("true")).isEmpty());
        assertEquals(content(filled()), content(filled().rewritten(text -> text)));
    }

    @Test
    void everyTextIsRewritten() throws ReflectiveOperationException {
        assertRewritten(content(filled()), content(filled().rewritten(text -> text.replace("$X", "7"))));
    }

    @Test
    void aCopyIsOnItsOwn() throws ReflectiveOperationException {
        SlurmJobOptions original = filled();
        SlurmJobOptions copy = original.rewritten(text -> text);
        for (Field field : fields(copy)) {
            Object value = field.get(copy);
            if (value instanceof Map<?, ?> map) {
                map.clear();
            } else if (value instanceof List<?> list) {
                list.clear();
            } else if (value instanceof TaskOptions tasks) {
                tasks.retries(null);
            }
        }
        assertEquals(content(filled()), content(original));
    }

    @Test
    void aRetryDoesNotWaitForTheBeginTimeAgain() throws ReflectiveOperationException {
        SlurmJobOptions again = filled().withArray("7,12%2");
        assertEquals("7,12%2", again.get(Directive.ARRAY));
        assertEquals(null, again.get(Directive.BEGIN));
        assertEquals("values$X", again.get(Directive.MEMORY));
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
    void aVariableCannotAddMounts() {
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
