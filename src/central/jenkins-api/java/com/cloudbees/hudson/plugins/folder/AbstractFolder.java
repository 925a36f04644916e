package com.cloudbees.hudson.plugins.folder;

import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.util.DescribableList;

public abstract class AbstractFolder<I extends Item> implements Item, ItemGroup<I> {
    AbstractFolder() {}

    public DescribableList<AbstractFolderProperty<?>, AbstractFolderPropertyDescriptor> getProperties() {
        throw new UnsupportedOperationException();
    }
}
