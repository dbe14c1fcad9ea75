package dev.stele.git.restore;

import dev.stele.git.capture.HeldCheckpoint;
import dev.stele.git.repository.ProjectRepository;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jgit.lib.ObjectReader;
import org.jspecify.annotations.Nullable;

/** What a checkpoint would not hold even if it had been there, and so tells nothing about. */
final class Unspoken {

    /** Why a path stays that was ignored. */
    static final String IGNORED = "it was ignored when the checkpoint was taken";

    private final HeldCheckpoint checkpoint;
    private final ProjectRepository repository;
    private final ObjectReader reader;
    private @Nullable HeldRules rules;
    private final Map<String, String> left = new HashMap<>();

    Unspoken(ProjectRepository repository, ObjectReader reader, HeldCheckpoint checkpoint) {
        this.checkpoint = checkpoint;
        this.repository = repository;
        this.reader = reader;
        checkpoint.left().forEach(path -> left.put(path.path(), path.why()));
    }

    /**
     * Why the checkpoint tells nothing of a path that it does not hold; null when the path was not
     * there.
     *
     * @param path the raw path from the project's directory
     */
    @Nullable String reason(String path) throws IOException {
        if (checkpoint.absent().contains(path)) {
            return null;
        }
        for (int end = path.length(); end > 0; end = path.lastIndexOf('/', end - 1)) {
            String why = left.get(path.substring(0, end));
            if (why != null) {
                return "the checkpoint does not hold it: " + why;
            }
        }
        return rules().ignored(path) ? IGNORED : null;
    }

    /** Read when somebody asks for them: most restores bring nothing back that was not there. */
    private HeldRules rules() throws IOException {
        HeldRules read = rules;
        if (read == null) {
            read = new HeldRules(repository, reader, checkpoint.tree());
            rules = read;
        }
        return read;
    }
}
