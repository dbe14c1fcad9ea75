package dev.stele.git;

import com.google.inject.Guice;
import com.google.inject.Key;
import com.google.inject.TypeLiteral;
import dev.stele.domain.port.Reactor;
import dev.stele.domain.tck.GitConformance;
import dev.stele.domain.tck.GitFixture;
import dev.stele.git.testing.WorkTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;

/** The reactors of the module keep the contract of a git adapter, on real repositories. */
class GitRepositoriesTest extends GitConformance {
    @TempDir Path folder;

    @Override
    protected GitFixture newGitFixture() {
        return new Repositories(folder);
    }

    private record Repositories(Path folder) implements GitFixture {
        @Override
        public List<Reactor> open() {
            var module = new GitModule(GitConfig.usual(folder.resolve("state")));
            return List.copyOf(
                    Guice.createInjector(module)
                            .getInstance(Key.get(new TypeLiteral<Set<Reactor>>() {})));
        }

        @Override
        public Path newDirectory() {
            try {
                WorkTree tree = WorkTree.init(Files.createTempDirectory(folder, "project"));
                tree.git().run("config", "user.name", "Ada");
                tree.git().run("config", "user.email", "ada@example.invalid");
                tree.write("first.txt", "first").commit("first");
                Path remote = Files.createTempDirectory(folder, "remote");
                tree.git().run("init", "-q", "--bare", remote.toString());
                tree.git().run("remote", "add", remote(), remote.toString());
                return tree.root();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public String remote() {
            return "origin";
        }

        @Override
        public void close() {}
    }
}
