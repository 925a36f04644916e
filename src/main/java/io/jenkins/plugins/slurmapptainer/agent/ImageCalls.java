package io.jenkins.plugins.slurmapptainer.agent;

import hudson.remoting.RemoteOutputStream;
import io.jenkins.plugins.slurmapptainer.image.ImageCheckAnswer;
import io.jenkins.plugins.slurmapptainer.image.ImageCheckRequest;
import io.jenkins.plugins.slurmapptainer.image.ImageScripts;
import io.jenkins.plugins.slurmapptainer.image.PullAnswer;
import io.jenkins.plugins.slurmapptainer.image.PullRequest;
import io.jenkins.plugins.slurmapptainer.image.ScanAnswer;
import io.jenkins.plugins.slurmapptainer.image.ScanRequest;
import io.jenkins.plugins.slurmapptainer.image.local.LocalImageFiles;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** The operations on images as calls. Each call holds its request and runs on the agent. */
final class ImageCalls {
    private ImageCalls() {}

    /** @param progress takes lines back to the controller */
    record Scan(ScanRequest request, RemoteOutputStream progress) implements AgentCall<ScanAnswer> {
        @Override
        public ScanAnswer call() throws Exception {
            PrintStream lines = new PrintStream(progress, true, StandardCharsets.UTF_8);
            return new LocalImageFiles().scan(request, lines::println);
        }

        @Override
        public ScanAnswer checked(ScanAnswer answer) throws IOException {
            return ImageAnswers.checked(request, answer);
        }
    }

    record Pull(PullRequest request) implements AgentCall<PullAnswer> {
        @Override
        public PullAnswer call() {
            return new LocalImageFiles().pull(request);
        }

        @Override
        public PullAnswer checked(PullAnswer answer) throws IOException {
            return ImageAnswers.checked(answer);
        }
    }

    record Scripts(String path, String apptainer) implements AgentCall<ImageScripts> {
        @Override
        public ImageScripts call() throws Exception {
            return new LocalImageFiles().scripts(path, apptainer);
        }

        @Override
        public ImageScripts checked(ImageScripts answer) throws IOException {
            return ImageAnswers.checked(answer);
        }
    }

    record Check(ImageCheckRequest request) implements AgentCall<ImageCheckAnswer> {
        @Override
        public ImageCheckAnswer call() throws Exception {
            return new LocalImageFiles().check(request);
        }

        @Override
        public ImageCheckAnswer checked(ImageCheckAnswer answer) throws IOException {
            return ImageAnswers.checked(request, answer);
        }
    }
}
