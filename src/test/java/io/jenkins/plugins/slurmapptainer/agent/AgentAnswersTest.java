package io.jenkins.plugins.slurmapptainer.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jenkins.plugins.slurmapptainer.headnode.ExitRecord;
import io.jenkins.plugins.slurmapptainer.headnode.JobNews;
import io.jenkins.plugins.slurmapptainer.headnode.Observation;
import io.jenkins.plugins.slurmapptainer.headnode.ObserveRequest;
import io.jenkins.plugins.slurmapptainer.headnode.StartRecord;
import io.jenkins.plugins.slurmapptainer.job.JobToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An agent that answers what it was not asked must not reach another job's console or record. */
class AgentAnswersTest {
    private static final byte[] NOTHING = {};
    private final JobToken token = JobToken.random();
    private final JobToken array = JobToken.random();
    private final ObserveRequest request = ObserveRequest.once("/s/c1", List.of(), false, 0);

    private void taken(JobNews news) throws IOException {
        Observation answer = Observation.of(new ArrayList<>(List.of(news)));
        assertEquals(answer, AgentAnswers.checked(request, answer));
    }

    private void refused(JobNews news) {
        Observation answer = Observation.of(new ArrayList<>(List.of(news)));
        assertThrows(IOException.class, () -> AgentAnswers.checked(request, answer));
    }

    private static JobNews output(JobToken of, int task, int length, long from) {
        return new JobNews(of, task, new byte[length], from, null, null);
    }

    private static JobNews start(JobToken of, int task, String id, String node) {
        return new JobNews(of, task, NOTHING, 0, new StartRecord(id, 0, 1, node), null);
    }

    private static JobNews exit(JobToken of, int task, String id) {
        return new JobNews(of, task, NOTHING, 0, null, new ExitRecord(id, 0, 1, 0, true, false, false, 0));
    }

    @Test
    void newsAboutRequestedJobsIsAccepted() throws Exception {
        taken(output(array, 7, 5, 20));
        taken(output(array, 7, 5, 0));
        taken(start(array, 8, "123_8", "n[1-2,7]"));
        taken(exit(array, 7, "123_7"));
        taken(start(token, -1, "123", "n1"));
        taken(exit(token, -1, "123+1"));
    }

    @Test
    void newsAboutSomethingThatCannotBeWatchedIsRefused() {
        refused(output(array, -2, 1, 0));
        refused(output(array, Integer.MIN_VALUE, 1, 0));
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MIN_VALUE})
    void anImpossibleOffsetOfOutputIsRefused(long from) {
        refused(output(array, 7, 1, from));
    }

    /** The id would be taken over, and cancelled with the build. */
    @ParameterizedTest
    @CsvSource({"123_8", "123", "all", "''", "123_7 124", "-1", "123_7;east", "123_17"})
    void aTaskRecordWithAForeignIdIsRefused(String id) {
        refused(start(array, 7, id, "n1"));
        refused(exit(array, 7, id));
    }

    @ParameterizedTest
    @ValueSource(strings = {"123_8", "all", "", "123;east"})
    void aJobRecordWithAForeignIdIsRefused(String id) {
        refused(start(token, -1, id, "n1"));
        refused(exit(token, -1, id));
    }

    @Test
    void aNodeNameThatIsNoNameIsRefused() {
        refused(start(array, 7, "123_7", "n1\u001b[2J\nFinished: SUCCESS"));
    }
}
