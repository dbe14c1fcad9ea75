package dev.stele.git.trap;

import dev.stele.git.testing.WorkTree;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;

/** Files that are awkward by what they are, or by what git would make of them. */
final class Contents {

    static final List<Trap> TRAPS =
            List.of(
                    Trap.sameTree("links of every kind", Contents::links),
                    Trap.samePaths("pipes and sockets", Contents::pipes)
                            .leaving("pipe", "dir/socket"),
                    Trap.sameTree("files with several names", Contents::shared),
                    Trap.sameTree("execute bits", Contents::modes),
                    Trap.sameTree("execute bits that do not count", Contents::noModes),
                    Trap.samePaths("line ends that git converts", Contents::lineEnds),
                    Trap.samePaths("keywords and encodings that git converts", Contents::words),
                    Trap.samePaths("a filter that changes and then fails", Contents::filter),
                    Trap.samePaths("large file storage that is not installed", Contents::lfs),
                    Trap.sameTree("files larger than what is read at once", Contents::large),
                    Trap.sameTree("files that may only be read", Contents::readOnly),
                    Trap.sameTree("times of the far past and future", Contents::times),
                    Trap.sameTree("directories within each other", Contents::deep),
                    Trap.sameTree("directories with rights of their own", Contents::rights),
                    Trap.sameTree("files in the place of directories", Contents::places));

    private Contents() {}

    private static void links(WorkTree tree) {
        tree.link("dangling", "no/such/file").link("to-dir", "dir").link("absolute", "/etc");
        tree.link("self", "self").link("up", "../..").link("unicode", "é/ü").commit("links");
        tree.delete("to-dir").link("to-dir", "dir/b.txt").link("long", "x/".repeat(400));
        tree.link("dir/to-ignored", "y.ignored").link("newline", "a\nb");
        tree.write("tracked", "file").commit("more").delete("tracked").link("tracked", "dir");
    }

    private static void pipes(WorkTree tree) throws Exception {
        tree.git().process("mkfifo", tree.at("pipe").toString());
        var socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        socket.bind(UnixDomainSocketAddress.of(tree.at("dir/socket")));
        socket.close();
    }

    /** Whoever wrote through one of them would change the other. */
    private static void shared(WorkTree tree) throws Exception {
        Files.createLink(tree.at("twin.txt"), tree.at("a.txt"));
    }

    private static void readOnly(WorkTree tree) {
        tree.git().process("chmod", "0444", "a.txt", "dir/deep/c.txt", "untracked/new.txt");
        tree.git().process("chmod", "0500", "run.sh");
    }

    private static void times(WorkTree tree) throws Exception {
        Files.setLastModifiedTime(tree.at("a.txt"), FileTime.from(Instant.EPOCH.minusMillis(1)));
        Files.setLastModifiedTime(
                tree.at("empty"), FileTime.from(Instant.parse("1901-12-13T20:45:52Z")));
        Files.setLastModifiedTime(
                tree.at("dir/b.txt"), FileTime.from(Instant.parse("2446-05-10T22:38:55Z")));
        Files.setLastModifiedTime(
                tree.at("run.sh"), FileTime.from(Instant.parse("2106-02-07T06:28:16Z")));
    }

    private static void deep(WorkTree tree) {
        tree.write(("n".repeat(255) + "/").repeat(12) + "file", "x").commit("deep");
        tree.write("a/".repeat(1_500) + "file", "x");
    }

    private static void rights(WorkTree tree) {
        tree.git().process("chmod", "1777", "dir");
        tree.git().process("chmod", "2750", "untracked");
        tree.git().process("chmod", "0300", "dir/deep");
    }

    private static void modes(WorkTree tree) {
        tree.executable("run.sh", false).executable("a.txt", true);
        tree.write("new.sh", "#!/bin/sh\n").executable("new.sh", true);
        tree.git().run("update-index", "--chmod=+x", "empty");
    }

    private static void noModes(WorkTree tree) {
        tree.git().run("config", "core.fileMode", "false");
        tree.executable("a.txt", true).write("new.sh", "#!/bin/sh\n");
        tree.git().run("update-index", "--chmod=+x", "empty");
        tree.executable("empty", true);
    }

    private static void lineEnds(WorkTree tree) {
        tree.git().run("config", "core.autocrlf", "true");
        tree.write(".gitattributes", "*.lf eol=lf\n*.crlf text eol=crlf\n*.bin -text\n");
        tree.write("dos.txt", "a\r\nb\r\n").write("mixed.txt", "a\r\nb\nc\r");
        tree.write("x.lf", "a\r\nb\r\n").write("x.crlf", "a\nb\n").write("x.bin", "a\r\n\0");
        tree.commit("converted").write("dos.txt", "a\r\nc\r\n").write("new.crlf", "n\n");
    }

    private static void words(WorkTree tree) {
        tree.write(".gitattributes", "*.id ident\n*.u16 working-tree-encoding=UTF-16\n");
        tree.write("x.id", "$Id: 123 $\n");
        tree.write("x.u16", "text".getBytes(StandardCharsets.UTF_16)).commit("converted");
        tree.write("bad.u16", "not of that encoding").write("new.id", "$Id$\n");
    }

    private static void filter(WorkTree tree) {
        tree.git().run("config", "filter.shout.clean", "tr a-z A-Z");
        tree.git().run("config", "filter.shout.smudge", "tr A-Z a-z");
        tree.write(".gitattributes", "*.up filter=shout\n").write("x.up", "quiet");
        tree.commit("shouted").write("new.up", "new");
        tree.git().run("config", "filter.shout.clean", "touch filter-was-run; false");
        tree.git().run("config", "filter.shout.smudge", "touch filter-was-run; false");
        tree.git().run("config", "filter.shout.required", "true");
    }

    private static void lfs(WorkTree tree) {
        tree.write("data.bin", "version https://git-lfs.github.com/spec/v1\noid sha256:00\n");
        tree.write(".gitattributes", "*.bin filter=lfs diff=lfs merge=lfs -text\n").commit("lfs");
        tree.git().run("config", "filter.lfs.process", "no-such-git-lfs filter-process");
        tree.git().run("config", "filter.lfs.clean", "no-such-git-lfs clean -- %f");
        tree.git().run("config", "filter.lfs.smudge", "no-such-git-lfs smudge -- %f");
        tree.git().run("config", "filter.lfs.required", "true");
        tree.write("data.bin", "the content itself").write("new.bin", new byte[] {0, 1, 2});
    }

    private static void large(WorkTree tree) {
        var content = new byte[(5 << 20) + 7];
        new java.util.Random(7).nextBytes(content);
        tree.write("tracked.bin", content).commit("large");
        content[4 << 20]++;
        tree.write("tracked.bin", content).write("untracked.bin", new byte[3 << 20]);
    }

    private static void places(WorkTree tree) {
        tree.write("x", "file").write("y/in", "in").write("z/in", "in").commit("places");
        tree.delete("x").write("x/in", "now a directory").delete("y").write("y", "now a file");
        tree.delete("z").link("z", "dir");
    }
}
