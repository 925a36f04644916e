package io.jenkins.plugins.slurmapptainer.headnode.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jenkins.plugins.slurmapptainer.job.JobToken;
import io.jenkins.plugins.slurmapptainer.script.JobDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnnouncementsTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    @TempDir
    Path folder;

    private final JobToken token = JobToken.random();
    private Path directory;
    private Announcements announcements;

    @BeforeEach
    void prepare() throws IOException {
        directory = Files.createDirectory(folder.resolve("announced"));
        announcements = new Announcements(folder.toString());
    }

    private Announcement announce(int task, boolean ended, int attempt) throws IOException {
        Announcement one = new Announcement(token.value(), task, ended, attempt);
        Files.createFile(directory.resolve(one.name()));
        return one;
    }

    @Test
    void aNameSaysWhatItAnnounces() {
        String job = token.value();
        assertEquals(Optional.of(new Announcement(job, -1, false, 0)), Announcement.parse(job + ".started.0"));
        assertEquals(Optional.of(new Announcement(job, -1, true, 12)), Announcement.parse(job + ".ended.12"));
        Announcement task = new Announcement(job, 7, true, 1);
        assertEquals(job + ".7.ended.1", task.name());
        assertEquals(Optional.of(task), Announcement.parse(task.name()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".7.8.ended.0", ".ended.", ".ended.-1", ".ended.12345678", ".paused.0", ".ended.0.x"})
    void otherNamesAnnounceNothing(String rest) {
        assertEquals(Optional.empty(), Announcement.parse(token + rest));
        assertEquals(Optional.empty(), Announcement.parse("x" + rest));
    }

    @Test
    void eachAnnouncementIsReportedOnce() throws Exception {
        Announcement start = announce(-1, false, 0);
        assertEquals(Set.of(start), announcements.look(0, false));
        assertEquals(Set.of(), announcements.look(SECOND, false));
        Announcement end = announce(7, true, 0);
        assertEquals(Set.of(end), announcements.look(SECOND, false));
        assertEquals(Set.of(start, end), Set.copyOf(announcements.known()));
        announcements.remove(end);
        assertEquals(Set.of(), announcements.look(SECOND, false));
        assertEquals(Set.of(start), Set.copyOf(announcements.known()));
    }

    /** As on a file system that counts in steps, or whose attributes another machine remembers. */
    @ParameterizedTest
    @ValueSource(longs = {200, 2_200})
    void aChangeThatTheAttributesHideIsSeenWithANextLook(long millis) throws Exception {
        FileTime time = Files.getLastModifiedTime(directory);
        announcements.look(0, false);
        Announcement start = announce(-1, false, 0);
        Files.setLastModifiedTime(directory, time);
        assertEquals(Set.of(start), announcements.look(TimeUnit.MILLISECONDS.toNanos(millis), false));
    }

    @Test
    void theAttributesAreTrustedForAShortTimeOnly() throws Exception {
        FileTime time = Files.getLastModifiedTime(directory);
        for (long now = 0; now < 4 * SECOND; now += SECOND / 5) {
            announcements.look(now, false);
        }
        Announcement start = announce(-1, false, 0);
        Files.setLastModifiedTime(directory, time);
        assertEquals(Set.of(), announcements.look(4 * SECOND, false));
        assertEquals(Set.of(start), announcements.look(10 * SECOND, false));
        Announcement end = announce(-1, true, 0);
        Files.setLastModifiedTime(directory, time);
        assertEquals(Set.of(end), announcements.look(10 * SECOND + 1, true), "when it is to be sure");
    }

    @Test
    void aDirectoryThatIsNotThereYetIsEmpty() throws Exception {
        Files.delete(directory);
        assertEquals(Set.of(), announcements.look(0, true));
        Files.createDirectory(directory);
        assertEquals(Set.of(announce(-1, false, 0)), announcements.look(1, false));
    }

    @Test
    void anotherFileInItsPlaceIsAnError() throws Exception {
        Files.delete(directory);
        Files.createSymbolicLink(directory, folder);
        assertThrows(NotDirectoryException.class, () -> announcements.look(0, false));
    }

    @Test
    void announcementsAreRemovedWithTheirJob() throws Exception {
        announce(-1, false, 0);
        announce(7, true, 3);
        Path other = Files.createFile(directory.resolve(JobToken.random() + ".started.0"));
        JobDirectory job = new JobDirectory(folder.toString(), token);
        Files.createDirectories(Path.of(job.tasks()));
        Announcements.forget(job);
        assertEquals(List.of(other.getFileName().toString()), SmallFiles.list(directory));
        announce(-1, false, 0);
        Announcements.forgetAll(job);
        assertEquals(List.of(other.getFileName().toString()), SmallFiles.list(directory));
    }

    @Test
    void ofAJobWithoutTasksTheAnnouncementsOfItsRecordsAreRemoved() throws Exception {
        JobDirectory job = new JobDirectory(folder.toString(), token);
        Files.createDirectory(Path.of(job.path()));
        for (String record : List.of(job.started() + 0, job.exit() + 0, job.exit() + 1)) {
            Files.createFile(Path.of(record));
        }
        announce(-1, false, 0);
        announce(-1, true, 0);
        announce(-1, true, 1);
        Announcement other = announce(-1, false, 7);
        Announcements.forget(job);
        assertEquals(List.of(other.name()), SmallFiles.list(directory));
    }
}
