package io.jenkins.plugins.slurmapptainer.agent;

import hudson.remoting.RemoteOutputStream;
import io.jenkins.plugins.slurmapptainer.image.CheckAnswer;
import io.jenkins.plugins.slurmapptainer.image.CheckRequest;
import io.jenkins.plugins.slurmapptainer.image.ImageScripts;
import io.jenkins.plugins.slurmapptainer.image.PullAnswer;
import io.jenkins.plugins.slurmapptainer.image.PullRequest;
import io.jenkins.plugins.slurmapptainer.image.ScanAnswer;
import io.jenkins.plugins.slurmapptainer.image.ScanRequest;
import io.jenkins.plugins.slurmapptainer.image.local.LocalImageHost;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import jenkins.agents.ControllerToAgentCallable;

/** The operations on images as they travel: each is its request, and runs on the agent. */
final class ImageCalls {
    private ImageCalls() {}

    /** @param progress takes lines back to the controller */
    record Scan(ScanRequest request, RemoteOutputStream progress)
            implements ControllerToAgentCallable<ScanAnswer, Exception> {
        @Override
        public ScanAnswer call() throws Exception {
            PrintStream lines = new PrintStream(progress, true, StandardCharsets.UTF_8);
            return new LocalImageHost().scan(request, lines::println);
        }
    }

    record Pull(PullRequest request) implements ControllerToAgentCallable<PullAnswer, Exception> {
        @Override
        public PullAnswer call() {
            return new LocalImageHost().pull(request);
        }
    }

    record Scripts(String path, String apptainer) implements ControllerToAgentCallable<ImageScripts, Exception> {
        @Override
        public ImageScripts call() throws Exception {
            return new LocalImageHost().scripts(path, apptainer);
        }
    }

    record Check(CheckRequest request) implements ControllerToAgentCallable<CheckAnswer, Exception> {
        @Override
        public CheckAnswer call() throws Exception {
            return new LocalImageHost().check(request);
        }
    }
}
