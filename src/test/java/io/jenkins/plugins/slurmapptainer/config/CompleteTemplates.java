package io.jenkins.plugins.slurmapptainer.config;

import java.util.List;

/** Templates in which every field has a value of its own in one of them. */
final class CompleteTemplates {
    private CompleteTemplates() {}

    static List<JobTemplate> create() {
        TemplateOption partition = option("partition", "gpu");
        partition.setFixed(true);
        JobTemplate gpu = new JobTemplate("gpu");
        gpu.setOptions(List.of(partition));
        TemplateOption time = option("time", "01:00:00");
        time.setMin("10");
        time.setMax("04:00:00");
        TemplateOption qos = option("qos", "low");
        qos.setAllowed("low, high");
        JobTemplate small = new JobTemplate("gpu-small");
        small.setParent("gpu");
        small.setDescription("One GPU for an hour");
        small.setAllowedFolders("teams/physics");
        TemplateOption binds = option("binds", "/scratch, /data/public:/data:ro");
        binds.setAllowed("/scratch, /data/public");
        TemplateOption home = option("home", "job");
        home.setAllowed("job, account");
        small.setOptions(List.of(time, qos, binds, home, option("nv", "true")));
        return List.of(gpu, small);
    }

    static TemplateOption option(String name, String value) {
        TemplateOption option = new TemplateOption(name);
        option.setValue(value);
        return option;
    }
}
