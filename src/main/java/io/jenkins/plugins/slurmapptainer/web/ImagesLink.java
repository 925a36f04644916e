package io.jenkins.plugins.slurmapptainer.web;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.ManagementLink;
import hudson.security.Permission;
import io.jenkins.plugins.slurmapptainer.catalog.ImagePermissions;
import org.jenkinsci.Symbol;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** The link to the catalog in <i>Manage Jenkins</i>. The page itself is {@link ImagesPage}. */
@Extension
@Symbol("apptainerImages")
@Restricted(NoExternalUse.class)
public final class ImagesLink extends ManagementLink {
    @Override
    public String getIconFileName() {
        return ImagesPage.ICON;
    }

    @Override
    public String getDisplayName() {
        return Messages.ImagesPage_DisplayName();
    }

    @Override
    public String getDescription() {
        return Messages.ImagesPage_Description();
    }

    @Override
    public String getUrlName() {
        return CatalogUrl.PAGE;
    }

    @NonNull
    @Override
    public Permission getRequiredPermission() {
        return ImagePermissions.VIEW;
    }

    @NonNull
    @Override
    public Category getCategory() {
        return Category.CONFIGURATION;
    }
}
