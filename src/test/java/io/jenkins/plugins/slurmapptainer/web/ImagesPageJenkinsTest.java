package io.jenkins.plugins.slurmapptainer.web;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.FreeStyleProject;
import hudson.model.Item;
import io.jenkins.plugins.slurmapptainer.catalog.CatalogImage;
import io.jenkins.plugins.slurmapptainer.catalog.ImageCatalog;
import io.jenkins.plugins.slurmapptainer.catalog.ImageDirectory;
import io.jenkins.plugins.slurmapptainer.config.SlurmCluster;
import io.jenkins.plugins.slurmapptainer.config.SlurmGlobalConfiguration;
import io.jenkins.plugins.slurmapptainer.jenkinstest.SharedJenkins;
import java.util.List;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;
import org.htmlunit.html.HtmlElement;
import org.htmlunit.html.HtmlInput;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.html.HtmlSelect;
import org.htmlunit.html.HtmlTable;
import org.htmlunit.html.HtmlTableRow;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.MockFolder;

/** The page of the catalog: what it shows to whom, search, filters, order. */
@SharedJenkins
class ImagesPageJenkinsTest {
    private static final String HOSTILE = "<img src=x onerror=alert(1)>'\"${1+1}";

    private JenkinsRule j;

    @BeforeEach
    void fill(JenkinsRule rule) {
        j = rule;
        CatalogImage old = image("python_2.7", "compute");
        old.setState("deprecated");
        old.setHint("Use python_3.11 " + HOSTILE);
        CatalogImage hidden = image("secret_1", "compute");
        hidden.setState("hidden");
        CatalogImage described = image("gromacs_2024.1", "gpu");
        described.setDescription("Molecular dynamics " + HOSTILE);
        ImageCatalog.get().setImages(List.of(old, hidden, described, image("python_3.11", "compute")));
    }

    private static CatalogImage image(String id, String type) {
        return new CatalogImage(id, "/images/" + type + "/" + id + ".sif");
    }

