package io.jenkins.plugins.slurmapptainer.build;

import java.lang.annotation.Annotation;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whether code compiled against a declaration also compiles and links against the real class: what is declared must be
 * there with the same erasure, and must allow what the declaration allows. Types are compared by name, as the two sides
 * come from different class loaders. The declaration may leave out whatever it likes.
 */
final class ClassComparison {
    private static final int KIND = Modifier.INTERFACE | Modifier.STATIC;

    private final List<String> differences = new ArrayList<>();

    List<String> differences() {
        return differences;
    }

    void compare(Class<?> declared, Class<?> real) {
        if (real == null) {
            differences.add(declared.getName() + " is not in Jenkins");
            return;
        }
        int kind = (declared.getModifiers() ^ real.getModifiers()) & KIND;
        if (kind != 0 || declared.isEnum() != real.isEnum() || declared.isAnnotation() != real.isAnnotation()) {
            differences.add(declared.getName() + " is declared as another kind of type");
        }
        // An enum whose constants have bodies is abstract, which its users do not see.
        if (!declared.isEnum()) {
            check(declared.getName(), declared.getModifiers(), real.getModifiers());
        }
        Set<String> superTypes = names(superTypes(declared));
        superTypes.removeAll(names(superTypes(real)));
        if (!superTypes.isEmpty()) {
            differences.add(declared.getName() + " is not a " + superTypes);
        }
        if (declared.isAnnotation() && !meta(declared).equals(meta(real))) {
            differences.add(declared.getName() + " has " + meta(real) + ", not " + meta(declared));
        }
        fields(declared, real);
        methods(declared, real);
        constructors(declared, real);
    }

    private void fields(Class<?> declared, Class<?> real) {
        for (Field field : declared.getDeclaredFields()) {
            if (visible(field)) {
                match(field, superTypes(real).stream().flatMap(type -> Stream.of(type.getDeclaredFields())));
            }
        }
    }

    private void methods(Class<?> declared, Class<?> real) {
        for (Method method : declared.getDeclaredMethods()) {
            if (visible(method)) {
                match(method, superTypes(real).stream().flatMap(type -> Stream.of(type.getDeclaredMethods())));
            }
        }
    }

    private void constructors(Class<?> declared, Class<?> real) {
        for (Constructor<?> constructor : declared.getDeclaredConstructors()) {
            if (visible(constructor)) {
                match(constructor, Stream.of(real.getDeclaredConstructors()));
            }
        }
    }

    private void match(Member declared, Stream<? extends Member> candidates) {
        String signature = signature(declared);
        List<Member> real = candidates
                .filter(candidate -> signature(candidate).equals(signature))
                .collect(Collectors.toList());
        String name = declared.getDeclaringClass().getName() + ": " + signature;
        if (real.isEmpty()) {
            differences.add(name + " is not in Jenkins");
        } else {
            check(name, declared.getModifiers(), real.get(0).getModifiers());
            if (declared instanceof Method method && method.getDeclaringClass().isAnnotation()) {
                boolean optional = ((Method) real.get(0)).getDefaultValue() != null;
                if (optional != (method.getDefaultValue() != null)) {
                    differences.add(name + (optional ? " has" : " does not have") + " a default value");
                }
            }
        }
    }

    /** What a declaration allows by not saying final or abstract, by saying public or protected, must be allowed. */
    private void check(String name, int declared, int real) {
        if (Modifier.isStatic(declared) != Modifier.isStatic(real)) {
            differences.add(name + (Modifier.isStatic(real) ? " is" : " is not") + " static");
        }
        for (int forbidding : new int[] {Modifier.FINAL, Modifier.ABSTRACT}) {
            if ((real & forbidding) != 0 && (declared & forbidding) == 0) {
                differences.add(name + " is " + Modifier.toString(forbidding));
            }
        }
        if (rank(declared) > rank(real)) {
            differences.add(name + " is not " + (rank(declared) == 2 ? "public" : "protected"));
        }
    }

    private static int rank(int modifiers) {
        return Modifier.isPublic(modifiers) ? 2 : Modifier.isProtected(modifiers) ? 1 : 0;
    }

    private static boolean visible(Member member) {
        return !member.isSynthetic() && rank(member.getModifiers()) > 0;
    }

    /** Name, erased types and checked exceptions. */
    private static String signature(Member member) {
        if (member instanceof Field field) {
            return field.getType().getName() + " " + field.getName();
        }
        Executable executable = (Executable) member;
        String parameters = Stream.of(executable.getParameterTypes())
                .map(Class::getName)
                .collect(Collectors.joining(", ", "(", ")"));
        String exceptions = Stream.of(executable.getExceptionTypes())
                .filter(type -> !RuntimeException.class.isAssignableFrom(type))
                .map(Class::getName)
                .sorted()
                .collect(Collectors.joining(", ", " throws ", ""));
        String head =
                member instanceof Method method ? method.getReturnType().getName() + " " + method.getName() : "new";
        return head + parameters + exceptions;
    }

    /** The type itself and all above it, nearest first. */
    private static Set<Class<?>> superTypes(Class<?> type) {
        Set<Class<?>> found = new LinkedHashSet<>();
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            found.add(each);
        }
        for (Class<?> each : List.copyOf(found)) {
            for (Class<?> face : each.getInterfaces()) {
                found.addAll(superTypes(face));
            }
        }
        return found;
    }

    private static Set<String> names(Set<Class<?>> types) {
        return types.stream().map(Class::getName).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The annotations of an annotation type that decide about its use: retention, target, index. */
    private static Set<String> meta(Class<?> type) {
        Set<String> found = new TreeSet<>();
        for (Annotation annotation : type.getAnnotations()) {
            String name = annotation.annotationType().getSimpleName();
            if (Set.of("Retention", "Target", "Indexed", "Indexable").contains(name)) {
                found.add(name + value(annotation));
            }
        }
        return found;
    }

    private static String value(Annotation annotation) {
        if (annotation instanceof Retention retention) {
            return " " + retention.value();
        }
        return annotation instanceof Target target ? " " + new TreeSet<>(Arrays.asList(target.value())) : "";
    }
}
