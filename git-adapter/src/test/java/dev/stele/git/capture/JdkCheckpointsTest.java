package dev.stele.git.capture;

import dev.stele.git.disk.DirectoryReader;
import dev.stele.git.testing.Capturing;

/** The same where directories are read through the JDK alone. */
class JdkCheckpointsTest extends CheckpointsTest {

    JdkCheckpointsTest() {
        super(Capturing.by(DirectoryReader.JDK));
    }
}
