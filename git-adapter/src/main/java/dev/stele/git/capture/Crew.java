package dev.stele.git.capture;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.RecursiveAction;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The threads that walk one tree together. It never returns before all that it began has ended, so
 * that what they share can be closed then. Thread-safe.
 */
final class Crew {

    /** More threads than that only wait for each other in the kernel. */
    private static final int MOST_THREADS = 8;

    private static final ForkJoinPool POOL =
            new ForkJoinPool(Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors()));

    private volatile boolean failed;

    /** The first piece of work. */
    interface Start {
        Folder walk() throws IOException;
    }

    /** Work on one name. */
    private final class Task extends RecursiveAction {
        private static final long serialVersionUID = 1L;

        private final int index;
        private final transient FoundName name;
        private final transient Function<FoundName, @Nullable Node> work;
        private transient @Nullable Node node;

        Task(int index, FoundName name, Function<FoundName, @Nullable Node> work) {
            this.index = index;
            this.name = name;
            this.work = work;
        }

        @Override
        protected void compute() {
            if (!failed) {
                node = attempt(work, name);
            }
        }
    }

    /** What the others do is of no use any more when one has failed. */
    private @Nullable Node attempt(Function<FoundName, @Nullable Node> work, FoundName name) {
        boolean done = false;
        try {
            Node node = work.apply(name);
            done = true;
            return node;
        } finally {
            failed |= !done;
        }
    }

    /**
     * Does the first piece of work.
     *
     * @param alone whether the calling thread does all of it: waking others takes longer than a
     *     little work
     */
    Folder begin(Start start, boolean alone) throws IOException {
        if (alone) {
            return start.walk();
        }
        var first = new First(start);
        POOL.invoke(first);
        return first.result();
    }

    private static final class First extends RecursiveAction {
        private static final long serialVersionUID = 1L;

        private final transient Start start;
        private transient @Nullable Folder folder;
        private @Nullable IOException failure;

        First(Start start) {
            this.start = start;
        }

        @Override
        protected void compute() {
            try {
                folder = start.walk();
            } catch (IOException e) {
                failure = e;
            }
        }

        Folder result() throws IOException {
            if (failure != null) {
                throw failure;
            }
            if (folder == null) {
                throw new IllegalStateException("A walk ended without a result.");
            }
            return folder;
        }
    }

    /**
     * Works on names.
     *
     * @param large which of them may be worth a thread of their own
     * @return what they come to, in their order
     */
    List<@Nullable Node> all(
            List<FoundName> names,
            Predicate<FoundName> large,
            Function<FoundName, @Nullable Node> work) {
        @Nullable Node[] nodes = new @Nullable Node[names.size()];
        boolean alone = !ForkJoinTask.inForkJoinPool();
        List<Task> tasks = new ArrayList<>();
        try {
            for (int i = 0; i < nodes.length; i++) {
                if (!alone && large.test(names.get(i))) {
                    Task task = new Task(i, names.get(i), work);
                    tasks.add(task);
                    task.fork();
                }
            }
            for (int i = 0; i < nodes.length && !failed; i++) {
                if (alone || !large.test(names.get(i))) {
                    nodes[i] = attempt(work, names.get(i));
                }
            }
        } finally {
            tasks.reversed().forEach(Task::quietlyJoin);
        }
        for (Task task : tasks) {
            task.join();
            nodes[task.index] = task.node;
        }
        return Arrays.asList(nodes);
    }
}
