package hudson.model;

import hudson.security.AccessControlled;
import hudson.security.Permission;

public interface Item extends Saveable, ModelObject, AccessControlled {
    Permission CONFIGURE = null;
    Permission EXTENDED_READ = null;
    Permission BUILD = null;

    ItemGroup<? extends Item> getParent();

    String getFullName();
}
