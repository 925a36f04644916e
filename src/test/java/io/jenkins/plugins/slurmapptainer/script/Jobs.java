package io.jenkins.plugins.slurmapptainer.script;

import io.jenkins.plugins.slurmapptainer.job.ContainerImage;
import io.jenkins.plugins.slurmapptainer.job.Directive;
import io.jenkins.plugins.slurmapptainer.job.Directives;
import io.jenkins.plugins.slurmapptainer.job.Home;
import io.jenkins.plugins.slurmapptainer.job.JobToken;
import io.jenkins.plugins.slurmapptainer.job.Launch;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Jobs to render. */
public final class Jobs {
    public static final JobToken TOKEN = new JobToken("0123456789abcdef0123456789abcdef");
    static final String ROOT = "/shared/jenkins/c1";
    static final Directives REFERENCE = Directives.of(
            Map.of(
                    Directive.JOB_NAME,
                    "test_job",
                    Directive.PARTITION,
                    "group1",
                    Directive.NODES,
                    1,
                    Directive.CPUS_PER_TASK,
                    64,
                    Directive.MEMORY,
                    "16GB",
                    Directive.TIME,
                    "01:00:00"),
            List.of());
    static final ContainerImage PYTHON =
            new ContainerImage("python_3.11.sif", "/shared/apptainer/images/compute/python_3.11.sif");

    private Jobs() {}

    /** The first sample of the reference. */
    static BatchJob referenceInImage() {
        String data = "/shared/uploads/user01/20251106/data.csv";
        return job(
                ROOT,
                REFERENCE,
                List.of(new Export("FILE_DATA_INPUT", data), new Export("INPUT", data)),
                Optional.of(PYTHON),
                "#!/bin/bash\necho \"Hello from inside Apptainer!\"\npython3 --version\npython3 process.py --input $INPUT\n");
    }

    /** The second sample of the reference. */
    static BatchJob referenceOnHost() {
        return job(
                ROOT,
                REFERENCE,
                List.of(),
                Optional.empty(),
                "#!/bin/bash\necho \"Hello from host!\"\nhostname\ndate\n");
    }

    public static BatchJob job(
            String root, Directives directives, List<Export> exports, Optional<ContainerImage> image, String script) {
        return job(root, directives, exports, List.of(), image, ContainerProgram.of("apptainer"), script);
    }

    /** @param variables names of the build's variables */
    static BatchJob job(
            String root,
            Directives directives,
            List<Export> exports,
            List<String> variables,
            Optional<ContainerImage> image,
            ContainerProgram program,
            String script) {
        return job(root, directives, exports, variables, image, program, ScriptText.of(script));
    }

    static BatchJob job(
            String root,
            Directives directives,
            List<Export> exports,
            List<String> variables,
            Optional<ContainerImage> image,
            ContainerProgram program,
            ScriptText script) {
        return job(root, directives, exports, variables, image, program, script, Home.USUAL);
    }

    static BatchJob job(
            String root,
            Directives directives,
            List<Export> exports,
            List<String> variables,
            Optional<ContainerImage> image,
            ContainerProgram program,
            ScriptText script,
            Home home) {
        return job(root, directives, exports, variables, image, program, script, home, Launch.USUAL);
    }

    static BatchJob job(
            String root,
            Directives directives,
            List<Export> exports,
            List<String> variables,
            Optional<ContainerImage> image,
            ContainerProgram program,
            ScriptText script,
            Home home,
            Launch launch) {
        JobDirectory directory = new JobDirectory(root, TOKEN);
        return new BatchJob(
                directory,
                Directories.of(directory.files()),
                directives,
                exports,
                variables,
                image,
                program,
                script,
                home,
                launch);
    }
}
