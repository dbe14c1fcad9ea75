package dev.stele.git.repository;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.jspecify.annotations.Nullable;

/**
 * JGit's view of the system without its experiments. Left alone, JGit measures the clock of every
 * file system that it meets: it keeps a processor busy for seconds, makes files in git directories
 * and in the user's home while it does, and writes the result into the user's configuration. The
 * answer given here instead is the coarsest clock that there is, and merely makes JGit read a file
 * again that was written moments ago. Nor does JGit get to start git for the place of the machine's
 * configuration, see {@link SystemConfig}.
 */
final class QuietSystem extends SystemReader.Delegate {

    private static final String CLOCKS = "filesystem";
    private static final long COARSEST_SECONDS = 2;

    private QuietSystem(SystemReader real) {
        super(real);
    }

    /** Puts it before whatever view is in use; once. JGit has only one for all of a process. */
    static synchronized void install() {
        SystemReader now = SystemReader.getInstance();
        if (!(now instanceof QuietSystem)) {
            SystemReader.setInstance(new QuietSystem(now));
        }
    }

    @Override
    public StoredConfig getUserConfig() throws ConfigInvalidException, IOException {
        return new UserConfig(super.getUserConfig());
    }

    /** Left alone, JGit starts git to ask for its place, twice. */
    @Override
    public FileBasedConfig openSystemConfig(@Nullable Config parent, FS fs) {
        Path file = SystemConfig.find(this::getenv);
        return file == null
                ? new NoFile(parent, fs)
                : new FileBasedConfig(parent, file.toFile(), fs);
    }

    @Override
    public FileBasedConfig openJGitConfig(@Nullable Config parent, FS fs) {
        return new NoFile(parent, fs);
    }

    /** The user's configuration, with an answer to every question for a clock. */
    private static final class UserConfig extends StoredConfig {

        UserConfig(Config real) {
            super(real);
        }

        @Override
        public long getTimeUnit(
                String section,
                @Nullable String subsection,
                String name,
                long defaultValue,
                TimeUnit unit) {
            return section.equals(CLOCKS)
                    ? unit.convert(COARSEST_SECONDS, TimeUnit.SECONDS)
                    : super.getTimeUnit(section, subsection, name, defaultValue, unit);
        }

        @Override
        public void load() {
            // It has nothing of its own.
        }

        @Override
        public void save() {
            // Nor does it keep anything.
        }
    }

    /** A configuration without a file. */
    private static final class NoFile extends FileBasedConfig {

        NoFile(@Nullable Config parent, FS fs) {
            super(parent, null, fs);
        }

        @Override
        public void load() {
            // There is nothing to load.
        }

        @Override
        public void save() {
            // And nowhere to save it.
        }

        @Override
        public boolean isOutdated() {
            return false;
        }
    }
}
