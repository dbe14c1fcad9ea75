package dev.stele.git.bench;

import dev.stele.git.testing.WorkTree;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.api.AddCommand;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/**
 * Other ways to capture and restore a working tree. None of them syncs anything; each keeps an
 * index of its own.
 *
 * @param tree the tree
 */
record Rivals(WorkTree tree) {

    private static final String IDENTITY = "-c user.name=b -c user.email=b@example.invalid";
    private static final String REST =
            " && t=$(git write-tree) && c=$(git "
                    + IDENTITY
                    + " commit-tree -m b $t) && git update-ref refs/bench/n $c";

    /** What every benchmark compares itself with: native git, whose index remembers stamps. */
    void keptIndex() throws IOException {
        shell("bench-kept", "git add -A" + REST);
    }

    /** What other tools do: an index without stamps each time. */
    void readTreeHead() throws IOException {
        Files.deleteIfExists(tree.at(".git/bench-fresh"));
        shell("bench-fresh", "git read-tree HEAD && git add -A" + REST);
    }

    /** JGit's own command. */
    void addCommand() throws IOException {
        try (Repository repository =
                new FileRepositoryBuilder()
                        .setGitDir(tree.at(".git").toFile())
                        .setWorkTree(tree.root().toFile())
                        .setIndexFile(tree.at(".git/bench-jgit").toFile())
                        .build()) {
            DirCache index = new AddCommand(repository).addFilepattern(".").call();
            try (ObjectInserter inserter = repository.newObjectInserter()) {
                index.writeTree(inserter);
                inserter.flush();
            }
        } catch (GitAPIException e) {
            throw new IOException(e);
        }
    }

    /** Lets native git take note of the tree as it is. */
    void noteRestored() throws IOException {
        shell("bench-restore", "git add -A");
    }

    /** Restores a tree natively; git touches what differs from its index. */
    void restore(String treeish) throws IOException {
        shell("bench-restore", "git read-tree --reset -u " + treeish);
    }

    private void shell(String index, String script) throws IOException {
        List<String> command = new ArrayList<>(List.of("sh", "-c", script));
        var builder = new ProcessBuilder(command).directory(tree.root().toFile());
        builder.environment().put("GIT_INDEX_FILE", tree.at(".git/" + index).toString());
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        try {
            int code = builder.start().waitFor();
            if (code != 0) {
                throw new IOException("'" + script + "' ended with " + code);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
