package dev.stele.git.repository;

/**
 * An object as it stands in a pack.
 *
 * @param bytes hold its header and its compressed content
 * @param length how many bytes of them, from the first
 * @param checksum the CRC-32 of these
 */
@SuppressWarnings("ArrayRecordComponent")
record PackedObject(byte[] bytes, int length, int checksum) {

    /** A header is no longer, since a size has 64 bits. */
    static final int LONGEST_HEADER = 10;

    /**
     * Puts down the header of an object: its type and its size.
     *
     * @param type git's number of its type
     * @param size in bytes
     * @param to takes it from its start
     * @return how long it is
     */
    static int header(int type, long size, byte[] to) {
        int length = 0;
        int bits = (int) (type << 4 | (size & 0x0F));
        for (long rest = size >>> 4; rest != 0; rest >>>= 7) {
            to[length++] = (byte) (bits | 0x80);
            bits = (int) (rest & 0x7F);
        }
        to[length++] = (byte) bits;
        return length;
    }
}
