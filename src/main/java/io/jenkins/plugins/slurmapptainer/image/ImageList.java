package io.jenkins.plugins.slurmapptainer.image;

import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** All images of the catalog at one moment, declared and discovered ones in one list. Immutable. */
public final class ImageList {
    private final List<ImageRecord> images;
    private final Map<String, ImageRecord> byId = new HashMap<>();
    private final Map<String, String> problems;

    private ImageList(Collection<ImageRecord> images, Map<String, String> problems) {
        this.images = images.stream().sorted(ImageRecord.ORDER).collect(Collectors.toUnmodifiableList());
        this.images.forEach(image -> byId.put(image.id(), image));
        this.problems = Collections.unmodifiableMap(problems);
    }

    /** A list of images with different ids. */
    public static ImageList of(Collection<ImageRecord> images) {
        return new ImageList(images, Map.of());
    }

    /**
     * Combines declared and discovered images. If both have the same path, the declared one wins and inherits the
     * results of the scan. If both have the same id, the discovered one gets another.
     *
     * @param unreadable reasons why further entries could not be read, by their id
     */
    public static ImageList merge(
            List<DeclaredImage> declared, List<ImageRecord> discovered, Map<String, String> unreadable) {
        Map<String, ImageRecord> found = new LinkedHashMap<>();
        discovered.forEach(image -> found.put(image.path(), image));
        Map<String, ImageRecord> foundIds = new HashMap<>();
        discovered.forEach(image -> foundIds.put(image.id(), image));
        Map<String, ImageRecord> merged = new LinkedHashMap<>();
        Map<String, String> problems = new LinkedHashMap<>(unreadable);
        for (DeclaredImage image : declared) {
            ImageRecord same = image.path().isEmpty() ? foundIds.get(image.id()) : found.get(image.path());
            try {
                ImageRecord record = image.merge(Optional.ofNullable(same));
                if (merged.putIfAbsent(record.id(), record) != null) {
                    problems.put(image.id(), "id: two entries have this id; the first one counts");
                }
                found.remove(record.path());
            } catch (InvalidRequestException e) {
                problems.put(image.id(), e.getMessage());
            }
        }
        for (ImageRecord image : found.values()) {
            String id = ImageIds.free(image.id(), image.type(), merged.keySet());
            merged.put(id, id.equals(image.id()) ? image : image.withId(id));
        }
        return new ImageList(merged.values(), problems);
    }

    /** All images by type, then by name, newest version first. */
    public List<ImageRecord> all() {
        return images;
    }

    /** The image with exactly this id. */
    public Optional<ImageRecord> byId(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** The images that fulfil a condition. */
    public ImageList only(Predicate<ImageRecord> condition) {
        return new ImageList(images.stream().filter(condition).collect(Collectors.toList()), problems);
    }

    /**
     * Finds the image that a build means: by id, file name, alias, or as the newest of a family ({@code python},
     * {@code python@3.11}).
     *
     * @throws InvalidRequestException when there is none (suggests similar ones), or when it cannot be used
     */
    public ImageRecord find(String wanted) {
        String problem = problems.get(wanted);
        if (problem != null && !byId.containsKey(wanted)) {
            throw new InvalidRequestException("image", "the entry '" + wanted + "' cannot be used: " + problem);
        }
        return ImageLookup.find(images, wanted);
    }

    /** Why some declared entries are missing from the images, by their id. */
    public Map<String, String> problems() {
        return problems;
    }

    /** The different types, in alphabetical order. */
    public List<String> types() {
        return new ArrayList<>(images.stream().map(ImageRecord::type).collect(Collectors.toCollection(TreeSet::new)));
    }
}
