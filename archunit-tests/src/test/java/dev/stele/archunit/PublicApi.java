package dev.stele.archunit;

import com.tngtech.archunit.core.domain.JavaClass;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.TypeVariable;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What embedders and writers of adapters compile against, one signature a line. */
final class PublicApi {
    private static final Set<String> PACKAGES =
            Set.of(
                    "dev.stele.contracts",
                    "dev.stele.domain.command",
                    "dev.stele.domain.decide",
                    "dev.stele.domain.event",
                    "dev.stele.domain.model",
                    "dev.stele.domain.port",
                    "dev.stele.domain.project",
                    "dev.stele.domain.tck",
                    "dev.stele.persistence",
                    "dev.stele.git",
                    "dev.stele.provider",
                    "dev.stele.app",
                    "dev.stele.app.approval",
                    "dev.stele.app.config",
                    "dev.stele.app.error");

    /** What the facade takes and gives from packages that are otherwise Stele's own. */
    private static final Set<String> TYPES =
            Set.of(
                    "dev.stele.app.engine.EngineSettings",
                    "dev.stele.app.engine.ModelComparison",
                    "dev.stele.app.engine.NodeRole",
                    "dev.stele.app.engine.ReplayListener",
                    "dev.stele.domain.compact.Absorption");

    private static final Set<String> OF_EVERY_RECORD = Set.of("equals", "hashCode", "toString");
    private static final int VISIBLE = Modifier.PUBLIC | Modifier.PROTECTED;

    private PublicApi() {}

    static List<String> signatures() {
        var signatures = new TreeSet<String>();
        for (JavaClass type : Shipped.classes()) {
            String outermost = House.outermost(type).getName();
            if (PACKAGES.contains(type.getPackageName()) || TYPES.contains(outermost)) {
                Class<?> reflected = type.reflect();
                if (isOpen(reflected)) {
                    signatures.add(type(reflected));
                    members(reflected).forEach(signatures::add);
                }
            }
        }
        return List.copyOf(signatures);
    }

    /** Whether others can name a type. */
    private static boolean isOpen(Class<?> type) {
        Class<?> outer = type.getEnclosingClass();
        return isVisible(type.getModifiers()) && (outer == null || isOpen(outer));
    }

    private static boolean isVisible(int modifiers) {
        return (modifiers & VISIBLE) != 0;
    }

    private static String type(Class<?> type) {
        return name(type)
                + variables(type.getTypeParameters())
                + " : "
                + modifiers(type.getModifiers() & ~Modifier.INTERFACE)
                + (type.isSealed() ? "sealed " : "")
                + kind(type)
                + supertypes(type);
    }

    private static String supertypes(Class<?> type) {
        AnnotatedType above =
                type.isRecord() || type.isEnum() ? null : type.getAnnotatedSuperclass();
        String names =
                Stream.concat(
                                Stream.ofNullable(above),
                                Arrays.stream(type.getAnnotatedInterfaces()))
                        .map(PublicApi::name)
                        .filter(name -> !name.equals("Object"))
                        .collect(Collectors.joining(", "));
        return names.isEmpty() ? "" : " of " + names;
    }

    private static String kind(Class<?> type) {
        if (type.isRecord()) {
            return "record"
                    + Arrays.stream(type.getRecordComponents())
                            .map(PublicApi::component)
                            .collect(Collectors.joining(", ", "(", ")"));
        }
        if (type.isEnum()) {
            return "enum";
        }
        return type.isInterface() ? "interface" : "class";
    }

    private static String component(RecordComponent component) {
        return name(component.getAnnotatedType()) + " " + component.getName();
    }

    private static Stream<String> members(Class<?> type) {
        String prefix = name(type);
        Stream<String> fields =
                Arrays.stream(type.getDeclaredFields())
                        .filter(field -> isVisible(field.getModifiers()) && !field.isSynthetic())
                        .map(field -> prefix + "." + field(field));
        Stream<String> constructors =
                Arrays.stream(type.getDeclaredConstructors())
                        .filter(made -> isVisible(made.getModifiers()) && !made.isSynthetic())
                        .filter(made -> !type.isRecord() || !isCanonical(made, type))
                        .map(made -> prefix + ".new" + signature(made) + thrown(made));
        Stream<String> methods =
                Arrays.stream(type.getDeclaredMethods())
                        .filter(method -> isVisible(method.getModifiers()))
                        .filter(method -> !method.isSynthetic() && !isOfEvery(type, method))
                        .map(method -> prefix + "." + method(method));
        return Stream.of(fields, constructors, methods).flatMap(stream -> stream);
    }

    private static boolean isCanonical(Constructor<?> made, Class<?> type) {
        return Arrays.equals(
                made.getParameterTypes(),
                Arrays.stream(type.getRecordComponents()).map(RecordComponent::getType).toArray());
    }

    /** Whether a method comes with every record of its kind. */
    private static boolean isOfEvery(Class<?> type, Method method) {
        return type.isRecord()
                && (OF_EVERY_RECORD.contains(method.getName())
                        || Arrays.stream(type.getRecordComponents())
                                .anyMatch(component -> component.getAccessor().equals(method)));
    }

    private static String field(Field field) {
        return field.getName()
                + " : "
                + modifiers(field.getModifiers())
                + name(field.getAnnotatedType());
    }

    private static String method(Method method) {
        int dropped = Modifier.TRANSIENT | Modifier.VOLATILE | Modifier.SYNCHRONIZED;
        return method.getName()
                + signature(method)
                + " : "
                + modifiers(method.getModifiers() & ~dropped)
                + variables(method.getTypeParameters())
                + name(method.getAnnotatedReturnType())
                + thrown(method);
    }

    private static String signature(Executable member) {
        return Arrays.stream(member.getAnnotatedParameterTypes())
                .map(PublicApi::name)
                .collect(Collectors.joining(", ", "(", ")"));
    }

    private static String thrown(Executable member) {
        String exceptions =
                Arrays.stream(member.getExceptionTypes())
                        .map(PublicApi::name)
                        .collect(Collectors.joining(", "));
        return exceptions.isEmpty() ? "" : " throws " + exceptions;
    }

    /** Public goes without saying. */
    private static String modifiers(int modifiers) {
        String words = Modifier.toString(modifiers & ~Modifier.PUBLIC);
        return words.isEmpty() ? "" : words + " ";
    }

    private static String variables(TypeVariable<?>[] variables) {
        return variables.length == 0
                ? ""
                : Arrays.stream(variables)
                        .map(PublicApi::variable)
                        .collect(Collectors.joining(", ", "<", "> "));
    }

    private static String variable(TypeVariable<?> variable) {
        return variable.getName()
                + " extends "
                + Arrays.stream(variable.getAnnotatedBounds())
                        .map(PublicApi::name)
                        .collect(Collectors.joining(" & "));
    }

    private static String name(Class<?> type) {
        return shortened(type.getName());
    }

    private static String name(AnnotatedType type) {
        return shortened(type.toString());
    }

    private static String shortened(String name) {
        return name.replaceAll("@org\\.jspecify\\.annotations\\.Nullable(\\(\\))?", "@Nullable")
                .replace("java.lang.", "");
    }
}
