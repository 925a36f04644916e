package io.jenkins.plugins.slurmapptainer.agent;

import io.jenkins.plugins.slurmapptainer.image.CheckedFile;
import io.jenkins.plugins.slurmapptainer.image.FoundImage;
import io.jenkins.plugins.slurmapptainer.image.ImageCheckAnswer;
import io.jenkins.plugins.slurmapptainer.image.ImageCheckRequest;
import io.jenkins.plugins.slurmapptainer.image.ImageScripts;
import io.jenkins.plugins.slurmapptainer.image.PullAnswer;
import io.jenkins.plugins.slurmapptainer.image.ScanAnswer;
import io.jenkins.plugins.slurmapptainer.image.ScanRequest;
import io.jenkins.plugins.slurmapptainer.image.SkippedFile;
import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Checks what an agent says about images (see {@link AgentAnswers}). */
final class ImageAnswers {
    private static final int MAX_PATH = 1024;
    private static final int MAX_NAME = 300;
    private static final int MAX_LABELS = 100;
    private static final int MAX_LABEL = 1000;

    private ImageAnswers() {}

    static ScanAnswer checked(ScanRequest request, ScanAnswer answer) throws IOException {
        require(answer.images().size() <= request.limits().images());
        require(answer.skipped().size() <= request.limits().skipped());
        // One more than the limit: if there are too many to name, the root stands for the rest.
        require(answer.unread().size() <= request.limits().skipped() + 1);
        require(answer.skippedCount() >= 0);
        Set<String> paths = new HashSet<>();
        for (FoundImage image : answer.images()) {
            require(paths.add(image.path()) && fits(request, image));
        }
        for (SkippedFile skipped : answer.skipped()) {
            require(isLine(skipped.path(), MAX_PATH) && isLine(skipped.reason(), MAX_PATH));
        }
        for (String path : answer.unread()) {
            require(path.length() <= 2 * MAX_PATH);
        }
        return answer;
    }

    static ImageCheckAnswer checked(ImageCheckRequest request, ImageCheckAnswer answer) throws IOException {
        CheckedFile file = answer.file();
        require((file == null) != answer.problem().isEmpty() && isLine(answer.problem(), MAX_PATH));
        if (file != null) {
            require(isLine(answer.real(), MAX_PATH)
                    && answer.real().startsWith("/")
                    && (answer.same().isEmpty() || request.others().contains(answer.same())));
            require(file.sha256().matches(request.digest() ? "[0-9a-f]{64}" : "([0-9a-f]{64})?")
                    && (request.signingKey().isEmpty()
                            ? file.signedBy().matches("[0-9A-Fa-f]{0,64}")
                            : file.signedBy().equals(request.signingKey()))
                    && isPossible(file));
        }
        return answer;
    }

    static PullAnswer checked(PullAnswer answer) throws IOException {
        boolean there = answer.state() == PullAnswer.State.THERE;
        require(answer.state() != null
                && answer.ticket().matches("[0-9a-f-]{0,36}")
                && isLine(answer.text(), MAX_PATH)
                && answer.bytes() >= 0
                && (answer.file() != null) == there
                && (!there || isPulled(answer.file())));
        return answer;
    }

    private static boolean isPulled(CheckedFile file) {
        return isPossible(file)
                && file.sha256().matches("([0-9a-f]{64})?")
                && file.signedBy().isEmpty();
    }

    private static boolean isPossible(CheckedFile file) {
        return file.stamp().size() >= 0 && file.stamp().modified() >= 0 && file.changed() >= 0;
    }

    static ImageScripts checked(ImageScripts answer) throws IOException {
        require(isText(answer.runscript())
                && isText(answer.definition())
                && isText(answer.help())
                && isLine(answer.problem(), MAX_PATH));
        return answer;
    }

    private static boolean isText(String text) {
        return text.length() <= ImageScripts.MAX_TEXT
                && text.chars().noneMatch(c -> c != '\n' && c != '\t' && (c < ' ' || c == 127));
    }

    private static boolean fits(ScanRequest request, FoundImage image) {
        String path = image.path();
        return isLine(path, MAX_PATH)
                && !(path + "/").matches(".*/(\\.{0,2})/.*")
                && request.roots().stream().anyMatch(root -> root.contains(path))
                && isLine(image.type(), MAX_NAME)
                && isLine(image.family(), MAX_NAME)
                && isLine(image.version(), MAX_NAME)
                && image.stamp().size() >= 0
                && image.stamp().modified() >= 0
                && (image.inspection() == null || fits(image.inspection()));
    }

    private static boolean fits(FoundImage.Inspection inspection) {
        return inspection.built() >= 0
                && inspection.labels().size() <= MAX_LABELS
                && inspection.labels().entrySet().stream().allMatch(ImageAnswers::fits);
    }

    private static boolean fits(Map.Entry<String, String> label) {
        return label.getKey().length() <= MAX_LABEL
                && label.getValue().length() <= MAX_LABEL
                && (label.getKey() + label.getValue()).chars().noneMatch(c -> c < ' ' || c == 127);
    }

    private static boolean isLine(String text, int length) {
        return text.length() <= length && FoundImage.isPlain(text);
    }

    private static void require(boolean condition) throws IOException {
        if (!condition) {
            throw new IOException("the agent answered with something that was not asked or is no image file");
        }
    }
}
