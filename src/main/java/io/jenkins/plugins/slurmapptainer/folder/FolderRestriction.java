package io.jenkins.plugins.slurmapptainer.folder;

import com.cloudbees.hudson.plugins.folder.AbstractFolder;
import hudson.model.Item;
import hudson.model.ItemGroup;
import io.jenkins.plugins.slurmapptainer.config.UseRestriction;
import io.jenkins.plugins.slurmapptainer.image.ImagePolicy;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.job.NamePatterns;
import java.util.Optional;
import java.util.function.Function;
import org.jenkinsci.plugins.variant.OptionalExtension;

/** Checks the rules of every folder around a job. A folder can narrow what it inherits, but never widen it. */
@OptionalExtension(requirePlugins = "cloudbees-folder")
public final class FolderRestriction implements UseRestriction {
    @Override
    public void checkCluster(Item item, String cluster) {
        check(item, SlurmFolderProperty::clusterPatterns, cluster, "cluster", "use cluster '" + cluster + "'");
    }

    /**
     * A list of images never includes the host, not even with {@code *}, because running on the host involves no image.
     */
    @Override
    public void checkImage(Item item, String image) {
        String what = image.isEmpty() ? "run without an image" : "use image '" + image + "'";
        check(item, SlurmFolderProperty::imagePatterns, image, "image", what);
    }

    /** If a folder says nothing, the folders around it count, and then the catalog. */
    @Override
    public ImagePolicy imagePolicy(Item item) {
        ImagePolicy policy = ImagePolicy.ANYTHING;
        ItemGroup<?> group = around(item);
        while (group instanceof Item) {
            policy = policy.and(property(group).map(SlurmFolderProperty::policy).orElse(ImagePolicy.ANYTHING));
            group = ((Item) group).getParent();
        }
        return policy;
    }

    private static void check(
            Item item,
            Function<SlurmFolderProperty, NamePatterns> allowed,
            String name,
            String parameter,
            String what) {
        ItemGroup<?> group = around(item);
        while (group instanceof Item) {
            NamePatterns patterns = property(group).map(allowed).orElse(NamePatterns.of(""));
            boolean isAllowed = patterns.isEmpty() || !name.isEmpty() && patterns.allows(name);
            if (!isAllowed) {
                throw new InvalidRequestException(
                        parameter,
                        "jobs in the folder '" + group.getFullName() + "' may not " + what
                                + "; the folder's configuration allows " + String.join(", ", patterns.patterns()));
            }
            group = ((Item) group).getParent();
        }
    }

    private static ItemGroup<?> around(Item item) {
        return item instanceof ItemGroup ? (ItemGroup<?>) item : item.getParent();
    }

    static Optional<SlurmFolderProperty> property(ItemGroup<?> group) {
        return group instanceof AbstractFolder<?>
                ? Optional.ofNullable(
                        ((AbstractFolder<?>) group).getProperties().get(SlurmFolderProperty.class))
                : Optional.empty();
    }
}
