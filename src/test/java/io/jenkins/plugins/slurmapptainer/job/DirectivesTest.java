package io.jenkins.plugins.slurmapptainer.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DirectivesTest {
    @Test
    void beginMayBeGivenOnlyOnce() {
        assertEquals(
                List.of("--begin=now+1hour"),
                Directives.of(Map.of(), List.of("--begin=now+1hour")).options());
        assertEquals(
                List.of("--begin=20:00"),
                Directives.of(Map.of(Directive.BEGIN, "20:00"), List.of()).options());
        assertEquals(
                "options",
                assertThrows(
                                InvalidRequestException.class,
                                () -> Directives.of(Map.of(Directive.BEGIN, "20:00"), List.of("--begin=now+1hour")))
                        .field());
    }

    @Test
    void directivesHaveAFixedOrder() {
        Directives directives = Directives.of(
                Map.of(
                        Directive.TIME,
                        "01:00:00",
                        Directive.MEMORY,
                        "16GB",
                        Directive.CPUS_PER_TASK,
                        64,
                        Directive.NODES,
                        1,
                        Directive.PARTITION,
                        "group1",
                        Directive.JOB_NAME,
                        "test_job"),
                List.of());
        assertEquals(
                List.of(
                        "--job-name=test_job",
                        "--partition=group1",
                        "--nodes=1",
                        "--cpus-per-task=64",
                        "--mem=16GB",
                        "--time=01:00:00"),
                directives.options());
    }

    @Test
    void nullBlankAndFalseCountAsAbsent() {
        Map<Directive, Object> values = new HashMap<>();
        values.put(Directive.PARTITION, null);
        values.put(Directive.QOS, "  ");
        values.put(Directive.EXCLUSIVE, false);
        Directives directives = Directives.of(values, List.of("", "  "));
        assertEquals(List.of(), directives.options());
        assertEquals(Optional.empty(), directives.get(Directive.PARTITION));
    }

    @Test
    void valuesAreTrimmed() {
        Directives directives = Directives.of(Map.of(Directive.TIME, " 10 "), List.of(" --nice=1 "));
        assertEquals(List.of("--time=10", "--nice=1"), directives.options());
        assertEquals(Optional.of("10"), directives.get(Directive.TIME));
    }

    @Test
    void aFlagHasNoValue() {
        assertEquals(
                List.of("--exclusive"),
                Directives.of(Map.of(Directive.EXCLUSIVE, true), List.of()).options());
    }

    @Test
    void furtherOptionsFollow() {
        assertEquals(
                List.of("--time=10", "--licenses=a:2", "--contiguous"),
                Directives.of(Map.of(Directive.TIME, 10), List.of("--licenses=a:2", "--contiguous"))
                        .options());
    }

    @Test
    void aJobMayBeRequeuedOnlyIfRequested() {
        assertFalse(Directives.of(Map.of(), List.of()).mayRequeue());
        assertFalse(Directives.of(Map.of(), List.of("--no-requeue")).mayRequeue());
        assertTrue(Directives.of(Map.of(), List.of(" --requeue ")).mayRequeue());
    }

    @Test
    void theFirstWrongValueIsNamed() {
        InvalidRequestException e = assertThrows(
                InvalidRequestException.class,
                () -> Directives.of(Map.of(Directive.NODES, "many", Directive.TIME, "1h"), List.of()));
        assertEquals("nodes", e.field());
        assertEquals("nodes: 'many' is not a number of nodes, for example 2", e.getMessage());
    }

    @Test
    void directivesCannotBeChangedAfterwards() {
        Directives directives = Directives.of(Map.of(Directive.TIME, 10), List.of());
        directives.options().add("--uid=0");
        assertEquals(List.of("--time=10"), directives.options());
    }
}
