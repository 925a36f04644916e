package io.jenkins.plugins.slurmapptainer.agent;

import hudson.remoting.Pipe;
import io.jenkins.plugins.slurmapptainer.engine.ReceiveAnswer;
import io.jenkins.plugins.slurmapptainer.engine.ReceiveRequest;
import io.jenkins.plugins.slurmapptainer.engine.Selection;
import io.jenkins.plugins.slurmapptainer.engine.SendRequest;
import io.jenkins.plugins.slurmapptainer.engine.local.FileArchive;
import io.jenkins.plugins.slurmapptainer.engine.local.LocalSelection;
import io.jenkins.plugins.slurmapptainer.job.FilePattern;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import jenkins.agents.ControllerToAgentCallable;

/** What agents do when files go from one of them to another; the controller hands them on. */
final class ArchiveCalls {
    private ArchiveCalls() {}

    /**
     * @param workspace absolute path
     * @param patterns what is asked for
     * @param directory where the files will be
     */
    record Select(String workspace, ArrayList<FilePattern> patterns, String directory)
            implements ControllerToAgentCallable<Selection, Exception> {
        @Override
        public Selection call() throws Exception {
            return LocalSelection.of(workspace, patterns, directory);
        }
    }

    /** @param pipe to the controller */
    record Send(SendRequest request, Pipe pipe) implements ControllerToAgentCallable<ArrayList<String>, Exception> {
        @Override
        public ArrayList<String> call() throws Exception {
            try (OutputStream out = pipe.getOut()) {
                return FileArchive.write(request, out);
            }
        }
    }

    /** @param pipe from the controller */
    record Receive(ReceiveRequest request, Pipe pipe) implements ControllerToAgentCallable<ReceiveAnswer, Exception> {
        @Override
        public ReceiveAnswer call() throws Exception {
            try (InputStream in = pipe.getIn()) {
                return FileArchive.read(request, in);
            }
        }
    }
}
