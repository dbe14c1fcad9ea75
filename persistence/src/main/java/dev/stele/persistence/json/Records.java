package dev.stele.persistence.json;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Records by reflection: what they are made of, and making them. */
final class Records {

    private Records() {}

    /** The constructor that takes all components in order. */
    static Constructor<?> constructor(Class<?> type) {
        Class<?>[] types =
                Stream.of(type.getRecordComponents())
                        .map(RecordComponent::getType)
                        .toArray(Class<?>[]::new);
        try {
            return type.getDeclaredConstructor(types);
        } catch (NoSuchMethodException e) {
            throw new LinkageError(type + " has no canonical constructor", e);
        }
    }

    /**
     * A record of these values.
     *
     * @throws JsonProblem when its constructor refuses them
     */
    static Object create(Constructor<?> constructor, @Nullable Object... values) {
        try {
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException refusal) {
                throw new JsonProblem(String.valueOf(refusal.getMessage()), refusal);
            }
            throw new LinkageError(constructor + " failed", e);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(constructor + " cannot be called", e);
        }
    }

    /** The value of one component. */
    static @Nullable Object value(Method accessor, Object owner) {
        try {
            return accessor.invoke(owner);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(accessor + " cannot be called", e);
        }
    }
}
