package io.jenkins.plugins.slurmapptainer.agent;

import hudson.remoting.Pipe;
import io.jenkins.plugins.slurmapptainer.headnode.ReceiveAnswer;
import io.jenkins.plugins.slurmapptainer.headnode.ReceiveRequest;
import io.jenkins.plugins.slurmapptainer.headnode.Selection;
import io.jenkins.plugins.slurmapptainer.headnode.SendRequest;
import io.jenkins.plugins.slurmapptainer.headnode.local.FileArchive;
import io.jenkins.plugins.slurmapptainer.headnode.local.LocalSelection;
import io.jenkins.plugins.slurmapptainer.job.FilePattern;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;

/** The calls that move files from one agent to another through the controller. */
final class ArchiveCalls {
    private ArchiveCalls() {}

    /**
     * Selects the files to send.
     *
     * @param workspace absolute path
     * @param patterns which files are wanted
     * @param directory where the files will be
     */
    record Select(String workspace, ArrayList<FilePattern> patterns, String directory) implements AgentCall<Selection> {
        @Override
        public Selection call() throws Exception {
            return LocalSelection.of(workspace, patterns, directory);
        }

        @Override
        public Selection checked(Selection answer) throws IOException {
            return AgentAnswers.checked(patterns, directory, answer);
        }
    }

    /** @param pipe to the controller */
    record Send(SendRequest request, Pipe pipe) implements AgentCall<ArrayList<String>> {
        @Override
        public ArrayList<String> call() throws Exception {
            try (OutputStream out = pipe.getOut()) {
                return FileArchive.write(request, out);
            }
        }

        @Override
        public ArrayList<String> checked(ArrayList<String> answer) throws IOException {
            return AnswerText.sentences(answer);
        }
    }

    /** @param pipe from the controller */
    record Receive(ReceiveRequest request, Pipe pipe) implements AgentCall<ReceiveAnswer> {
        @Override
        public ReceiveAnswer call() throws Exception {
            try (InputStream in = pipe.getIn()) {
                return FileArchive.read(request, in);
            }
        }

        @Override
        public ReceiveAnswer checked(ReceiveAnswer answer) throws IOException {
            return AgentAnswers.checked(answer);
        }
    }
}
