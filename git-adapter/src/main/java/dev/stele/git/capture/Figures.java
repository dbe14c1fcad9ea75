package dev.stele.git.capture;

import dev.stele.git.disk.Stamp;

/**
 * What a folder comes to with all that is below it.
 *
 * @param files how many files and links are in the checkpoint
 * @param bytes their size
 * @param left how many names are left out
 * @param settled see {@link Folder#isSettled}
 * @param dependsOnIndex see {@link Folder#dependsOnIndex}
 */
record Figures(int files, long bytes, int left, boolean settled, boolean dependsOnIndex) {

    static Figures of(Folder folder) {
        var sum = new Sum();
        sum.settled = folder.judgement().listed() != null && folder.hasKnownRules();
        for (int i = 0; i < folder.size(); i++) {
            sum.add(folder, i);
        }
        return new Figures(sum.files, sum.bytes, sum.left, sum.settled, sum.dependsOnIndex);
    }

    private static final class Sum {
        private int files;
        private long bytes;
        private int left;
        private boolean settled;
        private boolean dependsOnIndex;

        void add(Folder folder, int index) {
            Kind kind = folder.kind(index);
            switch (kind) {
                case REGULAR, EXECUTABLE, LINK -> addBlob(folder, index);
                case CARRIED_COMMIT, LEFT -> {
                    left += kind == Kind.LEFT ? 1 : 0;
                    settled = false;
                    dependsOnIndex = true;
                }
                case CARRIED_REGULAR,
                        CARRIED_EXECUTABLE,
                        CARRIED_LINK,
                        CARRIED_TREE,
                        IGNORED_FILE,
                        IGNORED_DIRECTORY ->
                        dependsOnIndex = true;
                case FOLDER -> addFolder(folder.folder(index));
            }
        }

        private void addBlob(Folder folder, int index) {
            files++;
            bytes += folder.listing().fileSize(index);
            dependsOnIndex |= folder.isIgnored(index);
            Stamp stamp = folder.listing().stamp(index);
            settled &= !folder.isRacy(index) && stamp != null && !stamp.isShared();
        }

        private void addFolder(Folder folder) {
            files += folder.files();
            bytes += folder.bytes();
            left += folder.left();
            settled &= folder.isSettled();
            dependsOnIndex |= folder.dependsOnIndex();
        }
    }
}
