package io.jenkins.plugins.slurmapptainer.script;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The words by which the processes of a batch script tell each other what has happened, among them the exit code. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class JobNewsTest {
    /** Each word comes at about the moment at which the one who waits for it looks whether there is anything else to do. */
    private static final String TALK = "exec {news}<> <(:)\n"
            + "(for i in {1..300}; do say code \"$i\"; read -r -t 0.0009 <> <(:); done) &\n"
            + "until [ \"$told\" = 300 ]; do\n"
            + "  heard='' told=''\n"
            + "  if hear code 0.001; then words+=\" $told\"; fi\n"
            + "done\n"
            + "echo \"$words\"\n";

    @Test
    void noWordIsLostWhenTheTimeToWaitForItIsUp() throws Exception {
        Shell.Result result = Shell.run(
                Map.of(),
                List.of(
                        "bash",
                        "-c",
                        function("say") + "lost='' heard='' told='' words=''\n" + function("hear") + TALK));
        StringBuilder expected = new StringBuilder();
        for (int i = 1; i <= 300; i++) {
            expected.append(' ').append(i);
        }
        assertEquals(expected + "\n", result.output());
    }

    @Test
    void aValueIsToldAsItIs() throws Exception {
        String path = "/a b/  c\\d/*";
        String talk = "exec {news}<> <(:)\nsay lost '" + path + "'\nsay end\nhear end 5\necho \"$lost\"\n";
        Shell.Result result =
                Shell.run(Map.of(), List.of("bash", "-c", function("say") + "heard=''\n" + function("hear") + talk));
        assertEquals(path + "\n", result.output());
    }

    private static String function(String name) throws IOException {
        try (InputStream in = JobNewsTest.class.getResourceAsStream("job-functions.sh")) {
            String all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            int begin = all.indexOf("\n" + name + "() {\n") + 1;
            return all.substring(begin, all.indexOf("\n}\n", begin) + 3);
        }
    }
}
