package dev.stele.app.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What waits for the writer, in two bounded rooms: people's commands, which are taken first and
 * never wait for room, and reactors' reports, whose bringers wait. So an interrupt gets through
 * however much the agents say. Thread-safe; one thread takes.
 */
final class Mailbox {
    private final int commandRoom;
    private final int reportRoom;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition mail = lock.newCondition();
    private final Condition room = lock.newCondition();
    private final Queue<Letter> commands = new ArrayDeque<>();
    private final Queue<Letter> reports = new ArrayDeque<>();
    private boolean takesCommands = true;
    private boolean takesReports = true;

    Mailbox(int commandRoom, int reportRoom) {
        this.commandRoom = commandRoom;
        this.reportRoom = reportRoom;
    }

    /** What became of a letter. */
    enum Posting {
        TAKEN,
        FULL,
        CLOSED
    }

    /** Brings a person's command. Never waits. */
    Posting offerCommand(Letter letter) {
        lock.lock();
        try {
            if (!takesCommands) {
                return Posting.CLOSED;
            }
            if (commands.size() >= commandRoom) {
                return Posting.FULL;
            }
            commands.add(letter);
            mail.signal();
            return Posting.TAKEN;
        } finally {
            lock.unlock();
        }
    }

    /** Brings a report, waiting for room: it is taken, or the mailbox is closed. */
    Posting putReport(Letter letter) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (takesReports && reports.size() >= reportRoom) {
                room.await();
            }
            if (!takesReports) {
                return Posting.CLOSED;
            }
            reports.add(letter);
            mail.signal();
            return Posting.TAKEN;
        } finally {
            lock.unlock();
        }
    }

    /**
     * What has come, people's commands first; waits for something. Empty only when nothing more
     * will ever come.
     *
     * @param limit how many of each room at most
     */
    List<Letter> take(int limit) {
        lock.lock();
        try {
            while (commands.isEmpty() && reports.isEmpty() && (takesCommands || takesReports)) {
                mail.awaitUninterruptibly();
            }
            var taken = new ArrayList<Letter>();
            move(commands, taken, limit);
            move(reports, taken, limit);
            room.signalAll();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** Takes no more commands of people; reports still come. */
    void closeCommands() {
        close(false);
    }

    /** Takes nothing more. What is in is still handed out. */
    void close() {
        close(true);
    }

    private void close(boolean all) {
        lock.lock();
        try {
            takesCommands = false;
            takesReports = takesReports && !all;
            mail.signal();
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static void move(Queue<Letter> from, List<Letter> to, int limit) {
        for (int i = 0; i < limit && !from.isEmpty(); i++) {
            to.add(from.remove());
        }
    }
}
