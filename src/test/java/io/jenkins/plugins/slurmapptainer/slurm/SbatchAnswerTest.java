package io.jenkins.plugins.slurmapptainer.slurm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.slurmapptainer.job.JobId;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SbatchAnswerTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`12345\n`|12345",
                "12345|12345",
                "`12345;cluster2\n`|12345;cluster2",
                "`*** Welcome to cluster X ***\nYour quota: 12 GB\n12345\n`|12345",
                "`12345\nNotice: maintenance on 2026-12-01\n`|12345",
                "`\n  12345  \r\n\n`|12345",
                "`7\nUsing project 8\n12345\n`|12345",
                "`sbatch: lua: account set to physics\n12345;c\nbye`|12345;c"
            })
    void theIdIsFoundAmongTheNoticesOfTheSite(String stdout, String id) {
        assertEquals(Optional.of(id), SbatchAnswer.read(stdout).map(JobId::toString));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "Submitted\n",
                "job 12345 was queued\n",
                "12345 jobs\n",
                "0\n",
                "12;\n",
                "error 5: no\n"
            })
    void anAnswerWithoutAnIdHasNoId(String stdout) {
        assertEquals(Optional.empty(), SbatchAnswer.read(stdout));
    }
}
