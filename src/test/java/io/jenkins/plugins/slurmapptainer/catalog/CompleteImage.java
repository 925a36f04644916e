package io.jenkins.plugins.slurmapptainer.catalog;

/** An entry with a value in every field. */
final class CompleteImage {
    private CompleteImage() {}

    static CatalogImage create() {
        CatalogImage image = new CatalogImage("torch", "docker://registry.example.org/ml/torch:2.4");
        image.setName("torch.sif");
        image.setType("machine learning");
        image.setVersion("2.4.1");
        image.setDescription("PyTorch with <b>CUDA</b>");
        image.setAliases("pytorch, ml");
        image.setClusters("main");
        image.setFolders("team/a\nteam/b");
        image.setState("deprecated");
        image.setHint("use torch_2.5");
        image.setBinds("/data\n/scratch:/s:ro");
        image.setEnvironment("A=1\nB=x y");
        image.setGpu("nv");
        image.setInterpreter("/usr/bin/python3 -u");
        image.setTemplate("gpu");
        image.setRegistryCredentialsId("registry");
        image.setPlainHttp(true);
        image.setSha256("ab".repeat(32));
        image.setSigningKey("AB12".repeat(10));
        return image;
    }
}
