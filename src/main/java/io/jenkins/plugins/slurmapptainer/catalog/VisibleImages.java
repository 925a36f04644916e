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
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;

/**
 * What the current user may know of the images. An image for certain folders is shown to those who may see one of these folders, or
 * something in it, and only the patterns that match it are: the names of others' folders are theirs.
 */
final class VisibleImages {
    private VisibleImages() {}

    /** The images that the user may see; checks the permission to view the catalog. */
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

    /** The patterns of the images that match something that the user may see. */
    private static Set<String> knownPatterns(List<ImageRecord> images) {
        Set<String> unknown = images.stream()
                .flatMap(image -> image.notes().folders().patterns().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        Set<String> known = new HashSet<>();
        if (unknown.isEmpty()) {
            return known;
        }
        for (Item item : Jenkins.get().allItems(Item.class)) {
            String folder = folder(item);
            unknown.removeIf(pattern -> NamePatterns.of(pattern).allowsFolder(folder) && known.add(pattern));
            if (unknown.isEmpty()) {
                break;
            }
        }
        return known;
    }

    /** The item if it is a folder, else the folder that it is in, empty for the top level. */
    private static String folder(Item item) {
        String name = item.getFullName();
        boolean folder = item instanceof ItemGroup && !(item instanceof Job);
        return folder ? name : name.substring(0, Math.max(0, name.lastIndexOf('/')));
    }
}