    private void protect() {
        j.jenkins.setSecurityRealm(j.createDummySecurityRealm());
        j.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ)
                .everywhere()
                .to("user"));
    }

    private JenkinsRule.WebClient client(String user) throws Exception {
        JenkinsRule.WebClient client = j.createWebClient();
        client.getOptions().setThrowExceptionOnScriptError(true);
        return user.isEmpty() ? client : client.login(user);
    }

    private HtmlPage open(String user, String path) throws Exception {
        HtmlPage page = client(user).goTo(path);
        settle(page);
        return page;
    }

    private static void settle(HtmlPage page) {
        page.getWebClient().waitForBackgroundJavaScript(10_000);
    }

    private static List<String> ids(HtmlPage page) {
        HtmlTable table = page.querySelector("#apptainer-images table");
        return table.getBodies().get(0).getRows().stream()
                .map(row -> row.getCell(0).getElementsByTagName("a").get(0).getTextContent())
                .collect(Collectors.toList());
    }

    private static String status(HtmlPage page) {
        return page.<HtmlElement>querySelector("#apptainer-images [role=status]")
                .getTextContent()
                .trim();
    }

    @Test
    void everybodySeesWhatIsThere() throws Exception {
        protect();
        assertEquals(List.of("python_3.11", "python_2.7", "gromacs_2024.1"), ids(open("user", "apptainer-images/")));
        assertEquals(
                List.of("python_3.11", "python_2.7", "secret_1", "gromacs_2024.1"),
                ids(open("admin", "manage/apptainer-images/")));
    }

    @Test
    void nobodySeesItWithoutPermission() throws Exception {
        protect();
        JenkinsRule.WebClient stranger = client("");
        for (String path :
                List.of("apptainer-images/", "apptainer-images/api/json", "apptainer-images/image/python_3.11/")) {
            stranger.assertFails(path, 403);
        }
        client("user").assertFails("apptainer-images/image/secret_1/", 404);
    }

    /** Names of folders are for those who may see the folders. */
    @Test
    void imagesForHiddenFoldersAreNotShown() throws Exception {
        MockFolder physics = j.createFolder("physics");
        j.createFolder("chemistry");
        physics.createProject(FreeStyleProject.class, "nightly");
        CatalogImage theirs = image("theirs_1", "compute");
        theirs.setFolders("chemistry");
        CatalogImage both = image("both_1", "compute");
        both.setFolders("chemistry\nphysics");
        ImageCatalog.get().setImages(List.of(theirs, both, image("python_3.11", "compute")));
        j.jenkins.setSecurityRealm(j.createDummySecurityRealm());
        j.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ)
                .everywhere()
                .to("physicist", "guest")
                .grant(Item.READ)
                .onFolders(physics)
                .to("physicist")
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin"));
        assertEquals(List.of("both_1", "python_3.11"), ids(open("physicist", "apptainer-images/")));
        assertEquals(List.of("python_3.11"), ids(open("guest", "apptainer-images/")));
        assertEquals(List.of("both_1", "python_3.11", "theirs_1"), ids(open("admin", "apptainer-images/")));
        String page = open("physicist", "apptainer-images/image/both_1/").asNormalizedText();
        assertThat(page, allOf(containsString("physics"), not(containsString("chemistry"))));
        client("physicist").assertFails("apptainer-images/image/theirs_1/", 404);
        assertThat(
                open("admin", "apptainer-images/image/both_1/").asNormalizedText(),
                allOf(containsString("physics"), containsString("chemistry")));
    }

    @Test
    void searchFiltersAndOrder() throws Exception {
        HtmlPage page = open("", "apptainer-images/");
        HtmlInput search = (HtmlInput) page.getElementById("apptainer-images-search");
        search.type("PYTHON .");
        assertEquals(List.of("python_3.11", "python_2.7"), ids(page));
        assertEquals("2 of 4 images", status(page));
        HtmlSelect state = (HtmlSelect) page.getElementById("apptainer-images-state");
        state.setSelectedAttribute("deprecated", true);
        assertEquals(List.of("python_2.7"), ids(page));
        search.type("nothing like it");
        assertEquals("0 of 4 images", status(page));
        HtmlElement clear = (HtmlElement) page.getElementById("apptainer-images-clear");
        assertTrue(clear.isDisplayed());
        clear.click();
        assertEquals(4, ids(page).size());
        assertFalse(((HtmlElement) page.getElementById("apptainer-images-more")).isDisplayed());
        HtmlSelect type = (HtmlSelect) page.getElementById("apptainer-images-type");
        type.setSelectedAttribute("gpu", true);
        assertEquals(List.of("gromacs_2024.1"), ids(page));
        type.setSelectedAttribute("", true);
        HtmlElement byId = page.querySelector("button[data-key=id]");
        byId.click();
        assertEquals(List.of("gromacs_2024.1", "python_2.7", "python_3.11", "secret_1"), ids(page));
        assertEquals("ascending", ((HtmlElement) byId.getParentNode()).getAttribute("aria-sort"));
        byId.click();
        assertEquals(List.of("secret_1", "python_3.11", "python_2.7", "gromacs_2024.1"), ids(page));
    }

    @Test
    void anAddressKeepsTheSearch() throws Exception {
        HtmlPage page = open("", "apptainer-images/?q=python&state=current");
        assertEquals(List.of("python_3.11"), ids(page));
    }

    @Test
    void textsOfImagesAreNoMarkup() throws Exception {
        HtmlPage page = open("", "apptainer-images/?q=gromacs");
        HtmlTable table = page.querySelector("#apptainer-images table");
        HtmlTableRow row = table.getBodies().get(0).getRows().get(0);
        assertEquals(0, row.getElementsByTagName("img").size());
        assertTrue(row.getTextContent().contains(HOSTILE));
        for (String id : List.of("gromacs_2024.1", "python_2.7")) {
            HtmlPage details = open("", "apptainer-images/image/" + id + "/");
            assertNull(details.querySelector("img[src=x]"));
            assertTrue(details.asNormalizedText().contains(HOSTILE), id);
        }
    }

    @Test
    void detailsHaveALineToCopy() throws Exception {
        HtmlPage page = open("", "apptainer-images/image/python_3.11/");
        assertTrue(page.asNormalizedText().contains("/images/compute/python_3.11.sif"));
        HtmlElement copy = page.querySelector(".jenkins-copy-button");
        assertTrue(copy.getAttribute("text").startsWith("slurmApptainer(image: 'python_3.11', "));
        assertFalse(page.getTitleText().isEmpty());
    }

    @Test
    void emptyCatalogSaysWhatToDo() throws Exception {
        ImageCatalog.get().setImages(List.of());
        protect();
        assertTrue(open("admin", "apptainer-images/").asNormalizedText().contains("Add images or directories"));
        String text = open("user", "apptainer-images/").asNormalizedText();
        assertTrue(text.contains("An administrator has not added any yet"));
        assertFalse(text.contains("Configure"));
    }

    @Test
    void unusableEntriesAreShownToUsersWhoCanChangeThem() throws Exception {
        ImageCatalog.get()
                .setImages(List.of(image("fine", "compute"), new CatalogImage("broken", "relative/" + HOSTILE)));
        protect();
        assertTrue(open("admin", "apptainer-images/").asNormalizedText().contains("broken: path: "));
        assertFalse(open("user", "apptainer-images/").asNormalizedText().contains("broken"));
    }

    @Test
    void aScanIsStartedByThoseWhoMay() throws Exception {
        SlurmGlobalConfiguration.get().setClusters(List.of(new SlurmCluster("main", "nobody", "/shared/jenkins")));
        ImageCatalog.get().setDirectories(List.of(new ImageDirectory("/images")));
        protect();
        HtmlPage page = open("admin", "apptainer-images/");
        page.getElementById("apptainer-images-scan").click();
        settle(page);
        String answer = page.getElementById("apptainer-images-scans").getTextContent();
        assertTrue(answer.startsWith("main: "), answer);
        assertNotNull(page.querySelector("#apptainer-images-scans .jenkins-alert-danger"), answer);
        assertNull(open("user", "apptainer-images/").getElementById("apptainer-images-scan"));
    }
}
