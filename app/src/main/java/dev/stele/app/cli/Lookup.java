package dev.stele.app.cli;

import dev.stele.app.ProjectDirectory;
import dev.stele.contracts.Characters;
import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.Identifier;
import dev.stele.contracts.ThreadId;
import dev.stele.domain.model.ChatThread;
import dev.stele.domain.model.Checkpoint;
import dev.stele.domain.model.LogState;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.model.Place;
import dev.stele.domain.model.Project;
import dev.stele.domain.model.QueuedPrompt;
import dev.stele.domain.model.Turn;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds what people name: by its id, or by a beginning of it that nothing else has. */
final class Lookup {

    private static final int SHOWN = 4;

    private Lookup() {}

    /** The thread of an id; of none the newest one. */
    static ChatThread thread(OrchestrationReadModel model, @Nullable String id) {
        ChatThread thread = id == null ? newest(model) : byId(model, id);
        if (thread == null) {
            throw new NotFoundException(
                    id == null
                            ? "There are no threads yet. Start one: stele run PROMPT"
                            : "There is no thread "
                                    + Characters.quoted(id)
                                    + ". 'stele threads' lists those there are.");
        }
        return thread;
    }

    /** The thread of an id; of none the newest one of the project of a directory. */
    static ChatThread thread(OrchestrationReadModel model, @Nullable String id, Path directory) {
        if (id != null) {
            return thread(model, id);
        }
        Project project = project(model, directory);
        ThreadId newest =
                project == null || project.threads().isEmpty()
                        ? null
                        : project.threads().last()._2();
        ChatThread thread = newest == null ? null : model.thread(newest);
        if (thread == null) {
            throw new NotFoundException(
                    "There is no thread in "
                            + ProjectDirectory.resolve(directory)
                            + " yet. Start one there (stele run PROMPT), or name a thread ('stele"
                            + " threads' lists all).");
        }
        return thread;
    }

    /**
     * The project that a directory is, or the innermost that it is in; null when in none. Where
     * nodes share the log, one of the node that writes, which alone can work there, before others.
     */
    static @Nullable Project project(OrchestrationReadModel model, Path directory) {
        LogState.Writer writer = model.log().writer();
        Project ofWriter = writer == null ? null : project(model, directory, writer.node());
        return ofWriter == null ? project(model, directory, null) : ofWriter;
    }

    private static @Nullable Project project(
            OrchestrationReadModel model, Path directory, @Nullable String node) {
        Path path = Path.of(ProjectDirectory.resolve(directory));
        while (path != null) {
            var id = model.projectAt(new Place(path.toString(), node));
            if (id != null) {
                return model.project(id);
            }
            path = path.getParent();
        }
        return null;
    }

    /** The turn of an id, or null. */
    static @Nullable Turn turn(OrchestrationReadModel model, @Nullable String id) {
        return id == null
                ? null
                : find("turns", id, model.turns().values().toJavaStream(), turn -> turn.id());
    }

    /** The turn of an id. */
    static Turn knownTurn(OrchestrationReadModel model, String id) {
        Turn turn = turn(model, id);
        if (turn == null) {
            throw new NotFoundException(
                    "There is no turn "
                            + Characters.quoted(id)
                            + ". 'stele show' lists those of a thread.");
        }
        return turn;
    }

    /** The prompt that waits under an id. */
    static QueuedPrompt queued(OrchestrationReadModel model, String id) {
        QueuedPrompt found =
                find("prompts", id, model.queued().values().toJavaStream(), prompt -> prompt.id());
        if (found == null) {
            throw new NotFoundException(
                    "No prompt "
                            + Characters.quoted(id)
                            + " waits"
                            + (turn(model, id) == null ? "" : ": its turn has started")
                            + ". 'stele queue' lists those that do.");
        }
        return found;
    }

    /** The turn that was started last in a project, or null. */
    static @Nullable Turn newestTurn(OrchestrationReadModel model, Project project) {
        return project.threads()
                .values()
                .toJavaStream()
                .flatMap(id -> Stream.ofNullable(model.thread(id)))
                .filter(thread -> !thread.turns().isEmpty())
                .flatMap(thread -> Stream.ofNullable(model.turn(thread.turns().last())))
                .max(Comparator.comparingLong(Turn::ticket))
                .orElse(null);
    }

    /** The checkpoint of an id. */
    static CheckpointId checkpoint(OrchestrationReadModel model, String id) {
        Checkpoint found =
                find(
                        "checkpoints",
                        id,
                        model.checkpoints().values().toJavaStream(),
                        checkpoint -> checkpoint.id());
        if (found == null) {
            throw new NotFoundException(
                    "There is no checkpoint "
                            + Characters.quoted(id)
                            + ". 'stele checkpoints' lists those there are.");
        }
        return found.id();
    }

    private static @Nullable ChatThread byId(OrchestrationReadModel model, String id) {
        return find("threads", id, model.threads().values().toJavaStream(), thread -> thread.id());
    }

    private static @Nullable ChatThread newest(OrchestrationReadModel model) {
        return model.threads()
                .values()
                .maxBy(Comparator.comparing(ChatThread::createdAt))
                .getOrNull();
    }

    /** The one with this id, else the only one whose id begins so; null when there is none. */
    private static <T> @Nullable T find(
            String kind, String word, Stream<T> all, Function<T, Identifier> id) {
        List<T> candidates =
                all.filter(one -> id.apply(one).value().startsWith(stem(word)))
                        .filter(one -> id.apply(one).value().endsWith(ending(word)))
                        .toList();
        for (T candidate : candidates) {
            if (id.apply(candidate).value().equals(word)) {
                return candidate;
            }
        }
        if (candidates.size() > 1) {
            throw new NotFoundException(
                    Characters.quoted(word)
                            + " may mean any of "
                            + candidates.size()
                            + " "
                            + kind
                            + ": "
                            + names(candidates, id)
                            + ". Give more of the id.");
        }
        return word.isEmpty() || candidates.isEmpty() ? null : candidates.getFirst();
    }

    private static <T> String names(List<T> candidates, Function<T, Identifier> id) {
        String names =
                candidates.stream()
                        .map(one -> id.apply(one).value())
                        .sorted()
                        .limit(SHOWN)
                        .collect(Collectors.joining(", "));
        return candidates.size() > SHOWN ? names + ", …" : names;
    }

    /** Checkpoints of turns and restores are named after them: abc-after begins with abc, too. */
    private static String stem(String word) {
        return word.substring(0, word.length() - ending(word).length());
    }

    private static String ending(String word) {
        int hyphen = word.lastIndexOf('-');
        String end = hyphen < 0 ? "" : word.substring(hyphen);
        return switch (end) {
            case "-before", "-after", "-safety" -> end;
            default -> "";
        };
    }
}
