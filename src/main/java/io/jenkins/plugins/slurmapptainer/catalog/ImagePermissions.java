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

/** Who may do what with images. Without a rule of its own, each follows from a permission that everybody knows. */
public final class ImagePermissions {
    public static final PermissionGroup GROUP =
            new PermissionGroup(ImagePermissions.class, Messages._ImagePermissions_Title());

    /** To see the catalog; whoever may read Jenkins may. */
    public static final Permission VIEW =
            new Permission(GROUP, "View", Messages._ImagePermissions_View(), Jenkins.READ, PermissionScope.JENKINS);

    /** To run builds of a job in an image; whoever may build the job may. */
    public static final Permission USE =
            new Permission(GROUP, "Use", Messages._ImagePermissions_Use(), Item.BUILD, PermissionScope.ITEM);

    /** To have the directories scanned; whoever may manage Jenkins may. */
    public static final Permission SCAN =
            new Permission(GROUP, "Scan", Messages._ImagePermissions_Scan(), Jenkins.MANAGE, PermissionScope.JENKINS);

    /** To see what is hidden and what is wrong; whoever administers Jenkins, and may change the catalog, may. */
    public static final Permission CONFIGURE = new Permission(
            GROUP, "Configure", Messages._ImagePermissions_Configure(), Jenkins.ADMINISTER, PermissionScope.JENKINS);

    private ImagePermissions() {}

    /** To load this class makes the permissions known, before somebody asks for them by name. */
    @Initializer(after = InitMilestone.PLUGINS_STARTED, before = InitMilestone.EXTENSIONS_AUGMENTED)
    @Restricted(NoExternalUse.class)
    public static void register() {}
}
