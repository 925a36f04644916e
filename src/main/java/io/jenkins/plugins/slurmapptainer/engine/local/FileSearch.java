package io.jenkins.plugins.slurmapptainer.engine.local;

import io.jenkins.plugins.slurmapptainer.job.FilePattern;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.tools.ant.DirectoryScanner;

/** Finds the files that a pattern means. */
final class FileSearch {
    private FileSearch() {}

    /**
     * The matching files, relative to the directory, in a fixed order, none if there is none. A directory stands for all
     * files below it.
     */
    static List<Path> find(Path base, FilePattern pattern) {
        if (!pattern.isWild() && Files.isRegularFile(base.resolve(pattern.pattern()))) {
            return List.of(Path.of(pattern.pattern()));
        }
        boolean directory = !pattern.isWild() && Files.isDirectory(base.resolve(pattern.pattern()));
        DirectoryScanner scanner = new DirectoryScanner();
        scanner.setBasedir(new File(base.toString()));
        scanner.setIncludes(new String[] {directory ? pattern.pattern() + "/**" : pattern.pattern()});
        scanner.addDefaultExcludes();
        scanner.scan();
        String[] found = scanner.getIncludedFiles();
        Arrays.sort(found);
        return Arrays.stream(found).map(Path::of).toList();
    }
}
