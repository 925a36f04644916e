package io.jenkins.plugins.slurmapptainer.template;

import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.job.NearMisses;
import io.jenkins.plugins.slurmapptainer.job.Printable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The templates of one place: those of its folder, of the folders around it, and of the controller. An inner template
 * hides an outer one of the same name. The template that another one extends is searched for on that one's own level,
 * then further out. So an inner template never changes an outer one. Immutable.
 */
public final class Templates {
    private final List<List<Template>> levels;

    /** @param levels innermost first */
    public Templates(List<List<Template>> levels) {
        this.levels = levels.stream().map(List::copyOf).collect(Collectors.toUnmodifiableList());
    }

    /** A template and the number of its level. */
    private record Found(Template template, int level) {}

    /** Names of all templates that can be chosen here, without hidden ones. */
    public List<String> names() {
        return names(0, "");
    }

    private List<String> names(int from, String without) {
        return levels.stream()
                .skip(from)
                .flatMap(List::stream)
                .map(Template::name)
                .filter(name -> !name.equals(without))
                .distinct()
                .collect(Collectors.toList());
    }

    /** Names of the templates that the jobs of a folder may use, without those that contain errors. */
    public List<String> usableIn(String folder) {
        return names().stream()
                .filter(name -> {
                    try {
                        return get(name).allowsFolder(folder);
                    } catch (InvalidRequestException e) {
                        return false;
                    }
                })
                .collect(Collectors.toList());
    }

    /**
     * A template with everything that it inherits.
     *
     * @throws InvalidRequestException when there is none of that name (suggests similar ones), or when it contains
     *     errors
     */
    public EffectiveTemplate get(String name) {
        return resolve(find(name, 0)
                .orElseThrow(() -> new InvalidRequestException(
                        "template", "there is no template '" + Printable.of(name) + "'" + instead(names(), name))));
    }

    /**
     * Checks the templates of the innermost level.
     *
     * @throws InvalidRequestException for the first with an error, or when two have the same name
     */
    public void check() {
        Set<String> seen = new LinkedHashSet<>();
        for (Template template : levels.isEmpty() ? List.<Template>of() : levels.get(0)) {
            Template.checkName(template.name());
            if (!seen.add(template.name())) {
                throw new InvalidRequestException(
                        "templates", "two templates have the name '" + template.name() + "'; rename one of them");
            }
        }
        seen.forEach(this::get);
    }

    private EffectiveTemplate resolve(Found wanted) {
        List<Found> chain = new ArrayList<>();
        Optional<Found> next = Optional.of(wanted);
        while (next.isPresent()) {
            Found found = next.get();
            if (chain.contains(found)) {
                throw invalid(
                        wanted,
                        "it extends itself: " + path(chain) + " -> "
                                + found.template().name());
            }
            chain.add(found);
            next = parent(wanted, found);
        }
        try {
            chain.forEach(found -> found.template().check());
            return EffectiveTemplate.of(chain.stream().map(Found::template).toList());
        } catch (InvalidRequestException e) {
            throw invalid(wanted, e.getMessage());
        }
    }

    private static String path(List<Found> chain) {
        return chain.stream().map(found -> found.template().name()).collect(Collectors.joining(" -> "));
    }

    /** The template that another one extends. One that extends its own name means the one that it hides. */
    private Optional<Found> parent(Found wanted, Found child) {
        String name = child.template().parent();
        if (name.isEmpty()) {
            return Optional.empty();
        }
        boolean hidden = name.equals(child.template().name()) && child.level() < levels.size() - 1;
        int from = child.level() + (hidden ? 1 : 0);
        Optional<Found> parent = find(name, from);
        if (parent.isEmpty()) {
            throw invalid(
                    wanted,
                    (child.equals(wanted) ? "it" : "'" + child.template().name() + "'") + " extends '"
                            + Printable.of(name) + "', which is not there"
                            + instead(names(from, child.template().name()), name));
        }
        return parent;
    }

    private Optional<Found> find(String name, int from) {
        return IntStream.range(from, levels.size())
                .boxed()
                .flatMap(level -> levels.get(level).stream().map(template -> new Found(template, level)))
                .filter(found -> found.template().name().equals(name))
                .findFirst();
    }

    private static String instead(List<String> names, String wanted) {
        List<String> near = NearMisses.of(names, wanted);
        if (!near.isEmpty()) {
            return "; did you mean " + String.join(" or ", near) + "?";
        }
        return names.isEmpty()
                ? "; there are no templates here"
                : (names.size() > 1 ? "; there are " : "; there is ")
                        + names.stream().map(name -> "'" + name + "'").collect(Collectors.joining(", "));
    }

    private static InvalidRequestException invalid(Found template, String what) {
        return new InvalidRequestException(
                "template", "'" + Printable.of(template.template().name()) + "': " + what);
    }

    /** Adds an inner level to these templates. */
    public Templates around(List<Template> inner) {
        List<List<Template>> all = new ArrayList<>(levels);
        all.add(0, inner);
        return new Templates(all);
    }

    /** The same with one template of the innermost level replaced or added, as in a form that is not saved yet. */
    public Templates with(Template template) {
        List<Template> inner = levels.isEmpty() ? List.of() : levels.get(0);
        List<Template> changed = Stream.concat(
                        Stream.of(template),
                        inner.stream().filter(other -> !other.name().equals(template.name())))
                .toList();
        return new Templates(levels.isEmpty() ? List.of() : levels.subList(1, levels.size())).around(changed);
    }
}
