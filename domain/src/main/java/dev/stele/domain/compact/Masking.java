package dev.stele.domain.compact;

import dev.stele.contracts.Identifier;
import dev.stele.domain.model.SecretText;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Puts a mask in the place of a text in all the texts of a value made of records, however deep. Ids
 * stay as they are, since everything hangs on them.
 */
public final class Masking {

    private Masking() {}

    /**
     * {@return the value without the text; the same value when it does not hold it}
     *
     * @param value a record, and what records are made of
     * @param secret the text
     * @param <T> its type
     */
    @SuppressWarnings("unchecked") // a value is rebuilt as what it was
    public static <T> T of(T value, SecretText secret) {
        return (T) masked(value, secret);
    }

    private static Object masked(Object value, SecretText secret) {
        return switch (value) {
            case String text -> secret.isIn(text) ? secret.masked(text) : text;
            case Identifier id -> id;
            case List<?> list -> list(list, secret);
            case Record entry -> record(entry, secret);
            default -> value;
        };
    }

    private static Object list(List<?> list, SecretText secret) {
        List<Object> masked = new ArrayList<>(list.size());
        for (Object element : list) {
            masked.add(masked(element, secret));
        }
        return masked.equals(list) ? list : List.copyOf(masked);
    }

    private static Object record(Record value, SecretText secret) {
        RecordComponent[] components = value.getClass().getRecordComponents();
        @Nullable Object[] fields = new Object[components.length];
        Class<?>[] types = new Class<?>[components.length];
        boolean changed = false;
        try {
            for (int i = 0; i < components.length; i++) {
                types[i] = components[i].getType();
                Object field = components[i].getAccessor().invoke(value);
                fields[i] = field == null ? null : masked(field, secret);
                changed |= !Objects.equals(fields[i], field);
            }
            return changed
                    ? value.getClass().getDeclaredConstructor(types).newInstance(fields)
                    : value;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "a " + value.getClass().getSimpleName() + " cannot be masked", e);
        }
    }
}
