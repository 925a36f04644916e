package io.jenkins.plugins.slurmapptainer.template;

import io.jenkins.plugins.slurmapptainer.job.Directive;
import io.jenkins.plugins.slurmapptainer.job.Directives;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.job.LaunchOption;
import io.jenkins.plugins.slurmapptainer.job.SameResource;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A template together with all that it inherits, in order in itself. */
public final class EffectiveTemplate {
    private final List<Template> chain;
    private final Map<String, OptionRule> rules;

    private EffectiveTemplate(List<Template> chain, Map<String, OptionRule> rules) {
        this.chain = chain;
        this.rules = rules;
    }

    /**
     * @param chain the template, the one that it extends, and so on
     * @throws InvalidRequestException when what comes together does not fit
     */
    static EffectiveTemplate of(List<Template> chain) {
        Map<String, OptionRule> rules = new LinkedHashMap<>();
        for (int i = chain.size() - 1; i >= 0; i--) {
            for (OptionRule rule : chain.get(i).rules()) {
                rules.merge(rule.option(), rule, (inherited, own) -> own.over(inherited));
            }
        }
        rules.values().forEach(OptionRule::checkWhole);
        return new EffectiveTemplate(List.copyOf(chain), rules);
    }

    public String name() {
        return chain.get(0).name();
    }

    /** For people, may be empty. */
    public String description() {
        return chain.get(0).description();
    }

    /** Names of the templates that it extends, the nearest first. */
    public List<String> inherits() {
        return chain.stream().skip(1).map(Template::name).collect(Collectors.toList());
    }

    /** Whether the jobs of a folder may use it, and all that it extends. */
    public boolean allowsFolder(String folder) {
        return chain.stream().allMatch(template -> template.folders().allowsFolder(folder));
    }

    /** Names of the options that it is about. */
    public Set<String> options() {
        return Collections.unmodifiableSet(rules.keySet());
    }

    /** Values and what builds may make of them, for people. */
    public String text() {
        return rules.values().stream().map(OptionRule::text).collect(Collectors.joining(" · "));
    }

    /**
     * What a build gets that chooses this template.
     *
     * @param asked options that the build sets, by the names of the parameters
     * @param further {@code sbatch} options of the build
     * @param whole whether that is all that the build sets, so that what it has to set must be there
     * @return values of options that the build leaves open
     * @throws InvalidRequestException naming the first option that the build may not set as it does, or has to set
     */
    public Map<String, String> complete(Map<String, String> asked, List<String> further, boolean whole) {
        Map<Directive, String> directives = new EnumMap<>(Directive.class);
        asked.forEach((option, value) -> Directive.ofField(option).ifPresent(key -> directives.put(key, value)));
        Directives written = Directives.of(directives, further);
        Map<String, String> added = new LinkedHashMap<>();
        for (OptionRule rule : rules.values()) {
            String value = asked.get(rule.option());
            boolean decided = isDecided(rule, written) || isOtherMaker(rule, asked);
            if (value != null) {
                rule.accept(value, name());
            } else if (!decided && (whole || !rule.value().isEmpty())) {
                added.put(rule.option(), valueOf(rule));
            }
        }
        return added;
    }

    /** The same for a build of which all is known. */
    public Map<String, String> complete(Map<String, String> asked, List<String> further) {
        return complete(asked, further, true);
    }

    /** Whether the build sets the same by another option, which it may only where it is free to choose. */
    private boolean isDecided(OptionRule rule, Directives written) {
        Optional<String> by =
                rule.directive().flatMap(directive -> SameResource.decidedBy(directive, rule.value(), written));
        if (by.isPresent() && rule.isBinding()) {
            throw new InvalidRequestException(
                    by.get().startsWith("--") ? "options" : by.get(),
                    by.get() + " cannot be used with template " + name() + ", which says what " + rule.option()
                            + " may be; use " + rule.option() + " instead");
        }
        return by.isPresent();
    }

    /** A build that sets the drivers of one maker does not get those of the other one. */
    private boolean isOtherMaker(OptionRule rule, Map<String, String> asked) {
        return rule.option().equals(LaunchOption.NV.field()) && asked.containsKey(LaunchOption.ROCM.field())
                || rule.option().equals(LaunchOption.ROCM.field()) && asked.containsKey(LaunchOption.NV.field());
    }

    private String valueOf(OptionRule rule) {
        if (rule.value().isEmpty()) {
            throw new InvalidRequestException(
                    rule.option(), "template " + name() + " leaves it to the build; it wants " + rule.text());
        }
        return rule.value();
    }
}
