package dev.stele.domain.project;

import io.vavr.collection.Map;
import java.lang.reflect.RecordComponent;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Where two values differ: the paths of the fields, through records and by the keys of maps. */
final class Changes {

    private final SortedSet<String> paths = new TreeSet<>();

    private Changes() {}

    static SortedSet<String> between(Object before, Object after) {
        var changes = new Changes();
        changes.compare("", before, after);
        return changes.paths;
    }

    private void compare(String path, @Nullable Object before, @Nullable Object after) {
        if (Objects.equals(before, after)) {
            return;
        }
        if (before instanceof Map<?, ?> one && after instanceof Map<?, ?> other) {
            compareEntries(path, one, other);
        } else if (before instanceof Record
                && after != null
                && before.getClass() == after.getClass()) {
            compareComponents(path, before, after);
        } else {
            paths.add(path);
        }
    }

    private <A, B> void compareEntries(String path, Map<A, ?> before, Map<B, ?> after) {
        before.forEach((key, value) -> compare(join(path, key), value, find(after, key)));
        after.forEach((key, value) -> compare(join(path, key), find(before, key), value));
    }

    private static @Nullable Object find(Map<?, ?> map, Object key) {
        return map.find(entry -> entry._1.equals(key)).map(entry -> (Object) entry._2).getOrNull();
    }

    private void compareComponents(String path, Object before, Object after) {
        for (RecordComponent component : before.getClass().getRecordComponents()) {
            compare(join(path, component.getName()), get(component, before), get(component, after));
        }
    }

    private static @Nullable Object get(RecordComponent component, Object of) {
        try {
            return component.getAccessor().invoke(of);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("a record without its accessor", e);
        }
    }

    private static String join(String path, Object next) {
        return path.isEmpty() ? next.toString() : path + "." + next;
    }
}
