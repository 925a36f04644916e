package io.jenkins.plugins.slurmapptainer.catalog;

import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.Job;
import io.jenkins.plugins.slurmapptainer.image.ImageList;
import io.jenkins.plugins.slurmapptainer.image.ImageNotes;
import io.jenkins.plugins.slurmapptainer.image.ImageRecord;
import io.jenkins.plugins.slurmapptainer.image.ImageState;
import io.jenkins.plugins.slurmapptainer.job.NamePatterns;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;
import org.springframework.security.access.AccessDeniedException;

/**
 * What the current user may know about the images. If an image is only for certain folders, a user sees it only if they
 * can see one of these folders. They also see only the patterns that match such a folder, because the names of other
 * folders are not public.
 */
final class VisibleImages {
    private static final Logger LOGGER = Logger.getLogger(VisibleImages.class.getName());

    private VisibleImages() {}

    /** The images that the user may see. Checks the permission to view the catalog. */
    static ImageList of(ImageList all) {
        Jenkins.get().checkPermission(ImagePermissions.VIEW);
        if (Jenkins.get().hasPermission(ImagePermissions.CONFIGURE)) {
            return all;
        }
        List<ImageRecord> shown = all.all().stream()
                .filter(image -> image.notes().state() != ImageState.HIDDEN)
                .collect(Collectors.toList());
        Set<String> known = knownPatterns(shown);
        List<ImageRecord> visible = new ArrayList<>();
        for (ImageRecord image : shown) {
            ImageNotes notes = image.notes();
            NamePatterns folders = notes.folders().only(known::contains);
            if (notes.folders().isEmpty()) {
                visible.add(image);
            } else if (!folders.isEmpty()) {
                visible.add(image.with(notes.with(folders)));
            }
        }
        return ImageList.of(visible);
    }

    /** The patterns that match at least one folder that the user may see. */
    private static Set<String> knownPatterns(List<ImageRecord> images) {
        Set<String> all = images.stream()
                .flatMap(image -> image.notes().folders().patterns().stream())
                .collect(Collectors.toSet());
        Set<String> known = new HashSet<>();
        Map<String, NamePatterns> unknown = new HashMap<>();
        for (String pattern : all) {
            if (pattern.contains("*")) {
                unknown.put(pattern, NamePatterns.of(pattern));
            } else if (isSeen(pattern)) {
                known.add(pattern);
            }
        }
        if (!unknown.isEmpty()) {
            addMatching(unknown, known);
        }
        return known;
    }

    /** Whether the user may see the folder with exactly this name. Everybody may see the top level. */
    private static boolean isSeen(String folder) {
        if (folder.equals(NamePatterns.TOP)) {
            return true;
        }
        try {
            return Jenkins.get().getItemByFullName(folder) != null;
        } catch (AccessDeniedException e) {
            LOGGER.log(Level.FINEST, "a folder of others", e);
            return false;
        }
    }

    /** Goes through the folders that the user may see until each pattern has matched one. */
    private static void addMatching(Map<String, NamePatterns> unknown, Set<String> known) {
        for (Item folder : Jenkins.get().allItems(Item.class, VisibleImages::isFolder)) {
            String name = folder.getFullName();
            unknown.entrySet()
                    .removeIf(pattern -> pattern.getValue().allowsFolder(name) && known.add(pattern.getKey()));
            if (unknown.isEmpty()) {
                return;
            }
        }
    }

    private static boolean isFolder(Item item) {
        return item instanceof ItemGroup && !(item instanceof Job);
    }
}
