package hudson.model;

import java.util.function.Predicate;

public interface ItemGroup<T extends Item> extends ModelObject {
    String getFullName();

    default <T extends Item> Iterable<T> allItems(Class<T> type, Predicate<T> pred) {
        throw new UnsupportedOperationException();
    }
}
