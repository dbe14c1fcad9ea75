package dev.stele.git.disk;

/**
 * One name in a directory.
 *
 * @param name its raw name
 * @param stamp what it is
 */
public record DiskEntry(String name, Stamp stamp) {}
