package io.jenkins.plugins.slurmapptainer.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.job.NamePatterns;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which template a name means, and what it inherits. */
class TemplatesTest {
    private static Template template(String name, String parent, String... options) {
        return new Template(
                name,
                parent,
                "",
                NamePatterns.of(""),
                Arrays.stream(options)
                        .map(option -> option.split("=", 2))
                        .map(parts -> OptionRule.of(parts[0], parts[1]))
                        .toList());
    }

    private static Templates global(Template... templates) {
        return new Templates(List.of(List.of(templates)));
    }

    private static Map<String, String> values(Templates templates, String name) {
        return templates.get(name).complete(Map.of(), List.of());
    }

    private static void refused(String message, Templates templates, String name) {
        InvalidRequestException e = assertThrows(InvalidRequestException.class, () -> templates.get(name));
        assertEquals(message, e.getMessage());
    }

    @Test
    void anOptionReplacesTheInheritedOneAndTheOthersStay() {
        Templates templates = global(
                template("gpu-long", "gpu", "time=2-0"),
                template("gpu", "base", "partition=gpu", "gpus=1"),
                template("base", "", "time=10", "partition=any", "qos=low"));
        assertEquals(
                Map.of("time", "2-0", "partition", "gpu", "gpus", "1", "qos", "low"), values(templates, "gpu-long"));
        assertEquals(List.of("gpu", "base"), templates.get("gpu-long").inherits());
        assertEquals(Map.of("time", "10", "partition", "any", "qos", "low"), values(templates, "base"));
    }

    @Test
    void theInnerTemplateHidesTheOuterOne() {
        Templates templates = global(template("gpu", "", "gpus=1"), template("cpu", "", "time=1"))
                .around(List.of(template("gpu", "", "time=5")))
                .around(List.of());
        assertEquals(Map.of("time", "5"), values(templates, "gpu"));
        assertEquals(Map.of("time", "1"), values(templates, "cpu"));
        assertEquals(List.of("gpu", "cpu"), templates.names());
    }

    @Test
    void aTemplateThatExtendsItsOwnNameMeansTheHiddenOne() {
        Templates templates = global(template("gpu", "", "gpus=1", "time=1"))
                .around(List.of(template("gpu", "gpu", "time=5")))
                .around(List.of(template("gpu", "gpu", "qos=high")));
        assertEquals(Map.of("gpus", "1", "time", "5", "qos", "high"), values(templates, "gpu"));
    }

    @Test
    void innerTemplatesDoNotChangeOuterOnes() {
        Templates templates = global(template("base", "", "time=1"), template("gpu", "base", "gpus=1"))
                .around(List.of(template("base", "", "time=99")));
        assertEquals(Map.of("time", "1", "gpus", "1"), values(templates, "gpu"));
        assertEquals(Map.of("time", "99"), values(templates, "base"));
    }

    @Test
    void unknownNamesAreReportedWithSimilarNames() {
        Templates templates = global(template("gpu-small", "", "gpus=1"), template("broken", "gpu-smal", "time=1"));
        refused("template: there is no template 'gpusmall'; did you mean 'gpu-small'?", templates, "gpusmall");
        refused("template: there is no template 'x1234567'; there are 'gpu-small', 'broken'", templates, "x1234567");
        refused("template: there is no template 'a'; there are no templates here", global(), "a");
        refused(
                "template: 'broken': it extends 'gpu-smal', which is not there; did you mean 'gpu-small'?",
                templates,
                "broken");
        refused(
                "template: 'above': 'broken' extends 'gpu-smal', which is not there; did you mean 'gpu-small'?",
                templates.with(template("above", "broken")),
                "above");
    }

    @Test
    void circlesAreFound() {
        Templates templates = global(
                template("a", "b", "time=1"),
                template("b", "c"),
                template("c", "a"),
                template("self", "self"),
                template("into", "b"));
        refused("template: 'a': it extends itself: a -> b -> c -> a", templates, "a");
        refused("template: 'self': it extends itself: self -> self", templates, "self");
        refused("template: 'into': it extends itself: into -> b -> c -> a -> b", templates, "into");
        assertThrows(InvalidRequestException.class, templates::check);
    }

    @Test
    void inheritedPartsMustFitTogether() {
        Template base = new Template(
                "base", "", "", NamePatterns.of(""), List.of(new OptionRule("time", "10", "", "20", List.of(), false)));
        refused(
                "template: 'long': time: '30' is more than the '20' that is allowed here",
                global(base, template("long", "base", "time=30")),
                "long");
        refused(
                "template: 'wrong': time: 'soon' is not minutes, 'hh:mm:ss' or 'days-hh:mm:ss', for example '01:30:00'",
                global(template("wrong", "", "time=soon")),
                "wrong");
        refused(
                "template: 'wrong': option: 'tiem' is no option that a template can have; did you mean 'time'?",
                global(template("wrong", "", "tiem=1")),
                "wrong");
        refused(
                "template: 'wrong': time: it is there twice; delete one of the two",
                global(template("wrong", "", "time=1", "time=2")),
                "wrong");
        for (String option :
                List.of("jobName", "array", "taskOutput", "taskRetries", "dependency", "script", "files")) {
            assertThrows(
                    InvalidRequestException.class,
                    () -> global(template("a", "", option + "=1")).get("a"),
                    option);
        }
    }

    @Test
    void namesAreCheckedBeforeTheyAreSaved() {
        for (Templates wrong : List.of(
                global(template("a b", "")),
                global(template("", "")),
                global(template("a", ""), template("a", "")),
                global(template("a", ""), template("b", "missing")))) {
            assertThrows(InvalidRequestException.class, wrong::check);
        }
        global(template("a", "b"), template("b", "", "time=1")).check();
        new Templates(List.of()).check();
        global(template("outer", "missing")).around(List.of(template("a", ""))).check();
    }

    @Test
    void aRestrictionAlsoHoldsForExtendingTemplates() {
        Template team = new Template("team", "", "", NamePatterns.of("teams/physics"), List.of());
        Templates templates = global(team, template("mine", "team"), template("free", ""));
        assertTrue(templates.get("mine").allowsFolder("teams/physics/lab"));
        assertEquals(List.of("team", "mine", "free"), templates.usableIn("teams/physics"));
        assertEquals(List.of("free"), templates.usableIn("teams"));
        assertEquals(List.of("free"), templates.usableIn(""));
    }

    @Test
    void templatesWithErrorsAreNotOffered() {
        assertEquals(
                List.of("good"),
                global(template("bad", "none"), template("good", "")).usableIn(""));
    }
}
