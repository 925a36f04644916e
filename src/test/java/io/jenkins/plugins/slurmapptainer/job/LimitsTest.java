package io.jenkins.plugins.slurmapptainer.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitsTest {
    private static final Limits LIMITS = new Limits(4, 64, "16G", "1-0", 2);

    /** @param words {@code parameter=value} or {@code --option}, separated by blanks */
    private static Directives job(String words) {
        Map<Directive, String> values = new EnumMap<>(Directive.class);
        List<String> options = new ArrayList<>();
        Arrays.stream(words.split(" ")).filter(word -> !word.isEmpty()).forEach(word -> {
            if (word.startsWith("--")) {
                options.add(word);
            } else {
                String[] parts = word.split("=", 2);
                values.put(Directive.ofField(parts[0]).orElseThrow(), parts[1]);
            }
        });
        return Directives.of(values, options);
    }

    @ParameterizedTest
    @CsvSource({
        "nodes=4 ntasks=4",
        "nodes=2-4",
        "cpusPerTask=64",
        "ntasks=8 cpusPerTask=8",
        "nodes=4 cpusPerTask=16",
        "nodes=2 --ntasks-per-node=32",
        "memory=16G",
        "memory=16384",
        "memory=500M",
        "time=24:00:00",
        "time=1-0",
        "time=10",
        "gpus=2",
        "gpus=a100:2",
        "gres=gpu:2",
        "gres=gpu:a100:2",
        "gres=gpu",
        "gres=gpu:a100",
        "nodes=2 gres=gpu:1",
        "gres=shard:2",
        "gres=mps:200",
        "gpus=1 gres=mps:50",
        "gres=tmp:500",
        "--nodelist=n[1-9]",
        "'gres=tmp:9G'"
    })
    void requestsWithinTheLimitsPass(String words) {
        Directives asked = job(words);
        Directives passed = LIMITS.apply("main", asked);
        for (Directive directive : Directive.values()) {
            asked.get(directive)
                    .ifPresent(
                            value -> assertEquals(value, passed.get(directive).orElseThrow()));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nodes=5|nodes: 5 nodes are more than the 4",
                "nodes=2-8|nodes: 8 nodes are more than the 4",
                "cpusPerTask=65|cpusPerTask: 65 CPUs are more than the 64",
                "ntasks=9 cpusPerTask=8|cpusPerTask: 72 CPUs are more than the 64",
                "ntasks=65|ntasks: 65 CPUs are more than the 64",
                "nodes=4 cpusPerTask=17|cpusPerTask: 68 CPUs are more than the 64",
                "nodes=4 --ntasks-per-node=17|nodes: 68 CPUs are more than the 64",
                "exclusive=true|exclusive: whole nodes may have more than the 64 CPUs",
                "memory=17G|memory: '17G' is more than the '16G'",
                "memory=0|memory: '0' is more than the '16G'",
                "time=1-00:00:01|time: '1-00:00:01' is more than the '1-0'",
                "time=unlimited|time: 'unlimited' is more than the '1-0'",
                "time=0|time: '0' is more than the '1-0'",
                "gpus=3|gpus: 3 GPUs are more than the 2",
                "gpus=a100:3|gpus: 3 GPUs are more than the 2",
                "gres=gpu:a100:3|gres: 3 GPUs are more than the 2",
                "gres=gpu:1,gpu:b:2|gres: 3 GPUs are more than the 2",
                "gres=gres/gpu:3|gres: 3 GPUs are more than the 2",
                "nodes=2 gres=gpu:2|gres: 4 GPUs are more than the 2",
                "gres=shard:3|gres: 3 GPUs are more than the 2",
                "gres=gres/shard:a100:3|gres: 3 GPUs are more than the 2",
                "nodes=3 gres=shard|gres: 3 GPUs are more than the 2",
                "gres=mps:201|gres: 3 GPUs are more than the 2",
                "gres=GPU:3|gres: 3 GPUs are more than the 2",
                "gpus=2 gres=mps:1|gpus: 3 GPUs are more than the 2",
                "gres=gpu:1K|gres: 2147483647 GPUs are more than the 2"
            })
    void requestsAboveALimitAreNamedWithTheLimit(String words, String message) {
        InvalidRequestException refused =
                assertThrows(InvalidRequestException.class, () -> LIMITS.apply("main", job(words)));
        assertEquals(message + " that cluster main allows for one job", refused.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "--mem-per-cpu=64G",
        "--mem-per-gpu=1G",
        "--gpus-per-node=8",
        "--gpus-per-task=8",
        "--tres-per-task=cpu:8",
        "--cpus-per-gpu=8",
        "--mincpus=65",
        "--exclusive=user",
        "--ntasks-per-gpu=4"
    })
    void otherWaysToAskForTheSameAreRefused(String option) {
        InvalidRequestException refused =
                assertThrows(InvalidRequestException.class, () -> LIMITS.apply("main", job(option)));
        assertEquals("options", refused.field());
        assertEquals(
                Limits.NONE.apply("main", job(option)).options(), job(option).options());
    }

    @Test
    void aLimitHoldsForAJobThatLeavesTheOptionOut() {
        assertEquals(
                List.of("--nodes=1-4", "--mem=16G", "--time=1-0", "--use-min-nodes"),
                LIMITS.apply("main", job("")).options());
        assertEquals(
                List.of("--nodes=1"),
                new Limits(1, null, null, null, null).apply("main", job("")).options());
    }

    @Test
    void withoutLimitsNothingChanges() {
        assertEquals(
                List.of("--time=UNLIMITED", "--gpus=99"),
                Limits.NONE.apply("main", job("time=UNLIMITED gpus=99")).options());
    }

    @Test
    void zeroGpusIsALimit() {
        Limits none = new Limits(null, null, null, null, 0);
        assertEquals(List.of(), none.apply("main", job("")).options());
        assertThrows(InvalidRequestException.class, () -> none.apply("main", job("gpus=1")));
    }

    @Test
    void limitsAreCheckedThemselves() {
        assertThrows(InvalidRequestException.class, () -> new Limits(0, null, null, null, null));
        assertThrows(InvalidRequestException.class, () -> new Limits(null, -1, null, null, null));
        assertThrows(InvalidRequestException.class, () -> new Limits(null, null, "0", null, null));
        assertThrows(InvalidRequestException.class, () -> new Limits(null, null, "much", null, null));
        assertThrows(InvalidRequestException.class, () -> new Limits(null, null, null, "unlimited", null));
        assertThrows(InvalidRequestException.class, () -> new Limits(null, null, null, null, -1));
    }
}
