package dev.stele.app.crash;

import dev.stele.domain.port.DispatchResult.Accepted;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The answers that callers were told of, over all the processes that died. */
final class Answers {

    private final Map<Integer, Long> steps = new HashMap<>();
    private final Map<Caller, Map<Long, Accepted>> places = new HashMap<>();

    /** A line that tells of an answer. */
    static String told(Caller caller, long step, Accepted answer) {
        return "answered %d %d %d %d"
                .formatted(caller.number(), step, answer.firstSequence(), answer.lastSequence());
    }

    /** Takes in what a process has printed; the last line may be torn. Counts the answers. */
    int hear(String printed) {
        String whole = printed.substring(0, printed.lastIndexOf('\n') + 1);
        List<String> answers = whole.lines().filter(line -> line.startsWith("answered")).toList();
        for (String answer : answers) {
            String[] words = answer.split(" ", -1);
            add(
                    new Caller(Integer.parseInt(words[1])),
                    Long.parseLong(words[2]),
                    new Accepted(Long.parseLong(words[3]), Long.parseLong(words[4])));
        }
        return answers.size();
    }

    /** Takes in the answer to a caller's next command. */
    void add(Caller caller, long step, Accepted answer) {
        if (step != count(caller) + 1) {
            throw new AssertionError(caller + " was told of " + step + " after " + count(caller));
        }
        steps.put(caller.number(), step);
        places.computeIfAbsent(caller, _ -> new HashMap<>()).put(step, answer);
    }

    /** How many of a caller's commands were answered. */
    long count(Caller caller) {
        return steps.getOrDefault(caller.number(), 0L);
    }

    /** Where the facts of each command are. */
    Map<Long, Accepted> of(Caller caller) {
        return places.getOrDefault(caller, Map.of());
    }
}
