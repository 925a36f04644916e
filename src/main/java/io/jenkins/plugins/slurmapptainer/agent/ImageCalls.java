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
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** The operations on images as they travel: each is its request, and runs on the agent. */
final class ImageCalls {
    private ImageCalls() {}

    /** @param progress takes lines back to the controller */
    record Scan(ScanRequest request, RemoteOutputStream progress) implements AgentCall<ScanAnswer> {
        @Override
        public ScanAnswer call() throws Exception {
            PrintStream lines = new PrintStream(progress, true, StandardCharsets.UTF_8);
            return new LocalImageHost().scan(request, lines::println);
        }

        @Override
        public ScanAnswer checked(ScanAnswer answer) throws IOException {
            return ImageAnswers.checked(request, answer);
        }
    }

    record Pull(PullRequest request) implements AgentCall<PullAnswer> {
        @Override
        public PullAnswer call() {
            return new LocalImageHost().pull(request);
        }

        @Override
        public PullAnswer checked(PullAnswer answer) throws IOException {
            return ImageAnswers.checked(answer);
        }
    }

    record Scripts(String path, String apptainer) implements AgentCall<ImageScripts> {
        @Override
        public ImageScripts call() throws Exception {
            return new LocalImageHost().scripts(path, apptainer);
        }

        @Override
        public ImageScripts checked(ImageScripts answer) throws IOException {
            return ImageAnswers.checked(answer);
        }
    }

    record Check(CheckRequest request) implements AgentCall<CheckAnswer> {
        @Override
        public CheckAnswer call() throws Exception {
            return new LocalImageHost().check(request);
        }

        @Override
        public CheckAnswer checked(CheckAnswer answer) throws IOException {
            return ImageAnswers.checked(request, answer);
        }
    }
}
