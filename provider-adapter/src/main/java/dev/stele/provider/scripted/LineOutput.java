package dev.stele.provider.scripted;

import java.io.IOException;
import java.io.OutputStream;

/** An unbuffered stream to which several threads write whole lines. */
final class LineOutput extends OutputStream {
    private final OutputStream out;

    LineOutput(OutputStream out) {
        this.out = out;
    }

    @Override
    public synchronized void write(int b) throws IOException {
        out.write(b);
    }

    @Override
    public synchronized void write(byte[] bytes, int from, int length) throws IOException {
        out.write(bytes, from, length);
    }

    @Override
    public synchronized void close() throws IOException {
        out.close();
    }
}
