package dev.stele.app.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/**
 * Standard output or standard error of this process. Unlike those of the JDK it knows why it could
 * not be written. Thread-safe.
 */
final class Output extends PrintStream {

    private final Target target;

    private Output(Target target, Charset charset) {
        super(new BufferedOutputStream(target), true, charset);
        this.target = target;
    }

    /** Writes to a descriptor, in the characters of whoever reads there. */
    static Output of(FileDescriptor descriptor, Charset charset) {
        return to(new FileOutputStream(descriptor), charset);
    }

    /** Writes to a stream. */
    static Output to(OutputStream stream, Charset charset) {
        return new Output(new Target(stream), charset);
    }

    /** Why something could not be written; null as long as everything could. */
    @Nullable IOException failure() {
        return checkError() ? target.failure : null;
    }

    private static final class Target extends FilterOutputStream {

        private volatile @Nullable IOException failure;

        Target(OutputStream stream) {
            super(stream);
        }

        @Override
        public void write(int single) throws IOException {
            write(new byte[] {(byte) single}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int start, int length) throws IOException {
            try {
                out.write(bytes, start, length);
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }
    }
}
