package io.jenkins.plugins.slurmapptainer.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every class and member in src/central/jenkins-api is there in the real Jenkins, and can be used in the same way. */
class DeclarationsMatchJenkinsTest {
    private static final Path SOURCES = Path.of("src/central/jenkins-api/java");

    @Test
    void declarationsMatch(@TempDir Path classes) throws Exception {
        compile(classes);
        ClassComparison comparison = new ClassComparison();
        List<String> names = classNames(classes);
        assertFalse(names.isEmpty());
        try (ChildFirst declarations = new ChildFirst(classes)) {
            for (String name : names) {
                Class<?> declared = declarations.loadClass(name);
                if (!Modifier.isPrivate(declared.getModifiers())) {
                    comparison.compare(declared, real(name));
                }
            }
        }
        assertEquals(List.of(), comparison.differences());
    }

    private Class<?> real(String name) {
        try {
            return Class.forName(name, false, getClass().getClassLoader());
        } catch (ClassNotFoundException e) {
            return null;
        }
    }

    private static void compile(Path classes) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<String> arguments = new ArrayList<>(List.of(
                "-d",
                classes.toString(),
                "-proc:none",
                "-nowarn",
                "-classpath",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))));
        try (Stream<Path> files = Files.walk(SOURCES)) {
            files.map(Path::toString).filter(file -> file.endsWith(".java")).forEach(arguments::add);
        }
        assertTrue(
                compiler.run(null, null, null, arguments.toArray(String[]::new)) == 0,
                "src/central/jenkins-api compiles");
    }

    private static List<String> classNames(Path classes) throws IOException {
        try (Stream<Path> files = Files.walk(classes)) {
            return files.map(file -> classes.relativize(file).toString())
                    .filter(file -> file.endsWith(".class"))
                    .map(file -> file.substring(0, file.length() - ".class".length())
                            .replace('/', '.')
                            .replace('\\', '.'))
                    .sorted()
                    .toList();
        }
    }

    /** Finds the declarations before the real classes of the same names. */
    private static final class ChildFirst extends URLClassLoader {
        ChildFirst(Path classes) throws IOException {
            super(new URL[] {classes.toUri().toURL()}, DeclarationsMatchJenkinsTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                if (loaded == null && findResource(name.replace('.', '/') + ".class") != null) {
                    loaded = findClass(name);
                }
                return loaded != null ? loaded : super.loadClass(name, resolve);
            }
        }
    }
}
