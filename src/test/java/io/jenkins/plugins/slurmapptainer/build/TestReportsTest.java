package io.jenkins.plugins.slurmapptainer.build;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code make test} says at its end comes from JUnit's XML reports. */
class TestReportsTest {
    @TempDir
    Path folder;

    @BeforeEach
    void reports() throws Exception {
        Files.writeString(folder.resolve("TEST-some.FirstTest.xml"), """
                <?xml version="1.0" encoding="UTF-8"?>
                <testsuite xsi:noNamespaceSchemaLocation="https://example.org/x.xsd" name="some.FirstTest" time="2.5" tests="4"
                    errors="1" skipped="1" failures="1" flakes="0">
                  <properties><property name="a" value="b"/></properties>
                  <testcase name="passes" classname="some.FirstTest" time="0.1"/>
                  <testcase name="skipped" classname="some.FirstTest" time="0.1"><skipped/></testcase>
                  <testcase name="differs" classname="some.FirstTest" time="0.1">
                    <failure message="expected: &lt;a &amp;amp; b&gt; but was: &lt;&quot;c&quot;&gt;&#10;second line" type="x"><![CDATA[x
                \tat some.FirstTest.differs(FirstTest.java:1)
                ]]></failure>
                  </testcase>
                  <testcase classname="some.FirstTest" name="throws(String)[1]" time="0.1"><error type="java.lang.Error">x</error></testcase>
                </testsuite>
                """);
        Files.writeString(folder.resolve("TEST-second.xml"), """
                <testsuite name="cluster health" tests="1" failures="1" errors="0" skipped="0">
                <testcase classname="cluster" name="health"><failure message="node n1 has been DOWN for 60 s"/></testcase>
                </testsuite>
                """);
    }

    private List<String> bash(String commands) throws Exception {
        return new Bash(Map.of("FOLDER", folder.toString()), "src/build/reports.sh")
                .run(commands)
                .lines()
                .toList();
    }

    @Test
    void testsAreCounted() throws Exception {
        assertEquals(List.of("1 3 1"), bash("reports_sum $FOLDER; echo $passed $failed $skipped"));
    }

    @Test
    void failedTestsAreNamedWithTheirReason() throws Exception {
        assertEquals(
                List.of(
                        "cluster.health: node n1 has been DOWN for 60 s",
                        "FirstTest.differs: expected: <a &amp; b> but was: <\"c\">",
                        "FirstTest.throws(String)[1]: no message"),
                bash("reports_failures $FOLDER"));
    }

    @Test
    void missingReportIsNoError() throws Exception {
        assertEquals(List.of(), bash("mkdir $FOLDER/none; reports_failures $FOLDER/none"));
    }
}
