import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Writes META-INF/services/annotations/NAME for each annotation that is itself {@code @Indexed} (Symbol, Initializer, Terminator): the classes
 * that carry it, or a member of which does, one a line. Jenkins finds symbols and initializers in no other way.
 *
 * <p>Does what the annotation processor of annotation-indexer does in the build of the root's pom.xml; that one is not on Maven Central.
 *
 * <p>{@code java -cp CLASSES:… AnnotationIndex.java CLASSES}
 */
final class AnnotationIndex {
    private static final String INDEXED = "org.jvnet.hudson.annotation_indexer.Indexed";

    private final Map<String, TreeSet<String>> classesByAnnotation = new TreeMap<>();

    public static void main(String[] args) throws Exception {
        Path classes = Path.of(args[0]);
        AnnotationIndex index = new AnnotationIndex();
        List<Path> files;
        try (Stream<Path> walk = Files.walk(classes)) {
            files = walk.filter(file -> file.toString().endsWith(".class"))
                    .sorted()
                    .toList();
        }
        for (Path file : files) {
            String name = classes.relativize(file)
                    .toString()
                    .replaceAll("[/\\\\]", ".")
                    .replaceAll("\\.class$", "");
            index.add(Class.forName(name, false, AnnotationIndex.class.getClassLoader()));
        }
        index.write(classes.resolve("META-INF/services/annotations"));
    }

    private void add(Class<?> type) {
        addIfIndexed(type, type);
        Stream.of(type.getDeclaredFields(), type.getDeclaredMethods(), type.getDeclaredConstructors())
                .flatMap(Stream::of)
                .forEach(member -> addIfIndexed(member, type));
    }

    private void addIfIndexed(AnnotatedElement element, Class<?> type) {
        for (Annotation annotation : element.getDeclaredAnnotations()) {
            Class<?> annotationType = annotation.annotationType();
            if (Stream.of(annotationType.getAnnotations())
                    .anyMatch(meta -> meta.annotationType().getName().equals(INDEXED))) {
                classesByAnnotation
                        .computeIfAbsent(annotationType.getName(), name -> new TreeSet<>())
                        .add(type.getName());
            }
        }
    }

    private void write(Path directory) throws IOException {
        Files.createDirectories(directory);
        for (Map.Entry<String, TreeSet<String>> entry : classesByAnnotation.entrySet()) {
            Files.write(directory.resolve(entry.getKey()), entry.getValue());
        }
    }
}
