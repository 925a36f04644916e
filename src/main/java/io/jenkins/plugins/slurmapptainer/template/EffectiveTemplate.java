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

/** A template together with everything that it inherits. It has been checked. Immutable. */
public final class EffectiveTemplate {
    private final List<Template> chain;
    private final Map<String, OptionRule> rules;

    private EffectiveTemplate(List<Template> chain, Map<String, OptionRule> rules) {
        this.chain = chain;
        this.rules = rules;
    }

    /**
     * @param chain the template, then the one that it extends, and so on
     * @throws InvalidRequestException when the parts do not fit together
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

    /** Description for people, may be empty. */
    public String description() {
        return chain.get(0).description();
    }

    /** Names of the templates that it extends, nearest first. */
    public List<String> inherits() {
        return chain.stream().skip(1).map(Template::name).collect(Collectors.toList());
    }

    /** Whether the jobs of a folder may use it and all templates that it extends. */
    public boolean allowsFolder(String folder) {
        return chain.stream().allMatch(template -> template.folders().allowsFolder(folder));
    }

    /** Names of the options that it has rules for. */
    public Set<String> options() {
        return Collections.unmodifiableSet(rules.keySet());
    }

    /** The values, and how builds may change them, for people. */
    public String text() {
        return rules.values().stream().map(OptionRule::text).collect(Collectors.joining(" · "));
    }

    /**
     * Completes the options of a build that chooses this template.
     *
     * @param asked options that the build sets, by parameter name
     * @param further {@code sbatch} options of the build
     * @param whole whether {@code asked} is complete, so that missing required options are an error
     * @return values for options that the build leaves open
     * @throws InvalidRequestException naming the first option with a forbidden or missing value
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

    /** The same for a build whose options are complete. */
    public Map<String, String> complete(Map<String, String> asked, List<String> further) {
        return complete(asked, further, true);
    }

    /**
     * Whether the build sets the same thing by another option. That is allowed only if the rule leaves the build free.
     */
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

    /** Whether the rule is about drivers of another maker than the build has chosen. The build does not get these. */
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
