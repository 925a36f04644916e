package io.jenkins.plugins.slurmapptainer.catalog;

import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.model.Item;
import hudson.security.Permission;
import hudson.security.PermissionGroup;
import hudson.security.PermissionScope;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * The permissions for images. Each follows from a permission of Jenkins unless an administrator grants it by itself.
 */
public final class ImagePermissions {
    public static final PermissionGroup GROUP =
            new PermissionGroup(ImagePermissions.class, Messages._ImagePermissions_Title());

    /** To see the catalog. Follows from reading Jenkins. */
    public static final Permission VIEW =
            new Permission(GROUP, "View", Messages._ImagePermissions_View(), Jenkins.READ, PermissionScope.JENKINS);

    /** To run builds of a job in an image. Follows from building the job. */
    public static final Permission USE =
            new Permission(GROUP, "Use", Messages._ImagePermissions_Use(), Item.BUILD, PermissionScope.ITEM);

    /** To start a scan of the directories. Follows from managing Jenkins. */
    public static final Permission SCAN =
            new Permission(GROUP, "Scan", Messages._ImagePermissions_Scan(), Jenkins.MANAGE, PermissionScope.JENKINS);

    /**
     * To see what is hidden and what is wrong. Follows from administering Jenkins, which is needed to change the
     * catalog.
     */
    public static final Permission CONFIGURE = new Permission(
            GROUP, "Configure", Messages._ImagePermissions_Configure(), Jenkins.ADMINISTER, PermissionScope.JENKINS);

    private ImagePermissions() {}

    /** Loads this class, so that the permissions are known before anything looks them up by name. */
    @Initializer(after = InitMilestone.PLUGINS_STARTED, before = InitMilestone.EXTENSIONS_AUGMENTED)
    @Restricted(NoExternalUse.class)
    public static void register() {}
}
