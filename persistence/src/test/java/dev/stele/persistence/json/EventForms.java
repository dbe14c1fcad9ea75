package dev.stele.persistence.json;

import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.OrchestrationEvent.LogEvent.StandIn;
import dev.stele.domain.event.OrchestrationEvent.LogEvent.UnknownEvent;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What each version of each event is made of: its fields and their types, of the events themselves
 * and of all records that stand in them. A field that may be absent has a question mark.
 */
final class EventForms {

    private static final Pattern CLASS = Pattern.compile("[a-z.]+\\.([A-Z][\\w$]*)");

    private EventForms() {}

    /** The forms that a codec reads, by names and versions. */
    static Map<String, Map<String, String>> of(JsonCodec codec) {
        var forms = new TreeMap<String, Map<String, String>>();
        codec.past()
                .forEach(old -> forms.put(old.name() + " " + old.version(), fields(old.form())));
        Shapes.leaves(OrchestrationEvent.class)
                .filter(event -> event != UnknownEvent.class)
                .filter(event -> !StandIn.class.isAssignableFrom(event))
                .forEach(event -> forms.put(newest(event, codec), fields(event)));
        ReachableTypes.recordsOf(OrchestrationEvent.class)
                .filter(type -> !OrchestrationEvent.class.isAssignableFrom(type))
                .forEach(type -> forms.put(simple(type), fields(type)));
        return forms;
    }

    private static String newest(Class<?> event, JsonCodec codec) {
        String name = Names.of(event);
        long before = codec.past().stream().filter(old -> old.name().equals(name)).count();
        return name + " " + (before + 1);
    }

    private static Map<String, String> fields(Class<?> form) {
        var fields = new TreeMap<String, String>();
        for (RecordComponent field : form.getRecordComponents()) {
            boolean optional = field.getAnnotatedType().isAnnotationPresent(Nullable.class);
            fields.put(field.getName(), simple(field.getGenericType()) + (optional ? "?" : ""));
        }
        return fields;
    }

    private static String simple(Type type) {
        Matcher names = CLASS.matcher(type.getTypeName());
        return names.replaceAll(name -> Matcher.quoteReplacement(name.group(1).replace('$', '.')));
    }

    /**
     * What keeps events in forms that were written from being read.
     *
     * @param written the forms that were written
     * @param today the forms that are read today
     */
    static List<String> problems(
            Map<String, Map<String, String>> written, Map<String, Map<String, String>> today) {
        var problems = new ArrayList<String>();
        written.forEach((name, fields) -> {
            Map<String, String> now = today.get(name);
            if (now == null) {
                problems.add(name + " was written and is not read any more");
            } else {
                Stream.concat(fields.keySet().stream(), now.keySet().stream())
                        .distinct()
                        .sorted()
                        .filter(field -> !fits(fields.get(field), now.get(field)))
                        .forEach(field ->
                                problems.add(name + " was written in another form: " + field));
            }
        });
        return problems;
    }

    /** A field may come if it may be absent, and may be absent from now on. */
    private static boolean fits(@Nullable String written, @Nullable String now) {
        if (now == null) {
            return false;
        }
        return written == null
                ? now.endsWith("?")
                : now.equals(written) || now.equals(written + "?");
    }
}
