package io.jenkins.plugins.slurmapptainer.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.job.Directive;
import io.jenkins.plugins.slurmapptainer.job.LaunchOption;
import io.jenkins.plugins.slurmapptainer.template.TemplateOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The tables of the documentation have every parameter. */
class ParametersInDocsTest {
    private static final Pattern NAME = Pattern.compile("`([a-zA-Z]+)`");

    /** The cells of the rows below a table's head. */
    private static List<String[]> rows(String page, String head) throws IOException {
        List<String> lines = Files.readAllLines(Path.of("docs", page + ".md"));
        int first = lines.indexOf(head) + 2;
        assertTrue(first > 2, () -> page + " has no table " + head);
        return lines.subList(first, lines.size()).stream()
                .takeWhile(line -> line.startsWith("|"))
                .map(line -> line.split(" *\\| *", -1))
                .toList();
    }

    private static List<String> names(String cell) {
        return NAME.matcher(cell)
                .results()
                .map(found -> found.group(1))
                .sorted()
                .toList();
    }

    private static List<String> parameters(Predicate<StepParameter> those) {
        return StepArguments.parameters(SlurmApptainerStep.class).values().stream()
                .filter(those)
                .map(StepParameter::getName)
                .toList();
    }

    @Test
    void everyParameterHasARow() throws IOException {
        List<String> named = new ArrayList<>();
        rows("pipeline", "| parameter | meaning | `sbatch` |").forEach(row -> named.addAll(names(row[1])));
        assertEquals(parameters(any -> true), named.stream().sorted().toList());
    }

    @ParameterizedTest
    @EnumSource
    void itsRowSaysWhichOptionOfSbatchItIs(Directive directive) throws IOException {
        String[] row = rows("pipeline", "| parameter | meaning | `sbatch` |").stream()
                .filter(cells -> names(cells[1]).contains(directive.field()))
                .findFirst()
                .orElseThrow(() -> new AssertionError(directive.field() + " has no row"));
        boolean same = row[3].equals("the same") && directive.field().equals(directive.option());
        assertTrue(same || row[3].matches(".*`--" + directive.option() + "[=`].*"), () -> Arrays.toString(row));
    }

    @Test
    void theFormsOfSwitchesAndNumbersNameThem() throws IOException {
        List<String[]> forms = rows("pipeline", "| parameters | forms |");
        assertEquals(parameters(StepParameter::isFlag), ofForm(forms, "`true` or `false`"));
        assertEquals(parameters(StepParameter::isNumber), ofForm(forms, "a whole number"));
    }

    private static List<String> ofForm(List<String[]> forms, String form) {
        return forms.stream()
                .filter(row -> row[2].startsWith(form))
                .flatMap(row -> names(row[1]).stream())
                .toList();
    }

    @Test
    void everyFlagOfTheContainerIsExplained() throws IOException {
        List<String> explained = new ArrayList<>();
        rows("pipeline", "| parameter | `apptainer exec` | the program |")
                .forEach(row -> explained.addAll(names(row[1].replace(": true", ""))));
        assertEquals(
                Arrays.stream(LaunchOption.values())
                        .filter(LaunchOption::isFlag)
                        .map(LaunchOption::field)
                        .sorted()
                        .toList(),
                explained.stream().sorted().toList());
    }

    /** Slurm's own are not listed one by one. */
    @Test
    void whatATemplateCanHaveIsListed() throws IOException {
        String options = rows("templates", "| field | meaning |").get(0)[2];
        TreeSet<String> wanted = new TreeSet<>(TemplateOptions.names());
        for (Directive directive : Directive.values()) {
            if (directive.isOfOneJob()) {
                wanted.add(directive.field());
            } else {
                wanted.remove(directive.field());
            }
        }
        TreeSet<String> listed = new TreeSet<>(names(options));
        listed.remove("sbatch");
        assertEquals(wanted, listed);
    }
}
